/** Cutting the page’s own connections, so that no answer can leave it. */

import { element } from "./dom.js";

const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; img-src data:; form-action 'none'; base-uri 'none'";
/** How long the browser may take to say that it stopped a request; it does so at once. */
const PATIENCE = 1000;
/** What the service worker holds while it fetches: see `service-worker.js`. */
const QUIET = "shikaku-navi-quiet";

/** Whether the page’s connections are cut. */
export let isCut = false;

/**
 * From now on the page can ask for nothing, not even from where it came, and nothing can undo that but opening it
 * anew. Going to another page is left: no page can forbid that.
 * @returns {Promise<boolean>} whether a request was really tried and stopped
 */
export function cutConnections() {
  isCut = true;
  hush();
  document.head.append(
    element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
    // Nor is it to be known by their names which sites the answer links to.
    element("meta", { "http-equiv": "x-dns-prefetch-control", content: "off" }),
  );
  return new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", () => resolve(true), { once: true });
    setTimeout(() => resolve(false), PATIENCE);
    // Bundlers look for the file, so it has to be one that is there.
    const url = new URL("./shikaku-navi.css", import.meta.url);
    url.search = "self-test";
    fetch(url).catch(() => undefined);
  });
}

/**
 * The page’s policy does not bind its service worker, so what that needs to fetch is taken from it for as long as the
 * page is shown.
 */
function hush() {
  const hidden = new Promise((resolve) => addEventListener("pagehide", resolve, { once: true }));
  addEventListener("pageshow", hush, { once: true });
  /** @param {LockOptions} how @returns {Promise<unknown> | undefined} */
  const hold = (how) =>
    globalThis.navigator.locks
      ?.request(QUIET, how, () => hidden)
      // Another page that is being answered may have taken it, and gives it back.
      .catch(({ name }) => (name === "AbortError" ? hold({ mode: "shared" }) : undefined));
  hold({ steal: true });
}
