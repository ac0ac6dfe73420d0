/** What the page around the check asks for: an insurer, and a day; and when to look again which day it is. */

import { readDay, todayInJapan } from "../engine/engine.js";
import { get } from "../engine/files.js";
import INSURERS from "../rules/insurers.js";
import { arrived } from "./languages.js";

/** The rules that hold for everybody. */
export const NATIONAL = new URL("../rules/national.json", import.meta.url);

/** How often it looks whether a day has ended, or the clock was put right, in milliseconds. */
const LOOKING = 10_000;

/** There is no such insurer. */
export const NOT_THERE = Symbol();
/** Whether there is such an insurer cannot be known, as nobody answers. */
export const NOT_REACHED = Symbol();

/**
 * The rules of an insurer, which may have been added beside the others since the page was built; `{}` if what is there
 * cannot be read, none for what holds nationwide.
 * @param {string} id
 */
export async function rulesOf(id) {
  if (id === "national") {
    return undefined;
  }
  const beside = /^[a-z0-9-]{1,64}$/.test(id) ? new URL(`./insurers/${id}.json`, NATIONAL) : undefined;
  const rules = INSURERS.find((one) => one.id === id)?.rules ?? beside;
  if (!rules) {
    return NOT_THERE;
  }
  const kept = await arrived(rules);
  if (kept) {
    return kept;
  }
  const response = await get(rules).catch(() => undefined);
  if (!response?.ok) {
    return response ? NOT_THERE : NOT_REACHED;
  }
  return response.json().catch(() => ({}));
}

/**
 * The day the guidance is for.
 * @typedef {object} AsOf
 * @property {string} day
 * @property {boolean} [preview] whether it is not today
 * @property {boolean} [isClockWrong] whether the device says that it is a day before the rules were made
 * @property {string} [mistyped] what cannot be read as a day
 */

/**
 * The day the guidance is for: the one to preview, as people write it, or today in Japan. That is never a day before
 * the rules were made, whatever the device says: it would bring back what is long over.
 * @param {string | null} typed
 * @param {string} earliest
 * @returns {AsOf}
 */
export function dayAsked(typed, earliest) {
  const now = todayInJapan();
  const isClockWrong = now < earliest;
  const today = { day: isClockWrong ? earliest : now, isClockWrong };
  if (typed === null) {
    return today;
  }
  const read = readDay(typed);
  return "error" in read ? { ...today, mistyped: typed } : { day: read.day, preview: read.day !== now };
}

/**
 * Calls `look` whenever it may be another day: a page that was left open, or comes back from the browser's memory,
 * speaks of the day it is now.
 * @param {() => void} look
 * @param {AbortSignal} signal ends it
 */
export function lookAgain(look, signal) {
  document.addEventListener("visibilitychange", () => document.hidden || look(), { signal });
  const looking = globalThis.setInterval(look, LOOKING);
  signal.addEventListener("abort", () => globalThis.clearInterval(looking));
}
