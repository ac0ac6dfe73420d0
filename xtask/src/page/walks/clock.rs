//! The day it is: it ends while somebody reads or answers, and the device may be wrong about it.

use super::{choose, date, has, holds, nothing_special, says, walks};
use crate::Outcome;
use crate::page::browser::Page;

walks![
    WALKS:
    a_day_that_ends_changes_the_answer,
    a_day_that_ends_while_somebody_answers_takes_nothing_away,
    rules_are_said_to_be_old_from_the_day_after_their_last,
    a_clock_before_the_rules_brings_nothing_back,
    a_clock_that_makes_no_sense_is_survived,
];

const OLD_RULES: &str = "見直すことになっていました";
const WRONG_CLOCK: &str = "機器の日付が、このページを作った日より前";

/// The page in a world whose clock can be set, and where what is done again and again is done far more often.
async fn opened(page: &Page, clock: &str, rest: &str) -> Outcome {
    page.served.lose("service-worker");
    page.run_first(&format!(
        "const every = globalThis.setInterval;
         globalThis.setInterval = (work, wait) => every(work, wait / 100);
         globalThis.clock = Date.parse('{clock}');
         Date.now = () => globalThis.clock;"
    ))?;
    page.goto(rest).await
}

async fn set(page: &Page, clock: &str) -> Outcome {
    page.js(&format!("window.clock = Date.parse('{clock}');")).await.map(drop)
}

/// A member since 2015, who still has the paper card and no other.
async fn answered(page: &Page) -> Outcome {
    date(page, "2015", "4", "1").await?;
    choose(page, "none").await?;
    nothing_special(page).await?;
    choose(page, "none").await?;
    page.find("shikaku-navi-sheet").await
}

async fn does_not_say(page: &Page, text: &str) -> Outcome {
    holds(!page.text().await?.contains(text), &format!("it says {text}"))
}

/// Nobody touches the page, which was opened the day before.
async fn a_day_that_ends_changes_the_answer(page: Page) -> Outcome {
    opened(&page, "2026-12-31T14:59:00Z", "?insurer=rokin").await?;
    answered(&page).await?;
    says(&page, "2026年12月31日（令和8年12月31日）の案内です").await?;
    set(&page, "2026-12-31T15:00:00Z").await?;
    says(&page, "2027年1月1日（令和9年1月1日）の案内です").await?;
    says(&page, "日付が変わったので、2026年12月31日").await?;
    page.find("[role=alert]").await?;
    page.is_accessible().await?;
    // After a long sleep, and after the clock was put right again.
    set(&page, "2027-03-01T03:00:00Z").await?;
    says(&page, "2027年3月1日（令和9年3月1日）の案内です").await?;
    set(&page, "2027-01-02T03:00:00Z").await?;
    says(&page, "2027年1月2日（令和9年1月2日）の案内です").await
}

async fn a_day_that_ends_while_somebody_answers_takes_nothing_away(page: Page) -> Outcome {
    opened(&page, "2026-12-31T14:59:00Z", "?insurer=rokin&lang=en").await?;
    page.fill("[name=year]", "2015").await?;
    page.js("window.field = root.querySelector('[name=year]');").await?;
    set(&page, "2026-12-31T15:00:00Z").await?;
    page.until("window.field !== root.querySelector('[name=year]')").await?;
    page.until("root.activeElement.name === 'year' && root.activeElement.value === '2015'").await?;
    // Nothing was said of the day yet.
    does_not_say(&page, "The date has changed").await?;
    page.fill("[name=month]", "4").await?;
    page.fill("[name=day]", "1").await?;
    page.click(".primary").await?;
    page.find("input[value=none]").await?;
    page.click("input[value=none]").await?;
    set(&page, "2027-01-01T15:00:00Z").await?;
    says(&page, "The date has changed").await?;
    page.until("root.querySelector('input[value=none]').checked").await
}

async fn rules_are_said_to_be_old_from_the_day_after_their_last(page: Page) -> Outcome {
    opened(&page, "2027-05-30T03:00:00Z", "?insurer=rokin").await?;
    answered(&page).await?;
    does_not_say(&page, OLD_RULES).await?;
    set(&page, "2027-05-31T14:59:59Z").await?;
    says(&page, "2027年5月31日（令和9年5月31日）の案内です").await?;
    does_not_say(&page, OLD_RULES).await?;
    set(&page, "2027-05-31T15:00:00Z").await?;
    says(&page, OLD_RULES).await?;
    says(&page, "必ず健保組合に確かめてください").await?;
    // On paper too.
    page.js("window.print = () => { window.slip = root.querySelector('.slip').textContent; };").await?;
    page.click(".printSlip").await?;
    page.until(&format!("window.slip?.includes('{OLD_RULES}')")).await
}

/// The paper card is over, whatever the device believes.
async fn a_clock_before_the_rules_brings_nothing_back(page: Page) -> Outcome {
    for clock in ["2026-11-20T14:59:59Z", "2025-12-01T03:00:00Z", "2024-06-01T03:00:00Z", "1970-01-01T00:00:00Z"] {
        let page = page.elsewhere().await?;
        opened(&page, clock, "?insurer=tokyo-denki").await?;
        says(&page, WRONG_CLOCK).await?;
        answered(&page).await?;
        has(&page, &["no-valid-proof"], &["show-old-card"]).await?;
        says(&page, "2026年11月21日（令和8年11月21日）の案内です").await?;
        let beside = "root.querySelector('shikaku-navi-sheet .notice').innerText.includes('機器の日付が正しいか')";
        page.until(beside).await?;
        // Somebody puts it right.
        set(&page, "2026-11-20T15:00:00Z").await?;
        page.until(&format!("!root.querySelector('.stage').innerText.includes('{WRONG_CLOCK}') && !({beside})"))
            .await?;
        set(&page, "2026-11-22T03:00:00Z").await?;
        says(&page, "2026年11月22日（令和8年11月22日）の案内です").await?;
        // And it goes wrong again while the answer is shown.
        set(&page, clock).await?;
        says(&page, WRONG_CLOCK).await?;
        has(&page, &["no-valid-proof"], &["show-old-card"]).await?;
        page.until(beside).await?;
    }
    page.goto("?insurer=tokyo-denki&asOf=2025-06-01").await?;
    answered(&page).await?;
    has(&page, &["show-old-card"], &[]).await?;
    says(&page, "ためしの表示です").await
}

async fn a_clock_that_makes_no_sense_is_survived(page: Page) -> Outcome {
    opened(&page, "2026-11-22T03:00:00Z", "?insurer=rokin").await?;
    answered(&page).await?;
    for clock in ["NaN", "-8.64e15", "Infinity", "8.64e15"] {
        page.js(&format!("window.clock = {clock};")).await?;
        let is_late = ["Infinity", "8.64e15"].contains(&clock);
        says(&page, if is_late { OLD_RULES } else { WRONG_CLOCK }).await?;
        has(&page, &[], &["show-old-card"]).await?;
        set(&page, "2026-11-22T03:00:00Z").await?;
        says(&page, "2026年11月22日（令和8年11月22日）の案内です").await?;
        does_not_say(&page, OLD_RULES).await?;
    }
    Ok(())
}
