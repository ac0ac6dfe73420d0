const CONDITIONS = [
  ["{card} = 'usable' and {smartphone} = true and {assist} = false", "download-mynaportal"],
  ["{card} = 'usable' and {smartphone} = false", "carry-notice"],
  ["({card} <> 'usable' or {assist} = true) and {asOf} >= '2025-12-02'", "shikaku-kakuninsho"],
  ["{card} <> 'usable' and {asOf} <= '2025-12-01' and {enrollment} <= '2024-12-01'", "use-old-card"],
  ["{card} = 'not-obtained'", "get-card"],
  ["{card} = 'not-registered'", "register-use"],
];

export default [
  {
    name: "survey-core (its conditions)",
    start: async () => {
      const { createRequire } = await import("node:module");
      const { ConditionRunner } = createRequire(import.meta.url)("survey-core");
      const runners = CONDITIONS.map(([condition, code]) => [new ConditionRunner(condition), code]);
      return (member) => runners.filter(([runner]) => runner.runValues(member, {})).map(([, code]) => code);
    },
    entry: 'export { Model } from "survey-core";',
  },
];
