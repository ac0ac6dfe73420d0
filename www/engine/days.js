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
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (leap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= last)) {
    return NOTHING;
  }
  // Years are counted from March, so that the day that some have more comes last.
  const y = month > 2 ? year : year - 1;
  const m = (month + 9) % 12;
  const centuries = Math.floor(y / 100);
  return 365 * y + (y >> 2) - centuries + (centuries >> 2) + Math.floor((153 * m + 2) / 5) + day - 719_469;
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
function digits(text, from, to) {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) {
      return NaN;
    }
    number = number * 10 + digit;
  }
  return number;
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
