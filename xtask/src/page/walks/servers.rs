//! The page as real web servers serve it, and scripts that are held to their hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Response, StatusCode};
use serde_json::{Value, json};

use super::{choose, date, has, holds, nothing_special, says, walks};
use crate::headers::{CACHING, Headers};
use crate::page::browser::Page;
use crate::page::servers::{FOLDERS, Server};
use crate::{Outcome, recipes, tree};

walks![
    WALKS:
    a_script_is_held_to_its_hash,
];

// What a server says does not depend on the browser.
walks![
    CHROMIUM_WALKS:
    nginx_serves_it,
    apache_serves_it,
];

/// An insurer that came after the page was built.
const ADDED: &str = "added-later";

async fn nginx_serves_it(page: Page) -> Outcome {
    serves_it(&page, &Server::nginx().await?).await
}

async fn apache_serves_it(page: Page) -> Outcome {
    serves_it(&page, &Server::apache().await?).await
}

async fn serves_it(page: &Page, server: &Server) -> Outcome {
    add_files(&server.site)?;
    let headers = Headers::read(&server.site)?;
    for folder in FOLDERS {
        for path in tree::files(&server.site)? {
            is_right(server, folder, &format!("/{path}"), &headers).await?;
        }
        pages_are_found(server, folder, &headers).await?;
        nothing_else_is_shown(server, folder, &headers).await?;
        a_member_gets_an_answer(page, server, folder).await?;
    }
    Ok(())
}

/// An insurer, put there as docs/deploy.md says; a page that a rule for another page must not catch; and what is nobody's
/// business.
fn add_files(site: &Path) -> Outcome {
    let insurer = std::fs::read_to_string(tree::www().join("rules/insurers/rokin.json"))?;
    let insurer = insurer.replacen("\"rokin\"", &format!("\"{ADDED}\""), 1);
    std::fs::write(site.join(format!("rules/insurers/{ADDED}.json")), insurer)?;
    for (folder, file) in [("embed/deeper", "index.html"), (".git", "config")] {
        std::fs::create_dir_all(site.join(folder))?;
        std::fs::copy(site.join("index.html"), site.join(folder).join(file))?;
    }
    Ok(())
}

/// A file comes as what it is and with its headers, compressed too; or not at all if it is not for visitors.
async fn is_right(server: &Server, folder: &str, path: &str, headers: &Headers) -> Outcome {
    let answer = server.get(&format!("{folder}{path}"), "identity").await?;
    let name = path.trim_start_matches('/');
    if !recipes::is_served(name) || name.starts_with('.') {
        return is_missing(&answer, path, headers);
    }
    let content = std::fs::read(server.site.join(name))?;
    let media_type = recipes::media_type(name)?;
    holds(answer.status() == StatusCode::OK, &format!("{folder}{path}: {}", answer.status()))?;
    holds(*answer.body() == content, &format!("{folder}{path} is not what is in the folder"))?;
    holds(says_type(&answer, &media_type), &format!("{folder}{path} is not {media_type}: {:?}", answer.headers()))?;
    has_headers(answer.headers(), path, headers, true)?;
    if !recipes::is_compressed(&media_type) {
        return Ok(());
    }
    let compressed = server.get(&format!("{folder}{path}"), "gzip").await?;
    let is_compressed = compressed.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding == "gzip");
    let is_smaller = compressed.body().len() < content.len() || content.len() < 1000;
    holds(is_compressed && is_smaller, &format!("{folder}{path} is not compressed"))?;
    holds(says_type(&compressed, &media_type), &format!("compressed, {folder}{path} is not {media_type}"))?;
    has_headers(compressed.headers(), path, headers, true)
}

async fn pages_are_found(server: &Server, folder: &str, headers: &Headers) -> Outcome {
    for path in ["/", "/?insurer=rokin"] {
        let answer = server.get(&format!("{folder}{path}"), "identity").await?;
        let page = std::fs::read(server.site.join("index.html"))?;
        holds(answer.status() == StatusCode::OK && *answer.body() == page, &format!("{folder}{path} is not the page"))?;
        has_headers(answer.headers(), "/", headers, true)?;
    }
    Ok(())
}

/// Neither folders are listed nor anything else found; and what says so is as strict as the rest.
async fn nothing_else_is_shown(server: &Server, folder: &str, headers: &Headers) -> Outcome {
    let nothing = ["/nothing.html", "/elements/nothing.js", "/embed/nothing.html", "/rules/insurers/nobody.json"];
    for path in nothing.into_iter().chain(["/.git/config", "/npm", "/npm/", "/recipes/", "/_headers"]) {
        is_missing(&server.get(&format!("{folder}{path}"), "identity").await?, path, headers)?;
    }
    for path in ["/elements/", "/rules/insurers/"] {
        let answer = server.get(&format!("{folder}{path}"), "identity").await?;
        holds(answer.status() == StatusCode::FORBIDDEN, &format!("{folder}{path}: {}", answer.status()))?;
        has_headers(answer.headers(), path, headers, false)?;
    }
    Ok(())
}

fn is_missing<T>(answer: &Response<T>, path: &str, headers: &Headers) -> Outcome {
    holds(answer.status() == StatusCode::NOT_FOUND, &format!("{path} should not be found: {}", answer.status()))?;
    if recipes::is_served(path.trim_start_matches('/')) {
        has_headers(answer.headers(), path, headers, false)
    } else {
        Ok(())
    }
}

fn says_type<T>(answer: &Response<T>, media_type: &str) -> bool {
    answer.headers().get(CONTENT_TYPE).is_some_and(|said| said == media_type)
}

/// Every header that any rule names is what the rules for this path make of it; an error says nothing of caching.
fn has_headers(found: &HeaderMap, path: &str, headers: &Headers, is_file: bool) -> Outcome {
    let mut wanted = headers.of(path);
    if !is_file {
        wanted.remove(CACHING);
    }
    let names: BTreeSet<&str> = headers.each().map(|(_, name, _)| name).collect();
    let values = |name| found.get_all(name).iter().map(move |value| (name, value.to_str().unwrap_or_default()));
    let found: Vec<_> = names.into_iter().flat_map(values).collect();
    let wanted: Vec<_> = wanted.into_iter().collect();
    holds(found == wanted, &format!("{path} has {found:?} instead of {wanted:?}"))
}

/// The other pages start; and from the first question to the sheet it goes with the engine as WebAssembly and with
/// nothing in the browser's log.
async fn a_member_gets_an_answer(page: &Page, server: &Server, folder: &str) -> Outcome {
    let site = format!("http://{}{folder}", server.address);
    for path in ["embed/index.html?insurer=rokin", "shikaku-navi-rokin.html"] {
        page.client.goto(&format!("{site}/{path}")).await?;
        page.find("[name=year]").await?;
    }
    page.client.goto(&format!("{site}/?insurer={ADDED}")).await?;
    date(page, "令和8", "4", "1").await?;
    says(page, "最初の答えの前に、通信を切りました").await?;
    choose(page, "registered").await?;
    choose(page, "true").await?;
    nothing_special(page).await?;
    has(page, &["show-mynumber-card", "download-portal-pdf"], &["no-valid-proof"]).await?;
    let loaded = "return performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize, one.decodedBodySize])";
    let loaded: Vec<(String, u64, u64)> = serde_json::from_value(page.js(loaded).await?)?;
    let wasm = loaded.iter().find(|(name, ..)| name.contains(".wasm")).ok_or("WebAssembly was not asked for")?;
    holds(wasm.1 < wasm.2, &format!("the engine was not compressed: {wasm:?}"))?;
    holds(!loaded.iter().any(|(name, ..)| name.contains("engine/plain")), "WebAssembly did not do")?;
    let complaints = page.complaints().await?;
    holds(complaints.iter().all(|one| one.contains("self-test")), &format!("{complaints:?}"))
}

/// A script from elsewhere runs with the hashes of `integrity.json`, and not if it is another, whether a page names it
/// itself or imports it.
async fn a_script_is_held_to_its_hash(page: Page) -> Outcome {
    let hashes: Value = serde_json::from_slice(&std::fs::read(tree::dist().join("integrity.json"))?)?;
    let hashes: BTreeMap<String, String> = serde_json::from_value(hashes)?;
    let elsewhere = page.elsewhere().await?;
    let address = |path: &str| format!("http://{}/{path}", elsewhere.served.address);
    let (name, hash) = hashes.iter().find(|(path, _)| path.starts_with("elements/define.")).ok_or("no hash")?;
    let other = hashes.iter().find(|(path, _)| path.starts_with("elements/kiosk.")).ok_or("no hash")?.1;
    let named =
        |hash| format!("<script type=\"module\" src=\"{}\" integrity=\"{hash}\" crossorigin></script>", address(name));
    let imported = |hash| {
        let map = json!({ "integrity": { (address(name)): hash } });
        format!(
            "<script type=\"importmap\">{map}</script><script type=\"module\">import \"{}\";</script>",
            address(name)
        )
    };
    for (path, script, runs) in [
        ("/right.html", named(hash), true),
        ("/other.html", named(other), false),
        ("/import.html", imported(hash), true),
        ("/other-import.html", imported(other), false),
    ] {
        let host = format!(
            "<!doctype html>{script}
             <script>addEventListener('load', () => {{ document.title = Boolean(customElements.get('shikaku-navi')); }})</script>"
        );
        page.served.add(path, "", &host);
        page.client.goto(&format!("http://{}{path}", page.served.address)).await?;
        let mut title = String::new();
        while title.is_empty() {
            title = page.client.title().await?;
        }
        holds(title == runs.to_string(), &format!("{path}: it is {title} that the script ran"))?;
    }
    Ok(())
}
