/** What tests of the built engine share. */

import { readFileSync, readdirSync } from "node:fs";

export const ROOT = new URL("../../", import.meta.url);
/** The engine as it is served, and as it is in the package. */
const SERVED = new URL("dist/engine/", ROOT);
const PACKAGE = new URL("dist/npm/engine/", ROOT);

/** @param {string} path */
export const json = (path) => JSON.parse(readFileSync(new URL(path, ROOT), "utf8"));

export const national = json("www/rules/national.json");
export const insurers = readdirSync(new URL("www/rules/insurers", ROOT)).map((name) =>
  json(`www/rules/insurers/${name}`),
);

const { Navi } = await import(new URL("engine.js", PACKAGE));

/** An engine whose rulebooks are what callers of the package get. */
const complete = (engine) => ({
  ...engine,
  load(national, insurer) {
    const loaded = {};
    engine.load(national, insurer, loaded);
    return loaded.error ? loaded : new Navi(loaded.navi, engine.memory);
  },
  readDay(text) {
    const read = {};
    engine.readDay(text, read);
    return read;
  },
});

const bound = await import(new URL("shikaku_navi.js", PACKAGE));
const { instance } = await WebAssembly.instantiate(
  readFileSync(new URL("shikaku_navi_bg.wasm", PACKAGE)),
  bound.imports,
);
export const wasm = complete(bound.bind(instance));

const script = readdirSync(SERVED).find((name) => name.startsWith("plain.") && name.endsWith(".js"));
const plainly = await import(new URL(script, SERVED));
export const plain = complete(plainly);

/** All states of a My Number card. */
export const CARDS = [
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
];
