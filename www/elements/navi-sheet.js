/** The answer: what to show, do, wait for and know, and whom to ask, on one sheet. */

import { Base, define, element, heading } from "./dom.js";
import { outlook } from "./outlook.js";
import { CORE } from "./person.js";
import { Parts } from "./sheet-parts.js";
import { taking } from "./taking.js";

/** @typedef {import("../engine/types.d.ts").Assessment} Assessment */
/** @typedef {import("../engine/types.d.ts").Item} Item */
/** @typedef {import("../engine/types.d.ts").Warning} Warning */
/** @typedef {import("./sheet-parts.js").Answered} Answered */
/** @typedef {import("./sheet-parts.js").Rules} Rules */
/** @typedef {import("./texts.js").Texts} Texts */

export class NaviSheet extends Base {
  /**
   * @param {object} what
   * @param {Answered} what.answered
   * @param {Rules} what.national
   * @param {Rules | undefined} what.insurer
   * @param {boolean} what.isKiosk whether the screen is a shared one
   * @param {Texts} what.texts
   * @param {Record<string, import("./code.js").Code>} what.codes two-dimensional codes by address
   * @param {number} what.level of the heading
   * @param {string | undefined} what.whom it is for, if there are several people
   */
  show({ answered, whom, national, insurer, isKiosk, texts, codes, level }) {
    const { facts, assessment } = answered;
    const rules = insurer ? [insurer, national] : [national];
    const own = insurer ?? national;
    const parts = new Parts({ texts, facts, rules, isKiosk, codes, level });
    const items = (/** @type {string} */ section) => assessment.guidance.filter((item) => item.section === section);
    const list = (/** @type {string} */ section, /** @type {Item[]} */ some) =>
      some.length > 0 && parts.section(section, texts.find("sections", section) ?? section, parts.list(some));
    const shown = items("show");
    // The warning that the notice alone is not enough stands with what is shown, and that other rules hold from 75 on
    // before everything else.
    const isWarning = (/** @type {Item} */ item) => item.id === "notice-not-usable-alone" && shown.length > 0;
    const isFirst = (/** @type {Item} */ item) => item.id === "moves-at-75" && shown.length === 0;
    const know = items("know");
    const ask = items("ask");
    const asks = ask.filter((item) => item.id === "ask-insurer");
    const others = ask.filter((item) => item.id !== "ask-insurer");
    const isOld = (/** @type {Warning} */ { id }) => id === "source-may-be-outdated";
    this.replaceChildren(
      heading(level, { class: "sheet-heading", tabindex: -1 }, whom ?? texts.page("sheetHeading")),
      element(
        "p",
        { class: "sheet-for" },
        texts.own(own.name),
        element("br"),
        texts.page("sheetFor", { day: texts.day(assessment.asOf) }),
        facts.role && facts.role !== "insured" && !whom && element("br"),
        facts.role && facts.role !== "insured" && !whom && texts.answer("role", facts.role),
      ),
      ...parts.warnings(assessment.warnings.filter((one) => !isOld(one))),
      ...unknowns(answered, texts),
      list("know", know.filter(isFirst)) || "",
      list("show", [...shown, ...know.filter(isWarning)]) || "",
      ...parts.warnings(assessment.warnings.filter(isOld)),
      list("do", items("do")) || "",
      list("wait", items("wait")) || "",
      ask.length > 0
        ? parts.section(
            "ask",
            texts.find("sections", "ask") ?? "",
            parts.asks(asks),
            others.length > 0 && parts.list(others),
          )
        : "",
      parts.contacts(assessment) || "",
      list(
        "know",
        know.filter((item) => !isWarning(item) && !isFirst(item)),
      ) || "",
      ...outlook(parts, assessment),
      taking({ parts, own, national, answered: [answered] }),
      parts.footer(national, insurer),
    );
  }
}

/**
 * What is not known: how the guidance deals with it, and how to find out.
 * @param {Answered} answered
 * @param {Texts} texts
 */
function unknowns({ unknown, assessment }, texts) {
  if (unknown.length === 0) {
    return [];
  }
  const name = (/** @type {string} */ fact) => texts.find("facts", fact) ?? fact;
  const isCore = (/** @type {import("./person.js").Fact} */ fact) => CORE.includes(fact);
  const others = unknown.filter((fact) => !isCore(fact));
  const nothingToShow = unknown.some(isCore) && assessment.guidance.every((item) => item.section !== "show");
  return [
    element(
      "div",
      { class: "notice" },
      unknown.some(isCore) && element("p", {}, texts.page("certainOnly")),
      others.length > 0 && element("p", {}, texts.page("assumed", { facts: texts.all(others.map(name)) })),
      nothingToShow && element("p", {}, element("strong", {}, texts.page("askBefore"))),
      element("p", {}, texts.page("howToFindOut")),
      element(
        "ul",
        {},
        unknown.map((fact) => element("li", {}, `${name(fact)}: `, texts.find("questions", fact, "hint"))),
      ),
    ),
  ];
}

define("shikaku-navi-sheet", NaviSheet);
