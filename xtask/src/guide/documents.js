/** Whole documents with the guide in them. */

import { element, withoutReadings } from "../../../www/elements/dom.js";
import { Guide } from "./guide.js";

/** @typedef {import("../../../www/elements/languages.js").Language} Language */
/** @typedef {import("../../../www/elements/sheet-parts.js").Rules} Rules */
/** @typedef {import("../../../www/elements/texts.js").Texts} Texts */
/** @typedef {import("./guide.js").Data} Data */

/** Everything there is a guide for. */
/** @typedef {{ data: Data, rules: { national: Rules, insurer: Rules | undefined } }} Subject */

const STYLES = ["../style.css", "../elements/navi-sheet.css", "./guide.css"];

/**
 * The guide of one insurer in one language.
 * @param {Subject} subject
 * @param {Texts} texts
 * @param {Language[]} languages
 */
export function guide({ data, rules }, texts, languages) {
  const { insurer, national } = rules;
  const { id } = texts.language;
  const name = (insurer ?? national).name;
  const title = texts.filled(["guide", "title"], {});
  const check = `../?insurer=${data.insurer}&lang=${id}`;
  const nav = element(
    "nav",
    { "aria-label": texts.filled(["guide", "languages"], {}) },
    element(
      "ul",
      {},
      languages.map((language) =>
        element(
          "li",
          { lang: language.tag },
          element(
            "a",
            {
              href: `./${data.insurer}.${language.id}.html`,
              hreflang: language.tag,
              "aria-current": language.id === id && "page",
            },
            language.name,
          ),
        ),
      ),
    ),
    element("p", {}, element("a", { href: "./index.html" }, texts.filled(["guide", "others"], {}))),
  );
  const content = new Guide({ data, rules, texts, level: 1, check }).content();
  return page({
    language: texts.language,
    title: withoutReadings(`${title} — ${texts.ownText(name)}`),
    above: nav,
    main: [element("h1", {}, title), element("p", { class: "sheet-for" }, texts.own(name)), ...content],
  });
}

/**
 * The guide of one insurer as it stands in a single file, where nothing leads elsewhere.
 * @param {Subject} subject
 * @param {Texts} texts
 */
export function inside({ data, rules }, texts) {
  return element(
    "section",
    { class: "guide", "aria-labelledby": "guide-title" },
    element("h2", { id: "guide-title" }, texts.filled(["guide", "title"], {})),
    element("p", { class: "sheet-for" }, texts.own((rules.insurer ?? rules.national).name)),
    ...new Guide({ data, rules, texts, level: 2 }).content(),
  );
}

/**
 * The way to every guide: languages, and in each the insurers.
 * @param {Subject[]} subjects
 * @param {Texts[]} all the texts of each language
 * @param {Texts} own the texts of the document itself
 */
export function index(subjects, all, own) {
  const title = own.filled(["guide", "title"], {});
  return page({
    language: own.language,
    title,
    above: element("p", {}, element("a", { href: "../" }, own.filled(["guide", "check"], {}))),
    main: [element("h1", {}, title), ...all.map((texts) => insurers(subjects, texts))],
  });
}

/**
 * @param {Subject[]} subjects
 * @param {Texts} texts
 */
function insurers(subjects, texts) {
  const { id, tag, name } = texts.language;
  return element(
    "section",
    { lang: tag, "aria-labelledby": id },
    element("h2", { id }, name),
    element("p", {}, texts.page("insurerLegend")),
    element(
      "ul",
      {},
      subjects.map(({ data, rules }) =>
        element(
          "li",
          {},
          element("a", { href: `./${data.insurer}.${id}.html` }, texts.own((rules.insurer ?? rules.national).name)),
        ),
      ),
    ),
  );
}

/**
 * @param {object} what
 * @param {Language} what.language
 * @param {string} what.title
 * @param {HTMLElement} what.above ways to elsewhere
 * @param {import("../../../www/elements/dom.js").Child[]} what.main
 */
function page({ language, title, above, main }) {
  const made = element(
    "html",
    { lang: language.tag },
    element(
      "head",
      {},
      element("meta", { charset: "utf-8" }),
      element("meta", { "http-equiv": "x-dns-prefetch-control", content: "off" }),
      element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      element("title", {}, `資格ナビ — ${title}`),
      element("link", { rel: "icon", href: "data:," }),
      ...STYLES.map((href) => element("link", { rel: "stylesheet", href })),
    ),
    element(
      "body",
      { class: "guide" },
      element("header", {}, element("p", { class: "name", lang: "ja" }, "資格ナビ"), above),
      element("main", {}, ...main),
    ),
  );
  return `<!doctype html>\n${made}\n`;
}
