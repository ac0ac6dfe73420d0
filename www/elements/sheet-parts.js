/** The parts of the answer: a piece of guidance with its reason and its source, what to ask, whom to call. */

import { drawn } from "./code.js";
import { drawings } from "./drawings.js";
import { element, heading } from "./dom.js";

/** @typedef {import("../engine/types.d.ts").Assessment} Assessment */
/** @typedef {import("../engine/types.d.ts").Item} Item */
/** @typedef {import("../engine/types.d.ts").Facts} Facts */
/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {import("../engine/types.d.ts").Warning} Warning */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {Record<string, string>} Text */
/**
 * What the page reads of a rules file.
 * @typedef {object} Rules
 * @property {Text} name
 * @property {string} version
 * @property {string} reviewBy
 * @property {{ day: string, estimated?: boolean }} sourcesOf
 * @property {Record<string, Text>} documents
 * @property {Record<string, string>} statements
 * @property {{ id: string, name: Text, hours?: Text, speaks?: string[] }[]} [contacts]
 * @property {Record<string, { text: Text }>} [forms]
 * @property {{ guidance: string, text: Text }[]} [notes]
 * @property {{ id: string, url: string, with: string[] }[]} [sites]
 */

/**
 * One person's answer.
 * @typedef {object} Answered
 * @property {number} number of the person
 * @property {string} name whom it is for
 * @property {Facts} facts
 * @property {Assessment} assessment
 * @property {Fact[]} unknown what was asked and is not known
 */

/** Puts one person's guidance into words and elements. */
export class Parts {
  /**
   * @param {object} what
   * @param {Texts} what.texts
   * @param {Facts} what.facts
   * @param {Rules[]} what.rules the insurer's, if there is one, then the national ones
   * @param {boolean} what.isKiosk whether the screen is a shared one, from which no link leads away
   * @param {Record<string, import("./code.js").Code>} what.codes two-dimensional codes by address
   * @param {number} what.level of the sheet's heading
   */
  constructor({ texts, facts, rules, isKiosk, codes, level }) {
    this.isKiosk = isKiosk;
    this.codes = codes;
    this.texts = texts;
    this.facts = facts;
    this.rules = rules;
    this.level = level;
  }

  /**
   * A section with its heading.
   * @param {string} name
   * @param {string} title
   * @param {...import("./dom.js").Child} content
   */
  section(name, title, ...content) {
    return element("section", { class: `section ${name}` }, heading(this.level + 1, {}, title), ...content);
  }

  /** @param {Item[]} items */
  list(items) {
    return element(
      "ul",
      { class: "items", role: "list" },
      items.map((item) =>
        element("li", { class: `item ${item.layer}`, "data-guidance": item.id }, ...this.#item(item)),
      ),
    );
  }

  /** @param {Item} item */
  #item(item) {
    const { texts } = this;
    const way = (/** @type {"steps" | "ways"} */ key, /** @type {"ol" | "ul"} */ tag, /** @type {string} */ title) => {
      const steps = texts.list("guidance", item.id, key);
      return steps.length === 0
        ? []
        : [
            element("p", { class: "steps-title" }, texts.page(title)),
            element(
              tag,
              { class: "steps" },
              steps.map((step) => element("li", {}, step)),
            ),
          ];
    };
    return [
      element("div", { class: "drawings" }, ...drawings(item.id)),
      heading(this.level + 2, {}, this.title(item.id)),
      item.by && this.#by(item.by),
      ...texts.sentences(item, (form) => this.#formName(form)).map((sentence) => element("p", {}, sentence)),
      ...way("steps", "ol", "steps"),
      ...way("ways", "ul", "waysToDo"),
      ...this.#notes(item),
      this.why([item]),
    ];
  }

  /** @param {string} id of a piece of guidance */
  title(id) {
    return this.texts.find("guidance", id, "title") ?? id;
  }

  /** @param {string} day */
  #by(day) {
    const past = day < (this.facts.asOf ?? "");
    return element("p", { class: "by" }, this.texts.page(past ? "byPast" : "by", { day: this.texts.day(day) }));
  }

  /** @param {Item} item */
  #notes(item) {
    const notes = this.rules.flatMap((rules) => rules.notes ?? []).filter((note) => note.guidance === item.id);
    return notes.map((note) => {
      const text = this.texts.own(note.text);
      const marked = typeof text !== "string";
      return element(
        "p",
        { class: "note" },
        marked && element("small", {}, this.texts.page("japaneseOnly")),
        text,
        ...this.#codesIn(this.texts.ownText(note.text)),
      );
    });
  }

  /**
   * The codes of the addresses in a text: nobody can follow them on a shared screen, but take them along.
   * @param {string} text
   */
  #codesIn(text) {
    const named = this.isKiosk ? Object.entries(this.codes) : [];
    return named.filter(([address]) => text.includes(address)).map(([, code]) => drawn(code));
  }

  /**
   * Why something is said: whose word it is, the answers that led to it, and where that is written.
   * @param {Item[]} items that are said together
   * @returns {HTMLElement}
   */
  why(items) {
    const { texts } = this;
    const layers = [...new Set(items.map((item) => item.layer))];
    const facts = [...new Set(items.flatMap((item) => item.because))];
    return element(
      "details",
      {},
      element(
        "summary",
        {},
        texts.page("why"),
        element("span", { class: "layer" }, texts.all(layers.map((layer) => texts.find("layers", layer) ?? layer))),
      ),
      ...(facts.length === 0
        ? [element("p", {}, texts.page("becauseNothing"))]
        : [
            element("p", {}, texts.page("because")),
            element(
              "ul",
              {},
              facts.map((fact) =>
                element("li", {}, `${texts.find("facts", fact) ?? fact}: `, texts.answer(fact, this.facts[fact])),
              ),
            ),
          ]),
      element("p", {}, texts.page("source")),
      this.sources(items),
    );
  }

  /**
   * Where it is written: each document with the places in it.
   * @param {Item[]} items that are said together
   */
  sources(items) {
    /** @type {Map<Text | undefined, import("./dom.js").Child[]>} */
    const documents = new Map();
    for (const id of new Set(items.flatMap((item) => item.sources))) {
      const rules = this.rules.find((file) => Object.hasOwn(file.statements, id));
      const document = rules?.documents[id.slice(0, id.lastIndexOf("-"))];
      const place = element("span", { lang: "ja" }, rules?.statements[id] ?? "");
      const before = documents.get(document);
      documents.set(document, [...(before ? [...before, "; "] : []), place, ` (${id})`]);
    }
    const { texts } = this;
    return element(
      "ul",
      {},
      [...documents].map(([document, places]) => element("li", {}, texts.own(document), ": ", ...places)),
    );
  }

  /**
   * What the insurer has to be asked, as one list with what to say on the phone.
   * @param {Item[]} asks
   */
  asks(asks) {
    const { texts } = this;
    if (asks.length === 0) {
      return null;
    }
    const questions = asks.map((item) => {
      const about = String(item.args.about);
      const { japanese } = texts;
      // A quote within a quote has marks of its own.
      const quoted = (japanese.find("topics", about) ?? about).replaceAll("「", "『").replaceAll("」", "』");
      const said = japanese.page("sayTo", { about: quoted });
      return element(
        "li",
        {},
        element("p", {}, texts.find("topics", about) ?? about),
        element("p", { class: "say", lang: "ja" }, said),
      );
    });
    return element(
      "ul",
      { class: "items", role: "list" },
      element(
        "li",
        { class: "item", "data-guidance": "ask-insurer" },
        heading(this.level + 2, {}, this.title("ask-insurer")),
        element("p", {}, texts.find("guidance", "ask-insurer", "text")),
        element("p", { class: "hint" }, texts.page(texts.language.tag === "ja" ? "sayOnPhone" : "sayInJapanese")),
        element("ul", { class: "questions" }, questions),
        this.why(asks),
      ),
    );
  }

  /**
   * The days ahead to keep in mind: deadlines, the end of the cover, and the expiries printed on cards.
   * @param {Facts} facts
   * @param {Assessment} assessment
   * @returns {{ day: string, what: string }[]}
   */
  marks(facts, assessment) {
    const due = assessment.guidance.map(({ id, by }) => ({ day: by, what: this.title(id) }));
    const printed = [
      { day: facts.endedOn, what: this.texts.find("facts", "endedOn") ?? "" },
      { day: facts.certificateExpiresOn, what: this.texts.page("expiryOfCertificate") },
      { day: facts.cardCertificateExpiresOn, what: this.texts.page("expiryOfCard") },
    ];
    return [...due, ...printed].flatMap(({ day, what }) => (day && day >= assessment.asOf ? [{ day, what }] : []));
  }

  /**
   * The lines that are open on the day. Who reads another language is first told where it is spoken, and nobody is
   * sent to a language they do not read.
   * @param {Assessment} assessment
   */
  lines(assessment) {
    const { tag } = this.texts.language;
    const known = this.rules.flatMap((rules) => rules.contacts ?? []);
    return assessment.contacts
      .filter((line) => line.open)
      .map((line) => ({ ...line, ...known.find((contact) => contact.id === line.id) }))
      .filter(({ speaks }) => !speaks || speaks.includes(tag))
      .sort((one, other) => Number(Boolean(other.speaks)) - Number(Boolean(one.speaks)));
  }

  /** @param {Assessment} assessment */
  contacts(assessment) {
    const open = this.lines(assessment);
    return (
      open.length > 0 &&
      this.section(
        "contacts",
        this.texts.page("contactsHeading"),
        element(
          "ul",
          { class: "items", role: "list" },
          open.map((line) => element("li", { class: "item" }, ...this.line(line))),
        ),
      )
    );
  }

  /** @param {{ phone: string, name?: Text, hours?: Text }} line a telephone line */
  line({ name, phone, hours }) {
    const { texts } = this;
    return [
      heading(this.level + 2, {}, texts.own(name)),
      element("p", { class: "phone" }, this.link(`tel:${phone.replaceAll("-", "")}`, phone)),
      hours && element("p", {}, texts.page("contactHours", { hours: "" }), texts.own(hours)),
    ];
  }

  /**
   * @param {string} href
   * @param {string} text
   */
  link(href, text) {
    return this.isKiosk ? text : element("a", { href, rel: "noreferrer" }, text);
  }

  /**
   * Why the answer is to be used with care.
   * @param {Warning[]} warnings
   */
  warnings(warnings) {
    const { texts } = this;
    return warnings.map(({ id, args }) => {
      const days = Object.entries(args).map(([key, day]) => [key, texts.day(day ?? "")]);
      return element("p", { class: "notice" }, texts.filled(["warnings", id], Object.fromEntries(days)));
    });
  }

  /**
   * What the answer rests on, and whom to tell about a mistake.
   * @param {Rules} national
   * @param {Rules | undefined} insurer
   */
  footer(national, insurer) {
    const { texts } = this;
    const own = insurer ?? national;
    const days = {
      insurer: texts.ownText(own.name),
      version: texts.day(own.version),
      national: texts.day(national.version),
    };
    const { day, estimated } = own.sourcesOf;
    return element(
      "footer",
      {},
      element("p", {}, texts.page("disclaimer")),
      element(
        "p",
        {},
        texts.page("rulesOf", days),
        insurer && element("br"),
        insurer && texts.page(estimated ? "sourcesOfEstimated" : "sourcesOf", { day: texts.day(day) }),
      ),
      element("p", {}, texts.page("mistake")),
    );
  }

  /** @param {string} form */
  #formName(form) {
    return this.texts.ownText(this.rules.find((rules) => rules.forms?.[form])?.forms?.[form]?.text) || form;
  }
}
