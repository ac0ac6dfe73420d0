/** The class of the guided check, without giving it its tag, and the engine. */

export * from "./engine.js";
export { ShikakuNavi } from "./elements/shikaku-navi.js";
