/** What may apply to somebody, offered at once: whatever could still change the guidance, by occasion. */

import { Base, define, element, form, heading } from "./dom.js";
import { errorSummary } from "./errors.js";
import { OCCASIONS, offered as ofThese } from "./occasions.js";

/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {import("../engine/types.d.ts").Question} Question */
/** @typedef {import("./person.js").Ticked} Ticked */
/** @typedef {import("./texts.js").Texts} Texts */

/** Fires `answer` with what was ticked, a {@link Ticked}, in `detail`. */
export class NaviCircumstances extends Base {
  /** @type {Texts | undefined} */
  #texts;

  /**
   * @param {object} what
   * @param {Question[]} what.offered what could still change the guidance
   * @param {string | undefined} what.whom it is about, if there are several people
   * @param {boolean} what.isRelative whether it is known already whom this is about
   * @param {Ticked} what.ticked
   * @param {Texts} what.texts
   * @param {number} what.level of the heading
   */
  offer({ offered, whom, isRelative, ticked, texts, level }) {
    this.#texts = texts;
    const groups = OCCASIONS.filter(([occasion]) => !isRelative || occasion !== "workplace").map(([occasion, list]) => {
      const choices = list.flatMap((circumstance) =>
        ofThese(circumstance, offered).map((answer) => this.#choice(circumstance[0], answer, ticked)),
      );
      return (
        choices.length > 0 &&
        element("fieldset", { class: "occasion" }, element("legend", {}, texts.find("occasions", occasion)), ...choices)
      );
    });
    this.replaceChildren(
      form(
        texts.page("next"),
        () => this.#submit(),
        heading(level, { class: "question", tabindex: -1 }, whom && `${whom}: `, texts.page("circumstancesLegend")),
        element("p", { class: "hint" }, texts.page("circumstancesHint")),
        ticked.size === 0 &&
          element(
            "button",
            { type: "button", class: "secondary", onclick: () => this.#answer(new Map()) },
            texts.page("circumstancesNoneButton"),
          ),
        element("div", { class: "errors" }),
        ...groups,
      ),
    );
  }

  /**
   * @param {Fact} fact
   * @param {string} answer
   * @param {Ticked} ticked
   */
  #choice(fact, answer, ticked) {
    return element(
      "label",
      { class: "choice" },
      element("input", { type: "checkbox", name: fact, value: answer, checked: ticked.get(fact) === answer }),
      element("span", {}, this.#texts?.circumstance(fact, answer)),
    );
  }

  #submit() {
    /** @type {Ticked} */
    const ticked = new Map();
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("input:checked"));
    for (const box of boxes) {
      const fact = /** @type {Fact} */ (box.name);
      if (ticked.has(fact)) {
        this.refuse([...boxes].filter((other) => other.name === fact).slice(0, 2));
        return;
      }
      ticked.set(fact, box.value);
    }
    this.#answer(ticked);
  }

  /** @param {Ticked} ticked */
  #answer(ticked) {
    this.dispatchEvent(new CustomEvent("answer", { detail: ticked }));
  }

  /**
   * Says that what was ticked for some facts does not go together.
   * @param {Fact[]} facts
   */
  refuseFacts(facts) {
    const boxes = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input:checked")]);
    this.refuse(boxes.filter((box) => facts.includes(/** @type {Fact} */ (box.name))));
  }

  /** @param {HTMLInputElement[]} boxes that do not go together */
  refuse(boxes) {
    const texts = /** @type {Texts} */ (this.#texts);
    const [one = "", other] = boxes.map((box) => texts.circumstance(box.name, box.value));
    const message =
      other === undefined ? texts.page("inconsistent", { facts: one }) : texts.page("chosenTwice", { one, other });
    const summary = errorSummary(texts, message, boxes[0]);
    this.querySelector(".errors")?.replaceChildren(summary);
    summary.focus();
  }
}

define("shikaku-navi-circumstances", NaviCircumstances);
