//! Which situations there can be: those that some member's facts, on some day, lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Diagrams, Point, Set};
use crate::Day;
use crate::completion::representatives;
use crate::conflict;
use crate::cuts::Cuts;
use crate::facts::{CARDS_END, Facts};
use crate::situation::{Situation, VARIABLES, Variable};
use crate::vocabulary::{Card, Certificate, Notice, OldCard};

/// What follows from the dates of a member.
pub(super) const DATED: [Variable; 8] = [
    Variable::AsOf,
    Variable::EnrolledOn,
    Variable::Start,
    Variable::EndedOn,
    Variable::End,
    Variable::Age,
    Variable::Certificate,
    Variable::CertificateTerm,
];
/// What some of these dates leave open.
pub(super) const OPEN: [Variable; 2] = [Variable::OldCard, Variable::RatioChanged];
/// What follows from the card.
pub(super) const OF_CARD: [Variable; 3] = [Variable::CardTerm, Variable::Card, Variable::PortalLogin];
pub(super) const OF_NOTICE: [Variable; 2] = [Variable::Notice, Variable::NoticeMismatch];

/// Days around one that rules name on which a relative day can fall: up to five days after an enrolment, and the day
/// before and after.
const NEAR: std::ops::RangeInclusive<i64> = -1..=7;

/// The classes of some variables.
type Rows = BTreeSet<Vec<u8>>;

const TRUTHS: [Option<bool>; 3] = [None, Some(false), Some(true)];

/// The situations that there can be, and how many combinations of facts were tried to find them.
///
/// Facts that no conflict and no derived fact connects are taken apart: the dates with what they rule out, the card
/// with its own date, the notice. The old card and the ratio depend on birth and enrolment alone. Everything else goes
/// with everything.
pub(crate) fn possible(cuts: &Cuts, diagrams: &mut Diagrams) -> (Set, u64) {
    let mut tried = 0;
    let mut by_rest: BTreeMap<(Rows, Rows), Rows> = BTreeMap::new();
    for as_of in days(cuts) {
        let cards = cards(as_of, cuts, &mut tried);
        each_dates(as_of, cuts, |dated, open| {
            tried += (dated.len() * open.len()) as u64;
            let open = open.iter().filter_map(|facts| row(facts, cuts, &OPEN)).collect();
            let dates = by_rest.entry((cards.clone(), open)).or_default();
            dates.extend(dated.iter().filter_map(|facts| row(facts, cuts, &DATED)));
            true
        });
    }
    let mut possible = Set::NONE;
    for ((cards, open), dates) in by_rest {
        let cards = diagrams.of_rows(&OF_CARD, cards.into_iter().collect());
        let open = diagrams.of_rows(&OPEN, open.into_iter().collect());
        let dates = diagrams.of_rows(&DATED, dates.into_iter().collect());
        let rest = diagrams.and(cards, open);
        let all = diagrams.and(rest, dates);
        possible = diagrams.or(possible, all);
    }
    let notices = diagrams.of_rows(&OF_NOTICE, notices(cuts, &mut tried));
    (diagrams.and(possible, notices), tried)
}

/// Facts that lead to a situation, if any do.
pub(crate) fn facts_of(point: &Point, cuts: &Cuts) -> Option<Facts> {
    let class = |variable: Variable| point.get(variable as usize).copied().unwrap_or_default();
    let matches = |facts: &Facts, variables: &[Variable]| {
        Situation::of(facts, cuts)
            .is_some_and(|found| variables.iter().all(|variable| found.class(*variable) == class(*variable)))
    };
    let mut found = None;
    // The latest days are those that a reader knows best.
    for as_of in days(cuts).into_iter().rev() {
        if !matches(&with_core(Facts::on(as_of), as_of), &[Variable::AsOf]) {
            continue;
        }
        each_dates(as_of, cuts, |dated, open| {
            let dated = dated.iter().find(|facts| matches(facts, &DATED));
            let open = open.iter().find(|facts| matches(facts, &OPEN));
            if let Some((dated, open)) = dated.zip(open) {
                each_card(&with_open(*dated, open), cuts, |facts| {
                    if found.is_none() && matches(facts, &OF_CARD) {
                        found = Some(*facts);
                    }
                });
            }
            found.is_none()
        });
        if found.is_some() {
            break;
        }
    }
    let told = |variable: Variable| class(variable) == 1;
    let truth = |variable: Variable| told(variable).then_some(true);
    let mut facts = found?;
    facts.role = crate::Role::ALL.get(class(Variable::Role)).copied().filter(|role| *role != crate::Role::Insured);
    facts.smartphone = Some(told(Variable::Smartphone));
    facts.needs_assistance = truth(Variable::NeedsAssistance);
    facts.my_number_on_file = class(Variable::MyNumberOnFile).checked_sub(1).map(|known| known == 1);
    facts.notice = class(Variable::Notice).checked_sub(1).and_then(|known| Notice::ALL.get(known)).copied();
    facts.notice_mismatch = truth(Variable::NoticeMismatch);
    facts.name_changed = truth(Variable::NameChanged);
    facts.overseas = truth(Variable::Overseas);
    Some(facts).filter(conflict::is_consistent)
}

/// Days on which everything can be seen that any day shows: the last and first days of each class of every date, and
/// those on which a day reckoned from one of them falls.
pub(super) fn days(cuts: &Cuts) -> Vec<Day> {
    let dates = [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn];
    let named = dates.into_iter().flat_map(|date| cuts.of(date).0.iter().copied()).chain([CARDS_END]);
    let mut days = BTreeSet::new();
    for day in named {
        days.extend(NEAR.map(|later| day.plus_days(later)));
    }
    // Long before and long after everything.
    let ends = [days.first().map(|day| day.minus_months(12)), days.last().map(|day| day.plus_months(12))];
    days.extend(ends.into_iter().flatten());
    days.into_iter().collect()
}

pub(super) fn with_core(facts: Facts, enrolled_on: Day) -> Facts {
    Facts { enrolled_on: Some(enrolled_on), card: Some(Card::Registered), smartphone: Some(true), ..facts }
}

/// That a day is not told, and the first day of each stretch over which facts with it stay alike.
fn turns(cuts: &Cuts, tell: impl Fn(Option<Day>) -> Facts) -> impl Iterator<Item = Option<Day>> {
    let days = representatives(&[], |day| {
        let told = tell(Some(day));
        (Situation::of(&told, cuts), conflict::conflicts(&told))
    });
    std::iter::once(None).chain(days.into_iter().map(Some))
}

/// Goes through the dates that members can have on a day, as long as `go_on` says so; it is given facts that differ
/// in the end of the cover and the certificate, and others that differ in what goes with any of those.
///
/// The day of birth comes first, at both ends of each stretch; then the earliest enrolment of each stretch, since
/// nothing else has to come before it; then what has to come after that.
pub(super) fn each_dates(as_of: Day, cuts: &Cuts, mut go_on: impl FnMut(&[Facts], &[Facts]) -> bool) {
    for born_on in births(as_of, cuts) {
        let born = with_core(Facts { born_on, ..Facts::on(as_of) }, as_of);
        let enrolled = |enrolled_on| Facts { enrolled_on, ..born };
        for enrolled in turns(cuts, enrolled).flatten().map(|day| enrolled(Some(day))).filter(conflict::is_consistent) {
            let old_cards = OldCard::ALL.iter().copied().map(Some).chain([None]);
            let open: Vec<Facts> = old_cards
                .map(|old_card| Facts { old_card, ..enrolled })
                .flat_map(|facts| [None, Some(true)].map(|ratio_changed| Facts { ratio_changed, ..facts }))
                .filter(conflict::is_consistent)
                .collect();
            // Nothing about a certificate's own date depends on the end of the cover.
            let mut certificates = vec![(None, None)];
            for certificate in Certificate::ALL.iter().copied().map(Some) {
                let with = |certificate_expires_on| Facts { certificate, certificate_expires_on, ..enrolled };
                certificates.extend(turns(cuts, with).map(|expires_on| (certificate, expires_on)));
            }
            // Whether a certificate can be of this insurer depends on the end, too.
            let ended = |ended_on| Facts { ended_on, certificate: Some(Certificate::Held), ..enrolled };
            let dated: Vec<Facts> = turns(cuts, ended)
                .flat_map(|ended_on| {
                    certificates.iter().map(move |(certificate, certificate_expires_on)| Facts {
                        ended_on,
                        certificate: *certificate,
                        certificate_expires_on: *certificate_expires_on,
                        ..enrolled
                    })
                })
                .filter(conflict::is_consistent)
                .collect();
            if !go_on(&dated, &open) {
                return;
            }
        }
    }
}

/// Facts of the one kind with those of the other.
pub(super) fn with_open(facts: Facts, open: &Facts) -> Facts {
    Facts { old_card: open.old_card, ratio_changed: open.ratio_changed, ..facts }
}

/// Days of birth: the first and the last of each stretch over which anything about the age stays alike, and that it is
/// not told.
fn births(as_of: Day, cuts: &Cuts) -> Vec<Option<Day>> {
    let firsts = representatives(&[], |day| {
        let told = Facts {
            born_on: Some(day),
            ratio_changed: Some(true),
            old_card: Some(OldCard::Held),
            certificate: Some(Certificate::Held),
            ..with_core(Facts::on(as_of), CARDS_END.plus_days(-1))
        };
        (Situation::of(&told, cuts), conflict::conflicts(&told))
    });
    let mut days: BTreeSet<Day> = firsts.iter().flat_map(|first| [first.plus_days(-1), *first]).collect();
    days.insert(as_of);
    days.into_iter().map(Some).chain([None]).collect()
}

/// The states of a card on a day.
fn cards(as_of: Day, cuts: &Cuts, tried: &mut u64) -> BTreeSet<Vec<u8>> {
    let mut rows = BTreeSet::new();
    each_card(&with_core(Facts::on(as_of), as_of), cuts, |facts| {
        *tried += 1;
        rows.extend(row(facts, cuts, &OF_CARD));
    });
    rows
}

pub(super) fn each_card(facts: &Facts, cuts: &Cuts, mut with: impl FnMut(&Facts)) {
    for card in Card::ALL {
        let facts = Facts { card: Some(*card), ..*facts };
        let told = |card_certificate_expires_on| Facts { card_certificate_expires_on, ..facts };
        for told in turns(cuts, told).map(told) {
            for portal_login in TRUTHS {
                let facts = Facts { portal_login, ..told };
                if conflict::is_consistent(&facts) {
                    with(&facts);
                }
            }
        }
    }
}

fn notices(cuts: &Cuts, tried: &mut u64) -> Vec<Vec<u8>> {
    let mut rows = Vec::new();
    for notice in Notice::ALL.iter().copied().map(Some).chain([None]) {
        for notice_mismatch in TRUTHS {
            *tried += 1;
            let facts = Facts { notice, notice_mismatch, ..with_core(Facts::on(CARDS_END), CARDS_END) };
            rows.extend(row(&facts, cuts, &OF_NOTICE).filter(|_| conflict::is_consistent(&facts)));
        }
    }
    rows
}

fn row(facts: &Facts, cuts: &Cuts, variables: &[Variable]) -> Option<Vec<u8>> {
    let situation = Situation::of(facts, cuts)?;
    variables.iter().map(|variable| u8::try_from(situation.class(*variable)).ok()).collect()
}

/// The classes of a member of whom nothing is told but what everybody is asked, on a day after all that rules name.
pub(crate) fn usual(cuts: &Cuts) -> Point {
    let mut usual = [0; VARIABLES];
    let last = days(cuts).last().copied().unwrap_or(CARDS_END);
    let facts = with_core(Facts::on(last), CARDS_END.minus_months(24));
    if let Some(situation) = Situation::of(&facts, cuts) {
        for (slot, variable) in usual.iter_mut().zip(Variable::ALL) {
            *slot = situation.class(*variable);
        }
    }
    usual
}
