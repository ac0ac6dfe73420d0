/** What is ahead: the days on which something changes, and what would make life simpler. */

import { element } from "./dom.js";

/** @typedef {import("../engine/types.d.ts").Assessment} Assessment */
/** @typedef {import("../engine/types.d.ts").Guidance} Guidance */
/** @typedef {import("./sheet-parts.js").Parts} Parts */

/**
 * @param {Parts} parts
 * @param {Assessment} assessment
 */
export function outlook(parts, assessment) {
  return [alternatives(parts, assessment), timeline(parts, assessment)].filter((part) => part !== null);
}

/**
 * Today and the days ahead, each with what starts and ends, and the days printed on cards.
 * @param {Parts} parts
 * @param {Assessment} assessment
 */
function timeline(parts, assessment) {
  const { texts, facts } = parts;
  /** @type {Map<string, { expiry: string[], starts: Guidance[], ends: Guidance[] }>} */
  const days = new Map();
  const at = (/** @type {string} */ day) => {
    const found = days.get(day) ?? { expiry: [], starts: [], ends: [] };
    days.set(day, found);
    return found;
  };
  for (const { on, starts, ends } of assessment.changes) {
    // What only changes a detail goes on.
    const day = at(on);
    day.starts.push(...starts.filter((id) => !ends.includes(id)));
    day.ends.push(...ends.filter((id) => !starts.includes(id)));
  }
  for (const [day, key] of /** @type {const} */ ([
    [facts.certificateExpiresOn, "expiryOfCertificate"],
    [facts.cardCertificateExpiresOn, "expiryOfCard"],
  ])) {
    if (day && day >= assessment.asOf) {
      at(day).expiry.push(texts.page(key));
    }
  }
  const ahead = [...days]
    .filter(([, { expiry, starts, ends }]) => expiry.length + starts.length + ends.length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  if (ahead.length === 0) {
    return null;
  }
  const names = (/** @type {string} */ kind, /** @type {Guidance[]} */ ids) =>
    ids.length > 0 && [
      element("p", { class: kind }, texts.page(kind === "starts" ? "changeStarts" : "changeEnds")),
      element(
        "ul",
        {},
        [...new Set(ids)].map((id) => element("li", {}, parts.title(id))),
      ),
    ];
  return parts.section(
    "changes",
    texts.page("changesHeading"),
    element(
      "ol",
      { class: "timeline", role: "list" },
      element(
        "li",
        { class: "today" },
        element("p", { class: "day" }, texts.page("today"), ` ${texts.day(assessment.asOf)}`),
      ),
      ahead.map(([day, { expiry, starts, ends }]) =>
        element(
          "li",
          {},
          element("p", { class: "day" }, texts.day(day)),
          ...expiry.map((what) => element("p", { class: "expiry" }, what)),
          ...(names("starts", starts) || []),
          ...(names("ends", ends) || []),
        ),
      ),
    ),
  );
}

/**
 * The changes that the member could bring about.
 * @param {Parts} parts
 * @param {Assessment} assessment
 */
function alternatives(parts, assessment) {
  const { texts } = parts;
  if (assessment.alternatives.length === 0) {
    return null;
  }
  // What counts for a member is what there is no more to do, to wait for and to ask.
  const isBurden = (/** @type {Guidance} */ id) =>
    id === "no-valid-proof" ||
    assessment.guidance.some((item) => item.id === id && ["do", "wait", "ask"].includes(item.section));
  const weighty = (/** @type {Guidance[]} */ ids, /** @type {Guidance[]} */ others) =>
    [...new Set(ids)].filter((id) => !others.includes(id));
  const list = (/** @type {string} */ key, /** @type {Guidance[]} */ ids) =>
    ids.length > 0 && [
      element("p", { class: "steps-title" }, texts.page(key)),
      element(
        "ul",
        {},
        ids.map((id) => element("li", {}, parts.title(id))),
      ),
    ];
  return parts.section(
    "alternatives",
    texts.page("alternativesHeading"),
    element(
      "ul",
      { class: "items", role: "list" },
      assessment.alternatives.map((way) => {
        const what = way.changes.map(({ fact, to }) => texts.find("alternatives", fact, String(to)) ?? fact);
        return element(
          "li",
          { class: "item" },
          ...what.map((change) => element("p", { class: "way" }, change)),
          ...(list("alternativeThrough", way.through) || []),
          ...(list(
            "alternativeEnds",
            weighty(way.ends, way.starts).filter((id) => isBurden(id) && !way.through.includes(id)),
          ) || []),
          ...(list("alternativeStarts", weighty(way.starts, way.ends)) || []),
        );
      }),
    ),
  );
}
