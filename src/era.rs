//! Dates as people in Japan write them, in both directions.
//!
//! A calendar library would bring all of its calendars along, for a table of five days that the tests hold to it.

use crate::Day;
use crate::date::digits;
use crate::error::{Error, ErrorKind};

struct Era {
    name: &'static str,
    /// Further ways to write it, after full-width letters became ASCII capitals.
    short: [&'static str; 3],
    first: Day,
    /// The year in which it began.
    year: u32,
}

const fn era(name: &'static str, short: [&'static str; 3], year: u32, month: u32, day: u32) -> Era {
    Era { name, short, first: Day::constant(year, month, day), year }
}

/// The latest first. Records count the days of 明治 before 1873 as civil ones, and so are they counted here.
const ERAS: [Era; 5] = [
    era("令和", ["令", "㋿", "R"], 2019, 5, 1),
    era("平成", ["平", "㍻", "H"], 1989, 1, 8),
    era("昭和", ["昭", "㍼", "S"], 1926, 12, 25),
    era("大正", ["大", "㍽", "T"], 1912, 7, 30),
    era("明治", ["明", "㍾", "M"], 1868, 10, 23),
];

impl Day {
    /// Reads a date as a person writes it: 令和6年7月1日, R6.7.1, 平成10年8月1日, 2024/7/1, 20240701, R060701,
    /// 元年, with full-width digits, spaces and the usual separators.
    ///
    /// # Errors
    /// `invalid-date` if the text is not a date, names a day that does not exist, or names a day outside its era;
    /// in the last case [`Error::means`] is the day it must mean, never taken silently.
    ///
    /// ```
    /// use shikaku_navi::Day;
    ///
    /// assert_eq!(Day::read("令和６年７月１日")?, Day::read("2024/7/1")?);
    /// let error = Day::read("平成32年4月1日").unwrap_err();
    /// assert_eq!(error.means().map(Day::in_era).as_deref(), Some("令和2年4月1日"));
    /// # Ok::<(), shikaku_navi::Error>(())
    /// ```
    pub fn read(text: &str) -> Result<Day, Error> {
        let invalid = |message: String| Error::new(ErrorKind::InvalidDate, message).of_value(text);
        let mut plain = String::new();
        for char in text.chars().map(narrow) {
            if !char.is_whitespace() {
                plain.push(char);
            }
        }
        let (era, rest) = split_era(&plain);
        let (year, month, day) = split_numbers(rest, era.is_some())
            .ok_or_else(|| invalid(format!("`{text}` is not a date: write it as 令和6年7月1日 or 2024-07-01")))?;
        let Some(era) = era else {
            return Day::new(year, month, day)
                .ok_or_else(|| invalid(format!("`{text}` names a day that does not exist")));
        };
        let meant =
            era.day(year, month, day).ok_or_else(|| invalid(format!("`{text}` names a day that does not exist")))?;
        match meant.era_year() {
            Some((name, number)) if name == era.name && number == year => Ok(meant),
            _ => Err(invalid(format!(
                "`{text}` does not lie in {}: it must mean {} ({meant})",
                era.name,
                meant.in_era()
            ))
            .meaning(meant)),
        }
    }

    /// Writes the day in its era, 令和6年7月1日 or 令和元年5月1日; before 明治, in the western year.
    #[must_use]
    pub fn in_era(self) -> String {
        let (month, day) = (self.month(), self.day());
        match self.era_year() {
            Some((era, 1)) => format!("{era}元年{month}月{day}日"),
            Some((era, year)) => format!("{era}{year}年{month}月{day}日"),
            None => format!("{}年{month}月{day}日", self.year()),
        }
    }

    /// The era and the year in it, from 明治 (1868-10-23) on.
    fn era_year(self) -> Option<(&'static str, u32)> {
        let era = ERAS.iter().find(|era| era.first <= self)?;
        Some((era.name, self.year() - era.year + 1))
    }
}

impl Era {
    /// The day that this era's year would be, whether or not the era lasted until then.
    fn day(&self, year: u32, month: u32, day: u32) -> Option<Day> {
        Day::new(self.year.checked_add(year.checked_sub(1)?)?, month, day)
    }
}

/// Full-width forms as ASCII, letters as capitals.
fn narrow(char: char) -> char {
    let narrow = match char {
        '！'..='～' => char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char),
        other => other,
    };
    narrow.to_ascii_uppercase()
}

fn split_era(text: &str) -> (Option<&'static Era>, &str) {
    for era in &ERAS {
        for name in [era.name].into_iter().chain(era.short) {
            if let Some(rest) = text.strip_prefix(name) {
                return (Some(era), rest.strip_prefix('.').unwrap_or(rest));
            }
        }
    }
    (None, text.strip_prefix("西暦").unwrap_or(text))
}

/// Year, month and day of `6年7月1日`, `6.7.1`, `060701`, or without an era `2024/7/1`, `20240701`.
fn split_numbers(text: &str, in_era: bool) -> Option<(u32, u32, u32)> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year_digits = if in_era { 2 } else { 4 };
        let (year, rest) = text.split_at_checked(year_digits)?;
        let (month, day) = rest.split_at_checked(2)?;
        return (day.len() == 2).then(|| Some((number(year)?, number(month)?, number(day)?)))?;
    }
    let (year, rest) = text.split_once(|char| is_separator(char, '年'))?;
    let (month, rest) = rest.split_once(|char| is_separator(char, '月'))?;
    let day = rest.strip_suffix('日').unwrap_or(rest);
    let year = if in_era && year == "元" {
        1
    } else {
        // Two digits without an era could be either calendar.
        number(year).filter(|_| in_era || year.len() == 4)?
    };
    Some((year, number(month)?, number(day)?))
}

fn is_separator(char: char, unit: char) -> bool {
    char == unit
        || matches!(char, '.' | '/' | '-' | ',' | '・' | '、' | '。' | 'ー' | '‐' | '‑' | '–' | '—' | '―' | '−')
}

fn number(text: &str) -> Option<u32> {
    digits(text).filter(|_| text.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Day::read(text).map_or_else(|error| format!("{}: {error}", error.kind()), |day| day.to_string())
    }

    #[test]
    fn reads_what_people_write() {
        for text in [
            "令和6年7月1日",
            "R6.7.1",
            "r6/7/1",
            "R.6.7.1",
            "令6-7-1",
            "㋿6年7月1日",
            "２０２４／７／１",
            "2024/7/1",
            "2024-07-01",
            "20240701",
            "R060701",
            "Ｒ６．７．１",
            " 令和 6 年 7 月 1 日 ",
            "令和６年０７月０１日",
            "西暦2024年7月1日",
            "2024年7月1",
            "令和6・7・1",
            "2024ー7ー1",
        ] {
            assert_eq!(read(text), "2024-07-01", "{text}");
        }
        assert_eq!(read("平成10年8月1日"), "1998-08-01");
        assert_eq!(read("明治45年7月29日"), "1912-07-29");
        assert_eq!(read("明治元年10月23日"), "1868-10-23");
        assert_eq!(read("明治5年12月2日"), "1872-12-02");
        assert_eq!(read("昭和元年12月25日"), "1926-12-25");
        assert_eq!(read("令和元年5月1日"), "2019-05-01");
    }

    #[test]
    fn asks_back_the_date_that_a_wrong_era_must_mean() {
        for (text, means) in [
            ("平成32年4月1日", "令和2年4月1日"),
            ("令和1年4月30日", "平成31年4月30日"),
            ("令和元年4月30日", "平成31年4月30日"),
            ("平成31年5月1日", "令和元年5月1日"),
            ("昭和64年1月8日", "平成元年1月8日"),
            ("平成元年1月7日", "昭和64年1月7日"),
            ("大正15年12月25日", "昭和元年12月25日"),
            ("明治45年7月30日", "大正元年7月30日"),
            ("明治元年10月22日", "1868年10月22日"),
        ] {
            let error = Day::read(text).unwrap_err();
            assert_eq!(
                (error.kind(), error.means().map(Day::in_era).as_deref()),
                (ErrorKind::InvalidDate, Some(means)),
                "{text}"
            );
        }
        assert_eq!(
            Day::read("平成32年4月1日").unwrap_err().to_string(),
            "`平成32年4月1日` does not lie in 平成: it must mean 令和2年4月1日 (2020-04-01)"
        );
    }

    #[test]
    fn refuses_what_is_no_day_without_guessing() {
        for text in ["令和6年2月30日", "令和6年13月1日", "令和0年1月1日", "2025-02-29", "2024-00-10", "令和6年7月0日"]
        {
            assert_eq!(read(text), format!("invalid-date: `{text}` names a day that does not exist"));
        }
        for text in [
            "",
            "令和",
            "令和6年",
            "6/7/1",
            "24/7/1",
            "2024/7",
            "2024/7/1/2",
            "きょう",
            "R6",
            "2024070",
            "99999/1/1",
            "令和6年7月1日午後",
            "-2024-7-1",
            "元年7月1日",
        ] {
            assert_eq!(
                read(text),
                format!("invalid-date: `{text}` is not a date: write it as 令和6年7月1日 or 2024-07-01"),
                "{text}"
            );
        }
    }

    #[test]
    fn every_day_from_meiji_on_reads_back_as_written() {
        let mut day = Day::new(1868, 10, 23).unwrap();
        while day < Day::new(2030, 1, 1).unwrap() {
            assert_eq!(Day::read(&day.in_era()).unwrap(), day);
            assert_eq!(Day::read(&day.to_string()).unwrap(), day);
            day = day.plus_days(1);
        }
    }

    /// From 1873 on, when the calendar became the one that ICU counts the eras by.
    #[test]
    fn eras_are_those_of_the_calendar_library() {
        use icu_calendar::{Date, cal::Japanese};

        let codes = ["reiwa", "heisei", "showa", "taisho", "meiji"];
        let mut day = Day::constant(1873, 1, 1);
        while day < Day::constant(2100, 1, 1) {
            let (month, of_month) = (day.month().try_into().unwrap(), day.day().try_into().unwrap());
            let date =
                Date::try_new_iso(day.year().cast_signed(), month, of_month).unwrap().to_calendar(Japanese::new());
            let theirs = date.era_year();
            let position = codes.iter().position(|code| *code == theirs.era.as_str()).unwrap();
            assert_eq!(day.era_year(), Some((ERAS[position].name, theirs.year.try_into().unwrap())), "{day}");
            day = day.plus_days(1);
        }
    }
}
