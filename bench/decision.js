/** The decision that every engine encodes, and the members it is tried and timed on. */

export const CARDS = [
  "usable",
  "lost",
  "renewing",
  "not-obtained",
  "not-registered",
  "deregistered",
  "cert-expired",
  "returned",
];

/**
 * By hand, as fast as it gets: `{ enrollment, asOf, card, smartphone, assist }` to a list of codes. Days are texts,
 * `YYYY-MM-DD`, of which the earlier comes first.
 */
export function byHand(member) {
  const codes = [];
  const usable = member.card === "usable";
  if (usable && member.smartphone && !member.assist) {
    codes.push("download-mynaportal");
  }
  if (usable && !member.smartphone) {
    codes.push("carry-notice");
  }
  if ((!usable || member.assist) && member.asOf >= "2025-12-02") {
    codes.push("shikaku-kakuninsho");
  }
  if (!usable && member.asOf <= "2025-12-01" && member.enrollment <= "2024-12-01") {
    codes.push("use-old-card");
  }
  if (member.card === "not-obtained") {
    codes.push("get-card");
  }
  if (member.card === "not-registered") {
    codes.push("register-use");
  }
  return codes;
}

const DAY = 86_400_000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** Different members on both sides of both days, the same each time. */
export function members(count) {
  const seen = new Set();
  const found = [];
  let state = 12345;
  const below = (limit) => ((state = (state * 1103515245 + 12345) & 0x7fffffff) >>> 8) % limit;
  const [enrollment, asOf] = [Date.parse("2023-06-01"), Date.parse("2025-06-01")];
  while (found.length < count) {
    const member = {
      enrollment: iso(enrollment + below(900) * DAY),
      asOf: iso(asOf + below(365) * DAY),
      card: CARDS[below(8)],
      smartphone: below(2) === 1,
      assist: below(2) === 1,
    };
    const key = JSON.stringify(member);
    if (!seen.has(key)) {
      seen.add(key);
      found.push(member);
    }
  }
  return found;
}

/** Everybody there can be on the four days around the two on which something changes. */
export function boundaries() {
  const found = [];
  for (const card of CARDS) {
    for (const smartphone of [true, false]) {
      for (const assist of [true, false]) {
        for (const asOf of ["2025-12-01", "2025-12-02"]) {
          for (const enrollment of ["2024-12-01", "2024-12-02"]) {
            found.push({ enrollment, asOf, card, smartphone, assist });
          }
        }
      }
    }
  }
  return found;
}
