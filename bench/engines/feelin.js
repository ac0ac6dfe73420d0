const expression = `[if card = "usable" and smartphone and not(assist) then "download-mynaportal" else null,
if card = "usable" and not(smartphone) then "carry-notice" else null,
if (card != "usable" or assist) and asOf >= "2025-12-02" then "shikaku-kakuninsho" else null,
if card != "usable" and asOf <= "2025-12-01" and enrollment <= "2024-12-01" then "use-old-card" else null,
if card = "not-obtained" then "get-card" else null,
if card = "not-registered" then "register-use" else null][item != null]`;

export default [
  {
    name: "feelin (reads the expression each time)",
    start: async () => {
      const { evaluate } = await import("feelin");
      return (member) => {
        const found = evaluate(expression, member);
        return found.value ?? found;
      };
    },
    entry: 'export { evaluate } from "feelin";',
  },
];
