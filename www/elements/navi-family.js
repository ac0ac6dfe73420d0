/** Several people’s answers as one checklist: by person, and by deadline. */

import { element, heading } from "./dom.js";
import { Parts } from "./sheet-parts.js";
import { taking } from "./taking.js";

/** @typedef {import("./sheet-parts.js").Answered} Answered */
/** @typedef {import("./sheet-parts.js").Rules} Rules */

/** Fires `open` with a person’s number in `detail`. */
export class NaviFamily extends HTMLElement {
  /**
   * @param {object} what
   * @param {Answered[]} what.answered
   * @param {Rules} what.national
   * @param {Rules | undefined} what.insurer
   * @param {import("./texts.js").Texts} what.texts
   * @param {Record<string, import("./taking.js").Code>} what.codes
   * @param {number} what.level of the heading
   */
  show({ answered, national, insurer, texts, codes, level }) {
    const own = insurer ?? national;
    const rules = insurer ? [insurer, national] : [national];
    const parts = new Parts({ texts, facts: answered[0]?.facts ?? {}, rules, level });
    const open = (/** @type {number} */ number) => () =>
      this.dispatchEvent(new CustomEvent("open", { detail: number }));
    const people = answered.map(({ name, assessment }, number) =>
      element(
        "section",
        { class: "person" },
        heading(level + 2, {}, name),
        element(
          "ul",
          { class: "checklist" },
          assessment.guidance
            .filter((item) => ["show", "do", "wait"].includes(item.section))
            .map((item) =>
              element(
                "li",
                { class: item.section, "data-guidance": item.id },
                parts.title(item.id),
                item.by && element("span", { class: "by" }, ` ${texts.page("by", { day: texts.day(item.by) })}`),
              ),
            ),
        ),
        element(
          "button",
          { type: "button", class: "link", onclick: open(number) },
          texts.page("familyOpen", { person: name }),
        ),
      ),
    );
    const due = answered
      .flatMap(({ name, assessment }) =>
        assessment.guidance.flatMap((item) => (item.by ? [{ day: item.by, name, id: item.id }] : [])),
      )
      .sort((one, other) => (one.day < other.day ? -1 : 1));
    this.replaceChildren(
      heading(level, { class: "sheet-heading", tabindex: -1 }, texts.page("familyHeading")),
      element(
        "p",
        { class: "sheet-for" },
        texts.own(own.name),
        element("br"),
        texts.page("sheetFor", { day: texts.day(answered[0]?.assessment.asOf ?? "") }),
      ),
      parts.section("people", texts.page("familyByPerson"), ...people),
      parts.section(
        "due",
        texts.page("familyByDeadline"),
        due.length === 0
          ? element("p", {}, texts.page("familyNoDeadline"))
          : element(
              "ol",
              { class: "checklist" },
              due.map(({ day, name, id }) =>
                element("li", {}, element("span", { class: "by" }, texts.day(day)), ` ${name}: ${parts.title(id)}`),
              ),
            ),
      ),
      taking({ parts, own, national, codes, answered }),
    );
  }

  focusHeading() {
    /** @type {HTMLElement | null} */ (this.querySelector(".sheet-heading"))?.focus();
  }
}

customElements.get("navi-family") ?? customElements.define("navi-family", NaviFamily);
