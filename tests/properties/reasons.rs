//! The facts that are named as reasons are enough.

use crate::members::{PAIRS, consistent, knows_core};
use crate::tries::{any_pair, config, picks};
use proptest::prelude::*;
use shikaku_navi::{Fact, Facts, Guidance, Layer, Plain, Value};

/// Facts of which only some are told.
fn only(facts: &Facts, told: &[Fact]) -> Facts {
    let mut rest = Facts::on(facts.as_of);
    for fact in told {
        let value = match facts.get(*fact).unwrap() {
            Value::Truth(truth) => Plain::Truth(truth),
            value => Plain::Text(value.to_string()),
        };
        rest.tell(*fact, &value).unwrap();
    }
    rest
}

proptest! {
    #![proptest_config(config(6000))]

    /// Who tells, beside the core facts, no more than the reasons of a piece of guidance is told it too. What holds
    /// nationwide, and to ask, may give way to an insurer's answer, for which there are other reasons.
    #[test]
    fn reasons_are_enough(insurer in any_pair(), picks in picks()) {
        let rulebook = &PAIRS[insurer].rulebook;
        let Some(facts) = consistent(&PAIRS[insurer], &picks) else { return Ok(()); };
        if !knows_core(&facts) {
            return Ok(());
        }
        for item in rulebook.guidance(&facts).unwrap() {
            let gives_way = item.layer == Layer::National || item.id == Guidance::AskInsurer;
            if !gives_way || rulebook.insurer() == "national" {
                let told = only(&facts, &[&Fact::CORE[..], &item.because].concat());
                // A day that is printed somewhere cannot be told without the thing it is printed on.
                let Ok(said) = rulebook.guidance(&told) else { continue };
                prop_assert!(said.iter().any(|other| other.id == item.id), "{} by {:?} in {facts:?}", item.id, item.because);
            }
        }
    }
}
