//! The one place where a command reads the clock.

use std::time::SystemTime;

use shikaku_navi::Day;

use crate::Outcome;

/// The day it is in Japan now.
#[expect(clippy::disallowed_methods, reason = "a command reads the clock")]
pub(crate) fn today() -> Outcome<Day> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(Day::in_japan(i64::try_from(now.as_millis())?))
}
