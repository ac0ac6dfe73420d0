/** A shared screen: what one person answered is gone before the next one comes. Only such a screen loads this. */

import { element } from "./dom.js";
import "./navi-keypad.js";

/** @typedef {import("./texts.js").Texts} Texts */

/** How long nobody touches the screen before it asks, in seconds, unless told. */
const QUIET = 90;
/** How long it then waits, in seconds: WCAG 2.2.1 asks for 20 at least. */
const WAITING = 20;
/** By what it knows that somebody is there: not every aid points or types. */
const SIGNS = ["pointerdown", "keydown", "wheel", "click", "input"];

/**
 * Watches over a shared screen from the moment somebody touches it until everything is forgotten: when nobody touches
 * it any more, or at the event `erase`.
 * @param {object} what
 * @param {HTMLElement} what.stage everything that is drawn
 * @param {string | null} what.quiet how long nobody touches the screen before it asks, in seconds
 * @param {boolean} what.isOurs whether the page is there for the check alone
 * @param {() => Texts} what.texts
 * @param {() => void} what.forget forgets everything that was answered and chosen
 * @param {AbortSignal} what.signal ends it
 */
export function watchOver({ stage, quiet, isOurs, texts, forget, signal }) {
  const seconds = Number(quiet ?? QUIET);
  const patience = (Number.isFinite(seconds) && seconds > 0 ? seconds : QUIET) * 1000;
  const dialog = element("dialog", { class: "still-there" });
  let timer = 0;
  const rest = () => {
    globalThis.clearTimeout(timer);
    dialog.close();
    dialog.remove();
  };
  const wait = (/** @type {Event} */ { type }) => {
    // What opened under a finger goes when it is lifted, or the finger would press what is behind.
    if (type !== "pointerdown" || !dialog.open) {
      rest();
      timer = globalThis.setTimeout(ask, patience);
    }
  };
  const ask = () => {
    timer = globalThis.setTimeout(wipe, WAITING * 1000);
    dialog.replaceChildren(
      element("p", {}, texts().page("kioskAsk", { seconds: String(WAITING) })),
      element("button", { type: "button", class: "primary", onclick: wait }, texts().page("kioskStay")),
    );
    stage.append(dialog);
    dialog.showModal();
  };
  const wipe = async () => {
    rest();
    forget();
    // A fresh page has not even what the browser keeps of one; but only its own button could make it full screen.
    if (isOurs && !document.fullscreenElement && (await opensOffline())) {
      const here = new URL(location.href);
      here.hash = "";
      location.replace(here);
    }
  };
  for (const type of SIGNS) {
    document.addEventListener(type, wait, { signal, capture: true, passive: true });
  }
  stage.addEventListener("erase", wipe, { signal });
  const fill = () => stage.toggleAttribute("data-full-screen", Boolean(document.fullscreenElement));
  document.addEventListener("fullscreenchange", fill, { signal });
  // A long touch opens no menu of the browser's.
  document.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  // What the browser keeps of a page that is left, to come back to, is empty.
  globalThis.addEventListener("pagehide", forget, { signal });
  signal.addEventListener("abort", rest);
}

/** Whether the page opens anew without a network: it is a file, or a service worker keeps it. */
async function opensOffline() {
  if (location.protocol === "file:") {
    return true;
  }
  // Missing without https; in a sandboxed frame, asking for it is an error.
  const registration = async () => globalThis.navigator.serviceWorker?.getRegistration();
  return Boolean((await registration().catch(() => undefined))?.active);
}

/**
 * A button for whoever sets the screen up, where the browser lets a page fill it. While one does, the style hides it.
 * @param {Texts} texts
 */
export function fullScreenButton(texts) {
  const fill = () => document.documentElement.requestFullscreen().catch(() => undefined);
  return (
    document.fullscreenEnabled &&
    element("button", { type: "button", class: "full-screen", onclick: fill }, texts.page("fullScreen"))
  );
}
