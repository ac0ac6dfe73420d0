/** `node cold.js <file> <number>`: from nothing loaded to the first answer, in a process of its own. Prints JSON. */

const [, , file, number] = process.argv;
const start = performance.now();
const { default: variants } = await import(new URL(`engines/${file}`, import.meta.url));
const decide = await variants[Number(number)].start();
const member = { enrollment: "2020-04-01", asOf: "2025-12-05", card: "lost", smartphone: true, assist: false };
const answer = decide && (await decide(member));
const millis = performance.now() - start;
if (answer && String(answer) !== "shikaku-kakuninsho") {
  throw new Error(`${file} says ${answer}`);
}
console.log(JSON.stringify({ millis: answer ? millis : undefined }));
process.exit(0);
