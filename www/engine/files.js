/** Where the files of the check come from: wherever the page itself did. */

/** In Node, what reads files: it cannot fetch them. */
const disk = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("node:fs/promises");

/**
 * How the page's own `<link rel="preload">` asks. Only what asks just like it is given what was asked for ahead.
 * @type {RequestInit}
 */
const AHEAD = { mode: "no-cors", credentials: "include" };

/**
 * @param {URL} url
 * @returns {Promise<Response>}
 */
export async function get(url) {
  if (!disk || url.protocol !== "file:") {
    return fetch(url, url.origin === globalThis.origin ? AHEAD : {});
  }
  const type = url.pathname.endsWith(".wasm") ? "application/wasm" : "text/plain";
  return new Response(await disk.readFile(url), { headers: { "content-type": type } });
}
