//! Walks of very many people at one shared screen.

use serde_json::{Value, json};

use super::{holds, walks};
use crate::Outcome;
use crate::page::browser::Page;
use crate::page::engines::Engine;

walks![
    WALKS:
    five_hundred_sessions_at_a_kiosk_leave_nothing_behind,
];

/// What people did is gone from memory too, however many came.
async fn five_hundred_sessions_at_a_kiosk_leave_nothing_behind(page: Page) -> Outcome {
    // The engine is the same everywhere; to be quick, only one browser takes them all.
    let rounds = if page.engine == Engine::Chromium { 10 } else { 3 };
    page.run_first(include_str!("sessions.js"))?;
    page.served.lose("service-worker");
    page.goto("?mode=kiosk").await?;
    page.find(".choice").await?;
    stays_level(&page, "sessions(50)", rounds).await?;
    page.goto("?mode=kiosk").await?;
    page.find(".choice").await?;
    stays_level(&page, "assessments(1000)", 10).await
}

/// Does the same again and again: after the first times, no more memory is needed.
async fn stays_level(page: &Page, call: &str, rounds: usize) -> Outcome {
    const FIRST: usize = 2;
    let script = format!("const done = arguments[0]; {call}.then(done, (error) => done(String(error)));");
    let mut sizes = Vec::new();
    for _ in 0..rounds {
        let engine = page.client.execute_async(&script, Vec::new()).await?;
        let engine = engine.as_u64().ok_or_else(|| format!("{call}: {engine}"))?;
        sizes.push((engine, heap(page).await?));
    }
    let (engine, heap) = sizes.get(FIRST - 1).copied().unwrap_or_default();
    // The browser itself takes notes of what often runs, by a few hundred bytes a session.
    let is_level = sizes.iter().skip(FIRST).all(|(one, two)| *one == engine && *two <= heap + heap / 10);
    holds(is_level, &format!("{call}: the engine’s memory and the page’s grow: {sizes:?}"))
}

/// How many bytes the page's objects take; only Chromium tells.
async fn heap(page: &Page) -> Outcome<u64> {
    if page.engine != Engine::Chromium {
        return Ok(0);
    }
    page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    let usage = page.devtools("Runtime.getHeapUsage", json!({})).await?;
    usage.get("usedSize").and_then(Value::as_u64).ok_or_else(|| "no size".into())
}
