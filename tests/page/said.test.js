/** What was said is kept for all who are told the same. */

import assert from "node:assert/strict";
import test from "node:test";

import { Said } from "../../www/engine/said.js";

const answer = (...on) => ({
  guidance: [
    { id: "show-certificate", by: "2027-07-31" },
    { id: "switch-within-validity", by: "2027-07-31" },
  ],
  changes: on.map((day) => ({ on: day, starts: [], ends: [] })),
});

const alike = (last, ...own) => ({ likeness: "a", last, own });

test("somebody else has other days, where they are their own", () => {
  const said = new Said(new Set(["switch-within-validity"]));
  const first = answer("2027-03-31", "2027-05-31", "2027-08-01");
  said.keep(alike("2027-07-31", "2027-05-31", "2027-08-01"), first);
  const other = said.find(alike("2027-06-30", "2027-04-30", "2027-07-01"));
  assert.deepEqual(
    other.changes.map(({ on }) => on),
    ["2027-03-31", "2027-04-30", "2027-07-01"],
  );
  assert.deepEqual(
    other.guidance.map(({ by }) => by),
    ["2027-07-31", "2027-06-30"],
  );
  assert.equal(other.guidance[0], first.guidance[0]);
  for (const part of [other, other.guidance, other.changes, other.guidance[1], other.changes[1]]) {
    assert(Object.isFrozen(part));
  }
  assert.deepEqual(said.find(alike("2027-07-31", "2027-05-31", "2027-08-01")), first);
  assert.equal(said.find({ ...alike("2027-07-31", "2027-05-31", "2027-08-01"), likeness: "b" }), undefined);
});

test("where nothing is their own, all are told the very same", () => {
  const said = new Said(new Set());
  const first = answer("2027-03-31");
  said.keep(alike(null), first);
  assert.equal(said.find(alike(null)), first);
  said.clear();
  assert.equal(said.find(alike(null)), undefined);
});

test("there is no room for everybody", () => {
  const said = new Said(new Set());
  const kept = () =>
    Array.from({ length: 3000 }, (_, of) => said.find({ ...alike(null), likeness: `${of}` })).filter(Boolean).length;
  for (let of = 0; of < 3000; of += 1) {
    said.keep({ ...alike(null), likeness: `${of}` }, answer());
    assert(said.find({ ...alike(null), likeness: `${of}` }));
  }
  assert(kept() >= 1 && kept() <= 1000, `${kept()}`);
});
