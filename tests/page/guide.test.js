/** The guide says of everybody what the engine says of them, on every day it is for; and it is only markup and text. */

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { setFlagsFromString } from "node:v8";

import { LANGUAGES } from "../../www/elements/languages.js";
import { paper } from "../../xtask/src/guide/paper.js";
import { CARDS, ROOT, insurers, national, wasm } from "./common.js";

const GUIDE = new URL("dist/guide/", ROOT);

const read = (url) => readFileSync(url, "utf8");
const document = (insurer, language) => read(new URL(`${insurer}.${language}.html`, GUIDE));

// The V8 of Node 20 breaks down when it puts calls of wasm into what it optimises.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const all = [{ id: "national" }, ...insurers];

const UNESCAPED = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
const unescaped = (text) => text.replace(/&\w+;/g, (letter) => UNESCAPED[letter]);

/** The rows of a document: whom each is for, from when to when, and what it says to those enrolled when. */
function rows(html) {
  return html
    .split('<div class="row" data-row="')
    .slice(1)
    .map((part) => {
      const whose = JSON.parse(unescaped(part.slice(0, part.indexOf('"'))));
      const inside = part.slice(0, part.indexOf("</dl>"));
      const items = inside.matchAll(/<li data-guidance="([^"]+)"(?: data-enrolled="([^"]+)")?>(.*?)<\/li>/gs);
      const said = [...items].map(([, id, enrolled, text]) => ({
        id,
        enrolled: JSON.parse(unescaped(enrolled ?? "[]")),
        text,
      }));
      return { ...whose, said };
    });
}

const plus = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
/** The first day on which an expiry was whose grace is not over. */
const graceFrom = (day) => {
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 4, 1)).toISOString().slice(0, 10);
};

/** What people may tell of their 資格確認書 who describe it by the words of the guide. */
const proofs = (day) => ({
  none: [{ certificate: "none" }],
  held: [
    { certificate: "held" },
    ...[0, 30, 900].map((days) => ({ certificate: "held", certificateExpiresOn: plus(day, days) })),
  ],
  gone: [
    { certificate: "lost" },
    { certificate: "damaged", certificateExpiresOn: plus(day, 20) },
    ...[-1, -300].map((days) => ({ certificate: "held", certificateExpiresOn: plus(day, days) })),
  ],
});

/** All ways in which people may describe themselves, and what they may tell then. */
function descriptions(day) {
  const expiries = {
    undefined: [{}],
    false: [plus(day, -1), graceFrom(day)].map((expiry) => ({ cardCertificateExpiresOn: expiry })),
    true: [plus(graceFrom(day), -1), plus(day, -800)].map((expiry) => ({ cardCertificateExpiresOn: expiry })),
  };
  return CARDS.flatMap((card) => {
    // Nobody with a working card is asked for a 資格確認書.
    const asked = card === "registered" ? { undefined: Object.values(proofs(day)).flat() } : proofs(day);
    const states = ["certificate-expired", "expired"].includes(card) ? [false, true] : [undefined];
    return states.flatMap((over) =>
      [true, false].flatMap((smartphone) =>
        Object.entries(asked).map(([certificate, told]) => ({
          described: { card, over, smartphone, certificate },
          people: expiries[over].flatMap((expiry) => told.map((proof) => ({ card, smartphone, ...expiry, ...proof }))),
        })),
      ),
    );
  });
}

/**
 * Days of enrolment, those together that the guide does not tell apart: the days that a rules file names and those
 * before them, and the last ones.
 */
function enrolments(files, day) {
  const named = JSON.stringify(files).match(/\b20\d\d-\d\d-\d\d\b/g) ?? [];
  const settled = ["1995-04-01", "2024-12-02", plus(day, -6), ...named].flatMap((one) => [plus(one, -1), one]);
  const single = [...new Set(settled)].filter((one) => one < plus(day, -5)).map((one) => [one]);
  return [...single, [plus(day, -5), plus(day, -2), day]];
}

/** Whether what is said to those enrolled in some stretches is said to whoever was on a day. */
const isSaidTo = (stretches, enrolled, day) =>
  stretches.length === 0 ||
  stretches.some(
    ({ from, to, age }) =>
      (from === null || enrolled >= from) &&
      (to === null || enrolled <= to) &&
      (age === "any" || (age === "new") === enrolled >= plus(day, -5)),
  );

/** Whether a row is for those who describe themselves like this. */
const isFor = (row, described) =>
  Object.entries(described).every(([key, value]) => row[key] === null || String(row[key]) === String(value));

/** What of all that is said to some people is said to each of them: by id, and what it is about. */
function certain(navi, people) {
  const answers = people.map((facts) => navi.assess(facts)).filter((answer) => !("error" in answer));
  const said = answers.map(({ guidance }) => guidance.map(({ id, args }) => `${id} ${args.about ?? ""}`));
  return said.reduce((one, other) => one.filter((key) => other.includes(key))).map((key) => key.split(" ")[0]);
}

for (const insurer of all) {
  test(`the guide of ${insurer.id} says what the engine says`, () => {
    const rules = insurer.id === "national" ? undefined : insurer;
    const navi = wasm.load(national, rules);
    const told = rows(document(insurer.id, "ja"));
    const turns = [...new Set(told.flatMap(({ from, to }) => [from, to]))].sort();
    assert.equal(turns[0], [national.version, rules?.version ?? ""].sort().at(-1));
    assert.equal(turns.at(-1), [national.reviewBy, rules?.reviewBy ?? national.reviewBy].sort()[0]);
    for (const day of turns) {
      const today = told.filter(({ from, to }) => from <= day && day <= to);
      const said = (described, enrolled) =>
        today
          .filter((row) => isFor(row, described))
          .flatMap((row) => row.said)
          .filter((item) => isSaidTo(item.enrolled, enrolled, day))
          .map(({ id }) => id);
      for (const enrolled of enrolments([national, rules], day)) {
        const on = (people) =>
          people.flatMap((facts) => enrolled.map((enrolledOn) => ({ asOf: day, ...facts, enrolledOn })));
        for (const { described, people } of descriptions(day)) {
          const where = JSON.stringify({ day, enrolled, ...described });
          assert.deepEqual(said(described, enrolled[0]).sort(), certain(navi, on(people)).sort(), where);
        }
        // What is said of a 資格確認書 whatever the card holds for a working one too.
        for (const [certificate, people] of Object.entries(proofs(day))) {
          const holds = certain(navi, on(people.map((proof) => ({ card: "registered", smartphone: true, ...proof }))));
          const where = JSON.stringify({ day, enrolled, certificate });
          const more = today.filter((row) => row.card === null && row.certificate === certificate);
          const heard = more.flatMap((row) => row.said).filter((item) => isSaidTo(item.enrolled, enrolled[0], day));
          assert(
            heard.every(({ id }) => holds.includes(id)),
            where,
          );
        }
      }
    }
  });

  test(`the guide of ${insurer.id} changes where it says it does`, () => {
    const told = rows(document(insurer.id, "ja"));
    for (const card of [null, ...CARDS]) {
      const mine = told.filter((row) => row.card === card);
      const periods = [...new Set(mine.map(({ from }) => from))].map((from) => mine.filter((row) => row.from === from));
      for (const [number, next] of periods.slice(1).entries()) {
        const before = periods[number];
        assert.equal(plus(before[0].to, 1), next[0].from);
        const undated = (some) => some.map((row) => ({ ...row, from: null, to: null }));
        assert.notDeepEqual(undated(before), undated(next), `${card} ${next[0].from}`);
      }
    }
  });

  test(`the guide of ${insurer.id} says the same in every language`, () => {
    const plain = (language) =>
      rows(document(insurer.id, language)).map(({ said, ...whose }) => ({
        ...whose,
        said: said.map(({ id, enrolled }) => ({ id, enrolled })),
      }));
    for (const { id } of LANGUAGES) {
      assert.deepEqual(plain(id), plain("ja"), id);
    }
  });
}

test("every document leads only to what is there, and holds neither scripts nor styles", () => {
  const documents = readdirSync(GUIDE).filter((name) => name.endsWith(".html"));
  assert.equal(documents.length, all.length * LANGUAGES.length + 1);
  for (const name of documents) {
    const html = read(new URL(name, GUIDE));
    assert(!/<script|<style|\sstyle=|\son[a-z]+=|undefined|\[object|\{[a-z]+\}/.test(html), name);
    for (const [, target] of html.matchAll(/\shref="([^"]*)"/g)) {
      const there = target.startsWith("#")
        ? html.includes(` id="${target.slice(1)}"`)
        : /^(data:,|tel:\d+)$/.test(target) || existsSync(new URL(target.split("?")[0], GUIDE));
      assert(there, `${name}: ${target}`);
    }
  }
});

test("what is text never becomes markup", () => {
  const made = paper.createElement("p");
  made.setAttribute("title", '"><script>');
  made.append("<b>&", paper.createElement("br"));
  assert.equal(String(made), '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;<br /></p>');
});
