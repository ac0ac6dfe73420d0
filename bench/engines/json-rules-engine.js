const is = (fact, operator, value) => ({ fact, operator, value });
const usable = is("card", "equal", "usable");
const notUsable = is("card", "notEqual", "usable");
const rule = (type, ...all) => ({ conditions: { all }, event: { type } });
const rules = [
  rule("download-mynaportal", usable, is("smartphone", "equal", true), is("assist", "equal", false)),
  rule("carry-notice", usable, is("smartphone", "equal", false)),
  rule("shikaku-kakuninsho", { any: [notUsable, is("assist", "equal", true)] }, is("asOf", "notBefore", "2025-12-02")),
  rule("use-old-card", notUsable, is("asOf", "notAfter", "2025-12-01"), is("enrollment", "notAfter", "2024-12-01")),
  rule("get-card", is("card", "equal", "not-obtained")),
  rule("register-use", is("card", "equal", "not-registered")),
];

export default [
  {
    name: "json-rules-engine",
    start: async () => {
      const { Engine } = await import("json-rules-engine");
      const engine = new Engine(rules);
      // Its own operators of that kind compare numbers only.
      engine.addOperator("notBefore", (one, other) => one >= other);
      engine.addOperator("notAfter", (one, other) => one <= other);
      return async (member) => (await engine.run(member)).events.map(({ type }) => type);
    },
    entry: 'export { Engine } from "json-rules-engine";',
  },
];
