//! From sources to the deployable folder.

use std::path::Path;

use crate::assets::{Assets, Sizes};
use crate::shell::step;
use crate::{Outcome, clock, engine, guide, notices, one_file, package, recipes, rules, sbom, setup, tree};

/// What is downloaded at most, compressed (brotli, quality 11).
const BUDGET: Sizes = Sizes { engine: 52 * 1024, first_visit: 92_000, later: 169_000, plain: 69_000, guide: 12_000 };

/// Builds `dist/` to be deployed, prints what a first visit downloads, and fails if it is too much.
pub(crate) fn run() -> Outcome {
    if setup::node_tools()?.is_none() {
        return Err("the deployable folder needs Node with npm, for wasm-opt: see https://nodejs.org".into());
    }
    rules::check_reviewed(clock::today()?)?;
    write(true)?.check_sizes(&BUDGET)?;
    notices::write(&[&tree::dist(), &package::folder()])?;
    package::pack()?;
    sbom::write(&tree::dist())?;
    recipes::write(&tree::dist())
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
        eprintln!("  without Node and its packages the engine is not optimised, and larger than it has to be;");
        eprintln!("  and there is no guide for where no script runs");
    }
    write(optimised).map(drop)
}

/// Writes another build of the page, whose texts say `to` instead of `from`, for tests.
pub(crate) fn another(folder: &Path, from: &str, to: &str) -> Outcome {
    let mut assets = sources(true)?;
    assets.replace(from, to);
    assets.make_small()?;
    assets.write(folder)
}

fn write(optimised: bool) -> Outcome<Assets> {
    rules::check()?;
    let mut assets = sources(optimised)?;
    if !optimised {
        assets.replace(one_file::LINK, "");
        step("writing dist/");
        assets.write(&tree::dist())?;
        return Ok(assets);
    }
    let sources = assets.files().clone();
    let guide = guide::write(&sources)?;
    assets.make_small()?;
    for (path, document) in guide.documents {
        assets.add(&path, document);
    }
    step("writing dist/");
    assets.write(&tree::dist())?;
    one_file::write(&sources, &guide.inside, &tree::dist())?;
    package::write(&sources)?;
    Ok(assets)
}

/// The files as they are before any is renamed.
fn sources(optimised: bool) -> Outcome<Assets> {
    let engine = engine::as_wasm(optimised)?;
    let mut assets = Assets::of(&tree::www())?;
    for file in ["shikaku_navi.js", "shikaku_navi_bg.wasm"] {
        assets.add(&format!("engine/{file}"), std::fs::read(engine.join(file))?);
    }
    if optimised {
        let plain = engine::as_script()?;
        for file in ["plain_engine.js", "plain_glue.js"] {
            assets.add(&format!("engine/{file}"), std::fs::read(plain.join(file))?);
        }
    }
    Ok(assets)
}
