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
 * @property {string[]} words what it can be; none for a date
 * @property {number} at for a word or a truth, the lowest of its bits; for a date, the number in which it is told
 */

/** How many numbers tell a member's facts: words as bits, and six days. See `Told` in `src/numbers.rs`. */
export const TOLD = 7;

/** What is no word of a fact, and neither true nor false. */
const OTHER = -1;

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
 * What reads facts, and says whether it could. Each fact is asked for by its name: for objects that are made alike, that
 * is as quick as if it were known which of them they have. Nothing is told but what is asked for if that is as much.
 * @param {FactWords[]} facts
 * @returns {(told: any, numbers: Int32Array) => boolean}
 */
export function reading(facts) {
  let [bits, days] = [0, 0];
  const kinds = facts.map(([fact, words]) => {
    const at = words.length === 0 ? ++days : bits;
    bits += 32 - Math.clz32(words.length);
    return [fact, { words, at }];
  });
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
    // Quicker than asking for the prototype.
    if (typeof told !== "object" || told === null || told.__proto__ !== Object.prototype) {
      return false;
    }
    let left = 0;
    // eslint-disable-next-line no-unused-vars -- only how many there are
    for (const fact in told) {
      left++;
    }
    let words = 0;
    numbers[1] = numbers[2] = numbers[3] = numbers[4] = numbers[5] = numbers[6] = NOTHING;
    if (told.enrolledOn !== undefined) {
      const day = dateOf(told.enrolledOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[enrolledOn.at] = day;
      left--;
    }
    if (told.card !== undefined) {
      const place = wordOf(told.card, card);
      if (place === OTHER) {
        return false;
      }
      words |= place << card.at;
      left--;
    }
    if (told.smartphone !== undefined) {
      const place = truthOf(told.smartphone);
      if (place === OTHER) {
        return false;
      }
      words |= place << smartphone.at;
      left--;
    }
    if (told.asOf !== undefined) {
      const day = dateOf(told.asOf);
      if (day === UNREAD) {
        return false;
      }
      numbers[asOf.at] = day;
      left--;
    }
    if (told.role !== undefined) {
      const place = wordOf(told.role, role);
      if (place === OTHER) {
        return false;
      }
      words |= place << role.at;
      left--;
    }
    if (told.endedOn !== undefined) {
      const day = dateOf(told.endedOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[endedOn.at] = day;
      left--;
    }
    if (told.needsAssistance !== undefined) {
      const place = truthOf(told.needsAssistance);
      if (place === OTHER) {
        return false;
      }
      words |= place << needsAssistance.at;
      left--;
    }
    if (told.portalLogin !== undefined) {
      const place = truthOf(told.portalLogin);
      if (place === OTHER) {
        return false;
      }
      words |= place << portalLogin.at;
      left--;
    }
    if (told.myNumberOnFile !== undefined) {
      const place = truthOf(told.myNumberOnFile);
      if (place === OTHER) {
        return false;
      }
      words |= place << myNumberOnFile.at;
      left--;
    }
    if (told.oldCard !== undefined) {
      const place = wordOf(told.oldCard, oldCard);
      if (place === OTHER) {
        return false;
      }
      words |= place << oldCard.at;
      left--;
    }
    if (told.notice !== undefined) {
      const place = wordOf(told.notice, notice);
      if (place === OTHER) {
        return false;
      }
      words |= place << notice.at;
      left--;
    }
    if (told.noticeMismatch !== undefined) {
      const place = truthOf(told.noticeMismatch);
      if (place === OTHER) {
        return false;
      }
      words |= place << noticeMismatch.at;
      left--;
    }
    if (told.nameChanged !== undefined) {
      const place = truthOf(told.nameChanged);
      if (place === OTHER) {
        return false;
      }
      words |= place << nameChanged.at;
      left--;
    }
    if (told.ratioChanged !== undefined) {
      const place = truthOf(told.ratioChanged);
      if (place === OTHER) {
        return false;
      }
      words |= place << ratioChanged.at;
      left--;
    }
    if (told.certificate !== undefined) {
      const place = wordOf(told.certificate, certificate);
      if (place === OTHER) {
        return false;
      }
      words |= place << certificate.at;
      left--;
    }
    if (told.certificateExpiresOn !== undefined) {
      const day = dateOf(told.certificateExpiresOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[certificateExpiresOn.at] = day;
      left--;
    }
    if (told.cardCertificateExpiresOn !== undefined) {
      const day = dateOf(told.cardCertificateExpiresOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[cardCertificateExpiresOn.at] = day;
      left--;
    }
    if (told.bornOn !== undefined) {
      const day = dateOf(told.bornOn);
      if (day === UNREAD) {
        return false;
      }
      numbers[bornOn.at] = day;
      left--;
    }
    if (told.overseas !== undefined) {
      const place = truthOf(told.overseas);
      if (place === OTHER) {
        return false;
      }
      words |= place << overseas.at;
      left--;
    }
    numbers[0] = words;
    return left === 0;
  };
}
