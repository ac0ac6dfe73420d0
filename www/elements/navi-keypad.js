/** Keys to touch, where there is no keyboard: they type into the fields beside them. */

import { Base, define, element } from "./dom.js";

/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {(field: HTMLInputElement, start: number, end: number) => void} Edit of what is selected in a field */

/** What stands before a year on Japanese papers, by the keys of its texts. */
const ERAS = ["reiwa", "heisei", "showa"];

export class NaviKeypad extends Base {
  /** @type {HTMLInputElement | undefined} The field that is typed into. */
  #field;
  /** Says what stands in the field now, to whoever does not see it. */
  #said = element("p", { class: "hidden", role: "status" });

  /**
   * @param {object} what
   * @param {HTMLInputElement[]} what.fields to type into: where the focus was last, at first the first
   * @param {HTMLInputElement} [what.year] the one of them that takes an era
   * @param {Texts} what.texts
   */
  serve({ fields, year, texts }) {
    this.#field = fields[0];
    for (const field of fields) {
      field.addEventListener("focus", () => (this.#field = field));
      field.setSelectionRange(field.value.length, field.value.length);
    }
    const key = (/** @type {string} */ name, /** @type {string} */ kind, /** @type {() => void} */ press) =>
      element("button", { type: "button", class: kind, onclick: press }, name);
    const digit = (/** @type {number} */ number) =>
      key(String(number), "digit", () =>
        this.#edit((field, start, end) => field.setRangeText(String(number), start, end, "end")),
      );
    const erase = key(texts.page("keypadErase"), "erase", () =>
      this.#edit((field, start, end) =>
        field.setRangeText("", start === end ? Math.max(start - 1, 0) : start, end, "end"),
      ),
    );
    const era = (/** @type {string} */ name) =>
      key(texts.page(name), "era", () => {
        this.#field = year;
        this.#edit((field) => {
          // There is one era to a year, and it stands first.
          field.value = texts.japanese.page(name) + field.value.replace(/^\D+/, "");
        });
      });
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", texts.page("keypad"));
    // A finger on a key leaves the focus where it is typed.
    this.addEventListener("mousedown", (event) => event.preventDefault());
    this.replaceChildren(
      ...(year ? ERAS.map(era) : []),
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(digit),
      erase,
      this.#said,
    );
  }

  /** @param {Edit} edit */
  #edit(edit) {
    const field = /** @type {HTMLInputElement} */ (this.#field);
    const root = /** @type {ShadowRoot} */ (this.getRootNode());
    // Whoever came to the keys by keyboard stays there.
    if (!this.contains(root.activeElement)) {
      field.focus({ preventScroll: true });
    }
    edit(field, field.selectionStart ?? 0, field.selectionEnd ?? 0);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#said.replaceChildren(field.labels?.[0]?.firstElementChild?.cloneNode(true) ?? "", `: ${field.value}`);
  }
}

define("shikaku-navi-keypad", NaviKeypad);
