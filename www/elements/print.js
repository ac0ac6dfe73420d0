/** Printing the check alone, whatever page it stands in. */

/** Everything outside the check is left out, and what it stands in takes no room of its own. */
const ALONE = `@media print {
  :not([data-shikaku-navi="around"], [data-shikaku-navi="printed"], [data-shikaku-navi="printed"] *) {
    display: none !important;
  }
  [data-shikaku-navi="around"] {
    all: revert !important;
    display: block !important;
    margin: 0 !important;
    padding: 0 !important;
  }
}`;

/** Ends what the last printing needed. */
let done = () => {};

/**
 * Prints one element and nothing around it. What is needed for that is gone after it.
 * @param {Element} printed
 * @param {string} [paper] rules for the pages
 * @param {() => void} [after]
 */
export function print(printed, paper = "", after = () => {}) {
  done();
  const alone = new CSSStyleSheet();
  alone.replaceSync(ALONE + paper);
  const around = [...ancestors(printed)];
  const roots = new Set([printed, ...around].map((one) => /** @type {Document | ShadowRoot} */ (one.getRootNode())));
  const mark = (/** @type {Element} */ one, /** @type {string} */ as) => one.setAttribute("data-shikaku-navi", as);
  mark(printed, "printed");
  around.forEach((one) => mark(one, "around"));
  roots.forEach((root) => root.adoptedStyleSheets.push(alone));
  done = () => {
    [printed, ...around].forEach((one) => one.removeAttribute("data-shikaku-navi"));
    for (const root of roots) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== alone);
    }
    after();
    done = () => {};
  };
  globalThis.addEventListener("afterprint", () => done(), { once: true });
  globalThis.print();
}

/** Leaves nothing of the last printing, though the browser may not have said that it is over. */
export function forgetPrinting() {
  done();
}

/**
 * What an element is shown in, from the inside out, through every root.
 * @param {Element} element
 * @returns {Generator<Element>}
 */
function* ancestors(element) {
  const { assignedSlot, parentElement } = element;
  const root = element.getRootNode();
  const next = assignedSlot ?? parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
  if (next) {
    yield next;
    yield* ancestors(next);
  }
}
