//! A civil day in Japan: the only notion of time the engine has.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use crate::error::{Error, ErrorKind};

const MILLIS_A_DAY: i64 = 86_400_000;
/// Japan is nine hours ahead of UTC all year round.
const JAPAN_AHEAD_OF_UTC_MILLIS: i64 = 9 * 60 * 60 * 1000;

/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// Arithmetic stops at those two days instead of failing, so no input can make it panic.
///
/// ```
/// use shikaku_navi::Day;
///
/// let last = Day::new(2025, 12, 1).unwrap();
/// assert_eq!(last.to_string(), "2025-12-01");
/// assert_eq!(last.plus_days(1).to_string(), "2025-12-02");
/// assert_eq!(Day::new(2025, 2, 29), None);
/// ```
///
/// It is kept as the number of days since 1970-01-01, which is what callers with many members have, and what is quick to
/// compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The earliest day there is, 0001-01-01.
    pub const MIN: Day = Day::constant(1, 1, 1);

    /// The latest day there is, 9999-12-31.
    pub const MAX: Day = Day::constant(9999, 12, 31);

    /// A day known when the program is written; one that does not exist is a compile error where it is a constant.
    #[expect(clippy::panic, reason = "only ever evaluated by the compiler")]
    pub(crate) const fn constant(year: u32, month: u32, day: u32) -> Day {
        match NaiveDate::from_ymd_opt(year.cast_signed(), month, day) {
            Some(date) => Day(date.to_epoch_days()),
            None => panic!("no such day"),
        }
    }

    /// A day from its year (1 to 9999), month (1 to 12) and day of the month, or `None` if there is no such day.
    #[must_use]
    pub fn new(year: u32, month: u32, day: u32) -> Option<Day> {
        let year = i32::try_from(year).ok()?;
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from).filter(|day| (Day::MIN..=Day::MAX).contains(day))
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    ///
    /// # Errors
    /// `invalid-date` for any other text, and for a day that does not exist.
    pub fn from_iso(text: &str) -> Result<Day, Error> {
        Day::iso(text).ok_or_else(|| {
            Error::new(ErrorKind::InvalidDate, format!("`{text}` is not a day written YYYY-MM-DD")).of_value(text)
        })
    }

    fn iso(text: &str) -> Option<Day> {
        let number = |range| digits(text.get(range)?);
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let is_joined = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        Day::new(year, month, day).filter(|_| is_joined)
    }

    /// The day it is in Japan at a moment given in milliseconds since 1970-01-01T00:00Z, wherever the device is.
    ///
    /// ```
    /// use shikaku_navi::Day;
    ///
    /// // 2025-12-01T14:59:59Z is still 1 December in Tokyo; a second later it is not.
    /// assert_eq!(Day::in_japan(1_764_601_199_000).to_string(), "2025-12-01");
    /// assert_eq!(Day::in_japan(1_764_601_200_000).to_string(), "2025-12-02");
    /// ```
    #[must_use]
    pub fn in_japan(unix_millis: i64) -> Day {
        Day::within(unix_millis.saturating_add(JAPAN_AHEAD_OF_UTC_MILLIS).div_euclid(MILLIS_A_DAY))
    }

    /// The day that lies so many days after 1970-01-01, or before it if negative; `None` beyond the ends.
    #[must_use]
    pub fn from_epoch_days(days: i32) -> Option<Day> {
        (Day::MIN..=Day::MAX).contains(&Day(days)).then_some(Day(days))
    }

    /// How many days after 1970-01-01 it lies; negative before.
    #[must_use]
    pub fn epoch_days(self) -> i32 {
        self.0
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u32 {
        self.date().year().unsigned_abs()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.date().day()
    }

    /// The day that lies `days` later, or earlier if negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        Day::within(i64::from(self.0).saturating_add(days))
    }

    /// How many days later `other` is.
    #[must_use]
    pub fn days_until(self, other: Day) -> i64 {
        i64::from(other.0) - i64::from(self.0)
    }

    /// The same day of the month `months` later, or the last day of that month if it is shorter.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Day {
        self.date().checked_add_months(Months::new(months)).map_or(Day::MAX, Day::from).min(Day::MAX)
    }

    /// The same day of the month `months` earlier, or the last day of that month if it is shorter.
    #[must_use]
    pub fn minus_months(self, months: u32) -> Day {
        self.date().checked_sub_months(Months::new(months)).map_or(Day::MIN, Day::from).max(Day::MIN)
    }

    /// The first day of this day's month.
    #[must_use]
    pub fn first_of_month(self) -> Day {
        self.plus_days(1 - i64::from(self.day()))
    }

    /// The last day of this day's month.
    #[must_use]
    pub fn last_of_month(self) -> Day {
        let date = self.date();
        self.plus_days(i64::from(date.num_days_in_month()) - i64::from(date.day()))
    }

    /// The birthday on which somebody born on this day becomes `years` old.
    ///
    /// In a common year a birthday on 29 February counts as 1 March: Japan's law on ages lets the new age be
    /// reached as the day before ends.
    #[must_use]
    pub fn birthday(self, years: u32) -> Day {
        let anniversary = self.plus_months(years.saturating_mul(12));
        if anniversary.day() < self.day() { anniversary.plus_days(1) } else { anniversary }
    }

    /// The day as the calendar knows it, which knows every day there is.
    fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }

    fn within(days: i64) -> Day {
        i32::try_from(days)
            .map_or(if days < 0 { Day::MIN } else { Day::MAX }, |days| Day(days).clamp(Day::MIN, Day::MAX))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.to_epoch_days())
    }
}

/// Days in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Days(Vec<Day>);

impl Days {
    pub(crate) fn insert(&mut self, day: Day) {
        if let Err(position) = self.0.binary_search(&day) {
            self.0.insert(position, day);
        }
    }

    pub(crate) fn as_slice(&self) -> &[Day] {
        &self.0
    }

    pub(crate) fn into_vec(self) -> Vec<Day> {
        self.0
    }
}

/// The number that nothing but digits are, and not too many.
pub(crate) fn digits(text: &str) -> Option<u32> {
    let mut number: u32 = 0;
    for letter in text.chars() {
        number = number.checked_mul(10)?.checked_add(letter.to_digit(10)?)?;
    }
    (!text.is_empty()).then_some(number)
}

impl fmt::Display for Day {
    /// Writes `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::from_iso(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn reads_iso_and_nothing_else() {
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        for text in [
            "2025-02-29",
            "2024-13-01",
            "2024-1-1",
            "24-01-01",
            "2024/01/01",
            "+024-01-01",
            "0000-01-01",
            "",
            "２０２４-01-01",
        ] {
            let error = Day::from_iso(text).unwrap_err();
            assert_eq!(error.to_string(), format!("`{text}` is not a day written YYYY-MM-DD"));
        }
    }

    #[test]
    fn birthdays_of_a_leap_day_fall_on_the_first_of_march_in_common_years() {
        assert_eq!(day("1952-02-29").birthday(75), day("2027-03-01"));
        assert_eq!(day("1952-02-29").birthday(72), day("2024-02-29"));
        assert_eq!(day("1951-11-21").birthday(75), day("2026-11-21"));
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-01").epoch_days(), 0);
        assert_eq!(day("2025-12-02").epoch_days(), 20424);
        for day in [Day::MIN, day("1969-12-31"), Day::MAX] {
            assert_eq!(Day::from_epoch_days(day.epoch_days()), Some(day));
        }
        assert_eq!(Day::from_epoch_days(Day::MIN.epoch_days() - 1), None);
        assert_eq!(Day::from_epoch_days(Day::MAX.epoch_days() + 1), None);
        assert_eq!(Day::from_epoch_days(i32::MIN), None);
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Day::MAX.plus_days(1), Day::MAX);
        assert_eq!(Day::MIN.plus_days(-1), Day::MIN);
        assert_eq!(Day::MAX.plus_days(i64::MAX), Day::MAX);
        assert_eq!(Day::MIN.plus_days(i64::MIN), Day::MIN);
        assert_eq!(Day::MAX.birthday(u32::MAX), Day::MAX);
        assert_eq!(Day::MAX.last_of_month(), Day::MAX);
        assert_eq!(Day::in_japan(i64::MAX), Day::MAX);
        assert_eq!(Day::in_japan(i64::MIN), Day::MIN);
    }

    #[test]
    fn days_are_counted_either_way() {
        let [first, last] = [day("2024-02-28"), day("2024-03-01")];
        assert_eq!((first.days_until(last), last.days_until(first), first.days_until(first)), (2, -2, 0));
        assert_eq!(format!("{first:?}"), "2024-02-28");
    }

    #[test]
    fn a_day_begins_in_japan_nine_hours_before_it_does_in_greenwich() {
        const MIDNIGHT: i64 = 1_764_601_200_000;
        assert_eq!(Day::in_japan(0), day("1970-01-01"));
        assert_eq!(Day::in_japan(-9 * 3_600_000 - 1), day("1969-12-31"));
        assert_eq!(Day::in_japan(MIDNIGHT - 1), day("2025-12-01"));
        assert_eq!(Day::in_japan(MIDNIGHT), day("2025-12-02"));
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(day("2026-08-15").plus_months(3).last_of_month(), day("2026-11-30"));
        assert_eq!(day("2027-11-30").plus_months(3).last_of_month(), day("2028-02-29"));
        assert_eq!(day("2027-05-31").minus_months(3), day("2027-02-28"));
    }
}
