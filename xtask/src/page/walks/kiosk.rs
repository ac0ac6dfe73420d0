//! A shared screen, from one person to the next.

use std::time::Duration;

use serde_json::json;
use tokio::time::sleep;

use super::{choose, date, everything_is_here, has, holds, nothing_special, says, walks};
use crate::page::browser::Page;
use crate::{Outcome, tree};

walks![
    WALKS:
    a_kiosk_asks_and_forgets,
    a_finished_kiosk_begins_anew_in_place,
    a_kiosk_that_needs_no_network_opens_a_fresh_page,
    no_way_back_at_a_kiosk_leads_to_an_answer,
    a_kiosk_needs_no_keyboard,
    a_kiosk_can_be_used_by_everybody,
    no_link_leads_away_from_a_kiosk,
    a_kiosk_says_what_to_do_without_paper,
    a_kiosk_tells_its_keepers_what_is_wrong,
    a_kiosk_fills_the_screen,
];

/// Nobody has been here: the first question, in the first language, without an answer.
const IS_FRESH: &str = "root.querySelector('[name=year]')?.value === '' && root.querySelector('.stage').lang === 'ja' \
                        && !root.querySelector('.summary') && !root.querySelector('dialog')";

/// How many seconds the question stands whether anybody is there. The page's own clock says it: the driver's is late
/// whenever the machine is busy.
const TIMES_THE_QUESTION: &str = "let asked; new MutationObserver(() => {
    const dialog = root.querySelector('dialog');
    asked ??= dialog && performance.now();
    if (asked && !dialog) window.waited ??= (performance.now() - asked) / 1000;
}).observe(root, { childList: true, subtree: true });";

/// Answers everything, up to the sheet.
async fn answer(page: &Page) -> Outcome {
    date(page, "2026", "4", "1").await?;
    choose(page, "registered").await?;
    choose(page, "true").await?;
    nothing_special(page).await?;
    page.find("shikaku-navi-sheet").await
}

/// Finishes, as the button says.
async fn finish(page: &Page) -> Outcome {
    page.click(".buttons button:last-child").await
}

/// A shared screen asks after a while whether anybody is there, and forgets whoever is not.
async fn a_kiosk_asks_and_forgets(page: Page) -> Outcome {
    // Nothing keeps the page for when there is no network, so that it stays and can be watched.
    page.served.lose("service-worker");
    page.goto("?insurer=rokin&mode=kiosk&idle=10").await?;
    page.find("[name=year]").await?;
    page.click("[data-language=en]").await?;
    page.until("root.querySelector('.stage').lang === 'en'").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "registered").await?;
    page.find("dialog[open]").await?;
    page.keep("kiosk-asks").await?;
    page.is_accessible().await?;
    // One touch is enough, and presses nothing that is behind.
    page.js(
        "window.pressed = 0; root.querySelector('.content').addEventListener('click', () => { window.pressed += 1; });",
    )
    .await?;
    page.tap("dialog button").await?;
    page.until("!root.querySelector('dialog') && root.querySelector('input[value=true]')").await?;
    page.js(TIMES_THE_QUESTION).await?;
    // Nobody answers: what was said is gone after twenty seconds more, and not before.
    page.find("dialog[open]").await?;
    holds(page.js("return window.pressed;").await? == 0, "what is behind was pressed")?;
    sleep(Duration::from_secs(10)).await;
    page.until(IS_FRESH).await?;
    let waited = page.js("return window.waited;").await?;
    holds(waited.as_f64().is_some_and(|seconds| seconds > 19.9), &format!("it waited {waited} s"))?;
    // Where nobody is, nobody is asked.
    sleep(Duration::from_secs(11)).await;
    page.until(IS_FRESH).await
}

/// Whoever is done says so, and it is gone at once, as often as somebody comes.
async fn a_finished_kiosk_begins_anew_in_place(page: Page) -> Outcome {
    // Nothing keeps the page for when there is no network.
    page.served.lose("service-worker");
    page.goto("?insurer=rokin&mode=kiosk").await?;
    page.find("[name=year]").await?;
    page.js("window.stays = true;").await?;
    for _ in 0..2 {
        answer(&page).await?;
        finish(&page).await?;
        page.until(&format!("window.stays && scrollY === 0 && {IS_FRESH}")).await?;
    }
    // Where the insurer is chosen, another one can be, though nothing can be asked for any more.
    page.goto("?mode=kiosk").await?;
    page.find(".choice").await?;
    page.js("window.stays = true;").await?;
    choose(&page, "rokin").await?;
    answer(&page).await?;
    page.click(".buttons button:nth-last-child(2)").await?;
    page.until("window.stays && !root.querySelector('input[name=insurer]:checked')").await?;
    choose(&page, "tokyo-denki").await?;
    answer(&page).await?;
    says(&page, "東京都電機健康保険組合").await
}

/// Where the page opens anew without a network, it does, and nothing of the one before is left.
async fn a_kiosk_that_needs_no_network_opens_a_fresh_page(page: Page) -> Outcome {
    page.open_file("shikaku-navi-rokin.html?mode=kiosk").await?;
    begins_afresh(&page).await?;
    page.goto("?insurer=rokin&mode=kiosk").await?;
    is_kept(&page).await?;
    page.served.lose("");
    for _ in 0..2 {
        begins_afresh(&page).await?;
    }
    // A page that is there for more is not the check's to open anew.
    let other = page.elsewhere().await?;
    let host = std::fs::read_to_string(tree::dist().join("index.html"))?;
    other.served.add("/host.html", "", &host.replace("<shikaku-navi locks", "<shikaku-navi"));
    other.goto("host.html?insurer=rokin&mode=kiosk").await?;
    is_kept(&other).await?;
    other.js("window.stays = true;").await?;
    answer(&other).await?;
    finish(&other).await?;
    other.until(IS_FRESH).await?;
    sleep(Duration::from_secs(1)).await;
    other.until(&format!("window.stays && {IS_FRESH}")).await
}

/// Waits until the service worker keeps the page.
async fn is_kept(page: &Page) -> Outcome {
    page.find("[name=year]").await?;
    page.js("navigator.serviceWorker.ready.then(({ active }) => { window.kept = Boolean(active); });").await?;
    page.until("window.kept").await
}

async fn begins_afresh(page: &Page) -> Outcome {
    page.find("[name=year]").await?;
    let steps = page.js("return history.length;").await?;
    page.js("window.stays = true;").await?;
    page.click("[data-language=en]").await?;
    page.until("root.querySelector('.stage').lang === 'en'").await?;
    answer(page).await?;
    finish(page).await?;
    page.until(&format!("!window.stays && {IS_FRESH}")).await?;
    holds(page.js("return history.length;").await? == steps, "the history has grown")
}

/// Neither the browser's way back nor its way on, nor a page it kept, shows an answer.
async fn no_way_back_at_a_kiosk_leads_to_an_answer(page: Page) -> Outcome {
    page.served.lose("service-worker");
    page.goto("?insurer=rokin&mode=kiosk").await?;
    page.find("[name=year]").await?;
    let steps = page.js("return history.length;").await?;
    answer(&page).await?;
    finish(&page).await?;
    page.until(IS_FRESH).await?;
    // The next one leaves in the middle.
    date(&page, "2026", "4", "1").await?;
    page.find("input[value=registered]").await?;
    holds(page.js("return history.length;").await? == steps, "the history has grown")?;
    // What a page that was kept shows first is looked at before it can do anything about it.
    page.js("addEventListener('pageshow', () => { window.shown = root.querySelector('.stage').innerText; });").await?;
    page.goto("index.html?insurer=national").await?;
    page.find("[name=year]").await?;
    page.client.back().await?;
    page.until(&format!("location.pathname === '/' && {IS_FRESH}")).await?;
    page.until("!window.shown?.includes('あなたの答え')").await?;
    page.client.forward().await?;
    page.until("location.pathname === '/index.html'").await?;
    page.client.back().await?;
    page.until(&format!("location.pathname === '/' && {IS_FRESH}")).await
}

/// The keys on the screen type where the focus was last, and leave it there.
async fn a_kiosk_needs_no_keyboard(page: Page) -> Outcome {
    const TAB: &str = "\u{e004}";
    const ENTER: &str = "\u{e007}";
    let key = async |name: &str| -> Outcome {
        let number = page
            .js(&format!(
                "const keys = [...root.querySelectorAll('shikaku-navi-keypad button')];
                 return keys.findIndex((key) => key.textContent === '{name}') + 1;"
            ))
            .await?;
        page.tap(&format!("shikaku-navi-keypad button:nth-of-type({number})")).await
    };
    let stands = async |field: &str, text: &str| -> Outcome {
        page.until(&format!("root.querySelector('[name={field}]').value === '{text}'")).await?;
        page.until(&format!("root.activeElement.name === '{field}'")).await
    };
    page.goto("?insurer=rokin&mode=kiosk").await?;
    page.find("shikaku-navi-keypad").await?;
    page.until("[...root.querySelectorAll('.date input')].every((field) => field.inputMode === 'none')").await?;
    // Nothing is in focus yet: it begins with the year.
    key("1").await?;
    key("0").await?;
    stands("year", "10").await?;
    key("昭和").await?;
    key("平成").await?;
    stands("year", "平成10").await?;
    page.tap("[name=month]").await?;
    key("1").await?;
    key("2").await?;
    key("1文字消す").await?;
    stands("month", "1").await?;
    // At the caret, and in place of what is selected.
    page.js("root.activeElement.setSelectionRange(0, 0);").await?;
    key("2").await?;
    stands("month", "21").await?;
    page.js("root.activeElement.select();").await?;
    key("8").await?;
    stands("month", "8").await?;
    // A keyboard types all the same, and reaches the keys.
    page.tap("[name=day]").await?;
    page.press("3").await?;
    stands("day", "3").await?;
    for part in [TAB, TAB, TAB, TAB, ENTER] {
        page.press(part).await?;
    }
    page.until("root.querySelector('[name=day]').value === '31'").await?;
    page.until("root.activeElement.textContent === '1'").await?;
    page.until("root.querySelector('shikaku-navi-keypad [role=status]').textContent === '日: 31'").await?;
    page.click(".primary").await?;
    says(&page, "1998年8月31日（平成10年8月31日）").await?;
    // An insurer is found by its number.
    page.goto("?mode=kiosk").await?;
    page.find("shikaku-navi-keypad").await?;
    for number in ["6", "1", "3", "4"] {
        key(number).await?;
    }
    page.until("[...root.querySelectorAll('.choice')].filter((one) => !one.hidden).length === 2").await
}

/// On every kind of screen: nothing small to touch, nothing cut off, nothing in the way of other means.
async fn a_kiosk_can_be_used_by_everybody(page: Page) -> Outcome {
    let narrow = page.as_wide_as(320);
    for (page, name) in [(&page, "kiosk"), (&narrow, "kiosk-narrow")] {
        let look = async |screen: &str| -> Outcome {
            page.keep(&format!("{name}-{screen}")).await?;
            page.is_accessible().await.map_err(|error| format!("{screen}: {error}"))?;
            let small = page
                .js("return [...root.querySelectorAll('button, .choice, summary, input[type=text], input[type=search]')]
                       .filter((one) => one.offsetHeight && (one.offsetHeight < 60 || one.offsetWidth < 60))
                       .map((one) => `${one.textContent} ${one.offsetWidth} × ${one.offsetHeight}`);")
                .await?;
            holds(small == json!([]), &format!("{screen}: too small: {small}"))?;
            page.until("document.documentElement.scrollWidth <= innerWidth").await
        };
        page.goto("?mode=kiosk").await?;
        page.find("shikaku-navi-keypad").await?;
        look("insurers").await?;
        page.goto("?insurer=tokyo-denki&mode=kiosk").await?;
        page.find("shikaku-navi-keypad").await?;
        look("date").await?;
        date(page, "平成32", "4", "1").await?;
        page.find(".error-summary .secondary").await?;
        look("wrong-era").await?;
        date(page, "平成10", "8", "1").await?;
        page.find("input[value=registered]").await?;
        look("card").await?;
        choose(page, "registered").await?;
        choose(page, "true").await?;
        page.find("shikaku-navi-circumstances").await?;
        look("circumstances").await?;
        page.click(".primary").await?;
        page.find("shikaku-navi-sheet").await?;
        look("sheet").await?;
    }
    Ok(())
}

/// What would lead away on a device of one's own is shown as a code to take along.
async fn no_link_leads_away_from_a_kiosk(page: Page) -> Outcome {
    let has_none = "!root.querySelector('a[href]')";
    for insurer in ["rokin", "tokyo-denki", "myna-qa", "national"] {
        page.goto(&format!("?insurer={insurer}&mode=kiosk")).await?;
        everything_is_here(&page).await?;
        answer(&page).await?;
        page.until(has_none).await?;
        // Each address that can be read stands beside its code.
        let lone = page
            .js("return [...root.querySelectorAll('.note, .sites li')]
                   .filter((one) => one.textContent.includes('https://') && !one.querySelector('.code'))
                   .map((one) => one.textContent);")
            .await?;
        holds(lone == json!([]), &format!("{insurer}: no code: {lone}"))?;
        page.find(".sites .code").await?;
        page.until("!root.querySelector('.taking').innerText.includes('.ics')").await?;
    }
    // Where the check cannot run, nothing leads away either.
    let page = page.elsewhere().await?;
    page.served.lose("national");
    page.goto("?insurer=rokin&mode=kiosk").await?;
    says(&page, "案内のデータを読み込めません").await?;
    page.until(&format!("{has_none} && !document.querySelector('a[href]')")).await
}

/// Paper that does not come is no dead end.
async fn a_kiosk_says_what_to_do_without_paper(page: Page) -> Outcome {
    page.goto("?insurer=rokin&mode=kiosk").await?;
    page.find("[name=year]").await?;
    page.js("window.print = () => { window.printed = (window.printed ?? 0) + 1; };").await?;
    answer(&page).await?;
    for (number, times) in [(1, 1), (2, 2)] {
        page.click(&format!(".take button:nth-child({number})")).await?;
        page.until(&format!("window.printed === {times}")).await?;
        says(&page, "紙が出ないときは、係の人を呼んでください").await?;
    }
    page.keep("kiosk-paper").await?;
    has(&page, &["show-mynumber-card"], &[]).await?;
    // Whatever is still to be printed goes too.
    page.find(".slip").await?;
    page.served.lose("service-worker");
    finish(&page).await?;
    page.until(&format!("{IS_FRESH} && !root.querySelector('.slip') && !root.querySelector('[data-print]')")).await?;
    // Where there is one kind of paper, there is one way to print.
    for (paper, shown) in [("slip", "printSlip"), ("a4", "print")] {
        page.goto(&format!("?insurer=rokin&mode=kiosk&paper={paper}")).await?;
        answer(&page).await?;
        let left = page
            .js("return [...root.querySelectorAll('.take button')]
                   .filter((button) => button.offsetHeight)
                   .map((button) => button.className);")
            .await?;
        holds(left == json!([format!("secondary {shown}")]), &format!("{paper}: {left}"))?;
    }
    Ok(())
}

/// Old rules and a wrong clock are said to whoever looks after the screen, which stands there day and night.
async fn a_kiosk_tells_its_keepers_what_is_wrong(page: Page) -> Outcome {
    page.run_first(
        "const every = globalThis.setInterval;
         globalThis.setInterval = (work, wait) => every(work, wait / 100);
         globalThis.clock = Date.UTC(2027, 4, 31, 14, 59);
         Date.now = () => globalThis.clock;",
    )?;
    page.goto("?insurer=rokin&mode=kiosk").await?;
    page.fill("[name=year]", "2026").await?;
    page.until("!root.querySelector('.staff')").await?;
    // Midnight comes, and nobody touches the screen.
    page.js("window.clock += 60_000;").await?;
    says(&page, "係の方へ: 案内のデータを新しいものに入れ替えてください").await?;
    says(&page, "必ず健保組合に確かめてください").await?;
    page.keep("kiosk-staff").await?;
    page.is_accessible().await?;
    page.until("root.querySelector('[name=year]').value === '2026'").await?;
    page.click("[data-language=en]").await?;
    says(&page, "due for review by").await?;
    page.until("root.querySelector('.staff[lang=ja]')").await?;
    // Somebody sets the clock back.
    page.js("window.clock = Date.UTC(2020, 0, 1);").await?;
    says(&page, "係の方へ: この機器の日付と時刻を直してください").await?;
    page.until("root.querySelectorAll('.staff').length === 1").await?;
    // Nobody else is told what to do about it.
    page.goto("?insurer=rokin&asOf=2027-06-01").await?;
    page.find("[name=year]").await?;
    page.until("!root.querySelector('.staff')").await?;
    page.goto("?mode=kiosk&asOf=2027-06-01").await?;
    page.find(".staff").await
}

/// One touch fills the screen, and the button is gone as long as it does.
async fn a_kiosk_fills_the_screen(page: Page) -> Outcome {
    page.goto("?insurer=rokin&mode=kiosk").await?;
    page.find("[name=year]").await?;
    page.click(".full-screen").await?;
    page.until("document.fullscreenElement && !root.querySelector('.full-screen').offsetHeight").await?;
    answer(&page).await?;
    finish(&page).await?;
    page.until(&format!("document.fullscreenElement && {IS_FRESH}")).await?;
    page.js("document.exitFullscreen();").await?;
    page.until("root.querySelector('.full-screen').offsetHeight").await
}
