/**
 * The engine as plain JavaScript, for browsers that have no WebAssembly or are forbidden to use it: the same answers,
 * several times slower.
 * @module
 */

import * as engine from "./plain_engine.js";
import { __wbg_set_wasm as bind } from "./plain_glue.js";

bind(engine);

export { memory } from "./plain_engine.js";
export { load, readDay, sectionOf, todayInJapan } from "./plain_glue.js";
