//! The page without a network, and how a newer build comes in.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::{choose, date, everything_is_here, has, holds, nothing_special, says, walks};
use crate::page::browser::Page;
use crate::page::engines::{Driver, Engine};
use crate::{Outcome, build, tree};

walks![
    WALKS:
    the_whole_check_works_without_a_server,
    a_cleared_cache_is_filled_again,
    an_update_comes_in_on_the_start_screen,
    no_update_comes_in_while_somebody_answers,
    an_update_that_is_cut_off_changes_nothing,
    what_the_build_did_not_make_is_not_kept,
    nothing_is_kept_once_somebody_answers,
    nobody_looks_for_updates_once_somebody_answers,
    the_page_can_be_installed,
];

// WebKit keeps no profile when it is driven.
walks![
    PROFILE_WALKS:
    the_browser_can_be_closed_in_between,
];

/// What the newer build says in its heading, and how it is known.
const HEADING: &str = "受診のとき、何を見せればいい？";
const NEWER_HEADING: &str = "受診のとき、いま何を見せればいい？";

/// The folder of another build, made once.
static NEWER: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
    let folder = tree::target().join("newer-build");
    build::another(&folder, HEADING, NEWER_HEADING).map_err(|error| error.to_string())?;
    Ok(folder)
});

/// From now on the server has the newer build.
fn deploy_newer(page: &Page) -> Outcome<&'static Path> {
    let folder = NEWER.as_ref().map_err(Clone::clone)?;
    page.served.move_to(folder);
    Ok(folder)
}

/// Opens the page, and waits until it is of this build.
async fn opens(page: &Page, heading: &str) -> Outcome {
    page.goto("?insurer=rokin").await?;
    page.until(&format!(
        "root.querySelector('[name=year]') && document.querySelector('h1').textContent === {}",
        json!(heading)
    ))
    .await
}

/// What an asynchronous expression over `registration` comes to.
async fn ask(page: &Page, expression: &str) -> Outcome<Value> {
    let script = format!(
        "const done = arguments[0];
         navigator.serviceWorker.getRegistration()
             .then(async (registration) => done({expression}))
             .catch((error) => done(String(error)));"
    );
    Ok(page.client.execute_async(&script, Vec::new()).await?)
}

/// Waits until such an expression is true.
async fn until(page: &Page, expression: &str) -> Outcome {
    for _ in 0..200 {
        if ask(page, &format!("Boolean({expression})")).await.is_ok_and(|found| found == true) {
            return Ok(());
        }
        sleep(Duration::from_millis(100)).await;
    }
    let states = "[registration?.installing, registration?.waiting, registration?.active].map((one) => one?.state)";
    let states = ask(page, states).await?;
    Err(format!("it never came to `{expression}`, but to {states}; the server was asked for {:?}", page.served.asked())
        .into())
}

/// Waits until the page is kept for when there is no network. The active worker's own state does not tell: `WebKit` now
/// and then leaves it at `installing` for good.
pub(super) async fn is_kept(page: &Page) -> Outcome {
    until(page, "registration?.active && !registration.installing && !registration.waiting").await
}

/// Waits until a newer build is there, and waits itself.
async fn is_waiting(page: &Page) -> Outcome {
    until(page, "registration.waiting").await
}

/// How many files each cache keeps, the oldest first.
async fn kept(page: &Page) -> Outcome<Vec<usize>> {
    let counts = "await Promise.all(
        (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length)
    )";
    Ok(serde_json::from_value(ask(page, counts).await?)?)
}

/// Waits until the server is asked for something.
async fn is_asked_for(page: &Page, part: &str) -> Outcome {
    for _ in 0..1000 {
        if page.served.asked().iter().any(|path| path.contains(part)) {
            return Ok(());
        }
        sleep(Duration::from_millis(20)).await;
    }
    Err(format!("nobody asked for {part}").into())
}

/// One member's way to the sheet, and to paper.
async fn a_whole_check(page: &Page, insurer: &str) -> Outcome {
    page.goto(&format!("?insurer={insurer}&asOf=2026-11-21")).await?;
    date(page, "平成10", "8", "1").await?;
    choose(page, "none").await?;
    nothing_special(page).await?;
    choose(page, "none").await?;
    has(page, &["no-valid-proof", "get-card"], &["show-old-card"]).await?;
    page.js("window.print = () => { window.printed = true; };").await?;
    page.click(".take button:nth-child(2)").await?;
    page.until("window.printed").await
}

/// Everybody's ways, in several languages, and without WebAssembly.
async fn every_check(page: &Page) -> Outcome {
    for insurer in ["national", "mail-notice", "web-notice", "tokyo-denki", "myna-qa", "rokin"] {
        a_whole_check(page, insurer).await.map_err(|error| format!("{insurer}: {error}"))?;
    }
    page.goto("index.html?insurer=national&lang=ko").await?;
    page.find("[name=year]").await?;
    everything_is_here(page).await?;
    page.fill("[name=year]", "2026").await?;
    for language in ["ja-easy", "en", "zh-Hans", "es", "pt", "ko"] {
        page.click(&format!("[data-language={language}]")).await?;
        page.until(&format!("root.querySelector('[data-language={language}]').matches('[aria-pressed=true]')")).await?;
    }
    page.goto("").await?;
    choose(page, "web-notice").await?;
    page.find("[name=year]").await?;
    page.goto("?mode=kiosk&insurer=rokin").await?;
    page.find("shikaku-navi-keypad").await
}

async fn the_whole_check_works_without_a_server(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    page.served.stop();
    every_check(&page).await
}

async fn the_browser_can_be_closed_in_between(page: Page) -> Outcome {
    let profile = tempfile::tempdir()?;
    let driver = Driver::start(page.engine).await?;
    let first = page.seen_in(driver.open_in(Some(profile.path())).await?);
    opens(&first, HEADING).await?;
    is_kept(&first).await?;
    first.close().await?;
    page.served.stop();
    let second = page.seen_in(driver.open_in(Some(profile.path())).await?);
    let outcome = every_check(&second).await;
    second.close().await?;
    outcome
}

/// A cleared cache is filled at the next visit; what it is filled with is needed no network for.
async fn a_cleared_cache_is_filled_again(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    let before = kept(&page).await?;
    ask(&page, "await Promise.all((await caches.keys()).map((name) => caches.delete(name)))").await?;
    holds(kept(&page).await?.is_empty(), "nothing was cleared")?;
    opens(&page, HEADING).await?;
    for _ in 0..200 {
        if kept(&page).await? == before {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    page.served.stop();
    a_whole_check(&page, "tokyo-denki").await
}

/// A newer build is fetched beside the one that is used, and comes in whole when the page is opened anew.
async fn an_update_comes_in_on_the_start_screen(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    ask(&page, "await caches.open('another-program').then((one) => one.put('/theirs', new Response('theirs')))")
        .await?;
    deploy_newer(&page)?;
    opens(&page, HEADING).await?;
    is_waiting(&page).await?;
    page.js("window.isSame = true;").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "none").await?;
    sleep(Duration::from_secs(1)).await;
    page.until("window.isSame && root.querySelector('shikaku-navi-circumstances')").await?;
    opens(&page, NEWER_HEADING).await?;
    page.js("window.isSame = true;").await?;
    // It is opened anew once, and no more.
    sleep(Duration::from_secs(2)).await;
    page.until("window.isSame").await?;
    // What the build before kept is gone, what another program keeps is not.
    until(&page, "(await caches.keys()).length === 2 && (await (await caches.match('/theirs')).text()) === 'theirs'")
        .await?;
    page.served.stop();
    a_whole_check(&page, "tokyo-denki").await?;
    opens(&page, NEWER_HEADING).await
}

/// While one window answers, another one neither fetches a newer build nor lets it in.
async fn no_update_comes_in_while_somebody_answers(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    opens(&page, HEADING).await?;
    date(&page, "平成10", "8", "1").await?;
    page.js("window.isSame = true;").await?;
    deploy_newer(&page)?;
    let answering = page.client.window().await?;
    let before = page.served.asked().len();
    let other = page.client.new_window(true).await?.handle;
    page.client.switch_to_window(other.clone()).await?;
    opens(&page, HEADING).await?;
    sleep(Duration::from_secs(4)).await;
    let asked = page.served.asked();
    let asked: Vec<_> = asked.iter().skip(before).collect();
    holds(
        asked.iter().all(|path| *path == "/service-worker.js") && !asked.is_empty(),
        &format!("asked for {asked:?}"),
    )?;
    page.client.switch_to_window(answering.clone()).await?;
    choose(&page, "none").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    has(&page, &["no-valid-proof"], &[]).await?;
    page.until("window.isSame").await?;
    // Nobody answers any more, so it comes, and waits as long as two windows are open.
    opens(&page, HEADING).await?;
    is_waiting(&page).await?;
    opens(&page, HEADING).await?;
    sleep(Duration::from_secs(2)).await;
    opens(&page, HEADING).await?;
    page.client.switch_to_window(other).await?;
    page.client.close_window().await?;
    page.client.switch_to_window(answering).await?;
    // Its worker hears only a while later that a window is gone.
    for _ in 0..20 {
        sleep(Duration::from_secs(1)).await;
        page.goto("?insurer=rokin").await?;
        page.find("[name=year]").await?;
        if page.js("return document.querySelector('h1').textContent;").await? == NEWER_HEADING {
            return Ok(());
        }
    }
    Err("the newer build never came in".into())
}

/// An update that breaks off half-way leaves everything as it was, and is taken up when the server is back.
async fn an_update_that_is_cut_off_changes_nothing(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    let main = name_of(deploy_newer(&page)?, "main.")?;
    page.served.slow_down(&main);
    opens(&page, HEADING).await?;
    is_asked_for(&page, &main).await?;
    page.served.stop();
    opens(&page, HEADING).await?;
    a_whole_check(&page, "tokyo-denki").await?;
    page.served.start_again().await?;
    opens(&page, HEADING).await?;
    is_waiting(&page).await?;
    opens(&page, NEWER_HEADING).await?;
    page.served.stop();
    a_whole_check(&page, "tokyo-denki").await
}

/// What does not have the content the build made is not kept, even if the server says that all is well.
async fn what_the_build_did_not_make_is_not_kept(page: Page) -> Outcome {
    let wrong = "ログインしてください";
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    let before = kept(&page).await?;
    let main = name_of(deploy_newer(&page)?, "main.")?;
    page.served.add(&format!("/{main}"), "", &format!("// {wrong}"));
    opens(&page, HEADING).await?;
    is_asked_for(&page, &main).await?;
    until(&page, "!registration.installing && !registration.waiting").await?;
    let all = "(await Promise.all((await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        return Promise.all((await cache.keys()).map(async (one) => (await cache.match(one)).text()));
    }))).flat().join()";
    let all = ask(&page, all).await?;
    holds(all.as_str().is_some_and(|all| all.contains("shikaku-navi") && !all.contains(wrong)), "it was kept")?;
    holds(kept(&page).await?.first() == before.first(), "the build before is not whole any more")?;
    page.served.stop();
    a_whole_check(&page, "tokyo-denki").await
}

/// Once somebody answers, nothing is fetched even to be kept; the next visit does.
async fn nothing_is_kept_once_somebody_answers(page: Page) -> Outcome {
    for part in ["/icons/", "/rules/insurers/", "/engine/plain"] {
        page.served.slow_down(part);
    }
    page.goto("?insurer=national").await?;
    page.find("[name=year]").await?;
    until(&page, "registration?.installing").await?;
    is_asked_for(&page, "maskable-512").await?;
    page.fill("[name=year]", "2026").await?;
    says(&page, "最初の答えの前に、通信を切りました").await?;
    let before = page.served.asked();
    sleep(Duration::from_secs(6)).await;
    let asked = page.served.asked();
    holds(asked == before, &format!("asked for {:?}", asked.get(before.len()..)))?;
    until(&page, "!registration?.active").await?;
    opens(&page, HEADING).await?;
    is_kept(&page).await
}

/// Whoever answers at once has asked for nothing since, though browsers look for updates a second later.
async fn nobody_looks_for_updates_once_somebody_answers(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    is_kept(&page).await?;
    for _ in 0..2 {
        let asked = page.served.asked().len();
        page.goto("?insurer=rokin&asOf=2026-11-21").await?;
        if page.engine == Engine::WebKit {
            // Driven, as in private windows, it keeps no answers of servers, so that its own look is a request.
            page.find("[name=year]").await?;
            sleep(Duration::from_secs(2)).await;
        }
        page.fill("[name=year]", "平成10").await?;
        says(&page, "最初の答えの前に、通信を切りました").await?;
        let before = page.served.asked();
        holds(before.len() > asked, "nobody looked for an update")?;
        date(&page, "平成10", "8", "1").await?;
        choose(&page, "none").await?;
        nothing_special(&page).await?;
        choose(&page, "none").await?;
        has(&page, &["no-valid-proof"], &[]).await?;
        sleep(Duration::from_secs(4)).await;
        let asked = page.served.asked();
        holds(asked == before, &format!("asked for {:?}", asked.get(before.len()..)))?;
    }
    Ok(())
}

/// The manifest is what browsers want, and each icon has the size that it says.
async fn the_page_can_be_installed(page: Page) -> Outcome {
    opens(&page, HEADING).await?;
    let script = "await (async () => {
        const link = document.querySelector('link[rel=manifest]').href;
        const { lang, start_url, display, icons } = await (await fetch(link)).json();
        const sizes = await Promise.all(icons.map(async ({ src, sizes, purpose }) => {
            const image = new Image();
            image.src = new URL(src, link);
            await image.decode();
            return [sizes === 'any' || sizes === `${image.naturalWidth}x${image.naturalHeight}`, sizes, purpose];
        }));
        return [lang, start_url, display, sizes];
    })()";
    let wanted = json!([
        "ja",
        "./",
        "standalone",
        [
            [true, "any", null],
            [true, "192x192", null],
            [true, "512x512", null],
            [true, "192x192", "maskable"],
            [true, "512x512", "maskable"]
        ]
    ]);
    let found = ask(&page, script).await?;
    holds(found == wanted, &format!("{found}"))
}

/// The name of the file in a build that begins like this.
fn name_of(folder: &Path, start: &str) -> Outcome<String> {
    let names =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    names.into_iter().find(|name| name.starts_with(start)).ok_or_else(|| format!("no {start} there").into())
}
