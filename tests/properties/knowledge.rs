//! Properties of what is known: the same facts are told the same, in whatever order they come, and knowing more takes
//! nothing back.

use std::sync::LazyLock;

use crate::common::{insurers, national_rules, plain};
use crate::members::{PAIRS, consistent, days_of_enrolment, forgetting, sayings};
use crate::tries::{any_pair, config, picks};
use proptest::prelude::*;
use shikaku_navi::{Card, Day, Fact, Facts, Plain, Rulebook, Value};

/// The rulebooks, read from files whose objects have their keys the other way round; but for the topics, which are
/// asked about in their order.
static REVERSED: LazyLock<Vec<Rulebook>> = LazyLock::new(|| {
    let file = |json: &str| reversed(plain(json));
    let rules = insurers().into_iter().map(|insurer| insurer.rules);
    rules.map(|own| Rulebook::read(file(&national_rules()), own.as_deref().map(file)).unwrap()).collect()
});

fn reversed(plain: Plain) -> Plain {
    match plain {
        Plain::Object(entries) => {
            let part = |(key, value)| if key == "topics" { (key, value) } else { (key, reversed(value)) };
            Plain::Object(entries.into_iter().rev().map(part).collect())
        }
        Plain::List(items) => Plain::List(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

/// What a caller hands over to tell these facts, days in one of two ways to write them.
fn told(facts: &Facts, in_era: bool) -> Vec<(String, Plain)> {
    let value = |fact: Fact| match facts.get(fact)? {
        Value::Day(day) if in_era => Some(Plain::Text(day.in_era())),
        Value::Truth(truth) => Some(Plain::Truth(truth)),
        told => Some(Plain::Text(told.to_string())),
    };
    Fact::ALL.iter().filter_map(|fact| Some((fact.to_string(), value(*fact)?))).collect()
}

proptest! {
    #![proptest_config(config(600))]

    /// The same facts are told the same, to the letter: asked again, told in another order and with days written
    /// otherwise, and by rules whose keys stand in another order.
    #[test]
    fn order_and_repetition_change_nothing(
        insurer in any_pair(),
        picks in picks(),
        ranks in proptest::collection::vec(any::<u32>(), Fact::ALL.len()),
        in_era in any::<bool>(),
    ) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let json = |rulebook: &Rulebook, facts: &Facts| serde_json::to_string(&rulebook.assess(facts).unwrap()).unwrap();
        let said = json(&pair.rulebook, &facts);
        prop_assert_eq!(&json(&pair.rulebook, &facts), &said, "again: {:?}", facts);
        prop_assert_eq!(&json(&REVERSED[insurer], &facts), &said, "keys in the rules: {:?}", facts);
        let mut shuffled: Vec<_> = ranks.into_iter().zip(told(&facts, in_era)).collect();
        shuffled.sort_by_key(|(rank, _)| *rank);
        let shuffled = Plain::Object(shuffled.into_iter().map(|(_, entry)| entry).collect());
        prop_assert_eq!(Facts::read(Day::MIN, &shuffled).unwrap(), facts);
    }
}

proptest! {
    #![proptest_config(config(150))]

    /// What is certain while a core fact is unknown is still said under every answer to it that can be.
    #[test]
    fn knowing_more_takes_nothing_back(insurer in any_pair(), picks in picks(), unknown in 1u8..8) {
        let pair = &PAIRS[insurer];
        let Some(facts) = consistent(pair, &picks) else { return Ok(()); };
        let facts = forgetting(&facts, unknown);
        let certain = sayings(&pair.rulebook.assess(&facts).unwrap());
        let mut answered = Vec::new();
        if facts.enrolled_on.is_none() {
            let days = days_of_enrolment(pair, &facts).into_iter();
            answered.extend(days.map(|day| Facts { enrolled_on: Some(day), ..facts }));
        }
        if facts.card.is_none() {
            answered.extend(Card::ALL.iter().map(|card| Facts { card: Some(*card), ..facts }));
        }
        if facts.smartphone.is_none() {
            answered.extend([true, false].map(|phone| Facts { smartphone: Some(phone), ..facts }));
        }
        answered.retain(|facts| facts.check().is_ok());
        prop_assert!(!answered.is_empty(), "{:?}", facts);
        for answered in answered {
            let said = sayings(&pair.rulebook.assess(&answered).unwrap());
            for one in &certain {
                prop_assert!(said.contains(one), "{:?} is taken back in {:?}", one, answered);
            }
        }
    }
}
