//! Running other programs, so that it can be seen what is going on.

use std::process::{Command, Stdio};

use crate::Outcome;

/// Announces what is being done.
pub(crate) fn step(what: &str) {
    eprintln!("\u{25b8} {what}");
}

/// Runs a program and lets it print.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{} does not start: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command)).into()) }
}

/// Runs a program quietly; what it printed is shown only if it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Outcome<String> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| format!("{} does not start: {error}", name(command)))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(printed);
    }
    eprintln!("{printed}{}", String::from_utf8_lossy(&output.stderr));
    Err(format!("{} failed ({})", name(command), output.status).into())
}

/// Whether a program is there and starts.
pub(crate) fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn name(command: &Command) -> String {
    let args: Vec<_> = command.get_args().take(3).map(|arg| arg.to_string_lossy()).collect();
    format!("`{} {}`", command.get_program().to_string_lossy(), args.join(" "))
}
