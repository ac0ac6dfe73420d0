// To import it would take longer than to start some engines.
const { readFileSync } = process.getBuiltinModule("node:fs");

const MADE = new URL("../../target/bench/", import.meta.url);
const ENGINE = new URL("engine/", MADE);

function card(state) {
  switch (state) {
    case "usable":
      return "registered";
    case "not-obtained":
      return "none";
    case "not-registered":
      return "unregistered";
    case "cert-expired":
      return "certificate-expired";
    default:
      return state;
  }
}
/** What the decision calls what the engine says. Only agreement needs it: an answer is a list of codes either way. */
const CODE = {
  "download-portal-pdf": "download-mynaportal",
  "carry-cutout": "carry-notice",
  "apply-certificate": "shikaku-kakuninsho",
  "show-old-card": "use-old-card",
  "get-card": "get-card",
  "register-card": "register-use",
};
const facts = (member) => ({
  asOf: member.asOf,
  enrolledOn: member.enrollment,
  card: card(member.card),
  smartphone: member.smartphone,
  needsAssistance: member.assist,
});

/** The engine with the decision's rules. */
async function load() {
  const engine = await import(new URL("engine.js", ENGINE));
  await engine.ready(readFileSync(new URL("shikaku_navi_bg.wasm", ENGINE)));
  return engine.load({ national: JSON.parse(readFileSync(new URL("../rules.json", import.meta.url), "utf8")) });
}

/** What only decides, with the decision's rules made ready beforehand. */
async function loadReady() {
  const engine = await import(new URL("decide.js", MADE));
  await engine.ready(new WebAssembly.Module(readFileSync(new URL("decide/shikaku_navi_bg.wasm", MADE))));
  return engine.load(readFileSync(new URL("decide/rules.bin", MADE)));
}

const download = {
  entry: 'export * from "../target/bench/engine/engine.js";',
  files: ["../target/bench/engine/shikaku_navi_bg.wasm"],
};

export default [
  {
    ...download,
    name: "shikaku-navi `decide`",
    named: (id) => CODE[id],
    start: async () => {
      const navi = await load();
      return (member) => navi.decide(facts(member));
    },
  },
  {
    entry: 'export * from "../target/bench/decide.js";',
    files: ["../target/bench/decide/shikaku_navi_bg.wasm", "../target/bench/decide/rules.bin"],
    name: "shikaku-navi `decide`, rules made ready",
    named: (id) => CODE[id],
    start: async () => {
      const decider = await loadReady();
      return (member) => decider.decide(facts(member));
    },
  },
  {
    ...download,
    name: "shikaku-navi `assess` (the whole answer)",
    named: ({ id }) => CODE[id],
    start: async () => {
      const navi = await load();
      return (member) => navi.assess(facts(member)).guidance;
    },
  },
];
