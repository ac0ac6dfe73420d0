//! Where a rulebook cuts dates: days between which no rule makes a difference are one class.

use crate::Day;
use crate::date::Days;
use crate::situation::Variable;

/// The days at which a rulebook cuts each date, sorted; a class reaches from one to the day before the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cuts {
    pub(crate) as_of: Days,
    pub(crate) enrolled_on: Days,
    pub(crate) ended_on: Days,
}

impl Cuts {
    pub(crate) fn insert(&mut self, date: Variable, day: Day) {
        match date {
            Variable::AsOf => self.as_of.insert(day),
            Variable::EnrolledOn => self.enrolled_on.insert(day),
            Variable::EndedOn => self.ended_on.insert(day),
            _ => {}
        }
    }

    /// Cuts at a day, if there is one.
    pub(crate) fn insert_if(&mut self, date: Variable, day: Option<Day>) {
        if let Some(day) = day {
            self.insert(date, day);
        }
    }

    /// Cuts wherever another does, too.
    pub(crate) fn join(&mut self, other: &Cuts) {
        for date in [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn] {
            other.of(date).0.iter().for_each(|day| self.insert(date, *day));
        }
    }

    /// The cuts of a date, and how many classes come before the first day: one where it can be untold.
    pub(crate) fn of(&self, date: Variable) -> (&[Day], usize) {
        match date {
            Variable::AsOf => (self.as_of.as_slice(), 0),
            Variable::EnrolledOn => (self.enrolled_on.as_slice(), 0),
            _ => (self.ended_on.as_slice(), 1),
        }
    }

    /// The class of a day.
    pub(crate) fn class(&self, date: Variable, day: Day) -> u8 {
        match date {
            Variable::AsOf => class_in(&self.as_of, 0, day),
            Variable::EnrolledOn => class_in(&self.enrolled_on, 0, day),
            _ => class_in(&self.ended_on, 1, day),
        }
    }

    /// A class of a date in words.
    pub(crate) fn describe(&self, date: Variable, class: usize) -> String {
        let (cuts, untold) = self.of(date);
        match class
            .checked_sub(untold)
            .map(|class| (class.checked_sub(1).and_then(|before| cuts.get(before)), cuts.first()))
        {
            None => "untold".to_owned(),
            Some((Some(cut), _)) => format!("from {cut}"),
            Some((None, Some(first))) => format!("before {first}"),
            Some((None, None)) => "any day".to_owned(),
        }
    }

    /// How many classes a variable has.
    pub(crate) fn classes(&self, variable: Variable) -> usize {
        variable.values().map_or_else(
            || {
                let (cuts, untold) = self.of(variable);
                cuts.len() + 1 + untold
            },
            <[_]>::len,
        )
    }
}

/// The class of a day between some cuts, counted from `first`.
pub(crate) fn class_in(cuts: &Days, first: u8, day: Day) -> u8 {
    let mut class = first;
    for cut in cuts.as_slice() {
        class = class.saturating_add(u8::from(*cut <= day));
    }
    class
}
