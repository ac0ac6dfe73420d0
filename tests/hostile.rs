//! Rules files that are wrong, huge, hard or made to deceive: each is refused with its place, and the worst that is not
//! costs a moment.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::time::{Duration, Instant};

use common::{insurers, national_rules, only_rules, plain};
use serde_json::{Value, json};
use shikaku_navi::{Day, Error, ErrorKind, Facts, Role, Rulebook, Variable};

const LARGE: &str = "the file is too deep or too large here";

fn tokyo() -> Value {
    let tokyo = insurers().into_iter().find(|insurer| insurer.id == "tokyo-denki").unwrap();
    serde_json::from_str(&tokyo.rules.unwrap()).unwrap()
}

fn read(file: &Value) -> Result<Rulebook, Error> {
    Rulebook::read(plain(&national_rules()), Some(plain(&file.to_string())))
}

fn refused(file: &Value) -> String {
    let Err(error) = read(file) else { panic!("it is not refused") };
    assert_eq!(error.kind(), ErrorKind::InvalidProfile);
    error.to_string()
}

/// Why a rules file is refused in which something else stands at one place.
fn with(pointer: &str, value: Value) -> String {
    let mut file = tokyo();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match file.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        object => object[key] = value,
    }
    refused(&file)
}

#[test]
fn what_is_too_large_or_too_deep_is_refused_with_its_place() {
    let deep = |inner: &str, levels: usize| {
        let text = format!("{}{{}}{}", format!("{{\"{inner}\":").repeat(levels), "}".repeat(levels));
        serde_json::from_str::<Value>(&text).unwrap()
    };
    // The file, the list of rules and the rule stand around it.
    assert_eq!(
        with("/rules/0/when", deep("not", 29)),
        format!("tokyo-denki.rules[0].when{}: {LARGE}", ".not".repeat(29))
    );
    assert_eq!(with("/rules/0/when", deep("not", 28)), "tokyo-denki.rules[0]: the condition can never hold");
    let earliest = (0..15).fold(json!({ "day": "2025-01-01" }), |inner, _| json!({ "earliest": [inner] }));
    assert!(with("/rules/0/by", earliest).ends_with(&format!(".earliest: {LARGE}")));
    assert_eq!(with("/rules", json!(vec![0; 1001])), format!("tokyo-denki.rules: {LARGE}"));
    assert_eq!(with("/rules/0/sources", json!(vec!["S2-01"; 1001])), format!("tokyo-denki.rules[0].sources: {LARGE}"));
    assert_eq!(
        with("/rules/3/when", json!({ "any": vec![json!({ "all": vec![json!({}); 999] }); 20] })),
        format!("tokyo-denki.rules[3].when.any[19].all[635]: {LARGE}")
    );
    assert_eq!(with("/name/ja", json!("組".repeat(1334))), "tokyo-denki.name.ja: a text is too long");
    let outcome = json!({ "of": "get-card", "fact": "card", "answer": "registered" });
    assert_eq!(with("/outcomes", json!(vec![outcome; 33])), "tokyo-denki.outcomes: there are too many");
    let days: Vec<Value> = (1..=28)
        .flat_map(|day| [1, 2, 3].map(|month| json!({ "asOf": { "to": format!("2025-{month:02}-{day:02}") } })))
        .collect();
    assert_eq!(
        with("/rules/0/when", json!({ "any": days })),
        "tokyo-denki: the rules name 97 days for `asOf`, more than 62"
    );
}

/// What is just as large as it may be is read, and one thing more is too much.
#[test]
fn what_is_as_large_as_can_be_is_read() {
    let rule = |when: Value| json!({ "guidance": "keep-notice", "topic": "visit", "when": when, "sources": ["N-01"] });
    let outcome = json!({ "of": "get-card", "fact": "card", "answer": "registered" });
    let text = |bytes: usize| json!("x".repeat(bytes));
    let days = |count: i64| -> Vec<Value> {
        let day = |number: i64| Day::from_iso("2030-01-01").unwrap().plus_days(number).to_string();
        (0..count).map(|number| json!({ "asOf": { "from": day(number) }, "role": "insured" })).collect()
    };
    // None of these boxes lies in another: each is a situation of its own.
    let cases = |count: usize| -> Vec<Value> {
        let of = |number: usize| {
            let (who, notice, rest) = (number % 4, number / 4 % 6, number / 24);
            let truth = |bit: usize| json!(rest >> bit & 1 == 1);
            json!({
                "role": Role::WORDS[who], "notice": Variable::Notice.values().unwrap()[notice],
                "smartphone": truth(0), "overseas": truth(1), "nameChanged": truth(2), "ratioChanged": truth(3),
                "needsAssistance": truth(4),
            })
        };
        (0..count).map(of).collect()
    };
    // Of five things, an even number is so: sixteen boxes that nothing makes fewer.
    let even = || {
        let facts = ["smartphone", "overseas", "nameChanged", "ratioChanged", "needsAssistance"];
        let holds = |number: usize| {
            facts.into_iter().enumerate().map(move |(bit, fact)| (fact.to_owned(), json!(number >> bit & 1 == 1)))
        };
        let numbers = (0..32_usize).filter(|number| number.count_ones() % 2 == 0);
        numbers.map(|number| Value::Object(holds(number).collect())).collect::<Vec<Value>>()
    };
    let with = |key: &str, value: Value| {
        let mut file = only_rules(&json!([rule(json!({}))]));
        file["definitions"] = json!([{ "name": "even", "when": { "any": even() } }]);
        file[key] = value;
        Rulebook::read(plain(&file.to_string()), None).map_err(|error| error.to_string())
    };
    let rules = |more: usize| -> Value {
        let even = std::iter::repeat_n(json!({ "is": "even" }), 512);
        even.chain(std::iter::repeat_n(json!({}), more)).map(rule).collect()
    };
    let defined = |any: Vec<Value>| json!([{ "name": "then", "when": { "any": any } }]);
    let statements = |count: usize| -> Value {
        (1..=count).map(|number| (format!("N-{number:02}"), text(1))).collect::<serde_json::Map<_, _>>().into()
    };
    for (key, most, more, message) in [
        ("rules", rules(0), rules(1), "national: the rules fall into too many cases"),
        (
            "statements",
            json!({ "N-01": text(4000) }),
            json!({ "N-01": text(4001) }),
            "national.statements.N-01: a text is too long",
        ),
        (
            "statements",
            statements(1000),
            statements(1001),
            "national.statements: the file is too deep or too large here",
        ),
        ("outcomes", json!(vec![&outcome; 32]), json!(vec![&outcome; 33]), "national.outcomes: there are too many"),
        (
            "definitions",
            defined(days(62)),
            defined(days(63)),
            "national: the rules name 63 days for `asOf`, more than 62",
        ),
        (
            "definitions",
            defined(cases(512)),
            defined(cases(513)),
            "national.definitions.then: a condition splits into more than 512 cases: write it as several rules",
        ),
    ] {
        assert_eq!(with(key, most).err(), None, "{key}");
        assert_eq!(with(key, more).err().as_deref(), Some(message));
    }
}

#[test]
fn what_refers_to_itself_or_to_what_comes_later_is_refused() {
    for definitions in [
        json!([{ "name": "a", "when": { "is": "a" } }]),
        json!([{ "name": "a", "when": { "is": "b" } }, { "name": "b", "when": { "is": "a" } }]),
    ] {
        let named = &definitions[0]["when"]["is"].as_str().unwrap().to_owned();
        assert_eq!(
            with("/definitions", definitions),
            format!("tokyo-denki.definitions.a: `{named}` is not defined before it is used")
        );
    }
    assert_eq!(
        with("/id", json!("national")),
        "national.topics.notice-delivery: `arises` is missing",
        "an insurer does not speak for all of Japan"
    );
}

#[test]
fn texts_that_are_not_what_they_look_like_are_refused() {
    for unseen in [
        '\0',
        '\u{1b}',
        '\n',
        '\u{7f}',
        '\u{85}',
        '\u{ad}',
        '\u{61c}',
        '\u{200b}',
        '\u{200d}',
        '\u{200e}',
        '\u{200f}',
        '\u{2028}',
        '\u{202a}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{feff}',
        '\u{e0041}',
    ] {
        let code = "nobody sees character 3 of a text";
        let text = format!("電話{unseen}0120");
        assert_eq!(with("/name/en", json!(text)), format!("tokyo-denki.name.en: {code}"));
        assert_eq!(with("/statements/S2-01", json!(text)), format!("tokyo-denki.statements.S2-01: {code}"));
        // A place that cannot be read does not stand in an error.
        assert_eq!(with(&format!("/forms/{text}"), json!({})), format!("tokyo-denki.forms: {code}"));
    }
    // One form of a kanji, an accent of its own, and letters from right to left belong to names.
    for name in ["辻\u{e0100}健保組合", "cafe\u{301}", "שלום"] {
        let mut file = tokyo();
        file["name"]["ja"] = json!(name);
        assert!(read(&file).is_ok(), "{name}");
    }
}

#[test]
fn what_leads_elsewhere_is_refused() {
    let site = |url: &str| json!([{ "id": "portal", "url": url, "with": [], "sources": ["S2-01"] }]);
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://example.jp/",
        "//example.jp/",
        "HTTPS://example.jp/",
        "https:/example.jp/",
        "https://",
        "https:///example.jp",
        "https://user@example.jp/",
        "https://user:word@example.jp/",
        "https://example.jp\\@evil.example/",
        "https://exаmple.jp/",
        "https://健保.jp/",
        "https://example.jp/健保",
        "https://example.jp/ x",
        "https://example.jp:8443/",
        " https://example.jp/",
    ] {
        assert_eq!(
            with("/sites", site(url)),
            format!("tokyo-denki.sites[0].url: `{url}` is not `https://` and a name in ASCII")
        );
    }
    for phone in ["", "03-", "-03", "03--1", "03-1234;ext=5", "０３-1234", "03-1234-<b>", "+81-3-1234"] {
        assert_eq!(
            with("/contacts/0/phone", json!(phone)),
            format!("tokyo-denki.contacts[0].phone: `{phone}` is not digits and hyphens")
        );
    }
    for id in ["", "Tokyo", "../national", "<b>", &"a".repeat(65)] {
        assert_eq!(with("/id", json!(id)), "id: at most 64 small letters, digits and hyphens are needed");
    }
    let mut longest = tokyo();
    longest["id"] = json!("a".repeat(64));
    assert!(read(&longest).is_ok());
}

#[test]
fn what_the_page_alone_shows_is_read_too() {
    for (pointer, value, message) in [
        ("/name", json!("組合"), "tokyo-denki.name: `組合` is not an object"),
        ("/name", json!({ "en": "Society" }), "tokyo-denki.name: `ja` is missing"),
        ("/name/en", json!(""), "tokyo-denki.name.en: `` is not a text"),
        ("/documents/S2", json!([]), "tokyo-denki.documents.S2: `a list` is not an object"),
        (
            "/insurerNumber",
            json!("１２３４５６７８"),
            "tokyo-denki.insurerNumber: `１２３４５６７８` is not eight digits",
        ),
        ("/insurerNumber", json!("1234567"), "tokyo-denki.insurerNumber: `1234567` is not eight digits"),
        ("/insurerNumber", json!("1234567x"), "tokyo-denki.insurerNumber: `1234567x` is not eight digits"),
        ("/notes", json!({}), "tokyo-denki.notes: `an object` is not a list"),
        ("/notes/0/text", json!({ "ja": ["<b>"] }), "tokyo-denki.notes[0].text.ja: `a list` is not a text"),
        ("/notes/0/text", Value::Null, "tokyo-denki.notes[0].text: `null` is not an object"),
        ("/forms/x", json!({ "text": {} }), "tokyo-denki.forms.x.text: `ja` is missing"),
        ("/contacts/0/name", json!({ "ja": 9 }), "tokyo-denki.contacts[0].name.ja: `9` is not a text"),
    ] {
        assert_eq!(with(pointer, value), message, "{pointer}");
    }
}

/// As many boxes as `count`, of which hardly any covers another: the numbers in binary, a few variables each.
fn boxes(count: usize) -> Vec<Value> {
    let variables = ["needsAssistance", "noticeMismatch", "nameChanged", "ratioChanged", "overseas", "smartphone"];
    let lists = [
        ("role", ["insured", "dependent", "voluntary", "employer"]),
        ("notice", ["held", "not-received", "lost", "damaged"]),
        ("certificate", ["none", "held", "lost", "damaged"]),
    ];
    (0..count)
        .map(|number| {
            let mut condition = json!({});
            let mut seed = number * 2_654_435_761 + 12_345;
            let mut next = |most: usize| {
                seed = (seed.wrapping_mul(6_364_136_223_846_793_005)).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 33) % most
            };
            for variable in variables {
                match next(3) {
                    0 => condition[variable] = json!(false),
                    1 => condition[variable] = json!(true),
                    _ => {}
                }
            }
            for (variable, values) in lists {
                let chosen: Vec<&str> = values.into_iter().filter(|_| next(2) == 0).collect();
                if !chosen.is_empty() {
                    condition[variable] = json!(chosen);
                }
            }
            condition
        })
        .collect()
}

#[test]
fn what_is_hard_to_work_out_is_refused_by_count_and_not_by_clock() {
    assert_eq!(
        with("/rules/0/when", json!({ "any": boxes(900) })),
        "tokyo-denki.rules[0]: a condition splits into more than 512 cases: write it as several rules"
    );
    for intricate in [json!({ "any": boxes(120) }), json!({ "all": vec![json!({ "not": { "any": boxes(6) } }); 100] })]
    {
        assert_eq!(
            with("/rules/0/when", intricate),
            "tokyo-denki.rules[0]: the conditions up to this one are too intricate: write them more simply"
        );
    }
}

/// A rules file of many rules that hold in many cases each.
fn wide(rules: usize, cases: usize) -> Value {
    let mut file = tokyo();
    let mut any = boxes(cases);
    for (number, one) in any.iter_mut().enumerate() {
        one["enrolledOn"] = json!({ "to": format!("20{}-01-01", 30 + number) });
    }
    file["definitions"].as_array_mut().unwrap().push(json!({ "name": "wide", "when": { "any": any } }));
    let rule = |number: usize| {
        json!({
            "guidance": "keep-notice",
            "topic": "notice-delivery",
            "when": { "is": "wide" },
            "by": { "day": format!("20{}-{:02}-01", 30 + number % 60, 1 + number / 60 % 12) },
            "sources": ["S2-01"],
        })
    };
    file["rules"].as_array_mut().unwrap().extend((0..rules).map(rule));
    file
}

/// How long a rules file takes to be used or refused, at best.
fn cost(file: &Value) -> Duration {
    let text = file.to_string();
    let once = || {
        let (national, own) = (plain(&national_rules()), plain(&text));
        let now = Instant::now();
        let rulebook = Rulebook::read(national, Some(own));
        let taken = now.elapsed();
        // What can be used also answers in no time.
        if let Ok(rulebook) = rulebook {
            rulebook.assess(&Facts::on(Day::from_iso("2026-11-21").unwrap())).unwrap();
        }
        taken
    };
    (0..3).map(|_| once()).min().unwrap()
}

/// The limits, each all but reached: whatever a file holds, it takes a few hundred times as long as a real one, which
/// takes a millisecond.
#[test]
fn the_worst_that_can_be_given_costs_a_moment() {
    let too_many = refused(&wide(900, 6));
    assert_eq!(too_many, "tokyo-denki: the rules fall into too many cases");
    let mut texts = tokyo();
    let long = || (0..999).map(|number| (format!("{number}{}", "語".repeat(1300)), json!("組".repeat(1300))));
    let words: serde_json::Map<String, Value> = std::iter::once(("ja".to_owned(), json!("組"))).chain(long()).collect();
    texts["documents"] =
        (0..16).map(|number| (number.to_string(), json!(words))).collect::<serde_json::Map<_, _>>().into();
    assert!(read(&texts).is_ok());
    let usual = cost(&tokyo());
    for (what, file) in [("cases", wide(900, 5)), ("steps", wide(900, 8)), ("texts", texts)] {
        let cost = cost(&file);
        println!("{what}: {cost:?}, a real one {usual:?}");
        assert!(cost < usual * 2000, "{what}: {cost:?}, a real one {usual:?}");
    }
}
