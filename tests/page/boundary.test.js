/** Anything handed to the engine, as wasm and as plain JavaScript: an answer or the contract's error, never a trap. */

import assert from "node:assert/strict";
import test from "node:test";

import { json, national, plain, wasm } from "./common.js";
import { numbers } from "./random.js";

/** How many random values are handed over; more by hand: `cargo xtask random`. */
const RANDOM = Number(process.env.RANDOM ?? 3000);

const insurer = json("www/rules/insurers/tokyo-denki.json");
const usual = { asOf: "2026-11-21", enrolledOn: "2020-04-01", card: "registered", smartphone: true };

const refuse = () => {
  throw new Error("no");
};
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const cyclic = (...keys) => {
  const itself = {};
  return Object.assign(itself, ...keys.map((key) => ({ [key]: itself })));
};
const deep = (levels) => {
  let value = "end";
  for (let level = 0; level < levels; level += 1) {
    value = level % 2 === 0 ? [value] : { card: value };
  }
  return value;
};

/** What no caller should hand over: the seeds. */
const ODD = [
  () => undefined,
  () => null,
  () => NaN,
  () => -0,
  () => Infinity,
  () => 2 ** 53,
  () => 1.5,
  () => 10n ** 30n,
  () => Symbol("card"),
  () => Symbol.iterator,
  () => refuse,
  () => class {},
  () => new Date(),
  () => new Date(NaN),
  () => new Map([["card", "none"]]),
  () => new Set(["card"]),
  () => new Uint8Array(9),
  () => new ArrayBuffer(9),
  () => new String("none"),
  () => new Boolean(true),
  () => /none/,
  () => Promise.resolve("none"),
  () => new Error("none"),
  () => globalThis,
  () => new WeakMap(),
  () => Object.create(null),
  () => Object.create({ card: "none" }),
  () => Object.defineProperty({}, "card", { get: refuse, enumerable: true }),
  () => ({ toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse, toJSON: refuse }),
  () => ({ __proto__: null, card: "none", constructor: 5, hasOwnProperty: 5 }),
  () => ({ [Symbol("card")]: "none" }),
  () => ({ length: 1e9, 0: "none" }),
  () => new Proxy({}, { ownKeys: refuse }),
  () =>
    new Proxy(
      {},
      {
        ownKeys: () => ["card"],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
        get: refuse,
      },
    ),
  () => new Proxy({}, { getPrototypeOf: refuse }),
  () => new Proxy([], { get: (target, key) => (key === "length" ? NaN : refuse()) }),
  () => revoked({}),
  () => revoked([]),
  () => cyclic("card"),
  () => deep(40),
  () => deep(20_000),
  () => Array(40),
  () => Object.assign(Array(2), { 1: "none" }),
  () => "\ud800",
  () => "none\udc00",
  () => "\0none",
  () => "令和６年７月１日",
  () => "R6.7.1\u202e",
  () => "x".repeat(100_000),
  () => "１".repeat(30_000),
  () => "__proto__",
  () => "2024-02-30",
  () => "９９９９-12-31",
  () => "none",
  () => "true",
  () => true,
  () => "2024-12-02",
];
/** Too slow to be tried everywhere. */
const HUGE = [
  () => cyclic("card", "asOf"),
  () => new Proxy([], { get: (target, key) => (key === "length" ? 2 ** 40 : target[key]) }),
  () => "x".repeat(2 ** 24),
  () => Array(1_100_000).fill(true),
  () => Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`fact${at}`, at])),
];

const FACTS = Object.keys(usual).concat(
  "role",
  "endedOn",
  "portalLogin",
  "notice",
  "certificateExpiresOn",
  "bornOn",
  "cards",
  "",
  "__proto__",
);

/** An odd value, facts with odd values among them, or a list of such. */
function odd(below, depth = 0) {
  const kind = below(depth < 3 ? 8 : 4);
  if (kind < 4) {
    return ODD[below(ODD.length)]();
  }
  if (kind === 4) {
    return Array.from({ length: below(4) }, () => odd(below, depth + 1));
  }
  const facts = { ...usual };
  for (let count = below(4); count > 0; count -= 1) {
    const value = odd(below, depth + 1);
    Object.defineProperty(facts, FACTS[below(FACTS.length)], { value, enumerable: true, configurable: true });
  }
  return facts;
}

const KINDS = ["unknown-fact", "invalid-value", "invalid-date", "inconsistent", "invalid-profile"];
/** That an answer is what the contract promises. */
function isAnswer(answer, wanted, what) {
  assert(answer !== null && typeof answer === "object", what);
  if ("error" in answer) {
    assert(KINDS.includes(answer.error.kind) && answer.error.message !== "", what);
  } else {
    assert(wanted(answer), what);
  }
}

/** Hands a value over as facts and as a date. */
function hand(engine, navi, value, what) {
  isAnswer(navi.assess(value), (answer) => Array.isArray(answer.guidance), what);
  isAnswer(engine.readDay(value), (answer) => answer.day.length === 10, what);
}

/** Asks what takes longer, as do huge values and rules: of wasm alone, from whose code plain JavaScript is made. */
function ask(navi, value, what) {
  isAnswer(navi.questions(value), Array.isArray, what);
  isAnswer(navi.circumstances(value), Array.isArray, what);
}

/** Hands rules over; what takes them answers. */
function load(rules, what) {
  const navi = wasm.load(...rules);
  isAnswer(navi, (loaded) => Array.isArray(loaded.assess(usual).guidance), what);
  navi.free?.();
}

for (const [name, engine] of [
  ["wasm", wasm],
  ["plain JavaScript", plain],
]) {
  const navi = engine.load(national, insurer);
  const right = navi.assess(usual);
  assert(right.guidance.length > 3);

  test(`${name}: every seed is answered or refused`, () => {
    for (const [at, make] of ODD.entries()) {
      hand(engine, navi, make(), `seed ${at}`);
      for (const fact of ["card", "smartphone", "asOf", "bornOn"]) {
        hand(engine, navi, { ...usual, [fact]: make() }, `seed ${at} as ${fact}`);
      }
    }
    assert.deepEqual(navi.assess(usual), right);
  });

  test(`${name}: ${RANDOM} random values are answered or refused`, () => {
    const below = numbers(1);
    for (let count = 0; count < RANDOM; count += 1) {
      hand(engine, navi, odd(below), `value ${count}`);
      if (count % 100 === 0) {
        assert.deepEqual(navi.assess(usual), right);
      }
    }
    assert.deepEqual(navi.assess(usual), right);
  });
}

test("what takes long is answered or refused too", () => {
  const navi = wasm.load(national, insurer);
  for (const [at, make] of ODD.entries()) {
    ask(navi, make(), `seed ${at}`);
  }
  for (const [at, make] of HUGE.entries()) {
    isAnswer(navi.assess({ ...usual, card: make() }), (answer) => "error" in answer, `huge ${at}`);
  }
  assert(navi.assess(usual).guidance.length > 3);
});

test("odd rules are refused, or answer", () => {
  const below = numbers(2);
  const parts = Object.keys(insurer);
  for (const [at, make] of ODD.entries()) {
    load([make(), undefined], `seed ${at} as national rules`);
    load([national, make()], `seed ${at} as an insurer's rules`);
    load([national, { ...insurer, [parts[below(parts.length)]]: make() }], `seed ${at} as a part`);
    load(
      [national, { ...insurer, rules: [insurer.rules[0], { ...insurer.rules[1], when: make() }] }],
      `seed ${at} as a condition`,
    );
  }
  for (let count = 0; count < RANDOM / 100; count += 1) {
    load([national, { ...insurer, [parts[below(parts.length)]]: odd(below) }], `value ${count} as a part`);
  }
});

/** The V8 of Node 20 ends the program if such a call returns a JavaScript value; see `src/wasm.rs`. */
test("code may be thrown away while it waits for the engine", () => {
  const { freeze } = Object;
  const navi = wasm.load(national, insurer);
  for (const ask of [() => wasm.readDay("2025-04-01"), () => navi.decide({ card: "gold" })]) {
    class Watched {
      get value() {
        return 1;
      }
    }
    const watched = new Watched();
    const asked = () => [ask(), watched.value];
    for (let count = 0; count < 30_000; count += 1) {
      asked();
    }
    // Called by the engine, and what `asked` was optimised for no longer holds.
    Object.freeze = (object) => {
      Object.defineProperty(Watched.prototype, "value", { get: () => 2 });
      return freeze(object);
    };
    try {
      assert.equal(asked()[1], 2);
    } finally {
      Object.freeze = freeze;
    }
  }
});

test("all that leaves no memory behind", () => {
  assert(wasm.memory.buffer.byteLength < 2 ** 29, `${wasm.memory.buffer.byteLength} bytes`);
});
