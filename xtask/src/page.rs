//! The page in a real browser, walked as a member would.

mod browser;
mod walks;

use crate::setup::Browser;
use crate::{Outcome, serve, tree};

/// Runs every walk in a fresh browser window and says what came of each.
pub(crate) fn run(browser: &Browser) -> Outcome<Vec<(&'static str, Outcome)>> {
    let axe = std::fs::read_to_string(tree::root().join("node_modules/axe-core/axe.min.js"))?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let address = serve::spawn(&tree::dist()).await?;
        let driver = browser::Driver::start(browser).await?;
        let mut outcomes = Vec::new();
        for (name, walk) in walks::ALL {
            let outcome = match driver.open(address, &axe).await {
                Ok(page) => {
                    let outcome = walk(page.clone()).await;
                    // A window that does not close is no fault of the walk.
                    let _ = page.close().await;
                    outcome
                }
                Err(error) => Err(error),
            };
            outcomes.push((*name, outcome));
        }
        Ok(outcomes)
    })
}
