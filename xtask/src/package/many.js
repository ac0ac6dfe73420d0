/**
 * The engine for many members at once: a WebAssembly module of its own.
 * @module
 */

import { start } from "./engine/start.js";
import { bind, imports } from "./many/shikaku_navi.js";

/** @typedef {import("./many/shikaku_navi.js").Members} Members */

/** @type {Promise<import("./many/shikaku_navi.js").Engine> | undefined} */
let started;

/**
 * @param {{ national: unknown, insurer?: unknown }} rules
 * @returns {Promise<() => Members>} what gives the members, if an engine takes the rules
 */
export async function loadMembers({ national, insurer }) {
  started ??= start(new URL("./many/shikaku_navi_bg.wasm", import.meta.url), imports)
    .then(bind)
    .catch((error) => {
      started = undefined;
      throw error;
    });
  const { loadMany } = await started;
  const loaded = /** @type {{ members: Members }} */ ({});
  loadMany(national, insurer, loaded);
  return () => loaded.members;
}
