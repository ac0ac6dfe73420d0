//! Who is told the same, so that it need not be found again.

use crate::Day;
use crate::facts::Facts;
use crate::rule::Derived;
use crate::rulebook::{Known, Rulebook, Statement};
use crate::situation::{Start, Variable, certificate_term, old_card_by_default, start, turning_days};
use crate::vocabulary::OldCard;

/// What the days in some facts come down to, see [`Rulebook::likeness`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The day asked about, and the classes of the others on it.
    pub now: i32,
    /// In which order the days of their own and the days that rules name are ahead.
    pub ahead: i32,
    /// The days of their own that are ahead.
    pub own: Vec<Day>,
    /// The last day of a 資格確認書.
    pub last: Option<Day>,
}

impl Rulebook {
    /// Of facts that can hold together (see [`Facts::check`]), those with the same words, whose days come down to the same
    /// `now` and `ahead`, are answered the same, but for the days of their own in it; unless a date that is not told is
    /// brought up. `None` where that cannot be known.
    ///
    /// Days take part in an answer as classes of a situation, by what cannot hold together with them, and as days that
    /// follow from them. So it is `None` if an end of cover, a day of birth or an end of the 電子証明書 is told: words can
    /// be in conflict with them, and another card has another end. And if the enrolment is ahead or not yet six days ago,
    /// or if the last day of a 資格確認書 is told, and statements say more of it than that it is a last day, or it is the
    /// last day there is.
    #[must_use]
    pub fn likeness(&self, facts: &Facts) -> Option<Likeness> {
        let enrolled_on = facts.enrolled_on?;
        let others = [facts.ended_on, facts.born_on, facts.card_certificate_expires_on];
        if others.iter().any(Option::is_some)
            || start(facts.as_of, enrolled_on) != Start::Running
            || facts.certificate_expires_on.is_some_and(|day| self.entangles_expiry || day == Day::MAX)
        {
            return None;
        }
        let class = |date, day| i32::from(self.decider.cuts.class(date, day));
        let (mut ahead, mut own) = (0, Vec::new());
        for day in turning_days(facts).filter(|day| *day > facts.as_of) {
            // Between which of the days that rules name it is, and whether it is one of them; how many of their own there
            // are follows from the class of the last.
            for day in [day, day.plus_days(-1)] {
                ahead = ahead << 6 | class(Variable::AsOf, day);
            }
            own.push(day);
        }
        // Six bits for the class of a date, and of 32 enough are left for a day of any year.
        let days = facts.as_of.epoch_days() << 9 | class(Variable::EnrolledOn, enrolled_on) << 3;
        let had_old_card = i32::from(old_card_by_default(enrolled_on) == OldCard::Held);
        Some(Likeness {
            now: days | (certificate_term(facts) as i32) << 1 | had_old_card,
            ahead,
            own,
            last: facts.certificate_expires_on,
        })
    }
}

/// Whether what some statements say of the last day of a 資格確認書 is more than that it is the last day for something,
/// which no other says.
pub(crate) fn entangle_expiry(statements: &[Statement]) -> bool {
    let says_of = |guidance| statements.iter().filter(|other| other.guidance == guidance).count();
    statements.iter().any(|statement| {
        let is_last = |by: &Known| {
            by.names_expiry() && (by.any(|known| matches!(known, Known::Day(_))) || says_of(statement.guidance) > 1)
        };
        statement.args.iter().any(|(_, value)| value.names_expiry()) || statement.by.as_ref().is_some_and(is_last)
    })
}

impl Known {
    /// Whether the last day of a 資格確認書 is in it.
    pub(crate) fn names_expiry(&self) -> bool {
        self.any(|known| matches!(known, Known::Derived(Derived::CertificateExpiry)))
    }
}
