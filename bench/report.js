/** What was measured, in Markdown: ratios first. */

const number = (value, digits = 3) =>
  value === undefined
    ? ""
    : (value >= 100 ? Math.round(value) : Number(value.toPrecision(digits))).toLocaleString("en-GB");
const times = (ratio) => `${number(ratio)} ×`;
const rate = (nanos) => `${number(1000 / nanos)} M/s`;

function table(head, rows) {
  const cells = [head, head.map((_, place) => (place === 0 ? "---" : "---:")), ...rows];
  return cells.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

export function tables({ machine, node, date, engines, manyBytes, wasm, native, page }) {
  const [ours] = engines;
  const byHand = engines.find(({ name }) => name.startsWith("hand-written"));
  const small = table(
    ["One small decision", "time to ours", "time to by hand", "a decision", "download", "cold start"],
    engines.map(({ name, nanos, bytes, coldMillis }) => [
      name,
      times(nanos.median / ours.nanos.median),
      times(nanos.median / byHand.nanos.median),
      `${number(nanos.median)} ns`,
      bytes === undefined ? "" : `${number(bytes / 1024)} KB`,
      `${number(coldMillis)} ms`,
    ]),
  );
  const rulebooks = native.rulebooks.map((rulebook) => ({
    ...rulebook,
    wasm: wasm.find(({ insurer }) => insurer === rulebook.insurer),
  }));
  const whole = table(
    [
      "Real rules, in wasm",
      "`assess` to by hand",
      "`assess`",
      "to by hand, nobody alike",
      "nobody alike",
      "facts at random",
      "`decide`",
    ],
    rulebooks.map(({ insurer, wasm: { assessComplete, assessAlone, assess, decide } }) => [
      insurer,
      times(assessComplete.median / byHand.nanos.median),
      `${number(assessComplete.median / 1000)} µs`,
      times(assessAlone.median / byHand.nanos.median),
      `${number(assessAlone.median / 1000)} µs`,
      `${number(assess.median / 1000)} µs`,
      `${number(decide.median / 1000)} µs`,
    ]),
  );
  const { copyNanosPerByte, andNanosPer64 } = native.machine;
  const many = table(
    [
      "`assessMany`, members a second",
      "to the bound",
      "native, classes",
      "native, dates",
      "wasm, classes",
      "wasm, dates",
      "boxes",
    ],
    rulebooks.map(({ insurer, conjunctions, words, bytes, manyClasses, manyFacts, wasm: found }) => [
      insurer,
      times(manyClasses.median / Math.max((words * andNanosPer64.median) / 64, bytes * copyNanosPerByte.median)),
      rate(manyClasses.median),
      rate(manyFacts.median),
      rate(found.manyClasses.median),
      rate(found.manyFacts.median),
      conjunctions,
    ]),
  );
  const [, ...more] = native.rules;
  const curve = table(
    ["Rules", ...more.map(({ rules }) => rules)],
    [
      ["ns a member", ...more.map(({ nanos }) => number(nanos))],
      ["ns for each 64 conjunctions beyond 100 rules", ...more.map(({ nanosPer64More }) => number(nanosPer64More))],
    ],
  );
  const largest = rulebooks.reduce((one, other) => (other.conjunctions > one.conjunctions ? other : one));
  const linear = table(
    [`Members at once (${largest.insurer})`, ...largest.linear.map(({ members }) => members.toLocaleString("en-GB"))],
    [["ns a member", ...largest.linear.map(({ nanos }) => number(nanos.median))]],
  );
  const visit = (how, found) => [
    how,
    ...[found["first-contentful-paint"], found.enabled, found.answered].map((millis) => `${number(millis)} ms`),
    `${number(found.bytes / 1024)} KB`,
  ];
  const visits =
    page &&
    table(
      ["The page, in Chromium", "first paint", "first question enabled", "answer", "download"],
      [visit("four times slower, in a slow 4G network", page.slow), visit("here", page.fast)],
    );
  return `${[
    `Measured on ${date}, ${machine}, Node ${node}; the median of seven. Ratios compare what ran side by side.`,
    small,
    whole,
    many,
    `The module that answers many, asked for alone: ${number(manyBytes / 1024)} KB (brotli).`,
    linear,
    curve,
    ...(visits ? [visits, `Lighthouse, performance on a telephone: ${page.lighthouse} of 100.`] : []),
  ].join("\n\n")}\n`;
}
