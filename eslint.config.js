import js from "@eslint/js";

export default [
  { ignores: ["dist/", "target/", "node_modules/", "xtask/src/page/", "xtask/src/one_file/", "xtask/src/recipes/"] },
  js.configs.recommended,
  {
    files: [
      "www/**/*.js",
      "xtask/src/guide/*.js",
      "xtask/src/package/*.js",
      "examples/**/*.js",
      "tests/**/*.js",
      "bench/page.mjs",
    ],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "AbortController",
          "Blob",
          "BufferSource",
          "CSS",
          "CSSStyleSheet",
          "CustomEvent",
          "Event",
          "EventListener",
          "EventTarget",
          "HTMLElement",
          "HTMLInputElement",
          "Intl",
          "MutationObserver",
          "Node",
          "PerformanceObserver",
          "ResizeObserver",
          "Response",
          "ShadowRoot",
          "TextEncoder",
          "URL",
          "URLSearchParams",
          "WebAssembly",
          "caches",
          "crypto",
          "customElements",
          "document",
          "fetch",
          "addEventListener",
          "globalThis",
          "history",
          "location",
          "navigator",
          "performance",
          "requestAnimationFrame",
          "setTimeout",
        ].map((name) => [name, "readonly"]),
      ),
    },
    rules: {
      curly: "error",
      eqeqeq: "error",
      "no-restricted-globals": [
        "error",
        { name: "Date", message: "the engine knows the day" },
        { name: "localStorage", message: "nothing is stored" },
        { name: "sessionStorage", message: "nothing is stored" },
      ],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "data is never markup" },
        { property: "outerHTML", message: "data is never markup" },
        { property: "insertAdjacentHTML", message: "data is never markup" },
        { property: "cookie", message: "nothing is stored" },
      ],
    },
  },
  {
    files: ["xtask/src/guide/write.js", "tests/**/*.js", "bench/page.mjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly" } },
  },
  {
    files: ["bench/**/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        ["URL", "WebAssembly", "console", "performance", "process"].map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    files: ["tests/**/*.js"],
    // The days that members tell are made up here; no clock is read.
    rules: { "no-restricted-globals": "off" },
  },
];
