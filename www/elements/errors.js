/** Saying what is wrong with an answer, on submit and not before. */

import { element } from "./dom.js";

/** @typedef {import("./texts.js").Texts} Texts */

/**
 * A summary to be focused, with the way to the field.
 * @param {Texts} texts
 * @param {string} message
 * @param {HTMLElement | undefined} field
 * @param {...Node} more what helps to put it right
 */
export function errorSummary(texts, message, field, ...more) {
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    field?.scrollIntoView({ block: "center" });
    field?.focus();
  };
  return element(
    "div",
    { class: "error-summary", tabindex: -1 },
    element("p", { class: "error-heading" }, texts.page("errorHeading")),
    element("p", { class: "error" }, element("button", { type: "button", class: "link", onclick: go }, message)),
    ...more,
  );
}
