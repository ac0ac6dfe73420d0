/** The public page: hands what the address says to the check. */

import { define, element, withoutReadings, withReadings } from "./elements/dom.js";
import { json, LANGUAGES } from "./elements/languages.js";
import { ShikakuNavi } from "./elements/shikaku-navi.js";
import { stayAvailable } from "./offline.js";

// The style sheet in the page is refused where the server's policy does not name its hash.
if (document.styleSheets.length === 0) {
  const href = String(new URL("./style.css", import.meta.url));
  document.head.append(element("link", { rel: "stylesheet", href }));
}

const parameters = new URLSearchParams(location.search);
const check = /** @type {ShikakuNavi | null} */ (document.querySelector("shikaku-navi"));
/** @type {[string, string][]} */
const attributes = [
  ["insurer", "insurer"],
  ["asOf", "as-of"],
  ["lang", "lang"],
  ["mode", "mode"],
  ["idle", "idle"],
  ["paper", "paper"],
];
for (const [parameter, attribute] of attributes) {
  const value = parameters.get(parameter);
  if (value !== null) {
    check?.setAttribute(attribute, value);
  }
}

const isKiosk = check?.getAttribute("mode") === "kiosk";
document.documentElement.toggleAttribute("data-kiosk", isKiosk);
const loaded = new Promise((resolve) => check?.addEventListener("shikaku-navi-loaded", resolve, { once: true }));

// Only now, so that the element finds its attributes in place.
define("shikaku-navi", ShikakuNavi);
stayAvailable(loaded);

/** Says what stands around the check in the language that was chosen in it. */
async function translate() {
  const language = LANGUAGES.find(({ id }) => id === check?.getAttribute("lang"));
  if (!language) {
    return;
  }
  const { title, lead, about, notes } = (await json(language.texts)).public;
  document.documentElement.lang = language.tag;
  document.title = `資格ナビ — ${withoutReadings(title)}`;
  const places = document.querySelectorAll("h1, .lead, footer h2, footer li");
  for (const [number, text] of [title, lead, about, ...notes].entries()) {
    places[number]?.replaceChildren(...withReadings(text));
  }
}

if (check) {
  new MutationObserver(translate).observe(check, { attributes: true, attributeFilter: ["lang"] });
  translate();
}

// The browser’s own way back leads to the question before, not away with all answers. Its history holds how many steps
// were taken, and nothing of them; on a shared screen, not even that.
if (check && !isKiosk) {
  let depth = 0;
  check.addEventListener("click", () =>
    setTimeout(() => {
      if (check.depth > depth) {
        history.pushState(check.depth, "");
      }
      depth = check.depth;
    }),
  );
  addEventListener("popstate", ({ state }) => {
    if ((state ?? 0) < check.depth) {
      check.back();
    }
    depth = check.depth;
  });
}
