/** The languages of the check, and what is fetched in idle time. */

import { get } from "../engine/files.js";

/**
 * @typedef {object} Language
 * @property {string} id as in the name of its file
 * @property {string} tag BCP 47, for browsers and screen readers
 * @property {string} name in the language itself
 * @property {URL} texts
 */

/** @type {Language[]} */
export const LANGUAGES = [
  { id: "ja", tag: "ja", name: "日本語", texts: new URL("../locales/ja.json", import.meta.url) },
  { id: "ja-easy", tag: "ja", name: "やさしい日本語", texts: new URL("../locales/ja-easy.json", import.meta.url) },
  { id: "en", tag: "en", name: "English", texts: new URL("../locales/en.json", import.meta.url) },
  { id: "zh-Hans", tag: "zh-Hans", name: "简体中文", texts: new URL("../locales/zh-Hans.json", import.meta.url) },
  { id: "ko", tag: "ko", name: "한국어", texts: new URL("../locales/ko.json", import.meta.url) },
  { id: "es", tag: "es", name: "Español", texts: new URL("../locales/es.json", import.meta.url) },
  { id: "pt", tag: "pt", name: "Português", texts: new URL("../locales/pt.json", import.meta.url) },
];

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/**
 * A JSON file, fetched once; what failed can be tried again.
 * @param {URL} url
 * @returns {Promise<any>}
 */
export function json(url) {
  const found = kept.get(url.href);
  if (found) {
    return found;
  }
  const asked = get(url).then((response) => {
    if (!response.ok) {
      throw new Error(`${url.pathname}: ${response.status}`);
    }
    return response.json();
  });
  kept.set(url.href, asked);
  asked.catch(() => kept.delete(url.href));
  return asked;
}

/**
 * A JSON file, if it was asked for and came.
 * @param {URL} url
 * @returns {Promise<any>}
 */
export async function arrived(url) {
  return kept.get(url.href)?.catch(() => undefined);
}

/**
 * Fetches one file after the other while nothing else is to be done, so that all is here before it is needed. A page
 * that nobody sees may never have such a while.
 * @param {URL[]} urls
 * @param {() => boolean} mayGoOn
 */
export async function fetchInIdleTime(urls, mayGoOn) {
  for (const url of urls) {
    await new Promise((idle) => (globalThis.requestIdleCallback ?? setTimeout)(idle, { timeout: 500 }));
    if (!mayGoOn()) {
      return;
    }
    await json(url).catch(() => undefined);
  }
}
