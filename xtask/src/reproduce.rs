//! Whether a build says nothing but what is in the sources: of the same commit, two are the same to the byte.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::setup::cargo_home;
use crate::shell::{run_quietly, step};
use crate::{Outcome, setup, tree};

/// The folders of the two checkouts: neither how long a path is nor what is in it may show.
const CHECKOUTS: [&str; 2] = ["a", "資格 of another name/and another length"];

/// Checks the commit out twice, builds both in surroundings that differ, and names the first file that does too. What
/// makes them is shared: this program and the packages that the lock file pins; all that is made is made twice.
pub(crate) fn run() -> Outcome {
    let changed = run_quietly(Command::new("git").args(["status", "--porcelain"]).current_dir(tree::root()))?;
    if !changed.is_empty() {
        return Err(format!("only what is committed can be built elsewhere, but this is not:\n{changed}").into());
    }
    setup::node_tools()?.ok_or("Node 20 or newer with npm is needed: see https://nodejs.org")?;
    let folder = tempfile::tempdir()?;
    let [one, other] = CHECKOUTS.map(|name| folder.path().join(name));
    step("building two checkouts");
    thread::scope(|scope| {
        let built = scope.spawn(|| build(&other, true));
        build(&one, false)?;
        built.join().map_err(|_| "a build did not end")?
    })?;
    let files = compare(&one.join("dist"), &other.join("dist"))?;
    println!("two builds of one commit are the same in all {files} files");
    Ok(())
}

/// Builds a fresh checkout; if it `is_foreign`, as if somebody else did, on the other side of the world.
fn build(checkout: &Path, is_foreign: bool) -> Outcome {
    run_quietly(Command::new("git").args(["clone", "--quiet"]).arg(tree::root()).arg(checkout))?;
    link(&tree::root().join("node_modules"), &checkout.join("node_modules"))?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("build").current_dir(checkout).env(tree::ROOT, checkout).env_remove("CARGO_TARGET_DIR");
    if is_foreign {
        let home = checkout.with_extension("home");
        link(&cargo_home()?, &home)?;
        command.env("CARGO_HOME", home).env("TZ", "Pacific/Kiritimati").env("LC_ALL", "C");
    }
    run_quietly(&mut command).map(drop)
}

fn link(folder: &Path, name: &Path) -> Outcome {
    run_quietly(Command::new("ln").arg("-s").arg(folder).arg(name)).map(drop)
}

/// How many files two folders hold, if they are the same.
fn compare(one: &Path, other: &Path) -> Outcome<usize> {
    let files: BTreeSet<String> = tree::files(one)?.into_iter().collect();
    let others: BTreeSet<String> = tree::files(other)?.into_iter().collect();
    if let Some(alone) = files.symmetric_difference(&others).next() {
        return Err(format!("only one of two builds has {alone}").into());
    }
    for file in &files {
        let [one, other] = [one, other].map(|folder| std::fs::read(folder.join(file)));
        let (one, other) = (one?, other?);
        if one != other {
            let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
            let rest = |content: &[u8]| {
                String::from_utf8_lossy(content.get(same..).unwrap_or_default()).chars().take(80).collect::<String>()
            };
            return Err(format!(
                "two builds differ in {file} from byte {same} on: {:?}, {:?}",
                rest(&one),
                rest(&other)
            )
            .into());
        }
    }
    Ok(files.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        let folders = [[("a", "same"), ("b", "one")], [("a", "same"), ("b", "other")], [("a", "same"), ("c", "one")]]
            .map(|files| {
                let folder = tempfile::tempdir().unwrap();
                for (name, content) in files {
                    std::fs::write(folder.path().join(name), content).unwrap();
                }
                folder
            });
        let [one, other, third] = folders.each_ref().map(tempfile::TempDir::path);
        let error = |one, other| compare(one, other).unwrap_err().to_string();
        assert_eq!(compare(one, one).unwrap(), 2);
        assert_eq!(error(one, other), r#"two builds differ in b from byte 1 on: "ne", "ther""#);
        assert_eq!(error(one, third), "only one of two builds has b");
    }
}
