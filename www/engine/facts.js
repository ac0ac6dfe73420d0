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
 * Reads whatever facts there are.
 * @param {Map<string, Kind>} kinds
 * @param {any} told
 * @param {Int32Array} numbers
 */
function readEach(kinds, told, numbers) {
  numbers.fill(NOTHING);
  let words = 0;
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
      words |= place << kind.at;
    }
  }
  numbers[0] = words;
  return true;
}

/**
 * What reads facts that are none but these. What is not there costs nothing, so each is looked at before it is read.
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
    numbers[enrolledOn.at] = told.enrolledOn === undefined ? NOTHING : dateOf(told.enrolledOn);
    numbers[asOf.at] = told.asOf === undefined ? NOTHING : dateOf(told.asOf);
    numbers[endedOn.at] = told.endedOn === undefined ? NOTHING : dateOf(told.endedOn);
    numbers[certificateExpiresOn.at] =
      told.certificateExpiresOn === undefined ? NOTHING : dateOf(told.certificateExpiresOn);
    numbers[cardCertificateExpiresOn.at] =
      told.cardCertificateExpiresOn === undefined ? NOTHING : dateOf(told.cardCertificateExpiresOn);
    numbers[bornOn.at] = told.bornOn === undefined ? NOTHING : dateOf(told.bornOn);
    const cardPlace = told.card === undefined ? 0 : wordOf(told.card, card);
    const smartphonePlace = told.smartphone === undefined ? 0 : truthOf(told.smartphone);
    const rolePlace = told.role === undefined ? 0 : wordOf(told.role, role);
    const needsAssistancePlace = told.needsAssistance === undefined ? 0 : truthOf(told.needsAssistance);
    const portalLoginPlace = told.portalLogin === undefined ? 0 : truthOf(told.portalLogin);
    const myNumberOnFilePlace = told.myNumberOnFile === undefined ? 0 : truthOf(told.myNumberOnFile);
    const oldCardPlace = told.oldCard === undefined ? 0 : wordOf(told.oldCard, oldCard);
    const noticePlace = told.notice === undefined ? 0 : wordOf(told.notice, notice);
    const noticeMismatchPlace = told.noticeMismatch === undefined ? 0 : truthOf(told.noticeMismatch);
    const nameChangedPlace = told.nameChanged === undefined ? 0 : truthOf(told.nameChanged);
    const ratioChangedPlace = told.ratioChanged === undefined ? 0 : truthOf(told.ratioChanged);
    const certificatePlace = told.certificate === undefined ? 0 : wordOf(told.certificate, certificate);
    const overseasPlace = told.overseas === undefined ? 0 : truthOf(told.overseas);
    numbers[0] =
      (cardPlace << card.at) |
      (smartphonePlace << smartphone.at) |
      (rolePlace << role.at) |
      (needsAssistancePlace << needsAssistance.at) |
      (portalLoginPlace << portalLogin.at) |
      (myNumberOnFilePlace << myNumberOnFile.at) |
      (oldCardPlace << oldCard.at) |
      (noticePlace << notice.at) |
      (noticeMismatchPlace << noticeMismatch.at) |
      (nameChangedPlace << nameChanged.at) |
      (ratioChangedPlace << ratioChanged.at) |
      (certificatePlace << certificate.at) |
      (overseasPlace << overseas.at);
    return (
      (cardPlace |
        smartphonePlace |
        rolePlace |
        needsAssistancePlace |
        portalLoginPlace |
        myNumberOnFilePlace |
        oldCardPlace |
        noticePlace |
        noticeMismatchPlace |
        nameChangedPlace |
        ratioChangedPlace |
        certificatePlace |
        overseasPlace) >=
        0 &&
      numbers[enrolledOn.at] !== UNREAD &&
      numbers[asOf.at] !== UNREAD &&
      numbers[endedOn.at] !== UNREAD &&
      numbers[certificateExpiresOn.at] !== UNREAD &&
      numbers[cardCertificateExpiresOn.at] !== UNREAD &&
      numbers[bornOn.at] !== UNREAD
    );
  };
}
