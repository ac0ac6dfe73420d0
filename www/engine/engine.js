/**
 * The engine, loaded once: `load` puts an insurer's rules on top of the national ones and answers questions.
 * @module
 */

import { Navi } from "./navi.js";
import { bind, imports } from "./shikaku_navi.js";
import { once, start } from "./start.js";

export { Navi };

/** @typedef {import("./types.d.ts").Assessment} Assessment */
/** @typedef {import("./types.d.ts").Error} EngineError */
/** @typedef {import("./types.d.ts").Facts} Facts */
/** @typedef {import("./types.d.ts").Guidance} Guidance */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./start.js").Source | Promise<import("./start.js").Source>} Wasm */
/** @typedef {{ error: EngineError }} Failure */
/** The engine: wasm, or plain JavaScript where wasm is missing, forbidden, or spoilt on its way.
 * @type {import("./shikaku_navi.js").Engine} */
let engine;

/**
 * Starts the engine; later calls wait for the same start, and a failed one can be tried again. It takes the engine's wasm,
 * if it is not to be fetched.
 * @type {(source?: Wasm) => Promise<void>}
 */
export const ready = once(async (/** @type {Wasm | undefined} */ source) => {
  try {
    engine = bind(await start(source ?? new URL("./shikaku_navi_bg.wasm", import.meta.url), imports));
  } catch {
    engine = await import("./plain.js");
  }
});

/**
 * @param {{ national: unknown, insurer?: unknown }} rules the rules files as parsed JSON
 * @returns {Promise<Navi | Failure>}
 */
export async function load({ national, insurer }) {
  await ready();
  const loaded = /** @type {import("./shikaku_navi.js").Loaded} */ ({});
  engine.load(national, insurer, loaded);
  return "error" in loaded ? loaded : new Navi(loaded.navi, engine.memory);
}

/**
 * Reads a date as a person writes it.
 * @param {string} text
 */
export function readDay(text) {
  const read = /** @type {import("./shikaku_navi.js").Read} */ ({});
  engine.readDay(text, read);
  return read;
}

/**
 * The section of the sheet in which a piece of guidance stands.
 * @param {Guidance} guidance
 */
export function sectionOf(guidance) {
  return engine.sectionOf(guidance);
}

/** The day it is in Japan now, wherever the device is. */
export function todayInJapan() {
  return engine.todayInJapan();
}
