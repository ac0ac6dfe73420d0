/** How values go into the engine. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { flatten } from "../../www/engine/flat.js";

test("what is like JSON is written down, and nothing else", () => {
  for (const [value, written] of [
    [null, "n"],
    [undefined, "n"],
    [true, "y"],
    [false, "f"],
    ["", "t0;"],
    ["令和", "t2;令和"],
    ["\u{1F600}", "t2;\u{1F600}"],
    [[], "l0;"],
    [[1, [], "a"], "l3;#1;l0;t1;a"],
    [{ card: "none", a: {} }, "o2;4;cardt4;none1;ao0;"],
    [Object.assign(Object.create(null), { a: 1 }), "o1;1;a#1;"],
    [new Date(0), "?"],
    [new Map(), "?"],
    [() => 1, "?"],
    [Symbol("a"), "?"],
    [1n, "?"],
    [{ a: new Date(0) }, "o1;1;a?"],
    [
      {
        get a() {
          throw new Error("no");
        },
      },
      "?",
    ],
  ]) {
    assert.equal(flatten(value), written);
  }
});

test("numbers are whole and exact, or none", () => {
  const largest = 2 ** 53 - 1;
  for (const number of [0, -7, largest, -largest]) {
    assert.equal(flatten(number), `#${number};`);
  }
  for (const number of [largest + 1, -largest - 1, 0.5, NaN, Infinity, -Infinity]) {
    assert.equal(flatten(number), "?");
  }
});

test("one more is written down than the engine takes", () => {
  const limits = readFileSync(new URL("../../src/limits.rs", import.meta.url), "utf8");
  const limit = (name) => Number(limits.match(`const ${name}: usize = ([\\d_]+);`)[1].replaceAll("_", ""));
  assert.equal(flatten("x".repeat(10_000)).length, "t4001;".length + limit("LONGEST_TEXT") + 1);
  assert.equal(flatten({ ["x".repeat(10_000)]: 1 }).length, "o1;4001;#1;".length + limit("LONGEST_TEXT") + 1);
  // The list itself is a value too.
  assert.equal(flatten(Array(30_000).fill(true)), `l${limit("MOST_VALUES")};${"y".repeat(limit("MOST_VALUES"))}`);
  const itself = [];
  itself.push(itself);
  assert.equal(flatten(itself), `${"l1;".repeat(limit("DEEPEST") + 1)}?`);
});
