//! Claims about rules, which count situations and show them, too.

use crate::{card_rule, claimed, flaws, national, with_rules};
use serde_json::{Value, json};
use shikaku_navi::Variable;

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

/// Those who are in a situation for a few weeks, or by a few dates alone, are among the members.
#[test]
fn what_is_rare_is_looked_at_too() {
    let cases = [
        (json!({ "age": "under-70", "ratioChanged": true }), true),
        (json!({ "age": "under-1", "ratioChanged": true }), false),
        (json!({ "end": "ended", "certificate": "held", "oldCard": "held" }), true),
        (json!({ "age": "under-1", "oldCard": "held" }), true),
        (json!({ "age": "from-75", "certificate": "held", "oldCard": "held" }), true),
        (json!({ "age": "from-75", "certificate": "held", "asOf": { "before": "2024-12-02" } }), false),
        (json!({ "start": "new", "end": "ended", "age": "under-1" }), true),
    ];
    let claim = |when: &Value| json!({ "guidance": ["carry-cutout"], "always": when, "sources": ["N-01"] });
    let claims: Vec<Value> = cases.iter().map(|(when, _)| claim(when)).collect();
    let found = claimed(&national(), None, &json!({ "claims": claims })).unwrap();
    for (number, (when, is_somebody)) in cases.iter().enumerate() {
        let place = format!("claims[{number}] ");
        assert_eq!(found.defects.iter().any(|defect| defect.of.starts_with(&place)), *is_somebody, "{when}");
    }
}

/// There is somebody for each value of each variable, and everybody has one.
#[test]
fn every_value_is_that_of_somebody() {
    let values = |variable: &'static Variable| {
        let values = variable.values().unwrap_or_default().iter();
        values.map(move |value| (variable.word(), *value))
    };
    let values: Vec<(&str, &str)> = Variable::ALL.iter().flat_map(values).collect();
    let claim = |(variable, value): &(&str, &str)| json!({ "guidance": ["carry-cutout"], "always": { *variable: value }, "sources": ["N-01"] });
    let claims: Vec<Value> = values.iter().map(claim).collect();
    let found = claimed(&national(), None, &json!({ "claims": claims })).unwrap();
    assert_eq!(found.defects.len(), values.len());
    for variable in Variable::ALL.iter().filter(|variable| variable.values().is_some()) {
        let own = values.iter().zip(&found.defects).filter(|((word, _), _)| *word == variable.word());
        assert_eq!(own.map(|(_, defect)| defect.situations).sum::<u64>(), found.situations, "{variable}");
    }
}

/// Rules for cards, and one of a last day.
fn claimed_of() -> Value {
    let mut rules = [
        card_rule("register-card", "N-03", &json!({ "card": ["none", "lost"] })),
        card_rule("register-card", "N-02", &json!({ "card": "unregistered" })),
        card_rule("show-old-card", "N-03", &json!({ "asOf": { "to": "2025-12-01" } })),
    ];
    rules[2]["args"]["until"] = json!({ "earliest": [{ "day": "2025-12-01" }, { "day": "2026-12-01" }] });
    rules[2]["by"] = json!({ "day": "2025-12-01" });
    with_rules(&rules)
}

/// What of each claim does not hold: in words, and where.
type Judged<'a> = (Value, &'a [(&'a str, &'a [&'a str])]);

fn judged(file: &Value, claims: &[Judged]) {
    let mut all: Vec<Value> = claims.iter().map(|(claim, _)| claim.clone()).collect();
    for claim in &mut all {
        claim["sources"] = json!(["N-01"]);
    }
    let found = claimed(file, None, &json!({ "claims": all })).unwrap();
    for (number, (claim, wanted)) in claims.iter().enumerate() {
        let own = |of: &str| Some(of.strip_prefix(&format!("claims[{number}] "))?.to_owned());
        let found = flaws(&found).into_iter().filter_map(|(_, of, places)| Some((own(of)?, places.to_vec())));
        let wanted =
            wanted.iter().map(|(of, places)| ((*of).to_owned(), places.iter().map(ToString::to_string).collect()));
        assert_eq!(found.collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{claim}");
    }
}

#[test]
fn claims_hold_or_are_told_with_where_they_do_not() {
    let none: [(&str, &[&str]); 0] = [];
    let lost: &[&str] = &["card is lost"];
    let smartphone: &[&str] = &["smartphone is false"];
    let file = claimed_of();
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
    ];
    judged(&file, &claims);
}

/// Arguments and last days count as they are written in a rules file.
#[test]
fn claims_may_be_of_one_wording_alone() {
    let none: [(&str, &[&str]); 0] = [];
    let file = claimed_of();
    let claims = [
        // Of a rule as it is written.
        (
            json!({
                "guidance": ["show-old-card"],
                "args": { "until": { "earliest": [{ "day": "2025-12-01" }, { "day": "2026-12-01" }] } },
                "by": { "day": "2025-12-01" },
                "always": { "asOf": { "to": "2025-12-01" } },
            }),
            &none[..],
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
    judged(&file, &claims);
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
