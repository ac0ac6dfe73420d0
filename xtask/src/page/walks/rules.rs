//! Rules files that are wrong or made to deceive: nobody else's answer is lost, and what they say stays text.

use serde_json::{Value, json};

use super::{choose, date, has, holds, nothing_special, says, walks};
use crate::page::browser::Page;
use crate::{Outcome, tree};

walks![
    WALKS:
    a_broken_file_takes_nobody_else_down,
    what_a_rules_file_says_is_text,
    what_would_deceive_is_refused,
];

/// The rules of an insurer.
fn rules(id: &str) -> Outcome<Value> {
    let file = tree::www().join(format!("rules/insurers/{id}.json"));
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

fn put(rules: &mut Value, key: &str, value: Value) {
    rules.as_object_mut().and_then(|rules| rules.insert(key.to_owned(), value));
}

/// Puts rules beside those that the page was built with.
fn add(page: &Page, mut rules: Value) {
    put(&mut rules, "id", json!("added"));
    page.served.lose("service-worker");
    page.served.add("/rules/insurers/added.json", "", &rules.to_string());
}

async fn a_broken_file_takes_nobody_else_down(page: Page) -> Outcome {
    let built = tree::files(&tree::dist())?.into_iter().find(|path| path.starts_with("rules/insurers/mail-notice."));
    let path = format!("/{}", built.ok_or("the rules of mail-notice are not there")?);
    let mut rules = rules("mail-notice")?;
    *rules.pointer_mut("/rules/3/when").ok_or("there is no such rule")? = json!({ "card": "gold" });
    page.served.lose("service-worker");
    page.served.add(&path, "", &rules.to_string());
    page.goto("").await?;
    choose(&page, "mail-notice").await?;
    says(&page, "案内のデータに誤りがあり、使えません").await?;
    says(&page, "mail-notice.rules[3].when.card: `gold` is not a value of `card`").await?;
    page.keep("broken-rules").await?;
    page.is_accessible().await?;
    choose(&page, "rokin").await?;
    page.find("[name=year]").await?;
    page.goto("?insurer=mail-notice").await?;
    says(&page, "案内のデータに誤りがあり、使えません").await?;
    choose(&page, "national").await?;
    page.find("[name=year]").await?;
    page.goto("?insurer=web-notice").await?;
    page.find("[name=year]").await?;
    let cut = page.elsewhere().await?;
    cut.served.lose("service-worker");
    cut.served.add(&path, "", "{ \"id\": \"mail-");
    cut.goto("?insurer=mail-notice").await?;
    says(&cut, "`id` is missing").await?;
    choose(&cut, "tokyo-denki").await?;
    cut.find("[name=year]").await
}

/// Puts markup and what looks like a blank into every text that is shown.
fn mark_up(value: &mut Value) {
    match value {
        Value::String(text) => {
            *text = format!(
                "<img src=x onerror='window.injected = 1'><a href=\"javascript:window.injected=2\">{{day}}</a>\
                 <script>window.injected = 3</script>{text}"
            );
        }
        Value::Array(items) => items.iter_mut().for_each(mark_up),
        Value::Object(object) => {
            for (_, part) in
                object.iter_mut().filter(|(key, _)| !["id", "phone", "sources", "guidance"].contains(&key.as_str()))
            {
                mark_up(part);
            }
        }
        _ => {}
    }
}

async fn what_a_rules_file_says_is_text(page: Page) -> Outcome {
    let mut rules = rules("rokin")?;
    for key in ["name", "documents", "statements", "contacts", "forms", "notes"] {
        rules.get_mut(key).map(mark_up);
    }
    // A note on what is said below.
    *rules.pointer_mut("/notes/0/guidance").ok_or("there is no note")? = json!("no-valid-proof");
    add(&page, rules);
    page.run_first("globalThis.print = () => { globalThis.printed = true; };")?;
    page.goto("?insurer=added").await?;
    date(&page, "2026", "4", "1").await?;
    choose(&page, "none").await?;
    nothing_special(&page).await?;
    choose(&page, "none").await?;
    has(&page, &["no-valid-proof"], &[]).await?;
    page.js("root.querySelectorAll('details').forEach((one) => { one.open = true; });").await?;
    page.keep("marked-up-rules").await?;
    let text = page.text().await?;
    for part in [".sheet-for", ".note", ".contacts li:last-child h4", ".insurer details [lang=ja]"] {
        let said = page.js(&format!("return root.querySelector('{part}')?.innerText;")).await?;
        let said = said.as_str().unwrap_or_default();
        holds(said.contains("<img src=x") && said.contains("{day}"), &format!("{part} says {said}: {text}"))?;
    }
    page.click(".printSlip").await?;
    page.until("window.printed").await?;
    let strange = page
        .js("return [...root.querySelectorAll('*')].filter((one) =>
               ['IMG', 'SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'LINK', 'META', 'BASE'].includes(one.tagName) ||
               [...one.attributes].some(({ name }) => name.startsWith('on') || name === 'style') ||
               (one.href && !/^(https|tel):/.test(one.href))).map((one) => one.outerHTML);")
        .await?;
    holds(strange == json!([]), &format!("markup came through: {strange}"))?;
    holds(page.js("return window.injected ?? null;").await?.is_null(), "a script of the rules ran")
}

async fn what_would_deceive_is_refused(page: Page) -> Outcome {
    let site = |url: &str| json!([{ "id": "portal", "url": url, "with": ["get-card"], "sources": ["N-01"] }]);
    for (key, value, place) in [
        ("name", json!({ "ja": "労働\u{202e}金庫" }), "added.name.ja: nobody sees character 3 of a text"),
        ("name", json!({ "ja": "労働\u{200b}金庫" }), "added.name.ja: nobody sees character 3 of a text"),
        ("name", json!({ "ja": { "html": "<b>" } }), "added.name.ja: `an object` is not a text"),
        ("sites", site("javascript:alert(1)"), "added.sites[0].url: `javascript:alert(1)` is not `https://`"),
        (
            "sites",
            site("https://mhlw.go.jp@evil.example/"),
            "added.sites[0].url: `https://mhlw.go.jp@evil.example/` is not",
        ),
        ("notes", json!([null]), "added.notes[0]: `null` is not an object"),
    ] {
        let mut rules = rules("rokin")?;
        put(&mut rules, key, value);
        let page = page.elsewhere().await?;
        add(&page, rules);
        page.goto("?insurer=added").await?;
        says(&page, place).await?;
        choose(&page, "national").await?;
        page.find("[name=year]").await?;
    }
    Ok(())
}
