//! The npm package in somebody else's pages, as Vite builds them.

use fantoccini::Locator;

use super::screens::LANGUAGES;
use super::{choose, date, has, holds, nothing_special, walks};
use crate::page::browser::Page;
use crate::{Outcome, package};

walks![
    WALKS:
    the_npm_package_works_as_vite_builds_it,
];

async fn the_npm_package_works_as_vite_builds_it(page: Page) -> Outcome {
    let example = tokio::task::spawn_blocking(package::example).await??;
    let page = page.at(&example.path().join("dist")).await?;
    every_file_is_found(&page).await?;
    page.goto("").await?;
    choose(&page, "rokin").await?;
    answer(&page).await?;
    page.find(".code path").await?;
    let complaints = page.complaints().await?;
    holds(complaints.is_empty(), &format!("{complaints:?}"))?;
    without_wasm_it_answers(&page).await?;
    the_engine_comes_alone(&page.at(&example.path().join("dist")).await?).await
}

/// The rules of every insurer and the texts of every language, under the names that Vite gives them.
async fn every_file_is_found(page: &Page) -> Outcome {
    page.goto("").await?;
    page.find(".choice input").await?;
    let insurers = page.js("return [...root.querySelectorAll('.choice input')].map((one) => one.value);").await?;
    let insurers: Vec<String> = serde_json::from_value(insurers)?;
    holds(insurers.len() > 5, &format!("there are only {insurers:?}"))?;
    for insurer in &insurers {
        page.goto("").await?;
        choose(page, insurer).await?;
        page.find("[name=year]").await.map_err(|error| format!("{insurer}: {error}"))?;
    }
    for (id, tag) in LANGUAGES {
        page.click(&format!("[data-language={id}]")).await?;
        page.until(&format!("root.querySelector('.stage').lang === '{tag}'")).await?;
        page.until(&format!("Boolean(root.querySelector('.question ruby')) === {}", id == "ja-easy")).await?;
    }
    Ok(())
}

/// Four questions, and the sheet.
async fn answer(page: &Page) -> Outcome {
    date(page, "2026", "4", "1").await?;
    choose(page, "registered").await?;
    choose(page, "true").await?;
    nothing_special(page).await?;
    has(page, &["show-mynumber-card", "download-portal-pdf"], &["no-valid-proof"]).await
}

async fn without_wasm_it_answers(page: &Page) -> Outcome {
    page.served.lose(".wasm");
    page.goto("").await?;
    choose(page, "rokin").await?;
    answer(page).await?;
    holds(page.served.asked().iter().any(|path| path.contains("plain")), "the other engine was not asked for")
}

/// A page that only wants the engine gets nothing of the check.
async fn the_engine_comes_alone(page: &Page) -> Outcome {
    page.goto("engine.html").await?;
    page.client.wait().for_element(Locator::Css("[data-guidance=show-mynumber-card]")).await?;
    let shown = page.visible_text().await?;
    holds(shown.contains("マイナンバーカード"), &shown)?;
    let asked = page.served.asked();
    holds(asked.iter().any(|path| path.contains(".wasm")), &format!("the engine is not in {asked:?}"))?;
    holds(!asked.iter().any(|path| path.contains("index") || path.contains(".css")), &format!("it asked for {asked:?}"))
}
