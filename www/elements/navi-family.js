/** Several people’s answers as one checklist: by person, and by deadline. */

import { Base, define, element, heading } from "./dom.js";
import { Parts } from "./sheet-parts.js";
import { taking } from "./taking.js";

/** @typedef {import("./sheet-parts.js").Answered} Answered */
/** @typedef {import("./sheet-parts.js").Rules} Rules */
/** @typedef {{ number: number, name: string } & Partial<Answered>} Someone with an answer, or not yet */

/** Fires `open` with a person’s number in `detail`. */
export class NaviFamily extends Base {
  /**
   * @param {object} what
   * @param {Someone[]} what.people
   * @param {Rules} what.national
   * @param {Rules | undefined} what.insurer
   * @param {boolean} what.isKiosk whether the screen is a shared one
   * @param {import("./texts.js").Texts} what.texts
   * @param {Record<string, import("./code.js").Code>} what.codes
   * @param {number} what.level of the heading
   */
  show({ people, national, insurer, isKiosk, texts, codes, level }) {
    const own = insurer ?? national;
    const rules = insurer ? [insurer, national] : [national];
    const answered = people.filter(isAnswered);
    const [first] = answered;
    const parts = new Parts({ texts, facts: first?.facts ?? {}, rules, isKiosk, codes, level });
    const open = (/** @type {number} */ number) => () =>
      this.dispatchEvent(new CustomEvent("open", { detail: number }));
    const list = (/** @type {Answered} */ { assessment }) =>
      element(
        "ul",
        { class: "checklist" },
        assessment.guidance
          .filter((item) => ["show", "do", "wait"].includes(item.section) || item.id === "notice-not-usable-alone")
          .map((item) =>
            element(
              "li",
              { class: item.section, "data-guidance": item.id },
              parts.title(item.id),
              item.by && element("span", { class: "by" }, ` ${texts.page("by", { day: texts.day(item.by) })}`),
            ),
          ),
      );
    const sections = people.map((person) =>
      element(
        "section",
        { class: "person" },
        heading(level + 2, {}, person.name),
        isAnswered(person) ? list(person) : element("p", {}, texts.page("familyIncomplete")),
        element(
          "button",
          { type: "button", class: "link", onclick: open(person.number) },
          texts.page("familyOpen", { person: person.name }),
        ),
      ),
    );
    const due = answered
      .flatMap(({ name, facts, assessment }) => parts.marks(facts, assessment).map((mark) => ({ name, ...mark })))
      .sort((one, other) => (one.day < other.day ? -1 : 1));
    this.replaceChildren(
      heading(level, { class: "sheet-heading", tabindex: -1 }, texts.page("familyHeading")),
      element(
        "p",
        { class: "sheet-for" },
        texts.own(own.name),
        element("br"),
        texts.page("sheetFor", { day: texts.day(first?.assessment.asOf ?? "") }),
      ),
      ...parts.warnings(first?.assessment.warnings ?? []),
      parts.section("people", texts.page("familyByPerson"), ...sections),
      parts.section(
        "due",
        texts.page("familyByDeadline"),
        due.length === 0
          ? element("p", {}, texts.page("familyNoDeadline"))
          : element(
              "ol",
              { class: "checklist" },
              due.map(({ day, name, what }) =>
                element("li", {}, element("span", { class: "by" }, texts.day(day)), ` ${name}: ${what}`),
              ),
            ),
      ),
      taking({ parts, own, national, answered }),
      parts.footer(national, insurer),
    );
  }
}

/**
 * @param {Someone} person
 * @returns {person is Answered}
 */
export function isAnswered(person) {
  return person.assessment !== undefined;
}

define("shikaku-navi-family", NaviFamily);
