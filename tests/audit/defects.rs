//! What is wrong with rules whatever they are about.

use crate::{audit, card_rule, flaws, national, own, with_rules, with_topics};
use serde_json::{Value, json};
use shikaku_navi::{Flaw, Guidance};

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
