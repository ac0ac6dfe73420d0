/**
 * Tells the page around the frame how high the check is, and where to look when something new comes. Any page may know
 * that: it decides itself whether it listens, and no answer is in it.
 */

const tell = (/** @type {{ height?: number, look?: number }} */ what) =>
  globalThis.parent.postMessage({ "shikaku-navi": what }, "*");
const root = document.documentElement;

// The height of what stands in the frame, whatever the frame's own is, so that the two do not drive each other.
new ResizeObserver(() => tell({ height: Math.ceil(root.getBoundingClientRect().height) })).observe(root);

addEventListener("focusin", (event) => {
  const [heading] = event.composedPath();
  if (heading instanceof HTMLElement && heading.tabIndex === -1) {
    tell({ look: Math.floor(heading.getBoundingClientRect().top) });
  }
});
