/**
 * Keeps the files of one build, so that the page works without a network. A file is kept only if its content is what
 * the build made, whatever a server or a hotel's network says instead; so no two builds are ever mixed.
 */

/**
 * The build's name, and its files: their paths from here, with the start of their SHA-256. The build fills it in.
 * @type {{ name: string, files: Record<string, string> }}
 */
const BUILD = { name: "", files: {} };

// Nothing else can be known here: the types are those of pages.
const worker = /** @type {any} */ (globalThis);
const HOME = new URL("./", worker.location.href).href;
/** Other programs, and other places of this one, have caches here too. */
const OURS = `shikaku-navi ${HOME} `;
const CACHE = OURS + BUILD.name;
/** Pages that are being answered take this away: see `elements/lock.js`. */
const QUIET = "shikaku-navi-quiet";

/** @param {string} path */
const urlOf = (path) => new URL(path, HOME).href;

/** Fetches what is not kept yet; gives up while somebody answers, and as soon as somebody begins to. */
async function keepAll() {
  const stop = new AbortController();
  try {
    await navigator.locks.request(QUIET, { mode: "shared", ifAvailable: true }, async (lock) => {
      if (!lock) {
        throw new Error("somebody is answering");
      }
      const cache = await caches.open(CACHE);
      const kept = (await cache.keys()).map(({ url }) => url);
      const left = Object.keys(BUILD.files).filter((path) => !kept.includes(urlOf(path)));
      await Promise.all(left.map(async (path) => cache.put(urlOf(path), await fetched(path, stop.signal))));
    });
  } finally {
    stop.abort();
  }
}

/**
 * A file as the build made it. What the browser itself kept may be spoilt, and is then asked for anew.
 * @param {string} path
 * @param {AbortSignal} signal
 */
async function fetched(path, signal) {
  for (const cache of /** @type {RequestCache[]} */ (["default", "reload"])) {
    const response = await fetch(urlOf(path), { cache, signal, redirect: "error" });
    const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
    const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (response.ok && hash.startsWith(BUILD.files[path] ?? "?")) {
      return response;
    }
  }
  throw new Error(`${path} is not what the build made`);
}

/** Drops what earlier builds kept. */
async function dropOthers() {
  const others = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** Takes over from the build before, if nobody else would notice. */
async function takeOver() {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.filter((/** @type {{ url: string }} */ { url }) => url.startsWith(HOME)).length === 1) {
    await worker.skipWaiting();
  }
}

/**
 * The path of a file of this build, if that is what is asked for. What stands behind `?` on a page is for the page.
 * @param {Request} request
 */
function pathOf({ url, method, mode }) {
  const path = `./${url.replace(/#.*/, "").slice(HOME.length)}`;
  const file = mode === "navigate" ? path.replace(/\?.*/, "").replace(/(?<=\/)index\.html$/, "") : path;
  return method === "GET" && url.startsWith(HOME) && Object.hasOwn(BUILD.files, file) ? file : undefined;
}

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const kept = await caches.match(urlOf(path), { cacheName: CACHE }).catch(() => undefined);
  return kept ?? fetch(request);
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepAll()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(dropOthers()));
worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const path = pathOf(event.request);
  if (path !== undefined) {
    event.respondWith(answer(path, event.request));
  }
  if (event.request.mode === "navigate") {
    // Whatever was cleared away in the meantime.
    event.waitUntil(keepAll().catch(() => undefined));
  }
});
