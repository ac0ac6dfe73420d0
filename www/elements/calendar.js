/** Deadlines and days of expiry as a calendar file (RFC 5545). */

/**
 * A day to keep in mind.
 * @typedef {object} Occasion
 * @property {string} day
 * @property {string} what
 */

/** How long before the day the calendar speaks up. */
const AHEAD = "-P7D";

/**
 * @param {Occasion[]} occasions
 * @param {string} insurer whose rules it rests on
 * @param {string} asOf the day the file is made on
 * @returns {string}
 */
export function calendar(occasions, insurer, asOf) {
  const text = (/** @type {string} */ words) => words.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
  const stamp = `${asOf.replaceAll("-", "")}T000000Z`;
  const events = occasions.flatMap(({ day, what }, number) => [
    "BEGIN:VEVENT",
    `UID:${stamp}-${day}-${number}@shikaku-navi.invalid`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `SUMMARY:${text(what)}`,
    `DESCRIPTION:${text(insurer)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${text(what)}`,
    `TRIGGER:${AHEAD}`,
    "END:VALARM",
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//shikaku-navi//JA", ...events, "END:VCALENDAR"];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/**
 * A line of at most 75 bytes, going on in further lines that begin with a space.
 * @param {string} line
 */
function folded(line) {
  const encoder = new TextEncoder();
  let text = "";
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > 75) {
      text += "\r\n ";
      bytes = 1;
    }
    text += character;
    bytes += size;
  }
  return text;
}
