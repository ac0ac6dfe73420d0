const member = (name) => ({ var: name });
const usable = { "===": [member("card"), "usable"] };
const notUsable = { "!==": [member("card"), "usable"] };
const gives = (code, ...all) => ({ if: [all.length === 1 ? all[0] : { and: all }, [code], []] });

/** The decision in JsonLogic. */
export const model = {
  merge: [
    gives("download-mynaportal", usable, member("smartphone"), { "!": [member("assist")] }),
    gives("carry-notice", usable, { "!": [member("smartphone")] }),
    gives("shikaku-kakuninsho", { or: [notUsable, member("assist")] }, { ">=": [member("asOf"), "2025-12-02"] }),
    gives(
      "use-old-card",
      notUsable,
      { "<=": [member("asOf"), "2025-12-01"] },
      { "<=": [member("enrollment"), "2024-12-01"] },
    ),
    gives("get-card", { "===": [member("card"), "not-obtained"] }),
    gives("register-use", { "===": [member("card"), "not-registered"] }),
  ],
};

export default [
  {
    name: "json-logic-engine, compiled (needs `unsafe-eval`)",
    start: async () => {
      const { LogicEngine } = await import("json-logic-engine");
      return new LogicEngine().build(model);
    },
    entry: 'export { LogicEngine } from "json-logic-engine";',
  },
  {
    name: "json-logic-engine, interpreted",
    start: async () => {
      const { LogicEngine } = await import("json-logic-engine");
      const engine = new LogicEngine();
      return (told) => engine.run(model, told);
    },
  },
  {
    name: "json-logic-js",
    start: async () => {
      const { default: logic } = await import("json-logic-js");
      return (told) => logic.apply(model, told);
    },
    entry: 'export { default } from "json-logic-js";',
  },
];
