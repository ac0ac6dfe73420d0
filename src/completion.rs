//! Possible answers: unknown facts filled in, one representative for each class that can be told apart.

use std::slice::from_ref;

use crate::Day;
use crate::conflict;
use crate::cuts::Cuts;
use crate::date::Days;
use crate::facts::{CARDS_END, Facts, Reply};
use crate::situation::{
    CARD_ENDING_MONTHS, CERTIFICATE_ENDING_MONTHS, GRACE_MONTHS, NEW_DAYS, Situation, Variable, rules_out_portal,
};
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
        let firsts;
        let days = if let Some(day) = &facts.enrolled_on {
            from_ref(day)
        } else {
            let card = facts.card.or(Some(Card::Registered));
            let smartphone = facts.smartphone.or(Some(true));
            firsts = stretches(Fact::EnrolledOn, &Facts { card, smartphone, ..*facts }, cuts);
            &firsts
        };
        let cards = facts.card.as_ref().map_or(Card::ALL, from_ref);
        let smartphones = facts.smartphone.as_ref().map_or(&[true, false][..], from_ref);
        let mut grid = Vec::with_capacity(days.len() * cards.len() * smartphones.len());
        for day in days {
            for card in cards {
                for smartphone in smartphones {
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
    pub(crate) fn differ<T>(&self, fact: Fact, views: &[Option<&T>], alike: impl Fn(&T, &T) -> bool) -> bool {
        let [days, cards, smartphones] = self.sizes;
        let (size, stride) = match fact {
            Fact::EnrolledOn => (days, cards * smartphones),
            Fact::Card => (cards, smartphones),
            Fact::Smartphone => (smartphones, 1),
            _ => return false,
        };
        for first in (0..self.grid.len()).filter(|index| index / stride % size == 0) {
            let mut before = None;
            for step in 0..size {
                if let Some(Some(view)) = views.get(first + step * stride) {
                    if before.is_some_and(|before| !alike(view, before)) {
                        return true;
                    }
                    before = before.or(Some(view));
                }
            }
        }
        false
    }

    /// What was worked out of each possible answer, one in the order of [`Completions::iter`], as the grid that they stand
    /// in: `None` where nothing is possible.
    pub(crate) fn beside<'a, T>(&self, views: &'a [T]) -> Vec<Option<&'a T>> {
        let mut left = views.iter();
        let mut grid = Vec::new();
        for facts in &self.grid {
            grid.push(facts.as_ref().and_then(|_| left.next()));
        }
        grid
    }
}

impl Facts {
    /// Drops what was told and cannot hold on a later day: a login that an expired card no longer allows.
    pub(crate) fn outdated(self) -> Facts {
        let ruled_out = self.portal_login == Some(true) && rules_out_portal(&self);
        if ruled_out { Facts { portal_login: None, ..self } } else { self }
    }
}

/// The first day of each stretch of days over which it makes no difference which of them a date is.
pub(crate) fn stretches(date: Fact, facts: &Facts, cuts: &Cuts) -> Vec<Day> {
    representatives(&turns_near(date, facts, cuts), |day| {
        let mut told = *facts;
        told.set(date, Reply::Day(day));
        (Situation::of(&told, cuts), conflict::conflicts(&told))
    })
}

/// The days on which most of these stretches begin. What is missing here is found anyway, by searching for it; so this
/// saves time and decides nothing.
fn turns_near(date: Fact, facts: &Facts, cuts: &Cuts) -> Vec<Day> {
    let next = |day: Day| day.plus_days(1);
    let day = facts.as_of;
    let (born, enrolled, ended) = (facts.born_on, facts.enrolled_on, facts.ended_on);
    let certificate = facts.certificate_expires_on;
    let (mut near, told) = match date {
        Fact::EnrolledOn => (
            vec![next(day), day.plus_days(-NEW_DAYS), CARDS_END],
            [ended.map(next), born, born.map(|born| born.birthday(75)), certificate.map(next)],
        ),
        Fact::EndedOn => (vec![next(day), next(CARDS_END)], [enrolled, born, None, None]),
        Fact::CertificateExpiresOn => {
            (vec![day, next(day.plus_months(CERTIFICATE_ENDING_MONTHS)), CARDS_END], [born, enrolled, None, None])
        }
        Fact::CardCertificateExpiresOn => {
            let over = day.first_of_month().minus_months(GRACE_MONTHS);
            (vec![over, day, next(day.plus_months(CARD_ENDING_MONTHS))], [None; 4])
        }
        Fact::BornOn => {
            let years_ago = |day: Day, years: u32| next(day.minus_months(12 * years));
            let elderly = years_ago(day.first_of_month(), 70);
            (
                vec![next(day), years_ago(day, 1), years_ago(day, 70), elderly, years_ago(day, 75), CARDS_END],
                [enrolled.map(next), enrolled.map(|day| years_ago(day, 75)), ended.map(next), certificate.map(next)],
            )
        }
        _ => return Vec::new(),
    };
    let cuts = match date {
        Fact::EnrolledOn => cuts.of(Variable::EnrolledOn).0,
        Fact::EndedOn => cuts.of(Variable::EndedOn).0,
        _ => &[],
    };
    for day in told.into_iter().flatten() {
        near.push(day);
    }
    near.extend_from_slice(cuts);
    near
}

/// One day of each stretch over which `probe` stays the same, from the first day there is to the last. It is quicker the
/// more of their first days are `near`.
///
/// Each part of what `probe` returns has to change at most once in one direction as the day moves on, or at given
/// days one after the other; so two days between which nothing differs have nothing between them either.
pub(crate) fn representatives<T: PartialEq>(near: &[Day], probe: impl Fn(Day) -> T) -> Vec<Day> {
    let mut tried = Days::default();
    for day in near {
        tried.insert(day.plus_days(-1));
        tried.insert(*day);
    }
    let mut days = vec![Day::MIN];
    let mut before = (Day::MIN, probe(Day::MIN));
    for day in tried.as_slice().iter().chain([&Day::MAX]) {
        let view = probe(*day);
        turning_points((before.0, &before.1), (*day, &view), &probe, &mut days);
        before = (*day, view);
    }
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::vocabulary::Certificate;

    /// What is found from days near by is what is found by searching all days, and the search is short.
    #[test]
    fn stretches_begin_where_they_do_wherever_they_are_looked_for() {
        let day = |text| Day::from_iso(text).unwrap();
        let mut cuts = Cuts::default();
        for (date, cut) in [(Variable::EnrolledOn, "2024-12-02"), (Variable::EndedOn, "2025-08-01")] {
            cuts.insert(date, day(cut));
        }
        let told = Facts {
            enrolled_on: Some(day("2010-04-01")),
            card: Some(Card::Registered),
            smartphone: Some(true),
            ratio_changed: Some(true),
            certificate: Some(Certificate::Held),
            ..Facts::on(day("2026-11-30"))
        };
        let dated = Facts {
            ended_on: Some(day("2027-03-31")),
            certificate_expires_on: Some(day("2026-12-31")),
            card_certificate_expires_on: Some(day("2026-10-31")),
            born_on: Some(day("1956-02-29")),
            ..told
        };
        let searched = Cell::new((0, 0));
        for facts in [told, dated, Facts { as_of: Day::MAX, ..dated }, Facts { as_of: Day::MIN, ..told }] {
            for date in [
                Fact::EnrolledOn,
                Fact::EndedOn,
                Fact::CertificateExpiresOn,
                Fact::CardCertificateExpiresOn,
                Fact::BornOn,
            ] {
                let tried = Cell::new(0);
                let probe = |day| {
                    tried.set(tried.get() + 1);
                    let mut told = facts;
                    told.set(date, Reply::Day(day));
                    (Situation::of(&told, &cuts), conflict::conflicts(&told))
                };
                let found = representatives(&turns_near(date, &facts, &cuts), probe);
                let near = tried.take();
                assert_eq!(found, representatives(&[], probe), "{date} {facts:?}");
                searched.set((searched.get().0 + near, searched.get().1 + tried.get()));
            }
        }
        let (near, everywhere) = searched.get();
        assert!(2 * near < everywhere, "{near} of {everywhere}");
    }
}
