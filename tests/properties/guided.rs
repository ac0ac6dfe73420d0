//! Properties of the guided check: what is brought up matters, and the way out that is shown is one.

use crate::members::{PAIRS, Pair, consistent, knows_core, sayings};
use crate::naive::Saying;
use crate::tries::{any_pair, config, picks};
use proptest::prelude::*;
use shikaku_navi::{Card, Day, Fact, Facts, Guidance, Kind, Plain, Section};

const CIRCUMSTANCES: [Fact; 15] = [
    Fact::Role,
    Fact::EndedOn,
    Fact::NeedsAssistance,
    Fact::PortalLogin,
    Fact::MyNumberOnFile,
    Fact::OldCard,
    Fact::Notice,
    Fact::NoticeMismatch,
    Fact::NameChanged,
    Fact::RatioChanged,
    Fact::Certificate,
    Fact::CertificateExpiresOn,
    Fact::CardCertificateExpiresOn,
    Fact::BornOn,
    Fact::Overseas,
];

fn plain(word: &str) -> Plain {
    match word {
        "true" => Plain::Truth(true),
        "false" => Plain::Truth(false),
        word => Plain::Text(word.to_owned()),
    }
}

/// The facts with a circumstance told, `None` if that cannot be.
fn told(facts: &Facts, fact: Fact, word: &str) -> Option<Facts> {
    let mut told = *facts;
    told.tell(fact, &plain(word)).unwrap();
    told.check().is_ok().then_some(told)
}

/// The same facts without one.
fn without(facts: &Facts, fact: Fact) -> Facts {
    let mut rest = Facts::on(facts.as_of);
    for other in Fact::ALL.iter().filter(|other| **other != fact) {
        if let Some(value) = facts.get(*other) {
            rest.tell(*other, &plain(&value.to_string())).unwrap();
        }
    }
    rest
}

fn core_only(facts: &Facts) -> Facts {
    CIRCUMSTANCES.iter().fold(*facts, |facts, fact| without(&facts, *fact))
}

fn said(pair: &Pair, facts: &Facts) -> Vec<Saying> {
    sayings(&pair.rulebook.assess(facts).unwrap())
}

proptest! {
    #![proptest_config(config(400))]

    /// Nothing that could matter is left out: whatever else is told, a circumstance that changes the guidance was
    /// brought up, with that answer.
    #[test]
    fn no_circumstance_is_left_out(insurer in any_pair(), picks in picks()) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let Ok(brought_up) = pair.rulebook.circumstances(&core_only(&facts)) else { return Ok(()); };
        if !knows_core(&facts) {
            return Ok(());
        }
        for fact in CIRCUMSTANCES {
            let Some(value) = facts.get(fact) else { continue };
            let rest = without(&facts, fact);
            if rest.check().is_ok() && said(pair, &rest) != said(pair, &facts) {
                let question = brought_up.iter().find(|question| question.fact == fact);
                let offered = question.is_some_and(|question| {
                    question.kind == Kind::Date || question.options.contains(&value.to_string())
                });
                prop_assert!(offered, "{fact} is {value} in {facts:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(config(400))]

    /// What is asked about anyway need not be offered: no circumstance takes a question back that still matters.
    #[test]
    fn what_is_brought_up_stays(insurer in any_pair(), picks in picks()) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        if !knows_core(&facts) {
            return Ok(());
        }
        let Ok(coming) = pair.rulebook.questions(&core_only(&facts)) else { return Ok(()); };
        for fact in coming.iter().map(|question| question.fact) {
            let rest = without(&facts, fact);
            let Ok(asked) = pair.rulebook.questions(&rest) else { continue };
            let matters = facts.get(fact).is_some() && said(pair, &rest) != said(pair, &facts);
            let is_asked = asked.iter().any(|question| question.fact == fact);
            prop_assert!(is_asked || !matters, "{fact} in {facts:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(400))]

    /// Whatever is answered, one of the answers that are told apart is told the same guidance, but for its details.
    #[test]
    fn every_answer_is_like_one_that_is_told_apart(insurer in any_pair(), picks in picks()) {
        let rulebook = &PAIRS[insurer].rulebook;
        let Some(facts) = consistent(&PAIRS[insurer], &picks) else { return Ok(()); };
        if !knows_core(&facts) {
            return Ok(());
        }
        let ids = |facts: &Facts| -> Vec<Guidance> {
            rulebook.guidance(facts).unwrap().iter().map(|item| item.id).collect()
        };
        let said = ids(&facts);
        prop_assert_eq!(&said, &rulebook.assess(&facts).unwrap().guidance.iter().map(|item| item.id).collect::<Vec<_>>());
        for fact in Fact::ALL.iter().filter(|fact| **fact != Fact::AsOf && facts.get(**fact).is_some()) {
            let mut answered = rulebook.answered(*fact, &without(&facts, *fact)).into_iter();
            prop_assert!(answered.any(|other| ids(&other) == said), "{fact} in {facts:?}");
        }
    }
}

proptest! {
    #![proptest_config(config(1500))]

    /// Every way out that is shown keeps its word and leaves less to bear; none that does is left out.
    #[test]
    fn alternatives_keep_their_word(insurer in any_pair(), picks in picks()) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let now = pair.rulebook.assess(&facts).unwrap();
        if !knows_core(&facts) {
            for way in &now.alternatives {
                for phone in [true, false].into_iter().filter(|_| facts.smartphone.is_none()) {
                    let narrower = pair.rulebook.assess(&Facts { smartphone: Some(phone), ..facts });
                    let there = narrower.is_ok_and(|now| now.alternatives.iter().any(|one| one.changes == way.changes));
                    prop_assert!(there, "{way:?} {facts:?}");
                }
            }
            return Ok(());
        }
        let burden = |facts: &Facts| {
            let assessment = pair.rulebook.assess(facts).unwrap();
            let without_proof = assessment.guidance.iter().any(|item| item.id == Guidance::NoValidProof);
            let to_bear = |section| matches!(section, Section::Do | Section::Wait | Section::Ask);
            (without_proof, assessment.guidance.iter().filter(|item| to_bear(item.section)).count())
        };
        let with_card = |facts: &Facts| {
            let mut after = without(facts, Fact::CardCertificateExpiresOn);
            if facts.card.is_some_and(Card::rules_out_portal) {
                after = without(&after, Fact::PortalLogin);
            }
            after.card = Some(Card::Registered);
            after
        };
        for way in &now.alternatives {
            let mut after = facts;
            for change in &way.changes {
                match change.fact {
                    Fact::Card => after = with_card(&after),
                    fact => after.tell(fact, &plain(&change.to.to_string())).unwrap(),
                }
            }
            prop_assert!(burden(&after) < burden(&facts), "{way:?} {facts:?}");
            let then = said(pair, &after);
            let before = said(pair, &facts);
            let mut starts: Vec<Guidance> = then.iter().filter(|one| !before.contains(one)).map(|one| one.0).collect();
            let mut found = way.starts.clone();
            starts.sort();
            found.sort();
            prop_assert_eq!(found, starts, "{:?} {:?}", way, facts);
            for step in &way.through[..1] {
                prop_assert!(now.guidance.iter().any(|item| item.id == *step), "{way:?} {facts:?}");
            }
        }
        let has = |id: Guidance| now.guidance.iter().any(|item| item.id == id);
        let leads_to_a_card = has(Guidance::RegisterCard) || has(Guidance::GetCard) || has(Guidance::RenewCardCertificate);
        let after = with_card(&facts);
        if leads_to_a_card && after.check().is_ok() && after.card != facts.card && burden(&after) < burden(&facts) {
            prop_assert!(now.alternatives.iter().any(|way| way.changes.len() == 1 && way.changes[0].fact == Fact::Card), "{facts:?}");
        }
    }
}

/// Every circumstance that is brought up for a usual member can be shown to matter, alone or with a few others.
#[test]
fn what_is_brought_up_matters() {
    for pair in PAIRS.iter() {
        for (as_of, enrolled, card) in [
            ("2024-09-10", "2015-04-01", "registered"),
            ("2025-06-01", "2025-04-01", "none"),
            ("2026-11-21", "2015-04-01", "registered"),
            ("2026-11-21", "2026-04-01", "unregistered"),
        ] {
            let mut facts = Facts::on(Day::from_iso(as_of).unwrap());
            facts.tell(Fact::EnrolledOn, &plain(enrolled)).unwrap();
            facts.tell(Fact::Card, &plain(card)).unwrap();
            facts.smartphone = Some(true);
            let questions = pair.rulebook.circumstances(&facts).unwrap();
            let answers: Vec<(Fact, String)> = questions
                .iter()
                .flat_map(|question| question.options.iter().map(|option| (question.fact, option.clone())))
                .chain(dates(&facts))
                .collect();
            for (fact, option) in answers.iter().filter(|(fact, _)| !DATES.contains(fact)) {
                let differs =
                    |rest: &Facts| told(rest, *fact, option).is_some_and(|told| said(pair, &told) != said(pair, rest));
                let others: Vec<_> = answers.iter().filter(|(other, _)| other != fact).collect();
                let with_one = |rest: &Facts| {
                    others.iter().any(|(other, answer)| told(rest, *other, answer).is_some_and(|rest| differs(&rest)))
                };
                let with_two = |rest: &Facts| {
                    others.iter().any(|(other, answer)| told(rest, *other, answer).is_some_and(|rest| with_one(&rest)))
                };
                let roles = ["dependent", "employer"].iter().filter_map(|role| told(&facts, Fact::Role, role));
                assert!(
                    differs(&facts)
                        || with_one(&facts)
                        || roles.into_iter().any(|facts| with_two(&facts))
                        || with_two(&facts),
                    "{} {fact} {option} {facts:?}",
                    pair.rulebook.insurer()
                );
            }
        }
    }
}

const DATES: [Fact; 4] = [Fact::EndedOn, Fact::CertificateExpiresOn, Fact::CardCertificateExpiresOn, Fact::BornOn];

/// Telling days for each date.
fn dates(facts: &Facts) -> Vec<(Fact, String)> {
    let day = facts.as_of;
    [
        (Fact::EndedOn, day.plus_days(-1)),
        (Fact::EndedOn, day.plus_days(30)),
        (Fact::EndedOn, Day::new(2024, 7, 22).unwrap()),
        (Fact::EndedOn, Day::new(2024, 8, 8).unwrap()),
        (Fact::CertificateExpiresOn, day.plus_days(-1)),
        (Fact::CertificateExpiresOn, day.plus_days(10)),
        (Fact::CardCertificateExpiresOn, day.plus_days(-1)),
        (Fact::CardCertificateExpiresOn, day.plus_days(10)),
        (Fact::BornOn, day.minus_months(71 * 12)),
        (Fact::BornOn, day.minus_months(40 * 12)),
    ]
    .map(|(fact, day)| (fact, day.to_string()))
    .to_vec()
}
