//! That nothing leaves and nothing stays, in each form the check comes in.

use super::hosts::{SANDBOX, answer_by_script, framed, host};
use super::offline::is_kept;
use super::{everything_is_here, holds, walks};
use crate::Outcome;
use crate::page::browser::Page;

walks![
    WALKS:
    nothing_leaves_the_page,
    nothing_leaves_the_element,
    nothing_leaves_the_frame,
    nothing_leaves_the_one_file,
    nothing_leaves_the_kiosk,
];

async fn nothing_leaves_the_page(page: Page) -> Outcome {
    page.goto("?insurer=rokin").await?;
    // What is fetched to be kept for later is fetched before.
    is_kept(&page).await?;
    nothing_leaves_or_stays(&page, &page).await
}

async fn nothing_leaves_the_element(page: Page) -> Outcome {
    let host = host(&page, "", "", "<shikaku-navi insurer='rokin'></shikaku-navi>").await?;
    nothing_leaves_or_stays(&host, &page).await
}

async fn nothing_leaves_the_frame(page: Page) -> Outcome {
    nothing_leaves_or_stays(&framed(&page, SANDBOX).await?, &page).await
}

async fn nothing_leaves_the_one_file(page: Page) -> Outcome {
    page.open_file("shikaku-navi-rokin.html").await?;
    nothing_leaves_or_stays(&page, &page).await
}

async fn nothing_leaves_the_kiosk(page: Page) -> Outcome {
    page.goto("?insurer=rokin&mode=kiosk").await?;
    is_kept(&page).await?;
    nothing_leaves_or_stays(&page, &page).await
}

/// From the first answer to the printed sheet nothing is asked for, of whatever server, and afterwards no answer is
/// kept anywhere that a script can look.
async fn nothing_leaves_or_stays(page: &Page, files: &Page) -> Outcome {
    const ENTRIES: &str = "return performance.getEntriesByType('resource').length;";
    page.find("[name=year]").await?;
    if page.js("return location.protocol === 'http:';").await? == true {
        everything_is_here(page).await?;
    }
    page.js("window.printed = 0; window.print = () => { window.printed += 1; };").await?;
    page.js("document.addEventListener('securitypolicyviolation', () => { window.cut = true; });").await?;
    let asked = || (page.served.asked().len(), files.served.asked().len());
    let (before, entries) = (asked(), page.js(ENTRIES).await?);
    // Where the page is there for the check alone, it asks once for the style sheet, to show that it is not let.
    let is_locking = page.js("return root.host.hasAttribute('locks');").await? == true;
    answer_by_script(page).await?;
    page.js("root.querySelector('.take button').click(); dispatchEvent(new Event('afterprint'));").await?;
    page.js("root.querySelector('.take button:nth-child(2)').click(); dispatchEvent(new Event('afterprint'));").await?;
    page.until("window.printed === 2").await?;
    holds(
        (page.js("return window.cut === true;").await? == true) == is_locking,
        "the self-test is not as it should be",
    )?;
    holds(asked() == before, &format!("asked for {:?}", files.served.asked()))?;
    let after = page.js(ENTRIES).await?;
    // Chromium and Firefox list what was not let as well.
    let most = entries.as_u64().unwrap_or_default() + u64::from(is_locking);
    holds(after.as_u64().is_some_and(|after| after <= most), &format!("{entries} resources, then {after}"))?;
    let kept = page
        .js("const look = (what) => { try { return what(); } catch { return 'no'; } };
            return [look(() => document.cookie), look(() => localStorage.length), look(() => sessionStorage.length),
                    location.hash, typeof (history.state ?? 0), name];")
        .await?;
    let kept: Vec<String> = kept.as_array().into_iter().flatten().map(|one| one.to_string().replace('"', "")).collect();
    let is_empty = |one: &String| ["", "0", "no", "number"].contains(&one.as_str());
    holds(kept.iter().all(is_empty), &format!("kept: {kept:?}"))?;
    if is_locking && page.js("return window === parent;").await? == true {
        let address = page.js("return location.href;").await?;
        page.client.goto(address.as_str().unwrap_or_default()).await?;
        page.until("root.querySelector('[name=year]')?.value === '' && !root.querySelector('.summary')").await?;
    }
    Ok(())
}
