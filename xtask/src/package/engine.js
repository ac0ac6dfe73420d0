/**
 * The engine, and beside it the one for many members at once, which is loaded when it is asked for.
 * @module
 */

import { load as loadOne } from "./engine/engine.js";

export * from "./engine/engine.js";

/** @typedef {import("./engine/engine.js").Failure} Failure */
/** @typedef {import("./engine/engine.js").Navi} Navi */
/** @typedef {import("./many/shikaku_navi.js").Classes} Classes */
/** @typedef {import("./many/shikaku_navi.js").Columns} Columns */
/** @typedef {import("./many/shikaku_navi.js").Many} Many */

/**
 * @typedef {object} ForMany
 * @property {(columns: Columns | Classes) => Promise<Many | Failure>} assessMany what many members are told, by their
 *   facts or by what `classesOf` gave
 * @property {(columns: Columns) => Promise<Classes | Failure>} classesOf the classes in which members are: `assessMany`
 *   takes them faster than facts
 */

/**
 * @param {{ national: unknown, insurer?: unknown }} rules the rules files as parsed JSON
 * @returns {Promise<(Navi & ForMany) | Failure>}
 */
export async function load(rules) {
  const navi = await loadOne(rules);
  if ("error" in navi) {
    return navi;
  }
  const members = async () => (await import("./many.js")).membersOf(rules);
  return Object.assign(navi, {
    /** @param {Columns | Classes} columns */
    assessMany: async (columns) => (await members()).assess(columns),
    /** @param {Columns} columns */
    classesOf: async (columns) => (await members()).classesOf(columns),
  });
}
