/**
 * The engine for many members at once: a WebAssembly module of its own.
 * @module
 */

import { once, start } from "./engine/start.js";
import { bind, imports } from "./many/shikaku_navi.js";

/** @typedef {import("./many/shikaku_navi.js").Members} Members */

const ready = once(async () => bind(await start(new URL("./many/shikaku_navi_bg.wasm", import.meta.url), imports)));

/**
 * @param {{ national: unknown, insurer?: unknown }} rules
 * @returns {Promise<() => Members>} what gives the members, if an engine takes the rules
 */
export async function loadMembers({ national, insurer }) {
  const { loadMany } = await ready();
  const loaded = /** @type {{ members: Members }} */ ({});
  loadMany(national, insurer, loaded);
  return () => loaded.members;
}
