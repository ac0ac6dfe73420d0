/** One question: a choice or a date, asked on its own. */

import { readDay } from "../engine/engine.js";
import { Base, define, element, form, heading, withReadings } from "./dom.js";
import { errorSummary } from "./errors.js";

/** @typedef {import("../engine/types.d.ts").Question} Question */
/** @typedef {import("./navi-keypad.js").NaviKeypad} NaviKeypad loaded on shared screens alone */
/** @typedef {import("./texts.js").Texts} Texts */

/** Fires `answer` with the value in `detail`, `null` for “I do not know”. */
export class NaviQuestion extends Base {
  /**
   * @param {object} what
   * @param {Question} what.question
   * @param {string} [what.whom] it is about, if there are several people
   * @param {boolean} what.isKiosk whether the screen is a shared one, which may have no keyboard
   * @param {Texts} what.texts
   * @param {number} what.level of the heading
   * @param {unknown} [what.before] the answer given before, if there was one
   */
  ask({ question, whom, isKiosk, texts, level, before }) {
    this.question = question;
    this.texts = texts;
    const words = (/** @type {string} */ key) => texts.find("questions", question.fact, key);
    this.error = element("p", { id: "error", class: "error" });
    this.summary = element("div", { class: "errors" });
    const hints = [words("hint"), words("example")]
      .filter(Boolean)
      .map((hint) => element("p", { class: "hint" }, hint));
    const legend = element(
      "legend",
      {},
      heading(level, { class: "question", tabindex: -1 }, whom && `${whom}: `, words("legend") ?? question.fact),
    );
    const isDate = question.kind === "date";
    const fields = isDate ? this.#date(before, isKiosk) : this.#choice(before);
    this.replaceChildren(
      form(
        () => this.#submit(),
        this.summary,
        element(
          "fieldset",
          { "aria-describedby": "hint" },
          legend,
          element("div", { id: "hint" }, ...hints),
          this.error,
          fields,
        ),
        isDate && isKiosk && this.#keypad(fields),
        element("button", { type: "button", class: "primary", onclick: () => this.#submit() }, texts.page("next")),
        element(
          "button",
          { type: "button", class: "secondary", onclick: () => this.#answer(null) },
          texts.page("unknown"),
        ),
      ),
    );
  }

  /** @param {unknown} before */
  #choice(before) {
    const { question, texts } = this;
    const options = question?.options ?? [];
    return element(
      "div",
      { class: "choices" },
      options.map((option) =>
        element(
          "label",
          { class: "choice" },
          element("input", { type: "radio", name: "choice", value: option, checked: String(before) === option }),
          element("span", {}, texts?.find("questions", question?.fact ?? "", "options", option) ?? option),
        ),
      ),
    );
  }

  /**
   * @param {unknown} before
   * @param {boolean} isKiosk
   */
  #date(before, isKiosk) {
    const [year, month, day] = typeof before === "string" ? before.split("-").map((part) => String(Number(part))) : [];
    const field = (/** @type {"year" | "month" | "day"} */ name, /** @type {string | undefined} */ value) =>
      element(
        "label",
        { class: name },
        element("span", {}, this.texts?.page(name)),
        element("input", {
          type: "text",
          name,
          value,
          autocomplete: "off",
          // The keypad is there instead of the system's keyboard.
          inputmode: isKiosk ? "none" : name === "year" ? "text" : "numeric",
          "aria-describedby": name === "year" ? "error year-hint" : "error",
        }),
      );
    return element(
      "div",
      {},
      element("p", { id: "year-hint", class: "hint" }, this.texts?.page("yearHint")),
      element("div", { class: "date" }, field("year", year), field("month", month), field("day", day)),
    );
  }

  /** @param {HTMLElement} date */
  #keypad(date) {
    const fields = [...date.querySelectorAll("input")];
    const keypad = /** @type {NaviKeypad} */ (document.createElement("shikaku-navi-keypad"));
    keypad.serve({ fields, year: fields[0], texts: /** @type {Texts} */ (this.texts) });
    return keypad;
  }

  #submit() {
    if (this.question?.kind === "date") {
      this.#submitDate();
      return;
    }
    const chosen = /** @type {HTMLInputElement | null} */ (this.querySelector("input:checked"))?.value;
    if (chosen === undefined) {
      this.refuse(this.texts?.page("chooseOne"));
    } else {
      this.#answer(chosen === "true" ? true : chosen === "false" ? false : chosen);
    }
  }

  #submitDate() {
    const value = (/** @type {string} */ name) =>
      /** @type {HTMLInputElement | null} */ (this.querySelector(`[name=${name}]`))?.value.trim() ?? "";
    const [year, month, day] = [value("year"), value("month"), value("day")];
    // A whole date typed or pasted into the first field is read as well.
    const whole = year !== "" && month === "" && day === "";
    const typed = whole ? year : `${year.replace(/年$/, "")}年${month.replace(/月$/, "")}月${day.replace(/日$/, "")}日`;
    const read = readDay(typed);
    if (!("error" in read)) {
      this.#answer(read.day);
      return;
    }
    const missing = /** @type {const} */ (["year", "month", "day"]).filter((name) => value(name) === "");
    const { means } = read.error;
    if (means) {
      const era = this.texts?.day(means) ?? means;
      this.refuse(
        this.texts?.page("dateMeans", { typed, day: era }),
        ["year"],
        element(
          "button",
          { type: "button", class: "secondary", onclick: () => this.#answer(means) },
          this.texts?.page("dateMeansYes", { day: era }),
        ),
      );
    } else if (missing.length === 3) {
      this.refuse(this.texts?.page("dateMissing"));
    } else if (missing.length > 0 && !(whole && /\d{4,}|\D\d/.test(year))) {
      const names = missing.map((name) => this.texts?.page(name) ?? name);
      this.refuse(this.texts?.page("dateIncomplete", { parts: this.texts?.all(names) ?? "" }), missing);
    } else {
      this.refuse(this.texts?.page("dateUnreadable"));
    }
  }

  /**
   * Says what is wrong; nothing typed is lost.
   * @param {string | undefined} message
   * @param {string[]} [names] the fields that it is about; all, unless told
   * @param {...Node} more what helps to put it right
   */
  refuse(message = "", names, ...more) {
    const inputs = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input")]);
    const wrong = inputs.filter((input) => !names || names.includes(input.name));
    for (const input of inputs) {
      input.toggleAttribute("aria-invalid", false);
    }
    for (const input of wrong.filter(({ type }) => type === "text")) {
      input.setAttribute("aria-invalid", "true");
    }
    const texts = /** @type {Texts} */ (this.texts);
    this.error?.replaceChildren(...withReadings(message));
    const summary = errorSummary(texts, message, wrong[0], ...more);
    this.summary?.replaceChildren(summary);
    summary.focus();
  }

  /** @param {string | boolean | null} value */
  #answer(value) {
    this.dispatchEvent(new CustomEvent("answer", { detail: value }));
  }
}

define("shikaku-navi-question", NaviQuestion);
