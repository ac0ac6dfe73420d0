/**
 * A rulebook as callers see it: facts go in and answers come out as objects, while to and from the engine only numbers
 * go (`src/numbers.rs` is the other side). Words cross once, when the rulebook is loaded.
 * @module
 */

import { dayIn, forgetDays, NOTHING } from "./days.js";
import { reading, TOLD } from "./facts.js";
import { Kept } from "./kept.js";
import { Said } from "./said.js";
import { freeze, one, words } from "./words.js";

/** @typedef {import("./types.d.ts").Assessment} Assessment */
/** @typedef {import("./types.d.ts").Facts} Facts */
/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./words.js").Statement} Statement */

/** @typedef {{ error: import("./types.d.ts").Error }} Failure */
/** @typedef {import("./shikaku_navi.js").Navi} Engine */

/** @type {never[]} */
const NONE = freeze([]);

/** @param {number} day */
const dayOrNull = (day) => (day === NOTHING ? null : dayIn(day));

/** A rulebook that answers. */
export class Navi {
  #engine;
  #memory;
  /** Whether memory that has grown lies elsewhere, and leaves a copy behind. That of WebAssembly does not. */
  #isCopied;
  #words;
  #read;
  /** @type {Kept<Item["id"][]> | undefined} */
  #kept;
  /** Facts as they were read. */
  #facts = new Int32Array(TOLD);
  /** How often facts were read there. */
  #readings = 0;
  /** Where the engine reads facts in numbers. */
  #told;
  #view = new Int32Array(0);
  #at = 0;
  /** What was said before, by the statement and the facts that it is said because of.
   * @type {Map<number, Item>} */
  #items = new Map();
  #said;

  /**
   * @param {Engine} engine a rulebook of the engine's
   * @param {{ readonly buffer: ArrayBuffer }} memory the engine's memory
   */
  constructor(engine, memory) {
    this.#engine = engine;
    this.#memory = memory;
    this.#isCopied = !("WebAssembly" in globalThis && memory instanceof WebAssembly.Memory);
    this.#words = words(engine.words());
    this.#read = reading(this.#words.facts);
    this.#said = new Said(this.#words.untilExpiry);
    this.#told = engine.told() >>> 2;
  }

  /**
   * What can be said of these facts.
   * @param {Facts} facts
   * @returns {Assessment | Failure}
   */
  assess(facts) {
    if (!this.#asks("likeness", facts)) {
      return this.#failure();
    }
    const alike = this.#next() === 1 ? this.#alike() : undefined;
    const found = alike && this.#said.find(alike);
    if (found) {
      return found;
    }
    if (!this.#opens(this.#engine.assess())) {
      return this.#failure();
    }
    const weighsADay = this.#next() === 1;
    const assessment = this.#assessment();
    if (alike && !weighsADay) {
      this.#said.keep(alike, assessment);
    }
    return assessment;
  }

  /**
   * Only which guidance is given, in the order of an assessment: many times faster.
   * @param {Facts} facts
   * @returns {Item["id"][] | Failure}
   */
  decide(facts) {
    this.#kept ??= new Kept(this.#words.turns, () => {
      this.#tell();
      return this.#decide();
    });
    const decided = this.#reads(facts)
      ? this.#kept.answer(this.#facts)
      : this.#engine.read(facts)
        ? this.#decide()
        : undefined;
    return decided ?? this.#failure();
  }

  /** Why the engine has no answer. */
  #failure() {
    const failure = /** @type {Failure} */ ({});
    this.#engine.failure(failure);
    return failure;
  }

  /** What the engine decides of the facts that it was told. */
  #decide() {
    if (!this.#opens(this.#engine.decide())) {
      return undefined;
    }
    /** @type {Item["id"][]} */
    const decided = [];
    const { ids } = this.#words;
    for (let first = 0; first < ids.length; first += 32) {
      for (let bits = this.#next(); bits !== 0; bits &= bits - 1) {
        decided.push(one(ids, first + 31 - Math.clz32(bits & -bits)));
      }
    }
    return freeze(decided);
  }

  /**
   * All facts worth asking about, the next one first.
   * @param {Facts} facts
   * @returns {Question[] | Failure}
   */
  questions(facts) {
    return this.#asks("questions", facts) ? this.#list(() => this.#question()) : this.#failure();
  }

  /**
   * The circumstances that could still change the guidance, each with the answers that would.
   * @param {Facts} facts
   * @returns {Question[] | Failure}
   */
  circumstances(facts) {
    return this.#asks("circumstances", facts) ? this.#list(() => this.#question()) : this.#failure();
  }

  /** Forgets what was asked and answered. */
  forget() {
    this.#items.clear();
    this.#said.clear();
    this.#kept = undefined;
    forgetDays();
  }

  /** Gives the memory back; the object cannot be used afterwards. */
  free() {
    this.#engine.free();
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

  /**
   * Tells the engine facts, and says whether it has understood them.
   * @param {Facts} facts
   */
  #hears(facts) {
    if (this.#reads(facts)) {
      this.#tell();
      return true;
    }
    return this.#engine.read(facts);
  }

  /**
   * Asks the engine something of facts, and opens the answer to be read, if there is one.
   * @param {"likeness" | "questions" | "circumstances"} what
   * @param {Facts} facts
   */
  #asks(what, facts) {
    return this.#opens(this.#hears(facts) ? this.#engine[what]() : 0);
  }

  /** Tells the engine the facts that were read here. */
  #tell() {
    this.#numbers().set(this.#facts, this.#told);
  }

  /**
   * Opens an answer to be read, unless there is none.
   * @param {number} place
   */
  #opens(place) {
    this.#numbers();
    this.#at = place >>> 2;
    return place !== 0;
  }

  /** The engine's memory as it is now: when it grows, views of it are no more. */
  #numbers() {
    if (this.#view.length === 0 || (this.#isCopied && this.#view.buffer !== this.#memory.buffer)) {
      this.#view = new Int32Array(this.#memory.buffer);
    }
    return this.#view;
  }

  /** @returns {number} */
  #next() {
    return /** @type {number} */ (this.#view[this.#at++]);
  }

  /**
   * @template T
   * @param {() => T} read
   * @returns {T[]}
   */
  #list(read) {
    let left = this.#next();
    if (left === 0) {
      return NONE;
    }
    /** @type {T[]} */
    const list = [];
    for (; left > 0; left--) {
      list.push(read());
    }
    return freeze(list);
  }

  /** @returns {import("./said.js").Alike} */
  #alike() {
    return {
      likeness: `${this.#next()} ${this.#next()} ${this.#next()}`,
      last: dayOrNull(this.#next()),
      own: this.#list(() => dayIn(this.#next())),
    };
  }

  /** @returns {Assessment} */
  #assessment() {
    const { warnings } = this.#words;
    return freeze({
      insurer: this.#words.insurer,
      asOf: dayIn(this.#next()),
      guidance: this.#list(() => this.#item()),
      contacts: this.#list(() => one(this.#words.contacts, this.#next())),
      question: this.#list(() => this.#question())[0] ?? null,
      changes: this.#list(() => freeze({ on: dayIn(this.#next()), starts: this.#ids(), ends: this.#ids() })),
      alternatives: this.#list(() =>
        freeze({
          changes: this.#list(() => this.#answer()),
          through: this.#ids(),
          starts: this.#ids(),
          ends: this.#ids(),
        }),
      ),
      warnings: this.#list(() => {
        const [id, argument] = one(warnings, this.#next());
        return freeze({ id, args: freeze({ [argument]: dayIn(this.#next()) }) });
      }),
    });
  }

  #ids() {
    return this.#list(() => one(this.#words.ids, this.#next()));
  }

  /** @returns {Item} */
  #item() {
    const because = this.#next();
    const count = this.#next();
    const first = one(this.#words.statements, this.#next());
    if (count > 1 || !first.isFixed) {
      return this.#made(because, first, count);
    }
    const key = first.place * 0x8_0000 + because;
    let item = this.#items.get(key);
    if (item === undefined) {
      item = this.#made(because, first, count);
      this.#items.set(key, item);
    }
    return item;
  }

  /**
   * @param {number} because
   * @param {Statement} first
   * @param {number} count how many statements say it
   * @returns {Item}
   */
  #made(because, first, count) {
    const { id, section, layer, follows } = first;
    let { sources } = first;
    for (let left = count; left > 1; left--) {
      sources = [...sources, ...one(this.#words.statements, this.#next()).sources];
    }
    const args = first.args.map(([name, value]) => [name, value ?? dayOrNull(this.#next())]);
    return freeze({
      id,
      section,
      layer,
      args: freeze(Object.fromEntries(args.filter(([, value]) => value !== null))),
      by: follows ? dayOrNull(this.#next()) : first.by,
      because: freeze(this.#words.facts.map(([fact]) => fact).filter((_, at) => (because >> at) & 1)),
      sources: freeze([...new Set(sources)]),
    });
  }

  /** @returns {Question} */
  #question() {
    const [fact, words] = one(this.#words.facts, this.#next());
    const options = this.#next();
    const kind = words.length > 0 ? "choice" : "date";
    return freeze({ fact, kind, options: freeze(words.filter((_, place) => (options >> place) & 1)) });
  }

  #answer() {
    const [fact, words] = one(this.#words.facts, this.#next());
    const word = one(words, this.#next());
    return freeze({ fact, to: word === "true" || (word !== "false" && word) });
  }
}
