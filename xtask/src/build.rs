//! From sources to the deployable folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::assets::{Assets, hash};
use crate::shell::step;
use crate::{Outcome, one_file, plain, rules, setup, shell, tree};

/// What a first visit downloads at most, compressed (brotli, quality 11), in bytes.
const FIRST_VISIT: usize = 140 * 1024;
/// What the engine takes of it: the wasm and its glue.
const ENGINE: usize = 80 * 1024;
/// What is fetched in idle time after it: the other languages and the codes.
const LATER: usize = 300 * 1024;
/// What is fetched only where there is no WebAssembly: the engine as plain JavaScript.
const PLAIN: usize = 136 * 1024;
/// What every browser of the last years runs; tail calls and the like are left out on purpose.
const FEATURES: [&str; 6] =
    ["bulk-memory", "sign-ext", "mutable-globals", "nontrapping-float-to-int", "multivalue", "reference-types"];

/// Builds `dist/` to be deployed, prints what a first visit downloads, and fails if it is too much.
pub(crate) fn run() -> Outcome {
    if setup::node_tools()?.is_none() {
        return Err("the deployable folder needs Node with npm, for wasm-opt: see https://nodejs.org".into());
    }
    write(true)?.check_sizes(ENGINE, FIRST_VISIT, LATER, PLAIN)
}

/// Builds `dist/` to be looked at here, as well as this machine can.
pub(crate) fn to_look_at() -> Outcome {
    let optimised = match setup::node_tools() {
        Ok(tools) => tools.is_some(),
        Err(error) => {
            eprintln!("  {error}");
            false
        }
    };
    if !optimised {
        eprintln!("  without Node and its packages the engine is not optimised, and larger than it has to be");
    }
    write(optimised).map(drop)
}

fn write(optimised: bool) -> Outcome<Assets> {
    rules::check()?;
    let engine = engine(optimised)?;
    step("writing dist/");
    let mut assets = Assets::of(&tree::www())?;
    for file in ["shikaku_navi.js", "shikaku_navi_bg.wasm"] {
        assets.add(&format!("engine/{file}"), std::fs::read(engine.join(file))?);
    }
    if optimised {
        let plain = plain::engine()?;
        for file in ["plain_engine.js", "plain_glue.js"] {
            assets.add(&format!("engine/{file}"), std::fs::read(plain.join(file))?);
        }
    }
    let sources = assets.files().clone();
    assets.write(&tree::dist())?;
    if optimised {
        one_file::write(&sources, &tree::dist())?;
    }
    Ok(assets)
}

/// Makes the engine as wasm with its JavaScript bindings, optimised if wanted, and says where it is.
fn engine(optimised: bool) -> Outcome<PathBuf> {
    setup::wasm_target()?;
    step("compiling the engine to wasm");
    shell::run(
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "--package", "shikaku-navi", "--lib"])
            .args(["--target", "wasm32-unknown-unknown"])
            .current_dir(tree::root()),
    )?;
    let wasm = tree::target().join("wasm32-unknown-unknown/release/shikaku_navi.wasm");
    // What was made from the same bytes before is made already.
    let kind = if optimised { "optimised" } else { "plain" };
    let folder = tree::target().join("engine").join(format!("{}-{kind}", hash(&std::fs::read(&wasm)?)));
    if folder.exists() {
        return Ok(folder);
    }
    let making = folder.with_extension("making");
    if making.exists() {
        std::fs::remove_dir_all(&making)?;
    }
    step("generating the bindings");
    bindings(&wasm, &making)?;
    if optimised {
        step("optimising the wasm");
        optimise(&making.join("shikaku_navi_bg.wasm"))?;
    }
    std::fs::rename(&making, &folder)?;
    Ok(folder)
}

fn bindings(wasm: &Path, folder: &Path) -> Outcome {
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .generate(folder)
        .map_err(|error| format!("the bindings cannot be generated: {error:#}").into())
}

fn optimise(wasm: &Path) -> Outcome {
    let mut command = setup::node_tool("binaryen", "bin/wasm-opt")?;
    command.arg("-Oz").args(FEATURES.map(|feature| format!("--enable-{feature}")));
    shell::run(command.arg(wasm).arg("-o").arg(wasm))
}
