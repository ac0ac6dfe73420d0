//! When the guidance changes if nothing else does.

use serde::Serialize;

use crate::Day;
use crate::certain::{Certain, Saying};
use crate::completion::Completions;
use crate::date::Days;
use crate::facts::{CARDS_END, Facts};
use crate::guidance::Guidance;
use crate::rulebook::Rulebook;
use crate::situation::{NEW_DAYS, Variable, turning_days};

/// A day ahead on which guidance starts or ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Change {
    /// The day.
    pub on: Day,
    /// What is said from that day on.
    pub starts: Vec<Guidance>,
    /// What is no longer said from that day on.
    pub ends: Vec<Guidance>,
}

impl Rulebook {
    /// The days after the one asked about on which what is certain changes. Guidance whose arguments change both ends
    /// and starts.
    pub(crate) fn changes(&self, facts: &Facts, certain: &Certain) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut before = self.list(facts, certain);
        for day in self.days_ahead(facts).as_slice() {
            let day = *day;
            let then = Facts { as_of: day, ..*facts };
            let completions = Completions::of(&then, facts.as_of, &self.cuts);
            let after = self.list(&then, &self.certain(&completions));
            let ids = |some: &[Saying], others: &[Saying]| -> Vec<Guidance> {
                some.iter().filter(|saying| !others.contains(saying)).map(|saying| saying.0).collect()
            };
            let (starts, ends) = (ids(&after, &before), ids(&before, &after));
            if !starts.is_empty() || !ends.is_empty() {
                changes.push(Change { on: day, starts, ends });
            }
            before = after;
        }
        changes
    }

    fn list(&self, facts: &Facts, certain: &Certain) -> Vec<Saying> {
        certain.sayings.iter().filter_map(|number| self.saying(number, facts)).collect()
    }

    /// The days ahead on which anything can change, in order: days that rules name, days on which a derived fact
    /// turns, and, while the day of enrolment is unknown, the same days for the first and last of each stretch of
    /// days it may lie in.
    fn days_ahead(&self, facts: &Facts) -> Days {
        let mut ahead = Days::default();
        let mut add = |day: Day| {
            if day > facts.as_of {
                ahead.insert(day);
            }
        };
        let (named, _) = self.cuts.of(Variable::AsOf);
        named.iter().copied().for_each(&mut add);
        turning_days(facts).for_each(&mut add);
        if facts.enrolled_on.is_none() {
            let mut firsts = self.cuts.of(Variable::EnrolledOn).0.to_vec();
            firsts.push(CARDS_END);
            firsts.extend(facts.born_on.map(|born| born.birthday(75)));
            for day in [facts.ended_on, facts.born_on, facts.certificate_expires_on].into_iter().flatten() {
                firsts.extend([day, day.plus_days(1)]);
            }
            for first in firsts {
                for day in [first, first.plus_days(-1)] {
                    add(day);
                    add(day.plus_days(NEW_DAYS + 1));
                }
            }
        }
        ahead
    }
}
