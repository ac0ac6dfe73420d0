/**
 * Data as the engine takes it: as one text, since crossing costs more than reading. `read_flat` in `src/flat.rs` is the
 * other side.
 * @module
 */

/** One more of each than the engine takes, so that it refuses what is cut off here. */
const DEEPEST = 33;
const MOST_VALUES = 20_001;
const LONGEST_TEXT = 4001;

/**
 * Writes any value down: `n` is nothing, `y` and `f` are yes and no, `#` begins a whole number, `t` a text, `l` a list
 * and `o` an object, each followed by how much it holds and `;`. What is not like JSON, or cannot be read, is `?`.
 *
 * An object can hold itself, be as large as the memory, or throw at whoever looks at it.
 * @param {unknown} value
 */
export function flatten(value) {
  let seen = 0;
  /** @type {(text: string) => string} */
  const text = (text) => {
    const start = text.slice(0, LONGEST_TEXT);
    return `${start.length};${start}`;
  };
  /** @type {(value: unknown, deepest: number) => string} */
  const flat = (value, deepest) => {
    seen += 1;
    if (value === null || value === undefined) {
      return "n";
    }
    if (typeof value === "boolean") {
      return value ? "y" : "f";
    }
    if (typeof value === "string") {
      return `t${text(value)}`;
    }
    if (typeof value === "number") {
      return Number.isSafeInteger(value) ? `#${value};` : "?";
    }
    if (typeof value !== "object" || deepest === 0 || seen >= MOST_VALUES) {
      return "?";
    }
    let all = "";
    let count = 0;
    if (Array.isArray(value)) {
      for (; count < value.length && seen < MOST_VALUES; count++) {
        all += flat(value[count], deepest - 1);
      }
      return `l${count};${all}`;
    }
    // Of this page or of another: nothing, or only the root of all objects, stands behind a mere collection of keys.
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      return "?";
    }
    for (const key of Object.keys(value)) {
      if (seen >= MOST_VALUES) {
        break;
      }
      all += text(key) + flat(/** @type {Record<string, unknown>} */ (value)[key], deepest - 1);
      count += 1;
    }
    return `o${count};${all}`;
  };
  try {
    return flat(value, DEEPEST);
  } catch {
    return "?";
  }
}
