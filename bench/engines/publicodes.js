const model = {
  carte: { question: "?", type: "texte" },
  smartphone: { question: "?" },
  assistance: { question: "?" },
  inscription: { question: "?", type: "date" },
  au: { question: "?", type: "date" },
  utilisable: "carte = 'usable'",
  g1: { "toutes ces conditions": ["utilisable", "smartphone", "assistance = non"] },
  g2: { "toutes ces conditions": ["utilisable", "smartphone = non"] },
  g3: {
    "toutes ces conditions": [{ "une de ces conditions": ["utilisable = non", "assistance"] }, "au >= 02/12/2025"],
  },
  g4: { "toutes ces conditions": ["utilisable = non", "au <= 01/12/2025", "inscription <= 01/12/2024"] },
  g5: "carte = 'not-obtained'",
  g6: "carte = 'not-registered'",
};
const CODES = {
  g1: "download-mynaportal",
  g2: "carry-notice",
  g3: "shikaku-kakuninsho",
  g4: "use-old-card",
  g5: "get-card",
  g6: "register-use",
};
const day = (iso) => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
const yes = (truth) => (truth ? "oui" : "non");
const logger = { log() {}, warn() {}, error() {} };

export default [
  {
    name: "publicodes",
    start: async () => {
      const { default: Engine } = await import("publicodes");
      const engine = new Engine(model, { logger, warn: false });
      return ({ card, smartphone, assist, enrollment, asOf }) => {
        engine.setSituation({
          carte: `'${card}'`,
          smartphone: yes(smartphone),
          assistance: yes(assist),
          inscription: day(enrollment),
          au: day(asOf),
        });
        const found = [];
        for (const rule in CODES) {
          if (engine.evaluate(rule).nodeValue === true) {
            found.push(CODES[rule]);
          }
        }
        return found;
      };
    },
    entry: 'export { default } from "publicodes";',
  },
];
