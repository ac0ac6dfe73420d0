//! The engine for browsers: as wasm, and as plain JavaScript for those that have no WebAssembly or are forbidden to
//! use it.

use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::assets::hash;
use crate::quiet::without_panics;
use crate::setup::WASM;
use crate::shell::{self, step};
use crate::{Outcome, setup, tree};

/// What every browser of the last years runs; tail calls and the like are left out on purpose.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];
/// What makes the engine smallest to download. A function that is called once stays one, unless it is tiny: put together,
/// they are fewer bytes and yet compress worse, by a fourteenth of the whole. Nothing lies in the first kilobyte of the
/// memory, where the stack ends.
const OPTIMISED: [&str; 8] = [
    "-Oz",
    "--one-caller-inline-max-function-size=20",
    "--always-inline-max-function-size=6",
    "--skip-pass=local-cse",
    "--low-memory-unused",
    "--converge",
    "--strip-producers",
    "--strip-target-features",
];
/// What it imports and exports gets names of one letter. Prints which.
const SHORTER: [&str; 1] = ["--minify-imports-and-exports-and-modules"];
/// What wasm2js cannot put into JavaScript. The precompiled standard library claims both, so the claim is dropped too.
const WITHOUT: &str = "-Ctarget-feature=-reference-types,-multivalue";
/// The passes that put the other features into what wasm2js knows.
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

/// What the bindings bring for browsers that lack it: whoever has the references of [`FEATURES`] has these, too.
const FOR_OLDER: [(&str, &str); 2] = [
    (
        "if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}
",
        "",
    ),
    (
        "(typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : ",
        "",
    ),
];

/// Makes the engine as wasm with its JavaScript bindings, optimised if wanted, and says where it is.
pub(crate) fn as_wasm(optimised: bool) -> Outcome<PathBuf> {
    bound("navi", ".", optimised)
}

/// Makes the engine that answers many members at once, and says where it is.
pub(crate) fn for_many() -> Outcome<PathBuf> {
    bound("many", "../engine", true)
}

/// Makes the engine that only decides which guidance is given, and says where it is.
pub(crate) fn to_decide() -> Outcome<PathBuf> {
    bound("decider", "../engine", true)
}

/// `offers` is a feature of the engine; `beside` is where the page's modules for it are, seen from it.
fn bound(offers: &str, beside: &str, optimised: bool) -> Outcome<PathBuf> {
    setup::wasm_target()?;
    step("compiling the engine to wasm");
    let wasm = compiled(&tree::target(), offers, &[])?;
    made_once(&wasm, if optimised { "optimised" } else { "plain" }, |making| {
        step("generating the bindings");
        let quiet = without_panics(&wasm)?;
        generate(Bindgen::new().input_bytes("shikaku_navi", quiet).bundler(true)?, making)?;
        let file = making.join("shikaku_navi_bg.wasm");
        let mut names = Names::default();
        if optimised {
            step("optimising the wasm");
            binaryen("wasm-opt", &[&OPTIMISED[..], &FEATURES].concat(), &file, &file)?;
            names = serde_json::from_str(&binaryen("wasm-opt", &[&SHORTER[..], &FEATURES].concat(), &file, &file)?)?;
        }
        bind(making, beside, &names)?;
        rewrite(&making.join("shikaku_navi.js"), &FOR_OLDER)
    })
}

/// What imports and exports are called now. The module of an import comes before its names.
#[derive(Default, serde::Deserialize)]
struct Names {
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

/// Writes the bindings: what the wasm calls, by the names it now has, and what says which wasm they are to call.
fn bind(folder: &Path, beside: &str, names: &Names) -> Outcome {
    let mut text = glue(&folder.join("shikaku_navi_bg.js"), beside)?;
    let made = text.lines().filter_map(|line| line.strip_prefix("export function ")?.split_once('('));
    let (called, offered): (Vec<&str>, Vec<&str>) =
        made.map(|(name, _)| name).partition(|name| name.starts_with("__wb"));
    let called = called.into_iter().filter(|name| *name != "__wbg_set_wasm").map(|name| {
        match names.imports.iter().find(|(_, long, _)| long == name) {
            Some((_, _, short)) => format!("{short}: {name}"),
            None => name.to_owned(),
        }
    });
    let called = called.collect::<Vec<_>>().join(", ");
    let offered = offered.join(", ");
    let module = if names.imports.is_empty() { "\"./shikaku_navi_bg.js\"" } else { "a" };
    text.push_str("export function bind({ exports }) {\n    __wbg_set_wasm(exports);\n    wasm.__wbindgen_start();\n");
    text.extend(["    return { ", &offered, ", memory: wasm.memory };\n}\nexport const imports = { "]);
    text.extend([module, ": { ", &called, " } };\n"]);
    let mut exports: Vec<_> = names.exports.iter().collect();
    // One name may be how another begins.
    exports.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in exports {
        text = text.replace(&format!("wasm.{long}"), &format!("wasm.{short}"));
    }
    Ok(std::fs::write(folder.join("shikaku_navi.js"), text)?)
}

/// Generated bindings, which bring copies of the page's own modules: they shall ask for those themselves, in this folder.
/// Their objects are the page's own, too, and nobody else gives them back by leaving a block.
fn glue(file: &Path, folder: &str) -> Outcome<String> {
    let text = std::fs::read_to_string(file)?;
    let lines = text.lines().filter(|line| !line.starts_with("if (Symbol.dispose)"));
    let lines = lines.map(|line| match line.rsplit_once("/www/engine/") {
        Some((start, module)) if line.contains("'./snippets/") => {
            let names = start.split('\'').next().unwrap_or_default();
            format!("{names}\"{folder}/{}\n", module.replace('\'', "\""))
        }
        _ => format!("{line}\n"),
    });
    Ok(lines.collect())
}

/// Makes the engine as plain JavaScript: `plain_engine.js`, its bindings in `plain_glue.js`, and says where they are.
pub(crate) fn as_script() -> Outcome<PathBuf> {
    step("compiling the engine for browsers without WebAssembly");
    let wasm = compiled(&tree::target().join("plain"), "navi", &[WITHOUT])?;
    made_once(&wasm, "plain-script", |making| {
        step("turning it into JavaScript");
        let file = |name: &str| making.join(name);
        std::fs::create_dir_all(making)?;
        let unclaimed = file("unclaimed.wasm");
        std::fs::write(&unclaimed, without_panics(&wasm)?)?;
        binaryen("wasm-opt", &[&["--strip-target-features"], &FEATURES[..]].concat(), &unclaimed, &unclaimed)?;
        generate(Bindgen::new().input_path(&unclaimed).out_name("bound").bundler(true)?, making)?;
        let lowered = file("lowered.wasm");
        binaryen("wasm-opt", &[&LOWERING[..], &OPTIMISED[..], &FEATURES].concat(), &file("bound_bg.wasm"), &lowered)?;
        binaryen("wasm2js", &["-O"], &lowered, &file("plain_engine.js"))?;
        // The build knows a file by its name in double quotes.
        rewrite(
            &file("plain_engine.js"),
            &[("'./bound_bg.js'", "\"./plain_glue.js\""), ("./bound_bg.js", "./plain_glue.js")],
        )?;
        std::fs::rename(file("bound_bg.js"), file("plain_glue.js"))?;
        std::fs::write(file("plain_glue.js"), glue(&file("plain_glue.js"), ".")?)?;
        rewrite(&file("plain_glue.js"), &VIEWS)
    })
}

/// Compiles the engine for the web into a folder of Cargo's, and says where the wasm is. It holds the places of the code
/// that can fail; what they are called on this machine is nobody's business, and would make each build another one.
fn compiled(target: &Path, offers: &str, flags: &[&str]) -> Outcome<PathBuf> {
    let known_as = |folder: &Path, name| format!("--remap-path-prefix={}={name}", folder.display());
    let mut all = vec![known_as(&setup::cargo_home()?, "cargo"), known_as(target, "target")];
    all.extend(flags.iter().map(|flag| (*flag).to_owned()));
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--quiet", "--release", "--package", "shikaku-navi", "--lib", "--target", WASM]);
    command
        .args(["--no-default-features", "--features", offers])
        .arg("--target-dir")
        .arg(target)
        .current_dir(tree::root());
    shell::run(command.env("CARGO_ENCODED_RUSTFLAGS", all.join("\u{1f}")))?;
    Ok(target.join(WASM).join("release/shikaku_navi.wasm"))
}

/// How it is made.
const RECIPE: [&str; 2] = [include_str!("engine.rs"), include_str!("quiet.rs")];

/// A folder made from some wasm; what was made from the same bytes in the same way before is made already.
fn made_once(wasm: &Path, kind: &str, make: impl FnOnce(&Path) -> Outcome) -> Outcome<PathBuf> {
    let from = [&std::fs::read(wasm)?, RECIPE.concat().as_bytes()].concat();
    let folder = tree::target().join("engine").join(format!("{}-{kind}", hash(&from)));
    if folder.exists() {
        return Ok(folder);
    }
    let making = folder.with_extension("making");
    if making.exists() {
        std::fs::remove_dir_all(&making)?;
    }
    make(&making)?;
    std::fs::rename(&making, &folder)?;
    Ok(folder)
}

fn generate(bindings: &mut Bindgen, folder: &Path) -> Outcome {
    let made = bindings.typescript(false).generate(folder);
    made.map_err(|error| format!("the bindings cannot be generated: {error:#}").into())
}

/// Gives what the tool prints.
fn binaryen(tool: &str, args: &[&str], from: &Path, to: &Path) -> Outcome<String> {
    let mut command = setup::node_tool("binaryen", &format!("bin/{tool}"))?;
    shell::run_quietly(command.args(args).arg(from).arg("-o").arg(to))
}

/// Changes a generated file, and fails if it is not as it was expected to be.
fn rewrite(file: &Path, changes: &[(&str, &str)]) -> Outcome {
    let mut text = std::fs::read_to_string(file)?;
    for (from, to) in changes {
        if !text.contains(from) {
            return Err(format!("{} is not generated as expected: no `{from}`", file.display()).into());
        }
        text = text.replace(from, to);
    }
    Ok(std::fs::write(file, text)?)
}
