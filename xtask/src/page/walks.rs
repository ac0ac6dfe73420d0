//! The walks: each opens the page and does what one member would.

mod answers;
mod clock;
mod guide;
mod hosts;
mod kiosk;
mod network;
mod offline;
mod package;
mod rules;
mod screens;
mod servers;
mod sessions;
mod surroundings;

use std::future::Future;
use std::pin::Pin;

use serde_json::json;

use super::browser::Page;
use super::engines::Engine;
use crate::Outcome;

pub(crate) type Walk = fn(Page) -> Pin<Box<dyn Future<Output = Outcome>>>;

/// The walks that can be taken in a browser, by name.
pub(crate) fn all(engine: Engine) -> impl Iterator<Item = (&'static str, Walk)> {
    let only: &[&[(&str, Walk)]] = match engine {
        Engine::Chromium => &[
            guide::CHROMIUM_WALKS,
            offline::PROFILE_WALKS,
            screens::CHROMIUM_WALKS,
            servers::CHROMIUM_WALKS,
            surroundings::CHROMIUM_WALKS,
        ],
        Engine::Firefox => &[offline::PROFILE_WALKS],
        Engine::WebKit => &[],
    };
    let all = [
        answers::WALKS,
        clock::WALKS,
        guide::WALKS,
        hosts::WALKS,
        kiosk::WALKS,
        network::WALKS,
        offline::WALKS,
        package::WALKS,
        rules::WALKS,
        screens::WALKS,
        servers::WALKS,
        sessions::WALKS,
        surroundings::WALKS,
    ];
    all.into_iter().chain(only.iter().copied()).flatten().copied()
}

/// Lists walks by the names of their functions.
macro_rules! walks {
    ($list:ident: $($name:ident),+ $(,)?) => {
        pub(super) const $list: &[(&str, super::Walk)] = &[$((stringify!($name), |page| Box::pin($name(page)))),+];
    };
}
use walks;

fn holds(condition: bool, what: &str) -> Outcome {
    if condition { Ok(()) } else { Err(what.to_owned().into()) }
}

async fn has(page: &Page, wanted: &[&str], unwanted: &[&str]) -> Outcome {
    let said = page.guidance().await?;
    let has = |id: &str| said.iter().any(|one| one == id);
    let lacking: Vec<_> = wanted.iter().filter(|id| !has(id)).collect();
    let surplus: Vec<_> = unwanted.iter().filter(|id| has(id)).collect();
    holds(lacking.is_empty() && surplus.is_empty(), &format!("lacks {lacking:?}, has {surplus:?}: {said:?}"))
}

async fn says(page: &Page, text: &str) -> Outcome {
    page.until(&format!("root.querySelector('.stage').innerText.includes({})", json!(text))).await
}

async fn date(page: &Page, year: &str, month: &str, day: &str) -> Outcome {
    page.fill("[name=year]", year).await?;
    page.fill("[name=month]", month).await?;
    page.fill("[name=day]", day).await?;
    page.click(".primary").await
}

async fn choose(page: &Page, value: &str) -> Outcome {
    page.click(&format!("input[value='{value}']")).await?;
    page.click(".primary").await
}

/// Goes past the circumstances: none applies.
async fn nothing_special(page: &Page) -> Outcome {
    page.find("shikaku-navi-circumstances").await?;
    page.click(".primary").await
}

async fn tick(page: &Page, fact: &str, answer: &str) -> Outcome {
    page.click(&format!("input[name={fact}][value='{answer}']")).await
}

/// Waits until everything has come that comes in idle time: the other languages, and the codes.
async fn everything_is_here(page: &Page) -> Outcome {
    page.until("performance.getEntriesByType('resource').filter((one) => /locales|codes/.test(one.name)).length === 8")
        .await
}
