/**
 * The engine, and beside it the one for many members at once.
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
 * @property {(columns: Columns | Classes) => Many | Failure} assessMany what many members are told, by their
 *   facts or by what `classesOf` gave
 * @property {(columns: Columns) => Classes | Failure} classesOf the classes in which members are: `assessMany`
 *   takes them faster than facts
 */

/**
 * @param {{ national: unknown, insurer?: unknown }} rules the rules files as parsed JSON
 * @returns {Promise<(Navi & ForMany) | Failure>}
 */
export async function load(rules) {
  const forMany = import("./many.js")
    .then(({ loadMembers }) => loadMembers(rules))
    // Where there is no WebAssembly, members are answered all the same, one by one.
    .catch((/** @type {unknown} */ missing) => () => {
      throw missing;
    });
  const [navi, members] = await Promise.all([loadOne(rules), forMany]);
  if ("error" in navi) {
    return navi;
  }
  return Object.assign(navi, {
    /** @param {Columns | Classes} columns */
    assessMany(columns) {
      const many = /** @type {Many | Failure} */ ({});
      members().assess(columns, many);
      return many;
    },
    /** @param {Columns} columns */
    classesOf(columns) {
      const classes = /** @type {Classes | Failure} */ ({});
      members().classesOf(columns, classes);
      return classes;
    },
  });
}
