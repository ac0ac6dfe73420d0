//! The guide: for each state of the card what to show, do, wait for and know, as documents for where no script runs.
//!
//! The engine says here what holds, and from when to when; `guide/write.js` puts it into words with the page's own
//! code and texts.

mod rows;

use std::collections::BTreeMap;
use std::process::Command;

use serde::Serialize;
use shikaku_navi::{Card, ContactLine, Day, Facts, Item, Question, Rulebook, Warning};

use self::rows::Row;
use crate::assets::{Files, lay_out};
use crate::rules::Profiles;
use crate::shell::{run, step};
use crate::{Outcome, rules, tree};

/// What puts it into words.
const SCRIPTS: [(&str, &str); 4] = [
    ("documents.js", include_str!("guide/documents.js")),
    ("guide.js", include_str!("guide/guide.js")),
    ("paper.js", include_str!("guide/paper.js")),
    ("write.js", include_str!("guide/write.js")),
];

/// The guide of one insurer, for the days from its version on to the one by which its rules are to be reviewed.
#[derive(Serialize)]
struct Guide {
    insurer: String,
    from: Day,
    to: Day,
    warnings: Vec<Dated<Vec<Warning>>>,
    parts: Vec<Part>,
    /// What would change something on some day, so that whoever it applies to has to ask.
    circumstances: Vec<Question>,
    contacts: Vec<Line>,
}

/// What is said to everybody, or with one state of the card.
#[derive(Serialize)]
struct Part {
    card: Option<Card>,
    periods: Vec<Dated<Vec<Row>>>,
}

/// What holds from one day to another.
#[derive(Serialize)]
struct Dated<T> {
    from: Day,
    to: Day,
    what: T,
}

/// A telephone line, and when it is open.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    line: ContactLine,
    periods: Vec<Dated<bool>>,
}

/// What was written.
pub(crate) struct Written {
    /// The documents, by their path in the deployable folder.
    pub(crate) documents: Files,
    /// What stands in the single file of an insurer, in Japanese and without a page around it.
    pub(crate) inside: BTreeMap<String, String>,
}

/// Writes the guide of every insurer in every language, from the files as they are before any is renamed.
pub(crate) fn write(files: &Files) -> Outcome<Written> {
    step("writing the guide");
    let mut guides = Vec::new();
    for insurer in rules::insurers()? {
        let profiles = rules::needed(&insurer, rules::profiles(&insurer)?)?;
        guides.push(Guide::of(&profiles)?);
    }
    // The scripts name the page's code from where they stand.
    let folder = tempfile::tempdir_in(tree::target())?;
    lay_out(files, &folder.path().join("www"))?;
    let scripts = SCRIPTS.map(|(name, script)| (name.to_owned(), script.as_bytes().to_vec()));
    lay_out(&scripts.into(), &folder.path().join("xtask/src/guide"))?;
    let made = folder.path().join("made");
    std::fs::write(folder.path().join("guides.json"), serde_json::to_vec(&guides)?)?;
    run(Command::new("node").arg(folder.path().join("xtask/src/guide/write.js")).arg(folder.path()))?;
    let mut written = Written { documents: Files::new(), inside: BTreeMap::new() };
    for entry in std::fs::read_dir(made.join("guide"))? {
        let entry = entry?;
        let path = format!("guide/{}", entry.file_name().to_string_lossy());
        written.documents.insert(path, std::fs::read(entry.path())?);
    }
    for guide in guides {
        let inside = std::fs::read_to_string(made.join("inside").join(format!("{}.html", guide.insurer)))?;
        written.inside.insert(guide.insurer, inside);
    }
    Ok(written)
}

impl Guide {
    /// From the later version of the rules on to the earlier day by which they are to be reviewed.
    fn of(profiles: &Profiles) -> Outcome<Guide> {
        let from = profiles.iter().map(|profile| profile.version).max();
        let to = profiles.iter().map(|profile| profile.review_by).min();
        match (from, to) {
            (Some(from), Some(to)) if from <= to => Guide::between(from, to, &profiles.rulebook()?),
            _ => Err(format!("no day lies between the version of the rules and their review: {from:?}, {to:?}").into()),
        }
    }

    fn between(from: Day, to: Day, rulebook: &Rulebook) -> Outcome<Guide> {
        let anybody = Facts::on(from);
        let mut turning = vec![(from, rows::on(from, rulebook)?)];
        let mut circumstances = rulebook.circumstances(&anybody)?;
        for day in rulebook.days_ahead(&anybody).into_iter().filter(|day| *day <= to) {
            turning.push((day, rows::on(day, rulebook)?));
            circumstances.extend(rulebook.circumstances(&Facts::on(day))?);
        }
        let cards = std::iter::once(None).chain(Card::ALL.iter().copied().map(Some));
        let parts: Vec<Part> = cards
            .map(|card| {
                let of_card = |rows: &Vec<Row>| rows.iter().filter(|row| row.whose.card == card).cloned().collect();
                Part { card, periods: merged(turning.iter().map(|(day, rows)| (*day, of_card(rows))), to) }
            })
            .collect();
        let said = parts.iter().flat_map(|part| &part.periods).flat_map(|period| &period.what).flat_map(Row::items);
        let said: Vec<Item> = said.cloned().collect();
        let days = || std::iter::successors(Some(from), |day| Some(day.plus_days(1))).take_while(|day| *day <= to);
        let lines = rulebook.contacts(from, &said).into_iter().map(|line| {
            let is_open = |day: Day| rulebook.contacts(day, &said).iter().any(|one| one.id == line.id && one.open);
            Line { periods: merged(days().map(|day| (day, is_open(day))), to), line }
        });
        Ok(Guide {
            insurer: rulebook.insurer().to_owned(),
            from,
            to,
            warnings: merged(days().map(|day| (day, rulebook.warnings(day))), to),
            contacts: lines.filter(|line| line.periods.iter().any(|period| period.what)).collect(),
            circumstances,
            parts,
        })
    }
}

/// What holds on each of some days, and up to the next of them, without the days on which nothing changes.
fn merged<T: PartialEq>(days: impl IntoIterator<Item = (Day, T)>, to: Day) -> Vec<Dated<T>> {
    let mut periods: Vec<Dated<T>> = Vec::new();
    for (day, what) in days {
        if periods.last().is_none_or(|last| last.what != what) {
            if let Some(last) = periods.last_mut() {
                last.to = day.plus_days(-1);
            }
            periods.push(Dated { from: day, to, what });
        }
    }
    periods
}

#[cfg(test)]
mod tests {
    use shikaku_navi::{Argument, Guidance};

    use super::*;

    fn rulebook(insurer: &str) -> Rulebook {
        rules::rulebook(insurer).unwrap().unwrap()
    }

    fn day(iso: &str) -> Day {
        Day::from_iso(iso).unwrap()
    }

    /// Over the last day on which the 健康保険証 of old was valid: every day is asked about anew.
    #[test]
    fn a_period_ends_the_day_before_something_else_is_said() {
        for insurer in ["tokyo-denki", "web-notice"] {
            let rulebook = rulebook(insurer);
            let guide = Guide::between(day("2025-11-28"), day("2025-12-05"), &rulebook).unwrap();
            let mut starts = guide.parts.iter().flat_map(|part| &part.periods).map(|period| period.from);
            assert!(starts.any(|start| start == day("2025-12-02")));
            for period in guide.parts.iter().flat_map(|part| part.periods.windows(2)) {
                assert!(period[0].to.plus_days(1) == period[1].from && period[0].what != period[1].what);
            }
            for today in (0..8).map(|days| guide.from.plus_days(days)) {
                let rows = rows::on(today, &rulebook).unwrap();
                for part in &guide.parts {
                    let mine: Vec<&Row> = rows.iter().filter(|row| row.whose.card == part.card).collect();
                    let period = part.periods.iter().find(|period| (period.from..=period.to).contains(&today)).unwrap();
                    assert_eq!(period.what.iter().collect::<Vec<_>>(), mine, "{insurer} {today}");
                }
            }
        }
    }

    /// The end of the grace period depends on the day on which a card expired, which differs from one to the other.
    #[test]
    fn no_day_of_one_person_is_told_to_all() {
        let rows = rows::on(day("2026-11-21"), &rulebook("national")).unwrap();
        let items: Vec<&Item> = rows.iter().flat_map(Row::items).collect();
        assert!(items.iter().any(|item| item.id == Guidance::CardGracePeriod));
        assert!(items.iter().all(|item| item.args.get(&Argument::Until).is_none() && item.by.is_none()));
    }

    #[test]
    fn a_line_that_is_closed_for_some_days_says_so() {
        let guide = Guide::between(day("2026-12-20"), day("2027-01-10"), &rulebook("national")).unwrap();
        let line = guide.contacts.iter().find(|line| line.line.id == "mynumber-line").unwrap();
        let closed: Vec<_> = line.periods.iter().filter(|period| !period.what).collect();
        assert_eq!((closed[0].from, closed[0].to, closed.len()), (day("2026-12-29"), day("2027-01-03"), 1));
    }
}
