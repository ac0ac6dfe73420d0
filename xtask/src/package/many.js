/**
 * The engine for many members at once: a WebAssembly module of its own.
 * @module
 */

import { get } from "./engine/files.js";
import start, { loadMany } from "./many/shikaku_navi.js";

/** @typedef {import("./many/shikaku_navi.js").Members} Members */

/** @type {Promise<unknown> | undefined} */
let started;

/** @type {WeakMap<object, Members>} */
const loaded = new WeakMap();

/**
 * @param {{ national: unknown, insurer?: unknown }} rules which an engine has taken before
 * @returns {Promise<Members>}
 */
export async function membersOf(rules) {
  started ??= start({ module_or_path: get(new URL("./many/shikaku_navi_bg.wasm", import.meta.url)) }).catch((error) => {
    started = undefined;
    throw error;
  });
  await started;
  const members = loaded.get(rules) ?? /** @type {Members} */ (loadMany(rules.national, rules.insurer));
  loaded.set(rules, members);
  return members;
}
