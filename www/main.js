/** The public page: hands what the address says to the check. */

const parameters = new URLSearchParams(location.search);
const check = document.querySelector("shikaku-navi");
/** @type {[string, string][]} */
const attributes = [
  ["insurer", "insurer"],
  ["asOf", "as-of"],
  ["lang", "lang"],
];
for (const [parameter, attribute] of attributes) {
  const value = parameters.get(parameter);
  if (value !== null) {
    check?.setAttribute(attribute, value);
  }
}

// Only now, so that the element finds its attributes in place.
import("./elements/shikaku-navi.js");
