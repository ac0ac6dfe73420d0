//! Rules files with one defect each, to see whether the checks find it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};
use shikaku_navi::{Auditor, Claims, Day, Plain, Profile, Variable};

use crate::assets::{self, Files};
use crate::audit::{self, Accepted};
use crate::shell::step;
use crate::{Outcome, rules, tree};

/// The least share of defects that has to be found, in percent.
const LEAST_FOUND: usize = 98;
/// Days on which no rule rests: when somebody is to look at the file again, and when somebody last did.
const NO_RULE: [&str; 2] = ["version", "reviewBy"];
/// What stands in a condition and is no test of a variable.
const PARTS: [&str; 4] = ["any", "all", "not", "is"];

/// The national rules, by their path in `www/rules/`.
const NATIONAL: &str = "national.json";

const BROKEN_OFF: &str = "a thread broke off";

/// A rules file with one defect.
struct Seed {
    /// The file, by its path in `www/rules/`.
    file: String,
    /// What was done, and where.
    what: String,
    rules: Value,
}

/// A defect that no check finds, and why it is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survivor {
    what: String,
    why: String,
}

/// Seeds every defect there is into the rules of some insurers, or of all, and fails if too few are found.
pub(crate) fn run(args: &[&str]) -> Outcome {
    let all = rules::insurers()?;
    let wanted: Vec<&String> =
        all.iter().filter(|insurer| args.is_empty() || args.contains(&insurer.as_str())).collect();
    let files = files(&all)?;
    let mut seeds = Vec::new();
    for insurer in wanted {
        seeds.extend(seeds_of(insurer, &files)?);
    }
    if seeds.is_empty() {
        return Err(format!("there are rules for {}, and for nobody else", all.join(", ")).into());
    }
    let checks = Checks::of(&files)?;
    for (file, rules) in files.iter().filter(|(file, _)| seeds.iter().any(|seed| seed.file == **file)) {
        let seed = Seed { file: file.clone(), what: "nothing".to_owned(), rules: rules.clone() };
        if let Some(check) = Ground::of(&checks)?.finds(&seed)? {
            return Err(format!("{check} finds a defect in {file} as it is: see to that first").into());
        }
    }
    step(&format!("seeding {} defects", seeds.len()));
    let found: Mutex<Found> = Mutex::default();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| -> Outcome {
                    let mut ground = Ground::of(&checks)?;
                    while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let check = ground.finds(seed)?;
                        found.lock().map_err(|_| BROKEN_OFF)?.entry(check).or_default().push(&seed.what);
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| BROKEN_OFF)?)
    })?;
    judge(seeds.len(), found.into_inner().map_err(|_| BROKEN_OFF)?)
}

/// Defects by the check that finds them first, if any does.
type Found<'a> = BTreeMap<Option<&'static str>, Vec<&'a str>>;

fn judge(count: usize, mut found: Found) -> Outcome {
    let file = tree::root().join("tests/claims/survivors.json");
    let known: Vec<Survivor> = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let mut survived = found.remove(&None).unwrap_or_default();
    survived.sort_unstable();
    let stale = known.iter().find(|one| found.values().flatten().any(|what| *what == one.what));
    for (check, found) in found {
        println!("  {} found by {}", found.len(), check.unwrap_or_default());
    }
    for what in &survived {
        let why = known.iter().find(|one| one.what == *what).map(|one| one.why.as_str());
        println!("  survived: {what}: {}", why.unwrap_or("nobody knows why"));
    }
    let found = count - survived.len();
    let share = found * 10_000 / count.max(1);
    println!("{found} of {count} defects are found ({}.{:02} %)", share / 100, share % 100);
    let unknown = survived.iter().filter(|what| !known.iter().any(|one| one.what == **what)).count();
    if found * 100 < count * LEAST_FOUND {
        return Err(format!("at least {LEAST_FOUND} % have to be found").into());
    }
    if let Some(stale) = stale {
        return Err(format!("this is found now, and stands in {}: {}", file.display(), stale.what).into());
    }
    if unknown > 0 {
        return Err(format!("{unknown} survivors stand without a reason in {}", file.display()).into());
    }
    Ok(())
}

/// The rules files by their path in `www/rules/`.
fn files(insurers: &[String]) -> Outcome<BTreeMap<String, Value>> {
    let mut files = BTreeMap::new();
    for insurer in insurers {
        let path = path_of(insurer);
        let text = std::fs::read_to_string(tree::www().join("rules").join(&path))?;
        files.insert(path, serde_json::from_str(&text)?);
    }
    Ok(files)
}

fn path_of(insurer: &str) -> String {
    if insurer == "national" { NATIONAL.to_owned() } else { format!("insurers/{insurer}.json") }
}

/// Every defect that can be seeded into a file.
fn seeds_of(insurer: &str, files: &BTreeMap<String, Value>) -> Outcome<Vec<Seed>> {
    let file = path_of(insurer);
    let rules = files.get(&file).ok_or("no such file")?;
    let mut changes = Vec::new();
    collect(rules, &mut Vec::new(), &mut changes);
    for (name, parameter) in rules.get("parameters").and_then(Value::as_object).into_iter().flatten() {
        for (other, theirs) in files {
            let theirs = theirs.pointer(&format!("/parameters/{name}/day"));
            if let Some(theirs) = theirs.filter(|theirs| parameter.get("day") != Some(theirs)) {
                let at = vec!["parameters".to_owned(), name.clone(), "day".to_owned()];
                changes.push((at, format!("as in {other}"), Some(theirs.clone())));
            }
        }
    }
    let mut seeds = Vec::new();
    for (at, how, value) in changes {
        let mut rules = rules.clone();
        set(&mut rules, &at, value);
        seeds.push(Seed { file: file.clone(), what: format!("{insurer}.{}: {how}", at.join(".")), rules });
    }
    Ok(seeds)
}

/// What stands at a place instead, or nothing any more.
type Change = (Vec<String>, String, Option<Value>);

fn collect(value: &Value, at: &mut Vec<String>, changes: &mut Vec<Change>) {
    let key = at.last().cloned().unwrap_or_default();
    match value {
        Value::Object(object) => {
            let is_text = object.contains_key("ja") && object.values().all(Value::is_string);
            for (name, inside) in object {
                at.push(name.clone());
                if is_text {
                    changes.push((at.clone(), "dropped".to_owned(), None));
                } else if !NO_RULE.contains(&name.as_str()) {
                    collect(inside, at, changes);
                }
                at.pop();
            }
            let is_condition = ["when", "answers", "arises", "not"].contains(&key.as_str())
                || (at.len() > 1 && ["any", "all"].contains(&at.iter().rev().nth(1).map_or("", String::as_str)));
            if is_condition && !object.is_empty() {
                conditions(value, at, changes);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                at.push(number.to_string());
                if ["rules", "sources", "any", "all", "is"].contains(&key.as_str()) {
                    changes.push((at.clone(), "dropped".to_owned(), None));
                }
                collect(item, at, changes);
                at.pop();
            }
        }
        Value::String(text) => {
            if let Ok(day) = Day::from_iso(text) {
                for (days, how) in [(1, "a day later"), (-1, "a day earlier")] {
                    changes.push((at.clone(), how.to_owned(), Some(json!(day.plus_days(days).to_string()))));
                }
            }
        }
        _ => {}
    }
}

/// A condition the other way round, and without or with the opposite of each of its tests.
fn conditions(condition: &Value, at: &[String], changes: &mut Vec<Change>) {
    let whole = at.to_vec();
    changes.push((whole.clone(), "negated".to_owned(), Some(json!({ "not": condition }))));
    for (name, test) in condition.as_object().into_iter().flatten() {
        let is_test = Variable::from_word(name).is_some();
        if !is_test && !PARTS.contains(&name.as_str()) {
            continue;
        }
        let mut without = condition.clone();
        if let Some(object) = without.as_object_mut() {
            object.remove(name);
        }
        changes.push((whole.clone(), format!("without {name}"), Some(without.clone())));
        if is_test {
            let opposite = json!({ "all": [without, { "not": { name: test } }] });
            changes.push((whole.clone(), format!("with {name} negated"), Some(opposite)));
        }
    }
}

fn set(value: &mut Value, at: &[String], to: Option<Value>) {
    let Some((first, rest)) = at.split_first() else { return };
    let number = first.parse::<usize>();
    if rest.is_empty() {
        match (value, to, number) {
            (Value::Object(object), Some(to), _) => drop(object.insert(first.clone(), to)),
            (Value::Object(object), None, _) => drop(object.remove(first)),
            (Value::Array(items), None, Ok(number)) if number < items.len() => drop(items.remove(number)),
            (Value::Array(items), Some(to), Ok(number)) => items.get_mut(number).map_or((), |item| *item = to),
            _ => {}
        }
        return;
    }
    let inside = match (value, number) {
        (Value::Object(object), _) => object.get_mut(first),
        (Value::Array(items), Ok(number)) => items.get_mut(number),
        _ => None,
    };
    if let Some(inside) = inside {
        set(inside, rest, to);
    }
}

/// What looks at rules files.
struct Checks {
    /// The names of tests, and their programs.
    tests: Vec<(&'static str, PathBuf)>,
    /// The rules files as they are, read by the engine, and what is claimed of their rulebooks.
    profiles: BTreeMap<String, (Profile, [Claims; 2])>,
    accepted: Vec<Accepted>,
    /// What the tests read.
    read: Files,
}

impl Checks {
    fn of(files: &BTreeMap<String, Value>) -> Outcome<Checks> {
        let mut read = Files::new();
        for folder in ["tests/scenarios", "www/rules"] {
            for file in tree::files(&tree::root().join(folder))? {
                let path = format!("{folder}/{file}");
                read.insert(path.clone(), std::fs::read(tree::root().join(path))?);
            }
        }
        let mut profiles = BTreeMap::new();
        for (file, rules) in files {
            let profile = profile(rules)?;
            let claims = audit::claims(&profile.id)?;
            profiles.insert(file.clone(), (profile, claims));
        }
        Ok(Checks { tests: tests()?, profiles, accepted: audit::accepted()?, read })
    }
}

fn profile(rules: &Value) -> Outcome<Profile> {
    let plain: Plain = serde_json::from_value(rules.clone())?;
    Ok(Profile::read(plain)?)
}

/// The tests that look at rules files, built once: their names and programs.
fn tests() -> Outcome<Vec<(&'static str, PathBuf)>> {
    step("building the tests that look at rules files");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--no-run", "--message-format=json", "--package", "shikaku-navi"]);
    cargo.args(["--test", "data", "--test", "scenarios"]).current_dir(tree::root()).stderr(Stdio::null());
    let printed = String::from_utf8(cargo.output()?.stdout)?;
    let mut tests = Vec::new();
    for line in printed.lines() {
        let message: Value = serde_json::from_str(line)?;
        let name = message.pointer("/target/name").and_then(Value::as_str);
        let program = message.get("executable").and_then(Value::as_str).map(PathBuf::from);
        let name = ["data", "scenarios"].into_iter().find(|known| name == Some(known));
        tests.extend(name.zip(program));
    }
    if tests.len() == 2 { Ok(tests) } else { Err("the tests could not be built".into()) }
}

/// Where one rules file is another.
struct Ground<'a> {
    checks: &'a Checks,
    /// A folder like the project's, as far as the tests read it.
    folder: tempfile::TempDir,
    /// Who audits a file's rulebook.
    auditors: BTreeMap<&'a str, Auditor>,
}

impl Ground<'_> {
    fn of(checks: &Checks) -> Outcome<Ground<'_>> {
        let folder = tempfile::tempdir()?;
        assets::lay_out(&checks.read, folder.path())?;
        Ok(Ground { checks, folder, auditors: BTreeMap::new() })
    }

    /// The first check that finds a defect.
    fn finds(&mut self, seed: &Seed) -> Outcome<Option<&'static str>> {
        let file = self.folder.path().join("www/rules").join(&seed.file);
        let original = std::fs::read(&file)?;
        std::fs::write(&file, serde_json::to_string_pretty(&seed.rules)?)?;
        let mut found = None;
        for (name, program) in &self.checks.tests {
            let mut test = Command::new(program);
            test.env("CARGO_MANIFEST_DIR", self.folder.path()).current_dir(self.folder.path());
            test.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            if found.is_none() && !test.status()?.success() {
                found = Some(*name);
            }
        }
        std::fs::write(&file, original)?;
        if found.is_none() && self.audit_finds(seed)? {
            found = Some("the audit");
        }
        Ok(found)
    }

    /// Whether the audit finds a defect in any rulebook that a file is part of.
    fn audit_finds(&mut self, seed: &Seed) -> Outcome<bool> {
        let Ok(seeded) = profile(&seed.rules) else { return Ok(true) };
        let profiles = &self.checks.profiles;
        let (national, _) = profiles.get(NATIONAL).ok_or("no national rules")?;
        // What is common to all comes first: it is quick to look at.
        for (file, (profile, claims)) in profiles.iter().rev() {
            if ![NATIONAL, file].contains(&seed.file.as_str()) {
                continue;
            }
            let own = (file != NATIONAL).then_some(profile);
            let auditor = match self.auditors.entry(file) {
                Entry::Occupied(auditor) => auditor.into_mut(),
                Entry::Vacant(place) => place.insert(Auditor::of(national, own, claims)?),
            };
            let with = |one, path: &str| if seed.file == path { &seeded } else { one };
            let flaws = auditor.flaws(with(national, NATIONAL), own.map(|own| with(own, file)), claims);
            if flaws.map_or(true, |flaws| !audit::wrong(&profile.id, &flaws, &self.checks.accepted).is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
