/** Building elements. Text is always text: nothing here ever reads markup. */

/** What elements are made from; where there is no page, as on a server, they can be imported all the same. */
export const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

/**
 * Gives an element its tag, unless somebody has given it already.
 * @param {string} tag
 * @param {CustomElementConstructor} made
 */
export function define(tag, made) {
  globalThis.customElements?.get(tag) ?? globalThis.customElements?.define(tag, made);
}

/** What a page around the check can give other looks: parts of the same names as their classes. */
const PARTS = ["primary", "secondary", "link", "choice", "notice", "question", "sheet-heading", "section", "item"];

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | EventListener | undefined>} [attributes] `on…` are listeners; `false` and `undefined` leave the attribute out
 * @param {...(Child | Child[])} children strings may carry readings, see {@link withReadings}
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  const parts = String(attributes.class ?? "")
    .split(" ")
    .filter((name) => PARTS.includes(name));
  if (parts.length > 0) {
    made.setAttribute("part", parts.join(" "));
  }
  for (const child of children.flat()) {
    if (typeof child === "string") {
      made.append(...withReadings(child));
    } else if (child) {
      made.append(child);
    }
  }
  return made;
}

/**
 * A heading of the given level, 1 to 6.
 * @param {number} level
 * @param {Record<string, string | number>} attributes
 * @param {...Child} children
 */
export function heading(level, attributes, ...children) {
  const tag = /** @type {"h1"} */ (`h${Math.min(Math.max(level, 1), 6)}`);
  return element(tag, attributes, ...children);
}

/**
 * Fields that are sent off together: by a button that calls `send`, or by Enter in one of them. The browser never sends
 * the form itself; in a frame kept apart by `sandbox` it would not, not even to a listener.
 * @param {() => void} send
 * @param {...(Child | Child[])} children
 */
export function form(send, ...children) {
  const onkeydown = (/** @type {Event} */ event) => {
    const { key, isComposing, keyCode, target } = /** @type {KeyboardEvent} */ (event);
    // Enter that ends the writing of a word is none; Safari tells by the code alone.
    if (key === "Enter" && target instanceof HTMLInputElement && !isComposing && keyCode !== 229) {
      event.preventDefault();
      send();
    }
  };
  const onsubmit = (/** @type {Event} */ event) => event.preventDefault();
  return element("form", { novalidate: true, onkeydown, onsubmit }, ...children);
}

/**
 * Brings what is new to the reader's attention: its heading comes to the top of the screen, and into focus.
 * @param {Element} part
 */
export function attend(part) {
  const found = /** @type {HTMLElement | null} */ (part.querySelector(".question, .sheet-heading"));
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: "start" });
}

/**
 * Draws anew, while what was typed, and not yet answered, stays in the fields of the same names, and the focus with it.
 * @param {Element} part with the fields
 * @param {() => void} draw
 */
export function keepTyped(part, draw) {
  const typed = [...part.querySelectorAll("input")];
  const { activeElement } = /** @type {ShadowRoot} */ (part.getRootNode());
  draw();
  for (const field of part.querySelectorAll("input")) {
    const chosen = field.type === "radio" || field.type === "checkbox";
    const before = typed.find((other) => other.name === field.name && (!chosen || other.value === field.value));
    if (before && chosen) {
      field.checked = before.checked;
    } else if (before) {
      field.value = before.value;
    }
    before && before === activeElement && field.focus();
  }
}

/** A word and how it is read, as the texts have it: `{漢字|かんじ}`. */
const READING = /\{([^{}|]+)\|([^{}|]+)\}/g;

/**
 * A text with its readings set above the words.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function withReadings(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(READING)) {
    const [whole, word = "", reading = ""] = found;
    parts.push(text.slice(end, found.index));
    const above = [element("rp", {}, "（"), element("rt", {}, reading), element("rp", {}, "）")];
    parts.push(element("ruby", {}, word, ...above));
    end = found.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== "");
}

/**
 * A text without its readings, for where only plain text can stand.
 * @param {string} text
 */
export function withoutReadings(text) {
  return text.replace(READING, "$1");
}
