/** What stands there instead of the check: while it is on its way, and where it cannot run. */

import { element } from "./dom.js";
import { NaviInsurers } from "./navi-insurers.js";
import { NaviQuestion } from "./navi-question.js";
import { FIRST } from "./person.js";

/** Said if the texts do not arrive, so it stands here. */
const NO_DATA = "案内のデータを読み込めません。通信を確かめて、もう一度開いてください。下の説明も使えます。";

/**
 * What will be asked first, and that it is on its way.
 * @param {boolean} hasInsurer whether the insurer is given
 * @param {object} what
 * @param {import("./texts.js").Texts} what.texts
 * @param {import("./navi-insurers.js").Insurer[]} what.insurers
 * @param {boolean} what.isKiosk whether the screen is a shared one
 * @param {number} what.level of the heading
 */
export function expected(hasInsurer, what) {
  const asking = hasInsurer ? new NaviQuestion() : new NaviInsurers();
  asking.ask({ question: FIRST, ...what });
  asking.setAttribute("aria-busy", "true");
  return [asking, element("p", { class: "privacy", role: "status" }, what.texts.page("starting"))];
}

/**
 * Why it cannot run, and what stands inside the tag.
 * @param {string} [why]
 */
export function fallBack(why = NO_DATA) {
  return [element("p", { class: "notice", role: "alert" }, why), element("slot")];
}
