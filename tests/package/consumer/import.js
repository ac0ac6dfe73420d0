/** Imports every module that the package offers. */

import assert from "node:assert/strict";

import { ShikakuNavi } from "shikaku-navi";
import about from "shikaku-navi/package.json" with { type: "json" };

for (const [entry, { default: module }] of Object.entries(about.exports)) {
  if (module) {
    await import(entry.replace(".", about.name));
    console.log(entry);
  }
}
assert.equal(globalThis.HTMLElement, undefined);
assert.equal(typeof ShikakuNavi, "function");
