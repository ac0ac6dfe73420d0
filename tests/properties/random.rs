//! Members at random, each known by a number: whatever they tell, both engines say the same.

#[cfg(not(target_arch = "wasm32"))]
use shikaku_navi::GuidanceSet;
use shikaku_navi::{Card, Fact, Facts};

use crate::common::Numbers;
use crate::members::{PAIRS, Pair, consistent, days_of_enrolment, knows_core, random_picks};
use crate::naive::Saying;

/// One of so many members leaves core facts untold: the simple engine then tries thousands of answers.
const UNKNOWN: u64 = 5000;

/// The rules that apply to a member, and what is told, if that can hold together.
pub(crate) fn member(number: u64) -> Option<(&'static Pair, Facts)> {
    let mut numbers = Numbers::from(number);
    let pair = &PAIRS[numbers.below(PAIRS.len())];
    let facts = consistent(pair, &random_picks(&mut numbers))?;
    if number.is_multiple_of(UNKNOWN) {
        return Some((pair, facts));
    }
    let facts = Facts {
        enrolled_on: facts.enrolled_on.or(Some(numbers.pick(&pair.days))),
        card: facts.card.or(Some(numbers.pick(Card::ALL))),
        smartphone: facts.smartphone.or(Some(numbers.pick(&[true, false]))),
        ..facts
    };
    facts.check().is_ok().then_some((pair, facts))
}

/// What the simple engine says to a member, and about which core fact it would ask.
pub(crate) fn said(pair: &Pair, facts: &Facts) -> (Vec<Saying>, Option<Fact>) {
    if knows_core(facts) {
        (pair.naive.say(facts), None)
    } else {
        pair.naive.certain(facts, &days_of_enrolment(pair, facts))
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn members_at_random_are_told_the_same_by_the_naive_engine() {
    use std::sync::atomic::{AtomicU64, Ordering};

    // More by hand: `cargo xtask random`.
    let members: u64 = std::env::var("RANDOM").map_or(20_000, |members| members.parse().unwrap());
    let (next, answered) = (AtomicU64::new(0), AtomicU64::new(0));
    let try_all = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= members {
                return;
            }
            if let Some((pair, facts)) = member(number) {
                let assessment = pair.rulebook.assess(&facts).unwrap();
                let asked = assessment.question.as_ref().map(|question| question.fact);
                let told = (crate::members::sayings(&assessment), asked.filter(|fact| Fact::CORE.contains(fact)));
                assert_eq!(told, said(pair, &facts), "member {number}: {facts:?}");
                let decided: GuidanceSet = assessment.guidance.iter().map(|item| item.id).collect();
                assert_eq!(pair.rulebook.decide(&facts).unwrap(), decided, "member {number}: {facts:?}");
                answered.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(try_all);
        }
    });
    let answered = answered.into_inner();
    println!("{members} members, {answered} of whom could be: no disagreement");
    assert!(answered > members / 2, "only {answered} of {members} could be");
}
