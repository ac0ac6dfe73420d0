// What TypeScript says of somebody who uses the package: all of it is checked, nothing of it is run.

import { ShikakuNavi, load as loadFromRoot } from "shikaku-navi";
import "shikaku-navi/define";
import type { Decider } from "shikaku-navi/decide";
import { load as loadReady } from "shikaku-navi/decide";
import type { Assessment, Facts, Failure, Guidance, Navi, Question } from "shikaku-navi/engine";
import { load, readDay, ready, sectionOf, todayInJapan } from "shikaku-navi/engine";
import texts from "shikaku-navi/locales/ja.json" with { type: "json" };
import insurers from "shikaku-navi/rules";
import national from "shikaku-navi/rules/national.json" with { type: "json" };

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;
const same = <One, Other>(_: Same<One, Other>) => undefined;

same<typeof loadFromRoot, typeof load>(true);
await ready();
const rules: URL | undefined = insurers.find(({ id }) => id === "rokin")?.rules;
const insurer: unknown = rules && (await (await fetch(rules)).json());
const navi: Navi | Failure = await load({ national, insurer });
if ("error" in navi) {
  throw new Error(navi.error.message);
}

const facts: Facts = { enrolledOn: "2020-04-01", card: "none", smartphone: true, asOf: todayInJapan() };
const told: Assessment | Failure = navi.assess(facts);
if (!("error" in told)) {
  const ids: Guidance[] = told.guidance.map(({ id }) => id);
  const question: Question | null = told.question;
  console.log(ids.map(sectionOf), ids.includes("get-card"), question?.options, texts.guidance["get-card"].title);
}
const decider: Decider | Failure = await loadReady(new Uint8Array());
if (!("error" in decider)) {
  const decided: Guidance[] | Failure = decider.decide(facts);
  console.log("error" in decided ? decided.error.kind : decided.length);
}
const read = readDay("令和6年7月1日");
const day: string = "error" in read ? read.error.message : read.day;
navi.free();

const check = document.querySelector("shikaku-navi");
same<typeof check, ShikakuNavi | null>(true);
const depth: number = new ShikakuNavi().depth + day.length;
check?.back();
console.log(depth);

// @ts-expect-error there is no such card
navi.assess({ card: "gold" });
// @ts-expect-error there is no such fact
navi.assess({ shoeSize: 27 });
// @ts-expect-error there is no such guidance
sectionOf("get-rich");
// @ts-expect-error a load may fail
(await load({ national })).assess({});
// @ts-expect-error rules made ready are bytes
await loadReady({ national });
// @ts-expect-error the package has no such entry
await import("shikaku-navi/elements/person.js");
