/**
 * Days as the engine counts them, since 1970-01-01, and as texts.
 * @module
 */

/** What is not told, and a day that there is not. */
export const NOTHING = -0x8000_0000;

/**
 * Days since 1970-01-01 of `YYYY-MM-DD`; nothing for any other text, which the engine may still read as a date.
 * @param {unknown} text
 */
export function dayOf(text) {
  if (typeof text !== "string" || text.length !== 10 || text[4] !== "-" || text[7] !== "-") {
    return NOTHING;
  }
  const century = pair(text, 0);
  const ofCentury = pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  const year = century * 100 + ofCentury;
  const leap = (ofCentury & 3) === 0 && (ofCentury !== 0 || (century & 3) === 0);
  const last = month === 2 ? (leap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
  if (century < 0 || ofCentury < 0 || year === 0 || month < 1 || month > 12 || day < 1 || day > last) {
    return NOTHING;
  }
  // Years are counted from March, so that the day that some have more comes last.
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const centuries = (y / 100) | 0;
  return 365 * y + (y >> 2) - centuries + (centuries >> 2) + (((153 * m + 2) / 5) | 0) + day - 719_469;
}

/**
 * The number of two digits; a negative one if they are none.
 * @param {string} text
 * @param {number} at
 */
function pair(text, at) {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}

/** Days in words, as far as they came up.
 * @type {Map<number, string>} */
const written = new Map();

/**
 * `YYYY-MM-DD` of days since 1970-01-01.
 * @param {number} day
 * @returns {string}
 */
export function dayIn(day) {
  let text = written.get(day);
  if (text === undefined) {
    // Again years from March, in cycles of 400.
    const since = day + 719_468;
    const cycle = Math.floor(since / 146_097);
    const inCycle = since - cycle * 146_097;
    const leaps = Math.floor(inCycle / 1460) - Math.floor(inCycle / 36_524) + Math.floor(inCycle / 146_096);
    const years = Math.floor((inCycle - leaps) / 365);
    const inYear = inCycle - 365 * years - (years >> 2) + Math.floor(years / 100);
    const months = Math.floor((5 * inYear + 2) / 153);
    const parts = [
      cycle * 400 + years + (months < 10 ? 0 : 1),
      (months < 10 ? months + 3 : months - 9) + 100,
      inYear - Math.floor((153 * months + 2) / 5) + 101,
    ];
    text = parts.map((part, at) => (at === 0 ? String(part).padStart(4, "0") : String(part).slice(1))).join("-");
    written.set(day, text);
  }
  return text;
}
