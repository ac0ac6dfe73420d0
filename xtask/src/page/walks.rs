//! The walks: each opens the page and does what one member would.

mod answers;
mod guide;
mod screens;
mod surroundings;

use std::future::Future;
use std::pin::Pin;

use serde_json::json;

use super::browser::Page;
use crate::Outcome;

pub(crate) type Walk = fn(Page) -> Pin<Box<dyn Future<Output = Outcome>>>;

/// All walks, by name.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Walk)> {
    [answers::WALKS, guide::WALKS, screens::WALKS, surroundings::WALKS].into_iter().flatten().copied()
}

/// Lists walks by the names of their functions.
macro_rules! walks {
    ($($name:ident),+ $(,)?) => {
        pub(super) const WALKS: &[(&str, super::Walk)] =
            &[$((concat!("page: ", stringify!($name)), |page| Box::pin($name(page)))),+];
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
    page.find("navi-circumstances").await?;
    page.click(".primary").await
}

async fn tick(page: &Page, fact: &str, answer: &str) -> Outcome {
    page.click(&format!("input[name={fact}][value='{answer}']")).await
}
