/**
 * Facts in numbers, as quickly as can be. What is anything but plain facts as the engine would write them is left to the
 * engine, which reads dates as people write them, and says what is wrong.
 * @module
 */

import { dayOf, NOTHING, UNREAD } from "./days.js";

/** @typedef {import("./types.d.ts").Fact} Fact */
/** @typedef {[fact: Fact, words: string[]]} FactWords */

/**
 * How a fact is told.
 * @typedef {object} Kind
 * @property {string} fact
 * @property {string[]} words what it can be; none for a date or a truth
 * @property {boolean} isTruth
 * @property {number} place for a word or a truth, the lowest of its bits; for a date, the number in which it is told
 */

/** How many numbers tell a member's facts: words as bits, and six days. See `Told` in `src/numbers.rs`. */
export const TOLD = 7;

/**
 * What reads facts, and says whether it could.
 * @param {FactWords[]} facts
 * @returns {(told: any, numbers: Int32Array) => boolean}
 */
export function reading(facts) {
  /** @type {Map<string, Kind>} */
  const kinds = new Map();
  let [bits, days] = [0, 0];
  for (const [fact, words] of facts) {
    const isTruth = words[0] === "true";
    const isDate = words.length === 0;
    kinds.set(fact, { fact, words: isTruth ? [] : words, isTruth, place: isDate ? ++days : bits });
    bits += 32 - Math.clz32(words.length);
  }
  // In which order facts came the last time: most often it is the same, and they need not be looked up. More than there
  // are may come.
  const order = [...kinds.values(), ...kinds.values()];
  return (told, numbers) => {
    // Quicker than asking for the prototype.
    if (typeof told !== "object" || told === null || told.__proto__ !== Object.prototype) {
      return false;
    }
    let words = 0;
    numbers[1] = numbers[2] = numbers[3] = numbers[4] = numbers[5] = numbers[6] = NOTHING;
    let at = 0;
    for (const fact in told) {
      let kind = /** @type {Kind} */ (order[at]);
      if (kind.fact !== fact) {
        const other = kinds.get(fact);
        if (other === undefined) {
          return false;
        }
        order[at] = kind = other;
      }
      at++;
      /** @type {unknown} */
      const value = told[fact];
      if (typeof value === "boolean") {
        if (!kind.isTruth) {
          return false;
        }
        words |= (2 - Number(value === true)) << kind.place;
      } else if (typeof value === "string") {
        const { words: all } = kind;
        if (all.length === 0) {
          const day = dayOf(value);
          if (day === UNREAD || kind.isTruth) {
            return false;
          }
          numbers[kind.place] = day;
        } else {
          // Lists are short, and this is quicker than a map.
          let found = 0;
          while (all[found] !== value) {
            if (++found === all.length) {
              return false;
            }
          }
          words |= (found + 1) << kind.place;
        }
      } else if (value !== undefined && value !== null) {
        return false;
      }
    }
    numbers[0] = words;
    return true;
  };
}
