import type { Engine } from "./shikaku_navi.js";

// What wasm-bindgen generates beside the engine as plain JavaScript.
export const { load, readDay, sectionOf, todayInJapan }: Engine;
/** Says which engine the bindings are to call. */
export function __wbg_set_wasm(engine: unknown): void;
