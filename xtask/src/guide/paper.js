/**
 * Elements for where there is no browser: the page's own code makes them, and they are written down as HTML. What is
 * text is escaped here, so nothing in the data can become markup.
 */

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
/** Elements that hold nothing. */
const EMPTY = ["br", "link", "meta"];

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"]/g, (letter) => ESCAPED[letter] ?? letter);
}

class PaperElement {
  /** @type {Map<string, string>} */
  #attributes = new Map();
  /** @type {(PaperElement | string)[]} */
  #parts = [];

  /** @param {string} tag */
  constructor(tag) {
    this.tag = tag;
  }

  /** The elements in it. */
  get children() {
    return this.#parts.filter((part) => typeof part !== "string");
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  setAttribute(name, value) {
    this.#attributes.set(name, value);
  }

  /** @param {...(PaperElement | string)} parts */
  append(...parts) {
    this.#parts.push(...parts);
  }

  toString() {
    const attributes = [...this.#attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    if (EMPTY.includes(this.tag)) {
      return `<${this.tag}${attributes} />`;
    }
    const inside = this.#parts.map((part) => (typeof part === "string" ? escaped(part) : String(part))).join("");
    return `<${this.tag}${attributes}>${inside}</${this.tag}>`;
  }
}

/** What the page's code asks of a document. */
export const paper = {
  createElement: (/** @type {string} */ tag) => new PaperElement(tag),
  createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new PaperElement(tag),
};
