// What TypeScript cannot read from define.js: which class is behind the tag.
import type { ShikakuNavi } from "./shikaku-navi.js";

declare global {
  interface HTMLElementTagNameMap {
    "shikaku-navi": ShikakuNavi;
  }
}
