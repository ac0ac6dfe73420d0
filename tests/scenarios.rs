//! Every scenario, answered by the engine itself.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{cases, insurers, misses, rulebook};
use serde_json::{Value, json};
use shikaku_navi::{Day, Facts, Plain, Rulebook};

fn answer(rulebook: &Rulebook, facts: &Value) -> Value {
    let told: Plain = serde_json::from_value(facts.clone()).unwrap();
    let today = Day::from_iso("2026-11-21").unwrap();
    match Facts::read(today, &told).and_then(|facts| rulebook.assess(&facts)) {
        Ok(assessment) => json!(assessment),
        Err(error) => json!({ "error": error }),
    }
}

#[test]
fn every_scenario_holds() {
    let mut failed = Vec::new();
    let mut passed = 0;
    for insurer in insurers() {
        let rulebook = rulebook(&insurer);
        for case in cases(&insurer.scenarios) {
            let misses = misses(&case, &answer(&rulebook, &case["facts"]));
            if misses.is_empty() {
                passed += 1;
            } else {
                failed.push(format!("{} {} | {} | {}", case["id"], insurer.id, case["note"], misses.join("; ")));
            }
        }
    }
    assert!(failed.is_empty(), "{} of {} scenarios fail:\n{}", failed.len(), passed + failed.len(), failed.join("\n"));
}
