/** The guide of one insurer in one language: what the engine says of each state of the card, in the page's words. */

import { element, heading } from "../../../www/elements/dom.js";
import { OCCASIONS, offered } from "../../../www/elements/occasions.js";
import { Parts } from "../../../www/elements/sheet-parts.js";

/** @typedef {import("../../../www/engine/types.d.ts").ContactLine} ContactLine */
/** @typedef {import("../../../www/engine/types.d.ts").Item} Item */
/** @typedef {import("../../../www/engine/types.d.ts").Question} Question */
/** @typedef {import("../../../www/engine/types.d.ts").Warning} Warning */
/** @typedef {import("../../../www/elements/sheet-parts.js").Rules} Rules */
/** @typedef {import("../../../www/elements/texts.js").Texts} Texts */
/**
 * @template T
 * @typedef {{ from: string, to: string, what: T }} Dated
 */
/** @typedef {{ from: string | null, to: string | null, age: "any" | "new" | "settled" }} Stretch */
/** @typedef {Item & { enrolled: Stretch[] }} Said what is said to those who were enrolled at some time, if not always */
/** @typedef {{ card: string | null, over: boolean | null, certificate: string | null, smartphone: boolean | null }} Whose */
/** @typedef {Whose & { said: Said[] }} Row */
/** @typedef {{ card: string | null, periods: Dated<Row[]>[] }} Part */
/**
 * What the engine says, as `guide.rs` hands it over.
 * @typedef {object} Data
 * @property {string} insurer
 * @property {string} from
 * @property {string} to
 * @property {Dated<Warning[]>[]} warnings
 * @property {Part[]} parts the first is for everybody
 * @property {Question[]} circumstances
 * @property {(ContactLine & { periods: Dated<boolean>[] })[]} contacts
 */

const SECTIONS = ["show", "do", "wait", "know", "ask"];

/** The parts of a sheet to which nobody's answers led. */
class PlainParts extends Parts {
  /**
   * @override
   * @param {Item[]} items
   */
  why(items) {
    const { texts } = this;
    const layers = [...new Set(items.map(({ layer }) => texts.find("layers", layer) ?? layer))];
    return element(
      "div",
      { class: "sources" },
      element("p", {}, texts.page("source"), element("span", { class: "layer" }, texts.all(layers))),
      this.sources(items),
      element(
        "p",
        {},
        `${texts.page("guidanceIds")}: `,
        element("span", { translate: "no", lang: "en" }, items[0]?.id),
      ),
    );
  }
}

export class Guide {
  #data;
  #texts;
  #rules;
  #parts;
  #level;
  #check;
  /** @type {Map<string, { anchor: string, item: Item }>} What is explained, each by what is equal. */
  #explained = new Map();

  /**
   * @param {object} what
   * @param {Data} what.data
   * @param {{ national: Rules, insurer: Rules | undefined }} what.rules
   * @param {Texts} what.texts
   * @param {number} what.level of its title
   * @param {string} [what.check] where the guided check is, if there is a way to it
   */
  constructor({ data, rules, texts, level, check }) {
    this.#data = data;
    this.#texts = texts;
    this.#rules = rules;
    this.#level = level;
    this.#check = check;
    const { national, insurer } = rules;
    this.#parts = new PlainParts({
      texts,
      facts: { asOf: data.from },
      rules: insurer ? [insurer, national] : [national],
      isKiosk: false,
      level,
    });
  }

  /** Everything but the title. */
  content() {
    const [everybody, ...cards] = this.#data.parts;
    const card = this.#texts.find("facts", "card");
    const parts = [
      this.#section("contents", this.#texts.find("questions", "card", "legend"), ...this.#contents(cards)),
      ...cards.map((part) =>
        this.#section(`card-${part.card}`, `${card}: ${this.#card(part)}`, ...this.#periods(part)),
      ),
      everybody && this.#section("everybody", this.#text("everybody"), ...this.#periods(everybody)),
    ];
    return [
      ...this.#opening(),
      ...parts,
      this.#section("exceptions", this.#text("exceptions"), ...this.#exceptions()),
      this.#section("contacts", this.#texts.page("contactsHeading"), this.#contacts()),
      this.#section("explained", this.#text("explained"), ...this.#explanations()),
      this.#parts.footer(this.#rules.national, this.#rules.insurer),
    ];
  }

  /**
   * A text of the guide.
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  #text(key, values = {}) {
    return this.#texts.filled(["guide", key], values);
  }

  /**
   * @param {string} key
   * @param {{ from?: string | null, to?: string | null }} days
   */
  #dated(key, { from, to }) {
    return this.#text(key, { from: this.#texts.day(from ?? ""), to: this.#texts.day(to ?? "") });
  }

  /**
   * @param {string} id
   * @param {string | undefined} title
   * @param {...import("../../../www/elements/dom.js").Child} content
   */
  #section(id, title = "", ...content) {
    return element(
      "section",
      { id, "aria-labelledby": `${id}-title` },
      heading(this.#level + 1, { id: `${id}-title` }, title),
      ...content,
    );
  }

  /** For when and for whom it is. */
  #opening() {
    const { warnings } = this.#data;
    return [
      element("p", { class: "valid" }, this.#dated("valid", this.#data)),
      ...warnings.flatMap((period) => {
        const said = this.#parts.warnings(period.what);
        return said.length > 0 && warnings.length > 1
          ? [element("p", {}, this.#dated("period", period)), ...said]
          : said;
      }),
      element("p", {}, this.#text("short")),
      this.#check && element("p", { class: "check" }, element("a", { href: this.#check }, this.#text("check"))),
      element("p", {}, this.#text("covered"), " ", element("a", { href: "#exceptions" }, this.#text("exceptions"))),
    ];
  }

  /** @param {Part[]} cards */
  #contents(cards) {
    return [
      element("p", { class: "hint" }, this.#texts.find("questions", "card", "hint")),
      element(
        "ul",
        {},
        cards.map((part) => element("li", {}, element("a", { href: `#card-${part.card}` }, this.#card(part)))),
      ),
    ];
  }

  /** @param {Part} part */
  #card({ card }) {
    return this.#texts.find("questions", "card", "options", card ?? "") ?? "";
  }

  /** @param {Part} part */
  #periods({ periods }) {
    const level = this.#level + 2;
    return periods.length === 1
      ? this.#rows(periods[0], level)
      : periods.flatMap((period) => [
          heading(level, {}, this.#dated("period", period)),
          ...this.#rows(period, level + 1),
        ]);
  }

  /**
   * @param {Dated<Row[]> | undefined} period
   * @param {number} level of the headings
   */
  #rows(period, level) {
    const { from = "", to = "", what: rows = [] } = period ?? {};
    return rows.flatMap((row, number) => {
      const { said, over, ...whose } = row;
      const begins = over !== null && rows[number - 1]?.over !== over;
      // Whoever it is for is not said where there was nobody else before.
      const who = this.#whose(row) || (number > 0 && over === null ? this.#text("all") : "");
      return [
        begins && heading(level, {}, this.#text(over ? "over" : "grace")),
        element(
          "div",
          { class: "row", "data-row": JSON.stringify({ from, to, over, ...whose }) },
          who !== "" && heading(over === null ? level : level + 1, {}, who),
          this.#said(said),
        ),
      ];
    });
  }

  /** @param {Row} row */
  #whose({ certificate, smartphone }) {
    const [one, other] = [
      certificate && this.#texts.find("guide", "certificate", certificate),
      smartphone !== null && this.#texts.find("guide", "smartphone", String(smartphone)),
    ];
    return one && other ? this.#text("both", { one, other }) : one || other || "";
  }

  /** @param {Said[]} said */
  #said(said) {
    const sections = SECTIONS.map((section) => ({ section, some: said.filter((one) => one.section === section) }));
    return element(
      "dl",
      {},
      sections
        .filter(({ some }) => some.length > 0)
        .map(({ section, some }) =>
          element(
            "div",
            { class: section },
            element("dt", {}, this.#texts.find("sections", section)),
            element(
              "dd",
              {},
              element(
                "ul",
                {},
                some.map((one) => this.#item(one)),
              ),
            ),
          ),
        ),
    );
  }

  /** @param {Stretch} stretch of days of enrolment */
  #enrolled(stretch) {
    const { from, to, age } = stretch;
    const key = from && to ? "between" : from ? "since" : "until";
    const days = from || to ? this.#dated(key, stretch) : "";
    const ages = age === "any" ? "" : this.#text(age);
    return days && ages ? this.#text("both", { one: days, other: ages }) : days || ages;
  }

  /**
   * What is said in short, with the way to its explanation.
   * @param {Said} said
   */
  #item({ enrolled, ...item }) {
    const { id, layer, args, by } = item;
    const about = this.#texts.find("topics", String(args.about));
    const title = this.#parts.title(id) + (about ? `: ${about}` : "");
    const equal = JSON.stringify([id, layer, args, by]);
    const alike = [...this.#explained.values()].filter((one) => one.item.id === id).length;
    // All questions to the insurer are explained in one place.
    const anchor = `say-${id}${alike > 0 && id !== "ask-insurer" ? `-${alike + 1}` : ""}`;
    const known = this.#explained.get(equal) ?? { anchor, item };
    this.#explained.set(equal, known);
    const when = this.#texts.all(enrolled.map((one) => this.#enrolled(one)));
    return element(
      "li",
      { "data-guidance": id, "data-enrolled": when !== "" && JSON.stringify(enrolled) },
      when !== "" && element("span", { class: "enrolled" }, `${when}: `),
      element("a", { href: `#${known.anchor}` }, title),
      by && ` ${this.#texts.page("by", { day: this.#texts.day(by) })}`,
    );
  }

  /** Who is told something else. */
  #exceptions() {
    const { circumstances } = this.#data;
    // Who has a 資格確認書, and who has none any more, has rows of their own.
    const told = OCCASIONS.flatMap(([, some]) => some).filter(([fact]) => fact !== "certificate");
    const who = told.flatMap((circumstance) => {
      const answers = circumstances.flatMap((question) => offered(circumstance, [question]));
      return answers.map((answer) => this.#texts.circumstance(circumstance[0], answer));
    });
    return [
      element("p", {}, this.#text("exceptionsAsk")),
      element(
        "ul",
        {},
        [...new Set([this.#text("upcoming"), ...who])].map((one) => element("li", {}, one)),
      ),
    ];
  }

  #contacts() {
    const { contacts } = this.#data;
    const lines = this.#parts.lines(
      /** @type {any} */ ({ contacts: contacts.map((line) => ({ ...line, open: true })) }),
    );
    return element(
      "ul",
      { class: "items", role: "list" },
      lines.map((line) => {
        const closed = contacts.find(({ id }) => id === line.id)?.periods.filter(({ what }) => !what) ?? [];
        return element(
          "li",
          { class: "item" },
          ...this.#parts.line(line),
          ...closed.map((period) => element("p", {}, this.#dated("closed", period))),
        );
      }),
    );
  }

  /** What was said in short, each once, with where it is written. */
  #explanations() {
    const all = [...this.#explained.values()];
    const isAsk = (/** @type {{ item: Item }} */ { item }) => item.id === "ask-insurer";
    const some = SECTIONS.flatMap((section) => all.filter((one) => one.item.section === section && !isAsk(one)));
    const asks = all.filter(isAsk);
    const list = this.#parts.list(some.map(({ item }) => item));
    [...list.children].forEach((li, number) => li.setAttribute("id", some[number]?.anchor ?? ""));
    const asked = this.#parts.asks(asks.map(({ item }) => item));
    asked?.children[0]?.setAttribute("id", "say-ask-insurer");
    return [list, asked];
  }
}
