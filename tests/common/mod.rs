//! What every kind of test shares: the rules files, the scenarios, and how a scenario is judged.

#![allow(dead_code, reason = "each test uses what it needs")]

use serde_json::{Value, json};
use shikaku_navi::{Plain, Rulebook};

/// The national rules.
#[cfg(target_arch = "wasm32")]
pub(crate) fn national_rules() -> String {
    include_str!("../../www/rules/national.json").to_owned()
}

/// The national rules.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn national_rules() -> String {
    std::fs::read_to_string(root().join("www/rules/national.json")).unwrap()
}

/// The project's folder; another one, to see whether the tests find what is wrong there.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn root() -> std::path::PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

/// An insurer's rules file and its scenarios; `national` has no rules file of its own.
pub(crate) struct Insurer {
    pub(crate) id: String,
    pub(crate) rules: Option<String>,
    pub(crate) scenarios: String,
}

/// What holds nationwide, then every insurer there is a file for.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn insurers() -> Vec<Insurer> {
    let root = root();
    let scenarios =
        |id: &str| std::fs::read_to_string(root.join(format!("tests/scenarios/{id}.jsonl"))).unwrap_or_default();
    let mut files: Vec<_> =
        std::fs::read_dir(root.join("www/rules/insurers")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let insurers = files.into_iter().map(|file| {
        let id = file.file_stem().unwrap().to_string_lossy().into_owned();
        Insurer { rules: Some(std::fs::read_to_string(&file).unwrap()), scenarios: scenarios(&id), id }
    });
    let national = Insurer { id: "national".to_owned(), rules: None, scenarios: scenarios("national") };
    std::iter::once(national).chain(insurers).collect()
}

/// A browser reads no files, so these are put into the program.
#[cfg(target_arch = "wasm32")]
pub(crate) fn insurers() -> Vec<Insurer> {
    macro_rules! insurer {
        ($id:literal) => {
            Insurer {
                id: $id.to_owned(),
                rules: Some(include_str!(concat!("../../www/rules/insurers/", $id, ".json")).to_owned()),
                scenarios: include_str!(concat!("../scenarios/", $id, ".jsonl")).to_owned(),
            }
        };
    }
    let scenarios = include_str!("../scenarios/national.jsonl").to_owned();
    let national = Insurer { id: "national".to_owned(), rules: None, scenarios };
    let [one, two, three, four, five] = [
        insurer!("mail-notice"),
        insurer!("web-notice"),
        insurer!("tokyo-denki"),
        insurer!("myna-qa"),
        insurer!("rokin"),
    ];
    vec![national, one, two, three, four, five]
}

/// Rules for all of Japan that are few enough to be judged by eye.
pub(crate) fn only_rules(rules: &Value) -> Value {
    json!({
        "id": "national", "name": { "ja": "全国" }, "version": "2026-11-21", "reviewBy": "2027-05-31",
        "sourcesOf": { "day": "2026-11-01", "sources": ["N-01"] },
        "documents": { "N": { "ja": "資料" } },
        "statements": { "N-01": "1", "N-02": "2", "N-03": "3" },
        "topics": {},
        "rules": rules,
    })
}

pub(crate) fn plain(json: &str) -> Plain {
    serde_json::from_str(json).unwrap()
}

pub(crate) fn rulebook(insurer: &Insurer) -> Rulebook {
    let read = Rulebook::read(plain(&national_rules()), insurer.rules.as_deref().map(plain));
    read.unwrap_or_else(|error| panic!("www/rules/insurers/{}.json: {error}", insurer.id))
}

pub(crate) fn cases(scenarios: &str) -> Vec<Value> {
    scenarios.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What an answer lacks of what a scenario wants, or has of what it forbids.
pub(crate) fn misses(case: &Value, answer: &Value) -> Vec<String> {
    let list = |key: &str| case[key].as_array().cloned().unwrap_or_default();
    if let Some(error) = case.get("error") {
        let wrong = error.as_object().unwrap().iter().filter(|(key, value)| answer["error"][key] != **value);
        return wrong.map(|(key, value)| format!("error {key} is not {value}: {answer}")).collect();
    }
    if answer.get("error").is_some() {
        return vec![answer.to_string()];
    }
    let mut misses = Vec::new();
    misses.extend(list("expect").iter().filter(|wanted| !has(answer, wanted)).map(|wanted| format!("lacks {wanted}")));
    misses.extend(
        list("mustNot").iter().filter(|unwanted| has(answer, unwanted)).map(|unwanted| format!("has {unwanted}")),
    );
    for warning in list("warnings") {
        if !answer["warnings"].as_array().unwrap().iter().any(|one| one["id"] == warning) {
            misses.push(format!("no warning {warning}"));
        }
    }
    for change in list("changes") {
        let found = answer["changes"].as_array().unwrap().iter().any(|one| {
            let names = |key: &str| change.get(key).is_none_or(|id| one[key].as_array().unwrap().contains(id));
            one["on"] == change["on"] && names("starts") && names("ends")
        });
        if !found {
            misses.push(format!("no change {change}"));
        }
    }
    if let Some(fact) = case.get("question").filter(|fact| answer["question"]["fact"] != **fact) {
        misses.push(format!("asks {}, not {fact}", answer["question"]));
    }
    if case.get("notQuestion").is_some_and(|fact| answer["question"]["fact"] == *fact) {
        misses.push(format!("asks {}", case["notQuestion"]));
    }
    misses
}

/// Numbers that look random and are the same each time (`SplitMix64`).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn from(seed: u64) -> Numbers {
        let mut numbers = Numbers(seed);
        numbers.0 = numbers.next();
        numbers
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

fn has(answer: &Value, wanted: &Value) -> bool {
    if let Some(phone) = wanted.get("contact").and_then(Value::as_str) {
        let mut lines = answer["contacts"].as_array().unwrap().iter().filter(|line| line["phone"] == phone);
        return lines.clone().any(|line| line["open"] == wanted["open"])
            || (wanted["open"] == false && lines.next().is_none());
    }
    let id = wanted.get("id").unwrap_or(wanted);
    let args = wanted.get("args").and_then(Value::as_object).cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    answer["guidance"]
        .as_array()
        .unwrap()
        .iter()
        .any(|item| item["id"] == *id && args.iter().all(|(name, value)| text(&item["args"][name]) == text(value)))
}
