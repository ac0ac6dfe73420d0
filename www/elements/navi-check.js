/** The guided check for one insurer: the people of a sitting, one step after the other, then their answers. */

import { attend, Base, define, element, heading } from "./dom.js";
import { NaviCircumstances } from "./navi-circumstances.js";
import { isAnswered, NaviFamily } from "./navi-family.js";
import { NaviQuestion } from "./navi-question.js";
import { NaviSheet } from "./navi-sheet.js";
import { Person } from "./person.js";
import { said } from "./taking.js";

/** @typedef {import("../engine/navi.js").Navi} Navi */
/** @typedef {import("./person.js").Standing} Standing */
/** @typedef {import("./person.js").Step} Step */
/** @typedef {import("./sheet-parts.js").Rules} Rules */
/** @typedef {import("./texts.js").Texts} Texts */
/**
 * What a drawing depends on apart from the answers.
 * @typedef {{ texts: Texts, codes: Record<string, import("./code.js").Code>, level: number, privacy: () => string } & import("./asked.js").AsOf} Scene
 */

/** @typedef {{ navi: Navi, national: Rules, insurer: Rules | undefined, mayChange: boolean, isKiosk: boolean }} Given */

/**
 * Fires `change-insurer` when another insurer is to be chosen, `erase` when everything is to be forgotten, and `told`
 * with the ids of the guidance in `detail` whenever it is drawn.
 */
export class NaviCheck extends Base {
  /** @type {Given | undefined} */
  #given;
  #people = [new Person()];
  /** Whose turn it is; none while all are looked at together. */
  #turn = 0;
  /** @type {Step | undefined} The step to show although it was answered before. */
  #asked;
  /** @type {Step[]} The steps before the one that is shown. */
  #steps = [];
  /** @type {Scene | undefined} */
  #scene;

  /**
   * @param {object} given
   * @param {Navi} given.navi
   * @param {Rules} given.national
   * @param {Rules | undefined} given.insurer the insurer's rules file; none for what holds nationwide
   * @param {boolean} given.mayChange whether the member may choose another insurer
   * @param {boolean} given.isKiosk whether the screen is a shared one
   */
  begin(given) {
    this.#given = given;
  }

  /**
   * @param {Scene} scene
   * @param {boolean} withFocus whether the reader's attention goes to what is new
   */
  draw(scene, withFocus) {
    this.#scene = scene;
    const person = this.#people[this.#turn];
    if (!person) {
      this.#drawFamily(withFocus);
      return;
    }
    const { texts, day, level } = scene;
    const navi = this.#navi();
    const standing = person.standing(navi, day, this.#asked);
    const { facts, steps, question, circumstances } = standing;
    // What comes next stands first; what was answered can be looked up below.
    const below = [
      this.#buttons(steps),
      this.#summary(person, standing),
      element("p", { class: "privacy" }, scene.privacy()),
    ];
    const whom = this.#people.length > 1 ? this.#name(this.#turn, texts) : undefined;
    if (question) {
      const asking = new NaviQuestion();
      asking.addEventListener("answer", (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        const other = person.take(navi, facts, question.fact, detail);
        if (other === undefined) {
          this.#goOn();
        } else {
          const said = `${texts.find("facts", other) ?? other}: ${texts.answer(other, facts[other])}`;
          asking.refuse(texts.page("inconsistent", { facts: said }));
        }
      });
      this.replaceChildren(this.#names(), asking, ...below);
      this.#tell([]);
      const before = person.answers.get(question.fact);
      asking.ask({ question, whom, isKiosk: this.#rules().isKiosk, texts, level, before });
      if (withFocus) {
        attend(asking);
      }
    } else if (circumstances) {
      const offering = new NaviCircumstances();
      offering.addEventListener("answer", (event) => {
        const { detail } = /** @type {CustomEvent} */ (event);
        const conflict = person.takeCircumstances(navi, facts, detail);
        if (conflict === undefined) {
          this.#goOn();
        } else {
          offering.refuseFacts(conflict);
        }
      });
      this.replaceChildren(this.#names(), offering, ...below);
      this.#tell([]);
      const ticked = person.ticked ?? person.suggested;
      const isRelative = person.told.role !== undefined;
      offering.offer({ offered: circumstances, whom, isRelative, ticked, texts, level });
      if (withFocus) {
        attend(offering);
      }
    } else {
      const answered = this.#answered(this.#turn, standing);
      const sheet = new NaviSheet();
      this.replaceChildren(this.#names(), sheet, this.#more(), ...below);
      this.#tell([answered]);
      sheet.show({ answered, whom, ...this.#rules(), texts, codes: scene.codes, level });
      if (withFocus) {
        attend(sheet);
      }
    }
  }

  /** Drops every answer of everybody; to be drawn anew. */
  forget() {
    this.#given?.navi.forget();
    this.#people = [new Person()];
    this.#turn = 0;
    this.#asked = undefined;
  }

  /** How many steps there are to go back. */
  get depth() {
    return this.#steps.length;
  }

  /** Goes back to the step before, if there is one. */
  back() {
    if (this.#scene && this.#steps.length > 0) {
      this.#asked = this.#steps.at(-1);
      this.draw(this.#scene, true);
    }
  }

  /** @param {boolean} withFocus */
  #drawFamily(withFocus) {
    const { texts, day, codes, level } = /** @type {Scene} */ (this.#scene);
    const people = this.#people.map((person, number) => {
      const standing = person.standing(this.#navi(), day);
      const isOpen = standing.question || standing.circumstances;
      return { number, name: this.#name(number, texts), ...(isOpen ? {} : this.#answered(number, standing)) };
    });
    const family = new NaviFamily();
    family.addEventListener("open", (event) => this.#turnTo(/** @type {CustomEvent<number>} */ (event).detail));
    this.replaceChildren(this.#names(), family, this.#more(), this.#buttons([]));
    this.#tell(people.filter(isAnswered));
    family.show({ people, ...this.#rules(), texts, codes, level });
    if (withFocus) {
      attend(family);
    }
  }

  /** @param {import("./sheet-parts.js").Answered[]} answered whose guidance is shown */
  #tell(answered) {
    this.dispatchEvent(new CustomEvent("told", { detail: said(answered) }));
  }

  #goOn() {
    this.#asked = undefined;
    this.draw(/** @type {Scene} */ (this.#scene), true);
  }

  /** @param {number} number of a person, or as many as there are for all together */
  #turnTo(number) {
    this.#turn = number;
    this.#goOn();
  }

  #navi() {
    return /** @type {{ navi: Navi }} */ (this.#given).navi;
  }

  #rules() {
    const { national, insurer, isKiosk } = /** @type {Given} */ (this.#given);
    return { national, insurer, isKiosk };
  }

  /**
   * @param {number} number
   * @param {Standing} standing
   */
  #answered(number, { facts, steps }) {
    const { texts, day, isClockWrong } = /** @type {Scene} */ (this.#scene);
    const found = this.#navi().assess(facts);
    if ("error" in found) {
      throw new Error(found.error.message);
    }
    /** @type {import("./sheet-parts.js").Warning[]} */
    const clock = isClockWrong ? [{ id: "clock-suspect", args: { sourcesOf: day } }] : [];
    const assessment = { ...found, warnings: [...clock, ...found.warnings] };
    const answers = this.#people[number]?.answers;
    const unknown = steps.flatMap((step) => (step !== "circumstances" && answers?.get(step) === null ? [step] : []));
    return { number, name: this.#name(number, texts), facts, assessment, unknown };
  }

  /**
   * @param {number} number
   * @param {Texts} texts
   */
  #name(number, texts) {
    return number === 0 ? texts.page("you") : texts.page("familyMember", { number: String(number) });
  }

  /** Whose turn it is, if there are several. */
  #names() {
    const { texts } = /** @type {Scene} */ (this.#scene);
    if (this.#people.length === 1) {
      return "";
    }
    const names = [...this.#people.map((_, number) => this.#name(number, texts)), texts.page("familyHeading")];
    return element(
      "div",
      { class: "names", role: "group", "aria-label": texts.page("familyByPerson") },
      names.map((name, number) =>
        element(
          "button",
          {
            type: "button",
            "aria-pressed": String(number === this.#turn),
            onclick: () => this.#turnTo(number),
          },
          name,
        ),
      ),
    );
  }

  /** What can be done once there is an answer: look after another member of the family. */
  #more() {
    const { texts } = /** @type {Scene} */ (this.#scene);
    const add = () => {
      this.#people.push(/** @type {Person} */ (this.#people[0]).relative());
      this.#turnTo(this.#people.length - 1);
    };
    const remove = () => {
      this.#people.splice(this.#turn, 1);
      this.#turnTo(0);
    };
    const person = this.#people[this.#turn] && this.#turn > 0;
    return element(
      "div",
      { class: "family" },
      element("button", { type: "button", class: "secondary", onclick: add }, texts.page("familyAdd")),
      person &&
        element(
          "button",
          { type: "button", class: "link", onclick: remove },
          texts.page("familyRemove", { person: this.#name(this.#turn, texts) }),
        ),
    );
  }

  /**
   * @param {Person} person
   * @param {Standing} standing
   */
  #summary(person, { steps }) {
    const { texts, level } = /** @type {Scene} */ (this.#scene);
    if (steps.length === 0) {
      return "";
    }
    const rows = steps.map((step) => {
      const name = step === "circumstances" ? texts.page("circumstancesRow") : (texts.find("facts", step) ?? step);
      const change = () => {
        this.#asked = step;
        this.draw(/** @type {Scene} */ (this.#scene), true);
      };
      const said = step === "circumstances" ? this.#ticked(person) : [texts.answer(step, person.answers.get(step))];
      return element(
        "div",
        {},
        element("dt", {}, name),
        ...said.map((words) => element("dd", {}, words)),
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
      heading(level, {}, texts.page("answersHeading")),
      element("dl", {}, rows),
    );
  }

  /** @param {Person} person */
  #ticked(person) {
    const { texts } = /** @type {Scene} */ (this.#scene);
    const words = [...(person.ticked ?? [])].map(([fact, answer]) => texts.circumstance(fact, answer));
    return words.length > 0 ? words : [texts.page("circumstancesNone")];
  }

  /** @param {Step[]} steps */
  #buttons(steps) {
    this.#steps = steps;
    const { texts } = /** @type {Scene} */ (this.#scene);
    const button = (/** @type {string} */ key, /** @type {() => void} */ onclick) =>
      element("button", { type: "button", class: "link", onclick }, texts.page(key));
    const isBegun = steps.length > 0 || this.#people.length > 1;
    const restart = () => {
      this.forget();
      this.#goOn();
    };
    return element(
      "div",
      { class: "buttons" },
      steps.length > 0 && button("back", () => this.back()),
      isBegun && button("restart", restart),
      this.#given?.isKiosk &&
        isBegun &&
        button("kioskErase", () => this.dispatchEvent(new Event("erase", { bubbles: true }))),
      this.#given?.mayChange && button("insurerChange", () => this.dispatchEvent(new Event("change-insurer"))),
    );
  }
}

define("shikaku-navi-check", NaviCheck);
