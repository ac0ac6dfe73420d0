// Goes through the whole check again and again as the people at a shared screen do, and watches the engine's memory.

for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await original.apply(WebAssembly, given);
    const { exports } = made.instance ?? made;
    globalThis.memory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
    return made;
  };
}

const aMoment = () => new Promise((go) => setTimeout(go));

let number = 0;

/** One person: chooses an insurer if there is a choice, answers what is asked, reads, and finishes. */
async function session() {
  const root = document.querySelector("shikaku-navi").shadowRoot;
  const all = (css) => [...root.querySelectorAll(css)];
  number += 1;
  for (let step = 0; all("shikaku-navi-sheet").length === 0; step += 1) {
    if (step > 30) {
      throw new Error(`session ${number} comes to no end: ${root.textContent}`);
    }
    const [year, month, day] = all(".date input");
    const choices = all("input[type=radio]");
    if (year && all(".summary").length === 0) {
      [year.value, month.value, day.value] = ["2020", "4", "1"];
    } else {
      choices[number % choices.length]?.click();
    }
    const [submit] = all(year && all(".summary").length > 0 ? "form > .secondary" : ".primary");
    submit.click();
    await aMoment();
  }
  for (const details of all("details")) {
    details.open = true;
  }
  all(".buttons button")
    .find((button) => button.textContent === "終わって消す")
    .click();
  await aMoment();
  if (all(".summary").length > 0) {
    throw new Error(`session ${number} was not forgotten`);
  }
}

/** So many sessions; the size of the engine's memory afterwards, in bytes. */
globalThis.sessions = async (count) => {
  // Nobody looks, so nothing has to be laid out.
  document.querySelector("shikaku-navi").hidden = true;
  for (let done = 0; done < count; done += 1) {
    await session();
  }
  return globalThis.memory.buffer.byteLength;
};

/** So many assessments by one rulebook; the size of the engine's memory afterwards, in bytes. */
globalThis.assessments = async (count) => {
  const here = (part) => performance.getEntriesByType("resource").find(({ name }) => name.includes(part)).name;
  const json = async (part) => (await fetch(here(part))).json();
  const { load } = await import("/npm/engine/engine.js");
  globalThis.navi ??= await load({ national: await json("/national."), insurer: await json("/tokyo-denki.") });
  for (let done = 0; done < count; done += 1) {
    const year = 1980 + (done % 46);
    const card = ["registered", "unregistered", "none", "lost", "damaged", "renewing", "returned"][done % 7];
    const answer = globalThis.navi.assess({ asOf: "2026-11-21", enrolledOn: `${year}-04-01`, card });
    if (answer.error || answer.guidance.length === 0) {
      throw new Error(JSON.stringify(answer));
    }
  }
  return globalThis.memory.buffer.byteLength;
};
