//! The npm package: the modules and data of the page under their own names, with types and a manifest, in `dist/npm/`
//! and packed beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::assets::{brotli_size, judge};
use crate::bundle::{join, minified};
use crate::shell::{run, run_quietly, step};
use crate::{Outcome, engine, rules, setup, tree};

/// What of the page is in the package.
const FOLDERS: [&str; 4] = ["elements", "engine", "locales", "rules"];
/// What is there for the package alone.
const OWN: [(&str, &str); 5] = [
    ("index.js", include_str!("package/index.js")),
    ("engine.js", include_str!("package/engine.js")),
    ("many.js", include_str!("package/many.js")),
    ("many/shikaku_navi.d.ts", include_str!("package/many.d.ts")),
    ("README.md", include_str!("package/README.md")),
];
/// The module that only decides, its types and its words.
const DECIDER: [(&str, &str); 3] = [
    ("decide.js", include_str!("package/decide.js")),
    ("decide/shikaku_navi.d.ts", include_str!("package/decide.d.ts")),
    (WORDS, include_str!("package/words.json")),
];
const WORDS: &str = "decide/words.json";
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// How large the package may be in bytes, packed and unpacked.
const PACKED: usize = MANY + DECIDE + 391 * 1024;
const UNPACKED: usize = 3 * (MANY + DECIDE) + 1632 * 1024;
/// How large the engine for many members may be, compressed; the page has no use for it.
const MANY: usize = 64 * 1024;
/// How large all may be, compressed, that it takes to decide by the largest rules.
const DECIDE: usize = 28 * 1024;
/// What comes in by an entry, bundled and compressed (brotli, quality 11), at most; wasm and data come on top. Two of it
/// are what puts the engine's numbers into words (`navi.js`), which takes six in wasm.
const ENTRIES: [(&str, &str, usize); 4] = [
    ("index.js", "by `shikaku-navi`", 20 * 1024 + 384),
    ("elements/define.js", "by `shikaku-navi/define`", 20 * 1024 + 256),
    ("engine.js", "by `shikaku-navi/engine`", 5 * 1024 + 64),
    ("decide.js", "by `shikaku-navi/decide`", 4 * 1024 + 128),
];

/// Writes `dist/npm/` from the files of the page as they are before any is renamed.
pub(crate) fn write(files: &BTreeMap<String, Vec<u8>>) -> Outcome {
    step("writing the npm package");
    let folder = folder();
    let is_wanted = |path: &str| path.split_once('/').is_some_and(|(first, _)| FOLDERS.contains(&first));
    for (path, content) in files.iter().filter(|(path, _)| is_wanted(path)) {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        std::fs::write(file, content)?;
    }
    put(&engine::for_many()?, &folder.join("many"))?;
    add_decider(&folder)?;
    for insurer in rules::insurers()? {
        let rulebook = rules::needed(&insurer, rules::rulebook(&insurer)?)?;
        std::fs::write(folder.join(format!("decide/{insurer}.bin")), rulebook.decider().write())?;
    }
    for (name, content) in OWN {
        std::fs::write(folder.join(name), content)?;
    }
    for name in LICENCES {
        std::fs::copy(tree::root().join(name), folder.join(name))?;
    }
    let mut package: Value = serde_json::from_str(include_str!("package/package.json"))?;
    if let Some(fields) = package.as_object_mut() {
        fields.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    }
    std::fs::write(folder.join("package.json"), serde_json::to_vec_pretty(&package)?)?;
    declare(&folder)?;
    join_all(&folder)?;
    describe(&folder)
}

/// Puts an engine into a folder.
pub(crate) fn put(engine: &Path, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    for file in ["shikaku_navi.js", "shikaku_navi_bg.wasm"] {
        std::fs::copy(engine.join(file), folder.join(file))?;
    }
    Ok(())
}

/// Adds the module that only decides.
pub(crate) fn add_decider(folder: &Path) -> Outcome {
    put(&engine::to_decide()?, &folder.join("decide"))?;
    for (name, content) in DECIDER {
        std::fs::write(folder.join(name), content)?;
    }
    Ok(())
}

/// Puts modules into one that always come together: the engine's, and those that only decide.
pub(crate) fn join_all(folder: &Path) -> Outcome {
    join(&folder.join("decide.js"), &[])?;
    for module in ["decide/shikaku_navi.js", WORDS] {
        std::fs::remove_file(folder.join(module))?;
    }
    join(&folder.join("engine/engine.js"), &["./shikaku_navi.js", "./plain.js"])?;
    for module in ["days.js", "facts.js", "kept.js", "navi.js", "numbers.js", "said.js", "words.js"] {
        std::fs::remove_file(folder.join("engine").join(module))?;
    }
    Ok(())
}

/// Adds the types: those that stand beside the sources, and those that the comments tell.
fn declare(folder: &Path) -> Outcome {
    for part in FOLDERS {
        for entry in std::fs::read_dir(tree::www().join(part))? {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_string_lossy().ends_with(".d.ts") {
                std::fs::copy(entry.path(), folder.join(part).join(name))?;
            }
        }
    }
    let mut tsc = setup::node_tool("typescript", "bin/tsc")?;
    run_quietly(tsc.args(["--project", "xtask/src/package/tsconfig.json"])).map(drop)
}

/// Adds the manifest, which tells editors and catalogues of the element; what is private is not theirs.
fn describe(folder: &Path) -> Outcome {
    let mut analyzer = setup::node_tool("@custom-elements-manifest/analyzer", "cem.js")?;
    analyzer.args(["analyze", "--globs", "elements/shikaku-navi.js", "--quiet"]).current_dir(folder);
    run_quietly(&mut analyzer)?;
    let file = folder.join("custom-elements.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
    let members = manifest.pointer_mut("/modules/0/declarations/0/members").and_then(Value::as_array_mut);
    members.ok_or("the manifest has no element")?.retain(|member| member.get("privacy").is_none());
    Ok(std::fs::write(file, serde_json::to_vec_pretty(&manifest)?)?)
}

/// Packs it, prints how large it is, and fails if it is too large.
pub(crate) fn pack() -> Outcome {
    run_quietly(Command::new("npm").args(["pack", "--pack-destination", ".."]).current_dir(folder()))?;
    let compressed = |file: &str| brotli_size(&std::fs::read(folder().join(file))?);
    let mut largest = 0;
    for insurer in rules::insurers()? {
        largest = largest.max(compressed(&format!("decide/{insurer}.bin"))?);
    }
    let decides = compressed("decide/shikaku_navi_bg.wasm")? + bundled_size("decide.js")? + largest;
    let mut sizes = vec![
        (std::fs::read(tarball())?.len(), PACKED, "the npm package, packed"),
        (size_of(&folder())?, UNPACKED, "the npm package, unpacked"),
        (compressed("many/shikaku_navi_bg.wasm")?, MANY, "the engine for many members"),
        (decides, DECIDE, "all it takes to decide by the largest rules"),
    ];
    for (file, what, most) in ENTRIES {
        sizes.push((bundled_size(file)?, most, what));
    }
    judge(&sizes, "the npm package")
}

fn size_of(folder: &Path) -> Outcome<usize> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        size += if path.is_dir() { size_of(&path)? } else { std::fs::read(&path)?.len() };
    }
    Ok(size)
}

/// What a bundler makes of an entry; the engine as plain JavaScript is asked for only where there is no WebAssembly.
pub(crate) fn bundled_size(file: &str) -> Outcome<usize> {
    let file = folder().join(file);
    brotli_size(
        minified(&file, &["--bundle", "--format=esm", "--external:./plain.js", "--external:./many.js"])?.as_bytes(),
    )
}

/// What the tools that know packages say of it.
pub(crate) fn checks() -> [(&'static str, Outcome); 2] {
    let check = |package, script, args: &[&str]| -> Outcome {
        run_quietly(setup::node_tool(package, script)?.arg(tarball()).args(args)).map(drop)
    };
    [
        ("publint", check("publint", "src/cli.js", &["--strict"])),
        (
            "are the types wrong",
            check("@arethetypeswrong/cli", "dist/index.js", &["--profile", "esm-only", "--no-definitely-typed"]),
        ),
    ]
}

/// The example, built by Vite with the packed package in it, far from the project's own files.
pub(crate) fn example() -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    run(Command::new("cp").arg("-R").arg(tree::root().join("examples/vite/.")).arg(folder.path()))?;
    // Whoever tried the example has modules there already.
    let modules = folder.path().join("node_modules");
    let _ = std::fs::remove_dir_all(&modules);
    let package = modules.join("shikaku-navi");
    std::fs::create_dir_all(&package)?;
    run(Command::new("tar").arg("-xzf").arg(tarball()).arg("-C").arg(package).arg("--strip-components=1"))?;
    run_quietly(setup::node_tool("vite", "bin/vite.js")?.arg("build").arg(folder.path()))?;
    Ok(folder)
}

pub(crate) fn folder() -> PathBuf {
    tree::dist().join("npm")
}

fn tarball() -> PathBuf {
    tree::dist().join(concat!("shikaku-navi-", env!("CARGO_PKG_VERSION"), ".tgz"))
}
