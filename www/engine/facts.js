/**
 * Facts in numbers, as quickly as can be. What is anything but plain facts as the engine would write them is left to the
 * engine, which reads dates as people write them, and says what is wrong.
 * @module
 */

import { dayOf, NOTHING, UNREAD } from "./days.js";

/** @typedef {import("./types.d.ts").Fact} Fact */
/** @typedef {[fact: Fact, words: string[]]} FactWords */
/** @typedef {(told: any, numbers: Int32Array) => boolean} Reader reads facts, and says whether it could */

/**
 * How a fact is told.
 * @typedef {object} Kind
 * @property {string[]} words what it can be; none for a date
 * @property {number} at for a word or a truth, the lowest of its bits; for a date, the number in which it is told
 */

/** How many numbers tell a member's facts: words as bits, and six days. See `Told` in `src/numbers.rs`. */
export const TOLD = 7;

/** What is no word of a fact, and neither true nor false. */
const OTHER = -1;

/** Beyond four kinds of objects, asking for a property by its name takes as long as looking for it. */
const KINDS_OF_OBJECTS = 4;

/**
 * A word by its place, from 1 on; 0 for nothing.
 * @param {unknown} value
 * @param {Kind} kind
 */
function wordOf(value, { words }) {
  // Lists are short, and this is quicker than a map.
  for (let place = 0; place < words.length; place++) {
    if (words[place] === value) {
      return place + 1;
    }
  }
  return value === null ? 0 : OTHER;
}

/** @param {unknown} value */
const truthOf = (value) => (value === true ? 1 : value === false ? 2 : value === null ? 0 : OTHER);

/** @param {unknown} value */
const dateOf = (value) => (typeof value === "string" ? dayOf(value) : value === null ? NOTHING : UNREAD);

/**
 * What reads facts. Objects of which the facts come in the same order as in those before are most often made like them:
 * of those, each fact is asked for by its name.
 * @param {FactWords[]} facts
 * @returns {Reader}
 */
export function reading(facts) {
  /** @type {Map<string, Kind>} */
  const kinds = new Map();
  let [bits, days] = [0, 0];
  for (const [fact, words] of facts) {
    kinds.set(fact, { words, at: words.length === 0 ? ++days : bits });
    bits += 32 - Math.clz32(words.length);
  }
  const byName = readingByName(kinds);
  /** @type {string[]} */
  let usual = [];
  let changes = KINDS_OF_OBJECTS;
  /** @type {Reader} */
  const anew = (told, numbers) => {
    const isRead = readEach(kinds, told, numbers);
    if (isRead && changes > 0) {
      changes--;
      usual = Object.keys(told);
    }
    return isRead;
  };
  return (told, numbers) => {
    // Quicker than asking for the prototype.
    if (typeof told !== "object" || told === null || told.__proto__ !== Object.prototype) {
      return false;
    }
    numbers[0] = 0;
    numbers[1] = numbers[2] = numbers[3] = numbers[4] = numbers[5] = numbers[6] = NOTHING;
    let at = 0;
    for (const fact in told) {
      if (usual[at++] !== fact) {
        return anew(told, numbers);
      }
    }
    return at === usual.length ? byName(told, numbers) : anew(told, numbers);
  };
}

/**
 * Reads whatever facts there are into numbers that tell nothing.
 * @param {Map<string, Kind>} kinds
 * @param {any} told
 * @param {Int32Array} numbers
 */
function readEach(kinds, told, numbers) {
  for (const fact in told) {
    const kind = kinds.get(fact);
    const value = told[fact] ?? null;
    if (kind === undefined) {
      return false;
    }
    if (kind.words.length === 0) {
      const day = dateOf(value);
      if (day === UNREAD) {
        return false;
      }
      numbers[kind.at] = day;
    } else {
      const place = kind.words[0] === "true" ? truthOf(value) : wordOf(value, kind);
      if (place === OTHER) {
        return false;
      }
      numbers[0] = /** @type {number} */ (numbers[0]) | (place << kind.at);
    }
  }
  return true;
}

/**
 * What reads facts that are none but these into numbers that tell nothing.
 * @param {Map<string, Kind>} kinds
 * @returns {Reader}
 */
function readingByName(kinds) {
  const {
    enrolledOn,
    card,
    smartphone,
    asOf,
    role,
    endedOn,
    needsAssistance,
    portalLogin,
    myNumberOnFile,
    oldCard,
    notice,
    noticeMismatch,
    nameChanged,
    ratioChanged,
    certificate,
    certificateExpiresOn,
    cardCertificateExpiresOn,
    bornOn,
    overseas,
  } = /** @type {Record<Fact, Kind>} */ (Object.fromEntries(kinds));
  return (told, numbers) => {
    let words = 0;
    if (told.enrolledOn !== undefined) {
      const day = dateOf(told.enrolledOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[enrolledOn.at] = day;
    }
    if (told.card !== undefined) {
      const place = wordOf(told.card, card);
      if (place === OTHER) {
        return false;
      }
      words |= place << card.at;
    }
    if (told.smartphone !== undefined) {
      const place = truthOf(told.smartphone);
      if (place === OTHER) {
        return false;
      }
      words |= place << smartphone.at;
    }
    if (told.asOf !== undefined) {
      const day = dateOf(told.asOf);
      if (day === UNREAD) {
        return false;
      }
      numbers[asOf.at] = day;
    }
    if (told.role !== undefined) {
      const place = wordOf(told.role, role);
      if (place === OTHER) {
        return false;
      }
      words |= place << role.at;
    }
    if (told.endedOn !== undefined) {
      const day = dateOf(told.endedOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[endedOn.at] = day;
    }
    if (told.needsAssistance !== undefined) {
      const place = truthOf(told.needsAssistance);
      if (place === OTHER) {
        return false;
      }
      words |= place << needsAssistance.at;
    }
    if (told.portalLogin !== undefined) {
      const place = truthOf(told.portalLogin);
      if (place === OTHER) {
        return false;
      }
      words |= place << portalLogin.at;
    }
    if (told.myNumberOnFile !== undefined) {
      const place = truthOf(told.myNumberOnFile);
      if (place === OTHER) {
        return false;
      }
      words |= place << myNumberOnFile.at;
    }
    if (told.oldCard !== undefined) {
      const place = wordOf(told.oldCard, oldCard);
      if (place === OTHER) {
        return false;
      }
      words |= place << oldCard.at;
    }
    if (told.notice !== undefined) {
      const place = wordOf(told.notice, notice);
      if (place === OTHER) {
        return false;
      }
      words |= place << notice.at;
    }
    if (told.noticeMismatch !== undefined) {
      const place = truthOf(told.noticeMismatch);
      if (place === OTHER) {
        return false;
      }
      words |= place << noticeMismatch.at;
    }
    if (told.nameChanged !== undefined) {
      const place = truthOf(told.nameChanged);
      if (place === OTHER) {
        return false;
      }
      words |= place << nameChanged.at;
    }
    if (told.ratioChanged !== undefined) {
      const place = truthOf(told.ratioChanged);
      if (place === OTHER) {
        return false;
      }
      words |= place << ratioChanged.at;
    }
    if (told.certificate !== undefined) {
      const place = wordOf(told.certificate, certificate);
      if (place === OTHER) {
        return false;
      }
      words |= place << certificate.at;
    }
    if (told.certificateExpiresOn !== undefined) {
      const day = dateOf(told.certificateExpiresOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[certificateExpiresOn.at] = day;
    }
    if (told.cardCertificateExpiresOn !== undefined) {
      const day = dateOf(told.cardCertificateExpiresOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[cardCertificateExpiresOn.at] = day;
    }
    if (told.bornOn !== undefined) {
      const day = dateOf(told.bornOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[bornOn.at] = day;
    }
    if (told.overseas !== undefined) {
      const place = truthOf(told.overseas);
      if (place === OTHER) {
        return false;
      }
      words |= place << overseas.at;
    }
    numbers[0] = words;
    return true;
  };
}
