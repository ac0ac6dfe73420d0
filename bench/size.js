/** What a browser downloads for an engine: the bundled and minified entry, and its wasm, compressed (brotli, quality 11). */

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const HERE = new URL("./", import.meta.url);

const compressed = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }).length;

export async function size({ entry, files = [] }) {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: HERE.pathname },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "error",
    external: ["*.wasm", "fs", "path", "util", "node:*", "./plain.js"],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const wasm = files.map((file) => compressed(readFileSync(new URL(file, HERE))));
  return [compressed(outputFiles[0].contents), ...wasm].reduce((one, other) => one + other);
}
