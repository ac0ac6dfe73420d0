//! Getting a fresh machine ready, once.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{exists, run_quietly, step};
use crate::{Outcome, tree};

/// What the engine is compiled to for browsers.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// Debian's packages for the browser tests: the browser, its driver, and a font with Japanese letters.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-ipafont-gothic"];

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
    let modules = tree::root().join("node_modules");
    if !exists("node") || !exists("npm") {
        return Ok(None);
    }
    let lock = std::fs::read(tree::root().join("package-lock.json"))?;
    let stamp = modules.join(".installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(Some(modules));
    }
    step("installing the page’s tools (npm ci)");
    run_quietly(Command::new("npm").arg("ci").current_dir(tree::root()))?;
    std::fs::write(stamp, lock)?;
    Ok(Some(modules))
}

/// A script of one of the page's tools, to be run by Node.
pub(crate) fn node_tool(package: &str, script: &str) -> Outcome<Command> {
    let modules = node_tools()?.ok_or("Node 20 or newer with npm is needed: see https://nodejs.org")?;
    let mut command = Command::new("node");
    command.arg(modules.join(package).join(script)).current_dir(tree::root());
    Ok(command)
}

/// The browser for the tests and its driver.
pub(crate) struct Browser {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver; on Debian as root, installs what is missing.
pub(crate) fn browser() -> Outcome<Browser> {
    let find = || Some(Browser { browser: which(&["chromium", "google-chrome"])?, driver: which(&["chromedriver"])? });
    if find().is_none() || !has_japanese_font() {
        install_packages()?;
    }
    find().ok_or_else(|| "Chromium and chromedriver are installed but not on the PATH".into())
}

fn install_packages() -> Outcome {
    let debian =
        std::fs::read_to_string("/etc/os-release").is_ok_and(|release| release.lines().any(|line| line == "ID=debian"));
    let root = run_quietly(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !debian || !root {
        return Err(format!(
            "the page tests need Chromium, chromedriver of the same version, and a font with Japanese letters; \
             on Debian: `sudo apt-get install {}`",
            PACKAGES.join(" ")
        )
        .into());
    }
    step("installing Chromium, its driver and a Japanese font");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run_quietly(apt().arg("update"))?;
    run_quietly(apt().args(["install", "-y", "--no-install-recommends"]).args(PACKAGES)).map(drop)
}

fn has_japanese_font() -> bool {
    Command::new("fc-list").arg(":lang=ja").output().is_ok_and(|output| !output.stdout.is_empty())
}

fn which(programs: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| programs.iter().map(move |program| folder.join(program)))
        .find(|file| file.is_file())
}
