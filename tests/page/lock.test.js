/** A check cuts its page's connections before the first answer, once, and says no more of it than was seen. */

import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

/** What a page has that matters here; `stops` is whether its browser stops a request once it is told to. */
class Page extends EventTarget {
  policies = 0;
  stops = true;
  head = { append: () => (this.policies += 1) };
  createElement = () => ({ setAttribute() {} });
}
class Field extends EventTarget {}

const timers = [];
Object.assign(globalThis, {
  HTMLInputElement: Field,
  addEventListener() {},
  setTimeout: (call) => timers.push(call),
  async fetch() {
    document.stops && document.dispatchEvent(new Event("securitypolicyviolation"));
    throw new TypeError();
  },
});
Object.defineProperty(globalThis, "navigator", { configurable: true, value: {} });

const { Lock } = await import("../../www/elements/lock.js");

/** A lock on a page that asks for it, around a field or a heading; `isDue` may say otherwise. */
function guarded({ on = new Field(), stops = true, isDue = () => true } = {}) {
  globalThis.document = Object.assign(new Page(), { stops });
  const lock = new Lock();
  const ending = new AbortController();
  const seen = { shown: 0 };
  lock.guard({ content: on, isDue, shown: () => (seen.shown += 1), signal: ending.signal });
  const happens = async (type) => {
    on.dispatchEvent(new Event(type));
    await setImmediate();
  };
  return { lock, ending, seen, happens };
}

for (const type of ["focusin", "pointerdown", "keydown", "click"]) {
  test(`${type} in a field cuts, and only once`, async () => {
    const { lock, seen, happens } = guarded();
    assert.equal(lock.isOpen, true);
    assert.equal(lock.words(true, false), "privacy");
    await happens(type);
    await happens(type);
    assert.equal(lock.isOpen, false);
    assert.deepEqual([seen.shown, document.policies], [1, 1]);
    assert.equal(lock.words(true, false), "locked");
  });
}

test("a heading that is read out is no answer yet, but one that is pressed may be", async () => {
  const { lock, happens } = guarded({ on: new EventTarget() });
  await happens("focusin");
  assert.equal(lock.isOpen, true);
  await happens("pointerdown");
  assert.equal(lock.isOpen, false);
});

test("nothing is cut as long as it is not due, nor once it is ended", async () => {
  let isDue = false;
  const { lock, ending, happens } = guarded({ isDue: () => isDue });
  await happens("click");
  assert.equal(lock.isOpen, true);
  isDue = true;
  ending.abort();
  await happens("click");
  assert.equal(lock.isOpen, true);
});

test("where no request is seen to be stopped, nothing is claimed", async () => {
  const { lock, seen, happens } = guarded({ stops: false });
  await happens("click");
  timers.splice(0).forEach((call) => call());
  await setImmediate();
  assert.equal(lock.isOpen, false);
  assert.equal(seen.shown, 0);
  assert.equal(lock.words(true, false), "privacy");
});

test("a page that may know the guidance is named before everything else", () => {
  const { lock } = guarded();
  assert.equal(lock.words(false, false), "privacyHosted");
  assert.equal(lock.words(false, true), "privacyReported");
  assert.equal(lock.words(true, true), "privacyReported");
});
