//! Every scenario, answered through the JavaScript binding; runs in Node and in a browser.

#![cfg(target_arch = "wasm32")]

mod common;
#[allow(dead_code, reason = "the properties use the rest")]
#[path = "properties/members.rs"]
mod members;
#[path = "properties/naive.rs"]
mod naive;
#[path = "properties/random.rs"]
mod random;

use common::{Insurer, cases, insurers, misses, national_rules};
use js_sys::{Function, Int32Array, JSON, Object, Reflect};
use naive::Saying;
use serde_json::{Map, Value};
use shikaku_navi::wasm::navi::{load, read_day, today_in_japan};
use shikaku_navi::{Argument, Audit, Day, Fact, Facts, Guidance, Layer, Profile};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn parse(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn to_json(value: &JsValue) -> Value {
    serde_json::from_str(&String::from(JSON::stringify(value).unwrap())).unwrap()
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> JsValue {
    let method: Function = Reflect::get(object, &method.into()).unwrap().dyn_into().unwrap();
    method.call1(object, argument).unwrap()
}

#[wasm_bindgen(module = "/www/engine/navi.js")]
extern "C" {
    /// What callers have of a rulebook.
    #[wasm_bindgen(extends = Object)]
    type Navi;
    #[wasm_bindgen(constructor)]
    fn new(engine: JsValue, memory: JsValue) -> Navi;
}

#[wasm_bindgen(module = "/www/engine/days.js")]
extern "C" {
    #[wasm_bindgen(js_name = dayOf)]
    fn day_of(text: &str) -> i32;
    #[wasm_bindgen(js_name = dayIn)]
    fn day_in(day: i32) -> String;
}

#[wasm_bindgen(module = "/www/engine/facts.js")]
extern "C" {
    fn reading(facts: &JsValue) -> Function;
}

#[wasm_bindgen(module = "/www/engine/kept.js")]
extern "C" {
    type Kept;
    #[wasm_bindgen(constructor)]
    fn new(turns: &JsValue, find: &Function) -> Kept;
    #[wasm_bindgen(method, catch)]
    fn answer(this: &Kept, facts: &Int32Array) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/www/engine/numbers.js")]
extern "C" {
    /// As what follows, only so that the module is there for `navi.js`.
    type Numbers;
}

#[wasm_bindgen(module = "/www/engine/said.js")]
extern "C" {
    type Said;
}

#[wasm_bindgen(module = "/www/engine/words.js")]
extern "C" {
    fn words(text: &str) -> JsValue;
}

/// What the engine puts into an object.
fn into(put: impl FnOnce(&Object)) -> JsValue {
    let object = Object::new();
    put(&object);
    object.into()
}

fn loaded(own: &JsValue) -> JsValue {
    let loaded = into(|loaded| load(&parse(&national_rules()), own, loaded));
    Navi::new(Reflect::get(&loaded, &"navi".into()).unwrap(), wasm_bindgen::memory()).into()
}

fn navi(insurer: &Insurer) -> JsValue {
    loaded(&insurer.rules.as_deref().map_or(JsValue::UNDEFINED, parse))
}

fn national() -> JsValue {
    loaded(&JsValue::UNDEFINED)
}

fn day(text: &JsValue) -> Value {
    to_json(&into(|read| read_day(text, read)))
}

#[wasm_bindgen_test]
fn every_scenario_holds_through_the_binding() {
    let mut failed = Vec::new();
    for insurer in insurers() {
        let navi = navi(&insurer);
        for case in cases(&insurer.scenarios) {
            let answer = to_json(&call(&navi, "assess", &parse(&case["facts"].to_string())));
            let misses = misses(&case, &answer);
            if !misses.is_empty() {
                failed.push(format!("{} {} | {}", case["id"], insurer.id, misses.join("; ")));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What is no day, or of years of which nobody tells anything.
const UNREAD: i32 = i32::MIN + 1;

/// Days cross as numbers, so both sides have to count them alike.
#[wasm_bindgen_test]
fn both_sides_count_days_alike() {
    let mut day = Day::MIN;
    while day < Day::MAX {
        assert_eq!(day_in(day.epoch_days()), day.to_string());
        day = day.plus_days(7);
    }
    assert_eq!(day_in(Day::MAX.epoch_days()), Day::MAX.to_string());
    for (year, month, day) in
        (1896..2105).flat_map(|year| (0..14).flat_map(move |month| (0..33).map(move |day| (year, month, day))))
    {
        let text = format!("{year:04}-{month:02}-{day:02}");
        let there_is = Day::new(year, month, day).filter(|_| (1900..2100).contains(&year));
        assert_eq!(day_of(&text), there_is.map_or(UNREAD, Day::epoch_days), "{text}");
    }
    for text in
        ["0000-01-01", "9999-12-31", "2024/01/01", "2024-1-1", "２０２４-01-01", "2024-01-0:", "202\u{103}-01-01", ""]
    {
        assert_eq!(day_of(text), UNREAD, "{text}");
    }
}

#[wasm_bindgen_test]
fn facts_are_read_as_numbers_or_left_to_the_engine() {
    let facts = r#"[
        ["asOf", []], ["card", ["none", "lost", "held"]], ["smartphone", ["true", "false"]], ["bornOn", []],
        ["enrolledOn", []], ["endedOn", []], ["certificateExpiresOn", []], ["cardCertificateExpiresOn", []],
        ["role", ["insured"]], ["oldCard", ["held"]], ["notice", ["held"]], ["certificate", ["held"]],
        ["needsAssistance", ["true", "false"]], ["portalLogin", ["true", "false"]],
        ["myNumberOnFile", ["true", "false"]], ["noticeMismatch", ["true", "false"]],
        ["nameChanged", ["true", "false"]], ["ratioChanged", ["true", "false"]], ["overseas", ["true", "false"]]
    ]"#;
    let numbers_of = |read: &Function, told: &str| {
        let numbers = Int32Array::new_with_length(7);
        let is_read = read.call2(&JsValue::NULL, &parse(told), &numbers).unwrap().is_truthy();
        is_read.then(|| numbers.to_vec())
    };
    let read = reading(&parse(facts));
    let of = |told: &str| numbers_of(&read, told);
    let none = i32::MIN;
    assert_eq!(of("{}"), Some(vec![0, none, none, none, none, none, none]));
    let told = r#"{"bornOn": "1970-01-02", "smartphone": false, "card": "held", "asOf": null}"#;
    for _ in 0..2 {
        assert_eq!(of(told), Some(vec![0b1011, none, 1, none, none, none, none]));
        assert_eq!(
            of(r#"{"card": "none", "smartphone": true}"#),
            Some(vec![0b101, none, none, none, none, none, none])
        );
    }
    for told in [
        "null",
        "[]",
        r#""none""#,
        r#"{"card": "None"}"#,
        r#"{"card": ""}"#,
        r#"{"card": true}"#,
        r#"{"card": 1}"#,
        r#"{"smartphone": "true"}"#,
        r#"{"smartphone": "2024-01-01"}"#,
        r#"{"asOf": true}"#,
        r#"{"asOf": "令和6年1月1日"}"#,
        r#"{"cards": null}"#,
        r#"{"": "none"}"#,
        r#"{"bornOn": null, "smartphone": null, "card": null, "asOf": null, "": null}"#,
        r#"{"__proto__": {}}"#,
    ] {
        assert_eq!(of(told), None, "{told}");
    }
    for (right, wrong) in [
        (r#"{"card": "lost"}"#, r#"{"card": "None"}"#),
        (r#"{"card": null}"#, r#"{"card": true}"#),
        (r#"{"smartphone": false}"#, r#"{"smartphone": "false"}"#),
        (r#"{"asOf": "2026-04-01"}"#, r#"{"asOf": "2026-04-31"}"#),
        (r#"{"bornOn": "1960-04-01"}"#, r#"{"bornOn": 1960}"#),
        (r#"{"card": "lost", "asOf": null}"#, r#"{"card": "lost", "asOf": null, "roles": "insured"}"#),
    ] {
        let read = reading(&parse(facts));
        let first = numbers_of(&read, right);
        assert!(first.is_some(), "{right}");
        assert_eq!((numbers_of(&read, wrong), numbers_of(&read, right)), (None, first), "{wrong}");
    }
}

/// What comes in the order of what came before is asked for by name: the engine may have no fact that is not.
#[wasm_bindgen_test]
fn every_fact_is_read_by_its_name() {
    let loaded = into(|loaded| load(&parse(&national_rules()), &JsValue::UNDEFINED, loaded));
    let engine = Reflect::get(&loaded, &"navi".into()).unwrap();
    let words = call(&engine, "words", &JsValue::UNDEFINED).as_string().unwrap();
    let facts = words.split('\u{1d}').nth(1).unwrap().split('\u{1e}').skip(1);
    let facts: Vec<_> = facts.map(|fact| fact.split('\u{1f}').collect::<Vec<_>>()).collect();
    assert_eq!(facts.len(), Fact::ALL.len());
    let listed: Vec<_> = facts.iter().map(|fact| serde_json::json!([fact[0], fact[1..]])).collect();
    let listed = parse(&Value::from(listed).to_string());
    for fact in facts {
        let value = match fact.get(1) {
            None => Value::from("2026-11-21"),
            Some(&"true") => Value::from(true),
            Some(word) => Value::from(*word),
        };
        let told = parse(&serde_json::json!({ fact[0]: value }).to_string());
        let read = reading(&listed);
        let [first, again] = [(); 2].map(|()| {
            let numbers = Int32Array::new_with_length(7);
            assert!(read.call2(&JsValue::NULL, &told, &numbers).unwrap().is_truthy());
            numbers.to_vec()
        });
        assert_eq!(first, again, "{}", fact[0]);
        assert!(first[0] != 0 || first.iter().filter(|day| **day == i32::MIN).count() == 5, "{}", fact[0]);
    }
}

#[wasm_bindgen_test]
fn what_was_decided_is_kept_for_the_same_situation_alone() {
    let turns = parse(r#"{"asOf": [100, 200], "enrolledOn": [-30000, 50, 50000], "settled": [6]}"#);
    let kept = Kept::new(&turns, &Function::new_no_args("return {}"));
    let none = i32::MIN;
    let answer = |words, enrolled_on, as_of, born_on| {
        kept.answer(&Int32Array::from(&[words, enrolled_on, as_of, none, none, none, born_on][..])).unwrap()
    };
    let first = answer(3, 40, 150, none);
    assert_eq!(answer(3, 49, 199, none), first);
    for (words, enrolled_on, as_of) in [(4, 40, 150), (3, 50, 150), (3, 40, 99), (3, 40, 200)] {
        assert_ne!(answer(words, enrolled_on, as_of, none), first, "{words} {enrolled_on} {as_of}");
    }
    let upcoming = answer(3, 150, 149, none);
    let new = answer(3, 150, 150, none);
    let running = answer(3, 150, 156, none);
    assert_eq!(
        (answer(3, 150, 140, none), answer(3, 150, 155, none), answer(3, 150, 157, none)),
        (upcoming, new, running)
    );
    // Of other days more may follow, so that nothing is kept.
    for (enrolled_on, as_of, born_on) in [(40, 150, 0), (none, 150, none), (40, none, none)] {
        assert_ne!(answer(3, enrolled_on, as_of, born_on), answer(3, enrolled_on, as_of, born_on));
    }
}

/// More situations than there is room for, some of which cannot be decided the first time.
#[wasm_bindgen_test]
fn what_fails_leaves_nobody_the_answer_of_another() {
    let turns = parse(r#"{"asOf": [], "enrolledOn": [], "settled": [6]}"#);
    let find = Function::new_with_args("", "if (this.fails) throw new Error('no'); return { number: this.number++ };");
    let state = parse(r#"{"number": 0, "fails": false}"#);
    let kept = Kept::new(&turns, &find.bind0(&state));
    let none = i32::MIN;
    let answer = |words| kept.answer(&Int32Array::from(&[words, 0, 9, none, none, none, none][..]));
    let number = |words| Reflect::get(&answer(words).unwrap(), &"number".into()).unwrap().as_f64().unwrap();
    for words in 0..5000 {
        assert!((number(words) - f64::from(words)).abs() < 0.5);
    }
    Reflect::set(&state, &"fails".into(), &true.into()).unwrap();
    for words in 5000..9000 {
        assert!(answer(words).is_err());
    }
    Reflect::set(&state, &"fails".into(), &false.into()).unwrap();
    for words in 5000..9000 {
        assert!((number(words) - f64::from(words)).abs() < 0.5, "{words}");
    }
}

#[wasm_bindgen_test]
fn answers_are_frozen_all_the_way_down() {
    let answer = call(&national(), "assess", &parse("{}"));
    let guidance = Reflect::get(&answer, &"guidance".into()).unwrap();
    let first = Reflect::get_u32(&guidance, 0).unwrap();
    for part in [&answer, &guidance, &first] {
        assert!(Object::is_frozen(part.unchecked_ref::<Object>()));
    }
}

#[wasm_bindgen_test]
fn a_missing_day_is_today_in_japan() {
    let answer = to_json(&call(&national(), "assess", &parse("{}")));
    assert_eq!(answer["asOf"], today_in_japan());
}

#[wasm_bindgen_test]
fn questions_go_on_past_one_that_cannot_be_answered() {
    let questions = to_json(&call(&national(), "questions", &parse(r#"{"asOf": "2026-11-21"}"#)));
    let facts: Vec<_> = questions.as_array().unwrap().iter().map(|question| question["fact"].clone()).collect();
    assert_eq!(facts, ["enrolledOn", "card", "smartphone"]);
}

#[wasm_bindgen_test]
fn errors_come_back_as_values() {
    let navi = national();
    let kind = |facts: &JsValue| to_json(&call(&navi, "assess", facts))["error"]["kind"].clone();
    assert_eq!(kind(&parse(r#"{"card": "gold"}"#)), "invalid-value");
    assert_eq!(kind(&parse(r#"{"cards": "none"}"#)), "unknown-fact");
    assert_eq!(kind(&parse(r#"{"enrolledOn": "2025-02-29"}"#)), "invalid-date");
    assert_eq!(kind(&parse(r#"{"card": "none", "portalLogin": true}"#)), "inconsistent");
    for odd in [JsValue::NULL, JsValue::UNDEFINED, 5.5.into(), "facts".into(), js_sys::Array::new().into()] {
        assert_eq!(kind(&odd), "invalid-value", "{odd:?}");
    }
    assert_eq!(day(&"平成32年4月1日".into())["error"]["means"], "2020-04-01");
    assert_eq!(day(&"R6.7.1".into())["era"], "令和6年7月1日");
}

/// So often that a program that loses a little with each would not live.
#[wasm_bindgen_test]
fn objects_that_bite_are_refused() {
    let itself = Object::new();
    for key in ["card", "asOf", "role"] {
        Reflect::set(&itself, &key.into(), &itself).unwrap();
    }
    let made = |code: &str| Function::new_no_args(code).call0(&JsValue::NULL).unwrap();
    let navi = national();
    assert!(to_json(&call(&navi, "assess", &itself)).get("error").is_some());
    for biting in [
        made("return { get card() { throw new Error('no'); } }"),
        made("return new Proxy([], { get() { throw new Error('no'); } })"),
        made("const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy"),
        made("return new Map([['card', 'none']])"),
        made("return Object.create({ card: 'none' })"),
        made("return new Date()"),
    ] {
        for _ in 0..2000 {
            assert!(Reflect::has(&call(&navi, "assess", &biting), &"error".into()).unwrap());
        }
        assert_eq!(
            to_json(&into(|loaded| load(&biting, &JsValue::UNDEFINED, loaded)))["error"]["kind"],
            "invalid-profile"
        );
        assert_eq!(day(&biting)["error"]["kind"], "invalid-date");
    }
    assert_eq!(to_json(&call(&navi, "assess", &parse(r#"{"card": "none"}"#)))["insurer"], "national");
}

/// What is without end, or all but, is read no further than a rules file may go.
#[wasm_bindgen_test]
fn rules_without_end_are_refused() {
    let made = |code: &str| Function::new_no_args(code).call0(&JsValue::NULL).unwrap();
    for (code, message) in [
        ("const a = { id: 'a' }; a.b = a; a.c = [a, a]; return a", "the file is too deep or too large here"),
        ("return { id: 'a', rules: new Array(4e9) }", "a.rules: the file is too deep or too large here"),
        ("return { id: 'a', b: Array(9e5).fill([1]) }", "a.b: the file is too deep or too large here"),
        (
            "return { id: 'a', b: new Proxy([], { get: (_, key) => (key === 'length' ? 1e15 : []) }) }",
            "a.b: the file is",
        ),
        ("return { id: 'a', get b() { return this; } }", "the file is too deep or too large here"),
        ("return { id: 'a', name: 'x'.repeat(2 ** 28) }", "a.name: a text is too long"),
        ("return { id: 'a', name: '\\u{1F600}'.repeat(1001) }", "a.name: a text is too long"),
        ("return { id: 'a', ['x'.repeat(2 ** 20)]: 1 }", "a: a text is too long"),
    ] {
        let error = to_json(&into(|loaded| load(&parse(&national_rules()), &made(code), loaded)))["error"].clone();
        let said = error["message"].as_str().unwrap();
        assert!(error["kind"] == "invalid-profile" && said.contains(message), "{code}: {said}");
    }
    assert_eq!(to_json(&call(&national(), "assess", &parse("{}")))["insurer"], "national");
}

#[wasm_bindgen_test]
fn circumstances_and_ways_out_come_through() {
    let usual =
        parse(r#"{"asOf": "2026-11-21", "enrolledOn": "2020-04-01", "card": "unregistered", "smartphone": true}"#);
    let brought_up = to_json(&call(&national(), "circumstances", &usual));
    assert!(brought_up.as_array().unwrap().iter().any(|question| question["fact"] == "certificate"), "{brought_up}");
    let assessment = to_json(&call(&national(), "assess", &usual));
    assert_eq!(assessment["alternatives"][0]["changes"], serde_json::json!([{ "fact": "card", "to": "registered" }]));
}

/// What a caller hands over to tell these facts.
fn told(facts: &Facts) -> Value {
    let value = |fact: Fact| serde_json::to_value(facts.get(fact)?).ok();
    Value::Object(Fact::ALL.iter().filter_map(|fact| Some((fact.to_string(), value(*fact)?))).collect())
}

/// What an answer says, and about which core fact it asks.
fn said(answer: &Value) -> (Vec<Saying>, Option<Fact>) {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let args = |args: &Map<String, Value>| {
        args.iter().map(|(name, value)| (Argument::from_word(name).unwrap(), text(value))).collect()
    };
    let word = |item: &Value, key: &str| item[key].as_str().map(str::to_owned);
    let saying = |item: &Value| {
        let guidance = Guidance::from_word(&word(item, "id").unwrap()).unwrap();
        let layer = Layer::from_word(&word(item, "layer").unwrap()).unwrap();
        let by = word(item, "by").map(|day| Day::from_iso(&day).unwrap());
        (guidance, layer, args(item["args"].as_object().unwrap()), by)
    };
    let mut said: Vec<Saying> = answer["guidance"].as_array().unwrap().iter().map(saying).collect();
    said.sort();
    let asked = answer["question"]["fact"].as_str().and_then(Fact::from_word);
    (said, asked.filter(|fact| Fact::CORE.contains(fact)))
}

/// More by hand: `cargo xtask random`.
#[wasm_bindgen_test]
fn members_at_random_are_told_through_the_binding_what_the_naive_engine_says() {
    let members = option_env!("RANDOM").map_or(2000, |members| members.parse().unwrap());
    let navis: Vec<_> = insurers().iter().map(navi).collect();
    for number in 0..members {
        if let Some((pair, facts)) = random::member(number) {
            let index = members::PAIRS.iter().position(|other| std::ptr::eq(pair, other)).unwrap();
            let answer = to_json(&call(&navis[index], "assess", &parse(&told(&facts).to_string())));
            assert_eq!(said(&answer), random::said(pair, &facts), "member {number}: {facts:?}");
        }
    }
}

/// A browser looks at every situation as well, exactly.
#[wasm_bindgen_test]
fn every_situation_can_be_looked_at_here() {
    let profile = |json: &str| Profile::read(serde_json::from_str(json).unwrap()).unwrap();
    let insurer = insurers().into_iter().find(|insurer| insurer.id == "myna-qa").unwrap();
    let own = insurer.rules.as_deref().map(profile);
    let audit = Audit::of(&profile(&national_rules()), own.as_ref(), &[]).unwrap();
    assert!(audit.situations > 1_000_000_000, "{}", audit.situations);
    assert!(audit.defects.is_empty(), "{:?}", audit.defects);
}
