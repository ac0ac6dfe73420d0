/** The real rulebooks in wasm: the whole answer, the guidance alone, and many members at once. Prints JSON. */

import { readFileSync, readdirSync } from "node:fs";
import { numbers } from "../tests/page/random.js";

const ENGINE = new URL("../target/bench/engine/", import.meta.url);
const MANY = new URL("../target/bench/many/", import.meta.url);
const RULES = new URL("../www/rules/", import.meta.url);
const TIMES = 7;
const MEMBERS = 1 << 17;
/** How many are told one after the other, of a society whose members come in no order. */
const TOLD = 2048;
const UNTOLD = -(2 ** 31);

const json = (path) => JSON.parse(readFileSync(new URL(path, RULES), "utf8"));
const engine = await import(new URL("engine.js", ENGINE));
await engine.ready(readFileSync(new URL("shikaku_navi_bg.wasm", ENGINE)));
const { bind, imports } = await import(new URL("shikaku_navi.js", MANY));
const many = bind(
  (await WebAssembly.instantiate(readFileSync(new URL("shikaku_navi_bg.wasm", MANY)), imports)).instance,
);

const below = numbers(1);
const day = (iso) => Date.parse(iso) / 86_400_000;
const words = {
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
  smartphone: [false, true],
  role: ["insured", "dependent", "voluntary", "employer"],
  needsAssistance: [false, true],
  portalLogin: [false, true],
  myNumberOnFile: [false, true],
  oldCard: ["held", "lost", "never-issued"],
  notice: ["held", "not-received", "lost", "damaged", "undistributed"],
  noticeMismatch: [false, true],
  nameChanged: [false, true],
  ratioChanged: [false, true],
  certificate: ["none", "held", "lost", "damaged"],
  overseas: [false, true],
};
const dates = {
  enrolledOn: () => day("1996-04-01") + below(30 * 365),
  bornOn: () => day("1951-01-01") + below(70 * 365),
  endedOn: () => (below(4) === 0 ? day("2025-01-01") + below(4 * 365) : UNTOLD),
  certificateExpiresOn: () => (below(4) === 0 ? day("2025-01-01") + below(4 * 365) : UNTOLD),
  cardCertificateExpiresOn: () => (below(4) === 0 ? day("2025-01-01") + below(4 * 365) : UNTOLD),
};
const asOf = Int32Array.of(day("2025-12-02"));

const member = () => ({
  ...Object.fromEntries(Object.entries(dates).map(([fact, pick]) => [fact, pick()])),
  ...Object.fromEntries(
    Object.entries(words).map(([fact, all]) => [
      fact,
      below(2) === 0 || ["card", "smartphone"].includes(fact) ? 1 + below(all.length) : 0,
    ]),
  ),
});

const columns = (members) => ({
  asOf,
  ...Object.fromEntries(
    Object.keys(members[0]).map((fact) => [
      fact,
      (fact in dates ? Int32Array : Uint8Array).from(members, (one) => one[fact]),
    ]),
  ),
});

const iso = (days) => new Date(days * 86_400_000).toISOString().slice(0, 10);
const facts = (told) => {
  const found = { asOf: iso(asOf[0]) };
  for (const [fact, value] of Object.entries(told)) {
    if (fact in dates && value !== UNTOLD) {
      found[fact] = iso(value);
    } else if (!(fact in dates) && value > 0) {
      found[fact] = words[fact][value - 1];
    }
  }
  return found;
};

function answerTo({ fact, kind, options }) {
  if (kind === "date") {
    let found;
    do {
      found = dates[fact]();
    } while (found === UNTOLD);
    return iso(found);
  }
  const option = options[below(options.length)];
  return option === "true" || (option !== "false" && option);
}

/** Somebody who has answered all that the check asks, so many days later. */
function complete(navi, later = 0) {
  const day = { asOf: iso(asOf[0] + later) };
  let told = day;
  for (;;) {
    const { question, error } = navi.assess(told);
    if (question === null) {
      return told;
    }
    told = error ? day : { ...told, [question.fact]: answerTo(question) };
  }
}

/** What the engine puts into an object. */
function into(put) {
  const object = {};
  put(object);
  return object;
}

/** The median and the least of seven, in nanoseconds for one of `per`. */
function each(per, run) {
  run();
  const times = [];
  for (let time = 0; time < TIMES; time += 1) {
    const start = process.hrtime.bigint();
    run();
    times.push(Number(process.hrtime.bigint() - start) / per);
  }
  times.sort((one, other) => one - other);
  return { median: times[TIMES >> 1], least: times[0] };
}

const national = json("national.json");
const insurers = [undefined, ...readdirSync(new URL("insurers/", RULES)).map((name) => json(`insurers/${name}`))];
/** Those whose facts fit together: what the engine answers. */
const answered = [];
const probe = await engine.load({ national });
while (answered.length < 4096) {
  const one = member();
  if (!("error" in probe.assess(facts(one)))) {
    answered.push(one);
  }
}
const some = answered.slice(0, 512).map(facts);
const all = Array.from({ length: MEMBERS }, (_, number) => answered[number % answered.length]);
const table = columns(all);

const measured = [];
for (const insurer of insurers) {
  const [navi, other] = [await engine.load({ national, insurer }), await engine.load({ national, insurer })];
  const found = { insurer: insurer?.id ?? "national" };
  // Others each time, whom the rulebook that is timed does not know: of them only who is like somebody is told the same.
  const told = Array.from({ length: (TIMES + 1) * TOLD }, () => complete(other));
  let next = 0;
  found.assessComplete = each(TOLD, () => {
    for (const end = next + TOLD; next < end; next += 1) {
      navi.assess(told[next]);
    }
  });
  // Each on a day of their own, so that nobody is like them.
  const alone = some.map((_, number) => complete(other, number));
  found.assessAlone = each(alone.length, () => {
    navi.forget();
    alone.forEach((one) => navi.assess(one));
  });
  found.assess = each(some.length, () => some.forEach((one) => navi.assess(one)));
  found.decide = each(some.length, () => some.forEach((one) => navi.decide(one)));
  const { members } = into((loaded) => many.loadMany(national, insurer, loaded));
  const assess = (columns) => into((told) => members.assess(columns, told));
  const { rows, words: width, guidance } = assess(table);
  for (const [number, one] of some.entries()) {
    const ids = guidance.filter((_, bit) => (rows[number * width + (bit >> 5)] >>> (bit & 31)) & 1);
    const alone = new Set(navi.assess(one).guidance.map(({ id }) => id));
    if (rows[(number + 1) * width - 1] !== 0 || ids.length !== alone.size || !ids.every((id) => alone.has(id))) {
      throw new Error(`${found.insurer} says something else to many: ${JSON.stringify(one)}`);
    }
  }
  found.manyFacts = each(MEMBERS, () => assess(table));
  const classes = into((found) => members.classesOf(table, found));
  found.manyClasses = each(MEMBERS, () => assess(classes));
  found.linear = [1 << 10, 1 << 14, MEMBERS].map((count) => {
    const part = Object.fromEntries(Object.entries(classes).map(([of, column]) => [of, column.slice(0, count)]));
    return { members: count, nanos: each(count, () => assess(part)) };
  });
  measured.push(found);
}
console.log(JSON.stringify(measured));
