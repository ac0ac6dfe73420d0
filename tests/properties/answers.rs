//! Properties that hold of every answer, and agreement with the naive engine.

use crate::members::{PAIRS, consistent, days_of_enrolment, forgetting, knows_core, sayings};
use crate::naive::Saying;
use crate::tries::{any_pair, config, picks};
use proptest::prelude::*;
use shikaku_navi::{Card, Day, Fact, Facts, Guidance, Section};

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
        let facts = forgetting(&facts, unknown);
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
        let complete = knows_core(&facts);
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
