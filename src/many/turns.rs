//! On which days of a member's life the classes turn, for a given day.
//!
//! Each class that depends on a date and on the day asked about is reached by dates up to some day, and not by later ones.
//! That day is looked for by asking [`Situation::of`], the one place of these rules, and so once for many members.

use crate::Day;
use crate::conflict;
use crate::cuts::Cuts;
use crate::facts::Facts;
use crate::situation::{Situation, Variable};
use crate::vocabulary::{Card, Fact};

/// How many turns there are.
pub(super) const TURNS: usize = 12;

/// Up to some day, the class of the variable is this or a later one.
const CLASSES: [(Fact, Variable, usize); TURNS - 1] = [
    (Fact::EnrolledOn, Variable::Start, 1),
    (Fact::EnrolledOn, Variable::Start, 2),
    (Fact::EndedOn, Variable::End, 2),
    (Fact::BornOn, Variable::Age, 4),
    (Fact::BornOn, Variable::Age, 3),
    (Fact::BornOn, Variable::Age, 2),
    (Fact::CardCertificateExpiresOn, Variable::CardTerm, 4),
    (Fact::CardCertificateExpiresOn, Variable::CardTerm, 3),
    (Fact::CardCertificateExpiresOn, Variable::CardTerm, 2),
    (Fact::CertificateExpiresOn, Variable::CertificateTerm, 3),
    (Fact::CertificateExpiresOn, Variable::CertificateTerm, 2),
];

/// For each of [`CLASSES`], the first day of the date with which the class is an earlier one; last, the first day of birth
/// with which no ratio of one's own can have changed.
pub(super) type Turns = [i32; TURNS];

/// The turns of a day.
pub(super) fn turns(as_of: Day) -> Turns {
    let mut turns = [0; TURNS];
    let cuts = Cuts::default();
    for (turn, (date, variable, class)) in turns.iter_mut().zip(CLASSES) {
        *turn = first_day(|day| {
            let situation = Situation::of(&known(as_of, date, day), &cuts);
            situation.is_none_or(|situation| situation.class(variable) < class)
        });
    }
    let [.., ratio] = &mut turns;
    *ratio = first_day(|day| {
        let facts = known(as_of, Fact::BornOn, day);
        !conflict::is_consistent(&Facts { ratio_changed: Some(true), enrolled_on: None, ..facts })
    });
    turns
}

fn known(as_of: Day, date: Fact, day: Day) -> Facts {
    let mut facts =
        Facts { enrolled_on: Some(as_of), card: Some(Card::Unregistered), smartphone: Some(true), ..Facts::on(as_of) };
    match date {
        Fact::EnrolledOn => facts.enrolled_on = Some(day),
        Fact::EndedOn => facts.ended_on = Some(day),
        Fact::BornOn => facts.born_on = Some(day),
        Fact::CardCertificateExpiresOn => facts.card_certificate_expires_on = Some(day),
        Fact::CertificateExpiresOn => facts.certificate_expires_on = Some(day),
        _ => {}
    }
    facts
}

/// The first day, as days since 1970-01-01, of those on which something holds that goes on holding; the day after the
/// last there is, if it never does.
pub(super) fn first_day(holds: impl Fn(Day) -> bool) -> i32 {
    let (mut from, mut to) = (Day::MIN.epoch_days(), Day::MAX.epoch_days() + 1);
    while from < to {
        let middle = from + (to - from) / 2;
        if Day::from_epoch_days(middle).is_some_and(&holds) { to = middle } else { from = middle + 1 }
    }
    from
}
