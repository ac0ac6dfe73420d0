//! The whole check in one file for each insurer: to be opened by a double click, from a file server or a stick.

use std::collections::BTreeMap;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::assets::{Files, STYLE, lay_out, policy_hash};
use crate::bundle::minified;
use crate::shell::step;
use crate::{Outcome, assets, tree};

/// In place of the module that fetches: the one that looks into the page.
const INSIDE: &[u8] = include_bytes!("one_file/files.js");
/// The bundle has no address of its own; only the last part of what is asked for counts.
const NOWHERE: &str = "--define:import.meta.url=\"https://shikaku-navi.invalid/elements/check.js\"";

/// What the page links to and a single file holds.
pub(crate) const LINK: &str = "<p><a href=\"./guide/index.html\">健康保険組合ごと、ことばごとの早見を開く</a></p>";
/// How the page, the answer, and in it the guide look.
const STYLES: [&str; 3] = ["style.css", "elements/navi-sheet.css", "guide/guide.css"];

/// Writes `shikaku-navi-<insurer>.html` for everyone who has a guide, from the files as they are before any is
/// renamed.
pub(crate) fn write(files: &Files, guides: &BTreeMap<String, String>, folder: &Path) -> Outcome {
    step("writing the single files");
    let style = STYLES.map(|path| text(files, path)).into_iter().collect::<Outcome<String>>()?;
    // What a page asks for ahead stands in the file itself.
    let page = text(files, "index.html")?;
    let page: String = page.split_inclusive('\n').filter(|line| !line.contains("rel=\"preload\"")).collect();
    let icon = BASE64_STANDARD.encode(text(files, "icons/icon.svg")?);
    for (insurer, guide) in guides {
        let files = only(files, insurer)?;
        let script = bundle(&files)?;
        let inside = inside(&files)?;
        let policy = format!(
            "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; connect-src 'none'; \
             base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            policy_hash(script.as_bytes()),
            policy_hash(style.as_bytes())
        );
        let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />");
        let last = format!("<script type=\"application/json\" id=\"files\">{inside}</script><script>{script}</script>");
        let changes = [
            ("<meta charset=\"utf-8\" />", format!("<meta charset=\"utf-8\" />{policy}")),
            (STYLE, format!("<style>{style}</style>")),
            ("<script type=\"module\" src=\"./main.js\"></script>", String::new()),
            ("\"./icons/icon.svg\"", format!("\"data:image/svg+xml;base64,{icon}\"")),
            ("<link rel=\"apple-touch-icon\" href=\"./icons/maskable-192.png\" />", String::new()),
            ("<link rel=\"manifest\" href=\"./manifest.webmanifest\" />", String::new()),
            ("<shikaku-navi locks>", format!("<shikaku-navi locks insurer=\"{insurer}\">")),
            (LINK, String::new()),
            ("</shikaku-navi>", format!("{guide}</shikaku-navi>")),
            ("</body>", format!("{last}</body>")),
        ];
        let mut made = page.clone();
        for (from, to) in changes {
            if made.matches(from).count() != 1 {
                return Err(format!("www/index.html has to have one `{from}`").into());
            }
            made = made.replace(from, &to);
        }
        std::fs::write(folder.join(format!("shikaku-navi-{insurer}.html")), made)?;
    }
    Ok(())
}

/// All code as one script.
fn bundle(files: &Files) -> Outcome<String> {
    let folder = tempfile::tempdir_in(tree::target())?;
    let mut code = files.clone();
    code.retain(|path, _| Path::new(path).extension().is_some_and(|end| end == "js"));
    code.insert("engine/files.js".to_owned(), INSIDE.to_vec());
    lay_out(&code, folder.path())?;
    minified(&folder.path().join("main.js"), &["--bundle", "--format=iife", NOWHERE])
}

/// The files without those of other insurers.
fn only(files: &Files, insurer: &str) -> Outcome<Files> {
    let own = format!("rules/insurers/{insurer}.json");
    let is_wanted = |path: &str| !path.starts_with("rules/insurers/") || path == own;
    let mut only: Files = files.clone().into_iter().filter(|(path, _)| is_wanted(path)).collect();
    only.insert("rules/insurers.js".to_owned(), assets::insurers(&only)?);
    Ok(only)
}

/// What the check fetches elsewhere, by the last part of its path, as JSON that can stand in a page.
fn inside(files: &Files) -> Outcome<String> {
    let mut inside = serde_json::Map::new();
    for (path, content) in files {
        let is_wanted = path.starts_with("locales/")
            || (path.starts_with("rules/") && path.ends_with("json"))
            || (path.starts_with("elements/") && path.ends_with("css"));
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        if path == "engine/shikaku_navi_bg.wasm" {
            inside.insert(name, BASE64_STANDARD.encode(content).into());
        } else if is_wanted {
            inside.insert(name, text(files, path)?.into());
        }
    }
    Ok(serde_json::to_string(&inside)?.replace('<', "\\u003c"))
}

fn text(files: &Files, path: &str) -> Outcome<String> {
    let content = files.get(path).ok_or_else(|| format!("{path} is not there"))?;
    Ok(String::from_utf8(content.clone())?)
}
