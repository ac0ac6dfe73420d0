/** Decides by rules made ready beforehand. */

import { readFile } from "node:fs/promises";

import { load } from "shikaku-navi/decide";

const rules = await readFile(new URL(import.meta.resolve("shikaku-navi/decide/rokin.bin")));
const decider = await load(rules);
console.log(JSON.stringify(decider.decide(JSON.parse(process.argv[2]))));
