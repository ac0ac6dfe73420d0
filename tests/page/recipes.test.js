/** The recipes that no server of ours can try: what CloudFront adds, what is uploaded to S3, and the files’ hashes. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const read = (path) => readFileSync(join(DIST, path));

const NOT_FOR_VISITORS = /^(?:\.htaccess|_headers|web\.config|(?:npm|recipes)\/.*)$/;
const all = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(DIST.length + 1));
const served = all.filter((path) => !NOT_FOR_VISITORS.test(path)).sort();

/** What `_headers` asks for on a path, by name in small letters. */
function wanted(path) {
  const headers = {};
  let fits = false;
  const lines = read("_headers").toString().trimEnd().split("\n");
  for (const line of lines.filter((line) => !line.startsWith("#"))) {
    if (!line.startsWith(" ")) {
      fits = line.endsWith("*") ? path.startsWith(line.slice(0, -1)) : path === line;
    } else if (fits) {
      const [, name, value] = /^ *([^:]*): (.*)$/.exec(line);
      headers[name.toLowerCase()] = value;
    }
  }
  return headers;
}

test("CloudFront adds what _headers says", () => {
  const code = read("recipes/cloudfront.js");
  assert.ok(code.length < 10_000, "a function of CloudFront’s may have 10 KB");
  const handler = new Function(`${code}; return handler;`)();
  for (const path of ["", "nothing.html", "embed/", "embed/index.html", ...served].map((path) => `/${path}`)) {
    const kept = { etag: { value: "1" }, "content-type": { value: "text/html" } };
    const { headers, statusCode } = handler({
      request: { uri: path },
      response: { statusCode: 200, headers: { ...kept, "x-content-type-options": { value: "old" } } },
    });
    const expected = Object.entries(wanted(path)).map(([name, value]) => [name, { value }]);
    assert.deepEqual(
      { headers, statusCode },
      { headers: { ...kept, ...Object.fromEntries(expected) }, statusCode: 200 },
    );
  }
});

test("everything for visitors is uploaded once, as what it is, and before it is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "s3-"));
  const log = join(folder, "log");
  writeFileSync(
    join(folder, "aws"),
    `#!/bin/sh\nfor word; do printf '%s\\t' "$word"; done >> "${log}"; echo >> "${log}"\n`,
    {
      mode: 0o755,
    },
  );
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  execFileSync("sh", [join(DIST, "recipes/s3.sh"), "s3://bucket/folder"], { env, cwd: tmpdir() });
  const calls = readFileSync(log, "utf8").trimEnd().split("\n");
  rmSync(folder, { recursive: true });

  const types = {
    html: "text/html; charset=utf-8",
    css: "text/css",
    js: "text/javascript",
    json: "application/json",
    wasm: "application/wasm",
    webmanifest: "application/manifest+json",
    png: "image/png",
    svg: "image/svg+xml",
    tgz: "application/gzip",
    txt: "text/plain; charset=utf-8",
  };
  const uploaded = calls.map((call) => {
    const [s3, cp, silent, path, to, typeOption, type, cacheOption, cache] = call.trimEnd().split("\t");
    const caching = wanted(`/${path}`)["cache-control"];
    assert.deepEqual([s3, cp, silent, to], ["s3", "cp", "--only-show-errors", `s3://bucket/folder/${path}`]);
    assert.deepEqual([typeOption, type], ["--content-type", types[path.split(".").at(-1)]], path);
    assert.deepEqual([cacheOption, cache], caching ? ["--cache-control", caching] : [undefined, undefined], path);
    return path;
  });
  assert.deepEqual(uploaded.toSorted(), served);
  for (const [place, path] of uploaded.entries()) {
    if (!/\.[0-9a-f]{12}\./.test(path)) {
      const text = read(path).toString();
      const late = uploaded.slice(place).filter((later) => /\.[0-9a-f]{12}\./.test(later) && text.includes(later));
      assert.deepEqual(late, [], `${path} names what is not there yet`);
    }
  }
});

test("the hashes are those of the files", () => {
  const hash = (path) => `sha384-${createHash("sha384").update(read(path)).digest("base64")}`;
  const expected = served.filter((path) => path !== "integrity.json").map((path) => [path, hash(path)]);
  assert.deepEqual(JSON.parse(read("integrity.json").toString()), Object.fromEntries(expected));
});
