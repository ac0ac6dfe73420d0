//! How long the engine takes, beside what a web team would pick instead: see `bench/`.

use std::process::Command;

use shikaku_navi::Rulebook;

use crate::shell::{run, run_quietly, step};
use crate::{Outcome, engine, package, setup, tree};

/// Measures everything, writes the table into the README and the numbers beside the programs that measure.
pub(crate) fn run_all() -> Outcome {
    let bench = tree::root().join("bench");
    let made = tree::target().join("bench");
    setup::node_tools()?.ok_or("Node 20 or newer with npm is needed: see https://nodejs.org")?;
    setup::packages_of(&bench)?;
    for (engine, folder) in [(engine::as_wasm(true)?, "engine"), (engine::for_many()?, "many")] {
        package::put(&engine, &made.join(folder))?;
    }
    for file in std::fs::read_dir(tree::www().join("engine"))? {
        let file = file?;
        std::fs::copy(file.path(), made.join("engine").join(file.file_name()))?;
    }
    package::add_decider(&made)?;
    package::join_all(&made)?;
    let rules = serde_json::from_slice(&std::fs::read(bench.join("rules.json"))?)?;
    std::fs::write(made.join("decide/rules.bin"), Rulebook::read(rules, None)?.decider().write())?;
    step("measuring natively");
    let mut native = Command::new(env!("CARGO"));
    let measured = run_quietly(native.args(["bench", "--quiet", "--bench", "native"]).current_dir(tree::root()))?;
    std::fs::write(made.join("native.json"), measured)?;
    step("measuring in Node, each engine in a process of its own");
    run(Command::new("node").arg(bench.join("run.js")).current_dir(bench))?;
    run_quietly(setup::node_tool("prettier", "bin/prettier.cjs")?.args(["--write", "README.md"])).map(drop)
}
