/** The whole guided check as one element, in one root of its own: the language, the insurer, then the check itself. */

import { load, ready, readDay, todayInJapan } from "../engine/engine.js";
import { get } from "../engine/files.js";
import INSURERS from "../rules/insurers.js";
import { attend, Base, element, fillIn, withReadings } from "./dom.js";
import { LANGUAGES, arrived, fetchInIdleTime, json } from "./languages.js";
import { fullScreenButton, watchOver } from "./kiosk.js";
import { languageBar } from "./language-bar.js";
import { cutConnections } from "./lock.js";
import { NaviCheck } from "./navi-check.js";
import { NaviInsurers } from "./navi-insurers.js";
import { Texts } from "./texts.js";

/** @typedef {import("./languages.js").Language} Language */
/** @typedef {import("./navi-insurers.js").Insurer} Insurer */
/** @typedef {import("./sheet-parts.js").Rules} Rules */

/** What differs on paper comes last. */
const STYLES = [new URL("./shikaku-navi.css", import.meta.url), new URL("./navi-sheet.css", import.meta.url)];
const KIOSK_STYLE = new URL("./navi-kiosk.css", import.meta.url);
const NATIONAL = new URL("../rules/national.json", import.meta.url);
const CODES = new URL("../rules/codes.json", import.meta.url);

/**
 * `insurer`: the insurer's id; without it the member chooses. `lang`: the language, which follows what the member
 * chooses. `as-of`: a day to preview, as people write it. `heading-level`: the level of its headings, 2 unless told.
 * `locks`: the page is there for the check alone, which cuts the page’s connections before the first answer. `mode`:
 * `kiosk` for a shared screen, which forgets everything after `idle` seconds (90 unless told) and 20 more. What stands
 * inside the tag is shown where the check cannot run.
 */
export class ShikakuNavi extends Base {
  /** Where everything is drawn. */
  #stage = element("div", { class: "stage" });
  #bar = element("div", { class: "bar" });
  #notices = element("div", { class: "notices" });
  #content = element("div", { class: "content" });
  /** @type {Texts | undefined} */
  #japanese;
  /** @type {Texts | undefined} */
  #texts;
  #readings = true;
  /** @type {Rules | undefined} */
  #national;
  /** @type {Insurer[]} */
  #insurers = [];
  /** Whether the insurer is chosen here, and not given by the page. */
  #chosenHere = false;
  /** @type {string | undefined} An insurer that was asked for and is not there. */
  #unknown;
  /** @type {Rules | undefined} The rules of the insurer that was chosen, or is given. */
  #insurer;
  /** @type {import("../engine/shikaku_navi.js").Navi | undefined} */
  #navi;
  /** @type {NaviCheck | undefined} */
  #check;
  /** @type {string | undefined} The day that what is shown is for. */
  #asOf;
  /** @type {Record<string, import("./code.js").Code>} Filled once they are here. */
  #codes = {};
  /** Whether the page’s connections are to be cut, were, or were shown to be. @type {"open" | "cut" | "shown"} */
  #lock = "open";
  /** @type {Texts | undefined} Those to begin with. */
  #first;
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // A page that was left open, or comes back from the browser's memory, speaks of the day it is now.
    document.addEventListener("visibilitychange", () => document.hidden || this.#refresh(), { signal });
    for (const type of ["focusin", "pointerdown", "keydown", "click"]) {
      this.#content.addEventListener(type, (event) => this.#cut(event), { signal, capture: true });
    }
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      root.append(this.#stage);
      this.#start();
    } else if (this.#stage.dataset.mode === "kiosk") {
      this.#watch();
    }
  }

  get #isKiosk() {
    return this.getAttribute("mode") === "kiosk";
  }

  #watch() {
    watchOver({
      stage: this.#stage,
      quiet: this.getAttribute("idle"),
      isOurs: this.hasAttribute("locks"),
      texts: () => /** @type {Texts} */ (this.#texts),
      forget: () => this.#forget(),
      refresh: () => this.#refresh(),
      signal: this.#listening.signal,
    });
  }

  /** On a shared screen, nothing that somebody chose or answered is there for whoever comes next. */
  #forget() {
    const first = /** @type {Texts} */ (this.#first);
    this.#texts = first;
    this.#readings = true;
    this.setAttribute("lang", first.language.id);
    this.#stage.querySelector(".slip")?.remove();
    delete this.#stage.dataset.print;
    if (this.#chosenHere) {
      this.#offerInsurers();
    } else if (this.#check) {
      this.#check.forget();
      this.#draw();
    }
    globalThis.scrollTo(0, 0);
  }

  /** How many steps there are to go back. */
  get depth() {
    return this.#check?.depth ?? 0;
  }

  /** Goes back to the step before, if there is one. */
  back() {
    this.#check?.back();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #start() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    const [japanese] = /** @type {[Language, ...Language[]]} */ (LANGUAGES);
    const wanted = LANGUAGES.find(({ id }) => id === this.getAttribute("lang")) ?? japanese;
    try {
      const [styles, texts, inWanted, national] = await Promise.all([
        Promise.all([...STYLES, ...(this.#isKiosk ? [KIOSK_STYLE] : [])].map(styleSheet)),
        json(japanese.texts),
        json(wanted.texts),
        json(NATIONAL),
      ]);
      root.adoptedStyleSheets = styles;
      this.#japanese = new Texts(texts, japanese, false);
      this.#first = new Texts(inWanted, wanted, this.#readings, this.#japanese);
      this.#texts = this.#first;
      this.#national = national;
      this.#insurers = [...INSURERS, { id: "national", name: national.name, insurerNumber: null }];
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
    this.#stage.replaceChildren(this.#bar, this.#notices, this.#content);
    if (this.#isKiosk) {
      this.#stage.dataset.mode = "kiosk";
      this.#watch();
    }
    const insurer = this.getAttribute("insurer");
    if (insurer === null) {
      this.#offerInsurers();
    } else {
      await this.#choose(insurer);
    }
    const mayGoOn = () => this.#lock === "open";
    // Whoever comes next on a shared screen may choose another insurer, when nothing can be asked for any more.
    const others = this.#isKiosk && this.#chosenHere ? INSURERS.flatMap(({ rules }) => rules ?? []) : [];
    await fetchInIdleTime([CODES, ...others], mayGoOn);
    Object.assign(this.#codes, await arrived(CODES));
    await fetchInIdleTime(
      LANGUAGES.map(({ texts }) => texts),
      mayGoOn,
    );
  }

  /**
   * Before anything can be answered, cuts the connections of a page that asks for it. A heading that is read out is
   * no answer yet.
   * @param {Event} event
   */
  async #cut({ type, target }) {
    const isAnswering = type !== "focusin" || target instanceof HTMLInputElement;
    if (!this.#check || !isAnswering || this.#lock !== "open" || !this.hasAttribute("locks")) {
      return;
    }
    this.#lock = "cut";
    if (await cutConnections()) {
      this.#lock = "shown";
      const texts = /** @type {Texts} */ (this.#texts);
      this.#content.querySelector(".privacy")?.replaceChildren(...withReadings(texts.page("locked")));
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
      const beside = /^[a-z0-9-]{1,64}$/.test(id) ? new URL(`./insurers/${id}.json`, NATIONAL) : undefined;
      const rules = INSURERS.find((one) => one.id === id)?.rules ?? beside;
      insurer = rules && (await arrived(rules));
      if (!insurer) {
        const response = rules === undefined ? NOT_THERE : await get(rules).catch(() => undefined);
        if (!response) {
          this.#fallBack("noData");
          return;
        }
        if (!response.ok) {
          this.#unknown = id;
          this.#offerInsurers();
          return;
        }
        insurer = await response.json().catch(() => ({}));
      }
    }
    const navi = await load({ national: this.#national, insurer });
    if ("error" in navi) {
      this.#fallBack("badData");
      return;
    }
    this.#navi?.free();
    this.#navi = navi;
    this.#insurer = insurer;
    const check = new NaviCheck();
    const national = /** @type {Rules} */ (this.#national);
    check.begin({ navi, national, insurer, mayChange: this.#chosenHere, isKiosk: this.#isKiosk });
    // Once nothing can be asked for any more, only a fresh page can get another insurer’s rules.
    check.addEventListener("change-insurer", () =>
      this.#lock === "open" || this.#isKiosk ? this.#offerInsurers() : globalThis.location.reload(),
    );
    this.#check = check;
    this.#content.replaceChildren(check);
    this.#draw(this.#chosenHere);
  }

  #offerInsurers() {
    const again = this.#chosenHere;
    const choice = new NaviInsurers();
    choice.addEventListener("choose", (event) => this.#choose(/** @type {CustomEvent<string>} */ (event).detail));
    this.#check = undefined;
    this.#insurer = undefined;
    this.#chosenHere = true;
    this.#content.replaceChildren(choice);
    this.#draw(again);
  }

  /** Draws everything anew, in the language of the moment. */
  #draw(withFocus = false) {
    const texts = /** @type {Texts} */ (this.#texts);
    this.#stage.lang = texts.language.tag;
    this.#bar.replaceChildren(
      ...languageBar({
        texts,
        readings: this.#readings,
        speak: (language) => this.#speak(language),
        toggle: () => this.#toggleReadings(),
      }),
      (this.#isKiosk && fullScreenButton(texts)) || "",
    );
    const asOf = this.#day();
    this.#asOf = asOf.day;
    this.#notices.replaceChildren(...this.#warnings(asOf));
    const level = Number(this.getAttribute("heading-level") ?? 2);
    if (this.#check) {
      const privacy = () => texts.page(this.#lock === "shown" ? "locked" : "privacy");
      this.#check.draw({ texts, asOf: asOf.day, codes: this.#codes, level, privacy }, withFocus);
      return;
    }
    const choice = /** @type {NaviInsurers} */ (this.#content.querySelector("shikaku-navi-insurers"));
    choice.offer({ insurers: this.#insurers, isKiosk: this.#isKiosk, texts, level, unknown: this.#unknown });
    this.#unknown = undefined;
    if (withFocus) {
      attend(choice);
    }
  }

  #refresh() {
    if (this.#asOf && this.#asOf !== this.#day().day) {
      this.#drawAnew();
    }
  }

  /** Draws everything anew; what was typed, and not yet answered, stays. */
  #drawAnew() {
    const typed = [...this.#content.querySelectorAll("input")];
    this.#draw();
    fillIn(this.#content, typed);
  }

  /** @param {Language} language */
  async #speak(language) {
    const tree = await json(language.texts).catch(() => undefined);
    if (tree) {
      this.#texts = new Texts(tree, language, this.#readings, this.#japanese);
      // Whoever is around can go along.
      this.setAttribute("lang", language.id);
      this.#drawAnew();
      this.#focus(`[data-language="${language.id}"]`);
    } else {
      const texts = /** @type {Texts} */ (this.#texts);
      const why = this.#lock === "open" ? "noData" : "languageNotHere";
      this.#notices.replaceChildren(element("p", { class: "notice", role: "alert" }, texts.page(why)));
    }
  }

  async #toggleReadings() {
    this.#readings = !this.#readings;
    await this.#speak(/** @type {Texts} */ (this.#texts).language);
    this.#focus(".readings");
  }

  /** @param {string} css */
  #focus(css) {
    /** @type {HTMLElement | null} */ (this.#stage.querySelector(css))?.focus();
  }

  /** @param {{ day: string, preview: boolean, mistyped?: string }} asOf */
  #warnings(asOf) {
    const texts = /** @type {Texts} */ (this.#texts);
    const notices = [];
    if (asOf.preview) {
      notices.push([texts.page("preview", { day: texts.day(asOf.day) })]);
    } else if (asOf.day < (this.#national?.version ?? "")) {
      // No day that can be today lies before the data was made.
      notices.push([texts.page("clockWrong"), "staffClock"]);
    }
    if (asOf.mistyped !== undefined) {
      notices.push([texts.page("previewInvalid", { text: asOf.mistyped })]);
    }
    const [reviewBy = asOf.day] = [this.#national, this.#insurer].flatMap((rules) => rules?.reviewBy ?? []).sort();
    if (this.#isKiosk && reviewBy < asOf.day) {
      notices.push([texts.filled(["warnings", "rules-expired"], { reviewBy: texts.day(reviewBy) }), "staffRules"]);
    }
    return notices.map(([words = "", forStaff]) =>
      element(
        "div",
        { class: "notice" },
        element("p", {}, words),
        // Whoever looks after a shared screen reads Japanese, whatever is spoken on it.
        this.#isKiosk && forStaff && element("p", { class: "staff", lang: "ja" }, texts.japanese.page(forStaff)),
      ),
    );
  }

  /**
   * Says why the check cannot run, and shows what stands inside the tag.
   * @param {"noWasm" | "noData" | "badData"} why
   */
  #fallBack(why) {
    const words = { noWasm: NO_WASM, noData: NO_DATA, badData: NO_DATA }[why];
    const notice = element("p", { class: "notice", role: "alert" }, this.#texts?.page(why) ?? words);
    // No link leads away from a shared screen.
    for (const link of this.#isKiosk ? this.querySelectorAll("a[href]") : []) {
      link.removeAttribute("href");
    }
    this.#stage.replaceChildren(notice, element("slot"));
  }
}

/** @param {URL} url */
async function styleSheet(url) {
  const response = await get(url);
  if (!response.ok) {
    throw new Error(`${url.pathname}: ${response.status}`);
  }
  return new CSSStyleSheet().replace(await response.text());
}

/** What a server answers that has no such file. */
const NOT_THERE = { ok: false, json: () => Promise.resolve({}) };

// Said before the texts have arrived, so it stands here.
const NO_WASM = "この機器では、自動の案内を動かせません。下の説明を見てください。";
const NO_DATA = "案内のデータを読み込めません。通信を確かめて、もう一度開いてください。下の説明も使えます。";
