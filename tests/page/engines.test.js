/** The engine as wasm and as plain JavaScript: the same answers to everything. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { CARDS, ROOT, insurers, national, plain, wasm } from "./common.js";
import { numbers } from "./random.js";

/** How many random members are asked; more by hand. */
const RANDOM = Number(process.env.RANDOM ?? 2000);

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
      const answer = one.assess(facts);
      assert.deepEqual(other.assess(facts), answer, id);
      // In another order, with what is undefined, and as no plain object, they go other ways to the engine.
      const turned = Object.fromEntries(Object.entries({ overseas: undefined, ...facts }).reverse());
      assert.deepEqual(one.assess(turned), answer, id);
      assert.deepEqual(one.assess(Object.assign(Object.create(null), facts)), answer, id);
      const decided = idsOf(answer);
      assert.deepEqual(one.decide(facts), decided, id);
      assert.deepEqual(other.decide(facts), decided, id);
    }
  });
}

const WORDS = {
  card: CARDS,
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
const idsOf = (answer) => ("error" in answer ? answer : [...new Set(answer.guidance.map((item) => item.id))]);

/** The days that rules name, with the days before and after. */
const named = (rules) =>
  [...new Set(JSON.stringify(rules).match(/(?<=")20\d{2}-\d{2}-\d{2}(?=")/gu))].flatMap((day) =>
    [-1, 0, 1].map((by) => later(day, by)),
  );
const later = (day, by) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);

for (const insurer of all) {
  test(`${insurer.id}: what was decided of a situation holds for all who are in it`, () => {
    const below = numbers(2);
    const navi = pair(insurer)[0];
    const days = named([national, insurer]);
    for (let count = 0; count < RANDOM; count += 1) {
      const asOf = days[below(days.length)];
      const enrolledOn =
        below(2) === 0 ? later(asOf, [1, 0, -5, -6][below(4)]) : later(days[below(days.length)], -365 * below(3));
      const facts = { enrolledOn, asOf };
      // Few situations, so that there is always somebody who was in the same.
      for (const fact of ["card", "smartphone", "oldCard", "certificate"].filter(() => below(4) > 0)) {
        facts[fact] = WORDS[fact][below(2)];
      }
      assert.deepEqual(navi.decide(facts), idsOf(navi.assess(facts)), JSON.stringify(facts));
    }
  });
}

const DAYS = ["endedOn", "certificateExpiresOn", "cardCertificateExpiresOn", "bornOn"];

/** The rules of an insurer, in which that a certificate ends is said together with another day, or as one of two. */
const entangled = () => {
  const changed = (change) => {
    const insurer = JSON.parse(JSON.stringify(insurers.find(({ id }) => id === "rokin")));
    const at = insurer.rules.findIndex(({ guidance }) => guidance === "switch-within-validity");
    change(insurer.rules[at], insurer.rules, at);
    return insurer;
  };
  return [
    changed((rule) => rule.by.earliest.push({ day: "2026-10-15" })),
    changed((rule, rules, at) =>
      rules.splice(at, 0, { ...rule, when: { ...rule.when, card: "none" }, by: { day: "2026-10-15" } }),
    ),
  ];
};

/** As no plain object, facts are read by the engine, which knows nobody who is alike. */
const unlike = (facts) => Object.assign(Object.create(null), facts);

for (const [number, insurer] of [...all, ...entangled()].entries()) {
  test(`${insurer.id}, ${number}: what was said to somebody holds for all who are alike`, () => {
    const below = numbers(5);
    const navi = pair(insurer)[0];
    const days = [...named([national, insurer]), "2026-10-14", "2026-10-15", "2026-10-16"];
    const seen = new Set();
    let shared = 0;
    let [asOf, enrolled] = ["", []];
    for (let count = 0; count < 5 * RANDOM; count += 1) {
      // For a while few days, so that there are many who are alike.
      if (count % 500 === 0) {
        const since = days.filter((day) => day > "2024-12-02");
        asOf = below(2) === 0 ? since[below(since.length)] : later("2024-12-02", below(900));
        const past = days.filter((day) => day < asOf);
        enrolled = [later(asOf, -below(8)), later(asOf, -6), ...[0, 0, 0].map(() => past[below(past.length)])];
      }
      const facts = { asOf, card: ["none", "none", "registered", "expired"][below(4)], certificate: "held" };
      facts.enrolledOn = enrolled[below(enrolled.length)];
      facts.certificateExpiresOn = later(
        below(3) === 0 ? days[below(days.length)] : asOf,
        [0, -1, 59, 61, below(99), below(999)][below(6)],
      );
      for (const fact of ["certificateExpiresOn", "certificate"].filter(() => below(4) === 0)) {
        delete facts[fact];
      }
      for (const fact of ["smartphone", "portalLogin", "notice"].filter(() => below(5) === 0)) {
        facts[fact] = WORDS[fact][below(2)];
      }
      for (const fact of DAYS.filter(() => below(20) === 0)) {
        facts[fact] = later(asOf, [-3650, -1, 30, 400][below(4)]);
      }
      const said = navi.assess(facts);
      assert.deepEqual(said, navi.assess(unlike(facts)), JSON.stringify(facts));
      const lists = [said.guidance, said.contacts, said.alternatives, said.warnings].filter((list) => list?.length > 0);
      shared += Number(lists.some((list) => seen.has(list)));
      lists.forEach((list) => seen.add(list));
    }
    assert(shared > (number < all.length ? RANDOM / 2 : RANDOM / 50), `${shared} of ${5 * RANDOM}`);
  });
}

const dayFrom = (below, from, years) => new Date(Date.UTC(from, 0, 1 + below(years * 365))).toISOString().slice(0, 10);

/** Somebody of whom some facts are told, or all. */
function member(below, isWhole = false) {
  const facts = { asOf: dayFrom(below, 2024, 4) };
  if (isWhole || below(4) > 0) {
    facts.enrolledOn = dayFrom(below, below(2) === 0 ? 1990 : 2024, below(2) === 0 ? 30 : 3);
  }
  for (const [fact, words] of Object.entries(WORDS)) {
    if (isWhole || fact === "card" || below(3) === 0) {
      facts[fact] = words[below(words.length)];
    }
  }
  for (const fact of DAYS.filter(() => isWhole || below(4) === 0)) {
    facts[fact] = fact === "bornOn" ? dayFrom(below, 1940, 85) : dayFrom(below, 2024, 5);
  }
  return facts;
}

test("facts that ask about somebody else while they are read are never answered as that one", () => {
  const navi = wasm.load(national);
  const certificate = { certificate: "held", certificateExpiresOn: "2027-07-31" };
  const other = { enrolledOn: "2015-04-01", asOf: "2026-11-21", card: "none", smartphone: true, ...certificate };
  const mine = { ...other, certificateExpiresOn: "2026-10-31" };
  const right = { assess: navi.assess(mine), decide: navi.decide(mine) };
  for (const ask of ["assess", "decide"]) {
    const asking = {
      ...mine,
      get overseas() {
        navi[ask](other);
        return undefined;
      },
    };
    const answer = navi[ask](asking);
    assert("error" in answer || JSON.stringify(answer) === JSON.stringify(right[ask]), JSON.stringify(answer));
    assert.deepEqual(navi[ask](mine), right[ask]);
  }
});

test("what was found is forgotten when it is to be", () => {
  const navi = wasm.load(national);
  const facts = { asOf: "2026-11-21", enrolledOn: "2020-04-01", card: "registered", smartphone: true };
  const ask = () => [navi.decide(facts), ...navi.assess(facts).guidance];
  const [first, again] = [ask(), ask()];
  assert(first.every((one, at) => one === again[at]));
  navi.forget();
  const anew = ask();
  assert.deepEqual(anew, first);
  assert(anew.every((one) => !first.includes(one)));
});

test("facts in the order of those before are read alike", () => {
  const below = numbers(3);
  for (let count = 0; count < 200; count += 1) {
    const navi = wasm.load(national);
    const whole = member(below, true);
    const left = Object.keys(whole).filter(() => below(4) > 0);
    const some = (facts) => Object.fromEntries(left.map((fact) => [fact, below(9) === 0 ? null : facts[fact]]));
    navi.decide(some(whole));
    for (let next = 0; next < 10; next += 1) {
      const facts = some(member(below, true));
      if (below(9) === 0) {
        facts[left[below(left.length)]] = "none";
      }
      // What is no plain object, the engine reads itself.
      const read = navi.assess(Object.assign(Object.create(null), facts));
      assert.deepEqual(navi.assess(facts), read, JSON.stringify(facts));
      assert.deepEqual(navi.decide(facts), idsOf(read), JSON.stringify(facts));
    }
    navi.free();
  }
});

test(`${RANDOM} members at random are answered alike`, () => {
  const below = numbers(1);
  const pairs = all.map(pair);
  let answered = 0;
  for (let count = 0; count < RANDOM; count += 1) {
    const facts = member(below);
    const [one, other] = pairs[below(pairs.length)];
    const answer = one.assess(facts);
    answered += Number(!("error" in answer));
    assert.deepEqual(other.assess(facts), answer, JSON.stringify(facts));
    assert.deepEqual(one.decide(facts), idsOf(answer), JSON.stringify(facts));
  }
  assert(answered > RANDOM / 10, `only ${answered} could hold together`);
});
