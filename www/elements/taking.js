/** Taking the answer along: on paper, in a calendar, and the way to official sites. */

import { calendar } from "./calendar.js";
import { drawn } from "./code.js";
import { element, heading, withoutReadings, withReadings } from "./dom.js";
import { print } from "./print.js";

/** @typedef {import("./sheet-parts.js").Parts} Parts */
/** @typedef {import("./sheet-parts.js").Rules} Rules */
/** @typedef {import("./sheet-parts.js").Answered} Answered */
/** @typedef {import("./calendar.js").Occasion} Occasion */
/**
 * What is taken along.
 * @typedef {object} Luggage
 * @property {Parts} parts
 * @property {Rules} own
 * @property {Rules} national
 * @property {Answered[]} answered one for each person
 */

const PIXELS_A_MM = 96 / 25.4;

/** @param {Luggage} luggage */
export function taking(luggage) {
  const { parts, answered } = luggage;
  const { texts } = parts;
  const button = (/** @type {string} */ key, /** @type {(event: Event) => void} */ onclick) =>
    element("button", { type: "button", class: `secondary ${key}`, onclick }, texts.page(key));
  const withoutPaper = element("p", { class: "notice on-screen", role: "status" });
  const printing = (/** @type {(event: Event) => void} */ print) => (/** @type {Event} */ event) => {
    print(event);
    withoutPaper.replaceChildren(...(parts.isKiosk ? withReadings(texts.page("paperOut")) : []));
  };
  const kept = occasions(luggage);
  return parts.section(
    "taking",
    texts.page("takeHeading"),
    element(
      "div",
      { class: "take" },
      button(
        "print",
        printing(({ target }) => print(hostOf(target))),
      ),
      button(
        "printSlip",
        printing((event) => printSlip(event, luggage)),
      ),
      kept.length > 0 && !parts.isKiosk && button("calendar", () => download(kept, luggage)),
    ),
    withoutPaper,
    kept.length > 0 && !parts.isKiosk && element("p", { class: "hint on-screen" }, texts.page("calendarNote")),
    ...sites(luggage),
    element(
      "p",
      { class: "ids" },
      `${texts.page("guidanceIds")}: `,
      element("span", { translate: "no", lang: "en" }, said(answered).join(", ")),
    ),
  );
}

/**
 * The guidance that somebody is given, by id.
 * @param {Answered[]} answered
 * @returns {string[]}
 */
export function said(answered) {
  return [...new Set(answered.flatMap(({ assessment }) => assessment.guidance.map((item) => item.id)))];
}

/**
 * The days to keep in mind, for everybody.
 * @param {Luggage} luggage
 * @returns {Occasion[]}
 */
function occasions({ parts, answered }) {
  return answered.flatMap(({ name, facts, assessment }) =>
    parts.marks(facts, assessment).map(({ day, what }) => ({
      day,
      what: withoutReadings(answered.length > 1 ? `${name}: ${what}` : what),
    })),
  );
}

/**
 * @param {Occasion[]} kept
 * @param {Luggage} luggage
 */
function download(kept, { parts, own, answered }) {
  const file = calendar(kept, parts.texts.ownText(own.name), answered[0]?.assessment.asOf ?? "");
  const url = URL.createObjectURL(new Blob([file], { type: "text/calendar" }));
  element("a", { href: url, download: "shikaku-navi.ics" }).click();
  URL.revokeObjectURL(url);
}

/** @param {Luggage} luggage */
function sites({ parts, national, answered }) {
  const { texts, codes } = parts;
  const ids = said(answered);
  const named = (national.sites ?? []).filter((site) => site.with.some((id) => ids.includes(id)));
  if (named.length === 0) {
    return [];
  }
  return [
    heading(parts.level + 2, {}, texts.page("qrHeading")),
    element("p", { class: "hint" }, texts.page("qrNote")),
    element(
      "ul",
      { class: "sites", role: "list" },
      named.map(({ id, url }) => {
        const code = codes[url];
        return element(
          "li",
          {},
          code && drawn(code),
          element("p", {}, texts.find("sites", id) ?? id),
          element("p", {}, parts.link(url, url)),
        );
      }),
    ),
  ];
}

/**
 * Prints only a narrow slip: what to show and do, whom to call, and the ids for staff.
 * @param {Event} event
 * @param {Luggage} luggage
 */
function printSlip(event, luggage) {
  const host = hostOf(event.target);
  const stage = /** @type {HTMLElement} */ (host.shadowRoot?.querySelector(".stage"));
  const made = slip(luggage);
  stage.append(made);
  stage.dataset.print = "slip";
  // As long as what stands on it, so that no paper is wasted.
  const length = Math.ceil(made.offsetHeight / PIXELS_A_MM) + 12;
  print(host, `@page { size: 80mm ${length}mm; margin: 4mm; }`, () => {
    made.remove();
    delete stage.dataset.print;
  });
}

/** @param {EventTarget | null} target something inside the check */
function hostOf(target) {
  return /** @type {ShadowRoot} */ (/** @type {Node} */ (target).getRootNode()).host;
}

/** @param {Luggage} luggage */
function slip({ parts, own, national, answered }) {
  const { texts } = parts;
  const { asOf = "", warnings = [] } = answered[0]?.assessment ?? {};
  const lines = answered.flatMap(({ name, assessment }) => [
    answered.length > 1 && element("p", { class: "slip-name" }, name),
    ...["show", "do", "wait", "ask"].flatMap((section) => {
      const isWarning = (/** @type {string} */ id) => section === "show" && id === "notice-not-usable-alone";
      const items = assessment.guidance.filter((item) => item.section === section || isWarning(item.id));
      return items.length === 0
        ? []
        : [
            element("p", { class: "slip-section" }, texts.find("sections", section)),
            element(
              "ul",
              {},
              items.map((item) => {
                const about = texts.find("topics", String(item.args.about));
                const day = item.by && element("strong", {}, ` ${texts.page("by", { day: texts.day(item.by) })}`);
                return element("li", {}, parts.title(item.id), about && `: ${about}`, day);
              }),
            ),
          ];
    }),
    ...parts.lines(assessment).map(({ phone, name }) => element("p", {}, `☎ ${phone} `, texts.own(name))),
  ]);
  return element(
    "div",
    { class: "slip" },
    element("p", { class: "slip-heading" }, texts.page("slipHeading")),
    element("p", {}, texts.own(own.name), element("br"), texts.day(asOf)),
    ...parts.warnings(warnings.filter(({ id }) => id !== "source-may-be-outdated")),
    ...lines,
    element("p", {}, texts.page("disclaimer")),
    element("p", { lang: "ja" }, texts.japanese.page("slipStaff")),
    element("p", { lang: "en" }, said(answered).join(" "), element("br"), `${own.version} / ${national.version}`),
  );
}
