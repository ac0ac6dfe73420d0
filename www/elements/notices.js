/** What stands above the check: that another day is shown, the clock is wrong, or the rules are old. */

import { element } from "./dom.js";

/**
 * @param {object} what
 * @param {import("./texts.js").Texts} what.texts
 * @param {{ day: string, preview: boolean, mistyped?: string }} what.asOf the day the guidance is for
 * @param {import("./sheet-parts.js").Rules[]} what.rules the national ones, then the insurer's, once there is one
 * @param {boolean} what.isKiosk whether the screen is a shared one, which somebody looks after
 */
export function notices({ texts, asOf, rules, isKiosk }) {
  const said = [];
  if (asOf.preview) {
    said.push([texts.page("preview", { day: texts.day(asOf.day) })]);
  } else if (asOf.day < (rules[0]?.version ?? "")) {
    // No day that can be today lies before the data was made.
    said.push([texts.page("clockWrong"), "staffClock"]);
  }
  if (asOf.mistyped !== undefined) {
    said.push([texts.page("previewInvalid", { text: asOf.mistyped })]);
  }
  const [reviewBy = asOf.day] = rules.map((one) => one.reviewBy).sort();
  // On other screens the answer says so.
  if (isKiosk && reviewBy < asOf.day) {
    said.push([texts.filled(["warnings", "rules-expired"], { reviewBy: texts.day(reviewBy) }), "staffRules"]);
  }
  return said.map(([words = "", forStaff]) =>
    element(
      "div",
      { class: "notice" },
      element("p", {}, words),
      // Whoever looks after a shared screen reads Japanese, whatever is spoken on it.
      isKiosk && forStaff && element("p", { class: "staff", lang: "ja" }, texts.japanese.page(forStaff)),
    ),
  );
}
