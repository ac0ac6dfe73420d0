//! What `SECURITY.md` says is tested is.

use std::fs;
use std::path::Path;

/// The texts of all files below a folder that tests are in.
fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs" || end == "js") {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}

/// Whether a text has a test of that name: a function that is marked as one, a walk, or one of Node's.
fn has(text: &str, name: &str) -> bool {
    let marks = ["#[test]", "#[wasm_bindgen_test]"];
    let before = text.split_once(&format!("fn {name}(")).map_or("", |(before, _)| before.trim_end());
    marks.iter().any(|mark| before.ends_with(mark))
        || text.contains(&format!("async fn {name}(page: Page)"))
        || text.contains(&format!("test(\"{name}\""))
        || text.contains(&format!("check(\"{name}\""))
}

/// What stands between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_threat_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources: Vec<String> =
        ["src", "tests", "xtask/src"].iter().flat_map(|part| sources(&root.join(part))).collect();
    sources.push(fs::read_to_string(root.join(".ci/run")).unwrap());
    let text = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 12, "only {} threats", rows.len());
    for row in &rows {
        let [_, who, stops, tests, ..] = row.as_slice() else { panic!("{row:?}") };
        let names = names(tests);
        assert!(!stops.is_empty() && (!names.is_empty() || tests.starts_with("none: ")), "{who}: no test");
        for name in names {
            let is_there = sources.iter().any(|source| {
                has(source, name) || (name.starts_with("cargo ") && source.lines().any(|line| line.trim() == name))
            });
            assert!(is_there, "{who}: there is no test `{name}`");
        }
    }
}
