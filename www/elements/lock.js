/** Cutting the page’s own connections, so that no answer can leave it. */

import { element } from "./dom.js";

const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; img-src data:; form-action 'none'; base-uri 'none'";
/** How long the browser may take to say that it stopped a request; it does so at once. */
const PATIENCE = 1000;
/** What the service worker holds while it fetches: see `service-worker.js`. */
const QUIET = "shikaku-navi-quiet";

/** Whether the page’s connections are cut. */
export let isCut = false;

/** One check’s part in it: when the connections are cut, and what may be said of it. */
export class Lock {
  /** Whether the connections are to be cut, were, or were shown to be. @type {"open" | "cut" | "shown"} */
  #state = "open";

  /** Whether anything can still be asked for. */
  get isOpen() {
    return this.#state === "open";
  }

  /**
   * Cuts the connections before the first answer.
   * @param {object} what
   * @param {HTMLElement} what.content where it is given
   * @param {() => boolean | undefined} what.isDue whether there is anything to answer, on a page that asks for the lock
   * @param {() => void} what.shown told once it was really seen that nothing leaves the page
   * @param {AbortSignal} what.signal ends it
   */
  guard({ content, isDue, shown, signal }) {
    const cut = async (/** @type {Event} */ { type, target }) => {
      // A heading that is read out is no answer yet.
      const isAnswering = type !== "focusin" || target instanceof HTMLInputElement;
      if (isAnswering && this.isOpen && isDue()) {
        this.#state = "cut";
        if (await cutConnections()) {
          this.#state = "shown";
          shown();
        }
      }
    };
    for (const type of ["focusin", "pointerdown", "keydown", "click"]) {
      content.addEventListener(type, cut, { signal, capture: true });
    }
  }

  /**
   * Which words say what becomes of the answers.
   * @param {boolean} locks whether the page asks for the lock
   * @param {boolean} reports whether the page may know which guidance is shown
   */
  words(locks, reports) {
    if (reports) {
      return "privacyReported";
    }
    if (!locks) {
      return "privacyHosted";
    }
    return this.#state === "shown" ? "locked" : "privacy";
  }
}

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
