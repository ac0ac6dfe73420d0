//! Members to try the engine on: any facts, mostly near the days that matter.

use std::sync::LazyLock;

use shikaku_navi::{Assessment, Card, Certificate, Day, Error, Fact, Facts, Notice, OldCard, Profile, Role, Rulebook};

use crate::common::{Numbers, insurers, national_rules, plain};
use crate::naive::{Naive, Saying, saying};

pub(crate) struct Pair {
    pub(crate) rulebook: Rulebook,
    pub(crate) naive: Naive,
    /// Days near which something changes.
    pub(crate) days: Vec<Day>,
}

pub(crate) static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    insurers().iter().map(|insurer| Pair::of(&national_rules(), insurer.rules.as_deref()).unwrap()).collect()
});

impl Pair {
    /// Both engines, from the rules files as JSON.
    pub(crate) fn of(national: &str, own: Option<&str>) -> Result<Pair, Error> {
        // Every day that the files name, wherever it stands.
        let mut days: Vec<Day> = [national, own.unwrap_or_default()]
            .iter()
            .flat_map(|text| text.split('"'))
            .filter_map(|word| Day::from_iso(word).ok())
            .collect();
        days.push(Day::new(2024, 12, 1).unwrap());
        days.sort_unstable();
        days.dedup();
        let rulebook = Rulebook::read(plain(national), own.map(plain))?;
        let naive = Naive {
            national: Profile::read(plain(national))?,
            insurer: own.map(plain).map(Profile::read).transpose()?,
        };
        Ok(Pair { rulebook, naive, days })
    }
}

fn near(days: &[Day], index: usize, offset: i64) -> Day {
    days[index % days.len()].plus_days(offset)
}

pub(crate) type Picks = Vec<(usize, i64)>;

pub(crate) fn random_picks(numbers: &mut Numbers) -> Picks {
    (0..64).map(|_| (numbers.below(1000), i64::try_from(numbers.below(16)).unwrap() - 8)).collect()
}

/// Facts without the core facts whose bit is set: the day of enrolment, the card, the smartphone.
pub(crate) fn forgetting(facts: &Facts, unknown: u8) -> Facts {
    Facts {
        enrolled_on: facts.enrolled_on.filter(|_| unknown & 1 == 0),
        card: facts.card.filter(|_| unknown & 2 == 0),
        smartphone: facts.smartphone.filter(|_| unknown & 4 == 0),
        ..*facts
    }
}

/// Facts with about half of the circumstances told, and dates near the days that matter.
pub(crate) fn facts(pair: &Pair, picks: &Picks) -> Facts {
    let mut picks = picks.iter().copied();
    let mut next = || picks.next().unwrap();
    let mut date = |chance: usize| {
        let ((told, _), (index, offset)) = (next(), next());
        (told % 8 < chance).then(|| near(&pair.days, index, offset % 8))
    };
    let as_of = date(8).unwrap();
    let (enrolled_on, ended_on) = (date(6), date(2));
    let (certificate_expires_on, card_certificate_expires_on) = (date(2), date(3));
    let born_on = date(3).map(|day| day.minus_months([0, 6, 12, 300, 838, 840, 852, 899, 900, 912][next().0 % 10]));
    let mut pick = |chance: usize, of: usize| {
        let (told, choice) = (next().0, next().0);
        (told % 8 < chance).then_some(choice % of)
    };
    let mut truth = |chance: usize| pick(chance, 2).map(|choice| choice == 1);
    let (smartphone, needs_assistance, portal_login) = (truth(6), truth(3), truth(3));
    let (my_number_on_file, notice_mismatch, name_changed) = (truth(3), truth(2), truth(2));
    let (ratio_changed, overseas) = (truth(2), truth(2));
    Facts {
        as_of,
        enrolled_on,
        card: pick(6, Card::ALL.len()).map(|index| Card::ALL[index]),
        smartphone,
        role: pick(4, Role::ALL.len()).map(|index| Role::ALL[index]),
        ended_on,
        needs_assistance,
        portal_login,
        my_number_on_file,
        old_card: pick(3, OldCard::ALL.len()).map(|index| OldCard::ALL[index]),
        notice: pick(5, Notice::ALL.len()).map(|index| Notice::ALL[index]),
        notice_mismatch,
        name_changed,
        ratio_changed,
        certificate: pick(4, Certificate::ALL.len()).map(|index| Certificate::ALL[index]),
        certificate_expires_on,
        card_certificate_expires_on,
        born_on,
        overseas,
    }
}

/// Facts that can hold together: what does not fit is left untold.
pub(crate) fn consistent(pair: &Pair, picks: &Picks) -> Option<Facts> {
    let mut facts = facts(pair, picks);
    for _ in 0..8 {
        match facts.check() {
            Ok(()) => return Some(facts),
            Err(error) => match error.fact().and_then(Fact::from_word)? {
                Fact::EndedOn => facts.ended_on = None,
                Fact::EnrolledOn | Fact::BornOn => facts.born_on = None,
                Fact::OldCard => facts.old_card = None,
                Fact::PortalLogin => facts.portal_login = None,
                Fact::CardCertificateExpiresOn => facts.card_certificate_expires_on = None,
                Fact::CertificateExpiresOn => facts.certificate_expires_on = None,
                Fact::Certificate => facts.certificate = None,
                Fact::NoticeMismatch => facts.notice_mismatch = None,
                Fact::RatioChanged => facts.ratio_changed = None,
                _ => return None,
            },
        }
    }
    None
}

/// The days to try for enrolment: all around those that matter, and one far off on either side.
pub(crate) fn days_of_enrolment(pair: &Pair, facts: &Facts) -> Vec<Day> {
    let told = [Some(facts.as_of), facts.ended_on, facts.born_on, facts.certificate_expires_on];
    let birthdays = [75].iter().filter_map(|years| facts.born_on.map(|born| born.birthday(*years)));
    let mut days: Vec<Day> = pair
        .days
        .iter()
        .copied()
        .chain(told.into_iter().flatten())
        .chain(birthdays)
        .flat_map(|day| (-7..=7).map(move |offset| day.plus_days(offset)))
        .chain([Day::MIN, Day::new(1950, 1, 1).unwrap(), Day::new(2500, 1, 1).unwrap()])
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Whether every core fact is known.
pub(crate) fn knows_core(facts: &Facts) -> bool {
    Fact::CORE.iter().all(|fact| facts.get(*fact).is_some())
}

pub(crate) fn sayings(assessment: &Assessment) -> Vec<Saying> {
    let mut said: Vec<Saying> = assessment.guidance.iter().map(saying).collect();
    said.sort();
    said
}
