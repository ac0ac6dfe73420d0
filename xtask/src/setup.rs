//! Getting a fresh machine ready, once.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{exists, run_quietly, step};
use crate::{Outcome, tree};

/// What the engine is compiled to for browsers.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// Adds the compiler's wasm target.
pub(crate) fn wasm_target() -> Outcome {
    let installed = run_quietly(Command::new("rustup").args(["target", "list", "--installed"]))
        .map_err(|_| "rustup is needed to add the wasm target: see https://rustup.rs")?;
    if installed.lines().any(|line| line == WASM) {
        return Ok(());
    }
    step("adding the wasm target");
    run_quietly(Command::new("rustup").args(["target", "add", WASM])).map(drop)
}

/// Adds what the toolchain lacks to be linted and formatted.
pub(crate) fn lints() -> Outcome {
    if exists("cargo-clippy") && exists("rustfmt") {
        return Ok(());
    }
    step("adding clippy and rustfmt");
    run_quietly(Command::new("rustup").args(["component", "add", "clippy", "rustfmt"])).map(drop)
}

/// Installs the page's tools as the lock file has them; `None` where there is no Node.
pub(crate) fn node_tools() -> Outcome<Option<PathBuf>> {
    if !exists("node") || !exists("npm") {
        return Ok(None);
    }
    packages_of(&tree::root()).map(Some)
}

/// Installs the packages of a folder as its lock file has them.
pub(crate) fn packages_of(folder: &Path) -> Outcome<PathBuf> {
    let modules = folder.join("node_modules");
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    let stamp = modules.join(".installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    step(&format!("installing packages (npm ci in {})", folder.display()));
    run_quietly(Command::new("npm").arg("ci").current_dir(folder))?;
    std::fs::write(stamp, lock)?;
    Ok(modules)
}

/// A script of one of the page's tools, to be run by Node.
pub(crate) fn node_tool(package: &str, script: &str) -> Outcome<Command> {
    let modules = node_tools()?.ok_or("Node 20 or newer with npm is needed: see https://nodejs.org")?;
    let mut command = Command::new("node");
    command.arg(modules.join(package).join(script)).current_dir(tree::root());
    Ok(command)
}

/// Makes sure that programs are there: `files`, by their names or their whole paths. On Debian as root, installs the
/// packages that have them.
pub(crate) fn packages(files: &[&str], packages: &[&str]) -> Outcome {
    if files.iter().all(|file| which(file).is_some()) {
        return Ok(());
    }
    let debian =
        std::fs::read_to_string("/etc/os-release").is_ok_and(|release| release.lines().any(|line| line == "ID=debian"));
    let root = run_quietly(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let packages = packages.join(" ");
    if !debian || !root {
        return Err(format!("the tests need {}; on Debian: `sudo apt-get install {packages}`", files.join(", ")).into());
    }
    step(&format!("installing {packages}"));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run_quietly(apt().arg("update"))?;
    run_quietly(apt().args(["install", "-y", "--no-install-recommends"]).args(packages.split(' '))).map(drop)
}

/// A program that Cargo can make, made once.
pub(crate) fn cargo_tool(name: &str, version: &str) -> Outcome<PathBuf> {
    let root = tree::target().join("tools").join(format!("{name}-{version}"));
    let program = root.join("bin").join(name);
    if !program.exists() {
        step(&format!("making {name}"));
        let mut command = Command::new(env!("CARGO"));
        command.args(["install", "--quiet", "--locked", name, "--version", version]).arg("--root").arg(root);
        run_quietly(&mut command)?;
    }
    Ok(program)
}

/// Where Cargo keeps the crates of others.
pub(crate) fn cargo_home() -> Outcome<PathBuf> {
    let told = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    Ok(told.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).ok_or("there is neither CARGO_HOME nor a home")?)
}

/// Where a program is, given by its name or its whole path.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    if program.starts_with('/') {
        return Some(PathBuf::from(program)).filter(|file| file.is_file());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
