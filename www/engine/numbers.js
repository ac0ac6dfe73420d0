/**
 * What every engine is asked through: it is told facts in numbers, and answers in numbers (`src/numbers.rs` is the other
 * side).
 * @module
 */

import { forgetDays } from "./days.js";
import { reading, TOLD } from "./facts.js";
import { freeze, one } from "./words.js";

/** @typedef {import("./types.d.ts").Facts} Facts */
/** @typedef {import("./types.d.ts").Guidance} Guidance */
/** @typedef {{ error: import("./types.d.ts").Error }} Failure */

/**
 * The words that numbers stand for here.
 * @typedef {object} Words
 * @property {import("./facts.js").FactWords[]} facts
 * @property {Guidance[]} ids
 */

/** What finds the answer to facts in numbers, by asking or in what was found before.
 * @typedef {{ answer: (facts: Int32Array) => Guidance[] | undefined }} Keeper */

/** What every engine can be asked.
 * @typedef {Pick<import("./shikaku_navi.js").Navi, "decide" | "failure" | "read" | "told">} Engine */

/**
 * An engine that is asked in numbers.
 * @template {Engine} E
 */
export class Numbers {
  #engine;
  #memory;
  /** Whether memory that has grown lies elsewhere, and leaves a copy behind. That of WebAssembly does not. */
  #isCopied;
  #words;
  #read;
  #keep;
  /** @type {Keeper | undefined} */
  #kept;
  /** Facts as they were read. */
  #facts = new Int32Array(TOLD);
  /** How often facts were read there. */
  #readings = 0;
  /** Where the engine reads facts in numbers. */
  #told;
  #view = new Int32Array(0);
  #at = 0;

  /**
   * @param {E} engine
   * @param {{ readonly buffer: ArrayBuffer }} memory the engine's memory
   * @param {Words} words
   * @param {(find: () => Guidance[] | undefined) => Keeper} keep what keeps what was decided
   */
  constructor(engine, memory, words, keep) {
    this.#engine = engine;
    this.#keep = keep;
    this.#memory = memory;
    this.#isCopied = !("WebAssembly" in globalThis && memory instanceof WebAssembly.Memory);
    this.#words = words;
    this.#read = reading(words.facts);
    this.#told = engine.told() >>> 2;
  }

  /**
   * Which guidance is given, in the order of an assessment.
   * @param {Facts} facts
   * @returns {Guidance[] | Failure}
   */
  decide(facts) {
    this.#kept ??= this.#keep(() => {
      this.#tell();
      return this.#decide();
    });
    const decided = this.#reads(facts)
      ? this.#kept.answer(this.#facts)
      : this.#engine.read(facts)
        ? this.#decide()
        : undefined;
    return decided ?? this.failure();
  }

  /** Why the engine has no answer. */
  failure() {
    const failure = /** @type {Failure} */ ({});
    this.#engine.failure(failure);
    return failure;
  }

  /**
   * Asks the engine something of facts, and opens the answer to be read, if there is one.
   * @param {(engine: E) => number} ask
   * @param {Facts} facts
   */
  asks(ask, facts) {
    if (this.#reads(facts)) {
      this.#tell();
    } else if (!this.#engine.read(facts)) {
      return false;
    }
    return this.opens(ask(this.#engine));
  }

  /**
   * Opens an answer to be read, unless there is none.
   * @param {number} place
   */
  opens(place) {
    this.#numbers();
    this.#at = place >>> 2;
    return place !== 0;
  }

  /**
   * The next number of the answer.
   * @returns {number}
   */
  next() {
    return /** @type {number} */ (this.#view[this.#at++]);
  }

  /** Forgets what was asked and answered. */
  forget() {
    this.#kept = undefined;
    forgetDays();
  }

  /** What the engine decides of the facts that it was told. */
  #decide() {
    if (!this.opens(this.#engine.decide())) {
      return undefined;
    }
    /** @type {Guidance[]} */
    const decided = [];
    const { ids } = this.#words;
    for (let first = 0; first < ids.length; first += 32) {
      for (let bits = this.next(); bits !== 0; bits &= bits - 1) {
        decided.push(one(ids, first + 31 - Math.clz32(bits & -bits)));
      }
    }
    return freeze(decided);
  }

  /**
   * Reads facts, and says whether they could be read. The engine bears an object that bites, or that asks about others
   * while it is read.
   * @param {Facts} facts
   */
  #reads(facts) {
    const reading = ++this.#readings;
    try {
      return this.#read(facts, this.#facts) && reading === this.#readings;
    } catch {
      return false;
    }
  }

  /** Tells the engine the facts that were read here. */
  #tell() {
    this.#numbers().set(this.#facts, this.#told);
  }

  /** The engine's memory as it is now: when it grows, views of it are no more. */
  #numbers() {
    if (this.#view.length === 0 || (this.#isCopied && this.#view.buffer !== this.#memory.buffer)) {
      this.#view = new Int32Array(this.#memory.buffer);
    }
    return this.#view;
  }
}
