/** The whole guided check as one element, in one root of its own. */

import { load, ready, readDay, todayInJapan } from "../engine/engine.js";
import { element, heading } from "./dom.js";
import { NaviInsurers } from "./navi-insurers.js";
import { NaviQuestion } from "./navi-question.js";
import { NaviSheet } from "./navi-sheet.js";
import { Texts } from "./texts.js";

/** @typedef {import("../engine/types.d.ts").Facts} Facts */
/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {import("../engine/types.d.ts").Question} Question */
/** @typedef {import("./navi-insurers.js").Insurer} Insurer */
/** @typedef {import("./navi-sheet.js").Rules} Rules */

const STYLE = new URL("./shikaku-navi.css", import.meta.url);
const TEXTS = new URL("../locales/ja.json", import.meta.url);
const NATIONAL = new URL("../rules/national.json", import.meta.url);
const INSURERS = new URL("../rules/insurers.json", import.meta.url);

/**
 * `insurer`: the insurer's id; without it the member chooses. `as-of`: a day to preview, as people write it.
 * `heading-level`: the level of its headings, 2 unless told. What stands inside the tag is shown where the check
 * cannot run.
 */
export class ShikakuNavi extends HTMLElement {
  /** Where the check is drawn. */
  #stage = element("div", { class: "stage" });
  /** @type {Map<Fact, string | boolean | null>} What was answered; `null` for “I do not know”. */
  #answers = new Map();
  /** @type {Fact | undefined} The question to show although it was answered before. */
  #asked;
  /** @type {Texts | undefined} */
  #texts;
  /** @type {Rules | undefined} */
  #national;
  /** @type {Insurer[]} */
  #insurers = [];
  /** @type {Rules | undefined} The insurer's rules file; none for what holds nationwide. */
  #insurer;
  /** @type {import("../engine/shikaku_navi.js").Navi | undefined} */
  #navi;
  /** Whether the insurer is chosen here, and not given by the page. */
  #chosenHere = false;
  /** @type {{ day: string, preview: boolean, mistyped?: string }} */
  #asOf = { day: "", preview: false };

  connectedCallback() {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      root.append(this.#stage);
      this.#start();
    }
  }

  async #start() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    if (typeof WebAssembly !== "object") {
      this.#fallBack("noWasm");
      return;
    }
    try {
      const [style, texts, national, insurers] = await Promise.all([
        fetched(STYLE).then((response) => response.text()),
        fetched(TEXTS).then((response) => response.json()),
        fetched(NATIONAL).then((response) => response.json()),
        fetched(INSURERS).then((response) => response.json()),
      ]);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
      this.#texts = new Texts(texts, "ja");
      this.#national = national;
      this.#insurers = [...insurers, { id: "national", name: national.name, insurerNumber: null }];
    } catch {
      this.#fallBack("noData");
      return;
    }
    try {
      await ready();
    } catch {
      this.#fallBack("noWasm");
      return;
    }
    // A page that was left open, or comes back from the browser's memory, speaks of the day it is now.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#asOf.day !== this.#day().day && this.#navi) {
        this.#draw("quietly");
      }
    });
    const insurer = this.getAttribute("insurer");
    if (insurer === null) {
      this.#offerInsurers();
    } else {
      await this.#choose(insurer);
    }
  }

  /** The day the guidance is for: the one to preview, or today in Japan. */
  #day() {
    const today = todayInJapan();
    const typed = this.getAttribute("as-of");
    if (typed === null) {
      return { day: today, preview: false };
    }
    const read = readDay(typed);
    return "error" in read
      ? { day: today, preview: false, mistyped: typed }
      : { day: read.day, preview: read.day !== today };
  }

  /** @param {string} id */
  async #choose(id) {
    let insurer;
    if (id !== "national") {
      // An insurer that is not on the list may have been added beside it since the page was built.
      const listed = this.#insurers.find((one) => one.id === id)?.rules;
      const rules = listed ?? (/^[a-z0-9-]{1,64}$/.test(id) ? `./insurers/${id}.json` : undefined);
      const response = rules === undefined ? NOT_THERE : await fetch(new URL(rules, INSURERS)).catch(() => undefined);
      if (!response) {
        this.#fallBack("noData");
        return;
      }
      if (!response.ok) {
        this.#offerInsurers(id);
        return;
      }
      insurer = await response.json().catch(() => ({}));
    }
    const navi = await load({ national: this.#national, insurer });
    if ("error" in navi) {
      this.#fallBack("badData");
      return;
    }
    this.#navi = navi;
    this.#insurer = insurer;
    this.#answers.clear();
    this.#asked = undefined;
    this.#draw(this.#chosenHere ? "with focus" : "quietly");
  }

  /** @param {string} [unknown] an id that was asked for and is not there */
  #offerInsurers(unknown) {
    const texts = /** @type {Texts} */ (this.#texts);
    const choice = new NaviInsurers();
    choice.addEventListener("choose", (event) => this.#choose(/** @type {CustomEvent<string>} */ (event).detail));
    this.#asOf = this.#day();
    this.#stage.replaceChildren(...this.#notices(), choice, this.#privacy());
    choice.offer({ insurers: this.#insurers, texts, level: this.#level(), unknown });
    if (this.#chosenHere) {
      choice.focusHeading();
    }
    this.#chosenHere = true;
  }

  /**
   * What is known: answers count only as long as their question still comes up, so that a changed answer leaves no
   * stale one behind.
   * @returns {{ facts: Facts, given: Fact[], next: Question | undefined }}
   */
  #known() {
    const navi = /** @type {import("../engine/shikaku_navi.js").Navi} */ (this.#navi);
    /** @type {Facts} */
    const facts = { asOf: this.#asOf.day };
    /** @type {Fact[]} */
    const given = [];
    for (;;) {
      const questions = navi.questions(facts);
      const next = "error" in questions ? undefined : questions.find((question) => !given.includes(question.fact));
      if (!next || !this.#answers.has(next.fact) || next.fact === this.#asked) {
        return { facts, given, next };
      }
      given.push(next.fact);
      const answer = this.#answers.get(next.fact);
      Object.assign(facts, answer === null ? {} : { [next.fact]: answer });
    }
  }

  /** @param {"quietly" | "with focus"} how */
  #draw(how) {
    const texts = /** @type {Texts} */ (this.#texts);
    this.#asOf = this.#day();
    const { facts, given, next } = this.#known();
    const level = this.#level();
    const above = [...this.#notices(), this.#summary(given, texts)];
    const below = [this.#buttons(given, texts), this.#privacy()];
    if (next) {
      const asking = new NaviQuestion();
      asking.addEventListener("answer", (event) => this.#take(next.fact, /** @type {CustomEvent} */ (event).detail));
      this.#stage.replaceChildren(...above, asking, ...below);
      asking.ask({ question: next, texts, level, before: this.#answers.get(next.fact) });
      if (how === "with focus") {
        asking.focusHeading();
      }
      return;
    }
    const assessment = this.#navi?.assess(facts);
    if (!assessment || "error" in assessment) {
      this.#fallBack("badData");
      return;
    }
    const sheet = new NaviSheet();
    this.#stage.replaceChildren(...above, sheet, ...below);
    const complete = given.every((fact) => this.#answers.get(fact) !== null);
    const national = /** @type {Rules} */ (this.#national);
    sheet.show({ assessment, facts, complete, national, insurer: this.#insurer, texts, level });
    sheet.focusHeading();
  }

  /**
   * @param {Fact} fact
   * @param {string | boolean | null} answer
   */
  #take(fact, answer) {
    const before = this.#answers.get(fact);
    this.#answers.set(fact, answer);
    this.#asked = undefined;
    const { facts } = this.#known();
    const checked = this.#navi?.questions(facts);
    if (checked && "error" in checked) {
      // It does not fit what was answered before: the question stays, with the reason.
      if (before === undefined) {
        this.#answers.delete(fact);
      } else {
        this.#answers.set(fact, before);
      }
      const texts = /** @type {Texts} */ (this.#texts);
      const other = texts.find("facts", checked.error.fact ?? "") ?? "";
      /** @type {NaviQuestion | null} */ (this.#stage.querySelector("navi-question"))?.refuse(
        texts.page("inconsistent", { facts: other }),
      );
      return;
    }
    this.#draw("with focus");
  }

  /**
   * @param {Fact[]} given
   * @param {Texts} texts
   */
  #summary(given, texts) {
    if (given.length === 0) {
      return "";
    }
    const rows = given.map((fact) => {
      const name = texts.find("facts", fact) ?? fact;
      const change = () => {
        this.#asked = fact;
        this.#draw("with focus");
      };
      return element(
        "div",
        {},
        element("dt", {}, name),
        element("dd", {}, texts.answer(fact, this.#answers.get(fact))),
        element(
          "dd",
          { class: "change" },
          element(
            "button",
            { type: "button", class: "link", onclick: change },
            texts.page("change"),
            element("span", { class: "hidden" }, `: ${name}`),
          ),
        ),
      );
    });
    return element(
      "section",
      { class: "summary" },
      heading(this.#level(), {}, texts.page("answersHeading")),
      element("dl", {}, rows),
    );
  }

  /**
   * @param {Fact[]} given
   * @param {Texts} texts
   */
  #buttons(given, texts) {
    const button = (/** @type {string} */ key, /** @type {() => void} */ onclick) =>
      element("button", { type: "button", class: "link", onclick }, texts.page(key));
    const back = () => {
      this.#asked = given.at(-1);
      this.#draw("with focus");
    };
    const restart = () => {
      this.#answers.clear();
      this.#asked = undefined;
      this.#draw("with focus");
    };
    return element(
      "div",
      { class: "buttons" },
      given.length > 0 && button("back", back),
      given.length > 0 && button("restart", restart),
      this.#chosenHere && button("insurerChange", () => this.#offerInsurers()),
    );
  }

  #notices() {
    const texts = /** @type {Texts} */ (this.#texts);
    const notices = [];
    if (this.#asOf.preview) {
      notices.push(texts.page("preview", { day: texts.day(this.#asOf.day) }));
    } else if (this.#asOf.day < (this.#national?.version ?? "")) {
      // No day that can be today lies before the data was made.
      notices.push(texts.page("clockWrong"));
    }
    if (this.#asOf.mistyped !== undefined) {
      notices.push(texts.page("previewInvalid", { text: this.#asOf.mistyped }));
    }
    return notices.map((notice) => element("p", { class: "notice" }, notice));
  }

  #privacy() {
    return element("p", { class: "privacy" }, this.#texts?.page("privacy"));
  }

  /**
   * Says why the check cannot run, and shows what stands inside the tag.
   * @param {"noWasm" | "noData" | "badData"} why
   */
  #fallBack(why) {
    const words = { noWasm: NO_WASM, noData: NO_DATA, badData: NO_DATA }[why];
    const notice = element("p", { class: "notice", role: "alert" }, this.#texts?.page(why) ?? words);
    this.#stage.replaceChildren(notice, element("slot"));
  }

  #level() {
    return Number(this.getAttribute("heading-level") ?? 2);
  }
}

/** What a server answers that has no such file. */
const NOT_THERE = { ok: false, json: () => Promise.resolve({}) };

// Said before the texts have arrived, so it stands here.
const NO_WASM = "この機器では、自動の案内を動かせません。下の説明を見てください。";
const NO_DATA = "案内のデータを読み込めません。通信を確かめて、もう一度開いてください。下の説明も使えます。";

/** @param {URL} url */
async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return response;
}

customElements.get("shikaku-navi") ?? customElements.define("shikaku-navi", ShikakuNavi);
