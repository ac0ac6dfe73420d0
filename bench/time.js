/** `node time.js <file> <number>`: one engine's answers are checked, then it is timed once it is warm. Prints JSON. */

import { boundaries, byHand, members } from "./decision.js";

const [, , file, number] = process.argv;
const LEAST = 300e6;

const { default: variants } = await import(new URL(`engines/${file}`, import.meta.url));
const { start, named = (code) => code } = variants[Number(number)];
const decide = await start();

const tried = members(2048);
const key = (codes) => codes.sort().join(",");
for (const member of [...boundaries(), ...tried]) {
  const [found, expected] = [key((await decide(member)).map(named)), key(byHand(member))];
  if (found !== expected) {
    throw new Error(`${file} says “${found}”, not “${expected}”, to ${JSON.stringify(member)}`);
  }
}

const isAsync = decide(tried[0]) instanceof Promise;
let told = 0;

async function nanos(count) {
  let next = 0;
  const start = process.hrtime.bigint();
  if (isAsync) {
    for (let done = 0; done < count; done += 1) {
      told += (await decide(tried[next])).length;
      next = (next + 1) % tried.length;
    }
  } else {
    for (let done = 0; done < count; done += 1) {
      told += decide(tried[next]).length;
      next = (next + 1) % tried.length;
    }
  }
  return Number(process.hrtime.bigint() - start);
}

let count = 256;
let took = await nanos(count);
while (took < LEAST) {
  count = Math.max(count + 1, Math.min(count * 10, Math.ceil((count * LEAST * 1.15) / took)));
  took = await nanos(count);
}
const nanosEach = (await nanos(count)) / count;
console.log(JSON.stringify({ nanos: nanosEach, told: told > 0 }));
process.exit(0);
