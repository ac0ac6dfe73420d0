/**
 * The engine, loaded once: `load` puts an insurer's rules on top of the national ones and answers questions.
 * @module
 */

import start, { load as bind, readDay, sectionOf, todayInJapan } from "./shikaku_navi.js";

/** @typedef {import("./types.d.ts").Error} EngineError */
/** @typedef {{ error: EngineError }} Failure */
/** @typedef {import("./shikaku_navi.js").Navi} Navi */

/** @type {Promise<unknown> | undefined} */
let started;

/**
 * Starts the engine; later calls wait for the same start, and a failed one can be tried again.
 * @param {BufferSource | Response | WebAssembly.Module | Promise<Response>} [wasm] the engine's wasm, if it is not to be fetched
 * @returns {Promise<unknown>}
 */
export function ready(wasm) {
  started ??= start({
    module_or_path: wasm ?? fetch(new URL("./shikaku_navi_bg.wasm", import.meta.url)),
  }).catch((/** @type {unknown} */ error) => {
    started = undefined;
    throw error;
  });
  return started;
}

/**
 * @param {{ national: unknown, insurer?: unknown }} rules the rules files as parsed JSON
 * @returns {Promise<Navi | Failure>}
 */
export async function load({ national, insurer }) {
  await ready();
  return bind(national, insurer);
}

export { readDay, sectionOf, todayInJapan };
