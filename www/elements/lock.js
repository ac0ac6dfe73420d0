/** Cutting the page’s own connections, so that no answer can leave it. */

import { element } from "./dom.js";

const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; img-src data:; form-action 'none'; base-uri 'none'";
/** How long the browser may take to say that it stopped a request; it does so at once. */
const PATIENCE = 1000;

/**
 * From now on the page can ask for nothing, not even from where it came, and nothing can undo that but opening it
 * anew. Going to another page is left: no page can forbid that.
 * @returns {Promise<boolean>} whether a request was really tried and stopped
 */
export function cutConnections() {
  document.head.append(element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }));
  return new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", () => resolve(true), { once: true });
    setTimeout(() => resolve(false), PATIENCE);
    // Bundlers look for the file, so it has to be one that is there.
    const url = new URL("./shikaku-navi.css", import.meta.url);
    url.search = "self-test";
    fetch(url).catch(() => undefined);
  });
}
