/**
 * What was decided, kept for whoever is in the same situation.
 * @module
 */

import { FIRST_DAY, keepDays, LAST_DAY, NOTHING } from "./days.js";

/** How many situations there is room for, as a power of two. Of those that share a place, the last is kept. */
const ROOM = 12;

/**
 * Of each day, how many of some others it has reached.
 * @param {number[]} turns in order
 */
function reached(turns) {
  const counts = new Uint8Array(LAST_DAY - FIRST_DAY + 1);
  turns.forEach((turn, at) => counts.fill(at + 1, Math.max(turn - FIRST_DAY, 0)));
  return counts;
}

/**
 * A table of answers, for facts without other days than the one asked about and that of enrolment. Apart from words, such
 * answers depend on which turns both have reached, and how far one is after the other: see `Rulebook::words`.
 * @template T
 */
export class Kept {
  #keys = new Int32Array(2 << ROOM);
  /** @type {(T | undefined)[]} */
  #answers = Array(1 << ROOM).fill(undefined);
  #asOf;
  #enrolledOn;
  #settled;
  #find;

  /**
   * @param {Record<string, number[]>} turns
   * @param {() => T | undefined} find finds the answer, if there is one
   */
  constructor({ asOf = [], enrolledOn = [], settled: [settled = 0] = [] }, find) {
    this.#asOf = reached(asOf);
    this.#enrolledOn = reached(enrolledOn);
    this.#settled = settled;
    this.#find = find;
    keepDays();
  }

  /**
   * The answer to facts in numbers.
   * @param {Int32Array} facts
   */
  answer(facts) {
    const words = /** @type {number} */ (facts[0]);
    const enrolledOn = /** @type {number} */ (facts[1]);
    const asOf = /** @type {number} */ (facts[2]);
    if (
      enrolledOn === NOTHING ||
      asOf === NOTHING ||
      facts[3] !== NOTHING ||
      facts[4] !== NOTHING ||
      facts[5] !== NOTHING ||
      facts[6] !== NOTHING
    ) {
      return this.#find();
    }
    const turns = /** @type {number} */ (this.#asOf[asOf - FIRST_DAY]);
    const turnsOfEnrolment = /** @type {number} */ (this.#enrolledOn[enrolledOn - FIRST_DAY]);
    const since = asOf - enrolledOn;
    const days = (turns << 16) | (turnsOfEnrolment << 4) | (Number(since >= 0) + Number(since >= this.#settled));
    // Any odd numbers spread them evenly.
    const place = Math.imul(words ^ Math.imul(days, 0x9e37_79b1), 0x85eb_ca6b) >>> (32 - ROOM);
    if (this.#keys[2 * place] !== words || this.#keys[2 * place + 1] !== days || this.#answers[place] === undefined) {
      // First of all: if it throws, nothing of another situation may stand under this one's key.
      this.#answers[place] = this.#find();
      this.#keys[2 * place] = words;
      this.#keys[2 * place + 1] = days;
    }
    return this.#answers[place];
  }
}
