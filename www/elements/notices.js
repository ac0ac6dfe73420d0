/** What stands above the check: that another day is shown or has come, the clock is wrong, or the rules are old. */

import { element } from "./dom.js";

/**
 * @param {object} what
 * @param {import("./texts.js").Texts} what.texts
 * @param {import("./asked.js").AsOf} what.asOf the day the guidance is for
 * @param {string} what.before the day it was for until the device said that it is another, if somebody has seen it
 * @param {import("./sheet-parts.js").Rules[]} what.rules the national ones, then the insurer's, once there is one
 * @param {boolean} what.isKiosk whether the screen is a shared one, which somebody looks after
 */
export function notices({ texts, asOf, before, rules, isKiosk }) {
  const said = [];
  if (asOf.preview) {
    said.push([texts.page("preview", { day: texts.day(asOf.day) })]);
  } else if (asOf.isClockWrong) {
    said.push([texts.page("clockWrong"), "staffClock"]);
  }
  if (asOf.mistyped !== undefined) {
    said.push([texts.page("previewInvalid", { text: asOf.mistyped })]);
  }
  if (before) {
    said.push([texts.page("dayChanged", { before: texts.day(before), day: texts.day(asOf.day) })]);
  }
  const [reviewBy = asOf.day] = rules.map((one) => one.reviewBy).sort();
  // On other screens the answer says so.
  if (isKiosk && reviewBy < asOf.day) {
    said.push([texts.filled(["warnings", "rules-expired"], { reviewBy: texts.day(reviewBy) }), "staffRules"]);
  }
  return said.map(([words = "", forStaff]) =>
    element(
      "div",
      { class: "notice", role: before && "alert" },
      element("p", {}, words),
      // Whoever looks after a shared screen reads Japanese, whatever is spoken on it.
      isKiosk && forStaff && element("p", { class: "staff", lang: "ja" }, texts.japanese.page(forStaff)),
    ),
  );
}
