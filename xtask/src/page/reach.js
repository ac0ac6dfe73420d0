// Tries to reach the page's own server in every way that a content security policy can forbid. Which ways led there, the
// server tells.
const place = (tag, attributes) => document.body.append(Object.assign(document.createElement(tag), attributes));
const ways = [
  () => fetch("?try-fetch"),
  () => place("img", { src: "?try-image" }),
  () => place("link", { rel: "stylesheet", href: "?try-style" }),
  () => place("link", { rel: "prefetch", href: "?try-prefetch" }),
  () => place("script", { src: "?try-script" }),
  () => place("iframe", { src: "?try-frame" }),
  () => place("audio", { src: "?try-audio", preload: "auto" }),
  () => import("/?try-import"),
  () => new Worker("?try-worker"),
  () => new WebSocket("/?try-socket"),
  () => new EventSource("?try-events"),
  () => navigator.sendBeacon("?try-beacon", ""),
  () => {
    place("iframe", { name: "target" });
    place("form", { action: "/", method: "get", target: "target", id: "form" });
    document.querySelector("#form").append(Object.assign(document.createElement("input"), { name: "try-form" }));
    document.querySelector("#form").submit();
  },
];
for (const go of ways) {
  Promise.resolve()
    .then(go)
    .catch(() => undefined);
}
