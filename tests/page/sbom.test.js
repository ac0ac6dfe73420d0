/** The bill of materials: whether it is one, and whether it is this product’s. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { Ajv } from "ajv";

const ROOT = new URL("../../", import.meta.url);
const SCHEMAS = new URL("node_modules/@cyclonedx/cyclonedx-library/res/schema/", ROOT);
const read = (url) => readFileSync(url, "utf8");
const schema = (name) => JSON.parse(read(new URL(`${name}.SNAPSHOT.schema.json`, SCHEMAS)));
const bill = JSON.parse(read(new URL("dist/sbom.cdx.json", ROOT)));
const versions = bill.components.map(({ name, version }) => `${name}-${version}`);

test("the bill of materials is what CycloneDX asks for", () => {
  const all = schema("bom-1.6");
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ["spdx", "jsf-0.82"]) {
    ajv.addSchema(schema(name), new URL(`${name}.SNAPSHOT.schema.json`, all.$id).href);
  }
  const fits = ajv.compile(all);
  assert.ok(fits(bill), JSON.stringify(fits.errors, undefined, 1));
  assert.ok(!fits({ ...bill, components: [{ name: "no type" }] }), "anything fits");
});

test("every crate in it is held to the lock file, and no package is in it", () => {
  const lock = read(new URL("Cargo.lock", ROOT)).split("[[package]]");
  const crates = bill.components.filter((one) => one["bom-ref"] !== "std");
  assert.ok(crates.length > 10);
  for (const { name, version, hashes, licenses, purl } of crates) {
    assert.equal(purl, `pkg:cargo/${name}@${version}`);
    assert.ok(licenses[0].expression, name);
    const pinned = lock.filter((one) => one.startsWith(`\nname = "${name}"\nversion = "${version}"\n`));
    assert.equal(pinned.length, 1, purl);
    assert.ok(pinned[0].includes(`\nchecksum = "${hashes[0].content}"\n`), purl);
  }
});

test("every crate whose code stands in the engine is in it, and no place in any code", () => {
  const engine = new URL("dist/engine/", ROOT);
  const wasm = readdirSync(engine).find((name) => name.endsWith(".wasm"));
  const served = readFileSync(new URL(wasm, engine), "latin1");
  assert.equal(served.match(/[ -~]*\.rs\b|(?:[A-Z]:\\|\/(?:home|root|tmp|Users|work)\/)[ -~]*/g), null);
  // As the compiler makes it, it names them.
  const made = new URL("target/wasm32-unknown-unknown/release/shikaku_navi.wasm", ROOT);
  const content = readFileSync(made, "latin1");
  const named = new Set([...content.matchAll(/cargo\/registry\/src\/[^/]+\/([^/]+)\//g)].map(([, crate]) => crate));
  assert.ok(named.size > 3, [...named].join());
  assert.deepEqual(
    [...named].filter((crate) => !versions.includes(crate)),
    [],
  );
  const [, compiler] = /\/rustc\/([0-9a-f]{40})\//.exec(content);
  assert.ok(bill.components.some(({ purl }) => purl === `pkg:github/rust-lang/rust@${compiler}#library/std`));
  const notices = read(new URL("dist/third-party-licences.txt", ROOT));
  const inStd = [...content.matchAll(/\/rust\/deps\/([^/]+)\//g)].map(([, crate]) => crate);
  assert.deepEqual(
    inStd.filter((crate) => !notices.includes(`\n${crate} (`)),
    [],
  );
});
