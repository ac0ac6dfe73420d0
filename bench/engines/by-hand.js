import { byHand } from "../decision.js";

export default [
  {
    name: "hand-written JavaScript",
    start: () => byHand,
    entry: 'export { byHand } from "./decision.js";',
  },
];
