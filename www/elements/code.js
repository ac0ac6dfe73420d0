/** Two-dimensional codes; the build has drawn them, so that no answer can be in one. */

/**
 * How many modules it is wide, and the dark ones as a path.
 * @typedef {{ size: number, path: string }} Code
 */

/** @param {Code} code */
export function drawn({ size, path }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const dark = document.createElementNS("http://www.w3.org/2000/svg", "path");
  // Readers need four light modules around the code.
  svg.setAttribute("viewBox", `-4 -4 ${size + 8} ${size + 8}`);
  svg.setAttribute("class", "code");
  svg.setAttribute("aria-hidden", "true");
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}
