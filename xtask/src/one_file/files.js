/** Where the files of the check come from: they stand in the page itself. */

const FILES = JSON.parse(document.querySelector("#files")?.textContent ?? "{}");

/**
 * @param {URL} url
 * @returns {Promise<Response>}
 */
export async function get(url) {
  const name = url.pathname.split("/").at(-1) ?? "";
  if (!Object.hasOwn(FILES, name)) {
    return new Response(null, { status: 404 });
  }
  if (!name.endsWith(".wasm")) {
    return new Response(FILES[name]);
  }
  const bytes = Uint8Array.from(atob(FILES[name]), (letter) => letter.codePointAt(0) ?? 0);
  return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}
