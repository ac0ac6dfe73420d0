//! The page in a real browser, walked as a member would.

mod browser;
mod lighthouse;
mod walks;

use std::path::Path;

use crate::setup::Browser;
use crate::shell::step;
use crate::test::Tally;
use crate::{Outcome, build, serve, setup, tree};

/// The pages that Lighthouse looks at.
const LIGHTHOUSE: [(&str, &str); 2] =
    [("lighthouse: the list of insurers", ""), ("lighthouse: the first question", "?insurer=tokyo-denki")];

/// Walks through the page with every screen kept in a picture, or only the walks whose name holds `part`.
pub(crate) fn show(part: &str) -> Outcome {
    let browser = setup::browser()?;
    setup::node_tools()?.ok_or("Node 20 or newer with npm is needed: see https://nodejs.org")?;
    build::run()?;
    let album = tree::target().join("screens");
    std::fs::create_dir_all(&album)?;
    step("walking through the page");
    let mut tally = Tally::default();
    for (name, outcome) in run(&browser, part, Some(&album))? {
        tally.check(name, outcome);
    }
    println!("the pictures are in {}", album.display());
    tally.close()
}

/// Takes every walk whose name holds `part` in a fresh browser window, then lets Lighthouse look, and says what came of
/// each.
pub(crate) fn run(browser: &Browser, part: &str, album: Option<&Path>) -> Outcome<Vec<(&'static str, Outcome)>> {
    let axe = std::fs::read_to_string(tree::root().join("node_modules/axe-core/axe.min.js"))?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let served = serve::spawn(&tree::dist()).await?;
        let driver = browser::Driver::start(browser).await?;
        let mut outcomes = Vec::new();
        for (name, walk) in walks::all().filter(|(name, _)| name.contains(part)) {
            let outcome = match driver.open(&served, &axe, album).await {
                Ok(page) => {
                    let outcome = walk(page.clone()).await;
                    // A window that does not close is no fault of the walk.
                    let _ = page.close().await;
                    outcome
                }
                Err(error) => Err(error),
            };
            outcomes.push((name, outcome));
        }
        for (name, rest) in LIGHTHOUSE.into_iter().filter(|(name, _)| name.contains(part)) {
            outcomes.push((name, lighthouse::is_perfect(&browser.browser, served.address, rest).await));
        }
        Ok(outcomes)
    })
}
