//! The way in, and what the surroundings may lack.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::offline::is_kept;
use super::{choose, date, everything_is_here, has, holds, nothing_special, says, walks};
use crate::Outcome;
use crate::page::browser::Page;

walks![
    WALKS:
    an_insurer_is_found_by_its_number_and_by_its_name,
    an_insurer_that_is_not_there_is_said_not_to_be,
    what_is_asked_first_is_there_before_the_engine,
    nothing_is_asked_for_twice,
    nothing_is_asked_for_after_the_first_question,
    nothing_can_leave_once_something_is_answered,
    a_language_that_came_too_late_is_said_to_be,
    without_wasm_the_answers_are_the_same,
    without_an_engine_the_guide_is_shown,
    one_file_is_enough,
    without_scripts_the_guide_is_there,
    without_data_it_says_so,
    with_another_policy_it_has_its_style,
];

// Only Chromium can be made to drop WebAssembly from a file.
walks![
    CHROMIUM_WALKS:
    one_file_needs_no_wasm,
];

async fn an_insurer_is_found_by_its_number_and_by_its_name(page: Page) -> Outcome {
    page.goto("").await?;
    let shown = "[...root.querySelectorAll('.choice')].filter((one) => !one.hidden).length";
    page.until(&format!("{shown} === 6")).await?;
    page.keep("insurers").await?;
    page.fill("[type=search]", "０６１３４８").await?;
    page.until(&format!("{shown} === 2")).await?;
    page.fill("[type=search]", "労働").await?;
    page.until(&format!("{shown} === 2")).await?;
    choose(&page, "rokin").await?;
    page.find("[name=year]").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "none").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    says(&page, "全国労働金庫健康保険組合").await
}

async fn an_insurer_that_is_not_there_is_said_not_to_be(page: Page) -> Outcome {
    for id in ["nobody", "../national", "%3Cb%3E"] {
        page.goto(&format!("?insurer={id}")).await?;
        says(&page, "という健保組合の案内はありません").await?;
        holds(page.js("return root.querySelector('b');").await?.is_null(), "markup came through")?;
    }
    choose(&page, "national").await?;
    page.find("[name=year]").await
}

/// While the engine is on its way, what will be asked first is seen, and is said not to be answered yet; then it is
/// answered in the same place.
async fn what_is_asked_first_is_there_before_the_engine(page: Page) -> Outcome {
    for (rest, field) in [("?insurer=rokin", "[name=year]"), ("", "[type=search]")] {
        let page = page.elsewhere().await?;
        page.served.slow_down(".wasm");
        page.goto(rest).await?;
        let field = format!("root.querySelector('{field}')");
        let place = format!("{field}.getBoundingClientRect().y");
        page.until_shown(&format!(
            "{field}?.disabled && root.querySelector('.primary').disabled
             && root.querySelector('[role=status].privacy').textContent === '準備しています。まもなく答えられます。'
             && (window.place = {place})"
        ))
        .await?;
        page.is_accessible().await?;
        page.until(&format!("!{field}.disabled && !root.querySelector(':disabled')")).await?;
        let moved = page.js(&format!("return {place} - window.place;")).await?;
        holds(moved == 0, &format!("it moved by {moved}"))?;
    }
    Ok(())
}

/// What is asked for ahead is what is used.
async fn nothing_is_asked_for_twice(page: Page) -> Outcome {
    // It asks for everything once more, to keep it.
    page.served.lose("service-worker");
    page.goto("?insurer=tokyo-denki").await?;
    page.find("[name=year]").await?;
    everything_is_here(&page).await?;
    let mut asked = page.served.asked();
    asked.retain(|path| !path.contains("service-worker") && !path.contains("favicon"));
    let all = asked.len();
    asked.sort();
    asked.dedup();
    holds(all == asked.len() && all > 10, &format!("asked for {:?}", page.served.asked()))
}

async fn nothing_is_asked_for_after_the_first_question(page: Page) -> Outcome {
    page.goto("?insurer=web-notice").await?;
    page.find("[name=year]").await?;
    // The other languages and the codes come in idle time, before anybody has typed a date; so does what is kept for
    // later.
    everything_is_here(&page).await?;
    is_kept(&page).await?;
    let before = page.served.asked();
    date(&page, "2018", "4", "1").await?;
    choose(&page, "lost").await?;
    page.click("[data-language=ko]").await?;
    page.until("root.querySelector('.stage').lang === 'ko'").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    page.find("shikaku-navi-sheet").await?;
    let asked = page.served.asked();
    holds(asked == before, &format!("asked for {:?}", asked.get(before.len()..)))?;
    let kept = page.js("return [document.cookie, localStorage.length, sessionStorage.length].join();").await?;
    holds(kept == ",0,0", "something was stored")
}

/// From the first answer on the page cannot reach anything, and says so.
async fn nothing_can_leave_once_something_is_answered(page: Page) -> Outcome {
    page.goto("?insurer=rokin").await?;
    page.find("[name=year]").await?;
    let reached = page.try_to_reach().await?;
    holds(reached.contains(&"fetch".to_owned()), "the check does not see what is reached")?;
    page.fill("[name=year]", "2026").await?;
    says(&page, "最初の答えの前に、通信を切りました").await?;
    let reached = page.try_to_reach().await?;
    holds(reached.is_empty(), &format!("reached by {reached:?}"))?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "registered").await?;
    choose(&page, "true").await?;
    nothing_special(&page).await?;
    has(&page, &["show-mynumber-card"], &[]).await?;
    page.js("window.print = () => { window.printed = true; };").await?;
    page.click(".take button:nth-child(2)").await?;
    page.until("window.printed").await
}

/// A language that was not there in time is said to need the page anew.
async fn a_language_that_came_too_late_is_said_to_be(page: Page) -> Outcome {
    page.served.lose("locales/ko");
    page.goto("?insurer=rokin").await?;
    page.fill("[name=year]", "2026").await?;
    says(&page, "最初の答えの前に、通信を切りました").await?;
    page.click("[data-language=ko]").await?;
    says(&page, "このことばは、まだ届いていません").await?;
    page.until("root.querySelector('[name=year]').value === '2026'").await
}

/// Where WebAssembly is missing, forbidden or spoilt on its way, the same engine answers in plain JavaScript.
async fn without_wasm_the_answers_are_the_same(page: Page) -> Outcome {
    let answers = async |page: &Page| -> Outcome<String> {
        page.goto("?insurer=tokyo-denki&asOf=2026-11-21").await?;
        date(page, "平成10", "8", "1").await?;
        choose(page, "none").await?;
        nothing_special(page).await?;
        choose(page, "none").await?;
        page.find("shikaku-navi-sheet").await?;
        page.text().await
    };
    let with_wasm = answers(&page).await?;
    let lost = page.elsewhere().await?;
    lost.served.lose(".wasm");
    holds(answers(&lost).await? == with_wasm, "without the wasm file it is another answer")?;
    let forbidden = page.elsewhere().await?;
    forbidden.served.change_headers("'wasm-unsafe-eval'", "");
    holds(answers(&forbidden).await? == with_wasm, "where WebAssembly is forbidden it is another answer")?;
    let missing = page.elsewhere().await?;
    missing.run_first("delete globalThis.WebAssembly;")?;
    holds(answers(&missing).await? == with_wasm, "without WebAssembly it is another answer")
}

async fn without_an_engine_the_guide_is_shown(page: Page) -> Outcome {
    page.served.lose(".wasm");
    page.served.lose("engine/plain");
    page.goto("?insurer=tokyo-denki").await?;
    says(&page, "自動の案内を動かせません").await?;
    page.until("root.querySelector('slot').assignedElements()[0].innerText.includes('早見')").await
}

/// One file holds everything, and needs no server.
async fn one_file_is_enough(page: Page) -> Outcome {
    page.open_file("shikaku-navi-rokin.html").await?;
    date(&page, "令和8", "4", "1").await?;
    says(&page, "最初の答えの前に、通信を切りました").await?;
    choose(&page, "registered").await?;
    choose(&page, "true").await?;
    nothing_special(&page).await?;
    has(&page, &["show-mynumber-card", "download-portal-pdf"], &["no-valid-proof"]).await?;
    page.find(".code path").await?;
    page.click("[data-language=ko]").await?;
    page.until("root.querySelector('.stage').lang === 'ko'").await?;
    page.is_accessible().await?;
    let complaints = page.complaints().await?;
    holds(complaints.iter().all(|one| one.contains("self-test")), &format!("{complaints:?}"))
}

async fn one_file_needs_no_wasm(page: Page) -> Outcome {
    let source = json!({ "source": "delete globalThis.WebAssembly;" });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
    page.open_file("shikaku-navi-national.html").await?;
    date(&page, "令和8", "4", "1").await?;
    page.find("input[value=registered]").await
}

async fn without_scripts_the_guide_is_there(page: Page) -> Outcome {
    page.served.change_headers("script-src 'self' 'wasm-unsafe-eval'", "script-src 'none'");
    page.goto("").await?;
    page.keep("no-scripts").await?;
    // It stays out of sight while the check could still come.
    for _ in 0..60 {
        let shown = page.visible_text().await?;
        if ["早見", "0120-95-0178", "受診の前に"].iter().all(|part| shown.contains(part)) {
            return Ok(());
        }
        sleep(Duration::from_millis(200)).await;
    }
    Err("the guide never came".into())
}

async fn without_data_it_says_so(page: Page) -> Outcome {
    page.served.lose("national");
    page.goto("?insurer=tokyo-denki").await?;
    says(&page, "案内のデータを読み込めません").await?;
    page.until("root.querySelector('slot').assignedElements()[0].innerText.includes('早見')").await
}

/// The style sheet in the page counts where the policy names its hash; where it does not, the page asks for it.
async fn with_another_policy_it_has_its_style(page: Page) -> Outcome {
    let is_styled = "getComputedStyle(document.body).margin === '0px'";
    let is_asked = "performance.getEntriesByType('resource').some(({ name }) => name.includes('/style.'))";
    page.goto("").await?;
    page.until(is_styled).await?;
    page.find("[type=search]").await?;
    page.until(&format!("!{is_asked}")).await?;
    let other = page.elsewhere().await?;
    other.served.change_headers("'sha256-", "'sha384-");
    other.goto("").await?;
    other.until(is_styled).await?;
    other.until(is_asked).await
}
