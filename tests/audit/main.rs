//! What the audit says of rules that are few enough to be judged by eye.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;

mod claims;
mod defects;
mod differences;

use common::{only_rules, plain};
use serde_json::{Value, json};
use shikaku_navi::{Audit, Claims, Error, Flaw, Profile};

/// The least rules for all of Japan: a card that works is shown, any other is to be replaced.
fn national() -> Value {
    only_rules(&json!([
        { "guidance": "show-mynumber-card", "topic": "visit", "when": { "card": "registered" }, "sources": ["N-01"] },
        { "guidance": "get-card", "topic": "card", "when": { "not": { "card": "registered" } }, "sources": ["N-02"] },
    ]))
}

/// These rules and some more.
fn with_rules(rules: &[Value]) -> Value {
    let mut file = national();
    file["rules"].as_array_mut().unwrap().extend_from_slice(rules);
    file
}

/// An insurer that answers for members posted abroad where they are insured themselves, and is silent for others.
fn own() -> Value {
    json!({
        "id": "own", "name": { "ja": "組合" }, "version": "2026-11-21", "reviewBy": "2027-05-31",
        "sourcesOf": { "day": "2024-06-28", "sources": ["S-01"] },
        "documents": { "S": { "ja": "案内" } },
        "statements": { "S-01": "1" },
        "topics": {
            "overseas": { "answers": { "role": "insured" }, "silent": [{ "sources": ["S-01"] }] },
            "name-change": { "answers": {} },
        },
        "rules": [
            { "guidance": "keep-notice", "topic": "overseas", "when": { "overseas": true }, "sources": ["S-01"] },
            { "guidance": "file-name-change", "topic": "name-change", "when": { "nameChanged": true }, "sources": ["S-01"] },
        ],
    })
}

/// The national rules with the topics of this insurer.
fn with_topics() -> Value {
    let mut file = national();
    file["topics"] = json!({
        "overseas": { "arises": { "overseas": true }, "sources": ["N-01"] },
        "name-change": { "arises": { "nameChanged": true }, "sources": ["N-01"] },
    });
    file
}

fn profile(file: &Value) -> Profile {
    Profile::read(plain(&file.to_string())).unwrap()
}

fn audit(file: &Value, own: Option<&Value>) -> Audit {
    Audit::of(&profile(file), own.map(profile).as_ref(), &[]).unwrap()
}

/// What is wrong, with what, and where.
fn flaws(audit: &Audit) -> Vec<(Flaw, &str, &[String])> {
    audit.defects.iter().map(|defect| (defect.flaw, defect.of.as_str(), defect.places.as_slice())).collect()
}

fn claimed(file: &Value, own: Option<&Value>, claims: &Value) -> Result<Audit, Error> {
    let claims = Claims::read(plain(&claims.to_string()))?;
    Audit::of(&profile(file), own.map(profile).as_ref(), &[claims])
}

/// A rule about cards.
fn card_rule(guidance: &str, source: &str, when: &Value) -> Value {
    json!({ "guidance": guidance, "topic": "card", "when": when, "sources": [source] })
}
