/** The npm package as others have it: installed from the packed file, far from the project. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PACKED = readdirSync(join(ROOT, "dist")).find((name) => name.endsWith(".tgz"));

const consumer = mkdtempSync(join(tmpdir(), "shikaku-navi-"));
after(() => rmSync(consumer, { recursive: true }));
cpSync(join(ROOT, "tests/package/consumer"), consumer, { recursive: true });
const run = (command, args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: consumer, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
};
run("npm", ["install", "--offline", "--no-save", "--no-audit", "--no-fund", join(ROOT, "dist", PACKED)]);
const installed = join(consumer, "node_modules/shikaku-navi");

test("every entry can be imported where there is no page", () => {
  assert.deepEqual(run("node", ["import.js"]).trim().split("\n"), [".", "./define", "./engine", "./decide", "./rules"]);
});

// The engine that is lost cannot be the one that answers.
for (const [kind, lost] of [
  ["wasm", "plain.js"],
  ["plain JavaScript", "shikaku_navi_bg.wasm"],
]) {
  test(`in Node the engine answers as ${kind}`, () => {
    const lines = readFileSync(join(ROOT, "tests/scenarios/rokin.jsonl"), "utf8").split("\n");
    const { facts, expect, mustNot } = JSON.parse(lines.find((line) => line.includes('"V121"')));
    const answer = without(join(installed, "engine", lost), () => run("node", ["assess.js", JSON.stringify(facts)]));
    const said = JSON.parse(answer).guidance.map(({ id }) => id);
    assert(expect.length > 0 && expect.every((id) => said.includes(id)), answer);
    assert(!mustNot.some((id) => said.includes(id)), answer);
  });
}

test("what only decides says the same", () => {
  const facts = JSON.stringify({ asOf: "2026-11-21", enrolledOn: "2020-04-01", card: "lost", smartphone: true });
  const { guidance } = JSON.parse(run("node", ["assess.js", facts]));
  assert.deepEqual(
    JSON.parse(run("node", ["decide.js", facts])),
    guidance.map(({ id }) => id),
  );
});

test("many members are told together what each is told alone", () => {
  const { alone, together, byClasses, odd } = JSON.parse(run("node", ["many.js"]));
  for (const [member, { ids, kind }] of alone.entries()) {
    const { ids: said, verdict } = together[member];
    assert.deepEqual(new Set(said), new Set(ids ?? []), `member ${member}`);
    // 4 is `inconsistent`, 8 is `portalLogin`.
    assert.equal(verdict, kind === undefined ? 0 : 4 | (8 << 8), `member ${member}: ${kind}`);
    // By classes, 2 is `invalid-value`: there is no class of what is not known.
    const known = member < 2;
    assert.deepEqual(byClasses[member], known ? together[member] : { ids: [], verdict: 2 }, `member ${member}`);
  }
  assert.deepEqual(odd, [
    "the column `card` has 2 entries for 3 members",
    "`cards` is not a fact",
    "the column `card` is neither an Int32Array nor a Uint8Array",
    "the columns are not an object of typed arrays",
    "the columns are not an object of typed arrays",
  ]);
});

/** What comes of some work while a file is not there. */
function without(file, work) {
  renameSync(file, `${file}.lost`);
  try {
    return work();
  } finally {
    renameSync(`${file}.lost`, file);
  }
}

for (const module of ["nodenext", "preserve"]) {
  test(`the types are good to use with module ${module}`, () => {
    run("node", [join(ROOT, "node_modules/typescript/bin/tsc"), "--project", ".", "--module", module]);
  });
}

// Some bundlers go no further where it is not.
test("every file that a module names is there", () => {
  const named = readdirSync(installed, { recursive: true })
    .filter((path) => path.endsWith(".js"))
    .map((path) => join(installed, path))
    .flatMap((module) =>
      [...readFileSync(module, "utf8").matchAll(/new URL\("([^"]+)", import\.meta\.url\)/g)].map(([, file]) =>
        join(module, "..", file),
      ),
    );
  assert(named.some((file) => file.endsWith(".wasm")) && named.some((file) => file.endsWith("rokin.json")));
  assert.deepEqual(
    named.filter((file) => !existsSync(file)),
    [],
  );
});

test("the manifest names the attributes that the element reads", () => {
  const { modules } = JSON.parse(readFileSync(join(installed, "custom-elements.json")));
  const [{ declarations }] = modules;
  const [{ tagName, attributes }] = declarations;
  const source = readFileSync(join(installed, "elements/shikaku-navi.js"), "utf8");
  const read = [...source.matchAll(/this\.(?:get|has)Attribute\("([^"]+)"\)/g)].map(([, name]) => name);
  assert.equal(tagName, "shikaku-navi");
  assert(read.includes("insurer"));
  const named = attributes.map(({ name }) => name);
  assert.deepEqual(
    read.filter((name) => !named.includes(name)),
    [],
  );
});
