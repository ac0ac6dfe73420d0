/**
 * Only which guidance is given, from rules made ready beforehand: it starts in half the time that the whole engine
 * takes, for programs that are started for each answer.
 * @module
 */

import { bind, imports } from "./decide/shikaku_navi.js";
import words from "./decide/words.json" with { type: "json" };
import { Numbers } from "./engine/numbers.js";
import { once, start } from "./engine/start.js";

/** @typedef {import("./engine/types.d.ts").Error} EngineError */
/** @typedef {import("./engine/types.d.ts").Facts} Facts */
/** @typedef {import("./engine/types.d.ts").Guidance} Guidance */
/** @typedef {import("./engine/numbers.js").Words} Words */
/** @typedef {import("./engine/start.js").Source | Promise<import("./engine/start.js").Source>} Wasm */
/** @typedef {{ error: EngineError }} Failure */

/** @type {import("./decide/shikaku_navi.js").Engine} */
let engine;

/**
 * Starts the engine; later calls wait for the same start, and a failed one can be tried again. It takes the engine's wasm,
 * `decide/shikaku_navi_bg.wasm`, if it is not to be fetched.
 * @type {(source?: Wasm) => Promise<void>}
 */
export const ready = once(async (/** @type {Wasm | undefined} */ source) => {
  engine = bind(await start(source ?? new URL("./decide/shikaku_navi_bg.wasm", import.meta.url), imports));
});

/**
 * @param {Uint8Array} rules one of `decide/*.bin`, from the same version of this package
 * @returns {Promise<Decider | Failure>}
 */
export async function load(rules) {
  await ready();
  const loaded = /** @type {{ decider: import("./decide/shikaku_navi.js").Decider } | Failure} */ ({});
  engine.loadDecider(rules, loaded);
  return "error" in loaded ? loaded : new Decider(loaded.decider, engine.memory);
}

/** Decides which guidance is given. */
export class Decider {
  #decider;
  #numbers;

  /**
   * @param {import("./decide/shikaku_navi.js").Decider} decider
   * @param {WebAssembly.Memory} memory
   */
  constructor(decider, memory) {
    this.#decider = decider;
    this.#numbers = new Numbers(decider, memory, /** @type {Words} */ (words), (find) => ({ answer: find }));
  }

  /**
   * Which guidance is given, in the order of an assessment.
   * @param {Facts} facts
   * @returns {Guidance[] | Failure}
   */
  decide(facts) {
    return this.#numbers.decide(facts);
  }

  /** Gives the memory back; the object cannot be used afterwards. */
  free() {
    this.#decider.free();
  }
}
