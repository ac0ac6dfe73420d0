/** The engine alone: what one member is told, on a page that looks as its makers like. */

import { load } from "shikaku-navi/engine";
import texts from "shikaku-navi/locales/ja.json" with { type: "json" };
import insurer from "shikaku-navi/rules/insurers/rokin.json" with { type: "json" };
import national from "shikaku-navi/rules/national.json" with { type: "json" };

const navi = await load({ national, insurer });
if ("error" in navi) {
  throw new Error(navi.error.message);
}
// Without `asOf` it is the day it is in Japan.
const told = navi.assess({ asOf: "2026-11-21", enrolledOn: "2026-04-01", card: "registered", smartphone: true });
if ("error" in told) {
  throw new Error(told.error.message);
}
const items = told.guidance.map(({ id }) => {
  const item = document.createElement("li");
  item.dataset.guidance = id;
  item.textContent = texts.guidance[id].title;
  return item;
});
document.querySelector("ul").replaceChildren(...items);
