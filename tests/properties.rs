//! Properties that hold of every answer, and agreement with the naive engine.

#![cfg(not(target_arch = "wasm32"))]

mod common;
mod naive;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use common::{Insurer, NATIONAL, insurers, plain, rulebook};
use naive::{Naive, Saying};
use proptest::prelude::*;
use shikaku_navi::{
    Argument, ArgumentValue, Assessment, Card, Certificate, Day, Fact, Facts, Guidance, Item, Notice, OldCard, Profile,
    Role, Rulebook, Section,
};

struct Pair {
    rulebook: Rulebook,
    naive: Naive,
    /// Days near which something changes.
    days: Vec<Day>,
}

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| insurers().iter().map(pair).collect());

fn pair(insurer: &Insurer) -> Pair {
    let own = insurer.rules.as_deref();
    // Every day that the files name, wherever it stands.
    let mut days: Vec<Day> = [NATIONAL, own.unwrap_or_default()]
        .iter()
        .flat_map(|text| text.split('"'))
        .filter_map(|word| Day::from_iso(word).ok())
        .collect();
    days.push(Day::new(2024, 12, 1).unwrap());
    days.sort_unstable();
    days.dedup();
    let naive = Naive {
        national: Profile::read(plain(NATIONAL)).unwrap(),
        insurer: own.map(|own| Profile::read(plain(own)).unwrap()),
    };
    Pair { rulebook: rulebook(insurer), naive, days }
}

/// One of the insurers, or what holds nationwide.
fn any_pair() -> impl Strategy<Value = usize> {
    0..PAIRS.len()
}

fn near(days: &[Day], index: usize, offset: i64) -> Day {
    days[index % days.len()].plus_days(offset)
}

type Picks = Vec<(usize, i64)>;

/// Facts with about half of the circumstances told, and dates near the days that matter.
fn facts(pair: &Pair, picks: &Picks) -> Facts {
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
fn consistent(pair: &Pair, picks: &Picks) -> Option<Facts> {
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

fn sayings(assessment: &Assessment) -> Vec<Saying> {
    let text = |value: &ArgumentValue| match value {
        ArgumentValue::Text(text) => text.clone(),
        ArgumentValue::Number(number) => number.to_string(),
        ArgumentValue::Day(day) => day.to_string(),
    };
    let args = |item: &Item| -> BTreeMap<Argument, String> {
        item.args.iter().map(|(name, value)| (*name, text(value))).collect()
    };
    let mut said: Vec<Saying> =
        assessment.guidance.iter().map(|item| (item.id, item.layer, args(item), item.by)).collect();
    said.sort();
    said
}

/// The days to try for enrolment: all around those that matter, and one far off on either side.
fn days_of_enrolment(pair: &Pair, facts: &Facts) -> Vec<Day> {
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

fn picks() -> impl Strategy<Value = Picks> {
    proptest::collection::vec((0usize..1000, -8i64..8), 64)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(6000))]

    /// With all core facts known, the bitmaps say what looking at each rule says.
    #[test]
    fn complete_facts_agree_with_the_naive_engine(insurer in any_pair(), picks in picks()) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let facts = Facts {
            enrolled_on: facts.enrolled_on.or(Some(pair.days[picks[0].0 % pair.days.len()])),
            card: facts.card.or(Some(Card::None)),
            smartphone: facts.smartphone.or(Some(false)),
            ..facts
        };
        if facts.check().is_ok() {
            let said = sayings(&pair.rulebook.assess(&facts).unwrap());
            prop_assert_eq!(said, pair.naive.say(&facts), "{:?}", facts);
        }
    }
}

proptest! {
    #![proptest_config(config(120))]

    /// With core facts unknown, what is certain and what is asked agree with trying every day, card and phone.
    #[test]
    fn unknown_facts_agree_with_trying_every_answer(insurer in any_pair(), picks in picks(), unknown in 1u8..8) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let facts = Facts {
            enrolled_on: facts.enrolled_on.filter(|_| unknown & 1 == 0),
            card: facts.card.filter(|_| unknown & 2 == 0),
            smartphone: facts.smartphone.filter(|_| unknown & 4 == 0),
            ..facts
        };
        let assessment = pair.rulebook.assess(&facts).unwrap();
        let (certain, question) = pair.naive.certain(&facts, &days_of_enrolment(pair, &facts));
        prop_assert_eq!(sayings(&assessment), certain, "{:?}", facts);
        let asked = assessment.question.map(|question| question.fact).filter(|fact| Fact::CORE.contains(fact));
        prop_assert_eq!(asked, question, "{:?}", facts);
    }

    /// The days on which the guidance changes are those found by going on day by day.
    #[test]
    fn changes_agree_with_going_on_day_by_day(insurer in any_pair(), picks in picks()) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let last = facts.as_of.plus_days(500);
        let assessment = pair.rulebook.assess(&facts).unwrap();
        let predicted: Vec<_> = assessment.changes.iter().filter(|change| change.on <= last).cloned().collect();
        let mut found = Vec::new();
        let mut before = sayings(&assessment);
        let mut day = facts.as_of.plus_days(1);
        while day <= last {
            let then = Facts { as_of: day, ..facts };
            // A login told today may no longer be possible, and a card may expire that is not expired today.
            if then.check().is_err() || facts.card.is_none() && facts.card_certificate_expires_on.is_some() {
                return Ok(());
            }
            let after = sayings(&pair.rulebook.assess(&then).unwrap());
            let ids = |some: &[Saying], others: &[Saying]| -> Vec<Guidance> {
                some.iter().filter(|one| !others.contains(one)).map(|one| one.0).collect()
            };
            let (starts, ends) = (ids(&after, &before), ids(&before, &after));
            if !starts.is_empty() || !ends.is_empty() {
                found.push((day, starts, ends));
            }
            before = after;
            day = day.plus_days(1);
        }
        let predicted: Vec<_> = predicted.into_iter().map(|change| (change.on, change.starts, change.ends)).collect();
        prop_assert_eq!(predicted, found, "{:?}", facts);
    }
}

proptest! {
    #![proptest_config(config(1500))]

    /// Nobody who is covered is left without anything to show or do or anyone to ask, nobody at all with an empty
    /// sheet, and what is said fits the day.
    #[test]
    fn every_answer_is_fit_to_act_on(insurer in any_pair(), picks in picks()) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let assessment = pair.rulebook.assess(&facts).unwrap();
        let complete = Fact::CORE.iter().all(|fact| facts.get(*fact).is_some());
        let has = |id: Guidance| assessment.guidance.iter().any(|item| item.id == id);
        if complete {
            let acts = assessment.guidance.iter().any(|item| matches!(item.section, Section::Show | Section::Do | Section::Ask));
            let covered = facts.enrolled_on.is_some_and(|day| day <= facts.as_of)
                && facts.ended_on.is_none_or(|end| end > facts.as_of)
                && facts.born_on.is_none_or(|born| born.birthday(75) > facts.as_of);
            prop_assert!(!covered || acts, "{:?}", facts);
            prop_assert!(!assessment.guidance.is_empty(), "{:?}", facts);
            let shows = assessment.guidance.iter().filter(|item| item.section == Section::Show).count();
            prop_assert!(covered || shows == 0, "{:?}", facts);
            prop_assert!(!covered || shows > 0, "{:?}", facts);
        }
        let day = |text: &str| Day::from_iso(text).unwrap();
        prop_assert!(!has(Guidance::ShowOldCard) || facts.as_of <= day("2025-12-01"), "{:?}", facts);
        prop_assert!(!has(Guidance::ReturnOldCard) || facts.as_of <= day("2025-12-01"), "{:?}", facts);
        prop_assert!(!has(Guidance::ApplyCertificate) || !has(Guidance::AwaitApplication) || facts.as_of < day("2024-12-02"), "{:?}", facts);
        for item in &assessment.guidance {
            prop_assert!(!item.sources.is_empty(), "{:?} {:?}", item, facts);
            if item.section == Section::Wait {
                prop_assert!(item.by.is_none_or(|by| by >= facts.as_of), "{:?} {:?}", item, facts);
                prop_assert!(facts.as_of <= day("2025-12-02"), "{:?} {:?}", item, facts);
            }
            for fact in &item.because {
                prop_assert!(facts.get(*fact).is_some(), "{:?} {:?}", item, facts);
            }
        }
        let changes = &assessment.changes;
        prop_assert!(changes.iter().zip(changes.iter().skip(1)).all(|(one, next)| one.on < next.on));
        prop_assert!(changes.first().is_none_or(|change| change.on > facts.as_of));
    }
}
