/** One person's answers, and what follows from them. */

/** @typedef {import("../engine/types.d.ts").Facts} Facts */
/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {import("../engine/types.d.ts").Question} Question */
/** @typedef {import("../engine/navi.js").Navi} Navi */
/** @typedef {string | boolean | null} Answer `null` for “I do not know” */
/** @typedef {Map<Fact, string>} Ticked circumstances that apply, each with its answer; that of a date is asked after */
/** @typedef {Fact | "circumstances"} Step */
/**
 * Where a person stands: the facts so far, the steps that led there, and what comes next, if anything does.
 * @typedef {object} Standing
 * @property {Facts} facts
 * @property {Step[]} steps
 * @property {Question} [question] to be asked next
 * @property {Question[]} [circumstances] to be offered next
 */

/** @type {Fact[]} */
export const CORE = ["enrolledOn", "card", "smartphone"];
/** What everybody is asked first. @type {Question} */
export const FIRST = { fact: "enrolledOn", kind: "date", options: [] };

export class Person {
  /** @type {Map<Fact, Answer>} */
  answers = new Map();
  /** @type {Ticked | undefined} None until the step was answered. */
  ticked;
  /** @type {Ticked} What is ticked before it is answered. */
  suggested = new Map();

  /** @param {Facts} told what is known from the start */
  constructor(told = {}) {
    this.told = told;
  }

  /** Somebody of the same family, who loses the cover with the person the family is insured by. */
  relative() {
    const relative = new Person({ role: "dependent" });
    const ended = this.answers.get("endedOn");
    if (this.ticked?.has("endedOn") && typeof ended === "string") {
      relative.suggested.set("endedOn", "true");
      relative.answers.set("endedOn", ended);
    }
    return relative;
  }

  /**
   * Goes through the answers from the first on. An answer counts only as long as its question still comes up, so that
   * a changed answer leaves none behind that depended on it.
   * @param {Navi} navi
   * @param {string} asOf
   * @param {Step} [asked] a step to come back to although it was answered
   * @returns {Standing}
   */
  standing(navi, asOf, asked) {
    /** @type {Facts} */
    const facts = { asOf, ...this.told };
    /** @type {Step[]} */
    const steps = [];
    /** @param {Question} question whether it is still to be asked */
    const open = (question) => {
      const { fact } = question;
      const answer = this.answers.get(fact);
      const told = { ...facts, ...(answer === null ? {} : { [fact]: answer }) };
      if (answer === undefined || fact === asked || "error" in navi.questions(told)) {
        return true;
      }
      steps.push(fact);
      Object.assign(facts, told);
      return false;
    };
    const next = (/** @type {boolean} */ core) => {
      const questions = navi.questions(facts);
      return "error" in questions
        ? undefined
        : questions.find(({ fact }) => CORE.includes(fact) === core && !steps.includes(fact));
    };
    for (let question = next(true); question; question = next(true)) {
      if (open(question)) {
        return { facts, steps, question };
      }
    }
    const found = navi.circumstances(facts);
    const matter = "error" in found ? [] : found;
    const broughtUp = navi.questions(facts);
    // What is asked about anyway is not offered too, unless it was ticked when that was not yet so.
    const coming = new Set("error" in broughtUp ? [] : broughtUp.map(({ fact }) => fact));
    const ticked = this.ticked ?? this.suggested;
    const circumstances = matter.filter(({ fact }) => !coming.has(fact) || ticked.has(fact));
    if (circumstances.length > 0 && (!this.ticked || asked === "circumstances")) {
      return { facts, steps, circumstances };
    }
    steps.push("circumstances");
    /** @type {Question[]} */
    const dates = [];
    for (const offered of circumstances) {
      const answer = this.ticked?.get(offered.fact);
      if (answer !== undefined && offered.kind === "date") {
        dates.push(offered);
      } else if (answer !== undefined && offered.options.includes(answer)) {
        const told = { ...facts, [offered.fact]: value(answer) };
        // What no longer fits a changed answer does not count.
        Object.assign(facts, "error" in navi.questions(told) ? {} : told);
      }
    }
    for (const question of dates) {
      if (open(question)) {
        return { facts, steps, question };
      }
    }
    for (let question = next(false); question; question = next(false)) {
      if (open(question)) {
        return { facts, steps, question };
      }
    }
    return { facts, steps };
  }

  /**
   * Takes an answer, unless it does not fit the others: then it says which of them.
   * @param {Navi} navi
   * @param {Facts} facts what was told before
   * @param {Fact} fact
   * @param {Answer} answer
   * @returns {Fact | undefined} the other fact
   */
  take(navi, facts, fact, answer) {
    const checked = navi.questions({ ...facts, ...(answer === null ? {} : { [fact]: answer }) });
    if ("error" in checked) {
      const { error } = checked;
      return /** @type {Fact} */ (error.fact === fact ? error.other : error.fact);
    }
    this.answers.set(fact, answer);
    return undefined;
  }

  /**
   * Takes the circumstances that apply, unless they do not fit together: then it says which two do not.
   * @param {Navi} navi
   * @param {Facts} facts what was told before
   * @param {Ticked} ticked
   * @returns {Fact[] | undefined}
   */
  takeCircumstances(navi, facts, ticked) {
    const told = { ...facts };
    for (const [fact, answer] of ticked) {
      const dated = answer === "true" && DATES.includes(fact);
      Object.assign(told, dated ? {} : { [fact]: value(answer) });
    }
    const checked = navi.questions(told);
    if ("error" in checked) {
      const { error } = checked;
      return /** @type {Fact[]} */ ([error.fact, error.other].filter(Boolean));
    }
    this.ticked = ticked;
    return undefined;
  }
}

/** @type {Fact[]} */
const DATES = ["endedOn", "bornOn", "cardCertificateExpiresOn", "certificateExpiresOn"];

/** @param {string} answer */
function value(answer) {
  return answer === "true" ? true : answer === "false" ? false : answer;
}
