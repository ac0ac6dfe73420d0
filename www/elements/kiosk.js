/** A shared screen: what one person answered is gone before the next one comes. */

import { element } from "./dom.js";

/** @typedef {import("./texts.js").Texts} Texts */

/** How long nobody touches the screen before it asks, in seconds, unless told. */
const QUIET = 90;
/** How long it then waits, in seconds: WCAG 2.2.1 asks for 20 at least. */
const WAITING = 20;

/**
 * Watches over a shared screen.
 * @param {object} what
 * @param {HTMLElement} what.stage everything that is drawn
 * @param {string | null} what.quiet how long nobody touches the screen before it asks, in seconds
 * @param {() => Texts} what.texts
 * @param {() => void} what.wipe forgets everything
 * @param {AbortSignal} what.signal ends it
 */
export function watchOver({ stage, quiet, texts, wipe, signal }) {
  const seconds = Number(quiet ?? QUIET);
  const patience = (Number.isFinite(seconds) && seconds > 0 ? seconds : QUIET) * 1000;
  const dialog = element("dialog", { class: "still-there" });
  let timer = 0;
  const rest = () => {
    globalThis.clearTimeout(timer);
    dialog.close();
    dialog.remove();
    timer = globalThis.setTimeout(ask, patience);
  };
  const ask = () => {
    timer = globalThis.setTimeout(() => {
      wipe();
      rest();
    }, WAITING * 1000);
    dialog.replaceChildren(
      element("p", {}, texts().page("kioskAsk", { seconds: String(WAITING) })),
      element("button", { type: "button", class: "primary", onclick: rest }, texts().page("kioskStay")),
    );
    stage.append(dialog);
    dialog.showModal();
  };
  for (const type of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(type, rest, { signal, capture: true, passive: true });
  }
  signal.addEventListener("abort", () => globalThis.clearTimeout(timer));
  rest();
}
