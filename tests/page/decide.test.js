/** The module that only decides, from rules made ready beforehand: it decides as the whole engine does. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { CARDS, ROOT, insurers, national, wasm } from "./common.js";
import { numbers } from "./random.js";

const PACKAGE = new URL("dist/npm/", ROOT);
const { load, ready } = await import(new URL("decide.js", PACKAGE));

/** How many members are tried at each insurer. */
const MEMBERS = 3000;

const readyMade = (id) => readFileSync(new URL(`decide/${id}.bin`, PACKAGE));

test("there are rules for each insurer", () => {
  const files = readdirSync(new URL("decide", PACKAGE)).filter((name) => name.endsWith(".bin"));
  assert.deepEqual(files.sort(), [...insurers.map(({ id }) => `${id}.bin`), "national.bin"].sort());
});

test("it decides as the whole engine does, whatever it is told", async () => {
  await ready();
  const below = numbers(11);
  const one = (...of) => of[below(of.length)];
  const day = () => new Date(Date.UTC(2023, 6, below(1800))).toISOString().slice(0, 10);
  const some = (chance, value) => (below(100) < chance ? value() : undefined);
  const truth = () => one(true, false);
  let [refused, decided] = [0, 0];
  for (const insurer of [undefined, ...insurers]) {
    const navi = wasm.load(national, insurer);
    const decider = await load(readyMade(insurer?.id ?? "national"));
    for (let member = 0; member < MEMBERS; member += 1) {
      const facts = {
        asOf: some(95, day),
        enrolledOn: some(90, day),
        card: some(90, () => one(...CARDS)),
        smartphone: some(90, truth),
        needsAssistance: some(20, truth),
        certificate: some(20, () => one("none", "held", "lost", "damaged")),
        certificateExpiresOn: some(10, day),
        bornOn: some(10, () => one("1951-11-21", "1956-11-22", "昭和31年11月22日", "2026-02-30")),
        endedOn: some(10, day),
        overseas: some(5, truth),
        oldCard: some(3, () => one("held", "lost", "found")),
        ...some(1, () => ({ shoeSize: 27 })),
      };
      const [whole, alone] = [navi.decide(facts), decider.decide(facts)];
      assert.deepEqual(alone, whole, JSON.stringify(facts));
      assert(alone.error || Object.isFrozen(alone));
      refused += Number("error" in whole);
      decided += Number(!("error" in whole));
    }
    for (const odd of [null, undefined, 5, "x", [], () => 1, { card: {} }, new Proxy({}, {}), Object.create({})]) {
      assert.deepEqual(decider.decide(odd), navi.decide(odd));
    }
    navi.free();
    decider.free();
  }
  assert(refused > MEMBERS && decided > MEMBERS, `${refused} ${decided}`);
});

test("what could not be started can be started again", async () => {
  const { ready, load } = await import(new URL("decide.js?again", PACKAGE));
  await assert.rejects(ready(new Uint8Array(8)));
  await ready();
  assert.equal(ready(), ready());
  assert(!("error" in (await load(readyMade("national")))));
});

test("what is not rules made ready is refused", async () => {
  for (const odd of [new Uint8Array(0), new Uint8Array(100), readyMade("national").subarray(1)]) {
    const { error } = await load(odd);
    assert.equal(error.kind, "invalid-profile");
  }
});
