//! What holds whatever the answers to what is unknown.

use bitmaps::Bits;
use serde::Serialize;

use crate::Day;
use crate::completion::Completions;
use crate::facts::Facts;
use crate::guidance::{Argument, Guidance};
use crate::rule::Derived;
use crate::rulebook::{Known, Rulebook};
use crate::situation::{self, Situation};
use crate::vocabulary::Layer;

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub enum ArgumentValue {
    /// A word, or a month as `YYYY-MM`.
    Text(String),
    /// A number.
    Number(u32),
    /// A day as `YYYY-MM-DD`.
    Day(Day),
}

/// A piece of guidance as far as equality goes: what is said, with what arguments, by when, by whose word.
pub(crate) type Saying = (Guidance, Layer, Vec<(Argument, ArgumentValue)>, Option<Day>);

/// What is said to a member whose core facts are known.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) facts: Facts,
    /// Each by the number of the first statement that says it.
    pub(crate) sayings: Bits,
}

/// What holds for every completion, and what holds in each.
pub(crate) struct Certain {
    /// The sayings, each by the number of the first statement that says it.
    pub(crate) sayings: Bits,
    pub(crate) held: Vec<Held>,
}

/// One completion, the rows that hold in it and the statements said there.
pub(crate) struct Held {
    pub(crate) facts: Facts,
    pub(crate) situation: Situation,
    pub(crate) rows: Bits,
    pub(crate) said: Bits,
}

impl Rulebook {
    /// What all completions agree on, and what holds in each.
    pub(crate) fn certain(&self, completions: &Completions) -> Certain {
        let held = completions.iter().filter_map(|facts| {
            let situation = Situation::of(facts, &self.cuts)?;
            let rows = self.holding(&situation);
            let said = self.said(&rows);
            Some(Held { facts: *facts, situation, rows, said })
        });
        let held: Vec<Held> = held.collect();
        Certain { sayings: self.common(held.iter().map(|held| self.sayings_of(&held.rows))), held }
    }

    /// What is in all of some sets of sayings; nothing, if there are none.
    fn common(&self, sets: impl Iterator<Item = Bits>) -> Bits {
        let common = sets.reduce(|mut one, other| {
            one.keep(&other);
            one
        });
        common.unwrap_or_else(|| Bits::none(self.statements.len()))
    }

    /// What is said to a member whose core facts are known; nothing to any other.
    pub(crate) fn tell(&self, complete: &Facts) -> Told {
        let sayings = match Situation::of(complete, &self.cuts) {
            Some(situation) => self.sayings_of(&self.holding(&situation)),
            None => Bits::none(self.statements.len()),
        };
        Told { facts: *complete, sayings }
    }

    /// Whether two members are told the same.
    pub(crate) fn alike(&self, one: &Told, other: &Told) -> bool {
        (one.sayings == other.sayings && one.follows_like(other)) || self.list(one) == self.list(other)
    }

    /// What a member is told, with all that goes with it.
    pub(crate) fn list(&self, told: &Told) -> Vec<Saying> {
        told.sayings.iter().filter_map(|number| self.saying(number, &told.facts)).collect()
    }

    /// What all answers to what is unknown agree on, where the facts are looked at from an earlier day, on which they
    /// are possible.
    pub(crate) fn agreed(&self, facts: &Facts, told_on: Day) -> Bits {
        if facts.knows_core() {
            return self.tell(&facts.outdated()).sayings;
        }
        let completions = Completions::of(facts, told_on, &self.cuts);
        self.common(completions.iter().map(|complete| self.tell(complete).sayings))
    }

    /// What is said, with what arguments, by when and by whose word.
    pub(crate) fn saying(&self, number: usize, facts: &Facts) -> Option<Saying> {
        let statement = self.statements.get(number)?;
        let args = statement.args.iter().filter_map(|(name, value)| Some((*name, value.for_member(facts)?))).collect();
        let by = statement.by.as_ref().and_then(|by| by.day_for_member(facts));
        Some((statement.guidance, statement.layer, args, by))
    }
}

impl Known {
    fn for_member(&self, facts: &Facts) -> Option<ArgumentValue> {
        match self {
            Known::Text(text) => Some(ArgumentValue::Text(text.clone())),
            Known::Number(number) => Some(ArgumentValue::Number(*number)),
            _ => self.day_for_member(facts).map(ArgumentValue::Day),
        }
    }

    pub(crate) fn day_for_member(&self, facts: &Facts) -> Option<Day> {
        match self {
            Known::Day(day) => Some(*day),
            Known::Derived(derived) => derived.day(facts),
            Known::Earliest(days) => days.iter().filter_map(|day| day.day_for_member(facts)).min(),
            Known::Text(_) | Known::Number(_) => None,
        }
    }
}

impl Told {
    /// Whether what follows from facts is the same day for both.
    pub(crate) fn follows_like(&self, other: &Told) -> bool {
        self.facts.days_to_follow() == other.facts.days_to_follow()
    }
}

impl Facts {
    /// Whether nothing is unknown.
    fn knows_core(&self) -> bool {
        self.enrolled_on.is_some() && self.card.is_some() && self.smartphone.is_some()
    }

    /// The facts from which days in what is said follow.
    fn days_to_follow(&self) -> [Option<Day>; 4] {
        [self.ended_on, self.born_on, self.certificate_expires_on, self.card_certificate_expires_on]
    }
}

impl Derived {
    /// The day for this member, if the facts it follows from are told. It never follows from a core fact.
    fn day(self, facts: &Facts) -> Option<Day> {
        let end = situation::cover_end(facts);
        match self {
            Derived::LastDayOfCover => end.map(|end| end.plus_days(-1)),
            Derived::FiveDaysAfterCover => end.map(|end| end.plus_days(5)),
            Derived::CardCertificateExpiry => facts.card_certificate_expires_on,
            Derived::GraceEnd => facts.card_certificate_expires_on.map(situation::grace_until),
            Derived::CertificateExpiry => facts.certificate_expires_on,
            Derived::ElderlyFrom => facts.born_on.map(situation::elderly_from),
            Derived::SeventyFifthBirthday => facts.born_on.map(|born| born.birthday(75)),
        }
    }
}
