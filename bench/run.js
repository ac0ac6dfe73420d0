/** Measures every engine, each in a process of its own, and writes `results.json` and the tables in the README. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { engines } from "./engines.js";
import { tables } from "./report.js";
import { size } from "./size.js";

const HERE = new URL("./", import.meta.url);
const TIMES = 7;
const COLD = 25;

const node = (script, ...args) =>
  JSON.parse(execFileSync(process.execPath, [script, ...args.map(String)], { cwd: HERE, encoding: "utf8" }));
const median = (numbers) => numbers.sort((one, other) => one - other)[numbers.length >> 1];

const measured = [];
for (const { name, file, number, entry, files } of engines) {
  measured.push({ name, file, number, bytes: entry && (await size({ entry, files })), nanos: [], cold: [] });
}
/** What a program says of each engine, so many times. In turn, so that what slows the machine down slows all of them. */
function inTurn(times, script, note) {
  for (let time = 0; time < times; time += 1) {
    for (const engine of measured) {
      note(engine, node(script, engine.file, engine.number));
    }
  }
}
inTurn(TIMES, "time.js", (engine, { nanos }) => engine.nanos.push(nanos));
for (const { name, nanos } of measured) {
  console.error(`  ${name}: ${Math.round(median(nanos))} ns`);
}
inTurn(COLD, "cold.js", (engine, { millis }) => engine.cold.push(millis));
const results = {
  machine: `${cpus().length} × ${cpus()[0].model}`,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  engines: measured.map(({ name, nanos, bytes, cold }) => ({
    name,
    nanos: { median: median(nanos), least: Math.min(...nanos), most: Math.max(...nanos) },
    bytes,
    coldMillis: median(cold),
  })),
  manyBytes: await size({
    entry: 'export * from "../target/bench/many/shikaku_navi.js";',
    files: ["../target/bench/many/shikaku_navi_bg.wasm"],
  }),
  wasm: node("wasm.js"),
  native: JSON.parse(readFileSync(new URL("../target/bench/native.json", HERE), "utf8")),
};
// What is measured in a browser is what was built last.
if (existsSync(new URL("../dist/index.html", HERE))) {
  const { slow, fast, lighthouse } = node("page.mjs");
  results.page = { slow: slow.medians, fast: fast.medians, lighthouse: lighthouse.score };
}
writeFileSync(new URL("results.json", HERE), `${JSON.stringify(results, null, 2)}\n`);

const readme = new URL("../README.md", HERE);
const [before, after] = ["<!-- bench -->\n", "<!-- /bench -->"];
const text = readFileSync(readme, "utf8");
const [start, end] = [text.indexOf(before), text.indexOf(after)];
if (start < 0 || end < start) {
  throw new Error(`README.md has no ${before.trim()} … ${after} to write between`);
}
const report = tables(results);
writeFileSync(readme, `${text.slice(0, start + before.length)}\n${report}\n${text.slice(end)}`);
console.log(report);
