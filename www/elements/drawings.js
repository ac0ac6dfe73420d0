/** Small drawings of the documents, so that nobody mistakes one for another. Their names stay in Japanese, as on paper. */

/** @typedef {Record<string, string | number>} Attributes */

/**
 * @param {string} tag
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 */
function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

const rect = (
  /** @type {number[]} */ [x = 0, y = 0, width = 0, height = 0, rx = 0],
  /** @type {Attributes} */ more = {},
) => svg("rect", { x, y, width, height, rx, ...more });
const line = (/** @type {string} */ d, /** @type {Attributes} */ more = {}) => svg("path", { d, ...more });
const words = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ size,
  /** @type {string} */ text,
) => svg("text", { x, y, "font-size": size, class: "words" }, text);
const person = (/** @type {number} */ x, /** @type {number} */ y) => [
  svg("circle", { cx: x, cy: y, r: 6 }),
  line(`M${x - 10} ${y + 19}a10 10 0 0 1 20 0z`),
];

/** @type {Record<string, () => Node[]>} Each is drawn on a ground of 120 by 80. */
const DRAWINGS = {
  // The card has a face and a chip.
  card: () => [
    rect([4, 6, 112, 68, 6], { class: "paper" }),
    rect([12, 28, 26, 34, 2], { class: "shade" }),
    ...person(25, 39),
    rect([92, 38, 16, 13, 3], { class: "shade" }),
    line("M92 44.5h16M100 38v13"),
    words(12, 20, 9, "マイナンバーカード"),
    line("M46 34h34M46 44h28M46 54h32", { class: "faint" }),
  ],
  certificate: () => [
    rect([4, 6, 112, 68, 3], { class: "paper strong" }),
    words(12, 23, 13, "資格確認書"),
    line("M12 34h60M12 43h72", { class: "faint" }),
    words(12, 60, 9, "有効期限"),
    line("M52 58h44", { class: "faint" }),
  ],
  // A sheet of paper with a part to be cut off.
  notice: () => [
    line("M24 2h72v76H24z", { class: "paper" }),
    words(28.5, 13, 7, "資格情報のお知らせ"),
    line("M30 21h56M30 28h60M30 35h48", { class: "faint" }),
    line("M24 46h72", { class: "cut" }),
    line("M60 46v32", { class: "cut" }),
    line("M66 56h22M66 63h18", { class: "faint" }),
  ],
  phone: () => [
    rect([40, 2, 40, 76, 6], { class: "paper" }),
    rect([44, 9, 32, 58, 1], { class: "shade" }),
    words(46, 22, 6, "健康保険証"),
    line("M48 30h24M48 37h20M48 44h24", { class: "faint" }),
    svg("circle", { cx: 60, cy: 72.5, r: 2.5 }),
  ],
  old: () => [
    rect([4, 6, 112, 68, 6], { class: "paper" }),
    words(12, 22, 10, "健康保険"),
    words(12, 34, 9, "被保険者証"),
    line("M12 44h70M12 52h56M12 60h64", { class: "faint" }),
  ],
  elderly: () => [
    rect([4, 6, 112, 68, 3], { class: "paper" }),
    words(12, 23, 11, "高齢受給者証"),
    line("M12 34h60M12 43h72", { class: "faint" }),
    words(12, 62, 11, "2割"),
  ],
  statement: () => [
    line("M24 2h72v76H24z", { class: "paper" }),
    words(28, 13, 6.5, "被保険者資格申立書"),
    line("M30 24h56M30 34h56M30 44h56M30 54h30", { class: "faint" }),
    line("M70 66l20-20 5 5-20 20-7 2z", { class: "shade" }),
  ],
  alone: () => [...(DRAWINGS.notice?.() ?? []), line("M28 8l64 64M92 8l-64 64", { class: "crossed" })],
};

/** @type {Record<string, (keyof typeof DRAWINGS)[]>} What is laid on the counter, by guidance. */
const SHOWN = {
  "show-mynumber-card": ["card"],
  "show-old-card": ["old"],
  "show-certificate": ["certificate"],
  "add-elderly-certificate": ["elderly"],
  "show-portal-with-card": ["card", "phone"],
  "show-notice-with-card": ["card", "notice"],
  "declare-at-counter": ["statement"],
  "notice-not-usable-alone": ["alone"],
};

/**
 * The drawings that go with a piece of guidance; none for most. They show what its title says, so they are hidden
 * from who hears the page.
 * @param {string} guidance
 */
export function drawings(guidance) {
  return (SHOWN[guidance] ?? []).map((name) =>
    svg(
      "svg",
      { viewBox: "0 0 120 80", class: "drawing", "aria-hidden": "true", focusable: "false", lang: "ja" },
      ...(DRAWINGS[name]?.() ?? []),
    ),
  );
}
