//! What is asked, and what can be answered.

use crate::common::only_rules;
use crate::{facts, member, rule, rulebook};
use serde_json::{Value, json};
use shikaku_navi::{Card, Fact};

/// A circumstance is brought up with the answers that change what is said, where it is not told yet.
#[test]
fn circumstances_are_those_that_rules_ask_for() {
    let held = json!({ "certificate": "held" });
    for (when, told, circumstances) in [
        (json!({ "smartphone": true }), json!({}), json!({})),
        // A card counts as expired once its 電子証明書 is.
        (json!({ "card": "registered" }), json!({}), json!({ "cardCertificateExpiresOn": [] })),
        (json!({ "role": "dependent" }), json!({}), json!({ "role": ["dependent"] })),
        (json!({ "role": ["insured", "voluntary"] }), json!({}), json!({ "role": ["dependent", "employer"] })),
        (
            json!({ "role": "dependent", "overseas": true }),
            json!({}),
            json!({ "role": ["dependent"], "overseas": ["true"] }),
        ),
        (
            json!({ "role": "dependent", "overseas": true, "nameChanged": true }),
            json!({}),
            json!({ "role": ["dependent"], "nameChanged": ["true"], "overseas": ["true"] }),
        ),
        (json!({ "overseas": true }), json!({ "overseas": false }), json!({})),
        (
            json!({ "overseas": true, "nameChanged": true }),
            json!({ "overseas": true }),
            json!({ "nameChanged": ["true"] }),
        ),
        (json!({ "overseas": true, "nameChanged": true }), json!({ "overseas": false }), json!({})),
        (json!({ "notice": ["lost", "damaged"] }), json!({}), json!({ "notice": ["lost", "damaged"] })),
        (json!({ "end": "ended" }), json!({}), json!({ "endedOn": [], "bornOn": [] })),
        (json!({ "age": "from-70" }), json!({}), json!({ "bornOn": [] })),
        (json!({ "certificateTerm": "over" }), held, json!({ "certificateExpiresOn": [] })),
        (json!({ "cardTerm": "over" }), json!({}), json!({ "cardCertificateExpiresOn": [] })),
        (json!({ "cardTerm": "over" }), json!({ "card": "none" }), json!({})),
        (json!({ "needsAssistance": true }), json!({}), json!({ "needsAssistance": ["true"] })),
        (json!({ "myNumberOnFile": "unstated" }), json!({}), json!({ "myNumberOnFile": ["true", "false"] })),
        (json!({ "oldCard": "lost" }), json!({}), json!({ "oldCard": ["lost"] })),
        (json!({ "noticeMismatch": true }), json!({ "notice": "held" }), json!({ "noticeMismatch": ["true"] })),
        (json!({ "ratioChanged": true }), json!({ "bornOn": "1955-04-02" }), json!({ "ratioChanged": ["true"] })),
        (json!({ "endedOn": { "to": "2025-12-31" } }), json!({}), json!({ "endedOn": [] })),
        // Some settle the same together: whether one can log in goes by the card, whose a certificate is by the end.
        (json!({ "portalLogin": true }), json!({}), json!({ "portalLogin": ["true"] })),
        (
            json!({ "portalLogin": false }),
            json!({}),
            json!({ "portalLogin": ["true", "false"], "cardCertificateExpiresOn": [] }),
        ),
        (json!({ "certificate": "held" }), json!({}), json!({ "certificate": ["held"], "endedOn": [], "bornOn": [] })),
        (json!({ "smartphone": false, "overseas": true }), json!({}), json!({})),
    ] {
        let rulebook = rulebook(&only_rules(&json!([rule("keep-notice", &when)])));
        let found = rulebook.circumstances(&facts(&member(&told))).unwrap();
        let found: serde_json::Map<String, Value> =
            found.iter().map(|question| (question.fact.to_string(), json!(question.options))).collect();
        assert_eq!(Value::from(found), circumstances, "{when} {told}");
    }
}

/// A question is worth asking if two answers to it lead to different guidance, and a circumstance once it comes up.
#[test]
fn questions_are_those_whose_answers_differ() {
    let follow_up = |fact: &str, when: Value| json!([{ "fact": fact, "when": when }]);
    let none = || json!([]);
    let truths = ["true", "false"];
    let lost = || json!({ "notice": "lost" });
    let notices = ["held", "not-received", "lost", "damaged", "undistributed"];
    let abroad = || follow_up("notice", json!({ "overseas": true }));
    for (when, follow_ups, told, questions) in [
        (
            json!({ "card": "registered", "smartphone": true }),
            none(),
            json!({}),
            &[("card", Card::WORDS), ("smartphone", &truths)][..],
        ),
        (json!({ "card": "registered", "smartphone": true }), none(), json!({ "card": "none" }), &[]),
        (
            json!({ "card": "registered", "smartphone": true }),
            none(),
            json!({ "card": "registered" }),
            &[("smartphone", &truths)],
        ),
        (json!({ "card": "registered", "smartphone": true }), none(), json!({ "smartphone": false }), &[]),
        (json!({ "enrolledOn": { "to": "2026-01-01" } }), none(), json!({}), &[("enrolledOn", &[])]),
        (json!({ "enrolledOn": { "to": "2026-01-01" } }), none(), json!({ "enrolledOn": "2026-01-02" }), &[]),
        // What cannot be is no answer to choose.
        (
            json!({ "card": "registered" }),
            none(),
            json!({ "cardCertificateExpiresOn": "2027-04-01" }),
            &[("card", &["registered", "unregistered", "lost", "damaged", "renewing", "returned", "deregistered"])],
        ),
        (lost(), none(), json!({ "overseas": true }), &[]),
        (lost(), abroad(), json!({ "overseas": true }), &[("notice", &notices)]),
        (lost(), abroad(), json!({}), &[]),
        (lost(), abroad(), json!({ "overseas": true, "notice": "held" }), &[]),
        (json!({ "notice": "lost", "role": "dependent" }), abroad(), json!({ "overseas": true }), &[]),
        (json!({ "age": "from-70" }), follow_up("bornOn", json!({})), json!({}), &[("bornOn", &[])]),
        (
            json!({ "noticeMismatch": true }),
            follow_up("noticeMismatch", json!({})),
            json!({ "notice": "held" }),
            &[("noticeMismatch", &truths)],
        ),
        (
            json!({ "noticeMismatch": true }),
            follow_up("noticeMismatch", json!({})),
            json!({ "notice": "not-received" }),
            &[],
        ),
        // It has to come up whatever the answer to what is asked first.
        (
            json!({ "notice": "lost", "card": "registered" }),
            follow_up("notice", json!({ "card": "registered" })),
            json!({}),
            &[],
        ),
        (
            json!({ "notice": "lost", "card": "registered" }),
            follow_up("notice", json!({ "card": "registered" })),
            json!({ "card": "registered" }),
            &[("notice", &notices)],
        ),
        (
            json!({ "any": [lost(), { "card": "none" }] }),
            follow_up("notice", json!({})),
            json!({}),
            &[("card", Card::WORDS), ("notice", &notices)],
        ),
    ] {
        let mut file = only_rules(&json!([rule("keep-notice", &when)]));
        file["followUps"] = follow_ups;
        let (rulebook, facts) = (rulebook(&file), facts(&told));
        let asked = rulebook.questions(&facts).unwrap();
        let found: Vec<(&str, Vec<&str>)> = asked
            .iter()
            .map(|question| (question.fact.word(), question.options.iter().map(String::as_str).collect()))
            .collect();
        let wanted: Vec<(&str, Vec<&str>)> =
            questions.iter().map(|(fact, options)| (*fact, options.to_vec())).collect();
        assert_eq!(found, wanted, "{when} {told}");
        assert_eq!(rulebook.assess(&facts).unwrap().question.as_ref(), asked.first(), "{when} {told}");
    }
}

/// Of a date, the first and the last day of each stretch can be told apart; of anything else, every answer that can be.
#[test]
fn answers_are_those_that_can_be_told_apart() {
    let rulebook =
        rulebook(&only_rules(&json!([rule("keep-notice", &json!({ "enrolledOn": { "to": "2026-01-01" } }))])));
    let unknown = facts(&json!({ "card": "registered", "smartphone": true }));
    let days =
        rulebook.answered(Fact::EnrolledOn, &unknown).into_iter().map(|facts| facts.enrolled_on.unwrap().to_string());
    let stretches = [
        ["0001-01-01", "2024-12-01"],
        ["2024-12-02", "2026-01-01"],
        ["2026-01-02", "2026-11-15"],
        ["2026-11-16", "2026-11-21"],
        ["2026-11-22", "9999-12-31"],
    ];
    assert_eq!(days.collect::<Vec<_>>(), stretches.concat());
    let member = facts(&member(&json!({ "portalLogin": true })));
    let cards: Vec<Card> = rulebook.answered(Fact::Card, &member).into_iter().filter_map(|facts| facts.card).collect();
    assert_eq!(cards, [Card::Registered, Card::Unregistered, Card::Renewing, Card::Deregistered]);
}
