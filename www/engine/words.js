/**
 * The words of a rulebook, which cross once, when it is loaded: see `Rulebook::words` in `src/numbers.rs`.
 * @module
 */

/** @typedef {import("./types.d.ts").Guidance} Guidance */
/** @typedef {import("./types.d.ts").Item} Item */
/** @typedef {import("./facts.js").FactWords} FactWords */

/**
 * A statement. A day that follows from a member's facts is `null` among the arguments; where it is the last day,
 * `follows` is true.
 * @typedef {object} Statement
 * @property {number} place
 * @property {Guidance} id
 * @property {Item["section"]} section
 * @property {Item["layer"]} layer
 * @property {[name: string, value: string | number | null][]} args
 * @property {boolean} follows
 * @property {boolean} isFixed whether it is the same for all who are told it because of the same facts
 * @property {string | null} by
 * @property {string[]} sources
 */

/** What callers are given cannot be changed.
 * @type {<T>(value: T) => T} */
export const freeze = Object.freeze;

/**
 * What stands at a place of which the engine says that something stands there.
 * @template T
 * @param {ArrayLike<T>} list
 * @param {number} place
 */
export const one = (list, place) => /** @type {T} */ (list[place]);

/**
 * What a statement gives for an argument or its last day, if it is the same for every member.
 * @param {string | undefined} value
 */
const given = (value) =>
  value?.startsWith("#") ? Number(value.slice(1)) : value?.startsWith("=") ? value.slice(1) : null;

/**
 * Lists of words by the first. As keys, words are known by where they lie, and need not be compared letter by letter.
 * @param {string[][]} lists
 */
const keyed = (lists) =>
  Object.fromEntries(lists.map(([first, ...words]) => [first, Object.fromEntries(words.map((word) => [word]))]));

/**
 * The words that numbers stand for, each by its place: see `Rulebook::words` in `src/numbers.rs`.
 * @param {string} text
 */
export function words(text) {
  const [
    turns = [],
    facts = [],
    guidance = [],
    statements = [],
    lines = [],
    warnings = [],
    [[insurer = ""] = []] = [],
  ] = text.split("\u001d").map((list) =>
    list
      .split("\u001e")
      .slice(1)
      .map((entry) => entry.split("\u001f")),
  );
  /** Guidance whose last day is that of a 資格確認書; where answers are shared, no other statement says it: see
   * `entangle_expiry` in `src/likeness.rs`.
   * @type {Set<Guidance>} */
  const untilExpiry = new Set();
  return {
    insurer,
    untilExpiry,
    turns: Object.fromEntries(turns.map(([of, ...days]) => [of, days.map(Number)])),
    facts: /** @type {FactWords[]} */ (Object.entries(keyed(facts)).map(([fact, words]) => [fact, Object.keys(words)])),
    ids: /** @type {Guidance[]} */ (guidance.map(([id]) => id)),
    statements: statements.map(([number, layer, by, count, ...rest], place) => {
      const [id, section] = one(guidance, Number(number));
      const pairs = rest.slice(Number(count));
      const args = pairs.flatMap((name, at) => (at % 2 === 0 ? [[name, given(pairs[at + 1])]] : []));
      if (by === "!") {
        untilExpiry.add(/** @type {Guidance} */ (id));
      }
      const follows = by === "?" || by === "!";
      return /** @type {Statement} */ ({
        place,
        id,
        section,
        layer,
        args,
        follows,
        isFixed: !follows && args.every(([, value]) => value !== null),
        by: given(by),
        sources: rest.slice(0, Number(count)),
      });
    }),
    // A line that is closed, then the same that is open.
    contacts: lines.flatMap(([id, phone]) =>
      [false, true].map((open) => freeze(/** @type {import("./types.d.ts").ContactLine} */ ({ id, phone, open }))),
    ),
    warnings: /** @type {[id: import("./types.d.ts").WarningId, argument: string][]} */ (warnings),
  };
}
