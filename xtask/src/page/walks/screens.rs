//! Whether everybody can use every screen.

use serde_json::json;

use super::{choose, date, everything_is_here, has, holds, nothing_special, tick, walks};
use crate::Outcome;
use crate::page::browser::Page;

walks![
    WALKS:
    every_screen_is_accessible,
    nothing_is_cut_off_at_320_pixels,
    nothing_is_cut_off_at_double_size,
    every_language_is_spoken,
    the_keyboard_is_enough,
];

// Only Chromium can be made to prefer the dark.
walks![
    CHROMIUM_WALKS:
    every_screen_is_accessible_in_the_dark,
];

/// Every kind of screen there is, one after the other.
async fn tour(page: &Page, look: &mut impl AsyncFnMut(&Page, &str) -> Outcome) -> Outcome {
    page.goto("").await?;
    page.find(".choice").await?;
    look(page, "insurers").await?;
    page.goto("?insurer=tokyo-denki").await?;
    page.find("[name=year]").await?;
    look(page, "date").await?;
    page.click(".primary").await?;
    page.find(".error-summary").await?;
    look(page, "date-missing").await?;
    date(page, "平成32", "4", "1").await?;
    page.find(".error-summary .secondary").await?;
    look(page, "wrong-era").await?;
    date(page, "平成10", "8", "1").await?;
    page.find("input[value=unregistered]").await?;
    look(page, "card").await?;
    choose(page, "unregistered").await?;
    choose(page, "true").await?;
    page.find("shikaku-navi-circumstances").await?;
    tick(page, "notice", "held").await?;
    tick(page, "notice", "lost").await?;
    look(page, "circumstances").await?;
    page.click(".primary").await?;
    page.find(".error-summary").await?;
    look(page, "chosen-twice").await?;
    tick(page, "notice", "held").await?;
    page.click(".primary").await?;
    for _ in 0..2 {
        page.find("shikaku-navi-question input[type=radio]").await?;
        look(page, "follow-up").await?;
        page.click("shikaku-navi-question input[type=radio]").await?;
        page.click(".primary").await?;
    }
    page.find("shikaku-navi-sheet").await?;
    look(page, "sheet").await?;
    page.js("root.querySelectorAll('details').forEach((one) => { one.open = true; });").await?;
    look(page, "sheet-with-reasons").await?;
    page.click(".family .secondary").await?;
    date(page, "2020", "4", "1").await?;
    choose(page, "registered").await?;
    choose(page, "true").await?;
    tick(page, "cardCertificateExpiresOn", "true").await?;
    page.click(".primary").await?;
    date(page, "2027", "1", "5").await?;
    page.find("shikaku-navi-sheet .timeline").await?;
    look(page, "sheet-of-a-relative").await?;
    page.click(".names button:last-child").await?;
    page.find("shikaku-navi-family").await?;
    look(page, "family").await
}

async fn every_screen_is_accessible(page: Page) -> Outcome {
    all_are_accessible(&page, "light").await
}

async fn every_screen_is_accessible_in_the_dark(page: Page) -> Outcome {
    let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    page.devtools("Emulation.setEmulatedMedia", feature).await?;
    all_are_accessible(&page, "dark").await
}

async fn all_are_accessible(page: &Page, scheme: &str) -> Outcome {
    tour(page, &mut async |page, screen| {
        page.keep(&format!("{scheme}-{screen}")).await?;
        page.is_accessible().await.map_err(|error| format!("{screen}, {scheme}: {error}").into())
    })
    .await
}

async fn nothing_is_cut_off_at_320_pixels(page: Page) -> Outcome {
    tour(&page.as_wide_as(320), &mut async |page, screen| {
        page.keep(&format!("narrow-{screen}")).await?;
        page.until("document.documentElement.scrollWidth <= 320").await
    })
    .await
}

async fn nothing_is_cut_off_at_double_size(page: Page) -> Outcome {
    tour(&page.as_wide_as(640), &mut async |page, screen| {
        page.js("document.documentElement.style.fontSize = '200%';").await?;
        page.keep(&format!("double-{screen}")).await?;
        page.until("document.documentElement.scrollWidth <= 640").await
    })
    .await
}

pub(super) const LANGUAGES: [(&str, &str); 7] =
    [("ja", "ja"), ("ja-easy", "ja"), ("en", "en"), ("zh-Hans", "zh-Hans"), ("ko", "ko"), ("es", "es"), ("pt", "pt")];

/// Every language on every screen of a short walk, and the answers stay.
async fn every_language_is_spoken(page: Page) -> Outcome {
    for (id, tag) in LANGUAGES {
        page.goto("?insurer=rokin&asOf=2026-11-21").await?;
        everything_is_here(&page).await?;
        date(&page, "2020", "4", "1").await?;
        page.click("input[value=certificate-expired]").await?;
        page.click(&format!("[data-language={id}]")).await?;
        page.until(&format!("root.querySelector('.stage').lang === '{tag}'")).await?;
        page.until("root.querySelector('input:checked').value === 'certificate-expired'").await?;
        let around =
            page.js("return document.documentElement.lang + document.querySelector('h1').textContent;").await?;
        let is_japanese = around.as_str().is_some_and(|around| around == "ja受診のとき、何を見せればいい？");
        holds(is_japanese == (id == "ja"), &format!("{id}: around it stands {around}"))?;
        page.click(".primary").await?;
        nothing_special(&page).await?;
        date(&page, "2026", "8", "15").await?;
        choose(&page, "held").await?;
        date(&page, "2026", "12", "31").await?;
        has(&page, &["show-mynumber-card", "show-certificate", "card-grace-period"], &[]).await?;
        page.is_accessible().await.map_err(|error| format!("{id}: {error}"))?;
        page.keep(&format!("language-{id}")).await?;
        let text = page.text().await?;
        holds(text.contains("資格確認書") || id == "ja-easy", &format!("{id}: the term is not there"))?;
        for left in ["{", "}", "undefined", "[object"] {
            holds(!text.contains(left), &format!("{id}: `{left}` in {text}"))?;
        }
    }
    page.click("[data-language=ja-easy]").await?;
    page.find("ruby").await?;
    page.click(".readings").await?;
    page.until("!root.querySelector('ruby')").await
}

async fn the_keyboard_is_enough(page: Page) -> Outcome {
    const TAB: &str = "\u{e004}";
    const ENTER: &str = "\u{e007}";
    page.goto("?insurer=national").await?;
    page.find("[name=year]").await?;
    page.js("root.querySelector('[name=year]').focus();").await?;
    for part in ["2026", TAB, "4", TAB, "1", ENTER] {
        page.press(part).await?;
    }
    page.until("root.activeElement?.classList.contains('question') && root.querySelector('input[value=none]')").await?;
    for part in [TAB, " ", TAB] {
        page.press(part).await?;
    }
    page.until("root.activeElement?.classList.contains('primary')").await?;
    page.press(ENTER).await?;
    page.until("root.querySelector('input[value=true]')").await?;
    for part in [TAB, " ", ENTER] {
        page.press(part).await?;
    }
    page.find("shikaku-navi-circumstances").await?;
    page.until("root.activeElement?.classList.contains('question')").await?;
    for part in [TAB, " ", ENTER] {
        page.press(part).await?;
    }
    page.until("root.activeElement?.classList.contains('sheet-heading')").await
}
