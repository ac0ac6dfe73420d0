//! What is wrong is said, with the place and the user's own words; nothing panics.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{insurers, national_rules, plain};
use proptest::prelude::*;
use serde_json::{Value, json};
use shikaku_navi::{Day, Error, ErrorKind, Facts, Plain, Rulebook};

fn told(facts: &Value) -> Result<Facts, Error> {
    Facts::read(Day::from_iso("2026-11-21").unwrap(), &plain(&facts.to_string()))
}

#[test]
fn facts_that_cannot_be_are_refused_in_words() {
    for (facts, kind, fact, message) in [
        (json!({ "cards": "none" }), ErrorKind::UnknownFact, Some("cards"), "`cards` is not a fact"),
        (
            json!({ "card": "gold" }),
            ErrorKind::InvalidValue,
            Some("card"),
            "`gold` is not a value of `card`: it is one of registered, unregistered, none, lost, damaged, renewing, \
             certificate-expired, expired, returned, deregistered",
        ),
        (
            json!({ "smartphone": "yes" }),
            ErrorKind::InvalidValue,
            Some("smartphone"),
            "`yes` is not a value of `smartphone`: it is one of true, false",
        ),
        (json!({ "bornOn": 1955 }), ErrorKind::InvalidDate, Some("bornOn"), "`bornOn` is a day, not `1955`"),
        (
            json!({ "enrolledOn": "令和1年4月30日" }),
            ErrorKind::InvalidDate,
            Some("enrolledOn"),
            "`令和1年4月30日` does not lie in 令和: it must mean 平成31年4月30日 (2019-04-30)",
        ),
        (
            json!({ "enrolledOn": "2025-04-01", "endedOn": "2025-03-31" }),
            ErrorKind::Inconsistent,
            Some("endedOn"),
            "`endedOn` (2025-03-31) and `enrolledOn` (2025-04-01) cannot hold together: the cover cannot end before it \
             starts",
        ),
        (
            json!({ "enrolledOn": "令和+6年7月1日" }),
            ErrorKind::InvalidDate,
            Some("enrolledOn"),
            "`令和+6年7月1日` is not a date: write it as 令和6年7月1日 or 2024-07-01",
        ),
        (
            json!({ "enrolledOn": "令和00006年7月1日" }),
            ErrorKind::InvalidDate,
            Some("enrolledOn"),
            "`令和00006年7月1日` is not a date: write it as 令和6年7月1日 or 2024-07-01",
        ),
        (json!([]), ErrorKind::InvalidValue, None, "`a list` is not an object of facts"),
    ] {
        let error = told(&facts).unwrap_err();
        assert_eq!((error.kind(), error.fact(), error.to_string().as_str()), (kind, fact, message));
    }
    for (facts, value, means) in [
        (json!({ "card": "gold" }), Some("gold"), None),
        (json!({ "bornOn": 1955 }), Some("1955"), None),
        (json!({ "enrolledOn": "令和1年4月30日" }), Some("令和1年4月30日"), Some("2019-04-30")),
        (json!({ "cards": "none" }), None, None),
    ] {
        let error = told(&facts).unwrap_err();
        assert_eq!((error.value(), error.means().map(|day| day.to_string()).as_deref()), (value, means), "{facts}");
    }
    let twice = Plain::Object(vec![
        ("card".to_owned(), Plain::Text("none".to_owned())),
        ("card".to_owned(), Plain::Text("lost".to_owned())),
    ]);
    let error = Facts::read(Day::MIN, &twice).unwrap_err();
    assert_eq!(error.to_string(), "`card` is told twice");
}

/// Each pair on the day on which it just cannot hold, and on the next or last on which it can.
#[test]
fn facts_that_cannot_hold_together_are_refused_to_the_day() {
    for (facts, key, refused, accepted) in [
        (json!({ "enrolledOn": "2025-04-01" }), "endedOn", "2025-03-31", "2025-04-01"),
        (json!({ "bornOn": "2025-04-01" }), "enrolledOn", "2025-03-31", "2025-04-01"),
        (json!({ "bornOn": "2025-04-01" }), "endedOn", "2025-03-31", "2025-04-01"),
        (json!({ "asOf": "2025-04-01" }), "bornOn", "2025-04-02", "2025-04-01"),
        (json!({ "bornOn": "1950-04-01" }), "enrolledOn", "2025-04-01", "2025-03-31"),
        (json!({ "asOf": "2025-04-01", "ratioChanged": true }), "bornOn", "1955-04-02", "1955-04-01"),
        (json!({ "oldCard": "held" }), "enrolledOn", "2024-12-02", "2024-12-01"),
        (json!({ "oldCard": "lost" }), "enrolledOn", "2024-12-02", "2024-12-01"),
        (json!({ "oldCard": "held" }), "bornOn", "2024-12-02", "2024-12-01"),
        (
            json!({ "card": "certificate-expired", "asOf": "2026-08-15" }),
            "cardCertificateExpiresOn",
            "2026-08-15",
            "2026-08-14",
        ),
        (json!({ "card": "expired", "asOf": "2026-08-15" }), "cardCertificateExpiresOn", "2026-08-15", "2026-08-14"),
        (json!({ "certificate": "held" }), "asOf", "2024-12-01", "2024-12-02"),
        (json!({ "certificate": "held" }), "certificateExpiresOn", "2024-12-01", "2024-12-02"),
        (
            json!({ "certificate": "held", "enrolledOn": "2025-04-01" }),
            "certificateExpiresOn",
            "2025-03-31",
            "2025-04-01",
        ),
        (json!({ "certificate": "held", "bornOn": "2025-04-01" }), "certificateExpiresOn", "2025-03-31", "2025-04-01"),
        // The grace of a card whose 電子証明書 ended on 15 August 2026 lasts to the end of November.
        (
            json!({ "card": "registered", "portalLogin": true, "cardCertificateExpiresOn": "2026-08-15" }),
            "asOf",
            "2026-12-01",
            "2026-11-30",
        ),
    ] {
        let with = |day: &str| {
            let mut facts = facts.clone();
            facts[key] = json!(day);
            told(&facts).map_err(|error| error.kind())
        };
        assert_eq!(with(refused).err(), Some(ErrorKind::Inconsistent), "{facts} {key} {refused}");
        assert_eq!(with(accepted).err(), None, "{facts} {key} {accepted}");
    }
    for facts in [
        json!({ "card": "lost", "portalLogin": true }),
        json!({ "card": "none", "cardCertificateExpiresOn": "2027-01-01" }),
        json!({ "certificateExpiresOn": "2027-01-01" }),
        json!({ "notice": "not-received", "noticeMismatch": true }),
        json!({ "notice": "undistributed", "noticeMismatch": true }),
    ] {
        assert_eq!(told(&facts).unwrap_err().kind(), ErrorKind::Inconsistent, "{facts}");
    }
}

/// A rules file with one thing changed.
fn broken(pointer: &str, value: Value) -> String {
    let tokyo = insurers().into_iter().find(|insurer| insurer.id == "tokyo-denki").unwrap();
    let mut file: Value = serde_json::from_str(&tokyo.rules.unwrap()).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        object => object[key] = value,
    }
    let error = Rulebook::read(plain(&national_rules()), Some(plain(&file.to_string()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidProfile);
    error.to_string()
}

#[test]
fn rules_that_cannot_be_used_are_refused_with_their_place() {
    for (pointer, value, message) in [
        ("/rules/0/wehn", json!({}), "tokyo-denki.rules[0]: `wehn` means nothing here"),
        ("/rules/0/guidance", json!("show-card"), "tokyo-denki.rules[0].guidance: `show-card` is not a known Guidance"),
        ("/rules/0/sources", json!([]), "tokyo-denki.rules[0].sources: there is no source"),
        ("/rules/0/sources", json!(["S2-999"]), "tokyo-denki.rules[0].sources: `S2-999` is not a statement"),
        ("/rules/0/when", json!({ "crad": "none" }), "tokyo-denki.rules[0].when: `crad` is not a variable"),
        (
            "/rules/0/when",
            json!({ "smartphone": "maybe" }),
            "tokyo-denki.rules[0].when.smartphone: `maybe` is not a value of `smartphone`: it is one of false, true",
        ),
        (
            "/rules/0/when",
            json!({ "any": [{}, { "asOf": { "form": "2025-01-01" } }] }),
            "tokyo-denki.rules[0].when.any[1].asOf: `form` means nothing here",
        ),
        ("/rules/0/when", json!({ "is": "coverd" }), "tokyo-denki.rules[0]: `coverd` is not defined before it is used"),
        (
            "/rules/0/when",
            json!({ "card": "none", "is": "works" }),
            "tokyo-denki.rules[0]: the condition can never hold",
        ),
        (
            "/rules/0/args",
            json!({ "until": { "day": "2025-12-01" } }),
            "tokyo-denki.rules[0].args: `show-mynumber-card` has no argument `until`",
        ),
        (
            "/rules/0/args",
            json!({ "until": { "dya": "2025-12-01" } }),
            "tokyo-denki.rules[0].args.until: one of `text`, `number`, `day`, `derived`, `earliest` is needed",
        ),
        (
            "/parameters/snapshot/day",
            json!("2024-6-28"),
            "tokyo-denki.parameters.snapshot.day: `2024-6-28` is not a day written YYYY-MM-DD",
        ),
        (
            "/parameters/old-cards-end",
            json!({ "day": "2025-12-01", "sources": ["S2-32"] }),
            "tokyo-denki.parameters.old-cards-end: the name is taken by a national parameter",
        ),
        (
            "/outcomes",
            json!([{ "of": "get-card", "fact": "endedOn", "answer": "2027-04-01" }]),
            "tokyo-denki.outcomes[0]: `endedOn` is a day, which nothing done leads to",
        ),
        (
            "/outcomes",
            json!([{ "of": "get-card", "fact": "bornOn", "answer": "soon" }]),
            "tokyo-denki.outcomes[0]: `bornOn` is a day, which nothing done leads to",
        ),
        (
            "/outcomes",
            json!([{ "of": "get-card", "fact": "card", "answer": "gold" }]),
            "tokyo-denki.outcomes[0]: `gold` is not a value of `card`: it is one of registered, unregistered, none, \
             lost, damaged, renewing, certificate-expired, expired, returned, deregistered",
        ),
        (
            "/contacts/0/from",
            json!("hotline-start"),
            "tokyo-denki.contacts[0]: `hotline-start` is neither a day nor a parameter",
        ),
        (
            "/topics/overseas/silent",
            json!([]),
            "tokyo-denki.topics.overseas: neither answered nor silent where end is open or closing and overseas is true",
        ),
        (
            "/topics/overseas/answers",
            json!({ "role": "voluntary" }),
            "tokyo-denki.topics.overseas: answered, but no rule says anything where role is voluntary and end is open or closing and myNumberOnFile is unstated or true and overseas is true",
        ),
        ("/rules/0/by", json!({ "number": 5 }), "tokyo-denki.rules[0].by: a day is needed here"),
        ("/topics/card", json!({}), "tokyo-denki.topics.card: this is not a topic that insurers answer"),
        ("/definitions/0/name", json!("covered"), "tokyo-denki.definitions.covered: the name is taken"),
        ("/sourcesOf/estimated", json!("yes"), "tokyo-denki.sourcesOf.estimated: `yes` is not true or false"),
        ("/reviewBy", Value::Null, "tokyo-denki: `reviewBy` is missing"),
        (
            "/rules/0/when",
            json!({ "asOf": { "from": "neverday" } }),
            "tokyo-denki.rules[0]: `neverday` is neither a day nor a parameter",
        ),
    ] {
        assert_eq!(broken(pointer, value), message, "{pointer}");
    }
    let missing = broken("/topics", json!({}));
    let start = "tokyo-denki.topics: say which situations the material answers, and on which it is silent, for ";
    assert_eq!(missing.strip_prefix(start).map(|topics| topics.split(", ").count()), Some(14), "{missing}");
}

fn any_plain() -> impl Strategy<Value = Plain> {
    let leaf = prop_oneof![
        Just(Plain::Nothing),
        any::<bool>().prop_map(Plain::Truth),
        any::<i64>().prop_map(Plain::Number),
        Just(Plain::Other),
        "\\PC{0,12}".prop_map(Plain::Text),
        prop_oneof![
            Just("registered"),
            Just("true"),
            Just("2024-12-02"),
            Just("9999-12-31"),
            Just("0001-01-01"),
            Just("held")
        ]
        .prop_map(|word| Plain::Text(word.to_owned())),
    ];
    let key =
        prop_oneof![proptest::sample::select(shikaku_navi::Fact::WORDS).prop_map(str::to_owned), "[a-zA-Z]{0,8}",];
    leaf.prop_recursive(3, 24, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Plain::List),
            proptest::collection::vec((key.clone(), inner), 0..8).prop_map(Plain::Object),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes in, an assessment or an error comes out.
    #[test]
    fn no_input_panics(told in any_plain()) {
        static NATIONWIDE: std::sync::LazyLock<Rulebook> =
            std::sync::LazyLock::new(|| Rulebook::read(plain(&national_rules()), None).unwrap());
        let day = Day::from_iso("2026-11-21").unwrap();
        if let Ok(facts) = Facts::read(day, &told) {
            let _ = NATIONWIDE.assess(&facts);
        }
        let _ = Rulebook::read(told, None);
    }

    #[test]
    fn no_text_panics_the_reader_of_dates(text in "\\PC{0,20}") {
        let _ = Day::read(&text);
        let _ = Day::from_iso(&text);
    }
}
