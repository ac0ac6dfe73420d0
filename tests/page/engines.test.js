/** The engine as wasm and as plain JavaScript: the same answers to everything. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const ROOT = new URL("../../", import.meta.url);
/** As it is served, and as it is in the package. */
const ENGINE = new URL("dist/engine/", ROOT);
const PACKAGE = new URL("dist/npm/engine/", ROOT);
/** How many random members are asked; more by hand. */
const RANDOM = Number(process.env.RANDOM ?? 2000);

const named = (start, end) => readdirSync(ENGINE).find((name) => name.startsWith(start) && name.endsWith(end));
const json = (path) => JSON.parse(readFileSync(new URL(path, ROOT)));

const wasm = await import(new URL("shikaku_navi.js", PACKAGE));
wasm.initSync({ module: readFileSync(new URL(named("shikaku_navi_bg.", ".wasm"), ENGINE)) });
const plain = await import(new URL(named("plain.", ".js"), ENGINE));

const national = json("www/rules/national.json");
const insurers = readdirSync(new URL("www/rules/insurers", ROOT)).map((name) => json(`www/rules/insurers/${name}`));
const all = [{ id: "national" }, ...insurers];
const pair = (insurer) => {
  const rules = insurer.id === "national" ? undefined : insurer;
  return [wasm.load(national, rules), plain.load(national, rules)];
};

for (const insurer of all) {
  test(`${insurer.id} answers every scenario alike`, () => {
    const [one, other] = pair(insurer);
    const lines = readFileSync(new URL(`tests/scenarios/${insurer.id}.jsonl`, ROOT), "utf8")
      .trim()
      .split("\n");
    for (const line of lines) {
      const { id, facts } = JSON.parse(line);
      assert.deepEqual(other.assess(facts), one.assess(facts), id);
    }
  });
}

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const WORDS = {
  card: [
    "registered",
    "unregistered",
    "none",
    "lost",
    "damaged",
    "renewing",
    "certificate-expired",
    "expired",
    "returned",
    "deregistered",
  ],
  smartphone: [true, false],
  role: ["insured", "dependent", "voluntary", "employer"],
  needsAssistance: [true, false],
  portalLogin: [true, false],
  myNumberOnFile: [true, false],
  oldCard: ["held", "lost", "returned", "never-issued"],
  notice: ["held", "not-received", "lost", "damaged", "undistributed"],
  noticeMismatch: [true, false],
  nameChanged: [true, false],
  ratioChanged: [true, false],
  certificate: ["none", "held", "lost", "damaged"],
  overseas: [true, false],
};
const DAYS = ["endedOn", "certificateExpiresOn", "cardCertificateExpiresOn", "bornOn"];

test(`${RANDOM} members at random are answered alike`, () => {
  const below = numbers(1);
  const day = (from, years) => new Date(Date.UTC(from, 0, 1 + below(years * 365))).toISOString().slice(0, 10);
  const pairs = all.map(pair);
  let answered = 0;
  for (let count = 0; count < RANDOM; count += 1) {
    const facts = { asOf: day(2024, 4) };
    if (below(4) > 0) {
      facts.enrolledOn = day(below(2) === 0 ? 1990 : 2024, below(2) === 0 ? 30 : 3);
    }
    for (const [fact, words] of Object.entries(WORDS)) {
      if (fact === "card" || below(3) === 0) {
        facts[fact] = words[below(words.length)];
      }
    }
    for (const fact of DAYS.filter(() => below(4) === 0)) {
      facts[fact] = fact === "bornOn" ? day(1940, 85) : day(2024, 5);
    }
    const [one, other] = pairs[below(pairs.length)];
    const answer = one.assess(facts);
    answered += Number(!("error" in answer));
    assert.deepEqual(other.assess(facts), answer, JSON.stringify(facts));
  }
  assert(answered > RANDOM / 10, `only ${answered} could hold together`);
});
