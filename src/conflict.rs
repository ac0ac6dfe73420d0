//! Facts that cannot hold together.

use crate::Day;
use crate::error::{Error, ErrorKind};
use crate::facts::{CARDS_END, Facts};
use crate::situation::{is_aged, rules_out_portal};
use crate::vocabulary::{Card, Certificate, Fact, Notice, OldCard};

/// Two facts that conflict, and why, in the order of [`conflicts`].
const CONFLICTS: [(Fact, Fact, &str); 17] = [
    (Fact::EndedOn, Fact::EnrolledOn, "the cover cannot end before it starts"),
    (Fact::EnrolledOn, Fact::BornOn, "nobody is enrolled before being born"),
    (Fact::EndedOn, Fact::BornOn, "no cover ends before its member is born"),
    (Fact::BornOn, Fact::AsOf, "the day of birth lies ahead"),
    (Fact::EnrolledOn, Fact::BornOn, "from 75 on nobody joins a health insurance society"),
    (Fact::RatioChanged, Fact::BornOn, "a ratio of their own is for people of 70 or over"),
    (Fact::OldCard, Fact::EnrolledOn, "no 健康保険証 is issued to members from 2024-12-02 on"),
    (Fact::OldCard, Fact::BornOn, "no 健康保険証 is issued to people born from 2024-12-02 on"),
    (Fact::CertificateExpiresOn, Fact::BornOn, "no 資格確認書 ends before its member is born"),
    (Fact::PortalLogin, Fact::Card, "Mynaportal cannot be opened with a card in this state"),
    (Fact::CardCertificateExpiresOn, Fact::Card, "without a card there is no 電子証明書"),
    (Fact::CardCertificateExpiresOn, Fact::Card, "what is expired cannot have its expiry to come"),
    (Fact::CertificateExpiresOn, Fact::Certificate, "without a 資格確認書 there is no day printed on it"),
    (Fact::Certificate, Fact::AsOf, "資格確認書 exist from 2024-12-02 on"),
    (Fact::CertificateExpiresOn, Fact::Certificate, "資格確認書 exist from 2024-12-02 on"),
    (Fact::CertificateExpiresOn, Fact::EnrolledOn, "a 資格確認書 does not end before the cover starts"),
    (Fact::NoticeMismatch, Fact::Notice, "a notice that was not received cannot be seen to be wrong"),
];

/// Which of the conflicts there are, one bit each. Unknown facts conflict with nothing.
///
/// Each holds on one side of one day of each date it looks at, never on both sides: `turning_points` relies on that.
pub(crate) fn conflicts(facts: &Facts) -> u32 {
    let had_old_card = matches!(facts.old_card, Some(OldCard::Held | OldCard::Lost));
    let is_expired = matches!(facts.card, Some(Card::CertificateExpired | Card::Expired));
    let has_no_notice = matches!(facts.notice, Some(Notice::NotReceived | Notice::Undistributed));
    let is_aged = |years, day| facts.born_on.map(|born| is_aged(born, years, day));
    let (mut bits, mut bit) = (0, 1);
    let mut next = |holds: bool| {
        bits |= if holds { bit } else { 0 };
        bit <<= 1;
    };
    next(before(facts.ended_on, facts.enrolled_on));
    next(before(facts.enrolled_on, facts.born_on));
    next(before(facts.ended_on, facts.born_on));
    next(before(Some(facts.as_of), facts.born_on));
    next(facts.enrolled_on.is_some_and(|day| is_aged(75, day) == Some(true)));
    next(facts.ratio_changed == Some(true) && is_aged(70, facts.as_of) == Some(false));
    next(had_old_card && facts.enrolled_on.is_some_and(|day| day >= CARDS_END));
    next(had_old_card && facts.born_on.is_some_and(|day| day >= CARDS_END));
    next(before(facts.certificate_expires_on, facts.born_on));
    next(facts.portal_login == Some(true) && rules_out_portal(facts));
    next(facts.card == Some(Card::None) && facts.card_certificate_expires_on.is_some());
    next(is_expired && facts.card_certificate_expires_on.is_some_and(|expiry| expiry >= facts.as_of));
    next(!has_certificate(facts) && facts.certificate_expires_on.is_some());
    next(has_certificate(facts) && facts.as_of < CARDS_END);
    next(before(facts.certificate_expires_on, Some(CARDS_END)));
    next(before(facts.certificate_expires_on, facts.enrolled_on));
    next(facts.notice_mismatch == Some(true) && has_no_notice);
    bits
}

fn before(one: Option<Day>, other: Option<Day>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one < other)
}

fn has_certificate(facts: &Facts) -> bool {
    facts.certificate.is_some_and(|certificate| certificate != Certificate::None)
}

/// Whether what is told can hold together.
pub(crate) fn is_consistent(facts: &Facts) -> bool {
    conflicts(facts) == 0
}

/// # Errors
/// `inconsistent`, naming the first two facts that cannot hold together.
pub(crate) fn check(facts: &Facts) -> Result<(), Error> {
    let first = conflicts(facts).trailing_zeros() as usize;
    CONFLICTS.get(first).map_or(Ok(()), |(one, other, why)| {
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
