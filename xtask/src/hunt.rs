//! Looking for bugs for longer than the tests do.

use std::path::Path;
use std::process::Command;

use crate::setup::cargo_tool;
use crate::shell::{run, run_quietly, step};
use crate::{Outcome, build, test, tree};

/// Asks both engines about so many random members, and a tenth of them through the JavaScript boundary, to which it
/// also hands anything but facts.
pub(crate) fn random(members: u64) -> Outcome {
    let asked = |command: &mut Command, members: u64| run(command.env("RANDOM", members.to_string()));
    step("asking both engines natively");
    let mut native = Command::new(env!("CARGO"));
    native.args(["test", "--test", "properties", "random", "--", "--nocapture"]).current_dir(tree::root());
    asked(&mut native, members)?;
    step("asking both engines through the binding");
    asked(test::wasm_tests()?.arg("members_at_random").current_dir(tree::root()), members / 10)?;
    build::run()?;
    step("handing over anything");
    let mut node = Command::new("node");
    node.args(["--test", "tests/page/boundary.test.js", "tests/page/engines.test.js"]).current_dir(tree::root());
    asked(&mut node, members / 10)
}

/// Asks both engines in every situation of every rulebook, so many members for each thing that they tell apart.
pub(crate) fn whole(members: u32) -> Outcome {
    let mut native = Command::new(env!("CARGO"));
    native.args(["test", "--lib", "whole", "--", "--nocapture"]).current_dir(tree::root());
    run(native.env("WHOLE", members.to_string()))
}

/// What stable Rust is asked for so that libFuzzer sees which code an input reaches.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Fuzzes a target for some seconds, from its seeds and from what earlier runs found (`target/fuzz/<target>/`). An
/// input that is not borne is kept there too.
pub(crate) fn fuzz(target: &str, seconds: u32) -> Outcome {
    let seeds = tree::root().join("tests/fuzz/seeds").join(target);
    if !seeds.is_dir() {
        return Err(format!("`{target}` is none of the targets in tests/fuzz/seeds/").into());
    }
    let found = tree::target().join("fuzz").join(target);
    std::fs::create_dir_all(&found)?;
    // With a target named, Cargo counts nothing in what runs while it builds.
    let host = run_quietly(Command::new("rustc").arg("--version").arg("--verbose"))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not name its host")?;
    let mut fuzz = Command::new(env!("CARGO"));
    fuzz.args(["test", "--test", "fuzz", "--target", host, "--target-dir"]).arg(tree::target().join("fuzz/build"));
    fuzz.arg("--").arg(&found).arg(seeds).arg(format!("-max_total_time={seconds}"));
    fuzz.args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1"]);
    fuzz.arg(format!("-artifact_prefix={}/", found.display()));
    run(fuzz.env("RUSTFLAGS", COVERAGE).env("TARGET", target).current_dir(tree::root()))
}

/// Survivors that are accepted, a line each: what was changed, ` | `, and why no test can or need tell.
const ACCEPTED: &str = "tests/mutants/accepted.txt";
const REPORT: &str = "tests/mutants/report.txt";

/// What is tried on a change, first what is quick: how far the engine is optimised for it, and the tests.
const STAGES: [(u8, &[&str]); 2] = [
    (0, &["--test=data", "--test=errors", "--test=rules", "--test=scenarios"]),
    (1, &["--lib", "--test=audit", "--test=fuzz", "--test=hostile", "--test=properties"]),
];

/// Changes the engine in every way that `cargo-mutants` knows, one at a time, and counts which changes the tests
/// catch: in each stage those that survived the one before. Writes the report.
pub(crate) fn mutants() -> Outcome {
    let tool = cargo_tool("cargo-mutants", "27.1.0")?;
    let out = tree::target().join("mutants.out");
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    let mut caught = 0;
    for (level, tests) in STAGES {
        step(&format!("changing the engine and running {}", tests.join(" ")));
        let mut command = Command::new(&tool);
        command.args(["mutants", "--package", "shikaku-navi", "--iterate", "--jobs", "2", "--output"]);
        command.arg(tree::target()).args(tests.iter().map(|test| format!("--cargo-arg={test}")));
        command.arg(format!("--cargo-arg=--config=profile.mutants.package.shikaku-navi.opt-level={level}"));
        // It fails where anything survives; the report says what.
        command.current_dir(tree::root()).status()?;
        caught += list(&out, "caught.txt")?.len();
    }
    report(caught, list(&out, "timeout.txt")?.len(), &list(&out, "missed.txt")?)
}

fn list(out: &Path, name: &str) -> Outcome<Vec<String>> {
    Ok(std::fs::read_to_string(out.join(name))?.lines().map(str::to_owned).collect())
}

/// Writes down what came of the mutants, and fails where one survived that is not accepted.
fn report(caught: usize, endless: usize, missed: &[String]) -> Outcome {
    let accepted = std::fs::read_to_string(tree::root().join(ACCEPTED))?;
    let mut accepted: Vec<&str> = accepted.lines().filter_map(|line| Some(line.rsplit_once(" | ")?.0)).collect();
    let mut unexplained = Vec::new();
    for mutant in missed {
        match accepted.iter().position(|known| *known == without_place(mutant)) {
            Some(position) => drop(accepted.remove(position)),
            None => unexplained.push(mutant),
        }
    }
    let commit = run_quietly(Command::new("git").args(["rev-parse", "HEAD"]).current_dir(tree::root()))?;
    let (caught, viable) = (caught + endless, caught + endless + missed.len());
    let report = format!(
        "commit {commit}{viable} mutants that compile: {caught} caught ({endless} of them by never ending), {} survive\n\
         {}.{} % caught; {} survivors are accepted (accepted.txt), {} are not\n",
        missed.len(),
        caught * 100 / viable.max(1),
        caught * 1000 / viable.max(1) % 10,
        missed.len() - unexplained.len(),
        unexplained.len(),
    );
    std::fs::write(tree::root().join(REPORT), &report)?;
    print!("{report}");
    if unexplained.is_empty() && accepted.is_empty() {
        return Ok(());
    }
    let survive = unexplained.iter().map(|mutant| format!("survives: {mutant}"));
    let stale = accepted.iter().map(|mutant| format!("accepted, but does not survive: {mutant}"));
    Err(survive.chain(stale).collect::<Vec<_>>().join("\n").into())
}

/// `src/date.rs:12:5: replace …` without the place, which moves with every edit.
fn without_place(mutant: &str) -> String {
    let mut parts = mutant.splitn(4, ':');
    match (parts.next(), parts.nth(2)) {
        (Some(file), Some(change)) => format!("{file}:{change}"),
        _ => mutant.to_owned(),
    }
}

/// That the functions whose survivors are accepted are still there.
pub(crate) fn accepted_are_there() -> Outcome {
    for line in std::fs::read_to_string(tree::root().join(ACCEPTED))?.lines() {
        let (mutant, _) = line.rsplit_once(" | ").ok_or_else(|| format!("{ACCEPTED}: `{line}` has no reason"))?;
        let (file, change) = mutant.split_once(": ").ok_or_else(|| format!("{ACCEPTED}: `{line}` names no file"))?;
        let code = std::fs::read_to_string(tree::root().join(file)).unwrap_or_default();
        let named = change.rsplit_once(" in ").or(change.split_once(" -> ").map(|(replaced, _)| ("", replaced)));
        let function = named.and_then(|(_, name)| name.rsplit([':', ' ']).next()).unwrap_or_default();
        if !code.contains(&format!("fn {function}")) {
            return Err(format!("{ACCEPTED}: `{function}` is no longer in {file}; run `cargo xtask mutants`").into());
        }
    }
    Ok(())
}
