/** Gives the check its tag, `<shikaku-navi>`. */

import { define } from "./dom.js";
import { ShikakuNavi } from "./shikaku-navi.js";

define("shikaku-navi", ShikakuNavi);
