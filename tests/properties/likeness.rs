//! Those who are alike are answered the same.

use std::sync::LazyLock;

use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use shikaku_navi::{Assessment, Card, Certificate, Change, Day, Facts, Item, Kind, Likeness};

use crate::common::{insurers, national_rules};
use crate::members::{PAIRS, Pair, consistent};
use crate::tries::{config, picks};

/// Every insurer, and two that say of the end of a certificate more than when it is.
static ALL: LazyLock<Vec<&Pair>> = LazyLock::new(|| {
    let rokin = insurers().into_iter().find(|insurer| insurer.id == "rokin").unwrap().rules.unwrap();
    let changed = |change: fn(&mut Vec<Value>, usize)| {
        let mut rules: Value = serde_json::from_str(&rokin).unwrap();
        let list = rules["rules"].as_array_mut().unwrap();
        let at = list.iter().position(|rule| rule["guidance"] == "switch-within-validity").unwrap();
        change(list, at);
        &*Box::leak(Box::new(Pair::of(&national_rules(), Some(&rules.to_string())).unwrap()))
    };
    let earliest = changed(|rules, at| {
        rules[at]["by"]["earliest"].as_array_mut().unwrap().push(json!({ "day": "2026-10-15" }));
    });
    let another = changed(|rules, at| {
        let mut rule = rules[at].clone();
        (rule["when"]["card"], rule["by"]) = (json!("none"), json!({ "day": "2026-10-15" }));
        rules.insert(at, rule);
    });
    PAIRS.iter().chain([earliest, another]).collect()
});

/// What is said to one, to somebody else who is like that.
fn placed(said: Assessment, (mine, my): (&Facts, &Likeness), (other, their): (&Facts, &Likeness)) -> Assessment {
    let place = |on: Day| my.own.iter().position(|day| *day == on).map_or(on, |place| their.own[place]);
    let change = |change: Change| Change { on: place(change.on), ..change };
    let last = |item: Item| {
        let by = if item.by == mine.certificate_expires_on { other.certificate_expires_on } else { item.by };
        Item { by, ..item }
    };
    Assessment {
        guidance: said.guidance.into_iter().map(last).collect(),
        changes: said.changes.into_iter().map(change).collect(),
        ..said
    }
}

proptest! {
    #![proptest_config(config(6000))]

    /// With whoever differs in days alone, which come down to the same.
    #[test]
    fn those_who_are_alike_are_answered_the_same(
        insurer in 0..ALL.len(), picks in picks(), expiry in option::of((0usize..1000, -70i64..70)),
    ) {
        let pair = ALL[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let mut facts = Facts { ended_on: None, born_on: None, card_certificate_expires_on: None, ..facts };
        if let Some((near, later)) = expiry {
            facts.certificate = Some(Certificate::Held);
            facts.certificate_expires_on = Some(pair.days[near % pair.days.len()].plus_days(later));
        }
        let (Ok(said), Some(likeness)) = (pair.rulebook.assess(&facts), pair.rulebook.likeness(&facts)) else {
            return Ok(());
        };
        let around = |day: Day| [-40, -3, -1, 0, 1, 2, 31, 400].map(|later| day.plus_days(later));
        let enrolled: Vec<Day> = pair.days.iter().copied().chain(around(facts.as_of)).chain(facts.enrolled_on).collect();
        let expiries: Vec<Option<Day>> = match facts.certificate_expires_on {
            None => vec![None],
            Some(day) => pair.days.iter().copied().flat_map(around).chain(around(day)).map(Some).collect(),
        };
        for enrolled_on in enrolled {
            for certificate_expires_on in &expiries {
                let certificate_expires_on = *certificate_expires_on;
                let other = Facts { enrolled_on: Some(enrolled_on), certificate_expires_on, ..facts };
                let Some(their) = pair.rulebook.likeness(&other) else { continue };
                if (their.now, their.ahead) != (likeness.now, likeness.ahead) || other.check().is_err() {
                    continue;
                }
                let mut answer = pair.rulebook.assess(&other).unwrap();
                // A day that is asked for is weighed against those that are told.
                if let Some(question) = answer.question.as_ref().or(said.question.as_ref())
                    && question.kind == Kind::Date
                {
                    answer.question.clone_from(&said.question);
                }
                let expected = placed(said.clone(), (&facts, &likeness), (&other, &their));
                prop_assert_eq!(answer, expected, "{:?} {:?}", facts, other);
            }
        }
    }
}

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn member() -> Facts {
    Facts {
        enrolled_on: Some(day("2015-04-01")),
        card: Some(Card::None),
        smartphone: Some(true),
        certificate: Some(Certificate::Held),
        certificate_expires_on: Some(day("2027-07-31")),
        ..Facts::on(day("2026-11-21"))
    }
}

fn expiring(text: &str) -> Facts {
    Facts { certificate_expires_on: Some(day(text)), ..member() }
}

#[test]
fn days_that_come_down_to_the_same_are_alike() {
    for pair in PAIRS.iter() {
        let likeness = |facts: Facts| pair.rulebook.likeness(&facts).unwrap();
        let mine = likeness(member());
        assert_eq!(mine.own, [day("2027-05-31"), day("2027-08-01")]);
        assert_eq!(mine.last, Some(day("2027-07-31")));
        let others = likeness(Facts { enrolled_on: Some(day("2016-10-01")), ..expiring("2027-06-30") });
        assert_eq!((others.now, others.ahead), (mine.now, mine.ahead), "{}", pair.rulebook.insurer());
        // In its last two months, over, and never told, it is something else.
        let states =
            [expiring("2027-01-21"), expiring("2026-10-31"), Facts { certificate_expires_on: None, ..member() }];
        let states = states.map(likeness);
        assert_eq!(states.each_ref().map(|state| state.own.clone()), [vec![day("2027-01-22")], vec![], vec![]]);
        for (number, state) in states.iter().enumerate() {
            assert!(states.iter().skip(number + 1).chain([&mine]).all(|other| other.now != state.now));
        }
        assert_ne!(likeness(Facts { as_of: day("2026-11-22"), ..member() }).now, mine.now);
    }
}

/// Whose days may have a say in more than that.
#[test]
fn others_are_like_nobody() {
    let rulebook = &PAIRS[0].rulebook;
    let later = Some(day("2027-03-31"));
    assert!(rulebook.likeness(&member()).is_some());
    for facts in [
        Facts { enrolled_on: None, ..member() },
        Facts { ended_on: later, ..member() },
        Facts { born_on: Some(day("1980-01-01")), ..member() },
        Facts { card_certificate_expires_on: later, card: Some(Card::Registered), ..member() },
        Facts { enrolled_on: Some(day("2026-11-16")), ..member() },
        Facts { certificate_expires_on: Some(Day::MAX), ..member() },
    ] {
        assert_eq!(rulebook.likeness(&facts), None, "{facts:?}");
    }
    assert!(rulebook.likeness(&Facts { enrolled_on: Some(day("2026-11-15")), ..member() }).is_some());
    let [.., earliest, another] = &ALL[..] else { unreachable!() };
    for pair in [earliest, another] {
        assert_eq!(pair.rulebook.likeness(&member()), None);
        assert!(pair.rulebook.likeness(&Facts { certificate_expires_on: None, ..member() }).is_some());
    }
}
