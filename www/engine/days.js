/**
 * Days as the engine counts them, since 1970-01-01, and as texts.
 * @module
 */

/** What is not told, and a day that there is not. */
export const NOTHING = -0x8000_0000;

/** What is told and not `YYYY-MM-DD` of these years; the engine may still read it as a date. */
export const UNREAD = NOTHING + 1;
const FIRST_YEAR = 1900;
const YEARS = 200;
export const FIRST_DAY = -25_567;
export const LAST_DAY = 47_481;

/** For each month of these years, sixteen a year, the day before it, and how many days it has in the five lowest bits. */
const MONTHS = new Int32Array(16 * YEARS);

/**
 * Looks up the months of a year, so many years after the first: all of them would take longer than the first answer.
 * @param {number} year
 */
function lookUp(year) {
  let before = FIRST_DAY - 1 + 365 * year + (Math.max(year - 1, 0) >> 2);
  for (let month = 1; month <= 12; month++) {
    const ofFebruary = year % 4 === 0 && year !== 0 ? 29 : 28;
    const length = month === 2 ? ofFebruary : 30 + ((month + (month >> 3)) & 1);
    MONTHS[16 * year + month] = before * 32 + length;
    before += length;
  }
}

/** Days by their texts, once they are kept. As a key, a text is known by where it lies, and need not be read again.
 * @type {Record<string, number> | undefined} */
let read;

/** From now on, keeps the days that are read. */
export function keepDays() {
  read ??= Object.create(null);
}

/**
 * Days since 1970-01-01.
 * @param {string} text
 */
export const dayOf = (text) => read?.[text] ?? parsed(text);

/** @param {string} text */
function parsed(text) {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) {
    return UNREAD;
  }
  // A digit is what remains of its letter, and nothing above nine remains of any.
  const y0 = text.charCodeAt(0) ^ 48;
  const y1 = text.charCodeAt(1) ^ 48;
  const y2 = text.charCodeAt(2) ^ 48;
  const y3 = text.charCodeAt(3) ^ 48;
  const m0 = text.charCodeAt(5) ^ 48;
  const m1 = text.charCodeAt(6) ^ 48;
  const d0 = text.charCodeAt(8) ^ 48;
  const d1 = text.charCodeAt(9) ^ 48;
  const above = (y0 + 6) | (y1 + 6) | (y2 + 6) | (y3 + 6) | (m0 + 6) | (m1 + 6) | (d0 + 6) | (d1 + 6);
  const year = 1000 * y0 + 100 * y1 + 10 * y2 + y3 - FIRST_YEAR;
  const month = 10 * m0 + m1;
  const day = 10 * d0 + d1;
  if (above > 15 || year < 0 || year >= YEARS || month > 12 || day === 0) {
    return UNREAD;
  }
  if (MONTHS[16 * year + 1] === 0) {
    lookUp(year);
  }
  const found = /** @type {number} */ (MONTHS[16 * year + month]);
  if (day > (found & 31)) {
    return UNREAD;
  }
  const days = (found >> 5) + day;
  if (read) {
    read[text] = days;
  }
  return days;
}

/** Days in words, as far as they came up.
 * @type {Map<number, string>} */
const written = new Map();

/** Forgets which days came up. */
export function forgetDays() {
  read = undefined;
  written.clear();
}

/**
 * `YYYY-MM-DD` of days since 1970-01-01.
 * @param {number} day
 * @returns {string}
 */
export function dayIn(day) {
  let text = written.get(day);
  if (text === undefined) {
    // eslint-disable-next-line no-restricted-globals -- what day it is now is not asked here
    text = new Date(86_400_000 * day).toISOString().slice(0, 10);
    written.set(day, text);
  }
  return text;
}
