//! Bytes that anybody could hand over: seeds in `seeds/`, and what becomes of them when they are changed.
//!
//! `cargo test` changes each seed in ways that are the same every time. `cargo xtask fuzz` links the same targets
//! with libFuzzer, which goes by the code that each change reaches and so goes on for as long as one likes. It needs
//! neither a nightly compiler nor a tool: stable Rust counts what is reached where `-C passes=sancov-module` asks for
//! it. (cargo-fuzz wants nightly for its address sanitizer, of no use where there is no unsafe code; fuzzcheck too;
//! AFL and honggfuzz want system packages; bolero is an interface to these.) What crosses the JavaScript boundary is
//! made of objects, not of bytes: `tests/page/boundary.test.js` makes those.

#![cfg(not(target_arch = "wasm32"))]
#![cfg_attr(fuzzing, no_main)]

#[path = "../common/mod.rs"]
mod common;
#[allow(dead_code, reason = "the properties use the rest")]
#[path = "../properties/members.rs"]
mod members;
#[allow(dead_code, reason = "the properties use the rest")]
#[path = "../properties/naive.rs"]
mod naive;
mod targets;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    static TARGET: std::sync::LazyLock<fn(&[u8])> = std::sync::LazyLock::new(|| {
        let name = std::env::var("TARGET").unwrap();
        targets::TARGETS.iter().find(|(target, _)| *target == name).unwrap().1
    });
    TARGET(bytes);
});

/// The seeds, and so many changed ones.
#[cfg(not(fuzzing))]
fn try_out((name, target): targets::Target, times: u64) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let seeds: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    for seed in &seeds {
        target(seed.as_bytes());
    }
    let words: Vec<Vec<&str>> = seeds.iter().map(|seed| words(seed)).collect();
    for number in 0..times {
        let changed = changed(&words, &mut common::Numbers::from(number));
        let borne = std::panic::catch_unwind(|| target(changed.as_bytes()));
        assert!(borne.is_ok(), "{name} does not bear\n{changed}");
    }
}

#[cfg(not(fuzzing))]
#[test]
fn facts_are_borne() {
    try_out(targets::TARGETS[0], 10_000);
}

#[cfg(not(fuzzing))]
#[test]
fn dates_are_borne() {
    try_out(targets::TARGETS[1], 50_000);
}

#[cfg(not(fuzzing))]
#[test]
fn rules_are_borne() {
    try_out(targets::TARGETS[2], 5_000);
}

/// A text as words, numbers, and whatever stands between them.
#[cfg(not(fuzzing))]
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of_word = |char: char| char.is_alphanumeric() || char == '-';
        let end =
            if of_word(first) { rest.find(|char| !of_word(char)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

/// One of the seeds with a few words replaced by others of its kind, left out, said twice, or cut.
#[cfg(not(fuzzing))]
fn changed(seeds: &[Vec<&str>], numbers: &mut common::Numbers) -> String {
    let mut changed = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..=numbers.below(4) {
        let place = numbers.below(changed.len());
        let is_word = |word: &str| word.chars().next().is_some_and(char::is_alphanumeric);
        let like: Vec<&str> =
            seeds.iter().flatten().copied().filter(|word| is_word(word) == is_word(changed[place])).collect();
        match numbers.below(8) {
            0 => drop(changed.remove(place)),
            1 => changed.insert(place, changed[place]),
            2 => changed.insert(place, numbers.pick(&like)),
            3 => {
                let word = changed[place];
                let middle = word.char_indices().nth(word.chars().count() / 2).unwrap().0;
                changed[place] = &word[middle..];
            }
            _ => changed[place] = numbers.pick(&like),
        }
        if changed.is_empty() {
            break;
        }
    }
    changed.concat()
}
