const permit = (when) => `permit(principal, action, resource) when { ${when} };`;
const staticPolicies = {
  "download-mynaportal": permit('context.card == "usable" && context.smartphone && !context.assist'),
  "carry-notice": permit('context.card == "usable" && !context.smartphone'),
  "shikaku-kakuninsho": permit(
    '(context.card != "usable" || context.assist) && context.asOf >= datetime("2025-12-02")',
  ),
  "use-old-card": permit(
    'context.card != "usable" && context.asOf <= datetime("2025-12-01") && context.enrollment <= datetime("2024-12-01")',
  ),
  "get-card": permit('context.card == "not-obtained"'),
  "register-use": permit('context.card == "not-registered"'),
};
const day = (arg) => ({ __extn: { fn: "datetime", arg } });

export default [
  {
    name: "cedar-wasm, parsed beforehand",
    start: async () => {
      const { createRequire } = await import("node:module");
      const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
      cedar.preparsePolicySet("all", { staticPolicies });
      const request = {
        principal: { type: "Member", id: "m" },
        action: { type: "Action", id: "advise" },
        resource: { type: "Guidance", id: "g" },
        preparsedPolicySetId: "all",
        entities: [],
      };
      return ({ card, smartphone, assist, asOf, enrollment }) => {
        const context = { card, smartphone, assist, asOf: day(asOf), enrollment: day(enrollment) };
        return cedar.statefulIsAuthorized({ ...request, context }).response.diagnostics.reason;
      };
    },
    entry: 'export { default, preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/web";',
    files: ["node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm"],
  },
];
