/**
 * A rulebook as callers see it: facts go in and answers come out as objects, while to and from the engine only numbers
 * go. Words cross once, when the rulebook is loaded.
 * @module
 */

import { dayIn, NOTHING } from "./days.js";
import { Kept } from "./kept.js";
import { Numbers } from "./numbers.js";
import { Said } from "./said.js";
import { freeze, one, words } from "./words.js";

/** @typedef {import("./types.d.ts").Assessment} Assessment */
/** @typedef {import("./types.d.ts").Facts} Facts */
/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {import("./types.d.ts").Question} Question */
/** @typedef {import("./words.js").Statement} Statement */

/** @typedef {import("./numbers.js").Failure} Failure */
/** @typedef {import("./shikaku_navi.js").Navi} Engine */

/** @type {never[]} */
const NONE = freeze([]);

/** @param {number} day */
const dayOrNull = (day) => (day === NOTHING ? null : dayIn(day));

/** A rulebook that answers. */
export class Navi {
  #engine;
  #words;
  #numbers;
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
    this.#words = words(engine.words());
    this.#numbers = new Numbers(engine, memory, this.#words, (find) => new Kept(this.#words.turns, find));
    this.#said = new Said(this.#words.untilExpiry);
  }

  /**
   * What can be said of these facts.
   * @param {Facts} facts
   * @returns {Assessment | Failure}
   */
  assess(facts) {
    if (!this.#numbers.asks((engine) => engine.likeness(), facts)) {
      return this.#numbers.failure();
    }
    const alike = this.#next() === 1 ? this.#alike() : undefined;
    const found = alike && this.#said.find(alike);
    if (found) {
      return found;
    }
    if (!this.#numbers.opens(this.#engine.assess())) {
      return this.#numbers.failure();
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
    return this.#numbers.decide(facts);
  }

  /**
   * All facts worth asking about, the next one first.
   * @param {Facts} facts
   * @returns {Question[] | Failure}
   */
  questions(facts) {
    return this.#numbers.asks((engine) => engine.questions(), facts)
      ? this.#list(() => this.#question())
      : this.#numbers.failure();
  }

  /**
   * The circumstances that could still change the guidance, each with the answers that would.
   * @param {Facts} facts
   * @returns {Question[] | Failure}
   */
  circumstances(facts) {
    return this.#numbers.asks((engine) => engine.circumstances(), facts)
      ? this.#list(() => this.#question())
      : this.#numbers.failure();
  }

  /** Forgets what was asked and answered. */
  forget() {
    this.#items.clear();
    this.#said.clear();
    this.#numbers.forget();
  }

  /** Gives the memory back; the object cannot be used afterwards. */
  free() {
    this.#engine.free();
  }

  #next() {
    return this.#numbers.next();
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
