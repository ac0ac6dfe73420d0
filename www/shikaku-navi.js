/** The way in for pages of others that use `<shikaku-navi>`. */

import "./elements/define.js";
