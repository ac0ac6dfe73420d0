//! The project's own commands: `cargo xtask serve`, `test`, `build`, `assess`.

mod assess;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["assess", rest @ ..] => assess::run(rest),
        _ => Err("usage: cargo xtask assess --insurer <id> [--lang ja]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
