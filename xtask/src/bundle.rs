//! The files of the page made small: each module holds all it imports, for what stands behind another's import would be
//! asked for only when that one is here; and nothing is in a file that only its readers need.

use std::path::Path;

use serde_json::Value;

use crate::assets::{Files, extension, lay_out, relative};
use crate::shell::{run_quietly, step};
use crate::{Outcome, setup, tree};

/// What is asked for at once, by the page, by a frame, and by pages of others.
const AT_ONCE: [&str; 3] = ["main.js", "embed/frame.js", "elements/define.js"];
/// What modules ask for only if they come to need it.
const ONCE_NEEDED: [&str; 2] = ["elements/kiosk.js", "engine/plain.js"];
/// What is not made from others.
const APART: [&str; 3] = ["embed.js", "shikaku-navi.js", "service-worker.js"];
/// What of a data file is for editors, or went into the guide.
const FOR_OTHERS: [&str; 2] = ["$schema", "guide"];

/// The files as they are to be served, under the names they have.
pub(crate) fn small(files: &Files) -> Outcome<Files> {
    step("bundling the modules");
    let folder = tempfile::tempdir_in(tree::target())?;
    let mut made = Files::new();
    for (path, content) in files {
        match extension(path) {
            "js" if !APART.contains(&path.as_str()) => {}
            "css" => {
                lay_out(&Files::from([(path.clone(), content.clone())]), folder.path())?;
                made.insert(path.clone(), minified(&folder.path().join(path), &[])?.into_bytes());
            }
            "json" | "webmanifest" => {
                let mut data: Value =
                    serde_json::from_slice(content).map_err(|error| format!("www/{path}: {error}"))?;
                if let Some(data) = data.as_object_mut() {
                    data.retain(|key, _| !FOR_OTHERS.contains(&key.as_str()));
                }
                made.insert(path.clone(), serde_json::to_vec(&data)?);
            }
            _ => drop(made.insert(path.clone(), content.clone())),
        }
    }
    for entry in AT_ONCE.into_iter().chain(ONCE_NEEDED) {
        lay_out(&seen_from(entry, files), folder.path())?;
        let left_out = ONCE_NEEDED.map(|path| format!("--external:{}", relative(entry, path)));
        let mut how = vec!["--bundle", "--format=esm"];
        how.extend(left_out.iter().map(String::as_str));
        made.insert(entry.to_owned(), minified(&folder.path().join(entry), &how)?.into_bytes());
    }
    Ok(made)
}

/// The modules, each naming what is not bundled as `entry` will: from its own place.
fn seen_from(entry: &str, files: &Files) -> Files {
    let is_bundled = |path: &str| extension(path) == "js" && !ONCE_NEEDED.contains(&path);
    let others: Vec<&String> = files.keys().filter(|path| !is_bundled(path)).collect();
    let modules = files.iter().filter(|(path, _)| extension(path) == "js");
    modules
        .map(|(path, content)| {
            let mut text = String::from_utf8_lossy(content).into_owned();
            for other in &others {
                let (from, to) = (relative(path, other), relative(entry, other));
                text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
            }
            (path.clone(), text.into_bytes())
        })
        .collect()
}

/// Puts a module and what it imports into one, but for some: to find a module takes Node longer than to run it.
pub(crate) fn join(file: &Path, apart: &[&str]) -> Outcome {
    let mut esbuild = setup::node_tool("esbuild", "bin/esbuild")?;
    esbuild.arg(file).args(["--bundle", "--format=esm", "--charset=utf8", "--log-level=warning"]);
    let joined = run_quietly(esbuild.args(apart.iter().map(|module| format!("--external:{module}"))))?;
    Ok(std::fs::write(file, joined)?)
}

/// What esbuild makes of a file when it is to be as short as can be.
pub(crate) fn minified(file: &Path, how: &[&str]) -> Outcome<String> {
    let mut esbuild = setup::node_tool("esbuild", "bin/esbuild")?;
    run_quietly(esbuild.arg(file).args(["--minify", "--charset=utf8", "--log-level=warning"]).args(how))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_bundled_is_named_from_where_the_bundle_stands() {
        let module = r#"import "./dom.js"; import("./kiosk.js"); new URL("../rules/a.json", import.meta.url);"#;
        let paths = ["elements/asked.js", "elements/dom.js", "elements/kiosk.js", "main.js", "rules/a.json"];
        let files = paths.map(|path| (path.to_owned(), module.as_bytes().to_vec())).into();
        let seen = |entry| String::from_utf8(seen_from(entry, &files)["elements/asked.js"].clone()).unwrap();
        assert_eq!(seen("elements/define.js"), module);
        assert_eq!(
            seen("main.js"),
            r#"import "./dom.js"; import("./elements/kiosk.js"); new URL("./rules/a.json", import.meta.url);"#
        );
    }
}
