//! Rules files with one defect each, to see whether the checks find it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};
use shikaku_navi::{Day, Variable};

use crate::shell::step;
use crate::{Outcome, rules, tree};

/// The least share of defects that has to be found, in percent.
const LEAST_FOUND: usize = 98;
/// Days on which no rule rests: when somebody is to look at the file again, and when somebody last did.
const NO_RULE: [&str; 2] = ["version", "reviewBy"];
/// What stands in a condition and is no test of a variable.
const PARTS: [&str; 4] = ["any", "all", "not", "is"];

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
    let checks = build_checks()?;
    for (file, rules) in &files {
        let seed = Seed { file: file.clone(), what: "nothing".to_owned(), rules: rules.clone() };
        if let Some(check) = Ground::new()?.finds(&seed, &checks)? {
            return Err(format!("{check} finds a defect in {file} as it is: see to that first").into());
        }
    }
    step(&format!("seeding {} defects", seeds.len()));
    let caught: Mutex<BTreeMap<&str, usize>> = Mutex::default();
    let survived: Mutex<Vec<String>> = Mutex::default();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| -> Outcome {
                    let ground = Ground::new()?;
                    while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                        match ground.finds(seed, &checks)? {
                            Some(check) => {
                                if let Ok(mut caught) = caught.lock() {
                                    *caught.entry(check).or_default() += 1;
                                }
                            }
                            None => survived.lock().map_err(|_| "a thread broke off")?.push(seed.what.clone()),
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a thread broke off")?)
    })?;
    let mut survived = survived.into_inner()?;
    survived.sort();
    judge(seeds.len(), &caught.into_inner()?, &survived)
}

fn judge(count: usize, caught: &BTreeMap<&str, usize>, survived: &[String]) -> Outcome {
    let file = tree::root().join("tests/claims/survivors.json");
    let known: Vec<Survivor> = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    for (check, found) in caught {
        println!("  {found} found by {check}");
    }
    for what in survived {
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
    if insurer == "national" { "national.json".to_owned() } else { format!("insurers/{insurer}.json") }
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

/// The tests that look at rules files, built once: their names and programs.
fn build_checks() -> Outcome<Vec<(&'static str, PathBuf)>> {
    step("building the tests that look at rules files");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--no-run", "--message-format=json", "--package", "shikaku-navi"]);
    cargo.args(["--test", "data", "--test", "scenarios"]).current_dir(tree::root()).stderr(Stdio::null());
    let printed = String::from_utf8(cargo.output()?.stdout)?;
    let mut checks = Vec::new();
    for line in printed.lines() {
        let message: Value = serde_json::from_str(line)?;
        let name = message.pointer("/target/name").and_then(Value::as_str);
        let program = message.get("executable").and_then(Value::as_str).map(PathBuf::from);
        let name = ["data", "scenarios"].into_iter().find(|known| name == Some(known));
        checks.extend(name.zip(program));
    }
    if checks.len() == 2 { Ok(checks) } else { Err("the tests could not be built".into()) }
}

/// A folder like the project's, in which one rules file is another.
struct Ground(tempfile::TempDir);

impl Ground {
    fn new() -> Outcome<Ground> {
        let folder = tempfile::tempdir()?;
        for name in ["tests", "www/locales", "www/elements", "www/index.html"] {
            let link = folder.path().join(name);
            std::fs::create_dir_all(link.parent().unwrap_or(&link))?;
            std::os::unix::fs::symlink(tree::root().join(name), link)?;
        }
        copy(&tree::www().join("rules"), &folder.path().join("www/rules"))?;
        Ok(Ground(folder))
    }

    /// The first check that finds a defect.
    fn finds(&self, seed: &Seed, checks: &[(&'static str, PathBuf)]) -> Outcome<Option<&'static str>> {
        let file = self.0.path().join("www/rules").join(&seed.file);
        let original = std::fs::read(&file)?;
        std::fs::write(&file, serde_json::to_string_pretty(&seed.rules)?)?;
        let mut found = None;
        for (name, program) in checks {
            let mut test = Command::new(program);
            test.env("CARGO_MANIFEST_DIR", self.0.path()).current_dir(self.0.path());
            if found.is_none() && fails(&mut test)? {
                found = Some(*name);
            }
        }
        if found.is_none() {
            let mut audit = Command::new(std::env::current_exe()?);
            audit.arg("audit").env(tree::ROOT, self.0.path());
            if seed.file != "national.json" {
                audit.args(Path::new(&seed.file).file_stem());
            }
            found = fails(&mut audit)?.then_some("the audit");
        }
        std::fs::write(&file, original)?;
        Ok(found)
    }
}

fn fails(command: &mut Command) -> Outcome<bool> {
    Ok(!command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?.success())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
