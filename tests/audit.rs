//! What the audit says of rules that are few enough to be judged by eye.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{only_rules, plain};
use serde_json::{Value, json};
use shikaku_navi::{Audit, Claims, Day, Difference, Error, Flaw, Guidance, Profile, Said};

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

#[test]
fn sound_rules_have_no_defect_and_are_summed_up() {
    let alone = audit(&national(), None);
    assert_eq!(flaws(&alone), []);
    assert_eq!(alone.insurer, "national");
    assert!(alone.silent.is_empty() && alone.accompanied.is_empty());
    assert_eq!(json!(alone.said), json!(["show-mynumber-card", "get-card"]));

    assert!(alone.enumerated > 50_000 && alone.nodes > 100, "{alone:?}");

    let both = audit(&with_topics(), Some(&own()));
    assert_eq!(flaws(&both), []);
    // Who is abroad goes with everything else, and so do four roles.
    assert_eq!(json!(both.silent), json!([{ "topic": "overseas", "situations": both.situations / 2 / 4 * 3 }]));
    assert_eq!(
        json!(both.said),
        json!(["show-mynumber-card", "get-card", "file-name-change", "keep-notice", "ask-insurer"])
    );
    assert_eq!((both.insurer.as_str(), both.situations), ("own", alone.situations));
}

/// Facts that nothing connects with others multiply the situations, and those that exclude each other do not.
#[test]
fn situations_are_counted_exactly() {
    let parts = [
        (json!({}), [1, 1]),
        (json!({ "smartphone": true }), [1, 2]),
        (json!({ "role": ["dependent", "employer"] }), [1, 2]),
        (json!({ "needsAssistance": true, "nameChanged": false }), [1, 4]),
        (json!({ "myNumberOnFile": "unstated" }), [1, 3]),
        (json!({ "any": [{ "overseas": true }, { "smartphone": true }] }), [3, 4]),
        (json!({ "overseas": true, "not": { "smartphone": true } }), [1, 4]),
        // A notice can be seen to be wrong in four of the six states it is in.
        (json!({ "noticeMismatch": true }), [4, 10]),
        (json!({ "notice": "lost" }), [2, 10]),
        (json!({ "notice": "undistributed", "noticeMismatch": true }), [0, 1]),
        (json!({ "card": "none", "cardTerm": "running" }), [0, 1]),
        (json!({ "age": "from-75", "end": "open" }), [0, 1]),
    ];
    let claim = |when: &Value| json!({ "guidance": ["carry-cutout"], "always": when, "sources": ["N-01"] });
    let claims: Vec<Value> = parts.iter().map(|(when, _)| claim(when)).collect();
    let found = claimed(&national(), None, &json!({ "claims": claims })).unwrap();
    for (number, (when, [part, of])) in parts.iter().enumerate() {
        let place = format!("claims[{number}] ");
        let counted = found.defects.iter().find(|defect| defect.of.starts_with(&place));
        assert_eq!(counted.map_or(0, |defect| defect.situations), found.situations / of * part, "{when}");
    }
}

#[test]
fn rules_that_leave_somebody_without_help_are_found() {
    let mut file = national();
    file["rules"][1]["when"] = json!({ "card": "none" });
    let of = "nothing to show, do or ask";
    let others = "card is unregistered or lost or damaged or renewing or certificate-expired or expired or returned or \
                  deregistered";
    let found = audit(&file, None);
    assert_eq!(flaws(&found), [(Flaw::Nothing, of, &[others.to_owned()][..])]);
    let witness = json!(found.defects[0].witness);
    assert!(others.contains(witness["card"].as_str().unwrap()), "{witness}");
    // To know something, or to wait for something, is no help.
    for guidance in ["keep-notice", "in-notice-batch", "await-notice"] {
        let rule = json!({ "guidance": guidance, "topic": "notice-use", "sources": ["N-03"] });
        let nothing = guidance == "keep-notice";
        let mut file = file.clone();
        file["rules"].as_array_mut().unwrap().push(rule);
        assert_eq!(
            audit(&file, None).defects.iter().any(|defect| defect.flaw == Flaw::Nothing),
            !nothing,
            "{guidance}"
        );
    }
}

/// A rule about cards.
fn card_rule(guidance: &str, source: &str, when: &Value) -> Value {
    json!({ "guidance": guidance, "topic": "card", "when": when, "sources": [source] })
}

#[test]
fn rules_that_say_nothing_are_found() {
    // Nobody without a card knows until when its 電子証明書 is valid.
    let never = card_rule("register-card", "N-03", &json!({ "card": "none", "cardTerm": "running" }));
    let never = audit(&with_rules(&[never]), None);
    assert_eq!(flaws(&never), [(Flaw::NeverFires, "national.rules[2] register-card", &[][..])]);
    assert_eq!((never.defects[0].situations, never.defects[0].witness.is_none()), (0, true));
    // What is said already is not said again, whatever the source.
    for source in ["N-02", "N-03"] {
        let again = audit(&with_rules(&[card_rule("get-card", source, &json!({ "card": "none" }))]), None);
        let none = ["card is none".to_owned()];
        assert_eq!(flaws(&again), [(Flaw::AlwaysSaid, "national.rules[2] get-card", &none[..])]);
    }
    // What comes before says it: to no purpose, unless it has another source or another last day.
    let before = |rule: Value| {
        let mut file = national();
        file["rules"].as_array_mut().unwrap().insert(1, rule);
        let found = audit(&file, None);
        found.defects.into_iter().map(|defect| (defect.flaw, defect.of)).collect::<Vec<_>>()
    };
    let first = card_rule("get-card", "N-02", &json!({ "card": "none" }));
    assert_eq!(before(first.clone()), [(Flaw::AlwaysSaid, "national.rules[1] get-card".to_owned())]);
    assert_eq!(before(card_rule("get-card", "N-03", &json!({ "card": "none" }))), []);
    let mut dated = first;
    dated["by"] = json!({ "derived": "seventy-fifth-birthday" });
    assert_eq!(before(dated), []);
    // Two that together say what the first does.
    let parts = [
        json!({ "card": "none" }),
        json!({ "card": "none", "smartphone": true }),
        json!({ "card": ["none", "lost"], "smartphone": false }),
    ];
    let parts = parts.map(|when| card_rule("register-card", "N-03", &when));
    let found = audit(&with_rules(&parts), None);
    let found: Vec<_> = found.defects.iter().map(|defect| (defect.flaw, defect.of.as_str())).collect();
    assert_eq!(
        found,
        [(Flaw::AlwaysSaid, "national.rules[2] register-card"), (Flaw::AlwaysSaid, "national.rules[3] register-card")]
    );
}

/// An insurer's own rules are judged, and not those below them, which others need.
#[test]
fn rules_are_judged_in_the_file_they_stand_in() {
    let twice = [card_rule("get-card", "N-02", &json!({ "card": "none" }))];
    let mut below = with_topics();
    below["rules"].as_array_mut().unwrap().extend(twice);
    below["contacts"] = json!([contact("2026-01-02", "2026-01-01")]);
    assert_eq!(flaws(&audit(&below, Some(&own()))), []);
    let mut file = own();
    let again = file["rules"][0].clone();
    file["rules"].as_array_mut().unwrap().push(again);
    let found = audit(&with_topics(), Some(&file));
    let found: Vec<_> = found.defects.iter().map(|defect| (defect.flaw, defect.of.as_str())).collect();
    assert_eq!(found, [(Flaw::AlwaysSaid, "own.rules[0] keep-notice"), (Flaw::AlwaysSaid, "own.rules[2] keep-notice")]);
}

/// A last day is over where it is told on a later day, and not on the day itself.
#[test]
fn last_days_that_are_over_are_found() {
    let day = |day: &str| json!({ "day": day });
    let derived = |derived: &str| json!({ "derived": derived });
    let from = |day: &str| json!({ "asOf": { "from": day } });
    let to = |day: &str| json!({ "asOf": { "to": day } });
    let cases = [
        (day("2025-12-01"), to("2025-12-01"), None),
        (day("2025-12-01"), from("2025-12-01"), Some("asOf is from 2025-12-02")),
        (day("2025-12-01"), from("2025-12-02"), Some("asOf is from 2025-12-02")),
        // No rule tells the days of autumn apart, so all of them are judged by the last.
        (
            day("2025-11-29"),
            json!({ "asOf": { "from": "2025-10-01", "to": "2025-11-30" } }),
            Some("asOf is from 2025-10-01"),
        ),
        (day("2025-11-30"), json!({ "asOf": { "from": "2025-10-01", "to": "2025-11-30" } }), None),
        (day("2025-12-31"), from("2025-12-02"), Some("asOf is from 2025-12-02")),
        (day("9999-12-31"), json!({}), None),
        (derived("last-day-of-cover"), json!({ "end": "closing" }), None),
        (derived("last-day-of-cover"), json!({}), Some("end is ended")),
        (derived("five-days-after-cover"), json!({}), None),
        (derived("card-certificate-expiry"), json!({ "cardTerm": ["running", "ending"] }), None),
        (derived("card-certificate-expiry"), json!({}), Some("cardTerm is grace or over")),
        (derived("grace-end"), json!({ "cardTerm": "grace" }), None),
        (derived("grace-end"), json!({}), Some("cardTerm is over")),
        (derived("certificate-expiry"), json!({ "certificateTerm": "ending" }), None),
        (derived("certificate-expiry"), json!({}), Some("certificateTerm is over")),
        (json!({ "earliest": [derived("grace-end"), derived("elderly-from")] }), json!({}), Some("cardTerm is over")),
    ];
    let rule = |(number, (by, when, _)): (usize, &(Value, Value, Option<&str>))| {
        // Each says something of its own, and none a thing that is waited for.
        let mut rule = card_rule(Guidance::WORDS[10 + number], "N-03", when);
        rule["by"] = by.clone();
        rule
    };
    let rules: Vec<Value> = cases.iter().enumerate().map(rule).collect();
    let found = audit(&with_rules(&rules), None);
    for (number, (by, when, over)) in cases.iter().enumerate() {
        let rule = format!("national.rules[{}] ", number + 2);
        let places = flaws(&found).into_iter().filter_map(|(flaw, of, places)| {
            assert_eq!(flaw, Flaw::DeadlineOver);
            of.starts_with(&rule).then(|| places.to_vec())
        });
        let wanted: Vec<_> = over.iter().map(|place| vec![(*place).to_owned()]).collect();
        assert_eq!(places.collect::<Vec<_>>(), wanted, "{by} {when}");
    }
    // Of what is said with it, only what is a last day.
    let args = [("show-old-card", "until"), ("await-certificate", "by"), ("moves-at-75", "on")];
    let rules = args.map(|(guidance, argument)| {
        let mut rule = card_rule(guidance, "N-03", &from("2025-12-02"));
        rule["args"][argument] = day("2025-12-01");
        rule
    });
    let found = audit(&with_rules(&rules), None);
    let over = ["national.rules[2] show-old-card", "national.rules[3] await-certificate"];
    assert_eq!(flaws(&found).iter().map(|flaw| flaw.1).collect::<Vec<_>>(), over);
}

fn contact(from: &str, to: &str) -> Value {
    json!({ "id": "line", "phone": "0120-000-000", "name": { "ja": "電話" }, "from": from, "to": to, "sources": ["N-01"] })
}

#[test]
fn lines_that_nobody_can_call_are_found() {
    // Nothing is said by a rule that never speaks.
    let mut file = with_rules(&[card_rule("carry-cutout", "N-03", &json!({ "card": "none", "cardTerm": "over" }))]);
    let lines = [
        ("one-day", json!([]), ["2026-01-01", "2026-01-01"], true),
        ("backwards", json!([]), ["2026-01-02", "2026-01-01"], false),
        ("said", json!(["get-card"]), ["2026-01-01", "2026-01-02"], true),
        ("one-said", json!(["keep-notice", "get-card"]), ["2026-01-01", "2026-01-02"], true),
        ("unsaid", json!(["keep-notice"]), ["2026-01-01", "2026-01-02"], false),
        ("unsaid-backwards", json!(["keep-notice"]), ["2026-01-02", "2026-01-01"], false),
        ("never-said", json!(["carry-cutout"]), ["2026-01-01", "2026-01-02"], false),
    ];
    let line = |(id, with, [from, to], _): &(&str, Value, [&str; 2], bool)| {
        let mut line = contact(from, to);
        (line["id"], line["with"]) = (json!(id), with.clone());
        line
    };
    file["contacts"] = lines.iter().map(line).collect();
    let found = audit(&file, None);
    let closed = lines.iter().filter(|line| !line.3).map(|line| format!("national.contacts {}", line.0));
    let found = found.defects.iter().filter(|defect| defect.flaw == Flaw::NeverOpen).map(|defect| defect.of.clone());
    assert_eq!(found.collect::<Vec<_>>(), closed.collect::<Vec<_>>());
}

#[test]
fn rules_that_never_speak_alone_are_named() {
    let rules = [
        card_rule("register-card", "N-03", &json!({ "card": ["none", "lost"] })),
        card_rule("report-card-loss", "N-03", &json!({ "card": "lost" })),
        card_rule("keep-notice", "N-03", &json!({ "card": ["registered", "lost"] })),
    ];
    assert_eq!(
        json!(audit(&with_rules(&rules), None).accompanied),
        json!([
            { "rule": "national.rules[0] show-mynumber-card", "by": ["keep-notice"] },
            { "rule": "national.rules[3] report-card-loss", "by": ["register-card", "get-card", "keep-notice"] },
            { "rule": "national.rules[2] register-card", "by": ["get-card"] },
        ])
    );
}

#[test]
fn claims_hold_or_are_told_with_where_they_do_not() {
    let none: [(&str, &[&str]); 0] = [];
    let lost: &[&str] = &["card is lost"];
    let smartphone: &[&str] = &["smartphone is false"];
    let mut rules = [
        card_rule("register-card", "N-03", &json!({ "card": ["none", "lost"] })),
        card_rule("register-card", "N-02", &json!({ "card": "unregistered" })),
        card_rule("show-old-card", "N-03", &json!({ "asOf": { "to": "2025-12-01" } })),
    ];
    rules[2]["args"]["until"] = json!({ "earliest": [{ "day": "2025-12-01" }, { "day": "2026-12-01" }] });
    rules[2]["by"] = json!({ "day": "2025-12-01" });
    let file = with_rules(&rules);
    let claims = [
        (json!({ "guidance": ["get-card"], "always": { "card": "lost" } }), &none[..]),
        (json!({ "guidance": ["get-card"], "always": { "card": "lost" }, "never": { "card": "registered" } }), &none),
        (
            json!({ "guidance": ["get-card"], "always": { "smartphone": true } }),
            &[("get-card is missing (N-01)", &["card is registered and smartphone is true"])],
        ),
        (
            json!({ "guidance": ["get-card"], "never": { "card": "lost" } }),
            &[("get-card does not belong there (N-01)", lost)],
        ),
        (json!({ "guidance": ["get-card", "show-mynumber-card"], "always": {} }), &none),
        (
            json!({ "guidance": ["get-card", "show-mynumber-card"], "never": { "smartphone": false } }),
            &[("get-card or show-mynumber-card does not belong there (N-01)", smartphone)],
        ),
        (json!({ "guidance": ["get-card"], "without": ["show-mynumber-card"] }), &none),
        (
            json!({ "guidance": ["get-card"], "without": ["register-card", "show-mynumber-card"] }),
            &[("get-card and register-card exclude each other (N-01)", &["card is unregistered or none or lost"])],
        ),
        // Nobody without a card has a 電子証明書 for it to be missed with.
        (json!({ "guidance": ["carry-cutout"], "always": { "card": "none", "cardTerm": "over" } }), &none),
        (json!({ "guidance": ["get-card"], "always": { "card": "lost" }, "cited": ["N-02"] }), &none),
        (
            json!({ "guidance": ["get-card"], "always": { "card": "lost" }, "cited": ["N-02", "N-03"] }),
            &[("get-card never rests on N-03", lost)],
        ),
        (
            json!({ "guidance": ["register-card"], "always": { "card": ["lost", "unregistered"] }, "cited": ["N-02", "N-03"] }),
            &none,
        ),
        (
            json!({ "guidance": ["register-card"], "always": { "card": ["lost", "unregistered"] }, "cited": ["N-02"] }),
            &[("register-card rests on something else than N-02", lost)],
        ),
        // Another rests on it.
        (
            json!({ "guidance": ["get-card"], "always": { "card": "lost" }, "cited": ["N-03"] }),
            &[("get-card rests on something else than N-03", lost), ("get-card never rests on N-03", lost)],
        ),
        // Of a rule as it is written.
        (
            json!({
                "guidance": ["show-old-card"],
                "args": { "until": { "earliest": [{ "day": "2025-12-01" }, { "day": "2026-12-01" }] } },
                "by": { "day": "2025-12-01" },
                "always": { "asOf": { "to": "2025-12-01" } },
            }),
            &none,
        ),
        (
            json!({
                "guidance": ["show-old-card"],
                "args": { "until": { "earliest": [{ "day": "2025-12-01" }] } },
                "always": { "asOf": { "to": "2025-12-01" } },
            }),
            &[("show-old-card (until 2025-12-01) is missing (N-01)", &["asOf is before 2025-12-02"])],
        ),
        (
            json!({
                "guidance": ["show-old-card"],
                "args": { "until": { "earliest": [{ "day": "2025-12-01" }, { "day": "2026-12-02" }] } },
                "by": { "day": "2025-12-01" },
                "always": { "asOf": { "to": "2025-12-01" } },
            }),
            &[(
                "show-old-card (until 2025-12-01 2026-12-02, by 2025-12-01) is missing (N-01)",
                &["asOf is before 2025-12-02"],
            )],
        ),
        (json!({ "guidance": ["show-old-card"], "args": { "until": { "day": "2025-12-01" } }, "never": {} }), &none),
        (json!({ "guidance": ["show-old-card"], "by": { "day": "2025-12-02" }, "never": {} }), &none),
        (json!({ "guidance": ["get-card"], "by": { "day": "2025-12-02" }, "never": {} }), &none),
        (
            json!({ "guidance": ["get-card", "show-old-card"], "by": { "day": "2025-12-01" }, "never": { "card": "lost" } }),
            &[(
                "get-card or show-old-card (by 2025-12-01) does not belong there (N-01)",
                &["card is lost and asOf is before 2025-12-02"],
            )],
        ),
    ];
    let mut all: Vec<Value> = claims.iter().map(|(claim, _)| claim.clone()).collect();
    all.iter_mut().for_each(|claim| claim["sources"] = json!(["N-01"]));
    let found = claimed(&file, None, &json!({ "claims": all })).unwrap();
    for (number, (claim, wanted)) in claims.iter().enumerate() {
        let own = |of: &str| Some(of.strip_prefix(&format!("claims[{number}] "))?.to_owned());
        let found = flaws(&found).into_iter().filter_map(|(_, of, places)| Some((own(of)?, places.to_vec())));
        let wanted =
            wanted.iter().map(|(of, places)| ((*of).to_owned(), places.iter().map(ToString::to_string).collect()));
        assert_eq!(found.collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{claim}");
    }
}

/// Whom something concerns is shown by a member of whom as little as can be is out of the ordinary, on the latest days.
#[test]
fn witnesses_are_as_plain_as_can_be() {
    let cases = [
        (json!({}), json!({})),
        (json!({ "card": ["lost", "damaged"] }), json!({ "card": "lost" })),
        (json!({ "smartphone": false }), json!({ "smartphone": false })),
        (
            json!({ "any": [{ "role": "dependent", "overseas": true }, { "role": "employer" }] }),
            json!({ "role": "employer" }),
        ),
        (
            json!({ "any": [{ "role": "employer" }, { "role": "dependent", "overseas": true }] }),
            json!({ "role": "employer" }),
        ),
        (
            json!({ "any": [{ "notice": "held", "overseas": true }, { "nameChanged": true }] }),
            json!({ "nameChanged": true }),
        ),
        (
            json!({ "needsAssistance": true, "role": "dependent" }),
            json!({ "needsAssistance": true, "role": "dependent" }),
        ),
        (json!({ "myNumberOnFile": true }), json!({ "myNumberOnFile": true })),
        (json!({ "myNumberOnFile": false }), json!({ "myNumberOnFile": false })),
        (
            json!({ "notice": ["held", "lost"], "noticeMismatch": true }),
            json!({ "notice": "held", "noticeMismatch": true }),
        ),
        (json!({ "oldCard": "lost" }), json!({ "oldCard": "lost" })),
        (json!({ "certificate": "damaged" }), json!({ "certificate": "damaged" })),
        (json!({ "portalLogin": true }), json!({ "portalLogin": true })),
        (json!({ "asOf": { "to": "2026-01-31" } }), json!({ "asOf": "2026-01-31" })),
        (json!({ "asOf": { "from": "2026-01-31" } }), json!({})),
    ];
    let claim = |when: &Value| json!({ "guidance": ["carry-cutout"], "always": when, "sources": ["N-01"] });
    let claims: Vec<Value> = cases.iter().map(|(when, _)| claim(when)).collect();
    let found = claimed(&national(), None, &json!({ "claims": claims })).unwrap();
    assert_eq!(found.defects.len(), cases.len());
    for ((when, told), defect) in cases.iter().zip(&found.defects) {
        let mut witness = json!(defect.witness);
        let as_of = witness.as_object_mut().unwrap().remove("asOf").unwrap();
        assert_eq!(as_of == json!("2026-01-31"), told.get("asOf").is_some(), "{when} {as_of}");
        assert!(as_of == json!("2026-01-31") || as_of.as_str() > Some("2027-01-01"), "{when} {as_of}");
        let mut plain =
            json!({ "enrolledOn": "0001-01-01", "card": "registered", "smartphone": true, "oldCard": "held" });
        plain.as_object_mut().unwrap().extend(told.as_object().unwrap().clone());
        plain.as_object_mut().unwrap().remove("asOf");
        assert_eq!(witness, plain, "{when}");
    }
}

/// Where something holds is told in few words: the first three places, and none that others say already.
#[test]
fn places_are_few() {
    let odd = |[abroad, renamed, helped]: [bool; 3]| json!({ "overseas": abroad, "nameChanged": renamed, "needsAssistance": helped });
    let parity = [[true, false, false], [false, true, false], [false, false, true], [true, true, true]].map(odd);
    // Who is not abroad and has both is told of already, whichever of the two it is by.
    let overlap = json!([{ "overseas": true, "smartphone": true }, { "overseas": false, "card": "registered" }]);
    let claim = |any: Value| json!({ "guidance": ["carry-cutout"], "always": { "any": any }, "sources": ["N-01"] });
    let claims = json!({ "claims": [claim(json!(parity)), claim(overlap)] });
    let found = claimed(&national(), None, &claims).unwrap();
    let [parity, overlap] = found.defects.as_slice() else { panic!("{found:?}") };
    assert_eq!((parity.places.len(), parity.situations), (3, found.situations / 2));
    assert_eq!(overlap.places, ["card is registered and overseas is false", "smartphone is true and overseas is true"]);
}

/// Days that only a claim names part the situations, too.
#[test]
fn claims_are_judged_to_the_day() {
    let mut file = national();
    file["rules"][1]["when"] =
        json!({ "any": [{ "not": { "card": "registered" } }, { "asOf": { "from": "2026-01-10" } }] });
    let claim = |name: &str, day: &str| {
        let when = json!({ "asOf": { "from": day }, "card": "registered" });
        json!({
            "definitions": [{ "name": "then", "when": when }],
            "claims": [{ "guidance": ["get-card"], name: { "is": "then" }, "sources": ["N-01"] }],
        })
    };
    for (name, day, places) in [
        ("always", "2026-01-10", None),
        ("always", "2026-01-09", Some("card is registered and asOf is from 2026-01-09")),
        ("always", "2026-01-11", None),
        ("never", "2026-01-11", Some("card is registered and asOf is from 2026-01-11")),
    ] {
        let found = claimed(&file, None, &claim(name, day)).unwrap();
        let places: Vec<String> = places.iter().map(|place| (*place).to_owned()).collect();
        let wanted = if places.is_empty() { vec![] } else { vec![&places[..]] };
        assert_eq!(flaws(&found).iter().map(|flaw| flaw.2).collect::<Vec<_>>(), wanted, "{name} {day}");
    }
}

#[test]
fn claims_about_other_material_are_refused_or_reported() {
    let age = |day: &str, estimated: bool, sources: &[&str]| {
        let claims = json!({
            "sourcesOf": { "day": day, "estimated": estimated, "sources": sources },
            "claims": [{ "guidance": ["get-card"], "never": { "card": "registered" }, "sources": ["N-01"] }],
        });
        let found = claimed(&national(), None, &claims).unwrap();
        found.defects.into_iter().map(|defect| (defect.of, defect.situations == found.situations)).collect::<Vec<_>>()
    };
    assert_eq!(age("2026-11-01", false, &["N-01"]), []);
    for (day, estimated, sources, of) in [
        ("2026-11-02", false, &["N-01"][..], "the material is of 2026-11-02, as N-01 show"),
        ("2026-11-01", true, &["N-01"], "the material is of 2026-11-01, as N-01 show"),
        ("2026-11-01", false, &["N-01", "N-02"], "the material is of 2026-11-01, as N-01, N-02 show"),
    ] {
        assert_eq!(age(day, estimated, sources), [(of.to_owned(), true)]);
    }
    for (claims, message) in [
        (json!([{ "guidance": [], "never": {}, "sources": ["N-01"] }]), "claims[0]: this claims nothing"),
        (
            json!([
                { "guidance": ["get-card"], "never": {}, "sources": ["N-01"] },
                { "guidance": ["get-card"], "sources": ["N-01"] },
            ]),
            "claims[1]: this claims nothing",
        ),
        (
            json!([{ "guidance": ["get-card"], "never": {}, "sources": ["N-09"] }]),
            "claims[0].sources: `N-09` is not a statement",
        ),
        (
            json!([{ "guidance": ["get-card"], "never": { "is": "then" }, "sources": ["N-01"] }]),
            "claims[0]: `then` is not defined before it is used",
        ),
    ] {
        let error = claimed(&national(), None, &json!({ "claims": claims })).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    let other = json!({ "claims": [], "claim": [] });
    assert_eq!(claimed(&national(), None, &other).unwrap_err().to_string(), "`claim` means nothing here");
}

/// What starts, what ends, in how many situations, and which.
fn classes(difference: &Difference) -> Vec<(Value, Value, u64, &[String])> {
    let words = |said: &[Said]| json!(said.iter().map(ToString::to_string).collect::<Vec<_>>());
    let classes = difference.classes.iter();
    classes.map(|class| (words(&class.starts), words(&class.ends), class.situations, class.places.as_slice())).collect()
}

/// What one version says and the other does not, the most situations first.
#[test]
fn versions_are_told_apart_by_what_they_say() {
    let between =
        |one: &Value, other: &Value| Difference::between((&profile(one), None), (&profile(other), None)).unwrap();
    assert_eq!(classes(&between(&national(), &national())), []);
    let mut dated = card_rule("report-card-loss", "N-03", &json!({ "card": "lost" }));
    dated["by"] = json!({ "earliest": [{ "derived": "grace-end" }, { "day": "2026-01-31" }] });
    let mut file = with_rules(&[dated, card_rule("keep-notice", "N-03", &json!({ "card": ["none", "registered"] }))]);
    // Other sources and another order change nothing for members.
    file["rules"][0]["sources"] = json!(["N-02"]);
    let place = |place: &str| [place.to_owned()];
    let (lost, rest) = (place("card is lost"), place("card is registered or none"));
    let found = between(&national(), &file);
    let dated = "report-card-loss (by the earliest of grace-end and 2026-01-31)";
    let (many, few) = (found.classes[0].situations, found.classes[1].situations);
    assert_eq!(
        classes(&found),
        [(json!(["keep-notice"]), json!([]), many, &rest[..]), (json!([dated]), json!([]), few, &lost[..])]
    );
    assert!(many > few && found.changed == many + few && found.changed < found.situations, "{found:?}");
    let back = between(&file, &national());
    assert_eq!(
        classes(&back),
        [(json!([]), json!(["keep-notice"]), many, &rest[..]), (json!([]), json!([dated]), few, &lost[..])]
    );
    // What changes in the same situations is told together.
    let mut later = file.clone();
    later["rules"][2]["by"]["earliest"][1]["day"] = json!("2026-02-28");
    later["rules"][1]["when"] = json!({ "card": ["unregistered", "none", "damaged", "renewing", "certificate-expired", "expired", "returned", "deregistered"] });
    let found = between(&file, &later);
    let later = "report-card-loss (by the earliest of grace-end and 2026-02-28)";
    assert_eq!(classes(&found), [(json!([later]), json!([dated, "get-card"]), few, &lost[..])]);
    let witness = json!(found.classes[0].witness);
    assert_eq!((&witness["card"], found.changed), (&json!("lost"), few));
}

/// Days on which other things hold are told apart for those who can be in the same situation on both.
#[test]
fn days_are_told_apart_by_what_is_said_on_them() {
    let rules = [
        card_rule("show-old-card", "N-03", &json!({ "oldCard": "held", "asOf": { "to": "2025-12-01" } })),
        card_rule("discard-old-card", "N-03", &json!({ "oldCard": "held", "asOf": { "from": "2025-12-02" } })),
        card_rule("keep-notice", "N-03", &json!({ "certificate": "held" })),
    ];
    let national = profile(&with_rules(&rules));
    let between = |one: &str, other: &str| {
        let [one, other] = [one, other].map(|day| Day::from_iso(day).unwrap());
        Difference::of_days((&national, None), one, other).unwrap()
    };
    for [one, other] in [["2025-11-30", "2025-12-01"], ["2025-12-02", "2025-12-03"], ["2025-12-01", "2025-12-01"]] {
        assert_eq!(between(one, other).changed, 0, "{one} {other}");
    }
    let held = ["oldCard is held".to_owned()];
    let found = between("2025-12-01", "2025-12-02");
    let number = found.changed;
    assert_eq!(classes(&found), [(json!(["discard-old-card"]), json!(["show-old-card"]), number, &held[..])]);
    assert!(0 < number && number < found.situations);
    assert_eq!(json!(found.classes[0].witness)["asOf"], json!("2025-12-02"));
    let back = between("2025-12-02", "2025-12-01");
    assert_eq!(classes(&back), [(json!(["show-old-card"]), json!(["discard-old-card"]), number, &held[..])]);
    assert_eq!(json!(back.classes[0].witness)["asOf"], json!("2025-12-01"));
}
