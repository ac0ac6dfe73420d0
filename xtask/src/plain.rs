//! The engine as plain JavaScript, for browsers that have no WebAssembly or are forbidden to use it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::assets::hash;
use crate::shell::{self, step};
use crate::{Outcome, setup, tree};

const WASM: &str = "wasm32-unknown-unknown";
/// What wasm2js cannot put into JavaScript. The precompiled standard library claims both, so the claim is dropped too.
const WITHOUT: &str = "-Ctarget-feature=-reference-types,-multivalue";
/// What the standard library uses, and the passes that put it into what wasm2js knows.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];
const LOWERING: [&str; 3] =
    ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];
/// The bindings keep views of the memory until it is replaced. Growing detaches the memory of wasm, but that of plain
/// JavaScript is copied and stays, so here they have to compare.
const VIEWS: [(&str, &str); 2] = [
    (
        "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && \
         cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
    ("cachedUint8ArrayMemory0.byteLength === 0", "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"),
];

/// Makes the two files, the engine and its bindings, and says where they are.
pub(crate) fn engine() -> Outcome<PathBuf> {
    let target = tree::target().join("plain");
    step("compiling the engine for browsers without WebAssembly");
    shell::run(
        Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--release", "--package", "shikaku-navi", "--lib", "--target", WASM])
            .arg("--target-dir")
            .arg(&target)
            .env("RUSTFLAGS", WITHOUT)
            .current_dir(tree::root()),
    )?;
    let wasm = target.join(WASM).join("release/shikaku_navi.wasm");
    // What was made from the same bytes before is made already.
    let folder = tree::target().join("engine").join(format!("{}-plain-script", hash(&std::fs::read(&wasm)?)));
    if folder.exists() {
        return Ok(folder);
    }
    let making = folder.with_extension("making");
    if making.exists() {
        std::fs::remove_dir_all(&making)?;
    }
    std::fs::create_dir_all(&making)?;
    step("turning it into JavaScript");
    let claimless = making.join("claimless.wasm");
    binaryen("wasm-opt", &["--strip-target-features"], &wasm, &claimless)?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(&claimless)
        .out_name("bound")
        .bundler(true)?
        .typescript(false)
        .generate(&making)
        .map_err(|error| format!("the bindings cannot be generated: {error:#}"))?;
    let lowered = making.join("lowered.wasm");
    binaryen("wasm-opt", &[&LOWERING[..], &["-Oz"]].concat(), &making.join("bound_bg.wasm"), &lowered)?;
    binaryen("wasm2js", &["-O"], &lowered, &making.join("plain_engine.js"))?;
    rewrite(&making.join("plain_engine.js"), "plain_engine.js", &[("./bound_bg.js", "./plain_glue.js")])?;
    std::fs::rename(making.join("bound_bg.js"), making.join("plain_glue.js"))?;
    rewrite(&making.join("plain_glue.js"), "plain_glue.js", &VIEWS)?;
    std::fs::rename(&making, &folder)?;
    Ok(folder)
}

fn binaryen(tool: &str, args: &[&str], from: &Path, to: &Path) -> Outcome {
    let mut command = setup::node_tool("binaryen", &format!("bin/{tool}"))?;
    let features = FEATURES.iter().filter(|_| tool == "wasm-opt");
    shell::run(command.args(features).args(args).arg(from).arg("-o").arg(to))
}

/// Changes a generated file, and fails if it is not as it was expected to be.
fn rewrite(file: &Path, name: &str, changes: &[(&str, &str)]) -> Outcome {
    let mut text = std::fs::read_to_string(file)?;
    for (from, to) in changes {
        if !text.contains(from) {
            return Err(format!("{name} is not generated as expected: no `{from}`").into());
        }
        text = text.replace(from, to).replace(&format!("'{to}'"), &format!("\"{to}\""));
    }
    Ok(std::fs::write(file, text)?)
}
