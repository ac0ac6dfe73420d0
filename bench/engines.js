/** Every engine there is a file for in `engines/`, the project's own and the one written by hand first. */

import { readdirSync } from "node:fs";

const FIRST = ["shikaku-navi.js", "by-hand.js"];
const files = readdirSync(new URL("engines/", import.meta.url)).filter((file) => !FIRST.includes(file));

export const engines = [];
for (const file of [...FIRST, ...files.sort()]) {
  const { default: variants } = await import(new URL(`engines/${file}`, import.meta.url));
  engines.push(...variants.map((variant, number) => ({ ...variant, file, number })));
}
