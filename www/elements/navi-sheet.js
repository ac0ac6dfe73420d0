/** The answer: what to show, do, wait for and know, and whom to ask, on one sheet. */

import { element, heading } from "./dom.js";
import { outlook } from "./outlook.js";
import { Parts } from "./sheet-parts.js";
import { taking } from "./taking.js";

/** @typedef {import("../engine/types.d.ts").Assessment} Assessment */
/** @typedef {import("./sheet-parts.js").Answered} Answered */
/** @typedef {import("./sheet-parts.js").Rules} Rules */
/** @typedef {import("./texts.js").Texts} Texts */

export class NaviSheet extends HTMLElement {
  /**
   * @param {object} what
   * @param {Answered} what.answered
   * @param {Rules} what.national
   * @param {Rules | undefined} what.insurer
   * @param {Texts} what.texts
   * @param {Record<string, import("./taking.js").Code>} what.codes two-dimensional codes by address
   * @param {number} what.level of the heading
   * @param {boolean} what.isOneOfMany whether it says whom it is for
   */
  show({ answered, national, insurer, texts, codes, level, isOneOfMany }) {
    const { facts, assessment, complete, name } = answered;
    const rules = insurer ? [insurer, national] : [national];
    const own = insurer ?? national;
    const parts = new Parts({ texts, facts, rules, level });
    const items = (/** @type {string} */ section) => assessment.guidance.filter((item) => item.section === section);
    const list = (/** @type {string} */ section, /** @type {import("../engine/types.d.ts").Item[]} */ some) =>
      some.length > 0 && parts.section(section, texts.find("sections", section) ?? section, parts.list(some));
    // The warning that the notice alone is not enough stands with what is shown, not among what is good to know.
    const isWarning = (/** @type {{ id: string }} */ item) => item.id === "notice-not-usable-alone";
    const know = items("know");
    const ask = items("ask");
    const asks = ask.filter((item) => item.id === "ask-insurer");
    const others = ask.filter((item) => item.id !== "ask-insurer");
    this.replaceChildren(
      heading(level, { class: "sheet-heading", tabindex: -1 }, texts.page("sheetHeading")),
      element(
        "p",
        { class: "sheet-for" },
        isOneOfMany && element("strong", {}, name),
        isOneOfMany && element("br"),
        texts.own(own.name),
        element("br"),
        texts.page("sheetFor", { day: texts.day(assessment.asOf) }),
        facts.role && facts.role !== "insured" && !isOneOfMany && element("br"),
        facts.role && facts.role !== "insured" && !isOneOfMany && texts.answer("role", facts.role),
      ),
      ...assessment.warnings.map((warning) => {
        const days = Object.entries(warning.args).map(([key, day]) => [key, texts.day(day ?? "")]);
        return element("p", { class: "notice" }, texts.filled(["warnings", warning.id], Object.fromEntries(days)));
      }),
      complete ? "" : element("p", { class: "notice" }, texts.page("certainOnly")),
      list("show", [...items("show"), ...know.filter(isWarning)]) || "",
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
        know.filter((item) => !isWarning(item)),
      ) || "",
      ...outlook(parts, assessment),
      taking({ parts, own, national, codes, answered: [answered] }),
      footer({ texts, own, national, insurer }),
    );
  }

  focusHeading() {
    /** @type {HTMLElement | null} */ (this.querySelector(".sheet-heading"))?.focus();
  }
}

/**
 * What the sheet rests on and whom to tell about a mistake.
 * @param {{ texts: Texts, own: Rules, national: Rules, insurer: Rules | undefined }} what
 */
function footer({ texts, own, national, insurer }) {
  const days = {
    insurer: texts.ownText(own.name),
    version: texts.day(own.version),
    national: texts.day(national.version),
  };
  return element(
    "footer",
    {},
    element("p", {}, texts.page("disclaimer")),
    element(
      "p",
      {},
      texts.page("rulesOf", days),
      insurer && element("br"),
      insurer &&
        texts.page(insurer.sourcesOf.estimated ? "sourcesOfEstimated" : "sourcesOf", {
          day: texts.day(insurer.sourcesOf.day),
        }),
    ),
    element("p", {}, texts.page("mistake")),
  );
}

customElements.get("navi-sheet") ?? customElements.define("navi-sheet", NaviSheet);
