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
    day.starts.push(...tangible(starts, ends));
    day.ends.push(...tangible(ends, starts));
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
          ...titled(parts, "starts", "changeStarts", starts),
          ...titled(parts, "ends", "changeEnds", ends),
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
  const ways = assessment.alternatives
    .map((way) => ({
      ...way,
      ends: tangible(way.ends, way.starts).filter((id) => !way.through.includes(id)),
      starts: tangible(way.starts, way.ends),
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
          ...titled(parts, "steps-title", "alternativeThrough", way.through),
          ...titled(parts, "steps-title", "alternativeEnds", way.ends),
          ...titled(parts, "steps-title", "alternativeStarts", way.starts),
        ),
      ),
    ),
  );
}

/**
 * A list of guidance under a line that says what it is; nothing, if there is none.
 * @param {Parts} parts
 * @param {string} kind of the line
 * @param {string} key of its text
 * @param {Guidance[]} ids
 */
function titled(parts, kind, key, ids) {
  return ids.length === 0
    ? []
    : [
        element("p", { class: kind }, parts.texts.page(key)),
        element(
          "ul",
          {},
          [...new Set(ids)].map((id) => element("li", {}, parts.title(id))),
        ),
      ];
}

/**
 * What of some guidance is to be shown, done or waited for, and not in the other list: what is good to know, or to be
 * asked, comes and goes with it.
 * @param {Guidance[]} ids
 * @param {Guidance[]} others
 */
function tangible(ids, others) {
  return ids.filter((id) => ["show", "do", "wait"].includes(sectionOf(id)) && !others.includes(id));
}
