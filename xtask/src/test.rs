//! Everything that has to hold, in one command.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::setup::WASM;
use crate::shell::{run_quietly, step};
use crate::{Outcome, audit, build, dependencies, hunt, package, page, setup, tree};

/// The argument by which Cargo has this program run a wasm test.
pub(crate) const WASM_RUNNER: &str = "run-wasm-test";
const PAGE_TESTS: [&str; 7] = [
    "tests/page/boundary.test.js",
    "tests/page/engines.test.js",
    "tests/page/guide.test.js",
    "tests/page/profiles.test.js",
    "tests/page/recipes.test.js",
    "tests/page/sbom.test.js",
    "tests/package/package.test.js",
];

/// What came of the tests so far.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u32,
    failed: u32,
}

/// Runs every check and test, prints the counts, and fails if anything did.
pub(crate) fn run() -> Outcome {
    let mut tally = Tally::default();
    setup::wasm_target()?;
    setup::lints()?;
    step("checking the Rust code");
    tally.check("clippy", clippy());
    tally.check("dependencies", dependencies::check());
    step("checking the page’s code");
    for (name, outcome) in page_checks(&PAGE_CHECKS) {
        tally.check(name, outcome);
    }
    tally.check("accepted mutants", hunt::accepted_are_there());
    step("running the native tests");
    tally.tests(Command::new(env!("CARGO")).args(["test", "--workspace"]))?;
    step("looking at every situation there can be");
    tally.check("audit", audit::run(&[]));
    step("running the wasm tests in Node");
    tally.tests(&mut wasm_tests()?)?;
    tally.check("build", build::run());
    step("checking what is built");
    for (name, outcome) in page_checks(&BUILT_CHECKS).chain(package::checks()) {
        tally.check(name, outcome);
    }
    step("running the page’s own tests in Node");
    tally.tests(Command::new("node").args(["--test", "--test-reporter=tap"]).args(PAGE_TESTS))?;
    step("running the page tests in three browsers");
    match page::command() {
        Ok(mut walks) => tally.tests(&mut walks)?,
        Err(error) => tally.check("page", Err(error)),
    }
    step("running the wasm tests in Firefox");
    tally.tests(&mut wasm_tests_in_firefox()?)?;
    tally.close()
}

/// Runs one wasm test file; Cargo calls this.
pub(crate) fn run_wasm(args: &[&str]) -> Outcome {
    let args = std::iter::once(&WASM_RUNNER).chain(args);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args).map_err(|error| format!("{error:#}").into())
}

fn clippy() -> Outcome {
    for scope in
        [vec!["--workspace", "--all-targets"], vec!["--target", WASM, "--lib", "--test", "wasm", "--all-features"]]
    {
        let mut command = Command::new(env!("CARGO"));
        command.args(["clippy", "--quiet"]).args(scope).args(["--", "--deny", "warnings"]);
        run_quietly(command.current_dir(tree::root()))?;
    }
    Ok(())
}

/// A check of the page's code: its name, the tool's package and script, and what it is given.
type PageCheck = (&'static str, &'static str, &'static str, &'static [&'static str]);

const PAGE_CHECKS: [PageCheck; 4] = [
    ("prettier", "prettier", "bin/prettier.cjs", &["--check", "."]),
    ("eslint", "eslint", "bin/eslint.js", &["--max-warnings", "0", "."]),
    ("types", "typescript", "bin/tsc", &["--project", "."]),
    ("html", "html-validate", "bin/html-validate.mjs", &["www/index.html", "www/embed/index.html"]),
];

/// Of what is built.
const BUILT_CHECKS: [PageCheck; 1] = [("guide", "html-validate", "bin/html-validate.mjs", &["dist/guide/*.html"])];

fn page_checks(checks: &[PageCheck]) -> impl Iterator<Item = (&'static str, Outcome)> {
    checks.iter().map(|(name, package, script, args)| {
        (*name, setup::node_tool(package, script).and_then(|mut tool| run_quietly(tool.args(*args)).map(drop)))
    })
}

pub(crate) fn wasm_tests() -> Outcome<Command> {
    let mut command = Command::new(env!("CARGO"));
    let runner = format!("{} {WASM_RUNNER}", std::env::current_exe()?.display());
    command.args(["test", "--package", "shikaku-navi", "--test", "wasm", "--target", WASM]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    Ok(command)
}

/// Node has Chromium's engine, so the other one is Firefox's.
///
/// The runner's server may leave a fifth connection waiting for good when four are kept open
/// (`tiny_http`'s pool of threads), and browsers open up to six; Firefox can be held to one.
fn wasm_tests_in_firefox() -> Outcome<Command> {
    let mut command = wasm_tests()?;
    command.env("WASM_BINDGEN_USE_BROWSER", "1").env("GECKODRIVER", page::Engine::Firefox.install()?);
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", tree::root().join("tests/firefox.json"));
    Ok(command)
}

impl Tally {
    /// Counts one check, and says what is wrong with it if something is.
    pub(crate) fn check(&mut self, name: &str, outcome: Outcome) {
        match outcome {
            Ok(()) => {
                self.passed += 1;
                println!("ok      {name}");
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED  {name}: {error}");
            }
        }
    }

    /// Prints the counts, and fails if anything did.
    pub(crate) fn close(self) -> Outcome {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 { Ok(()) } else { Err("not everything holds".into()) }
    }

    /// Runs tests, lets them print, and counts them.
    fn tests(&mut self, command: &mut Command) -> Outcome {
        let mut child = command.current_dir(tree::root()).stdout(Stdio::piped()).spawn()?;
        let (passed, failed) = (self.passed, self.failed);
        if let Some(printed) = child.stdout.take() {
            for line in BufReader::new(printed).lines() {
                let line = line?;
                println!("{line}");
                if let Some((passed, failed)) = counts(&line) {
                    self.passed += passed;
                    self.failed += failed;
                }
            }
        }
        let status = child.wait()?;
        if self.failed == failed && (!status.success() || self.passed == passed) {
            // It did not come to any test, or broke off.
            self.failed += 1;
        }
        Ok(())
    }
}

/// What a line like `test result: ok. 7 passed; 0 failed; …` counts, or like `# pass 7`, which is how Node puts it, or
/// like `7 passed, 0 failed`, which is how this program does.
fn counts(line: &str) -> Option<(u32, u32)> {
    if let Some(passed) = line.strip_prefix("# pass ") {
        return Some((passed.parse().ok()?, 0));
    }
    if let Some(failed) = line.strip_prefix("# fail ") {
        return Some((0, failed.parse().ok()?));
    }
    if let Some((passed, failed)) = line.strip_suffix(" failed").and_then(|line| line.split_once(" passed, ")) {
        return Some((passed.parse().ok()?, failed.parse().ok()?));
    }
    let mut numbers = line.strip_prefix("test result: ")?.split([' ', ';']).filter_map(|word| word.parse().ok());
    Some((numbers.next()?, numbers.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted() {
        assert_eq!(counts("test result: ok. 12 passed; 0 failed; 0 ignored; finished in 0.1s"), Some((12, 0)));
        assert_eq!(counts("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out"), Some((3, 2)));
        assert_eq!((counts("# pass 6"), counts("# fail 1")), (Some((6, 0)), Some((0, 1))));
        assert_eq!(counts("101 passed, 2 failed"), Some((101, 2)));
        assert_eq!(counts("test a ... ok"), None);
    }
}
