//! Why something is said.

use crate::common::only_rules;
use crate::{assess, facts, member, rule, rulebook};
use serde_json::{Value, json};

/// The reasons of one rule, for a member whose every fact could be one.
fn reasons(when: &Value, told: &Value) -> Vec<&'static str> {
    let said = assess(&only_rules(&json!([rule("keep-notice", when)])), &member(told)).guidance;
    assert_eq!(said.len(), 1, "{when} {told}");
    let mut words: Vec<_> = said[0].because.iter().map(|fact| fact.word()).collect();
    words.sort_unstable();
    words
}

/// Every fact that brings a rule about is named, and none that would not have had to be told.
#[test]
fn reasons_are_the_fewest_facts_that_matter() {
    for (when, told, because) in [
        (json!({}), json!({ "role": "dependent" }), &[][..]),
        (json!({ "card": "registered" }), json!({ "role": "dependent" }), &["card"]),
        (json!({ "card": "registered", "smartphone": true }), json!({}), &["card", "smartphone"]),
        // Who tells what is taken for granted gives no reason by it.
        (json!({ "role": "insured" }), json!({ "role": "insured" }), &[]),
        (json!({ "role": "dependent" }), json!({ "role": "dependent" }), &["role"]),
        (json!({ "overseas": false, "certificate": "none" }), json!({ "overseas": false, "certificate": "none" }), &[]),
        (json!({ "overseas": true }), json!({ "overseas": true }), &["overseas"]),
        (json!({ "needsAssistance": true }), json!({ "needsAssistance": true }), &["needsAssistance"]),
        (json!({ "nameChanged": true }), json!({ "nameChanged": true }), &["nameChanged"]),
        (json!({ "ratioChanged": true }), json!({ "ratioChanged": true }), &["ratioChanged"]),
        (json!({ "myNumberOnFile": false }), json!({ "myNumberOnFile": false }), &["myNumberOnFile"]),
        (json!({ "notice": "held" }), json!({ "notice": "held" }), &["notice"]),
        (
            json!({ "notice": "held", "noticeMismatch": true }),
            json!({ "notice": "held", "noticeMismatch": true }),
            &["notice", "noticeMismatch"],
        ),
        (json!({ "certificate": "held" }), json!({ "certificate": "held" }), &["certificate"]),
        // What is said either way has no reason in the answer.
        (
            json!({ "role": "dependent", "any": [{ "smartphone": true }, { "smartphone": false, "overseas": false }] }),
            json!({ "role": "dependent" }),
            &["role"],
        ),
        (
            json!({ "any": [{ "card": ["registered", "none"] }, { "not": { "card": "registered" } }] }),
            json!({ "card": "none" }),
            &[],
        ),
        // Of several ways to the same, the shortest.
        (
            json!({ "any": [{ "card": "registered", "smartphone": true }, { "role": "dependent" }] }),
            json!({ "role": "dependent" }),
            &["role"],
        ),
    ] {
        assert_eq!(reasons(&when, &told), because, "{when} {told}");
    }
}

/// What follows from several facts is put down to those that it follows from.
#[test]
fn reasons_are_the_facts_that_something_follows_from() {
    for (when, told, because) in [
        // A day is a reason together with the day it is compared with.
        (json!({ "start": "running" }), json!({}), &[][..]),
        (json!({ "start": "new" }), json!({ "enrolledOn": "2026-11-20" }), &["asOf", "enrolledOn"]),
        (json!({ "start": "upcoming" }), json!({ "enrolledOn": "2026-11-22" }), &["asOf", "enrolledOn"]),
        (json!({ "asOf": { "from": "2026-01-01" } }), json!({}), &["asOf"]),
        (json!({ "enrolledOn": { "to": "2026-01-01" } }), json!({}), &["enrolledOn"]),
        (json!({ "endedOn": { "to": "2026-01-01" } }), json!({ "endedOn": "2025-12-01" }), &["endedOn"]),
        (json!({ "end": "open" }), json!({}), &[]),
        (json!({ "end": "ended" }), json!({ "endedOn": "2026-11-21" }), &["asOf", "endedOn"]),
        (json!({ "end": "closing" }), json!({ "endedOn": "2026-11-22" }), &["asOf", "endedOn"]),
        (json!({ "end": "closing" }), json!({ "bornOn": "1951-12-21", "endedOn": "2027-01-10" }), &["asOf", "endedOn"]),
        // Cover ends at 75, or on a day before that.
        (json!({ "end": "ended" }), json!({ "bornOn": "1951-11-21" }), &["asOf", "bornOn"]),
        (json!({ "end": "ended" }), json!({ "bornOn": "1951-11-21", "endedOn": "2026-11-22" }), &["asOf", "bornOn"]),
        (json!({ "end": "ended" }), json!({ "bornOn": "1951-11-21", "endedOn": "2026-11-20" }), &["asOf", "endedOn"]),
        (json!({ "age": "from-70" }), json!({ "bornOn": "1955-04-01" }), &["asOf", "bornOn"]),
        (
            json!({ "certificateTerm": "over" }),
            json!({ "certificate": "held", "certificateExpiresOn": "2026-11-20" }),
            &["asOf", "certificateExpiresOn"],
        ),
        (
            json!({ "cardTerm": "grace" }),
            json!({ "cardCertificateExpiresOn": "2026-11-20" }),
            &["asOf", "cardCertificateExpiresOn"],
        ),
        // A card whose 電子証明書 ended long ago is as good as one that is said to be expired.
        (json!({ "card": "certificate-expired" }), json!({ "card": "certificate-expired" }), &["card"]),
        (
            json!({ "card": "certificate-expired" }),
            json!({ "cardCertificateExpiresOn": "2026-01-01" }),
            &["asOf", "card", "cardCertificateExpiresOn"],
        ),
        (json!({ "card": "registered" }), json!({ "cardCertificateExpiresOn": "2026-11-20" }), &["card"]),
        // Nobody logs in to Mynaportal with a card that is lost, whether or not that is told.
        (json!({ "portalLogin": "unstated" }), json!({}), &["card"]),
        (json!({ "portalLogin": false }), json!({ "portalLogin": false }), &["portalLogin"]),
        (json!({ "portalLogin": true }), json!({ "portalLogin": true }), &["portalLogin"]),
        (json!({ "portalLogin": false }), json!({ "card": "lost" }), &["card"]),
        (json!({ "portalLogin": false }), json!({ "card": "lost", "portalLogin": false }), &["portalLogin"]),
        (json!({ "portalLogin": false, "card": "lost" }), json!({ "card": "lost", "portalLogin": false }), &["card"]),
        (
            json!({ "portalLogin": false, "card": "registered" }),
            json!({ "portalLogin": false }),
            &["card", "portalLogin"],
        ),
        (
            json!({ "portalLogin": true, "card": "registered" }),
            json!({ "portalLogin": true }),
            &["card", "portalLogin"],
        ),
        (
            json!({ "portalLogin": false }),
            json!({ "cardCertificateExpiresOn": "2026-11-20" }),
            &["asOf", "cardCertificateExpiresOn"],
        ),
        // Who was enrolled in time has a 健康保険証, whether or not that is told.
        (json!({ "oldCard": "held" }), json!({}), &["enrolledOn"]),
        (json!({ "oldCard": "held" }), json!({ "oldCard": "held" }), &["oldCard"]),
        (json!({ "oldCard": "lost" }), json!({ "oldCard": "lost" }), &["oldCard"]),
        (
            json!({ "oldCard": "held", "enrolledOn": { "to": "2024-01-01" } }),
            json!({ "oldCard": "held" }),
            &["enrolledOn"],
        ),
        (
            json!({ "oldCard": "lost", "enrolledOn": { "to": "2024-01-01" } }),
            json!({ "oldCard": "lost" }),
            &["enrolledOn", "oldCard"],
        ),
    ] {
        assert_eq!(reasons(&when, &told), because, "{when} {told}");
    }
}

/// What is said whatever the answer to what is unknown rests on the sources of all of them, each named once.
#[test]
fn what_holds_either_way_rests_on_the_sources_of_both() {
    let with = |when: Value, sources: Value| {
        let mut rule = rule("keep-notice", &when);
        rule["sources"] = sources;
        rule
    };
    let rules = [
        with(json!({ "smartphone": true }), json!(["N-01", "N-03"])),
        with(json!({ "smartphone": false }), json!(["N-03", "N-02"])),
    ];
    let rulebook = rulebook(&only_rules(&json!(rules)));
    let facts = facts(&json!({ "enrolledOn": "2020-04-01", "card": "none" }));
    let said = rulebook.guidance(&facts).unwrap();
    assert_eq!(said, rulebook.assess(&facts).unwrap().guidance);
    assert_eq!(
        (said.len(), json!(said[0].sources), &said[0].because[..]),
        (1, json!(["N-01", "N-03", "N-02"]), &[][..])
    );
}
