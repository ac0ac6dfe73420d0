/**
 * What was said, kept for all who are told the same; see `Rulebook::likeness` in `src/likeness.rs`.
 * @module
 */

import { freeze } from "./words.js";

/** @typedef {import("./types.d.ts").Assessment} Assessment */

/**
 * In what somebody is like others, and what is their own.
 * @typedef {object} Alike
 * @property {string} likeness
 * @property {string | null} last the last day of their 資格確認書
 * @property {string[]} own the days ahead on which something changes because of it
 */

/** For how many kinds of people there is room. */
const ROOM = 1000;

/** Assessments by the likeness of those to whom they are the same, but for days of their own. */
export class Said {
  /** With each, for its changes, which of the days of one's own they come on; -1 for a day that rules name.
   * @type {Map<string, { said: Assessment, places: number[] }>} */
  #said = new Map();
  #untilExpiry;

  /** @param {Set<import("./types.d.ts").Guidance>} untilExpiry guidance whose last day is that of a 資格確認書 */
  constructor(untilExpiry) {
    this.#untilExpiry = untilExpiry;
  }

  /**
   * What is said to somebody, if it was said to anybody like that.
   * @param {Alike} alike
   * @returns {Assessment | undefined}
   */
  find({ likeness, last, own }) {
    const found = this.#said.get(likeness);
    if (found === undefined || last === null) {
      return found?.said;
    }
    const { said, places } = found;
    const guidance = said.guidance.map((item) =>
      this.#untilExpiry.has(item.id) ? freeze({ ...item, by: last }) : item,
    );
    const changes = said.changes.map((change, at) => freeze({ ...change, on: own[places[at] ?? -1] ?? change.on }));
    return freeze({ ...said, guidance: freeze(guidance), changes: freeze(changes) });
  }

  /**
   * Keeps what was said.
   * @param {Alike} alike
   * @param {Assessment} said
   */
  keep({ likeness, own }, said) {
    if (this.#said.size === ROOM) {
      this.#said.clear();
    }
    this.#said.set(likeness, { said, places: said.changes.map(({ on }) => own.indexOf(on)) });
  }

  /** Forgets all of it. */
  clear() {
    this.#said.clear();
  }
}
