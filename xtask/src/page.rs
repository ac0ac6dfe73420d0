//! The page in real browsers, walked as a member would.

mod browser;
mod engines;
mod lighthouse;
mod walks;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use browser::Page;
use engines::{Driver, Engine};
use tokio::time::timeout;

use crate::serve::Served;
use crate::shell::step;
use crate::test::Tally;
use crate::{Outcome, build, setup, tree};

/// How long a walk may take before it counts as stuck; far longer than any does.
const PATIENCE: Duration = Duration::from_mins(3);
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
    run(part, Some(&album), &mut tally)?;
    println!("the pictures are in {}", album.display());
    tally.close()
}

/// Takes every walk whose name, with that of the browser before it, holds `part`, in a fresh browser window, in all
/// browsers side by side; then lets Lighthouse look.
pub(crate) fn run(part: &str, album: Option<&Path>, tally: &mut Tally) -> Outcome {
    let axe: Arc<str> = std::fs::read_to_string(tree::root().join("node_modules/axe-core/axe.min.js"))?.into();
    tokio::runtime::Runtime::new()?.block_on(async {
        let tally = Mutex::new(tally);
        let walk = |engine| walk_in(engine, part, album, &axe, &tally);
        let [chromium, firefox, webkit] = Engine::ALL;
        tokio::join!(walk(chromium), walk(firefox), walk(webkit));
        for (name, rest) in LIGHTHOUSE.into_iter().filter(|(name, _)| name.contains(part)) {
            let served = Served::start(&tree::dist()).await?;
            count(&tally, name, lighthouse::is_perfect(served.address, rest).await);
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
    let driver = match Driver::start(engine).await {
        Ok(driver) => driver,
        Err(error) => return count(tally, engine.name(), Err(error)),
    };
    for (name, walk) in walks {
        let outcome = async {
            let served = Served::start(&tree::dist()).await?;
            let page = Page::new(driver.open().await?, engine, served, axe.clone(), album);
            let outcome = timeout(PATIENCE, walk(page.clone())).await;
            // A window that does not close is no fault of the walk.
            let _ = timeout(PATIENCE, page.close()).await;
            outcome?
        };
        count(tally, &named(name), timeout(2 * PATIENCE, outcome).await.unwrap_or_else(|late| Err(late.into())));
    }
}

fn count(tally: &Mutex<&mut Tally>, name: &str, outcome: Outcome) {
    if let Ok(mut tally) = tally.lock() {
        tally.check(name, outcome);
    }
}
