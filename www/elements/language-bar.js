/** The languages, each by its own name, and the switch for readings. */

import { element } from "./dom.js";
import { LANGUAGES } from "./languages.js";

/** @typedef {import("./languages.js").Language} Language */

/**
 * @param {object} what
 * @param {import("./texts.js").Texts} what.texts
 * @param {boolean} what.readings whether words come with how they are read, where they can
 * @param {(language: Language) => void} what.speak
 * @param {() => void} what.toggle the readings
 */
export function languageBar({ texts, readings, speak, toggle }) {
  const languages = LANGUAGES.map((language) =>
    element(
      "button",
      {
        type: "button",
        lang: language.tag,
        "data-language": language.id,
        "aria-pressed": String(language.id === texts.language.id),
        onclick: () => speak(language),
      },
      language.name,
    ),
  );
  const bar = element("div", { class: "languages", role: "group", "aria-label": "ことば / Language" }, languages);
  if (texts.language.id !== "ja-easy") {
    return [bar];
  }
  const pressed = { type: "button", class: "readings", "aria-pressed": String(readings), onclick: toggle };
  return [bar, element("button", pressed, texts.page("readings"))];
}
