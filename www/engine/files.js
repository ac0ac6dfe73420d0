/** Where the files of the check come from: wherever the page itself did. */

/** In Node, what reads files: it cannot fetch them. */
const disk = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("node:fs/promises");

/**
 * @param {URL} url
 * @returns {Promise<Response>}
 */
export async function get(url) {
  if (!disk || url.protocol !== "file:") {
    return fetch(url);
  }
  const type = url.pathname.endsWith(".wasm") ? "application/wasm" : "text/plain";
  return new Response(await disk.readFile(url), { headers: { "content-type": type } });
}
