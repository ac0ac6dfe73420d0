//! The page in real browsers, walked as a member would.

mod apart;
mod browser;
mod engines;
mod lighthouse;
mod servers;
mod walks;

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) use apart::APART;
use browser::Page;
use engines::Driver;
pub(crate) use engines::Engine;
use tokio::time::timeout;
use walks::Walk;

use crate::serve::Served;
use crate::shell::step;
use crate::test::Tally;
use crate::{Outcome, build, setup, tree};

/// How long a walk may take before it counts as stuck; far longer than any does.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long a window may take to close.
const CLOSING: Duration = Duration::from_secs(10);
/// The pages that Lighthouse looks at.
const LIGHTHOUSE: [(&str, &str); 2] =
    [("lighthouse: the list of insurers", ""), ("lighthouse: the first question", "?insurer=tokyo-denki")];

/// Walks through the page with every screen kept in a picture, or only the walks whose name holds `part`.
pub(crate) fn show(part: &str) -> Outcome {
    setup::node_tools()?.ok_or("Node 20 or newer with npm is needed: see https://nodejs.org")?;
    build::run()?;
    let album = tree::target().join("screens");
    std::fs::create_dir_all(&album)?;
    step("walking through the page");
    let mut tally = Tally::default();
    in_browsers(part, Some(&album), &mut tally)?;
    lighthouses(part, &mut tally)?;
    println!("the pictures are in {}", album.display());
    tally.close()
}

/// A command that takes all walks, in a network of their own if the machine allows that.
pub(crate) fn command() -> Outcome<Command> {
    // Where nothing can be fetched any more, everything has to be there.
    for engine in Engine::ALL {
        engine.install()?;
    }
    servers::install()?;
    apart::command()
}

/// Takes all walks in the network of their own that this program was started in.
pub(crate) fn walk_apart() -> Outcome {
    apart::lay_out()?;
    let mut tally = Tally::default();
    in_browsers("", None, &mut tally)?;
    tally.check("nothing left this machine", apart::nothing_left());
    lighthouses("", &mut tally)?;
    tally.close()
}

/// Takes every walk whose name, with that of the browser before it, holds `part`, in a fresh browser window, in all
/// browsers side by side.
fn in_browsers(part: &str, album: Option<&Path>, tally: &mut Tally) -> Outcome {
    let axe: Arc<str> = std::fs::read_to_string(tree::root().join("node_modules/axe-core/axe.min.js"))?.into();
    tokio::runtime::Runtime::new()?.block_on(async {
        let tally = Mutex::new(tally);
        let walk = |engine| walk_in(engine, part, album, &axe, &tally);
        let [chromium, firefox, webkit] = Engine::ALL;
        tokio::join!(walk(chromium), walk(firefox), walk(webkit));
    });
    Ok(())
}

/// Lets Lighthouse look; its browser asks its maker for this and that.
fn lighthouses(part: &str, tally: &mut Tally) -> Outcome {
    tokio::runtime::Runtime::new()?.block_on(async {
        for (name, rest) in LIGHTHOUSE.into_iter().filter(|(name, _)| name.contains(part)) {
            let served = Served::start(&tree::dist()).await?;
            tally.check(name, lighthouse::is_perfect(served.address, rest).await);
        }
        Ok(())
    })
}

/// Takes the walks in one browser.
async fn walk_in(engine: Engine, part: &str, album: Option<&Path>, axe: &Arc<str>, tally: &Mutex<&mut Tally>) {
    let named = |name: &str| format!("{}: {name}", engine.name());
    let mut walks = walks::all(engine).filter(|(name, _)| named(name).contains(part)).peekable();
    if walks.peek().is_none() {
        return;
    }
    let mut driver = match Driver::start(engine).await {
        Ok(driver) => driver,
        Err(error) => return count(tally, engine.name(), Err(error)),
    };
    for (name, walk) in walks {
        let mut outcome = take(&driver, walk, axe, album).await;
        if let Err(error) = &outcome {
            // Now and then a browser answers its driver no more, or loses a click; what is wrong with the page, another
            // one shows as well.
            step(&format!("{}, taken once more: {error}", named(name)));
            match Driver::start(engine).await {
                Ok(another) => driver = another,
                Err(error) => return count(tally, engine.name(), Err(error)),
            }
            outcome = take(&driver, walk, axe, album).await;
        }
        count(tally, &named(name), outcome);
    }
}

/// Takes one walk in a fresh window.
async fn take(driver: &Driver, walk: Walk, axe: &Arc<str>, album: Option<&Path>) -> Outcome {
    let outcome = async {
        let served = Served::start(&tree::dist()).await?;
        let page = Page::new(driver.open().await?, driver.engine, served, axe.clone(), album);
        let outcome = timeout(PATIENCE, walk(page.clone())).await;
        // A window that does not close is no fault of the walk.
        let _ = timeout(CLOSING, page.close()).await;
        outcome?
    };
    timeout(PATIENCE + 2 * CLOSING, outcome).await?
}

fn count(tally: &Mutex<&mut Tally>, name: &str, outcome: Outcome) {
    if let Ok(mut tally) = tally.lock() {
        tally.check(name, outcome);
    }
}
