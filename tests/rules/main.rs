//! What comes of rules, on rulebooks of a few rules: when, for whom, why, and what could be otherwise.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;

mod days;
mod questions;
mod reasons;
mod said;
mod ways;

use common::plain;
use serde_json::{Value, json};
use shikaku_navi::{Assessment, Day, Facts, Rulebook};

fn rulebook(file: &Value) -> Rulebook {
    Rulebook::read(plain(&file.to_string()), None).unwrap()
}

fn facts(told: &Value) -> Facts {
    Facts::read(Day::from_iso("2026-11-21").unwrap(), &plain(&told.to_string())).unwrap()
}

fn assess(file: &Value, told: &Value) -> Assessment {
    rulebook(file).assess(&facts(told)).unwrap()
}

/// A rule about the visit.
fn rule(guidance: &str, when: &Value) -> Value {
    json!({ "guidance": guidance, "topic": "visit", "when": when, "sources": ["N-01"] })
}

/// A member of whom the core facts are known, and some more.
fn member(told: &Value) -> Value {
    let mut facts = json!({ "enrolledOn": "2020-04-01", "card": "registered", "smartphone": true });
    facts.as_object_mut().unwrap().extend(told.as_object().unwrap().clone());
    facts
}
