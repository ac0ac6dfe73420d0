/**
 * How long the page takes in a real browser, on a slow device in a slow network and without that: `node bench/page.mjs
 * [<address>]`. Without an address it serves `dist/` itself, compressed as a server should. Prints JSON, milliseconds
 * from the start of the navigation: the first paint, what is asked first shown and enabled, and, with each question
 * answered as soon as it is there, the answer; `blocked` is what tasks took beyond 50 ms until then, `shift` how much
 * moved (CLS), `work` the time that the page's thread really had, which says something on a busy machine too. Then what
 * Lighthouse makes of its speed.
 */

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";

const RUNS = Number(process.env.RUNS ?? 7);
const CPU = 4;
/** What Lighthouse takes for a slow 4G: 150 ms there and back, 1.6 Mbit/s down and 750 kbit/s up, in bytes a second. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const BROWSER = process.env.CHROME_PATH ?? "chromium";
const FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync";
const TYPES = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
  svg: "image/svg+xml",
};

/** Runs in the page before all else: looks at every frame how far it is, and answers as soon as something can be. */
function watch() {
  const seen = (globalThis.seen = { shift: 0, blocked: 0 });
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("paint", ({ name, startTime }) => (seen[name] = startTime));
  // Up to the moment at which something can be answered; what moves afterwards was asked for.
  observe("layout-shift", ({ value }) => (seen.shift += seen.enabled ? 0 : value));
  observe("longtask", ({ duration }) => (seen.blocked += seen.enabled ? 0 : duration - 50));
  const answer = (all) => {
    const [year, month, day] = all(".date input");
    if (year) {
      [year.value, month.value, day.value] = ["2020", "4", "1"];
    } else {
      all("input[type=radio]")[0]?.click();
    }
    all(".primary")[0]?.click();
  };
  const look = () => {
    const root = document.querySelector("shikaku-navi")?.shadowRoot;
    const all = (css) => [...(root?.querySelectorAll(css) ?? [])];
    const [field] = all("[name=year], [type=search]");
    if (field) {
      seen.shown ??= performance.now();
    }
    if (field && !field.disabled && !seen.enabled) {
      seen.enabled = performance.now();
      const resources = performance.getEntriesByType("resource");
      seen.requests = resources.length + 1;
      seen.bytes = resources.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    }
    if (all("shikaku-navi-sheet").length > 0) {
      seen.answered = performance.now();
    } else {
      seen.enabled && answer(all);
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

/** Serves the deployable folder, and says where. */
async function serve() {
  const kept = new Map();
  const compressed = (path) => {
    if (!kept.has(path)) {
      kept.set(path, brotliCompressSync(readFileSync(new URL(`../dist${path}`, import.meta.url))));
    }
    return kept.get(path);
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html");
    const type =
      TYPES[path.split(".").pop()] ?? (path.endsWith(".wasm") ? "application/wasm" : "application/octet-stream");
    try {
      const body = compressed(path);
      response
        .writeHead(200, { "content-type": type, "content-encoding": "br", "cache-control": "max-age=600" })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}/?insurer=tokyo-denki`, end: () => server.close() };
}

/** A browser, told what to do through two pipes: the protocol of Chromium's developer tools. */
function browser() {
  const profile = mkdtempSync(join(tmpdir(), "bench-"));
  const args = [...FLAGS.split(" "), `--user-data-dir=${profile}`, "--remote-debugging-pipe"];
  const program = spawn(BROWSER, args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , to, from] = program.stdio;
  const waiting = new Map();
  let [number, rest] = [0, ""];
  from.setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const { id, result, error } of messages.map((one) => JSON.parse(one))) {
      const answer = waiting.get(id);
      error ? answer?.no(new Error(error.message)) : answer?.yes(result);
    }
  });
  const tell = (method, params = {}, sessionId = undefined) =>
    new Promise((yes, no) => {
      number += 1;
      waiting.set(number, { yes, no });
      to.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    });
  const end = async () => {
    const ended = new Promise((exit) => program.once("exit", exit));
    await tell("Browser.close").catch(() => undefined);
    await ended;
    rmSync(profile, { recursive: true, force: true });
  };
  return { tell, end };
}

/** One visit by somebody who was never here. */
async function visit(address, slow) {
  const { tell, end } = browser();
  try {
    const { targetId } = await tell("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await tell("Target.attachToTarget", { targetId, flatten: true });
    const page = (method, params) => tell(method, params, sessionId);
    await page("Page.enable");
    await page("Network.enable");
    await page("Performance.enable", { timeDomain: "threadTicks" });
    await page("Network.setBypassServiceWorker", { bypass: true });
    await page("Emulation.setDeviceMetricsOverride", {
      width: 412,
      height: 823,
      deviceScaleFactor: 1.75,
      mobile: true,
    });
    if (slow) {
      await page("Network.emulateNetworkConditions", NETWORK);
      await page("Emulation.setCPUThrottlingRate", { rate: CPU });
    }
    await page("Page.addScriptToEvaluateOnNewDocument", { source: `(${watch})();` });
    await page("Page.navigate", { url: address });
    for (let tries = 0; tries < 300; tries += 1) {
      await new Promise((go) => setTimeout(go, 100));
      const { result } = await page("Runtime.evaluate", { expression: "globalThis.seen", returnByValue: true });
      if (result.value?.answered) {
        const { metrics } = await page("Performance.getMetrics");
        return { ...result.value, work: metrics.find(({ name }) => name === "ThreadTime").value * 1000 };
      }
    }
    throw new Error("no answer is shown");
  } finally {
    await end();
  }
}

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

async function measured(address, slow) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await visit(address, slow));
  }
  const medians = {};
  for (const name of Object.keys(runs[0])) {
    medians[name] = Number(median(runs.map((run) => run[name])).toFixed(3));
  }
  return { medians, runs };
}

const LIGHTHOUSE = fileURLToPath(new URL("../node_modules/lighthouse/cli/index.js", import.meta.url));

/** What Lighthouse makes of its speed on a telephone, of 100: the score in the middle. */
async function lighthouse(address) {
  const runs = [];
  const run = promisify(execFile);
  const { stdout: path } = await run("which", [BROWSER]);
  for (let count = 0; count < RUNS; count += 1) {
    const { stdout } = await run(
      process.execPath,
      [LIGHTHOUSE, address, "--quiet", "--only-categories=performance", "--output=json", `--chrome-flags=${FLAGS}`],
      { env: { ...process.env, CHROME_PATH: path.trim() }, maxBuffer: 64 << 20 },
    );
    const { categories } = JSON.parse(stdout);
    runs.push(Math.round(100 * categories.performance.score));
  }
  return { score: median([...runs]), runs };
}

const served = process.argv[2] ? { address: process.argv[2], end: () => undefined } : await serve();
try {
  const slow = await measured(served.address, true);
  const fast = await measured(served.address, false);
  const found = { slow, fast, lighthouse: await lighthouse(served.address) };
  console.log(JSON.stringify({ address: served.address, cpu: CPU, network: NETWORK, ...found }, undefined, 1));
} finally {
  served.end();
}
