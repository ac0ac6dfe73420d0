/** Choosing an insurer: by name or by 保険者番号. */

import { Base, define, element, form, heading } from "./dom.js";

/** @typedef {import("./navi-keypad.js").NaviKeypad} NaviKeypad loaded on shared screens alone */
/** @typedef {import("./texts.js").Texts} Texts */
/**
 * An insurer that was asked for: why it cannot be had, and what is wrong with its rules file.
 * @typedef {{ id: string, why: "insurerUnknown" | "badData", where?: string }} Refused
 */
/** @typedef {{ id: string, name: Record<string, string>, insurerNumber: string | null, rules?: URL }} Insurer */

/**
 * Fires `choose` with the insurer's id in `detail`.
 */
export class NaviInsurers extends Base {
  /**
   * @param {object} what
   * @param {Insurer[]} what.insurers
   * @param {boolean} what.isKiosk whether the screen is a shared one, which may have no keyboard
   * @param {Texts} what.texts
   * @param {number} what.level of the heading
   * @param {Refused} [what.refused]
   */
  ask({ insurers, isKiosk, texts, level, refused }) {
    const count = element("p", { class: "hint", role: "status" });
    const error = element("p", { id: "insurer-error", class: "error", role: "alert" });
    const choices = element(
      "div",
      { class: "choices" },
      insurers.map((insurer) =>
        element(
          "label",
          { class: "choice" },
          element("input", { type: "radio", name: "insurer", value: insurer.id }),
          element(
            "span",
            {},
            texts.own(insurer.name),
            insurer.insurerNumber !== null &&
              element("small", {}, texts.page("insurerNumber", { number: insurer.insurerNumber })),
          ),
        ),
      ),
    );
    const narrow = (/** @type {Event} */ event) => {
      const sought = plain(/** @type {HTMLInputElement} */ (event.target).value);
      let shown = 0;
      for (const [index, insurer] of insurers.entries()) {
        // What holds nationwide is always there to choose.
        const fits =
          insurer.id === "national" ||
          plain(`${insurer.name.ja} ${texts.ownText(insurer.name)} ${insurer.insurerNumber ?? ""}`).includes(sought);
        /** @type {HTMLElement} */ (choices.children[index]).hidden = !fits;
        shown += Number(fits);
      }
      count.textContent = texts.page("insurerCount", { count: String(shown) });
    };
    const submit = () => {
      const chosen = /** @type {HTMLInputElement | null} */ (
        choices.querySelector("label:not([hidden]) input:checked")
      );
      if (chosen) {
        this.dispatchEvent(new CustomEvent("choose", { detail: chosen.value }));
      } else {
        error.textContent = texts.page("chooseOne");
        /** @type {HTMLElement | null} */ (choices.querySelector("label:not([hidden]) input"))?.focus();
      }
    };
    const inputmode = isKiosk && "none";
    const search = element("input", { type: "search", autocomplete: "off", inputmode, oninput: narrow });
    const keypad = isKiosk && /** @type {NaviKeypad} */ (document.createElement("shikaku-navi-keypad"));
    keypad && keypad.serve({ fields: [search], texts });
    this.replaceChildren(
      form(
        submit,
        element(
          "fieldset",
          { "aria-describedby": "insurer-error insurer-hint" },
          element("legend", {}, heading(level, { class: "question", tabindex: -1 }, texts.page("insurerLegend"))),
          refused &&
            element(
              "p",
              { class: "notice" },
              texts.page(refused.why, refused),
              refused.where && element("small", { lang: "en" }, refused.where),
            ),
          element("p", { id: "insurer-hint", class: "hint" }, texts.page("insurerHint")),
          element("label", { class: "search" }, element("span", {}, texts.page("insurerSearch")), search),
          keypad,
          count,
          error,
          choices,
        ),
        element("button", { type: "button", class: "primary", onclick: submit }, texts.page("next")),
      ),
    );
  }
}

/**
 * As it is compared: full-width forms, case and spaces make no difference.
 * @param {string} text
 */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s/g, "");
}

define("shikaku-navi-insurers", NaviInsurers);
