/** Twenty members go through the guided check, at each insurer: what they are asked, and what they are told. */

import assert from "node:assert/strict";
import test from "node:test";

import { OCCASIONS, offered } from "../../www/elements/occasions.js";
import { Person } from "../../www/elements/person.js";
import { insurers, json, national, wasm } from "./common.js";

const AS_OF = "2026-11-21";
const CORE = ["enrolledOn", "card", "smartphone"];

const profiles = json("tests/page/profiles.json");

const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value ?? "");

/** Answers whatever comes up as the member would; says how often something was asked, and what was known then. */
function walk(navi, facts) {
  const person = new Person();
  for (let asked = 0; asked < 30; asked += 1) {
    const standing = person.standing(navi, AS_OF);
    if (standing.circumstances) {
      const circumstances = OCCASIONS.flatMap(([, list]) => list);
      const shown = circumstances.flatMap((one) =>
        offered(one, standing.circumstances).map((answer) => [one[0], answer]),
      );
      const ticked = shown.filter(([fact, answer]) => String(facts[fact]) === answer || isDay(facts[fact]));
      assert.equal(person.takeCircumstances(navi, standing.facts, new Map(ticked)), undefined);
    } else if (standing.question) {
      const { fact } = standing.question;
      assert(CORE.includes(fact) || fact in facts, `nobody said what to answer to ${fact}`);
      assert.equal(person.take(navi, standing.facts, fact, facts[fact] ?? null), undefined);
    } else {
      return { asked, known: standing.facts };
    }
  }
  throw new Error("it never ends");
}

const told = (navi, facts) => navi.assess(facts).guidance.map(({ id, args, by }) => [id, Object.entries(args), by]);

for (const insurer of [undefined, ...insurers]) {
  test(`${insurer?.id ?? "national"} tells twenty members all they are to know`, (context) => {
    const navi = wasm.load(national, insurer);
    const counts = profiles.map(({ who, facts, most }) => {
      const { asked, known } = walk(navi, facts);
      assert.deepEqual(told(navi, known), told(navi, { asOf: AS_OF, ...facts }), who);
      assert(asked <= (most ?? 8), `${who}: ${asked} questions`);
      return asked;
    });
    const mean = counts.reduce((sum, count) => sum + count) / counts.length;
    context.diagnostic(`${mean.toFixed(2)} questions a member, at most ${Math.max(...counts)}`);
  });
}
