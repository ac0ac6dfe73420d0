//! Possible answers: unknown facts filled in, one representative for each class that can be told apart.

use crate::Day;
use crate::conflict;
use crate::facts::Facts;
use crate::situation::{Cuts, Situation, rules_out_portal};
use crate::vocabulary::{Card, Fact};

/// Every way to fill in the unknown core facts, as a grid: days of enrolment × cards × smartphone. What cannot hold
/// together is `None`.
pub(crate) struct Completions {
    sizes: [usize; 3],
    grid: Vec<Option<Facts>>,
}

impl Completions {
    /// The completions of `facts` on the day they speak of. What is possible is judged on the day `told_on`, the day
    /// of the facts or an earlier one: looking ahead makes nothing possible that is not today.
    pub(crate) fn of(facts: &Facts, told_on: Day, cuts: &Cuts) -> Completions {
        let days: Vec<Day> = match facts.enrolled_on {
            Some(day) => vec![day],
            None => representatives(|day| {
                let filled = Facts {
                    enrolled_on: Some(day),
                    card: facts.card.or(Some(Card::Registered)),
                    smartphone: facts.smartphone.or(Some(true)),
                    ..*facts
                };
                (Situation::of(&filled, cuts), conflict::conflicts(&filled))
            }),
        };
        let cards: Vec<Card> = facts.card.map_or(Card::ALL.to_vec(), |card| vec![card]);
        let smartphones: Vec<bool> = facts.smartphone.map_or(vec![true, false], |smartphone| vec![smartphone]);
        let mut grid = Vec::with_capacity(days.len() * cards.len() * smartphones.len());
        for day in &days {
            for card in &cards {
                for smartphone in &smartphones {
                    let filled =
                        Facts { enrolled_on: Some(*day), card: Some(*card), smartphone: Some(*smartphone), ..*facts };
                    let possible = conflict::is_consistent(&Facts { as_of: told_on, ..filled });
                    grid.push(possible.then(|| filled.outdated()));
                }
            }
        }
        Completions { sizes: [days.len(), cards.len(), smartphones.len()], grid }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Facts> {
        self.grid.iter().flatten()
    }

    /// Whether the views of two possible answers to a core fact, completed alike, are not alike.
    pub(crate) fn differ<T>(&self, fact: Fact, views: &[Option<T>], alike: impl Fn(&T, &T) -> bool) -> bool {
        let [days, cards, smartphones] = self.sizes;
        let (size, stride) = match fact {
            Fact::EnrolledOn => (days, cards * smartphones),
            Fact::Card => (cards, smartphones),
            Fact::Smartphone => (smartphones, 1),
            _ => return false,
        };
        (0..self.grid.len()).filter(|index| index / stride % size == 0).any(|first| {
            let mut along = (0..size).filter_map(|step| views.get(first + step * stride)?.as_ref());
            along.next().is_some_and(|view| along.any(|other| !alike(other, view)))
        })
    }

    /// What something makes of each possible answer, in the order of the grid.
    pub(crate) fn views<T>(&self, view: impl Fn(&Facts) -> T) -> Vec<Option<T>> {
        self.grid.iter().map(|facts| facts.as_ref().map(&view)).collect()
    }
}

impl Facts {
    /// Drops what was told and cannot hold on a later day: a login that an expired card no longer allows.
    pub(crate) fn outdated(self) -> Facts {
        let ruled_out = self.portal_login == Some(true) && rules_out_portal(&self);
        if ruled_out { Facts { portal_login: None, ..self } } else { self }
    }
}

/// One day of each stretch over which `probe` stays the same, from the first day there is to the last.
///
/// Each part of what `probe` returns has to change at most once in one direction as the day moves on, or at given
/// days one after the other; so two days between which nothing differs have nothing between them either.
pub(crate) fn representatives<T: PartialEq>(probe: impl Fn(Day) -> T) -> Vec<Day> {
    let mut days = vec![Day::MIN];
    turning_points((Day::MIN, &probe(Day::MIN)), (Day::MAX, &probe(Day::MAX)), &probe, &mut days);
    days
}

fn turning_points<T: PartialEq>(from: (Day, &T), to: (Day, &T), probe: &impl Fn(Day) -> T, days: &mut Vec<Day>) {
    if from.1 == to.1 {
        return;
    }
    let distance = from.0.days_until(to.0);
    if distance <= 1 {
        days.push(to.0);
        return;
    }
    let middle = from.0.plus_days(distance / 2);
    let view = probe(middle);
    turning_points(from, (middle, &view), probe, days);
    turning_points((middle, &view), to, probe, days);
}
