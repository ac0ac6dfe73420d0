/**
 * For a page that has the check in frames: gives each frame the height of what stands in it, and brings into view what
 * is new. Without it the frames scroll.
 */

addEventListener("message", ({ data, origin, source }) => {
  const { height, look } = data?.["shikaku-navi"] ?? {};
  for (const frame of document.querySelectorAll("iframe")) {
    // A frame that is kept apart by `sandbox` has no origin.
    const isFrom =
      frame.contentWindow === source && ["null", new URL(frame.src, document.baseURI).origin].includes(origin);
    if (isFrom && height > 0 && height < 100_000) {
      frame.style.height = `${height}px`;
    }
    if (isFrom && Number.isFinite(look)) {
      const top = frame.getBoundingClientRect().top + look;
      if (top < 0 || top > globalThis.innerHeight) {
        globalThis.scrollBy({ top });
      }
    }
  }
});
