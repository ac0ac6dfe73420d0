//! Facts that cannot hold together.

use crate::Day;
use crate::error::{Error, ErrorKind};
use crate::facts::{CARDS_END, Facts};
use crate::situation::rules_out_portal;
use crate::vocabulary::{Card, Certificate, Fact, Notice, OldCard};

/// Two facts, when they conflict, and why. Unknown facts conflict with nothing.
///
/// Each check holds on one side of one day of each date it looks at, never on both sides: `turning_points` relies
/// on that.
struct Conflict(Fact, Fact, fn(&Facts) -> bool, &'static str);

const CONFLICTS: [Conflict; 17] = [
    Conflict(
        Fact::EndedOn,
        Fact::EnrolledOn,
        |facts| before(facts.ended_on, facts.enrolled_on),
        "the cover cannot end before it starts",
    ),
    Conflict(
        Fact::EnrolledOn,
        Fact::BornOn,
        |facts| before(facts.enrolled_on, facts.born_on),
        "nobody is enrolled before being born",
    ),
    Conflict(
        Fact::EndedOn,
        Fact::BornOn,
        |facts| before(facts.ended_on, facts.born_on),
        "no cover ends before its member is born",
    ),
    Conflict(Fact::BornOn, Fact::AsOf, |facts| before(Some(facts.as_of), facts.born_on), "the day of birth lies ahead"),
    Conflict(
        Fact::EnrolledOn,
        Fact::BornOn,
        |facts| {
            !before(facts.enrolled_on, facts.born_on.map(|born| born.birthday(75)))
                && facts.enrolled_on.and(facts.born_on).is_some()
        },
        "from 75 on nobody joins a health insurance society",
    ),
    Conflict(
        Fact::RatioChanged,
        Fact::BornOn,
        |facts| {
            facts.ratio_changed == Some(true) && before(Some(facts.as_of), facts.born_on.map(|born| born.birthday(70)))
        },
        "a ratio of their own is for people of 70 or over",
    ),
    Conflict(
        Fact::OldCard,
        Fact::EnrolledOn,
        |facts| {
            matches!(facts.old_card, Some(OldCard::Held | OldCard::Lost))
                && facts.enrolled_on.is_some_and(|day| day >= CARDS_END)
        },
        "no 健康保険証 is issued to members from 2024-12-02 on",
    ),
    Conflict(
        Fact::OldCard,
        Fact::BornOn,
        |facts| {
            matches!(facts.old_card, Some(OldCard::Held | OldCard::Lost))
                && facts.born_on.is_some_and(|day| day >= CARDS_END)
        },
        "no 健康保険証 is issued to people born from 2024-12-02 on",
    ),
    Conflict(
        Fact::CertificateExpiresOn,
        Fact::BornOn,
        |facts| before(facts.certificate_expires_on, facts.born_on),
        "no 資格確認書 ends before its member is born",
    ),
    Conflict(
        Fact::PortalLogin,
        Fact::Card,
        |facts| facts.portal_login == Some(true) && rules_out_portal(facts),
        "Mynaportal cannot be opened with a card in this state",
    ),
    Conflict(
        Fact::CardCertificateExpiresOn,
        Fact::Card,
        |facts| facts.card == Some(Card::None) && facts.card_certificate_expires_on.is_some(),
        "without a card there is no 電子証明書",
    ),
    Conflict(
        Fact::CardCertificateExpiresOn,
        Fact::Card,
        |facts| {
            matches!(facts.card, Some(Card::CertificateExpired | Card::Expired))
                && facts.card_certificate_expires_on.is_some_and(|expiry| expiry >= facts.as_of)
        },
        "what is expired cannot have its expiry to come",
    ),
    Conflict(
        Fact::CertificateExpiresOn,
        Fact::Certificate,
        |facts| !has_certificate(facts) && facts.certificate_expires_on.is_some(),
        "without a 資格確認書 there is no day printed on it",
    ),
    Conflict(
        Fact::Certificate,
        Fact::AsOf,
        |facts| has_certificate(facts) && facts.as_of < CARDS_END,
        "資格確認書 exist from 2024-12-02 on",
    ),
    Conflict(
        Fact::CertificateExpiresOn,
        Fact::Certificate,
        |facts| before(facts.certificate_expires_on, Some(CARDS_END)),
        "資格確認書 exist from 2024-12-02 on",
    ),
    Conflict(
        Fact::CertificateExpiresOn,
        Fact::EnrolledOn,
        |facts| before(facts.certificate_expires_on, facts.enrolled_on),
        "a 資格確認書 does not end before the cover starts",
    ),
    Conflict(
        Fact::NoticeMismatch,
        Fact::Notice,
        |facts| {
            facts.notice_mismatch == Some(true)
                && matches!(facts.notice, Some(Notice::NotReceived | Notice::Undistributed))
        },
        "a notice that was not received cannot be seen to be wrong",
    ),
];

fn before(one: Option<Day>, other: Option<Day>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one < other)
}

fn has_certificate(facts: &Facts) -> bool {
    facts.certificate.is_some_and(|certificate| certificate != Certificate::None)
}

/// Whether what is told can hold together.
pub(crate) fn is_consistent(facts: &Facts) -> bool {
    !CONFLICTS.iter().any(|conflict| conflict.2(facts))
}

/// Which of the conflicts there are, one bit each.
pub(crate) fn conflicts(facts: &Facts) -> u32 {
    CONFLICTS.iter().rev().fold(0, |bits, conflict| bits << 1 | u32::from(conflict.2(facts)))
}

/// # Errors
/// `inconsistent`, naming the first two facts that cannot hold together.
pub(crate) fn check(facts: &Facts) -> Result<(), Error> {
    CONFLICTS.iter().find(|conflict| conflict.2(facts)).map_or(Ok(()), |Conflict(one, other, _, why)| {
        let told = |fact| facts.get(fact).map_or_else(|| "untold".to_owned(), |value| value.to_string());
        Err(Error::new(
            ErrorKind::Inconsistent,
            format!("`{one}` ({}) and `{other}` ({}) cannot hold together: {why}", told(*one), told(*other)),
        )
        .of_fact(one)
        .unlike(*other)
        .of_value(told(*one)))
    })
}
