/** Building elements. Text is always text: nothing here ever reads markup. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | EventListener | undefined>} [attributes] `on…` are listeners; `false` and `undefined` leave the attribute out
 * @param {...(Child | Child[])} children
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
  for (const child of children.flat()) {
    if (child) {
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
