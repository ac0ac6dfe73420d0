/** The looks of the check, which are its own: nothing of the page around it comes in, but the properties meant for it. */

import { get } from "../engine/files.js";

/** What differs on paper comes last. */
const FILES = [new URL("./shikaku-navi.css", import.meta.url), new URL("./navi-sheet.css", import.meta.url)];
/** What differs on a shared screen. */
const KIOSK = new URL("./navi-kiosk.css", import.meta.url);
/** As long as the check's own text is high: many pages set the text of their root to 62.5 %, and with it the `rem`. */
const UNIT = "--shikaku-navi-unit";

/**
 * @param {boolean} isKiosk whether the screen is a shared one
 * @returns {Promise<CSSStyleSheet[]>}
 */
export function styleSheets(isKiosk) {
  try {
    CSS.registerProperty({ name: UNIT, syntax: "<length>", inherits: true, initialValue: "16px" });
  } catch {
    // It is registered already, or cannot be: then sizes follow the text they stand in.
  }
  return Promise.all((isKiosk ? [...FILES, KIOSK] : FILES).map(styleSheet));
}

/** @param {URL} url */
async function styleSheet(url) {
  const response = await get(url);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  const text = await response.text();
  return new CSSStyleSheet().replace(text.replace(/(-?[\d.]+)rem\b/g, `calc($1 * var(${UNIT}))`));
}
