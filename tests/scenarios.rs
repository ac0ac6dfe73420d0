//! Every scenario, answered by the engine itself.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{cases, insurers, misses, rulebook};
use serde_json::{Value, json};
use shikaku_navi::{Day, Facts, Guidance, Plain, Rulebook};

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
            for list in ["expect", "mustNot"] {
                for wanted in case[list].as_array().into_iter().flatten().filter(|one| one.get("contact").is_none()) {
                    let id = wanted.get("id").unwrap_or(wanted).as_str().unwrap_or_default();
                    assert!(Guidance::from_word(id).is_some(), "{}: `{id}` in `{list}` is no guidance", case["id"]);
                }
            }
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
