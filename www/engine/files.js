/** Where the files of the check come from: wherever the page itself did. */

/**
 * How the page's own `<link rel="preload">` asks. Only what asks just like it is given what was asked for ahead.
 * @type {RequestInit}
 */
const AHEAD = { mode: "no-cors", credentials: "include" };

/**
 * @param {URL} url
 * @returns {Promise<Response>}
 */
export function get(url) {
  return fetch(url, url.origin === globalThis.origin ? AHEAD : {});
}
