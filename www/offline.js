/** The page without a network: has its files kept, and newer ones come in only where nobody is disturbed. */

import * as lock from "./elements/lock.js";

const WORKER = new URL("./service-worker.js", import.meta.url).href;
const HOME = new URL("./", import.meta.url).href;

/**
 * Keeps the page for when there is no network, once the check has all it needs itself.
 * @param {Promise<unknown>} loaded
 */
export async function stayAvailable(loaded) {
  // A single file has no manifest, and nothing beside it.
  if (!document.querySelector("link[rel=manifest]")) {
    return;
  }
  try {
    // Missing without https; in a sandboxed frame, asking for it is an error.
    const workers = /** @type {ServiceWorkerContainer | undefined} */ (navigator.serviceWorker);
    const found = await workers?.getRegistration(HOME);
    const ours = found?.scope === HOME ? found : undefined;
    if (ours && !ours.waiting) {
      await lookForNewer(ours);
      return;
    }
    // Not before: as long as the page fetches, Chromium may put off for good what waits.
    await loaded;
    if (lock.isCut) {
      return;
    }
    if (ours?.waiting) {
      const start = () => lock.isCut || location.reload();
      workers?.addEventListener("controllerchange", start, { once: true });
      ours.waiting.postMessage("take over");
    } else {
      await workers?.register(address(), { updateViaCache: "all" });
    }
  } catch {
    // It works without, as long as there is a network.
  }
}

/**
 * Looks for a newer build. The browser does so too, but a second later, when somebody may be answering already. So it is
 * to find what has been fetched now: that is what `updateViaCache` is for.
 * @param {ServiceWorkerRegistration} registration
 */
async function lookForNewer(registration) {
  await fetch(WORKER, { cache: "no-cache" });
  if (!lock.isCut) {
    await registration.update();
  }
}

/** The worker's address, in the way in which a page with Trusted Types may name a script. */
function address() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  return types?.createPolicy("service-worker", { createScriptURL: () => WORKER }).createScriptURL("") ?? WORKER;
}
