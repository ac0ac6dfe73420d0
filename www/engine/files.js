/** Where the files of the check come from: wherever the page itself did. */

/**
 * @param {URL} url
 * @returns {Promise<Response>}
 */
export function get(url) {
  return fetch(url);
}
