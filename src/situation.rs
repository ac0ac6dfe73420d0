//! A member's situation: the finite set of classes that conditions can tell apart.
//!
//! Every fact is one variable with a few values. Dates are cut at the days that rules name, and whatever needs
//! arithmetic between dates is a variable of its own, computed here.

use crate::Day;
use crate::cuts::{Cuts, class_in};
use crate::facts::{CARDS_END, Facts};
use crate::vocabulary::{Card, Certificate, OldCard, Role, words};

words! {
    /// What a condition can speak about: a fact, or something derived from several.
    pub enum Variable {
        /// The fact of that name.
        Role = "role",
        /// Where the day lies against the start of the cover; *new* up to five days after it.
        Start = "start",
        /// Where the day lies against the end of the cover, which the 75th birthday is too (N-22).
        End = "end",
        /// The card; a registered one counts as `certificate-expired` after its grace period (N-07).
        Card = "card",
        /// Where the day lies against the end of the 電子証明書; *ending* in its last three months, *grace* up to the
        /// end of the third month after the month it ended in (N-07).
        CardTerm = "cardTerm",
        /// The fact of that name.
        Smartphone = "smartphone",
        /// The fact of that name.
        NeedsAssistance = "needsAssistance",
        /// The fact of that name.
        PortalLogin = "portalLogin",
        /// The fact of that name.
        MyNumberOnFile = "myNumberOnFile",
        /// The fact of that name.
        OldCard = "oldCard",
        /// The fact of that name.
        Notice = "notice",
        /// The fact of that name.
        NoticeMismatch = "noticeMismatch",
        /// The fact of that name.
        NameChanged = "nameChanged",
        /// The fact of that name.
        RatioChanged = "ratioChanged",
        /// The fact of that name.
        Certificate = "certificate",
        /// Where the day lies against the end of the 資格確認書; *ending* in its last two months, since a new one can
        /// take more than a month (N-06).
        CertificateTerm = "certificateTerm",
        /// Age, as far as it matters; *from-70* begins with the month of N-13.
        Age = "age",
        /// The fact of that name.
        Overseas = "overseas",
        /// The fact of that name, cut at the days that rules name.
        AsOf = "asOf",
        /// The fact of that name, cut at the days that rules name.
        EnrolledOn = "enrolledOn",
        /// The fact of that name, cut at the days that rules name; its first class is *not told*.
        EndedOn = "endedOn",
    }
}

words! {
    /// Where the day lies against the start of the cover.
    pub(crate) enum Start { Upcoming = "upcoming", New = "new", Running = "running", }
}
words! {
    /// Where the day lies against the end of the cover; *closing* if that day is told and to come.
    pub(crate) enum End { Open = "open", Closing = "closing", Ended = "ended", }
}
words! {
    /// Where the day lies against the end of the 電子証明書.
    pub(crate) enum CardTerm { Unstated = "unstated", Running = "running", Ending = "ending", Grace = "grace", Over = "over", }
}
words! {
    /// Where the day lies against the end of the 資格確認書.
    pub(crate) enum CertificateTerm { Unstated = "unstated", Running = "running", Ending = "ending", Over = "over", }
}
words! {
    /// Age, as far as it matters.
    pub(crate) enum Age { Unstated = "unstated", Under1 = "under-1", Under70 = "under-70", From70 = "from-70", From75 = "from-75", }
}

const NO_YES: &[&str] = &["false", "true"];
const UNSTATED_NO_YES: &[&str] = &["unstated", "false", "true"];
/// Unstated, then [`Notice::WORDS`](crate::Notice::WORDS).
const UNSTATED_NOTICE: &[&str] = &["unstated", "held", "not-received", "lost", "damaged", "undistributed"];

/// How many variables there are.
pub(crate) const VARIABLES: usize = Variable::ALL.len();

impl Variable {
    /// Its values by name, or `None` for a date.
    #[must_use]
    pub fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Variable::AsOf | Variable::EnrolledOn | Variable::EndedOn => None,
            Variable::Role => Some(Role::WORDS),
            Variable::Start => Some(Start::WORDS),
            Variable::End => Some(End::WORDS),
            Variable::Card => Some(Card::WORDS),
            Variable::CardTerm => Some(CardTerm::WORDS),
            Variable::PortalLogin | Variable::MyNumberOnFile => Some(UNSTATED_NO_YES),
            Variable::OldCard => Some(OldCard::WORDS),
            Variable::Notice => Some(UNSTATED_NOTICE),
            Variable::Certificate => Some(Certificate::WORDS),
            Variable::CertificateTerm => Some(CertificateTerm::WORDS),
            Variable::Age => Some(Age::WORDS),
            Variable::Smartphone
            | Variable::NeedsAssistance
            | Variable::NoticeMismatch
            | Variable::NameChanged
            | Variable::RatioChanged
            | Variable::Overseas => Some(NO_YES),
        }
    }
}

/// The class of every variable, for facts whose core facts are all known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Situation {
    classes: [u8; VARIABLES],
}

impl Situation {
    /// Defaults and derived facts are applied here. `None` while a core fact is unknown.
    pub(crate) fn of(facts: &Facts, cuts: &Cuts) -> Option<Situation> {
        let (enrolled_on, told_card, smartphone) = (facts.enrolled_on?, facts.card?, facts.smartphone?);
        let card_term = card_term(facts);
        let card = in_effect(told_card, card_term);
        let has_no_portal = card.rules_out_portal() || has_ended(card_term);
        let portal_login = facts.portal_login.or(has_no_portal.then_some(false));
        let old_card = facts.old_card.unwrap_or_else(|| old_card_by_default(enrolled_on));
        // In the order of `Variable`.
        let classes = [
            facts.role.unwrap_or(Role::Insured) as u8,
            start(facts.as_of, enrolled_on) as u8,
            end(facts) as u8,
            card as u8,
            card_term as u8,
            smartphone.into(),
            yes(facts.needs_assistance),
            unstated_or(portal_login),
            unstated_or(facts.my_number_on_file),
            old_card as u8,
            facts.notice.map_or(0, |notice| notice as u8 + 1),
            yes(facts.notice_mismatch),
            yes(facts.name_changed),
            yes(facts.ratio_changed),
            certificate(facts) as u8,
            certificate_term(facts) as u8,
            age(facts) as u8,
            yes(facts.overseas),
            class_in(&cuts.as_of, 0, facts.as_of),
            class_in(&cuts.enrolled_on, 0, enrolled_on),
            facts.ended_on.map_or(0, |day| class_in(&cuts.ended_on, 1, day)),
        ];
        Some(Situation { classes })
    }

    /// The class of each variable.
    pub(crate) fn classes(&self) -> &[u8] {
        &self.classes
    }

    pub(crate) fn class(&self, variable: Variable) -> usize {
        self.classes.get(variable as usize).copied().unwrap_or_default().into()
    }
}

/// The day the cover ends: the first day without it, or the 75th birthday if that comes first (N-22).
pub(crate) fn cover_end(facts: &Facts) -> Option<Day> {
    let from_75 = facts.born_on.map(|born| born.birthday(75));
    [facts.ended_on, from_75].into_iter().flatten().min()
}

/// Whether the cover has ended by a day.
fn has_left(facts: &Facts, day: Day) -> bool {
    facts.ended_on.is_some_and(|end| end <= day) || facts.born_on.is_some_and(|born| is_aged(born, 75, day))
}

/// Whether somebody born on a day has reached an age on another. Most often it is enough to count days; but on the last
/// day there is, on which all reckoning stops, it is not.
pub(crate) fn is_aged(born: Day, years: u16, day: Day) -> bool {
    let (days, least) = (born.days_until(day), i64::from(years) * 365);
    days > least + i64::from(years) || ((days >= least || day == Day::MAX) && day >= born.birthday(years.into()))
}

/// The month from which somebody born on this day shows a 高齢受給者証: the one after the month of the 70th
/// birthday, or that month if the birthday is its first day (N-13, S4-11).
pub(crate) fn elderly_from(born: Day) -> Day {
    let birthday = born.birthday(70);
    if birthday.day() == 1 { birthday } else { birthday.last_of_month().plus_days(1) }
}

/// The last day a card works whose 電子証明書 ended on this day (N-07).
pub(crate) fn grace_until(expiry: Day) -> Day {
    expiry.first_of_month().plus_months(GRACE_MONTHS).last_of_month()
}

/// Whether the card, as it counts today, rules out opening Mynaportal (contract: portalLogin).
pub(crate) fn rules_out_portal(facts: &Facts) -> bool {
    facts.card.is_some_and(|card| in_effect(card, card_term(facts)).rules_out_portal())
}

/// Whether nobody is taken to open Mynaportal with the card unless they say so: it is ruled out, or the 電子証明書 is
/// known to have ended, even where the grace period still lets the card show eligibility.
pub(crate) fn has_no_portal_by_default(facts: &Facts) -> bool {
    let term = card_term(facts);
    facts.card.is_some_and(|card| in_effect(card, term).rules_out_portal()) || has_ended(term)
}

fn has_ended(term: CardTerm) -> bool {
    matches!(term, CardTerm::Grace | CardTerm::Over)
}

/// What is held where nothing else is told (contract: oldCard).
pub(crate) fn old_card_by_default(enrolled_on: Day) -> OldCard {
    if enrolled_on < CARDS_END { OldCard::Held } else { OldCard::NeverIssued }
}

/// The days after which a derived fact may be another one, apart from the days that rules name.
pub(crate) fn turning_days(facts: &Facts) -> impl Iterator<Item = Day> {
    let card = facts.card_certificate_expires_on;
    let certificate = facts.certificate_expires_on;
    let born = facts.born_on;
    [
        facts.enrolled_on,
        facts.enrolled_on.map(|day| day.plus_days(NEW_DAYS + 1)),
        facts.ended_on,
        card.map(|day| day.minus_months(CARD_ENDING_MONTHS)),
        card.map(|day| day.plus_days(1)),
        card.map(|day| grace_until(day).plus_days(1)),
        certificate.map(|day| day.minus_months(CERTIFICATE_ENDING_MONTHS)),
        certificate.map(|day| day.plus_days(1)),
        born.map(|day| day.birthday(1)),
        born.map(elderly_from),
        born.map(|day| day.birthday(75)),
    ]
    .into_iter()
    .flatten()
}

/// At enrolment means up to this many days after it (contract §2).
pub const NEW_DAYS: i64 = 5;
/// A reminder comes two to three months before the 電子証明書 ends (N-07).
pub(crate) const CARD_ENDING_MONTHS: u32 = 3;
/// A certificate can take more than a month (N-06).
pub(crate) const CERTIFICATE_ENDING_MONTHS: u32 = 2;
/// A card works on to the end of the third month after the one its 電子証明書 ended in (N-07).
pub(crate) const GRACE_MONTHS: u32 = 3;

fn card_term(facts: &Facts) -> CardTerm {
    let day = facts.as_of;
    match facts.card_certificate_expires_on {
        None => CardTerm::Unstated,
        Some(expiry) if day > grace_until(expiry) => CardTerm::Over,
        Some(expiry) if day > expiry => CardTerm::Grace,
        Some(expiry) if day >= expiry.minus_months(CARD_ENDING_MONTHS) => CardTerm::Ending,
        Some(_) => CardTerm::Running,
    }
}

fn in_effect(card: Card, term: CardTerm) -> Card {
    if card == Card::Registered && term == CardTerm::Over { Card::CertificateExpired } else { card }
}

/// The 資格確認書 of this insurer: who was no longer covered when they began has one of another insurer's, about which
/// nothing can be said here (N-03, N-22).
fn certificate(facts: &Facts) -> Certificate {
    match facts.certificate {
        Some(certificate) if !has_left(facts, CARDS_END) => certificate,
        _ => Certificate::None,
    }
}

pub(crate) fn certificate_term(facts: &Facts) -> CertificateTerm {
    match facts.certificate_expires_on {
        None => CertificateTerm::Unstated,
        Some(expiry) if facts.as_of > expiry => CertificateTerm::Over,
        Some(expiry) if facts.as_of >= expiry.minus_months(CERTIFICATE_ENDING_MONTHS) => CertificateTerm::Ending,
        Some(_) => CertificateTerm::Running,
    }
}

pub(crate) fn start(day: Day, enrolled_on: Day) -> Start {
    match day {
        _ if day < enrolled_on => Start::Upcoming,
        _ if day <= enrolled_on.plus_days(NEW_DAYS) => Start::New,
        _ => Start::Running,
    }
}

fn end(facts: &Facts) -> End {
    match facts.ended_on {
        _ if has_left(facts, facts.as_of) => End::Ended,
        Some(_) => End::Closing,
        None => End::Open,
    }
}

fn age(facts: &Facts) -> Age {
    let day = facts.as_of;
    match facts.born_on {
        None => Age::Unstated,
        Some(born) if is_aged(born, 75, day) => Age::From75,
        Some(born) if is_aged(born, 70, day) && day >= elderly_from(born) => Age::From70,
        Some(born) if is_aged(born, 1, day) => Age::Under70,
        Some(_) => Age::Under1,
    }
}

fn yes(told: Option<bool>) -> u8 {
    (told == Some(true)).into()
}

fn unstated_or(told: Option<bool>) -> u8 {
    told.map_or(0, |truth| u8::from(truth) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_reached_on_the_birthday_and_not_before() {
        let day = |text| Day::from_iso(text).unwrap();
        for born in ["1951-11-21", "1952-02-28", "1952-02-29", "1952-03-01", "2000-12-31", "9930-01-01"].map(day) {
            for years in [1, 70, 75] {
                let birthday = born.birthday(years.into());
                for later in -800..800 {
                    let day = birthday.plus_days(later);
                    assert_eq!(is_aged(born, years, day), day >= birthday, "{born} {years} {day}");
                }
            }
        }
        // Reckoning stops there, so nobody grows older.
        assert!(is_aged(day("9999-06-01"), 75, Day::MAX) && !is_aged(day("9999-06-01"), 75, day("9999-12-30")));
    }
}
