//! The project’s own commands: see `USAGE`.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod assess;
mod assets;
mod audit;
mod bench;
mod build;
mod bundle;
mod clock;
mod codes;
mod dependencies;
mod diff;
mod engine;
mod guide;
mod headers;
mod hunt;
mod notices;
mod one_file;
mod package;
mod page;
mod quiet;
mod recipes;
mod reproduce;
mod rules;
mod sbom;
mod seed;
mod serve;
mod setup;
mod shell;
mod test;
mod tree;

use std::process::ExitCode;

/// What a command comes to: an error is a line that says what to do.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "usage: cargo xtask <command>
  serve [--port <number>]               build the page and serve it on this machine
  test                                  run every check and test
  build                                 write the deployable folder dist/
  reproduce                             build what is committed twice, elsewhere, and compare the two
  walk [<part of a name>]               walk through the page and keep pictures of its screens in target/screens/
  assess --insurer <id> [--lang ja]     answer one JSON object of facts a line
  audit [--json] [<insurer> …]          look at every situation there can be, and fail at what is wrong
  seed [<insurer> …]                    put defects into the rules, and fail if the checks find too few
  diff [--json] <A> <B>                 say what changes for members between insurers, versions or days
  random [<members>]                    ask both engines about random members, 10 million if not told
  whole [<members>]                     ask both engines in every situation there can be, 2 members each if not told
  fuzz <target> [<seconds>]             fuzz facts, dates or rules (tests/fuzz/), 600 seconds if not told
  bench                                 measure the engine beside others, and write the table into README.md
  mutants                               change the engine bit by bit and see what the tests catch (hours)";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["serve"] => serve::run(8080),
        ["serve", "--port", port] => {
            port.parse().map_err(|_| format!("`{port}` is not a port").into()).and_then(serve::run)
        }
        ["test"] => test::run(),
        ["build"] => build::run(),
        ["reproduce"] => reproduce::run(),
        ["walk"] => page::show(""),
        ["walk", part] => page::show(part),
        ["assess", rest @ ..] => assess::run(rest),
        ["audit", rest @ ..] => audit::run(rest),
        ["seed", rest @ ..] => seed::run(rest),
        ["diff", rest @ ..] => diff::run(rest),
        ["random"] => hunt::random(10_000_000),
        ["random", members] => number(members).and_then(hunt::random),
        ["whole"] => hunt::whole(2),
        ["whole", members] => number(members).and_then(hunt::whole),
        ["fuzz", target] => hunt::fuzz(target, 600),
        ["fuzz", target, seconds] => number(seconds).and_then(|seconds| hunt::fuzz(target, seconds)),
        ["bench"] => bench::run_all(),
        ["mutants"] => hunt::mutants(),
        [page::APART] => page::walk_apart(),
        [test::WASM_RUNNER, rest @ ..] => test::run_wasm(rest),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Outcome<T> {
    text.parse().map_err(|_| format!("`{text}` is not a number").into())
}
