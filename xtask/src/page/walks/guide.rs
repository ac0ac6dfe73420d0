//! The guide: documents without scripts, for everybody.

use serde_json::json;

use super::{holds, walks};
use crate::Outcome;
use crate::page::browser::Page;

walks![
    WALKS:
    the_guide_is_not_cut_off_at_320_pixels,
];

// Only Chromium can be made to prefer colours, and to run no script of a file.
walks![
    CHROMIUM_WALKS:
    the_guide_is_accessible,
    the_guide_needs_no_scripts,
];

/// The longest, one with readings, one in another script, and the way in.
const DOCUMENTS: [&str; 4] = ["tokyo-denki.ja", "web-notice.ja-easy", "rokin.en", "index"];

async fn the_guide_is_accessible(page: Page) -> Outcome {
    for name in DOCUMENTS {
        for (feature, value) in
            [("prefers-color-scheme", "light"), ("prefers-color-scheme", "dark"), ("forced-colors", "active")]
        {
            let features = json!({ "features": [{ "name": feature, "value": value }] });
            page.devtools("Emulation.setEmulatedMedia", features).await?;
            page.goto(&format!("guide/{name}.html")).await?;
            page.keep(&format!("guide-{name}-{value}")).await?;
            page.is_accessible().await.map_err(|error| format!("{name}, {value}: {error}"))?;
        }
        page.keep_print(&format!("guide-{name}")).await?;
    }
    let complaints = page.complaints().await?;
    holds(complaints.is_empty(), &format!("{complaints:?}"))
}

async fn the_guide_is_not_cut_off_at_320_pixels(page: Page) -> Outcome {
    let narrow = page.as_wide_as(320);
    for name in DOCUMENTS {
        narrow.goto(&format!("guide/{name}.html")).await?;
        narrow.keep(&format!("guide-{name}-narrow")).await?;
        let width = narrow.js("return document.documentElement.scrollWidth;").await?;
        holds(width.as_u64().is_some_and(|width| width <= 320), &format!("{name} is {width} pixels wide"))?;
    }
    Ok(())
}

/// Without scripts the page leads to the guides, and a single file holds the one of its insurer.
async fn the_guide_needs_no_scripts(page: Page) -> Outcome {
    page.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    page.goto("").await?;
    page.keep("guide-from-the-page").await?;
    let shown = page.visible_text().await?;
    holds(shown.contains("健康保険組合ごと、ことばごとの早見を開く"), &shown)?;
    page.goto("guide/rokin.ja.html").await?;
    let guide = page.visible_text().await?;
    holds(guide.contains("までの案内です") && guide.contains("03-5217-3162"), &guide)?;
    page.open_file("shikaku-navi-rokin.html").await?;
    page.keep("guide-in-one-file").await?;
    let shown = page.visible_text().await?;
    holds(!shown.contains("早見を開く") && shown.contains("03-5217-3162"), &shown)
}
