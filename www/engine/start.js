/** How wasm is started, by the page and by programs. */

import { get } from "./files.js";

/** In Node, what reads files: it cannot fetch them. */
const disk = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("node:fs/promises");

/** @typedef {BufferSource | Response | WebAssembly.Module} Source */

/**
 * Wasm, ready to be called.
 * @param {URL | Source | Promise<Source>} source
 * @param {WebAssembly.Imports} imports
 * @returns {Promise<WebAssembly.Instance>}
 */
export async function start(source, imports) {
  const isFile = source instanceof URL && source.protocol === "file:" && disk;
  let wasm = await (isFile ? disk.readFile(source) : source instanceof URL ? get(source) : source);
  if (wasm instanceof WebAssembly.Module) {
    return WebAssembly.instantiate(wasm, imports);
  }
  // The mere word `Response` makes Node load a network of its own, which takes longer than all else.
  if (!ArrayBuffer.isView(wasm) && "headers" in wasm) {
    if (!wasm.ok) {
      throw new Error(`${wasm.url}: ${wasm.status}`);
    }
    // Compiled while it comes in, if it is served as what it is.
    if (wasm.headers.get("content-type") === "application/wasm") {
      return (await WebAssembly.instantiateStreaming(wasm, imports)).instance;
    }
    wasm = await wasm.arrayBuffer();
  }
  return (await WebAssembly.instantiate(wasm, imports)).instance;
}

/**
 * What begins something once: later calls wait for the same beginning, and one that failed can be tried again.
 * @template Given, Begun
 * @param {(given?: Given) => Promise<Begun>} begin
 * @returns {(given?: Given) => Promise<Begun>}
 */
export function once(begin) {
  /** @type {Promise<Begun> | undefined} */
  let begun;
  return (given) =>
    (begun ??= begin(given).catch((/** @type {unknown} */ error) => {
      begun = undefined;
      throw error;
    }));
}
