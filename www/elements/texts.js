/** The page's words in one language, with their blanks filled in. */

import { readDay } from "../engine/engine.js";
import { element, withoutReadings } from "./dom.js";

/** @typedef {import("../engine/types.d.ts").Item} Item */
/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {import("./languages.js").Language} Language */
/** @typedef {{ [key: string]: string | string[] | Tree }} Tree */

export class Texts {
  #tree;

  /**
   * @param {Tree} tree the locale file
   * @param {Language} language
   * @param {boolean} readings whether words come with how they are read
   * @param {Texts} [japanese] the texts in Japanese, for what is shown to people at a counter
   */
  constructor(tree, language, readings, japanese) {
    this.#tree = tree;
    this.language = language;
    this.readings = readings;
    /** @type {Texts} */
    this.japanese = japanese ?? this;
  }

  /**
   * What stands under a path.
   * @param {string[]} path
   */
  #at(path) {
    /** @type {string | string[] | Tree | undefined} */
    let here = this.#tree;
    for (const key of path) {
      here = typeof here === "object" && !Array.isArray(here) && Object.hasOwn(here, key) ? here[key] : undefined;
    }
    return here;
  }

  /**
   * The text under a path, or `undefined`.
   * @param {...string} path
   * @returns {string | undefined}
   */
  find(...path) {
    const here = this.#at(path);
    return typeof here === "string" ? this.#read(here) : undefined;
  }

  /**
   * The list of texts under a path; none if there is none.
   * @param {...string} path
   * @returns {string[]}
   */
  list(...path) {
    const here = this.#at(path);
    return Array.isArray(here) ? here.map((text) => this.#read(text)) : [];
  }

  /** @param {string} text */
  #read(text) {
    return this.readings ? text : withoutReadings(text);
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
   * The text under a path, its blanks filled in.
   * @param {string[]} path
   * @param {Record<string, string>} values
   */
  filled(path, values) {
    return fill(this.find(...path) ?? path.join("."), values);
  }

  /**
   * A text of a rules file: in this language, else in Japanese and marked as such.
   * @param {Record<string, string> | undefined} text
   * @returns {Node | string}
   */
  own(text) {
    const mine = text?.[this.language.tag];
    return mine ?? (this.language.tag === "ja" ? "" : element("span", { lang: "ja" }, text?.ja));
  }

  /**
   * The same as mere text.
   * @param {Record<string, string> | undefined} text
   */
  ownText(text) {
    return text?.[this.language.tag] ?? text?.ja ?? "";
  }

  /**
   * A day as people write it; in Japanese with its era.
   * @param {string} iso
   */
  day(iso) {
    const read = readDay(iso);
    if ("error" in read) {
      return iso;
    }
    const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
    if (this.language.tag !== "ja") {
      // eslint-disable-next-line no-restricted-globals -- a day is put into words, no clock is read
      const midnight = new Date(Date.UTC(year, month - 1, day));
      return new Intl.DateTimeFormat(this.language.tag, { dateStyle: "long", timeZone: "UTC" }).format(midnight);
    }
    const written = `${year}年${month}月${day}日（${read.era}）`;
    return this.language.id === "ja" ? written : this.#read(dayWithReadings(written));
  }

  /**
   * Several words as a list in a sentence.
   * @param {string[]} words
   */
  all(words) {
    return new Intl.ListFormat(this.language.tag, { type: "conjunction" }).format(words);
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
   * A circumstance that applies, in the words by which it was ticked.
   * @param {string} fact
   * @param {string} answer
   */
  circumstance(fact, answer) {
    return this.find("circumstances", fact, answer) ?? this.find("circumstances", fact) ?? fact;
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
    return (
      this.find("questions", fact, "options", text) ??
      this.find("circumstances", fact, text) ??
      (/^\d{4}-/.test(text) ? this.day(text) : text)
    );
  }
}

/**
 * @param {string} text
 * @param {Record<string, string>} values
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
}

const ERAS = { 明治: "めいじ", 大正: "たいしょう", 昭和: "しょうわ", 平成: "へいせい", 令和: "れいわ" };
/** Days of the month that are not read as their number. @type {Record<string, string>} */
const DAYS = {
  1: "ついたち",
  2: "ふつか",
  3: "みっか",
  4: "よっか",
  5: "いつか",
  6: "むいか",
  7: "なのか",
  8: "ようか",
  9: "ここのか",
  10: "とおか",
  14: "じゅうよっか",
  20: "はつか",
  24: "にじゅうよっか",
};

/**
 * A date in Japanese, with how its parts are read.
 * @param {string} written
 */
function dayWithReadings(written) {
  let text = written.replace(/(\d+)日/g, (_, day) => {
    const reading = DAYS[day];
    return reading ? `{${day}日|${reading}}` : `${day}{日|にち}`;
  });
  for (const [era, reading] of Object.entries(ERAS)) {
    text = text.replaceAll(era, `{${era}|${reading}}`);
  }
  return text
    .replaceAll("元年", "{元年|がんねん}")
    .replace(/(\d)年/g, "$1{年|ねん}")
    .replaceAll("月", "{月|がつ}");
}
