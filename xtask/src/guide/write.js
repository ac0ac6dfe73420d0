/** Writes the guides down: `node write.js <folder>`, where the page's files and what the engine says are. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LANGUAGES } from "../../../www/elements/languages.js";
import { Texts } from "../../../www/elements/texts.js";
import { ready } from "../../../www/engine/engine.js";
import { guide, index, inside } from "./documents.js";
import { paper } from "./paper.js";

const folder = process.argv[2];
const json = (file) => JSON.parse(readFileSync(file, "utf8"));
const write = (file, text) => writeFileSync(join(folder, "made", file), text);

globalThis.document = paper;
await ready(readFileSync(join(folder, "www/engine/shikaku_navi_bg.wasm")));

const rules = (file) => json(join(folder, "www/rules", file));
const national = rules("national.json");
const subjects = json(join(folder, "guides.json")).map((data) => ({
  data,
  rules: { national, insurer: data.insurer === "national" ? undefined : rules(`insurers/${data.insurer}.json`) },
}));
const [japanese, ...others] = LANGUAGES;
const first = new Texts(json(japanese.texts), japanese, true);
const all = [first, ...others.map((language) => new Texts(json(language.texts), language, true, first))];

mkdirSync(join(folder, "made/guide"), { recursive: true });
mkdirSync(join(folder, "made/inside"));
write("guide/index.html", index(subjects, all, first));
for (const subject of subjects) {
  write(`inside/${subject.data.insurer}.html`, String(inside(subject, first)));
  for (const texts of all) {
    write(`guide/${subject.data.insurer}.${texts.language.id}.html`, guide(subject, texts, LANGUAGES));
  }
}
