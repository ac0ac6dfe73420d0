/** The occasions on which circumstances come to mind, and which of them are worth bringing up. */

/** @typedef {import("../engine/types.d.ts").Fact} Fact */
/** @typedef {import("../engine/types.d.ts").Question} Question */
/** @typedef {[Fact, ...string[]]} Circumstance a fact and its answers; a date has none here */

/** @type {[string, Circumstance[]][]} The occasions, and what belongs to each. */
export const OCCASIONS = [
  ["ready", [["portalLogin", "false"], ["needsAssistance", "true"], ["overseas", "true"], ["bornOn"]]],
  [
    "lost",
    [
      ["notice", "not-received", "lost", "damaged"],
      ["noticeMismatch", "true"],
      ["certificate", "lost", "damaged"],
      ["oldCard", "lost", "never-issued"],
      ["myNumberOnFile", "false"],
    ],
  ],
  ["changed", [["nameChanged", "true"], ["ratioChanged", "true"], ["cardCertificateExpiresOn"]]],
  ["leaving", [["endedOn"], ["role", "voluntary"]]],
  [
    "arrived",
    [
      ["notice", "held"],
      ["certificate", "held"],
    ],
  ],
  ["other", [["role", "dependent"]]],
  [
    "workplace",
    [
      ["role", "employer"],
      ["notice", "undistributed"],
    ],
  ],
];

/**
 * What of a circumstance is worth bringing up; a date is only said to be known, and asked after.
 * @param {Circumstance} circumstance
 * @param {Question[]} questions about what could still change the guidance
 */
export function offered([fact, ...answers], questions) {
  const question = questions.find((one) => one.fact === fact);
  return question?.kind === "date" ? ["true"] : answers.filter((answer) => question?.options.includes(answer));
}
