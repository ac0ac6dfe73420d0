/** `node cold.js <file> <number>`: from nothing loaded to the first answer, in a process of its own. Prints JSON. */

const [, , file, number] = process.argv;
const start = performance.now();
const { default: variants } = await import(new URL(`engines/${file}`, import.meta.url));
const { start: begin, named = (code) => code } = variants[Number(number)];
const decide = await begin();
const member = { enrollment: "2020-04-01", asOf: "2025-12-05", card: "lost", smartphone: true, assist: false };
const answer = await decide(member);
const millis = performance.now() - start;
if (String(answer.map(named)) !== "shikaku-kakuninsho") {
  throw new Error(`${file} says ${answer}`);
}
console.log(JSON.stringify({ millis }));
process.exit(0);
