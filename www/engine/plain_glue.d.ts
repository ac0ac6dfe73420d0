// What wasm-bindgen generates beside the engine as plain JavaScript.
export { load, readDay, sectionOf, todayInJapan } from "./shikaku_navi.js";
/** Says which engine the bindings are to call. */
export function __wbg_set_wasm(engine: unknown): void;
