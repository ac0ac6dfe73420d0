/** The whole guided check as one element, in one root of its own: the language, the insurer, then the check itself. */

import { load, ready } from "../engine/engine.js";
import INSURERS from "../rules/insurers.js";
import { attend, Base, element, keepTyped, withReadings } from "./dom.js";
import { LANGUAGES, arrived, fetchInIdleTime, json } from "./languages.js";
import { expected, fallBack } from "./instead.js";
import { Lock } from "./lock.js";
import { dayAsked, lookAgain, NATIONAL, NOT_REACHED, NOT_THERE, rulesOf } from "./asked.js";
import { NaviCheck } from "./navi-check.js";
import { NaviInsurers } from "./navi-insurers.js";
import { notices } from "./notices.js";
import { forgetPrinting } from "./print.js";
import { firstTexts, Speech } from "./speech.js";
import { styleSheets } from "./styles.js";

/** @typedef {import("./navi-insurers.js").Insurer} Insurer */
/** @typedef {import("./sheet-parts.js").Rules} Rules */

const CODES = new URL("../rules/codes.json", import.meta.url);

/**
 * The guided check. What stands inside the tag is shown where it cannot run.
 * @tag shikaku-navi
 * @attr {string} insurer - The insurer's id; without it the member chooses.
 * @attr {"ja" | "ja-easy" | "en" | "zh-Hans" | "ko" | "es" | "pt"} [lang=ja] - The language, which follows what the member chooses.
 * @attr {string} as-of - A day to preview, as people write it.
 * @attr {"kiosk"} mode - `kiosk` for a shared screen, which forgets everything when nobody is there any more.
 * @attr {number} [idle=90] - On a shared screen, the seconds until it asks whether anybody is there; it waits 20 more.
 * @attr {"slip" | "a4"} paper - The paper in the printer of a shared screen; without it, both are offered.
 * @attr {number} [heading-level=2] - The level of its headings, 1 to 6.
 * @attr {boolean} locks - The page is there for the check alone, which cuts the page’s connections before the first answer.
 * @attr {boolean} reports - The page may know which guidance is shown: the event is fired.
 * @fires {CustomEvent<{ guidance: string[] }>} shikaku-navi-change - only with `reports`: which guidance is shown now,
 *   by id; nothing else, and never an answer
 * @fires {Event} shikaku-navi-loaded - nothing more is fetched on its own
 * @slot - what is shown where the check cannot run
 * @csspart stage - everything
 * @csspart primary - the button that goes on
 * @csspart secondary - other buttons
 * @csspart link - buttons that look like links
 * @csspart choice - one of several answers
 * @csspart notice - what is to be taken care of
 * @csspart question - the heading of a question
 * @csspart sheet-heading - the heading of the answer
 * @csspart section - a section of the answer
 * @csspart item - a piece of guidance
 * @cssprop --shikaku-navi-font - the font family
 * @cssprop --shikaku-navi-font-size - the size of the text, `medium` unless told; everything else follows it
 * @cssprop --shikaku-navi-text - the colour of the text
 * @cssprop --shikaku-navi-muted - the colour of what is less important
 * @cssprop --shikaku-navi-line - the colour of lines
 * @cssprop --shikaku-navi-edge - the colour of the edges of fields
 * @cssprop --shikaku-navi-base - the background
 * @cssprop --shikaku-navi-shade - the background of what is chosen
 * @cssprop --shikaku-navi-accent - the colour of buttons
 * @cssprop --shikaku-navi-accent-strong - the same under the pointer
 * @cssprop --shikaku-navi-on-accent - the colour of text on buttons
 * @cssprop --shikaku-navi-wrong - the colour of what is wrong
 * @cssprop --shikaku-navi-care - the background of notices
 * @cssprop --shikaku-navi-care-edge - the edge of notices
 * @cssprop --shikaku-navi-focus - the colour of the ring around what has the focus
 * @cssprop --shikaku-navi-focus-ring - the colour behind that ring
 */
export class ShikakuNavi extends Base {
  static observedAttributes = ["insurer", "lang", "as-of", "heading-level"];

  /** Where everything is drawn. */
  #stage = element("div", { class: "stage", part: "stage" });
  #notices = element("div", { class: "notices" });
  #content = element("div", { class: "content" });
  #speech = new Speech((isThere) => this.#spoken(isThere));
  #lock = new Lock();
  /** @type {Rules | undefined} */
  #national;
  /** @type {Insurer[]} */
  #insurers = [];
  /** Whether the insurer is chosen here, and not given by the page. */
  #chosenHere = false;
  /** @type {Rules | undefined} The rules of the insurer that was chosen, or is given. */
  #insurer;
  /** @type {import("../engine/navi.js").Navi | undefined} */
  #navi;
  /** @type {NaviCheck | undefined} */
  #check;
  /** @type {import("./asked.js").AsOf | undefined} The day that what is shown is for. */
  #asOf;
  /** The day it was for when somebody began, if it is another now. */
  #before = "";
  /** @type {Record<string, import("./code.js").Code>} Filled once they are here. */
  #codes = {};
  #isKiosk = false;
  /** @type {typeof import("./kiosk.js") | undefined} What only a shared screen needs. */
  #kiosk;
  #listening = new AbortController();
  /** The guidance that was reported last, by id. */
  #reported = "";
  #isReady = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    lookAgain(() => this.#refresh(), signal);
    this.#lock.guard({
      content: this.#content,
      isDue: () => this.#check && this.hasAttribute("locks"),
      shown: () => this.#content.querySelector(".privacy")?.replaceChildren(...withReadings(this.#privacy())),
      signal,
    });
    if (!this.shadowRoot) {
      this.attachShadow({ mode: "open" }).append(this.#stage);
      this.#start();
    } else if (this.#speech.hasBegun) {
      this.#watch();
    }
  }

  /**
   * Follows the page that changes what it asked for.
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.#isReady || before === now) {
      return;
    }
    if (name === "insurer") {
      this.#begin();
    } else if (name === "lang") {
      this.#speech.follow(now);
    } else {
      this.#draw();
    }
  }

  /** On a shared screen, nothing that somebody chose or answered is there for whoever comes next. */
  #forget() {
    this.#speech.forget();
    this.#before = "";
    this.setAttribute("lang", this.#speech.texts.language.id);
    forgetPrinting();
    this.#check?.forget();
    if (this.#chosenHere) {
      this.#offerInsurers();
    } else if (this.#check) {
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
    this.#isKiosk = this.getAttribute("mode") === "kiosk";
    // All is asked for at once, and each is waited for when it is needed.
    const engine = ready();
    engine.catch(() => undefined);
    const insurer = this.getAttribute("insurer");
    const rules = insurer === null ? undefined : rulesOf(insurer);
    try {
      const [styles, kiosk, texts, national] = await Promise.all([
        styleSheets(this.#isKiosk),
        this.#isKiosk ? import("./kiosk.js") : undefined,
        firstTexts(this.getAttribute("lang")),
        json(NATIONAL),
      ]);
      /** @type {ShadowRoot} */ (this.shadowRoot).adoptedStyleSheets = styles;
      this.#kiosk = kiosk;
      this.#speech.begin(texts);
      this.#national = national;
      this.#insurers = [...INSURERS, { id: "national", name: national.name, insurerNumber: null }];
    } catch {
      this.#fallBack("noData");
      return;
    }
    this.#stage.replaceChildren(this.#speech.bar, this.#notices, this.#content);
    this.#expect();
    try {
      await engine;
    } catch {
      this.#fallBack("noWasm");
      return;
    }
    this.#watch();
    // Whoever comes later to a shared screen may want what can no longer be asked for then.
    await (this.#isKiosk && this.#fetchRest());
    await this.#begin(insurer === this.getAttribute("insurer") ? rules : undefined);
    this.#isReady = true;
    await (this.#isKiosk || this.#fetchRest());
  }

  /** Fetches what may be wanted later, as long as anything can be asked for. */
  async #fetchRest() {
    /** @param {URL[]} urls Nobody is busy at a shared screen that is being set up. */
    const fetchAll = (urls) =>
      this.#isKiosk ? Promise.allSettled(urls.map(json)) : fetchInIdleTime(urls, () => this.#lock.isOpen);
    await fetchAll([CODES]);
    Object.assign(this.#codes, await arrived(CODES));
    const others = this.#isKiosk && !this.hasAttribute("insurer") ? INSURERS.flatMap(({ rules }) => rules ?? []) : [];
    await fetchAll([...LANGUAGES.map(({ texts }) => texts), ...others]);
    this.dispatchEvent(new Event("shikaku-navi-loaded"));
  }

  /**
   * Begins with the insurer that the page names, or lets the member choose.
   * @param {ReturnType<typeof rulesOf>} [rules] that insurer's, if they were asked for already
   */
  async #begin(rules) {
    const insurer = this.getAttribute("insurer");
    this.#chosenHere = false;
    await (insurer === null ? this.#offerInsurers() : this.#choose(insurer, rules));
  }

  /** A shared screen is watched over. */
  #watch() {
    this.#stage.dataset.paper = this.getAttribute("paper") ?? "";
    this.#kiosk?.watchOver({
      stage: this.#stage,
      quiet: this.getAttribute("idle"),
      isOurs: this.hasAttribute("locks"),
      texts: () => this.#speech.texts,
      forget: () => this.#forget(),
      signal: this.#listening.signal,
    });
  }

  /**
   * Tells the page which guidance is shown, if it may know.
   * @param {string[]} guidance
   */
  #report(guidance) {
    const ids = guidance.join(" ");
    if (this.hasAttribute("reports") && ids !== this.#reported) {
      this.#reported = ids;
      this.dispatchEvent(
        new CustomEvent("shikaku-navi-change", { detail: { guidance }, bubbles: true, composed: true }),
      );
    }
  }

  #day() {
    return dayAsked(this.getAttribute("as-of"), this.#national?.version ?? "");
  }

  /** @param {string} id @param {ReturnType<typeof rulesOf>} [rules] */
  async #choose(id, rules = rulesOf(id)) {
    const insurer = await rules;
    if (insurer === NOT_THERE) {
      this.#offerInsurers({ id, why: "insurerUnknown" });
      return;
    }
    if (insurer === NOT_REACHED) {
      this.#lock.isOpen ? this.#fallBack("noData") : globalThis.location.reload();
      return;
    }
    const navi = await load({ national: this.#national, insurer });
    if ("error" in navi) {
      const where = navi.error.message;
      // The others can still be chosen, or what holds nationwide, unless that is what cannot be used.
      insurer ? this.#offerInsurers({ id, why: "badData", where }) : this.#fallBack("badData");
      return;
    }
    this.#navi?.free();
    this.#navi = navi;
    this.#insurer = insurer;
    const check = new NaviCheck();
    const national = /** @type {Rules} */ (this.#national);
    check.begin({ navi, national, insurer, mayChange: this.#chosenHere, isKiosk: this.#isKiosk });
    check.addEventListener("told", (event) => this.#report(/** @type {CustomEvent<string[]>} */ (event).detail));
    // Once nothing can be asked for any more, only a fresh page can get another insurer’s rules.
    check.addEventListener("change-insurer", () =>
      this.#lock.isOpen || this.#isKiosk ? this.#offerInsurers() : globalThis.location.reload(),
    );
    this.#check = check;
    this.#content.replaceChildren(check);
    this.#draw(this.#chosenHere);
  }

  /** @param {import("./navi-insurers.js").Refused} [refused] one that was asked for and cannot be had */
  #offerInsurers(refused) {
    const again = this.#chosenHere;
    const choice = new NaviInsurers();
    choice.addEventListener("choose", (event) => this.#choose(/** @type {CustomEvent<string>} */ (event).detail));
    // The memory it gives back is enough for the next.
    this.#navi?.free();
    this.#navi = undefined;
    this.#check = undefined;
    this.#insurer = undefined;
    this.#chosenHere = true;
    // Rules that could not be used may stand there instead.
    this.#stage.replaceChildren(this.#speech.bar, this.#notices, this.#content);
    this.#content.replaceChildren(choice);
    this.#draw(again, refused);
  }

  /** Shows what will be asked first while the engine is on its way; nothing can be answered before that is here. */
  #expect() {
    this.#drawBar();
    const what = { insurers: this.#insurers, isKiosk: this.#isKiosk, texts: this.#speech.texts, level: this.#level() };
    this.#content.replaceChildren(...expected(this.hasAttribute("insurer"), what));
    for (const field of this.#stage.querySelectorAll("button, input")) {
      field.toggleAttribute("disabled", true);
    }
  }

  #level() {
    return Number(this.getAttribute("heading-level") ?? 2);
  }

  #drawBar() {
    const { texts } = this.#speech;
    this.#stage.lang = texts.language.tag;
    this.#speech.drawBar(this.#kiosk?.fullScreenButton(texts) || "");
  }

  /**
   * Draws everything anew, in the language of the moment.
   * @param {boolean} [withFocus] whether the reader's attention goes to it
   * @param {import("./navi-insurers.js").Refused} [refused]
   */
  #draw(withFocus = false, refused) {
    const { texts } = this.#speech;
    this.#drawBar();
    const asOf = this.#day();
    this.#asOf = asOf;
    const rules = [this.#national, this.#insurer].filter((one) => one !== undefined);
    this.#notices.replaceChildren(...notices({ texts, asOf, before: this.#before, rules, isKiosk: this.#isKiosk }));
    const level = this.#level();
    if (this.#check) {
      this.#check.draw({ texts, ...asOf, codes: this.#codes, level, privacy: () => this.#privacy() }, withFocus);
      return;
    }
    const choice = /** @type {NaviInsurers} */ (this.#content.querySelector("shikaku-navi-insurers"));
    choice.ask({ insurers: this.#insurers, isKiosk: this.#isKiosk, texts, level, refused });
    if (withFocus) {
      attend(choice);
    }
  }

  /** What becomes of the answers, in words. */
  #privacy() {
    return this.#speech.texts.page(this.#lock.words(this.hasAttribute("locks"), this.hasAttribute("reports")));
  }

  #refresh() {
    const { day, isClockWrong } = this.#day();
    if (this.#asOf && (this.#asOf.day !== day || this.#asOf.isClockWrong !== isClockWrong)) {
      this.#before = this.depth > 0 && this.#asOf.day !== day ? this.#asOf.day : "";
      this.#drawAnew();
    }
  }

  /** Draws everything anew; what was typed, and not yet answered, stays. */
  #drawAnew() {
    keepTyped(this.#content, () => this.#draw());
  }

  /**
   * Draws everything in the language that was chosen, or says that it cannot be had.
   * @param {boolean} isThere
   */
  #spoken(isThere) {
    const { texts } = this.#speech;
    if (isThere) {
      // Whoever is around can go along.
      this.setAttribute("lang", texts.language.id);
      this.#drawAnew();
    } else {
      const why = this.#lock.isOpen ? "noData" : "languageNotHere";
      this.#notices.replaceChildren(element("p", { class: "notice", role: "alert" }, texts.page(why)));
    }
  }

  /**
   * Says why the check cannot run, and shows what stands inside the tag.
   * @param {"noWasm" | "noData" | "badData"} why
   */
  #fallBack(why) {
    // No link leads away from a shared screen.
    for (const link of this.#isKiosk ? this.querySelectorAll("a[href]") : []) {
      link.removeAttribute("href");
    }
    this.#stage.replaceChildren(...fallBack(this.#speech.hasBegun ? this.#speech.texts.page(why) : undefined));
  }
}
