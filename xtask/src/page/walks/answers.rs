//! What members ask, and what they are told.

use super::{choose, date, has, holds, nothing_special, says, tick, walks};
use crate::Outcome;
use crate::page::browser::Page;

walks![
    WALKS:
    a_member_without_a_card_is_told_what_to_do,
    a_member_with_a_working_card_is_told_what_to_show,
    dates_are_read_as_they_stand_on_the_card,
    a_date_in_the_wrong_era_is_asked_back,
    what_is_missing_is_said_and_nothing_typed_is_lost,
    an_answer_that_does_not_fit_is_refused,
    answers_can_be_changed_and_none_stays_that_no_longer_counts,
    who_does_not_know_is_told_what_is_certain,
    the_way_back_leads_through_the_questions,
    who_knows_nothing_is_told_how_to_find_out,
    whoever_is_over_75_is_sent_on,
    another_day_is_previewed_and_said_to_be,
    a_closed_line_is_not_shown,
    every_insurer_answers_a_usual_member_after_four_questions,
    whoever_has_no_card_is_shown_the_way_to_one,
    a_family_is_looked_after_together,
    a_slip_and_a_calendar_can_be_taken_along,
];

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
    // Nothing but the request by which the page shows that it can ask for nothing any more.
    let complaints = page.complaints().await?;
    holds(complaints.iter().all(|one| one.contains("self-test")), &format!("{complaints:?}"))
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
    page.keep_print("sheet").await?;
    page.keep("sheet-with-card").await
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
    page.find("input[value=registered]").await
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
    // Expired, and yet to expire.
    date(&page, "2027", "1", "1").await?;
    says(&page, "ほかの答えと合いません。確かめてください: マイナンバーカードの状態: カードの電子証明書の期限が切れた")
        .await?;
    date(&page, "2026", "8", "15").await?;
    choose(&page, "none").await?;
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
    page.find("shikaku-navi-question").await?;
    choose(&page, "true").await?;
    page.find("shikaku-navi-sheet").await?;
    page.click(".summary div:nth-child(2) button").await?;
    page.until("root.querySelector('input:checked').value === 'registered'").await?;
    choose(&page, "none").await?;
    // Whoever has no card opens no Mynaportal, whatever was said before.
    page.find("shikaku-navi-sheet").await?;
    page.until("!root.querySelector('.summary').innerText.includes('マイナポータル')").await?;
    page.click(".buttons button").await?;
    page.find("shikaku-navi-question").await?;
    page.click(".buttons button:nth-child(2)").await?;
    page.until("root.querySelector('[name=year]')?.value === ''").await
}

async fn who_does_not_know_is_told_what_is_certain(page: Page) -> Outcome {
    page.goto("?insurer=national").await?;
    page.click(".secondary").await?;
    choose(&page, "lost").await?;
    nothing_special(&page).await?;
    has(&page, &["report-card-loss"], &["show-mynumber-card"]).await?;
    says(&page, "どの場合にも当てはまることだけ").await
}

/// The browser's own way back leads through the questions, and out only before the first.
async fn the_way_back_leads_through_the_questions(page: Page) -> Outcome {
    page.goto("?insurer=rokin").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "registered").await?;
    choose(&page, "true").await?;
    page.find("shikaku-navi-circumstances").await?;
    page.js("history.back();").await?;
    page.until("root.querySelector('input[value=true]:checked')").await?;
    page.js("history.back();").await?;
    page.until("root.querySelector('input[value=registered]:checked')").await?;
    page.js("history.back();").await?;
    page.until("root.querySelector('[name=year]').value === '2026'").await
}

/// Who does not know anything is told how to find out, and whom to call.
async fn who_knows_nothing_is_told_how_to_find_out(page: Page) -> Outcome {
    page.goto("?insurer=tokyo-denki").await?;
    for _ in 0..3 {
        page.click(".secondary").await?;
    }
    nothing_special(&page).await?;
    page.find("shikaku-navi-sheet").await?;
    says(&page, "受診の前に、勤め先か健保組合に連絡してください").await?;
    says(&page, "資格確認書、「資格情報のお知らせ」、従来の健康保険証に書いてあります").await
}

/// Who is 75 or over is told first that other rules hold, and never to give away the proof of another insurer.
async fn whoever_is_over_75_is_sent_on(page: Page) -> Outcome {
    page.goto("?insurer=mail-notice&asOf=2026-11-21").await?;
    date(&page, "昭和60", "4", "1").await?;
    choose(&page, "none").await?;
    tick(&page, "bornOn", "true").await?;
    page.click(".primary").await?;
    date(&page, "昭和21", "5", "3").await?;
    has(&page, &["moves-at-75"], &["return-certificate", "show-certificate"]).await?;
    page.until("root.querySelector('[data-guidance]').dataset.guidance === 'moves-at-75'").await
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
        page.find("shikaku-navi-sheet").await?;
        holds(page.text().await?.contains("03-3835-0006") == shown, day)?;
    }
    Ok(())
}

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
    page.find(".code path").await
}

/// The whole family loses the cover with the person it is insured by; the day is told once.
async fn a_family_is_looked_after_together(page: Page) -> Outcome {
    page.goto("?insurer=rokin&asOf=2026-11-21").await?;
    date(&page, "2020", "4", "1").await?;
    choose(&page, "none").await?;
    tick(&page, "endedOn", "true").await?;
    page.click(".primary").await?;
    date(&page, "2026", "11", "20").await?;
    choose(&page, "none").await?;
    page.find("shikaku-navi-sheet").await?;
    page.click(".family .secondary").await?;
    date(&page, "2021", "5", "5").await?;
    choose(&page, "none").await?;
    page.until("root.querySelector('input[name=endedOn]').checked").await?;
    page.click(".primary").await?;
    choose(&page, "held").await?;
    // The day the cover ended is known; only the day on the certificate is asked for.
    page.click(".secondary").await?;
    has(&page, &["return-certificate"], &["no-valid-proof"]).await?;
    page.click(".names button:last-child").await?;
    page.find("shikaku-navi-family").await?;
    says(&page, "2026年11月25日（令和8年11月25日） 家族1: 資格確認書を返す").await?;
    page.click(".names button:nth-child(2)").await?;
    page.click(".family .link").await?;
    page.until("!root.querySelector('.names') && root.querySelector('shikaku-navi-sheet')").await
}

/// What is printed on a slip says nothing about the person but what is to be done.
async fn a_slip_and_a_calendar_can_be_taken_along(page: Page) -> Outcome {
    page.goto("?insurer=rokin&asOf=2026-11-21").await?;
    date(&page, "2020", "4", "1").await?;
    page.js("window.print = () => { window.printed = root.querySelector('.slip')?.textContent ?? ''; };").await?;
    page.js(
        "URL.createObjectURL = (blob) => { blob.text().then((text) => { window.kept = text; }); return 'blob:none'; };",
    )
    .await?;
    choose(&page, "certificate-expired").await?;
    nothing_special(&page).await?;
    date(&page, "2026", "8", "15").await?;
    choose(&page, "none").await?;
    page.click(".take button:nth-child(2)").await?;
    page.until("window.printed.includes('renew-card-certificate')").await?;
    page.until("!window.printed.includes('2020') && !window.printed.includes('電子証明書の期限が切れた')").await?;
    page.keep_print("slip").await?;
    page.js("window.dispatchEvent(new Event('afterprint'));").await?;
    page.until("!root.querySelector('.slip')").await?;
    page.click(".take button:nth-child(3)").await?;
    page.until(
        "window.kept?.includes('DTSTART;VALUE=DATE:20261130') && window.kept.startsWith('BEGIN:VCALENDAR\\r\\n')",
    )
    .await
}
