//! The check on pages of others: as an element, and in a frame.

use serde_json::{Value, json};

use super::{choose, date, has, holds, nothing_special, says, walks};
use crate::Outcome;
use crate::page::browser::Page;
use crate::page::engines::Engine;

walks![
    WALKS:
    a_page_that_resets_everything_changes_nothing,
    a_strict_policy_is_enough,
    without_wasm_an_element_answers_as_well,
    several_stand_on_one_page,
    a_page_that_asks_is_told_the_guidance,
    attributes_are_followed,
    only_the_sheet_is_printed,
    a_frame_is_as_high_as_the_check,
    a_sandboxed_frame_is_enough,
    a_frame_can_reach_nothing,
    nobody_else_may_frame_the_page,
];

/// What a page of somebody else holds, under a policy of its own, with the check's files at another address.
pub(super) async fn host(page: &Page, policy: &str, head: &str, body: &str) -> Outcome<Page> {
    let host = page.elsewhere().await?;
    let files = format!("http://{}", page.served.address);
    let html = format!(
        "<!doctype html><html lang='ja'><head><meta charset='utf-8'><title>社内</title>{head}
         <script type='module' src='{files}/shikaku-navi.js'></script></head><body>{body}</body></html>"
    );
    host.served.add("/host.html", &policy.replace("FILES", &files), &html.replace("FILES", &files));
    host.goto("host.html").await?;
    Ok(host)
}

async fn reach_a_sheet(page: &Page) -> Outcome {
    date(page, "令和8", "4", "1").await?;
    choose(page, "registered").await?;
    choose(page, "true").await?;
    nothing_special(page).await?;
    has(page, &["show-mynumber-card"], &["no-valid-proof"]).await
}

/// How the parts of the check look, as the browser puts it.
async fn looks(page: &Page) -> Outcome<Value> {
    page.find("[name=year]").await?;
    page.js(
        "const of = (css, ...names) => { const style = getComputedStyle(root.querySelector(css)); return names.map((name) => style[name]); };
         return [
           of('.stage', 'fontSize', 'color', 'direction', 'lineHeight', 'letterSpacing', 'display', 'visibility', 'textAlign'),
           of('.question', 'fontSize', 'fontWeight', 'display', 'textTransform'),
           of('.primary', 'minBlockSize', 'backgroundColor', 'color', 'display', 'paddingInlineStart'),
           of('[name=year]', 'borderTopWidth', 'inlineSize', 'display'),
         ];",
    )
    .await
}

const HOSTILE: &str = "<base href='/elsewhere/'>
    <style>
      * { all: unset; --text: red; --base: red; box-sizing: content-box; }
      html { font-size: 62.5%; text-transform: uppercase; letter-spacing: 1em; }
      body { visibility: hidden; }
      div { direction: rtl; }
      shikaku-navi { font-size: 3px !important; color: red !important; line-height: 5; text-align: right; }
      .stage, .primary, button, p, h2, input { display: none !important; }
    </style>";

/// Resets, the rules of frameworks, another base, another direction: the check looks as it does on its own page, and
/// the page around it stays as it was.
async fn a_page_that_resets_everything_changes_nothing(page: Page) -> Outcome {
    let own = host(&page, "", "", "<shikaku-navi insurer='rokin'></shikaku-navi>").await?;
    let wanted = looks(&own).await?;
    let hostile =
        host(&page, "", HOSTILE, "<div><i>host</i><shikaku-navi insurer='rokin'></shikaku-navi></div>").await?;
    let found = looks(&hostile).await?;
    holds(found == wanted, &format!("it looks {found}, not {wanted}"))?;
    let around = "const clean = document.body.appendChild(document.createElement('iframe'));
        const known = Object.getOwnPropertyNames(clean.contentWindow);
        clean.remove();
        // What ends in digits only are frames, and `ret_nodes` is the driver's own.
        const names = Object.getOwnPropertyNames(window).filter((name) => !known.includes(name) && !/^(\\d+|ret_nodes)$/.test(name));
        const { attributes } = document.documentElement;
        return [names.join(), attributes.length, getComputedStyle(document.querySelector('i')).direction, document.adoptedStyleSheets.length];";
    let around = hostile.js(around).await?;
    holds(around == json!(["", 1, "rtl", 0]), &format!("the page around it has changed: {around}"))?;
    hostile.keep("host-hostile").await?;
    reach_a_sheet(&hostile).await?;
    let asked = hostile.served.asked();
    holds(!asked.iter().any(|path| path.starts_with("/elsewhere/")), &format!("asked for {asked:?}"))?;
    says(&hostile, "この案内を載せているページのほかの部分").await
}

/// Such a policy as an intranet has: nothing but the check's own files.
const STRICT: &str = "default-src 'none'; script-src FILES 'wasm-unsafe-eval'; connect-src FILES; base-uri 'none'; \
    form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

async fn a_strict_policy_is_enough(page: Page) -> Outcome {
    let host = host(&page, STRICT, "", "<shikaku-navi insurer='rokin'></shikaku-navi>").await?;
    reach_a_sheet(&host).await?;
    host.is_accessible()
        .await
        .or_else(|error| if error.to_string().contains("region") { Ok(()) } else { Err(error) })?;
    let complaints = host.complaints().await?;
    holds(complaints.is_empty(), &format!("{complaints:?}"))
}

async fn without_wasm_an_element_answers_as_well(page: Page) -> Outcome {
    let policy = STRICT.replace(" 'wasm-unsafe-eval'", "");
    reach_a_sheet(&host(&page, &policy, "", "<shikaku-navi insurer='rokin'></shikaku-navi>").await?).await
}

async fn several_stand_on_one_page(page: Page) -> Outcome {
    let body =
        "<shikaku-navi insurer='rokin'></shikaku-navi><shikaku-navi insurer='tokyo-denki' lang='en'></shikaku-navi>";
    let host = host(&page, "", "<script type='module' src='FILES/shikaku-navi.js?again'></script>", body).await?;
    reach_a_sheet(&host).await?;
    let other = host
        .js("const other = document.querySelectorAll('shikaku-navi')[1].shadowRoot; return [other.querySelector('.stage').lang, other.querySelector('[name=year]').value];")
        .await?;
    holds(other == json!(["en", ""]), &format!("the other one is {other}"))
}

/// Only the ids of the guidance, and only to a page that asks.
async fn a_page_that_asks_is_told_the_guidance(page: Page) -> Outcome {
    for (attribute, wanted) in [("", false), ("reports", true)] {
        let body = format!("<shikaku-navi insurer='rokin' {attribute}></shikaku-navi>");
        let host = host(&page, "", "", &body).await?;
        host.find("[name=year]").await?;
        host.js(
            "window.told = []; document.addEventListener('shikaku-navi-change', ({ detail }) => told.push(detail));",
        )
        .await?;
        reach_a_sheet(&host).await?;
        let told = host.js("return told;").await?;
        let guidance = host.guidance().await?;
        if !wanted {
            holds(told == json!([]), &format!("nobody asked, and it told {told}"))?;
            continue;
        }
        let ids: Vec<String> = serde_json::from_value(told.pointer("/0/guidance").cloned().unwrap_or_default())?;
        let keys = host.js("return Object.keys(told[0]).join();").await?;
        holds(told.as_array().is_some_and(|told| told.len() == 1) && keys == "guidance", &format!("it told {told}"))?;
        holds(ids.iter().all(|id| guidance.contains(id)) && !ids.is_empty(), &format!("{ids:?}, not {guidance:?}"))?;
        says(&host, "案内の記号").await?;
        host.click(".buttons button:nth-child(2)").await?;
        host.until("told.length === 2 && told[1].guidance.length === 0").await?;
    }
    Ok(())
}

async fn attributes_are_followed(page: Page) -> Outcome {
    let host = host(&page, "", "", "<shikaku-navi insurer='rokin'></shikaku-navi>").await?;
    host.find("[name=year]").await?;
    let set = async |name: &str, value: &str| {
        host.js(&format!("root.host.setAttribute({}, {});", json!(name), json!(value))).await.map(drop)
    };
    set("lang", "en").await?;
    host.until("root.querySelector('.stage').lang === 'en' && root.querySelector('h2.question')").await?;
    set("heading-level", "4").await?;
    host.until("root.querySelector('h4.question')").await?;
    set("as-of", "2025-12-01").await?;
    says(&host, "December 1, 2025").await?;
    set("insurer", "nobody").await?;
    host.find("shikaku-navi-insurers").await?;
    // A page that moves it keeps what was answered.
    set("insurer", "tokyo-denki").await?;
    date(&host, "2020", "4", "1").await?;
    host.find("input[value=none]").await?;
    host.js("const moved = root.host; moved.remove(); document.body.append(moved);").await?;
    host.find("input[value=none]").await
}

/// On paper stands the sheet and nothing of the page around it, through frames of other elements too.
async fn only_the_sheet_is_printed(page: Page) -> Outcome {
    let body = "<p class='host'>host</p><section><p class='host'>host</p><div id='other'></div></section>";
    let host = host(&page, STRICT, "", body).await?;
    host.client
        .execute(
            "const inner = document.querySelector('#other').attachShadow({ mode: 'open' });
             inner.append(Object.assign(document.createElement('p'), { textContent: 'host' }), document.createElement('slot'));
             const made = document.createElement('shikaku-navi');
             made.setAttribute('insurer', 'rokin');
             document.querySelector('#other').append(made);
             window.print = () => { window.printing = true; };",
            Vec::new(),
        )
        .await?;
    reach_a_sheet(&host).await?;
    host.click(".take button").await?;
    host.until("window.printing").await?;
    if host.engine == Engine::Chromium {
        // Only Chromium can be made to show what would be printed.
        host.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
        host.until("[...document.querySelectorAll('.host')].every((one) => one.offsetHeight === 0)").await?;
        host.until("document.querySelector('#other').shadowRoot.querySelector('p').offsetHeight === 0").await?;
        host.until("root.querySelector('.sheet-heading').offsetHeight > 0").await?;
        host.keep_print("host-print").await?;
    }
    host.js("window.dispatchEvent(new Event('afterprint'));").await?;
    host.until("document.adoptedStyleSheets.length === 0 && !document.querySelector('[data-shikaku-navi]')").await
}

const FRAME: &str = "<style>body { margin: 0 }</style>
    <iframe src='FILES/embed/?insurer=rokin' style='border: 0; width: 600px; height: 300px' title='資格ナビ' SANDBOX></iframe>
    <script src='FILES/embed.js'></script>";

/// A page of somebody else with the check in a frame; the window is in the frame.
pub(super) async fn framed(page: &Page, sandbox: &str) -> Outcome<Page> {
    page.served.change_headers("frame-ancestors 'self'", "frame-ancestors *");
    let host = host(page, "", "", &FRAME.replace("SANDBOX", sandbox)).await?;
    host.client.enter_frame(0).await?;
    host.find("[name=year]").await?;
    Ok(host)
}

/// Answers by script: no window is as high as the frame becomes.
pub(super) async fn answer_by_script(page: &Page) -> Outcome {
    page.find("[name=year]").await?;
    page.js("root.querySelector('[name=year]').value = '2026-04-01'; root.querySelector('.primary').click();").await?;
    for value in ["registered", "true"] {
        page.find(&format!("input[value={value}]")).await?;
        page.js(&format!(
            "root.querySelector('input[value={value}]').click(); root.querySelector('.primary').click();"
        ))
        .await?;
    }
    page.find("shikaku-navi-circumstances").await?;
    page.js("root.querySelector('.primary').click();").await?;
    has(page, &["show-mynumber-card"], &["no-valid-proof"]).await
}

async fn a_frame_is_as_high_as_the_check(page: Page) -> Outcome {
    let inside = framed(&page, "").await?;
    answer_by_script(&inside).await?;
    let fits = "document.documentElement.scrollHeight <= innerHeight + 1 && innerHeight < document.documentElement.offsetHeight + 40";
    inside.until(fits).await?;
    let height = inside.js("return innerHeight;").await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    holds(inside.js("return innerHeight;").await? == height, "the frame goes on growing")?;
    // Nobody else's word counts.
    inside.client.enter_parent_frame().await?;
    inside.client.execute("window.postMessage({ 'shikaku-navi': { height: 7 } }, '*');", Vec::new()).await?;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let outside = inside.client.execute("return document.querySelector('iframe').clientHeight;", Vec::new()).await?;
    holds(outside == height, "somebody else's word counted")
}

pub(super) const SANDBOX: &str = "sandbox='allow-scripts allow-downloads allow-modals allow-popups'";

async fn a_sandboxed_frame_is_enough(page: Page) -> Outcome {
    let inside = framed(&page, SANDBOX).await?;
    answer_by_script(&inside).await?;
    inside.until("document.documentElement.scrollHeight <= innerHeight + 1").await?;
    says(&inside, "通信を切りました").await?;
    inside.js("window.print = () => { window.printed = true; };").await?;
    inside.js("root.querySelector('.take button').click();").await?;
    inside.until("window.printed").await
}

/// In a frame the lock is total, as on the page.
async fn a_frame_can_reach_nothing(page: Page) -> Outcome {
    let inside = framed(&page, SANDBOX).await?;
    inside.js("root.querySelector('[name=year]').focus(); root.querySelector('[name=year]').click();").await?;
    says(&inside, "通信を切りました").await?;
    let reached = Page { served: page.served.clone(), ..inside }.try_to_reach().await?;
    holds(reached.is_empty(), &format!("reached by {reached:?}"))
}

/// The page itself stands in no frame, and the one for frames only in those it is meant for.
async fn nobody_else_may_frame_the_page(page: Page) -> Outcome {
    for (address, shown) in [("", false), ("embed/", false), ("embed/", true)] {
        if shown {
            page.served.change_headers("frame-ancestors 'self'", "frame-ancestors *");
        }
        let frame = format!("<iframe src='FILES/{address}'></iframe>");
        let host = host(&page, "", "", &frame).await?;
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        host.client.enter_frame(0).await?;
        let found = host.client.execute("return Boolean(document.querySelector('shikaku-navi'));", Vec::new()).await;
        holds(found.is_ok_and(|found| found == true) == shown, &format!("`/{address}` in a frame: not {shown}"))?;
    }
    Ok(())
}
