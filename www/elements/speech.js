/** The language the check is shown in, and the bar where another one is chosen. */

import { element } from "./dom.js";
import { json, LANGUAGES } from "./languages.js";
import { Texts } from "./texts.js";

/** @typedef {import("./languages.js").Language} Language */

/**
 * The texts to begin with; in Japanese, if there is no such language.
 * @param {string | null} id
 */
export async function firstTexts(id) {
  const [japanese] = /** @type {[Language, ...Language[]]} */ (LANGUAGES);
  const wanted = LANGUAGES.find((one) => one.id === id) ?? japanese;
  const [tree, inWanted] = await Promise.all([json(japanese.texts), json(wanted.texts)]);
  return new Texts(inWanted, wanted, true, new Texts(tree, japanese, false));
}

/** What the check says its words in: the texts of the moment, and the bar that changes them. */
export class Speech {
  bar = element("div", { class: "bar" });
  /** @type {Texts | undefined} Those to begin with. */
  #first;
  /** @type {Texts | undefined} */
  #texts;
  #tell;

  /** @param {(isThere: boolean) => void} tell told when the words are others now, or a language cannot be had */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {Texts} first */
  begin(first) {
    this.#first = first;
    this.#texts = first;
  }

  /** Goes back to the texts it began with. */
  forget() {
    this.#texts = this.#first;
  }

  /** Whether there are texts yet: they may not arrive. */
  get hasBegun() {
    return this.#texts !== undefined;
  }

  /** The texts of the moment; there are some once it has begun. */
  get texts() {
    return /** @type {Texts} */ (this.#texts);
  }

  /**
   * Speaks the language that the page names, unless it does already or there is none.
   * @param {string | null} id
   */
  follow(id) {
    const language = LANGUAGES.find((one) => one.id === id);
    if (language && language !== this.texts.language) {
      this.#speak(language);
    }
  }

  /**
   * Draws the languages, each by its own name, and the switch for readings in the one that has them.
   * @param {Node | string} more what else stands in the bar
   */
  drawBar(more) {
    const { texts } = this;
    const { language, readings } = texts;
    const languages = LANGUAGES.map((one) =>
      element(
        "button",
        {
          type: "button",
          lang: one.tag,
          "data-language": one.id,
          "aria-pressed": String(one === language),
          onclick: () => this.#speak(one),
        },
        one.name,
      ),
    );
    const onclick = async () => {
      await this.#speak(language, !readings);
      this.#focus(".readings");
    };
    const pressed = { type: "button", class: "readings", "aria-pressed": String(readings), onclick };
    this.bar.replaceChildren(
      element("div", { class: "languages", role: "group", "aria-label": "ことば / Language" }, languages),
      language.id === "ja-easy" ? element("button", pressed, texts.page("readings")) : "",
      more,
    );
  }

  /** @param {Language} language @param {boolean} [readings] */
  async #speak(language, readings) {
    const tree = await json(language.texts).catch(() => undefined);
    if (tree) {
      this.#texts = new Texts(tree, language, readings ?? this.texts.readings, this.texts.japanese);
      this.#tell(true);
      this.#focus(`[data-language="${language.id}"]`);
    } else {
      this.#tell(false);
    }
  }

  /** @param {string} css */
  #focus(css) {
    /** @type {HTMLElement | null} */ (this.bar.querySelector(css))?.focus();
  }
}
