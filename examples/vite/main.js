/** The guided check: it needs no more than its tag. */

import "shikaku-navi/define";
