/** Answers the facts it is given, by the rules of 全国労働金庫健康保険組合. */

import { readFile } from "node:fs/promises";

import { load, ready } from "shikaku-navi/engine";
import insurers from "shikaku-navi/rules";
import national from "shikaku-navi/rules/national.json" with { type: "json" };

const { rules } = insurers.find(({ id }) => id === "rokin");
await ready();
const navi = await load({ national, insurer: JSON.parse(await readFile(rules, "utf8")) });
console.log(JSON.stringify(navi.assess(JSON.parse(process.argv[2]))));
