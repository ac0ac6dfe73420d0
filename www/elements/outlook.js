/** What is ahead: the days on which something changes, and what would make life simpler. */

import { sectionOf } from "../engine/engine.js";
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
    day.starts.push(...starts.filter((id) => isTangible(id) && !ends.includes(id)));
    day.ends.push(...ends.filter((id) => isTangible(id) && !starts.includes(id)));
  }
  for (const { day, what } of parts.marks(facts, assessment)) {
    at(day).expiry.push(what);
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
  const weighty = (/** @type {Guidance[]} */ ids, /** @type {Guidance[]} */ others) =>
    [...new Set(ids)].filter((id) => isTangible(id) && !others.includes(id));
  const list = (/** @type {string} */ key, /** @type {Guidance[]} */ ids) =>
    ids.length > 0 && [
      element("p", { class: "steps-title" }, texts.page(key)),
      element(
        "ul",
        {},
        ids.map((id) => element("li", {}, parts.title(id))),
      ),
    ];
  const ways = assessment.alternatives
    .map((way) => ({
      ...way,
      ends: weighty(way.ends, way.starts).filter((id) => !way.through.includes(id)),
      starts: weighty(way.starts, way.ends),
    }))
    .filter(({ ends, starts }) => ends.length + starts.length > 0);
  if (ways.length === 0) {
    return null;
  }
  return parts.section(
    "alternatives",
    texts.page("alternativesHeading"),
    element(
      "ul",
      { class: "items", role: "list" },
      ways.map((way) =>
        element(
          "li",
          { class: "item" },
          ...way.changes.map(({ fact, to }) =>
            element("p", { class: "way" }, texts.find("alternatives", fact, String(to)) ?? fact),
          ),
          ...(list("alternativeThrough", way.through) || []),
          ...(list("alternativeEnds", way.ends) || []),
          ...(list("alternativeStarts", way.starts) || []),
        ),
      ),
    ),
  );
}

/**
 * Whether something is to be shown, done or waited for: what is good to know, or to be asked, comes and goes with it.
 * @param {Guidance} id
 */
function isTangible(id) {
  return ["show", "do", "wait"].includes(sectionOf(id));
}
