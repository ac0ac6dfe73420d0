//! The walks: each opens the page and does what one member would.

use std::future::Future;
use std::pin::Pin;

use serde_json::json;

use super::browser::Page;
use crate::Outcome;

type Walk = fn(Page) -> Pin<Box<dyn Future<Output = Outcome>>>;

/// Lists walks by the names of their functions.
macro_rules! walks {
    ($($name:ident),+ $(,)?) => {
        pub(crate) const ALL: &[(&str, Walk)] = &[$((concat!("page: ", stringify!($name)), |page| Box::pin($name(page)))),+];
    };
}

walks![
    a_member_without_a_card_is_told_what_to_do,
    a_member_with_a_working_card_is_told_what_to_show,
    an_insurer_is_found_by_its_number_and_by_its_name,
    an_insurer_that_is_not_there_is_said_not_to_be,
    dates_are_read_as_they_stand_on_the_card,
    a_date_in_the_wrong_era_is_asked_back,
    what_is_missing_is_said_and_nothing_typed_is_lost,
    an_answer_that_does_not_fit_is_refused,
    answers_can_be_changed_and_none_stays_that_no_longer_counts,
    who_does_not_know_is_told_what_is_certain,
    another_day_is_previewed_and_said_to_be,
    a_closed_line_is_not_shown,
    the_keyboard_is_enough,
    nothing_is_asked_for_after_the_first_question,
    every_screen_is_accessible,
    nothing_is_cut_off_at_320_pixels,
    nothing_is_cut_off_at_double_size,
    every_language_is_spoken,
    every_insurer_answers_a_usual_member_after_four_questions,
    whoever_has_no_card_is_shown_the_way_to_one,
    a_family_is_looked_after_together,
    a_slip_and_a_calendar_can_be_taken_along,
    without_wasm_the_guide_is_shown,
    without_scripts_the_guide_is_there,
    without_data_it_says_so,
];

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

async fn a_member_without_a_card_is_told_what_to_do(page: Page) -> Outcome {
    page.goto("?insurer=tokyo-denki").await?;
    date(&page, "平成10", "8", "1").await?;
    choose(&page, "none").await?;
    // Nobody without a card is asked for a smartphone.
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    has(&page, &["no-valid-proof", "get-card", "certificate-ex-officio", "ask-insurer"], &["show-old-card"]).await?;
    says(&page, "1年より前です").await?;
    page.keep("sheet-without-card").await?;
    holds(page.complaints().await?.is_empty(), &format!("{:?}", page.complaints().await?))
}

async fn a_member_with_a_working_card_is_told_what_to_show(page: Page) -> Outcome {
    page.goto("?insurer=rokin").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "registered").await?;
    choose(&page, "true").await?;
    nothing_special(&page).await?;
    has(&page, &["show-mynumber-card", "download-portal-pdf", "paper-notice-not-needed"], &["no-valid-proof"]).await?;
    says(&page, "03-5217-3162").await?;
    page.click("summary").await?;
    says(&page, "資格確認書 ➋").await?;
    page.keep("sheet-with-card").await
}

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
    page.find("[name=year]").await.map(drop)
}

async fn dates_are_read_as_they_stand_on_the_card(page: Page) -> Outcome {
    for (year, month, day) in [
        ("令和６", "７", "１"),
        ("R6", "07", "01"),
        ("2024年", "7月", "1日"),
        ("R6.7.1", "", ""),
        ("20240701", "", ""),
        ("令和6年7月1日", "", ""),
    ] {
        page.goto("?insurer=national").await?;
        date(&page, year, month, day).await?;
        says(&page, "2024年7月1日（令和6年7月1日）").await?;
    }
    Ok(())
}

async fn a_date_in_the_wrong_era_is_asked_back(page: Page) -> Outcome {
    page.goto("?insurer=national").await?;
    date(&page, "平成32", "4", "1").await?;
    says(&page, "2020年4月1日（令和2年4月1日）のことですか").await?;
    page.keep("wrong-era").await?;
    page.is_accessible().await?;
    page.click(".error-summary .secondary").await?;
    says(&page, "2020年4月1日（令和2年4月1日）").await?;
    page.find("input[value=registered]").await.map(drop)
}

async fn what_is_missing_is_said_and_nothing_typed_is_lost(page: Page) -> Outcome {
    page.goto("?insurer=national").await?;
    page.fill("[name=year]", "令和6").await?;
    page.fill("[name=month]", "2").await?;
    page.click(".primary").await?;
    says(&page, "日が入っていません").await?;
    page.fill("[name=day]", "30").await?;
    page.click(".primary").await?;
    says(&page, "暦にない日付です").await?;
    page.until("root.querySelector('[name=year]').value === '令和6'").await?;
    page.until("root.activeElement.classList.contains('error-summary')").await?;
    page.click(".error-summary .link").await?;
    page.until("root.activeElement.name === 'year'").await?;
    page.fill("[name=day]", "29").await?;
    page.click(".primary").await?;
    page.find("input[value=registered]").await?;
    page.click(".primary").await?;
    says(&page, "どれか1つを選んでください").await
}

async fn an_answer_that_does_not_fit_is_refused(page: Page) -> Outcome {
    page.goto("?insurer=national&asOf=2026-11-21").await?;
    date(&page, "2020", "4", "1").await?;
    choose(&page, "certificate-expired").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    // Expired, and yet to expire.
    date(&page, "2027", "1", "1").await?;
    says(&page, "ほかの答えと合いません").await?;
    date(&page, "2026", "8", "15").await?;
    has(&page, &["show-mynumber-card", "card-grace-period", "renew-card-certificate"], &["no-valid-proof"]).await?;
    says(&page, "2026年11月30日（令和8年11月30日）").await
}

async fn answers_can_be_changed_and_none_stays_that_no_longer_counts(page: Page) -> Outcome {
    page.goto("?insurer=national").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "registered").await?;
    choose(&page, "false").await?;
    tick(&page, "certificate", "held").await?;
    tick(&page, "nameChanged", "true").await?;
    page.click(".primary").await?;
    page.click(".secondary").await?;
    page.find("navi-question").await?;
    choose(&page, "true").await?;
    page.find("navi-sheet").await?;
    page.click(".summary div:nth-child(2) button").await?;
    page.until("root.querySelector('input:checked').value === 'registered'").await?;
    choose(&page, "none").await?;
    // Whoever has no card opens no Mynaportal, whatever was said before.
    page.find("navi-sheet").await?;
    page.until("!root.querySelector('.summary').innerText.includes('マイナポータル')").await?;
    page.click(".buttons button").await?;
    page.find("navi-question").await?;
    page.click(".buttons button:nth-child(2)").await?;
    page.until("root.querySelector('[name=year]')?.value === ''").await
}

async fn who_does_not_know_is_told_what_is_certain(page: Page) -> Outcome {
    page.goto("?insurer=national").await?;
    page.click(".secondary").await?;
    choose(&page, "lost").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    has(&page, &["report-card-loss"], &["show-mynumber-card"]).await?;
    says(&page, "どの場合にも当てはまることだけ").await
}

async fn another_day_is_previewed_and_said_to_be(page: Page) -> Outcome {
    page.goto("?insurer=national&asOf=2025-12-01").await?;
    says(&page, "2025年12月1日（令和7年12月1日）の案内を見ています").await?;
    date(&page, "2020", "4", "1").await?;
    choose(&page, "none").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    has(&page, &["show-old-card"], &["no-valid-proof"]).await?;
    says(&page, "2025年12月2日（令和7年12月2日）").await?;
    page.goto("?insurer=national&asOf=yesterday").await?;
    says(&page, "「yesterday」は日付として読めない").await
}

async fn a_closed_line_is_not_shown(page: Page) -> Outcome {
    for (day, shown) in [("2024-09-01", false), ("2024-09-02", true), ("2024-09-30", true), ("2024-10-01", false)] {
        page.goto(&format!("?insurer=tokyo-denki&asOf={day}")).await?;
        date(&page, "平成10", "8", "1").await?;
        choose(&page, "none").await?;
        nothing_special(&page).await?;
        page.find("navi-sheet").await?;
        holds(page.text().await?.contains("03-3835-0006") == shown, day)?;
    }
    Ok(())
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
    page.find("navi-circumstances").await?;
    page.until("root.activeElement?.classList.contains('question')").await?;
    for part in [TAB, " ", ENTER] {
        page.press(part).await?;
    }
    page.find("input[value=held]").await?;
    for part in [TAB, " ", ENTER] {
        page.press(part).await?;
    }
    page.until("root.activeElement?.classList.contains('sheet-heading')").await
}

async fn nothing_is_asked_for_after_the_first_question(page: Page) -> Outcome {
    page.goto("?insurer=web-notice").await?;
    page.find("[name=year]").await?;
    // The other languages and the codes come in idle time, before anybody has typed a date.
    page.until("performance.getEntriesByType('resource').filter((one) => /locales|codes/.test(one.name)).length === 8")
        .await?;
    let before = page.requests().await?;
    date(&page, "2018", "4", "1").await?;
    choose(&page, "lost").await?;
    page.click("[data-language=ko]").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    page.find("navi-sheet").await?;
    holds(page.requests().await? == before, "something was asked for")?;
    let kept = page.js("return [document.cookie, localStorage.length, sessionStorage.length].join();").await?;
    holds(kept == ",0,0", "something was stored")
}

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
    page.find("navi-circumstances").await?;
    tick(page, "notice", "held").await?;
    tick(page, "notice", "lost").await?;
    look(page, "circumstances").await?;
    page.click(".primary").await?;
    page.find(".error-summary").await?;
    look(page, "chosen-twice").await?;
    tick(page, "notice", "held").await?;
    page.click(".primary").await?;
    for _ in 0..2 {
        page.find("navi-question input[type=radio]").await?;
        look(page, "follow-up").await?;
        page.click("navi-question input[type=radio]").await?;
        page.click(".primary").await?;
    }
    page.find("navi-sheet").await?;
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
    page.find("navi-sheet .timeline").await?;
    look(page, "sheet-of-a-relative").await?;
    page.click(".names button:last-child").await?;
    page.find("navi-family").await?;
    look(page, "family").await
}

async fn every_screen_is_accessible(page: Page) -> Outcome {
    for scheme in ["light", "dark"] {
        let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        page.devtools("Emulation.setEmulatedMedia", feature).await?;
        tour(&page, &mut async |page, screen| {
            page.keep(&format!("{scheme}-{screen}")).await?;
            page.is_accessible().await.map_err(|error| format!("{screen}, {scheme}: {error}").into())
        })
        .await?;
    }
    Ok(())
}

async fn nothing_is_cut_off_at_320_pixels(page: Page) -> Outcome {
    page.resize(320).await?;
    tour(&page, &mut async |page, screen| {
        page.keep(&format!("narrow-{screen}")).await?;
        page.until("document.documentElement.scrollWidth <= 320").await
    })
    .await
}

async fn nothing_is_cut_off_at_double_size(page: Page) -> Outcome {
    page.resize(640).await?;
    tour(&page, &mut async |page, screen| {
        page.js("document.documentElement.style.fontSize = '200%';").await?;
        page.keep(&format!("double-{screen}")).await?;
        page.until("document.documentElement.scrollWidth <= 640").await
    })
    .await
}

/// Every language on every screen of a short walk, and the answers stay.
async fn every_language_is_spoken(page: Page) -> Outcome {
    for (id, tag) in LANGUAGES {
        page.goto("?insurer=rokin&asOf=2026-11-21").await?;
        date(&page, "2020", "4", "1").await?;
        page.click("input[value=certificate-expired]").await?;
        page.click(&format!("[data-language={id}]")).await?;
        page.until(&format!("root.querySelector('.stage').lang === '{tag}'")).await?;
        page.until("root.querySelector('input:checked').value === 'certificate-expired'").await?;
        page.click(".primary").await?;
        nothing_special(&page).await?;
        choose(&page, "held").await?;
        date(&page, "2026", "12", "31").await?;
        date(&page, "2026", "8", "15").await?;
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

const LANGUAGES: [(&str, &str); 7] =
    [("ja", "ja"), ("ja-easy", "ja"), ("en", "en"), ("zh-Hans", "zh-Hans"), ("ko", "ko"), ("es", "es"), ("pt", "pt")];

async fn every_insurer_answers_a_usual_member_after_four_questions(page: Page) -> Outcome {
    for insurer in ["national", "mail-notice", "web-notice", "tokyo-denki", "myna-qa", "rokin"] {
        page.goto(&format!("?insurer={insurer}")).await?;
        date(&page, "2020", "4", "1").await?;
        choose(&page, "registered").await?;
        choose(&page, "true").await?;
        nothing_special(&page).await?;
        has(&page, &["show-mynumber-card"], &["no-valid-proof"])
            .await
            .map_err(|error| format!("{insurer}: {error}"))?;
    }
    Ok(())
}

async fn whoever_has_no_card_is_shown_the_way_to_one(page: Page) -> Outcome {
    page.goto("?insurer=rokin&asOf=2026-11-21").await?;
    date(&page, "2020", "4", "1").await?;
    choose(&page, "none").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    says(&page, "こうすると、もっと簡単になります").await?;
    says(&page, "マイナンバーカードを、保険証として使えるようにする").await?;
    page.find(".code path").await.map(drop)
}

/// The whole family loses the cover with the person it is insured by; the day is told once.
async fn a_family_is_looked_after_together(page: Page) -> Outcome {
    page.goto("?insurer=rokin&asOf=2026-11-21").await?;
    date(&page, "2020", "4", "1").await?;
    choose(&page, "none").await?;
    tick(&page, "endedOn", "true").await?;
    page.click(".primary").await?;
    date(&page, "2026", "11", "20").await?;
    page.find("navi-sheet").await?;
    page.click(".family .secondary").await?;
    date(&page, "2021", "5", "5").await?;
    choose(&page, "none").await?;
    page.until("root.querySelector('input[name=endedOn]').checked").await?;
    tick(&page, "certificate", "held").await?;
    page.click(".primary").await?;
    // The day the cover ended is known; only the day on the certificate is asked for.
    page.click(".secondary").await?;
    has(&page, &["return-certificate"], &["no-valid-proof"]).await?;
    page.click(".names button:last-child").await?;
    page.find("navi-family").await?;
    says(&page, "2026年11月25日（令和8年11月25日） 家族1: 資格確認書を返す").await?;
    page.click(".names button:nth-child(2)").await?;
    page.click(".family .link").await?;
    page.until("!root.querySelector('.names') && root.querySelector('navi-sheet')").await
}

/// What is printed on a slip says nothing about the person but what is to be done.
async fn a_slip_and_a_calendar_can_be_taken_along(page: Page) -> Outcome {
    page.goto("?insurer=rokin&asOf=2026-11-21").await?;
    page.js("window.print = () => { window.printed = root.querySelector('.slip')?.textContent ?? ''; };").await?;
    page.js(
        "URL.createObjectURL = (blob) => { blob.text().then((text) => { window.kept = text; }); return 'blob:none'; };",
    )
    .await?;
    date(&page, "2020", "4", "1").await?;
    choose(&page, "certificate-expired").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    date(&page, "2026", "8", "15").await?;
    page.click(".take button:nth-child(2)").await?;
    page.until("window.printed.includes('renew-card-certificate')").await?;
    page.until("!window.printed.includes('2020') && !window.printed.includes('電子証明書の期限が切れた')").await?;
    page.js("window.dispatchEvent(new Event('afterprint'));").await?;
    page.until("!root.querySelector('.slip')").await?;
    page.click(".take button:nth-child(3)").await?;
    page.until(
        "window.kept?.includes('DTSTART;VALUE=DATE:20261130') && window.kept.startsWith('BEGIN:VCALENDAR\\r\\n')",
    )
    .await
}

async fn without_wasm_the_guide_is_shown(page: Page) -> Outcome {
    let source = json!({ "source": "delete globalThis.WebAssembly;" });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
    page.goto("?insurer=tokyo-denki").await?;
    says(&page, "自動の案内を動かせません").await?;
    page.until("root.querySelector('slot').assignedElements()[0].innerText.includes('早見')").await
}

async fn without_scripts_the_guide_is_there(page: Page) -> Outcome {
    page.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
    page.goto("").await?;
    page.keep("no-scripts").await?;
    let shown = page.visible_text().await?;
    holds(shown.contains("早見") && shown.contains("0120-95-0178") && shown.contains("資格確認書"), &shown)
}

async fn without_data_it_says_so(page: Page) -> Outcome {
    page.devtools("Network.enable", json!({})).await?;
    page.devtools("Network.setBlockedURLs", json!({ "urls": ["*national*"] })).await?;
    page.goto("?insurer=tokyo-denki").await?;
    says(&page, "案内のデータを読み込めません").await?;
    page.until("root.querySelector('slot').assignedElements()[0].innerText.includes('早見')").await
}
