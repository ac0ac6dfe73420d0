/** The answer: what to show, do, wait for and know, and whom to ask, each with its reason and its source. */

import { element, heading } from "./dom.js";

/** @typedef {import("../engine/types.d.ts").Assessment} Assessment */
/** @typedef {import("../engine/types.d.ts").Item} Item */
/** @typedef {import("../engine/types.d.ts").Facts} Facts */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {Record<string, string>} Text */
/**
 * What the page reads of a rules file.
 * @typedef {object} Rules
 * @property {Text} name
 * @property {string} version
 * @property {{ day: string, estimated?: boolean }} sourcesOf
 * @property {Record<string, Text>} documents
 * @property {Record<string, string>} statements
 * @property {{ id: string, name: Text, hours?: Text }[]} [contacts]
 * @property {Record<string, { text: Text }>} [forms]
 * @property {{ guidance: string, text: Text }[]} [notes]
 */

const SECTIONS = /** @type {const} */ (["show", "do", "wait", "know", "ask"]);

export class NaviSheet extends HTMLElement {
  /**
   * @param {object} what
   * @param {Assessment} what.assessment
   * @param {Facts} what.facts
   * @param {boolean} what.complete whether every question was answered
   * @param {Rules} what.national
   * @param {Rules | undefined} what.insurer
   * @param {Texts} what.texts
   * @param {number} what.level of the heading
   */
  show({ assessment, facts, complete, national, insurer, texts, level }) {
    this.texts = texts;
    this.facts = facts;
    this.rules = insurer ? [insurer, national] : [national];
    this.level = level;
    const own = insurer ?? national;
    this.replaceChildren(
      heading(level, { class: "sheet-heading", tabindex: -1 }, texts.page("sheetHeading")),
      element(
        "p",
        { class: "sheet-for" },
        texts.of(own.name),
        element("br"),
        texts.page("sheetFor", { day: texts.day(assessment.asOf) }),
      ),
      ...assessment.warnings.map((warning) =>
        element(
          "p",
          { class: "notice" },
          this.#fillDays(texts.find("warnings", warning.id) ?? warning.id, warning.args),
        ),
      ),
      complete ? "" : element("p", { class: "notice" }, texts.page("certainOnly")),
      ...SECTIONS.map((section) => this.#section(section, assessment.guidance)),
      this.#contacts(assessment),
      this.#changes(assessment),
      element(
        "footer",
        {},
        element("p", {}, texts.page("disclaimer")),
        element(
          "p",
          {},
          texts.page("rulesOf", {
            insurer: texts.of(own.name),
            version: texts.day(own.version),
            national: texts.day(national.version),
          }),
          insurer && element("br"),
          insurer &&
            texts.page(insurer.sourcesOf.estimated ? "sourcesOfEstimated" : "sourcesOf", {
              day: texts.day(insurer.sourcesOf.day),
            }),
        ),
        element("p", {}, texts.page("mistake")),
        element(
          "p",
          { class: "ids" },
          `${texts.page("guidanceIds")}: `,
          element("span", { translate: "no", lang: "en" }, assessment.guidance.map((item) => item.id).join(", ")),
        ),
      ),
    );
  }

  focusHeading() {
    /** @type {HTMLElement | null} */ (this.querySelector(".sheet-heading"))?.focus();
  }

  /**
   * @param {string} section
   * @param {Item[]} guidance
   */
  #section(section, guidance) {
    const items = guidance.filter((item) => item.section === section);
    if (items.length === 0) {
      return "";
    }
    return element(
      "section",
      { class: `section ${section}` },
      heading(this.#below(1), {}, this.texts?.find("sections", section) ?? section),
      element(
        "ul",
        { class: "items" },
        items.map((item) => this.#item(item)),
      ),
    );
  }

  /** @param {Item} item */
  #item(item) {
    const texts = this.texts;
    const notes = (this.rules ?? []).flatMap((rules) => rules.notes ?? []).filter((note) => note.guidance === item.id);
    const by =
      item.by && texts?.page(item.by < (this.facts?.asOf ?? "") ? "byPast" : "by", { day: texts.day(item.by) });
    return element(
      "li",
      { class: `item ${item.layer}`, "data-guidance": item.id },
      heading(this.#below(2), {}, texts?.find("guidance", item.id, "title") ?? item.id),
      (texts?.sentences(item, (form) => this.#formName(form)) ?? []).map((sentence) => element("p", {}, sentence)),
      notes.map((note) => element("p", { class: "note" }, texts?.of(note.text))),
      by && element("p", { class: "by" }, by),
      element(
        "details",
        {},
        element("summary", {}, texts?.page("why")),
        element("p", {}, element("strong", {}, texts?.find("layers", item.layer))),
        this.#because(item),
        this.#sources(item),
      ),
    );
  }

  /** @param {Item} item */
  #because(item) {
    const texts = this.texts;
    if (item.because.length === 0) {
      return element("p", {}, texts?.page("becauseNothing"));
    }
    const reasons = item.because.map((fact) => {
      const value = this.facts?.[fact];
      const text = `${texts?.find("facts", fact) ?? fact}: ${texts?.answer(fact, value)}`;
      return element("li", {}, text);
    });
    return [element("p", {}, texts?.page("because")), element("ul", {}, reasons)];
  }

  /** @param {Item} item */
  #sources(item) {
    const sources = item.sources.map((id) => {
      const rules = this.rules?.find((file) => Object.hasOwn(file.statements, id));
      const document = rules?.documents[id.slice(0, id.lastIndexOf("-"))];
      return element("li", {}, `${this.texts?.of(document)} ${rules?.statements[id] ?? ""}（${id}）`);
    });
    return [element("p", {}, this.texts?.page("source")), element("ul", {}, sources)];
  }

  /** @param {Assessment} assessment */
  #contacts(assessment) {
    const open = assessment.contacts.filter((line) => line.open);
    if (open.length === 0) {
      return "";
    }
    const known = (this.rules ?? []).flatMap((rules) => rules.contacts ?? []);
    return element(
      "section",
      { class: "section contacts" },
      heading(this.#below(1), {}, this.texts?.page("contactsHeading")),
      element(
        "ul",
        { class: "items" },
        open.map((line) => {
          const contact = known.find((other) => other.id === line.id);
          return element(
            "li",
            { class: "item" },
            heading(this.#below(2), {}, this.texts?.of(contact?.name) ?? line.id),
            element(
              "p",
              { class: "phone" },
              element("a", { href: `tel:${line.phone.replaceAll("-", "")}` }, line.phone),
            ),
            contact?.hours &&
              element("p", {}, this.texts?.page("contactHours", { hours: this.texts.of(contact.hours) })),
          );
        }),
      ),
    );
  }

  /** @param {Assessment} assessment */
  #changes(assessment) {
    const texts = this.texts;
    if (assessment.changes.length === 0) {
      return "";
    }
    const titles = (/** @type {string} */ key, /** @type {string[]} */ ids) =>
      ids.length > 0 &&
      element(
        "p",
        {},
        `${texts?.page(key)}: ${ids.map((id) => texts?.find("guidance", id, "title") ?? id).join("、")}`,
      );
    return element(
      "section",
      { class: "section changes" },
      heading(this.#below(1), {}, texts?.page("changesHeading")),
      element(
        "ol",
        { class: "items" },
        assessment.changes.map((change) =>
          element(
            "li",
            { class: "item" },
            heading(this.#below(2), {}, texts?.day(change.on) ?? change.on),
            titles("changeStarts", change.starts),
            titles("changeEnds", change.ends),
          ),
        ),
      ),
    );
  }

  /** @param {string} form */
  #formName(form) {
    const found = this.rules?.find((rules) => rules.forms && Object.hasOwn(rules.forms, form));
    return this.texts?.of(found?.forms?.[form]?.text) || form;
  }

  /**
   * @param {string} text
   * @param {Partial<Record<string, string>>} days
   */
  #fillDays(text, days) {
    return Object.entries(days).reduce(
      (filled, [name, day]) => filled.replace(`{${name}}`, this.texts?.day(day ?? "") ?? ""),
      text,
    );
  }

  /** @param {number} steps */
  #below(steps) {
    return (this.level ?? 2) + steps;
  }
}

customElements.get("navi-sheet") ?? customElements.define("navi-sheet", NaviSheet);
