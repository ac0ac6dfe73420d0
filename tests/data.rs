//! The rules files and the texts: complete, sourced, and as their schemas say.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{insurers, national_rules, rulebook};
use serde_json::Value;
use shikaku_navi::{Fact, Guidance, Layer, Section, Topic, WarningId};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The rules files by the name of their file.
fn files() -> Vec<(String, Value)> {
    let read = |id: &str, text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{id}.json: {error}"));
    let files = insurers().into_iter();
    files
        .map(|insurer| {
            let file = read(&insurer.id, insurer.rules.as_deref().unwrap_or(&national_rules()));
            (insurer.id, file)
        })
        .collect()
}

/// Every statement id under a key `sources`, wherever it stands.
fn cited(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_array() {
                    Some(ids) if key == "sources" => found.extend(ids.iter().map(|id| id.as_str().unwrap().to_owned())),
                    _ => cited(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| cited(item, found)),
        _ => {}
    }
}

/// Each statement is cited, or stands among those that are no guidance with the reason; never both.
#[test]
fn every_statement_is_accounted_for() {
    let files = files();
    let mut statements = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut idle = BTreeMap::new();
    for (id, file) in &files {
        for statement in file["statements"].as_object().unwrap().keys() {
            assert!(statements.insert(statement.clone()), "{id}: {statement} stands in another file too");
            let (prefix, number) = statement.rsplit_once('-').unwrap();
            assert!(file["documents"][prefix].is_object(), "{id}: {statement} is of no document");
            let before = number.parse::<u32>().unwrap() - 1;
            let follows = before == 0 || statements.contains(&format!("{prefix}-{before:02}"));
            assert!(follows, "{id}: {prefix}-{before:02} is missing before {statement}");
        }
        cited(file, &mut used);
        for (statement, reason) in file["notGuidance"].as_object().into_iter().flatten() {
            assert!(reason.as_str().unwrap().len() > 10, "{id}: why {statement} is no guidance is not said");
            assert!(idle.insert(statement.clone(), id).is_none(), "{statement} is listed twice");
        }
    }
    // What was read out of the sources, as many as there are.
    for (prefix, count) in [("S0", 39), ("S1", 62), ("S2", 104), ("S3", 33), ("S4", 34), ("N", 23)] {
        let found = statements.iter().filter(|id| id.starts_with(&format!("{prefix}-"))).count();
        assert_eq!(found, count, "statements of {prefix}");
    }
    let unknown: Vec<_> = used.iter().chain(idle.keys()).filter(|id| !statements.contains(*id)).collect();
    let twice: Vec<_> = idle.keys().filter(|id| used.contains(*id)).collect();
    let open: Vec<_> = statements.iter().filter(|id| !used.contains(*id) && !idle.contains_key(*id)).collect();
    assert!(unknown.is_empty(), "cited, but no statements: {unknown:?}");
    assert!(twice.is_empty(), "cited and said to be no guidance: {twice:?}");
    assert!(
        open.is_empty(),
        "cited by no rule, parameter, contact or note, and not in `notGuidance` with a reason: {open:?}"
    );
}

/// What stands beside the rules, the days, contacts, forms, notes and so on, by its place: no guidance shows what it
/// rests on, so that a second reader of the sources has to say it.
#[test]
fn what_stands_beside_the_rules_rests_on_its_statements() {
    let read = json(include_str!("claims/sources.json"));
    for (id, file) in files() {
        let mut found = serde_json::Map::new();
        for (part, things) in file.as_object().unwrap().iter().filter(|(part, _)| *part != "rules") {
            let names = |thing: &Value| {
                ["id", "name", "guidance"].iter().find_map(|key| thing[key].as_str()).map(str::to_owned)
            };
            let things: Vec<(Option<String>, &Value)> = match things {
                Value::Object(things) => things.iter().map(|(name, thing)| (Some(name.clone()), thing)).collect(),
                Value::Array(things) => things.iter().map(|thing| (names(thing), thing)).collect(),
                _ => Vec::new(),
            };
            for (name, thing) in things.into_iter().filter(|(_, thing)| thing["sources"].is_array()) {
                let place = format!("{part}.{}", name.unwrap());
                assert!(
                    found.insert(place.clone(), thing["sources"].clone()).is_none(),
                    "{id}: {place} is there twice"
                );
            }
        }
        let read = read[&id].as_object().cloned().unwrap_or_default();
        let places: BTreeSet<&String> = found.keys().chain(read.keys()).collect();
        let differ: Vec<_> = places.into_iter().filter(|place| found.get(*place) != read.get(*place)).collect();
        assert!(
            differ.is_empty(),
            "{id}: these do not rest on what tests/claims/sources.json has for them: {differ:?}"
        );
    }
}

#[test]
fn every_rules_file_fits_its_schema() {
    let schemas = [include_str!("../www/rules/national.schema.json"), include_str!("../www/rules/insurer.schema.json")];
    let [national, insurer] = schemas.map(|schema| jsonschema::validator_for(&json(schema)).unwrap());
    for (id, file) in files() {
        assert_eq!(file["id"], id, "the `id` in a rules file has to be the name of the file");
        let validator = if id == "national" { &national } else { &insurer };
        let errors: Vec<_> =
            validator.iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{id}:\n{}", errors.join("\n"));
    }
}

/// What is for members is there in Japanese and in English, and in all languages if in any other; the name of a form
/// is what is printed on it.
#[test]
fn every_text_is_there_in_other_languages_too() {
    fn lacking(value: &Value, at: &str, found: &mut Vec<String>) {
        let has = |language: &&str| value.get(language).is_some_and(Value::is_string);
        let others = ["zh-Hans", "ko", "es", "pt"];
        let is_complete = has(&"en") && (others.iter().all(has) || !others.iter().any(has));
        if has(&"ja") && !is_complete && !at.contains(".forms.") {
            found.push(at.to_owned());
        }
        let parts: Vec<(String, &Value)> = match value {
            Value::Object(object) => object.iter().map(|(key, inside)| (key.clone(), inside)).collect(),
            Value::Array(items) => items.iter().enumerate().map(|(number, item)| (number.to_string(), item)).collect(),
            _ => Vec::new(),
        };
        for (key, inside) in parts {
            lacking(inside, &format!("{at}.{key}"), found);
        }
    }
    let mut found = Vec::new();
    for (id, file) in files() {
        lacking(&file, &id, &mut found);
    }
    assert!(found.is_empty(), "not in every language: {found:?}");
}

#[test]
fn every_rules_file_is_read_and_nothing_in_it_is_idle() {
    for insurer in insurers() {
        rulebook(&insurer);
    }
    for (id, file) in files() {
        let text = file.to_string();
        let times = |name: &str| text.matches(&format!("\"{name}\"")).count();
        for kind in ["parameters", "forms"] {
            for name in file[kind].as_object().into_iter().flat_map(|entries| entries.keys()) {
                let others = insurers().into_iter().filter(|_| id == "national").filter_map(|other| other.rules);
                let used = times(name) > 1 || others.into_iter().any(|other| other.contains(&format!("\"{name}\"")));
                assert!(used, "{id}: `{name}` of {kind} is used nowhere");
            }
        }
        let list = |kind: &str| file[kind].as_array().cloned().unwrap_or_default();
        let mut contacts: Vec<Value> = list("contacts").iter().map(|contact| contact["id"].clone()).collect();
        let all = contacts.len();
        contacts.sort_by_key(Value::to_string);
        contacts.dedup();
        assert_eq!(contacts.len(), all, "{id}: two contacts have one id");
        for note in list("notes") {
            let said = national_rules().contains(&format!("\"guidance\": {}", note["guidance"]))
                || list("rules").iter().any(|rule| rule["guidance"] == note["guidance"]);
            assert!(said, "{id}: there is a note on {}, which is never said", note["guidance"]);
        }
        let day = |value: &Value| value.as_str().unwrap().to_owned();
        assert!(day(&file["reviewBy"]) > day(&file["version"]), "{id}: `reviewBy` has to lie after `version`");
        assert!(day(&file["version"]) >= day(&file["sourcesOf"]["day"]), "{id}: `version` is older than its sources");
        let rules = list("rules");
        for pair in rules.windows(2) {
            let [one, next] = [&pair[0], &pair[1]].map(|rule| rule["guidance"].as_str().unwrap().to_owned());
            let place = |word: &str| Guidance::WORDS.iter().position(|other| *other == word);
            assert!(place(&one) <= place(&next), "{id}: rules stand most urgent first, so {next} stands before {one}");
        }
        for text in strings(&file) {
            assert!(!text.contains("http:") && !text.contains('<'), "{id}: {text}");
        }
    }
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(object) => object.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// Each word that can come out of the engine has a text, and no text is for a word that cannot.
#[test]
fn every_word_has_a_text_and_every_text_a_word() {
    let texts = json(include_str!("../www/locales/ja.json"));
    let keys = |part: &str| -> BTreeSet<String> { texts[part].as_object().unwrap().keys().cloned().collect() };
    let words = |words: &[&str]| -> BTreeSet<String> { words.iter().map(|word| (*word).to_owned()).collect() };
    assert_eq!(keys("guidance"), words(Guidance::WORDS));
    assert_eq!(keys("sections"), words(Section::WORDS));
    assert_eq!(keys("topics"), words(Topic::WORDS));
    assert_eq!(keys("warnings"), words(WarningId::WORDS));
    assert_eq!(keys("facts"), words(Fact::WORDS));
    assert_eq!(keys("layers"), words(Layer::WORDS));
}

/// A text speaks of the arguments its guidance has, and of no other.
#[test]
fn texts_and_arguments_agree() {
    let texts = json(include_str!("../www/locales/ja.json"));
    for guidance in Guidance::ALL {
        let text = &texts["guidance"][guidance.word()];
        assert!(text["title"].is_string() && text["text"].is_string(), "{guidance}");
        assert!(
            !text["title"].as_str().unwrap().contains('{') && !text["text"].as_str().unwrap().contains('{'),
            "{guidance}"
        );
        let told = text["args"].as_object().cloned().unwrap_or_default();
        for argument in told.keys() {
            assert!(guidance.arguments().iter().any(|one| one.word() == argument), "{guidance} has no {argument}");
        }
        for (argument, sentence) in told {
            for sentence in strings(&sentence) {
                let blanks: Vec<&str> =
                    sentence.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
                assert!(blanks.iter().all(|blank| *blank == argument), "{guidance}: {sentence}");
            }
        }
    }
    // What a rules file says as an argument, the text can tell.
    for (id, file) in files() {
        for rule in file["rules"].as_array().unwrap() {
            let (guidance, args) =
                (rule["guidance"].as_str().unwrap(), rule["args"].as_object().cloned().unwrap_or_default());
            for (argument, value) in args {
                let sentence = &texts["guidance"][guidance]["args"][&argument];
                let told =
                    sentence.is_string() || value["text"].as_str().is_some_and(|word| sentence[word].is_string());
                assert!(told, "{id}: {guidance} has no sentence for {argument} {value}");
            }
        }
    }
}
