//! What holds whatever the answers to what is unknown.

use bitmaps::Bits;
use serde::Serialize;

use crate::Day;
use crate::completion::Completions;
use crate::decider::Decider;
use crate::facts::Facts;
use crate::guidance::Argument;
use crate::rule::Derived;
use crate::rulebook::{Known, Rulebook, Statement};
use crate::situation::{self, Situation};

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

/// The value of an argument, as it lies in the rulebook.
#[derive(PartialEq)]
pub(crate) enum Given<'a> {
    Text(&'a str),
    Number(u32),
    Day(Day),
}

impl From<Given<'_>> for ArgumentValue {
    fn from(given: Given) -> ArgumentValue {
        match given {
            Given::Text(text) => ArgumentValue::Text(text.to_owned()),
            Given::Number(number) => ArgumentValue::Number(number),
            Given::Day(day) => ArgumentValue::Day(day),
        }
    }
}

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

/// One completion, the cases that hold in it and what is said there.
pub(crate) struct Held {
    pub(crate) told: Told,
    pub(crate) situation: Situation,
    pub(crate) cases: Bits,
}

impl Decider {
    /// What all completions agree on, and what holds in each.
    pub(crate) fn certain(&self, completions: &Completions) -> Certain {
        let (mut common, mut held) = (None, Vec::new());
        for facts in completions.iter() {
            // There always is one: completions know the core facts.
            if let Some(situation) = Situation::of(facts, &self.cuts) {
                let cases = self.holding(&situation);
                let sayings = self.sayings_of(&cases);
                keep(&mut common, &sayings);
                held.push(Held { told: Told { facts: *facts, sayings }, situation, cases });
            }
        }
        Certain { sayings: common.unwrap_or_else(|| Bits::none(self.said.len())), held }
    }

    /// What is said to a member whose core facts are known; nothing to any other.
    pub(crate) fn tell(&self, complete: &Facts) -> Told {
        let sayings = match Situation::of(complete, &self.cuts) {
            Some(situation) => self.sayings_of(&self.holding(&situation)),
            None => Bits::none(self.said.len()),
        };
        Told { facts: *complete, sayings }
    }

    /// What all answers to what is unknown agree on, where the facts are looked at from an earlier day, on which they
    /// are possible.
    pub(crate) fn agreed(&self, facts: &Facts, told_on: Day) -> Bits {
        if facts.knows_core() {
            return self.tell(&facts.outdated()).sayings;
        }
        self.certain(&Completions::of(facts, told_on, &self.cuts)).sayings
    }
}

impl Rulebook {
    /// Whether two members are told the same.
    pub(crate) fn alike(&self, one: &Told, other: &Told) -> bool {
        if one.sayings == other.sayings && one.follows_like(other) {
            return true;
        }
        let (mut mine, mut theirs) = (one.sayings.iter(), other.sayings.iter());
        loop {
            match (mine.next(), theirs.next()) {
                (None, None) => return true,
                (Some(my), Some(their)) if self.says_same((my, &one.facts), (their, &other.facts)) => {}
                _ => return false,
            }
        }
    }

    /// Whether two sayings, each to a member, are the same with all that goes with them.
    pub(crate) fn says_same(&self, (one, to): (usize, &Facts), (other, to_other): (usize, &Facts)) -> bool {
        let (Some(one), Some(other)) = (self.statements.get(one), self.statements.get(other)) else { return false };
        one.guidance == other.guidance
            && one.layer == other.layer
            && one.args_for(to).eq(other.args_for(to_other))
            && one.by_for(to) == other.by_for(to_other)
    }
}

/// Keeps what is in all of some sets.
fn keep(common: &mut Option<Bits>, next: &Bits) {
    match common {
        None => *common = Some(next.clone()),
        Some(common) => common.keep(next),
    }
}

impl Statement {
    /// The arguments for a member, but for days that follow from what is not told.
    pub(crate) fn args_for<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = (Argument, Given<'a>)> {
        self.args.iter().filter_map(|(name, value)| Some((*name, value.for_member(facts)?)))
    }

    /// The last day for a member.
    pub(crate) fn by_for(&self, facts: &Facts) -> Option<Day> {
        self.by.as_ref()?.day_for_member(facts)
    }
}

impl Known {
    fn for_member(&self, facts: &Facts) -> Option<Given<'_>> {
        match self {
            Known::Text(text) => Some(Given::Text(text)),
            Known::Number(number) => Some(Given::Number(*number)),
            _ => self.day_for_member(facts).map(Given::Day),
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
    /// Whether all core facts are told.
    pub(crate) fn knows_core(&self) -> bool {
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
