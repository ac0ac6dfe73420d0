//! What is said where several rules hold.

use crate::common::only_rules;
use crate::{facts, member, rule, rulebook};
use serde_json::{Value, json};

/// The ids of what is said, each with its last day and its sources.
fn said(rules: &[Value], told: &Value) -> Vec<(String, Option<String>, Vec<String>)> {
    let rulebook = rulebook(&only_rules(&json!(rules)));
    assert_eq!(rulebook.insurer(), "national");
    let items = rulebook.guidance(&facts(told)).unwrap().into_iter();
    items.map(|item| (item.id.to_string(), item.by.map(|by| by.to_string()), item.sources)).collect()
}

fn dated(guidance: &str, when: &Value, by: &str, source: &str) -> Value {
    let mut rule = rule(guidance, when);
    rule["by"] = json!({ "day": by });
    rule["sources"] = json!([source]);
    rule
}

/// What is most urgent comes first, and what two rules say is said once, as the first of them says it.
#[test]
fn guidance_is_said_once_and_in_its_order() {
    let always = json!({});
    let rules = [
        dated("get-card", &always, "2027-01-01", "N-02"),
        dated("get-card", &always, "2027-02-01", "N-01"),
        dated("show-mynumber-card", &json!({ "smartphone": true }), "2027-03-01", "N-03"),
    ];
    let get = ("get-card".to_owned(), Some("2027-01-01".to_owned()), vec!["N-02".to_owned()]);
    let show = ("show-mynumber-card".to_owned(), Some("2027-03-01".to_owned()), vec!["N-03".to_owned()]);
    assert_eq!(said(&rules, &member(&json!({}))), [show, get.clone()]);
    assert_eq!(said(&rules, &member(&json!({ "smartphone": false }))), [get]);
}

/// With other arguments it is something else.
#[test]
fn guidance_with_other_arguments_is_said_too() {
    let until = |day: &str| {
        let mut rule = rule("show-old-card", &json!({}));
        rule["args"] = json!({ "until": { "day": day } });
        rule
    };
    assert_eq!(said(&[until("2027-01-01"), until("2027-02-01")], &member(&json!({}))).len(), 2);
    assert_eq!(said(&[until("2027-01-01"), until("2027-01-01")], &member(&json!({}))).len(), 1);
}

/// Two answers to what is unknown agree if they lead to the same, last day and all.
#[test]
fn what_is_certain_is_the_same_whatever_the_answer() {
    let either = |one: &str, other: &str| {
        let rules = [
            dated("get-card", &json!({ "smartphone": true }), one, "N-01"),
            dated("get-card", &json!({ "smartphone": false }), other, "N-02"),
        ];
        said(&rules, &json!({ "enrolledOn": "2020-04-01", "card": "none" }))
    };
    let both = vec!["N-01".to_owned(), "N-02".to_owned()];
    assert_eq!(either("2027-01-01", "2027-01-01"), [("get-card".to_owned(), Some("2027-01-01".to_owned()), both)]);
    assert_eq!(either("2027-01-01", "2027-02-01"), []);
}

/// Until an application is taken, its last day is none that anything has to be done by.
#[test]
fn what_is_not_yet_taken_is_waited_for() {
    let mut application = dated("get-card", &json!({}), "2026-12-31", "N-01");
    application["opens"] = json!({ "day": "2026-12-01" });
    let of = |as_of: &str| said(std::slice::from_ref(&application), &member(&json!({ "asOf": as_of })));
    let source = || vec!["N-01".to_owned()];
    assert_eq!(of("2026-11-30"), [("await-application".to_owned(), None, source())]);
    assert_eq!(of("2026-12-01"), [("get-card".to_owned(), Some("2026-12-31".to_owned()), source())]);
}

/// Guidance about a topic names it, and of what contradicts itself the insurer is asked.
#[test]
fn guidance_about_a_topic_names_it() {
    let rulebook = rulebook(&only_rules(&json!([rule("contradictory-source", &json!({}))])));
    let said = rulebook.guidance(&facts(&member(&json!({})))).unwrap();
    let said: Vec<Value> = said.iter().map(|item| json!([item.id, item.args])).collect();
    assert_eq!(
        said,
        [json!(["contradictory-source", { "about": "visit" }]), json!(["ask-insurer", { "about": "visit" }])]
    );
}
