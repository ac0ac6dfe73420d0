export default {
  // The pages work in any folder of a site.
  base: "./",
  build: {
    // Data stay files: what a script fetches as `data:` would need more of the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["index.html", "engine.html"] },
  },
};
