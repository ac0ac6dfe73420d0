/** What members are told together, and what each is told alone. */

import { load } from "shikaku-navi";
import national from "shikaku-navi/rules/national.json" with { type: "json" };

const navi = await load({ national });
const asOf = "2026-11-21";
const alone = [
  { asOf, enrolledOn: "2020-04-01", card: "registered", smartphone: true },
  { asOf, enrolledOn: "2026-04-01", card: "lost", smartphone: false },
  { asOf, smartphone: true },
  { asOf, enrolledOn: "2026-04-01", card: "none", smartphone: true, portalLogin: true },
].map((facts) => navi.assess(facts));

const day = (iso) => Date.parse(iso) / 86_400_000;
const columns = {
  asOf: Int32Array.of(day(asOf)),
  enrolledOn: Int32Array.of(day("2020-04-01"), day("2026-04-01"), -(2 ** 31), day("2026-04-01")),
  card: Uint8Array.of(1, 4, 0, 3),
  smartphone: Uint8Array.of(2, 1, 2, 2),
  portalLogin: Uint8Array.of(0, 0, 0, 2),
};
const read = ({ guidance, words, rows }) =>
  alone.map((_, member) => {
    const row = rows.subarray(member * words, (member + 1) * words);
    return { ids: guidance.filter((_, bit) => (row[bit >> 5] >>> (bit & 31)) & 1), verdict: row[words - 1] };
  });

const odd = [
  { card: Uint8Array.of(1, 2), smartphone: Uint8Array.of(1, 2, 1) },
  { cards: new Uint8Array(1) },
  { card: [1] },
];
console.log(
  JSON.stringify({
    alone: alone.map(({ guidance, error }) => ({ ids: guidance?.map(({ id }) => id), kind: error?.kind })),
    together: read(navi.assessMany(columns)),
    byClasses: read(navi.assessMany(navi.classesOf(columns))),
    odd: [...odd, null, 5].map((one) => navi.assessMany(one)).map((one) => one.error?.message ?? one.rows.length),
  }),
);
