//! The texts: complete and alike in every language, and easy where they are to be easy.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{insurers, rulebook};
use serde_json::Value;
use shikaku_navi::{Card, Day, Fact, Facts, Kind, Role};

/// Official terms: whoever reads another language still needs them to point at on a document or at a counter.
const TERMS: [&str; 10] = [
    "資格確認書",
    "資格情報のお知らせ",
    "マイナポータル",
    "マイナ保険証",
    "マイナンバーカード",
    "マイナンバー総合フリーダイヤル",
    "健康保険証",
    "高齢受給者証",
    "限度額適用認定証",
    "後期高齢者医療",
];

fn folder(name: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let stem = |path: &std::path::Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    files.map(|path| (stem(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

/// Every language there is, by the name of its file.
fn locales() -> BTreeMap<String, Value> {
    let parsed = |(id, text): (String, String)| {
        let tree = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{id}: {error}"));
        (id, tree)
    };
    folder("www/locales").into_iter().map(parsed).collect()
}

/// The texts of a tree by their paths.
fn texts(tree: &Value) -> BTreeMap<String, String> {
    fn walk(tree: &Value, path: &str, found: &mut BTreeMap<String, String>) {
        match tree {
            Value::Object(branches) => {
                branches.iter().for_each(|(key, branch)| walk(branch, &format!("{path}/{key}"), found));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(key, item)| walk(item, &format!("{path}/{key}"), found));
            }
            leaf => {
                found.insert(path.to_owned(), leaf.as_str().unwrap_or_else(|| panic!("{path}: {leaf}")).to_owned());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(tree, "", &mut found);
    found
}

/// What stands in braces: blanks like `{day}`, and words with how they are read like `{氏名|しめい}`.
fn braced(text: &str) -> Vec<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').unwrap_or_else(|| panic!("{text}")).0).collect()
}

fn blanks(text: &str) -> BTreeSet<&str> {
    braced(text).into_iter().filter(|inner| !inner.contains('|')).collect()
}

fn without_readings(text: &str) -> String {
    braced(text)
        .into_iter()
        .filter_map(|inner| Some((inner, inner.split_once('|')?.0)))
        .fold(text.to_owned(), |text, (inner, word)| text.replace(&format!("{{{inner}}}"), word))
}

/// How much room a text takes: Japanese, Chinese and Korean letters take two columns each.
fn width(text: &str) -> usize {
    without_readings(text).chars().map(|letter| if letter < '\u{1100}' { 1 } else { 2 }).sum()
}

#[test]
fn every_language_says_everything() {
    let locales = locales();
    assert_eq!(locales.keys().collect::<Vec<_>>(), ["en", "es", "ja", "ja-easy", "ko", "pt", "zh-Hans"]);
    let japanese = texts(&locales["ja"]);
    for (id, tree) in &locales {
        let texts = texts(tree);
        // A way may take more or fewer steps to be put into words.
        let keys = |texts: &BTreeMap<String, String>| -> BTreeSet<String> {
            texts.keys().map(|key| key.trim_end_matches(|end: char| end.is_ascii_digit()).to_owned()).collect()
        };
        let (mine, theirs) = (keys(&texts), keys(&japanese));
        let differ: Vec<_> = mine.symmetric_difference(&theirs).collect();
        assert!(differ.is_empty(), "{id}: {differ:?}");
        for (key, text) in &texts {
            assert!(!text.trim().is_empty() && text.trim() == text, "{id}{key}: `{text}`");
            assert!(!text.contains('<'), "{id}{key}: {text}");
            if let Some(japanese) = japanese.get(key) {
                assert_eq!(blanks(text), blanks(japanese), "{id}{key}");
            }
        }
    }
}

/// A translation that is far shorter has left something out; one that is far longer says too much.
#[test]
fn every_language_says_about_as_much() {
    let locales = locales();
    for (id, tree) in locales.iter().filter(|(id, _)| *id != "ja") {
        for (part, japanese) in locales["ja"]["guidance"].as_object().unwrap() {
            let all = |tree: &Value| texts(tree).values().map(|text| width(text)).sum::<usize>();
            let (mine, theirs) = (all(&tree["guidance"][part]), all(japanese));
            assert!(mine * 10 >= theirs * 5 && mine * 10 <= theirs * 25, "{id} {part}: {mine} columns for {theirs}");
        }
    }
}

#[test]
fn terms_keep_their_japanese_form() {
    let locales = locales();
    for (id, tree) in locales.iter().filter(|(id, _)| !["ja", "ja-easy"].contains(&id.as_str())) {
        for part in
            ["guidance", "questions", "circumstances", "facts", "topics", "warnings", "alternatives", "sites", "guide"]
        {
            for (key, japanese) in locales["ja"][part].as_object().unwrap() {
                let (mine, theirs) = (tree[part][key].to_string(), japanese.to_string());
                for term in TERMS {
                    assert!(!theirs.contains(term) || mine.contains(term), "{id} {part} {key}: no {term}");
                }
            }
        }
    }
}

/// Easy Japanese: short sentences, each kanji with its reading, no negation of a negation.
#[test]
fn easy_japanese_is_easy() {
    const LONGEST: usize = 45;
    let is_kanji = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter) || letter == '々';
    let is_kana = |letter: char| ('\u{3041}'..='\u{3096}').contains(&letter) || letter == 'ー';
    for (key, text) in texts(&locales()["ja-easy"]) {
        let read = braced(&text).into_iter().filter(|inner| inner.contains('|'));
        let mut bare = text.clone();
        for inner in read {
            let (word, reading) = inner.split_once('|').unwrap();
            assert!(word.chars().any(is_kanji), "{key}: {word} needs no reading");
            assert!(!reading.is_empty() && reading.chars().all(is_kana), "{key}: {reading}");
            bare = bare.replace(&format!("{{{inner}}}"), "");
        }
        assert!(key == "/language" || !bare.chars().any(is_kanji), "{key}: kanji without reading in {text}");
        let text = without_readings(&text);
        for sentence in text.split(['。', '！', '？']) {
            assert!(sentence.chars().count() <= LONGEST, "{key}: {} letters: {sentence}", sentence.chars().count());
            for clause in sentence.split(['、', '「', '」', '（', '）', ':']) {
                let negations = ["ない", "なけれ", "なくて", "なくな", "ません", "ずに"];
                let count: usize = negations.iter().map(|negation| clause.matches(negation).count()).sum();
                assert!(count <= 1, "{key}: says no to a no: {clause}");
            }
        }
    }
}

/// The public page says in Japanese what it says again when Japanese is chosen.
#[test]
fn the_page_around_the_check_says_the_same() {
    let page = include_str!("../www/index.html");
    for (key, text) in texts(&locales()["ja"]["public"]) {
        assert!(page.contains(&text), "index.html has no {key}");
    }
}

/// Each text of the page itself, and of the guide, is used somewhere in it.
#[test]
fn no_text_of_the_page_is_idle() {
    let texts = &locales()["ja"];
    for (code, parts) in [("www/elements", ["page", "occasions"].as_slice()), ("xtask/src/guide", &["guide"])] {
        let code: String = folder(code).into_iter().map(|(_, text)| text).collect();
        for key in parts.iter().flat_map(|part| texts[part].as_object().unwrap().keys()) {
            assert!(code.contains(&format!("\"{key}\"")), "nothing shows `{key}`");
        }
    }
}

/// Whatever is worth bringing up has words to be ticked by, or is asked once something else brings it up.
#[test]
fn every_circumstance_can_be_told() {
    let texts = &locales()["ja"];
    let offered = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/elements/occasions.js"));
    let offered = offered.unwrap();
    let has_question = |fact: Fact| texts["questions"][fact.word()]["legend"].is_string();
    for insurer in insurers() {
        let rules = rulebook(&insurer);
        for (day, enrolled) in [
            ("2024-09-10", "2015-04-01"),
            ("2024-12-02", "2024-12-02"),
            ("2025-09-01", "2025-04-01"),
            ("2026-11-21", "2026-11-21"),
        ] {
            for card in Card::ALL {
                let mut facts = Facts::on(Day::from_iso(day).unwrap());
                facts.enrolled_on = Some(Day::from_iso(enrolled).unwrap());
                facts.card = Some(*card);
                facts.smartphone = Some(true);
                for question in rules.circumstances(&facts).unwrap() {
                    let fact = question.fact;
                    if question.kind == Kind::Date {
                        assert!(has_question(fact), "{fact} has no question");
                    }
                    for option in &question.options {
                        let words = &texts["circumstances"][fact.word()][option];
                        let follows_up =
                            has_question(fact) && texts["questions"][fact.word()]["options"][option].is_string();
                        assert!(words.is_string() || follows_up, "{fact} {option} of {}", insurer.id);
                    }
                }
            }
        }
        // Every follow-up can be put into words in all its answers.
        let mut facts = Facts::on(Day::from_iso("2026-11-21").unwrap());
        facts.role = Some(Role::Dependent);
        for question in rules.questions(&facts).unwrap() {
            assert!(has_question(question.fact), "{}", question.fact);
        }
    }
    for (fact, answers) in texts["circumstances"].as_object().unwrap() {
        let answers = answers.as_object().into_iter().flat_map(|answers| answers.keys());
        for word in answers.chain([fact]) {
            assert!(offered.contains(&format!("\"{word}\"")), "`{word}` of {fact} is never offered");
        }
    }
}
