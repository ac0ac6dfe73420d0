import { readFileSync } from "node:fs";

const ROWS = [
  ["card == 'usable' and smartphone and not assist", "download-mynaportal"],
  ["card == 'usable' and not smartphone", "carry-notice"],
  ["(card != 'usable' or assist) and d(asOf) >= d('2025-12-02')", "shikaku-kakuninsho"],
  ["card != 'usable' and d(asOf) <= d('2025-12-01') and d(enrollment) <= d('2024-12-01')", "use-old-card"],
  ["card == 'not-obtained'", "get-card"],
  ["card == 'not-registered'", "register-use"],
];
const expression = `filter([${ROWS.map(([when, code]) => `(${when}) ? '${code}' : ''`).join(", ")}], # != '')`;

export default [
  {
    name: "zen-engine-wasm (reads the expression each time)",
    start: async () => {
      const zen = await import("@gorules/zen-engine-wasm/dist/zen_engine_wasm.js");
      const wasm = new URL("../node_modules/@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm", import.meta.url);
      zen.initSync({ module: readFileSync(wasm) });
      return (member) => zen.evaluateExpression(expression, member);
    },
    entry: 'export { default, evaluateExpression } from "@gorules/zen-engine-wasm";',
    files: ["node_modules/@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm"],
  },
];
