/** The page's words in one language, with their blanks filled in. */

import { readDay } from "../engine/engine.js";

/** @typedef {import("../engine/types.d.ts").Item} Item */
/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {{ [key: string]: string | Tree }} Tree */

export class Texts {
  #tree;
  #language;

  /**
   * @param {Tree} tree the locale file
   * @param {string} language its BCP 47 tag
   */
  constructor(tree, language) {
    this.#tree = tree;
    this.#language = language;
  }

  /**
   * The text under a path, or `undefined`.
   * @param {...string} path
   * @returns {string | undefined}
   */
  find(...path) {
    /** @type {string | Tree | undefined} */
    let here = this.#tree;
    for (const key of path) {
      here = typeof here === "object" && Object.hasOwn(here, key) ? here[key] : undefined;
    }
    return typeof here === "string" ? here : undefined;
  }

  /**
   * A text of the page itself, its blanks filled in.
   * @param {string} key
   * @param {Record<string, string>} [values]
   */
  page(key, values = {}) {
    return fill(this.find("page", key) ?? key, values);
  }

  /**
   * A text of a rules file: in this language, else in Japanese.
   * @param {Record<string, string> | undefined} text
   */
  of(text) {
    return text?.[this.#language] ?? text?.ja ?? "";
  }

  /**
   * A day as people write it, western and in its era.
   * @param {string} iso
   */
  day(iso) {
    const read = readDay(iso);
    if ("error" in read) {
      return iso;
    }
    const [year, month, day] = iso.split("-").map(Number);
    return `${year}年${month}月${day}日（${read.era}）`;
  }

  /**
   * What a piece of guidance says beyond its title: its text, then a sentence for each argument.
   * @param {Item} item
   * @param {(form: string) => string} formName
   * @returns {string[]}
   */
  sentences(item, formName) {
    const text = this.find("guidance", item.id, "text");
    const sentences = text ? [text] : [];
    for (const [name, value] of Object.entries(item.args)) {
      const path = ["guidance", item.id, "args", name];
      const sentence = this.find(...path) ?? this.find(...path, String(value));
      if (sentence) {
        sentences.push(fill(sentence, { [name]: this.#argument(name, String(value), formName) }));
      }
    }
    return sentences;
  }

  /**
   * @param {string} name
   * @param {string} value
   * @param {(form: string) => string} formName
   */
  #argument(name, value, formName) {
    if (name === "about") {
      return this.find("topics", value) ?? value;
    }
    if (name === "form") {
      return formName(value);
    }
    const month = /^(\d{4})-(\d{2})$/.exec(value);
    if (month) {
      return this.page("monthAbout", { year: String(Number(month[1])), month: String(Number(month[2])) });
    }
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? this.day(value) : value;
  }

  /**
   * The answer to a question in the words it was chosen by.
   * @param {Fact} fact
   * @param {unknown} value
   */
  answer(fact, value) {
    if (value === null || value === undefined) {
      return this.page("unknown");
    }
    const text = String(value);
    return this.find("questions", fact, "options", text) ?? (/^\d{4}-/.test(text) ? this.day(text) : text);
  }
}

/**
 * @param {string} text
 * @param {Record<string, string>} values
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
}
