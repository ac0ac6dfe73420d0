//! The files of the page, named by their content.
//!
//! A file whose name says what is in it can be kept by browsers for ever. So every file but the pages themselves gets
//! a name with a hash, and whoever names it in a text is rewritten; a file is renamed after those it names.

use std::collections::BTreeMap;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

use crate::{Outcome, bundle, codes, package, tree};

/// Files by their path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The files of the page.
pub(crate) struct Assets {
    files: Files,
}

/// What is downloaded, in bytes: by a first visit, of it the engine (wasm and glue), in idle time after it, to be there
/// without a network, or on shared screens, at once where there is no WebAssembly, and by whoever opens the largest
/// document of the guide.
#[derive(Default)]
pub(crate) struct Sizes {
    pub(crate) engine: usize,
    pub(crate) first_visit: usize,
    pub(crate) later: usize,
    pub(crate) plain: usize,
    pub(crate) guide: usize,
}

/// What a first visit of one insurer's page downloads beside the code; the icon and the manifest only by some browsers.
const FIRST_VISIT: [&str; 5] = [
    "rules/national.json",
    "rules/insurers/tokyo-denki.json",
    "locales/ja.json",
    "icons/icon.svg",
    "manifest.webmanifest",
];
const ENGINE: &str = "engine/shikaku_navi_bg.wasm";
/// What is run only where there is no WebAssembly.
const PLAIN: &str = "engine/plain.js";
/// What is downloaded on shared screens only.
const KIOSK: [&str; 2] = ["elements/kiosk.js", "elements/navi-kiosk.css"];
const WORKER: &str = "service-worker.js";
/// What the service worker is given by the build: see `www/service-worker.js`.
const BUILD: &str = "const BUILD = { name: \"\", files: {} };";

/// What only pages beside the check ask for: it has its own inside.
const STYLE_SHEET: &str = "style.css";
/// How the page names its style sheet.
pub(crate) const STYLE: &str = "<link rel=\"stylesheet\" href=\"./style.css\" />";
/// What stands for the hash of that one in `_headers`.
const STYLE_HASH: &str = "sha256-style.css";

/// What pages of others name.
const NAMED: [&str; 2] = ["embed.js", "shikaku-navi.js"];
/// What only they load, under whatever name.
const ELSEWHERE: &str = "elements/define.js";

impl Assets {
    pub(crate) fn of(www: &Path) -> Outcome<Assets> {
        let mut assets = Assets { files: Files::new() };
        let is_part = |path: &String| !path.ends_with(".d.ts") && !path.ends_with(".schema.json");
        for path in tree::files(www)?.into_iter().filter(is_part) {
            assets.add(&path, std::fs::read(www.join(&path))?);
        }
        let insurers = insurers(&assets.files)?;
        assets.add("rules/insurers.js", insurers);
        let rules = assets.files.iter().filter(|(path, _)| path.starts_with("rules/") && extension(path) == "json");
        let codes = codes::draw(rules.map(|(_, rules)| rules.as_slice()))?;
        assets.add("rules/codes.json", codes);
        Ok(assets)
    }

    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    pub(crate) fn add(&mut self, path: &str, content: Vec<u8>) {
        self.files.insert(path.to_owned(), content);
    }

    /// Makes the files small, as they are to be served.
    pub(crate) fn make_small(&mut self) -> Outcome {
        self.files = bundle::small(&self.files)?;
        Ok(())
    }

    /// Has every text say `to` instead of `from`.
    pub(crate) fn replace(&mut self, from: &str, to: &str) {
        for content in self.files.values_mut() {
            if let Some(text) = str::from_utf8(content).ok().filter(|text| text.contains(from)) {
                *content = text.replace(from, to).into_bytes();
            }
        }
    }

    /// Puts the style sheet into the page, which would wait for it with its first picture, and has the policy allow it.
    fn put_style_inside(&mut self) -> Outcome {
        let Some(style) = self.files.get(STYLE_SHEET).cloned() else { return Ok(()) };
        let inside = format!("<style>{}</style>", str::from_utf8(&style)?);
        for (path, from, to) in [("index.html", STYLE, inside), ("_headers", STYLE_HASH, policy_hash(&style))] {
            let text = self.files.get(path).and_then(|content| str::from_utf8(content).ok()).unwrap_or_default();
            if !text.contains(from) {
                return Err(format!("www/{path} has to have `{from}`").into());
            }
            let text = text.replace(from, &to);
            self.add(path, text.into_bytes());
        }
        Ok(())
    }

    /// Writes everything under names with hashes; pages and what servers read keep theirs.
    pub(crate) fn write(&mut self, folder: &Path) -> Outcome {
        self.put_style_inside()?;
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut left: Vec<String> = self.files.keys().filter(|path| *path != WORKER).cloned().collect();
        while !left.is_empty() {
            let ready: Vec<String> = left.iter().filter(|path| self.names_none_of(path, &left)).cloned().collect();
            if ready.is_empty() {
                return Err(format!("these files name each other in a circle: {}", left.join(", ")).into());
            }
            for path in ready {
                let content = self.rewritten(&path, &names);
                let name = if keeps_its_name(&path) { path.clone() } else { with_hash(&path, &content) };
                let file = folder.join(&name);
                std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
                std::fs::write(file, &content)?;
                left.retain(|other| *other != path);
                self.files.insert(path.clone(), content);
                names.insert(path, name);
            }
        }
        if let Some(worker) = self.worker(&names)? {
            std::fs::write(folder.join(WORKER), &worker)?;
            self.add(WORKER, worker);
        }
        Ok(())
    }

    /// The service worker with what it keeps: files by their paths, each with the start of its hash. With other headers
    /// it is another build, for they are kept too.
    fn worker(&self, names: &BTreeMap<String, String>) -> Outcome<Option<Vec<u8>>> {
        let Some(source) = self.files.get(WORKER) else { return Ok(None) };
        let kept = names.iter().filter(|(path, _)| is_kept(path));
        let files: BTreeMap<String, String> = kept
            .filter_map(|(path, name)| {
                let name = if extension(path) == "html" { name.strip_suffix("index.html")? } else { name };
                Some((format!("./{name}"), hash(self.files.get(path)?)))
            })
            .collect();
        let files = serde_json::to_string(&files)?;
        let headers = self.files.get("_headers").map(Vec::as_slice).unwrap_or_default();
        let name = hash(&[files.as_bytes(), headers].concat());
        let source = str::from_utf8(source)?;
        if source.matches(BUILD).count() != 1 {
            return Err(format!("www/{WORKER} has to have one `{BUILD}`").into());
        }
        let build = format!("const BUILD = {{ name: \"{name}\", files: {files} }};");
        Ok(Some(source.replace(BUILD, &build).into_bytes()))
    }

    fn names_none_of(&self, path: &str, others: &[String]) -> bool {
        let content = self.files.get(path).map(Vec::as_slice).unwrap_or_default();
        !is_text(path)
            || !others
                .iter()
                .filter(|other| *other != path && !keeps_its_name(other))
                .any(|other| contains(content, format!("\"{}\"", relative(path, other)).as_bytes()))
    }

    fn rewritten(&self, path: &str, names: &BTreeMap<String, String>) -> Vec<u8> {
        let content = self.files.get(path).cloned().unwrap_or_default();
        let Ok(mut text) = String::from_utf8(content.clone()) else {
            return content;
        };
        if !is_text(path) {
            return content;
        }
        for (other, name) in names {
            text = text.replace(&format!("\"{}\"", relative(path, other)), &format!("\"{}\"", relative(path, name)));
        }
        text.into_bytes()
    }

    /// Prints what is downloaded, and fails if it is too much.
    pub(crate) fn check_sizes(&self, most: &Sizes) -> Outcome {
        let is_code = |path: &str| ["html", "css", "js", "wasm"].contains(&extension(path));
        // Its glue stands in the page’s one module, and is measured by itself.
        let mut sizes = Sizes { engine: package::bundled_size("engine/engine.js")?, ..Sizes::default() };
        eprintln!("  bytes    brotli");
        for (path, content) in &self.files {
            let path = path.as_str();
            if path.starts_with("guide/") {
                let size = brotli_size(content)?;
                sizes.guide = sizes.guide.max(size);
                eprintln!("{:>7} {size:>9}  the guide: {path}", content.len());
                continue;
            }
            if !is_kept(path) && path != WORKER {
                continue;
            }
            let size = brotli_size(content)?;
            let is_plain = path == PLAIN;
            let is_beside = is_plain
                || [WORKER, STYLE_SHEET].contains(&path)
                || KIOSK.contains(&path)
                || path.starts_with("embed/");
            let is_later = is_beside || !(is_code(path) || FIRST_VISIT.contains(&path));
            *(if is_later { &mut sizes.later } else { &mut sizes.first_visit }) += size;
            if is_plain {
                sizes.plain += size;
            }
            if path == ENGINE {
                sizes.engine += size;
            }
            let when = if is_later { "later: " } else { "" };
            eprintln!("{:>7} {size:>9}  {when}{path}", content.len());
        }
        let judged = [
            (sizes.guide, most.guide, "the largest document of the guide"),
            (sizes.later, most.later, "later"),
            (sizes.plain, most.plain, "of it at once, without WebAssembly"),
            (sizes.engine, most.engine, "the engine"),
            (sizes.first_visit, most.first_visit, "a first visit in all"),
        ];
        judge(&judged, "the page")
    }
}

/// Prints sizes, each with the most it may be and what it is, and fails if one is larger.
pub(crate) fn judge(sizes: &[(usize, usize, &str)], whose: &str) -> Outcome {
    for (size, most, what) in sizes {
        eprintln!("{size:>17}  {what}, of {most} at most");
    }
    let are_fine = sizes.iter().all(|(size, most, _)| size <= most);
    if are_fine { Ok(()) } else { Err(format!("{whose} is larger than its budget").into()) }
}

/// Writes files into a folder under the names they have.
pub(crate) fn lay_out(files: &Files, folder: &Path) -> Outcome {
    for (path, content) in files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(folder))?;
        std::fs::write(file, content)?;
    }
    Ok(())
}

/// The start of the content's SHA-256, enough to tell versions apart.
pub(crate) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(6).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// As a content security policy names a script or style.
pub(crate) fn policy_hash(content: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

/// The module that lists the insurers, made from their files.
pub(crate) fn insurers(files: &Files) -> Outcome<Vec<u8>> {
    let mut list = Vec::new();
    for (path, content) in files {
        let Some(name) = path.strip_prefix("rules/").filter(|name| name.starts_with("insurers/")) else { continue };
        let file: serde_json::Value =
            serde_json::from_slice(content).map_err(|error| format!("www/{path}: {error}"))?;
        let field = |key: &str| file.get(key).cloned().unwrap_or_default();
        let (id, insurer, number) = (field("id"), field("name"), field("insurerNumber"));
        let rules = format!("new URL(\"./{name}\", import.meta.url)");
        list.push(format!("  {{ id: {id}, name: {insurer}, insurerNumber: {number}, rules: {rules} }},\n"));
    }
    Ok(format!("export default [\n{}];\n", list.concat()).into_bytes())
}

/// The path of `other` as a file names it: from its own folder on.
pub(crate) fn relative(from: &str, other: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let parts: Vec<&str> = other.split('/').collect();
    let folders = folders.split_last().map(|(_, folders)| folders).unwrap_or_default();
    let common = folders.iter().zip(&parts).take_while(|(one, two)| one == two).count();
    let up = folders.len() - common;
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    format!("{start}{}", parts.get(common..).unwrap_or_default().join("/"))
}

fn with_hash(path: &str, content: &[u8]) -> String {
    let hash = hash(content);
    path.rsplit_once('.').map_or_else(|| format!("{path}.{hash}"), |(stem, end)| format!("{stem}.{hash}.{end}"))
}

fn keeps_its_name(path: &str) -> bool {
    extension(path) == "html" || path.starts_with('_') || NAMED.contains(&path)
}

/// Whether it has to be there without a network; what servers and pages of others read, and pages beside the check, have
/// not.
fn is_kept(path: &str) -> bool {
    let is_other = path.starts_with('_') || path.starts_with("guide/") || NAMED.contains(&path) || path == ELSEWHERE;
    !is_other && (extension(path) != "html" || ["index.html", "embed/index.html"].contains(&path))
}

fn is_text(path: &str) -> bool {
    ["html", "css", "js", "json", "webmanifest"].contains(&extension(path))
}

pub(crate) fn extension(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

fn contains(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

pub(crate) fn brotli_size(content: &[u8]) -> Outcome<usize> {
    let mut compressed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut std::io::Cursor::new(content), &mut compressed, &params)?;
    Ok(compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_of_whoever_names_them() {
        assert_eq!(relative("index.html", "engine/engine.js"), "./engine/engine.js");
        assert_eq!(relative("engine/engine.js", "engine/shikaku_navi.js"), "./shikaku_navi.js");
        assert_eq!(relative("elements/a.js", "locales/ja.json"), "../locales/ja.json");
        assert_eq!(relative("rules/insurers.js", "rules/insurers/rokin.json"), "./insurers/rokin.json");
    }

    #[test]
    fn the_page_holds_its_style_sheet_and_the_policy_allows_it() {
        let mut assets = Assets { files: Files::new() };
        assets.add(STYLE_SHEET, b"a{b:c}".to_vec());
        assets.add("index.html", format!("<head>{STYLE}</head>").into_bytes());
        assert_eq!(
            assets.put_style_inside().unwrap_err().to_string(),
            format!("www/_headers has to have `{STYLE_HASH}`")
        );
        assets.add("index.html", format!("<head>{STYLE}</head>").into_bytes());
        assets.add("_headers", format!("/\n  P: style-src '{STYLE_HASH}'\n").into_bytes());
        assets.put_style_inside().unwrap();
        assert_eq!(assets.files["index.html"], b"<head><style>a{b:c}</style></head>");
        // As `openssl dgst -sha256 -binary | base64` has it.
        let hash = "sha256-0cRUVYRKwNwnl1hkfkPGjkht16b039TjFdJzmXfFK2o=";
        assert_eq!(assets.files["_headers"], format!("/\n  P: style-src '{hash}'\n").into_bytes());
    }

    #[test]
    fn names_follow_the_content() {
        let mut assets = Assets { files: Files::new() };
        assets.add("index.html", br#"<script src="./a.js"></script>"#.to_vec());
        assets.add("a.js", br#"import "./sub/b.json";"#.to_vec());
        assets.add("sub/b.json", b"{}".to_vec());
        let folder = tempfile::tempdir().unwrap();
        assets.write(&folder.path().join("dist")).unwrap();
        let page = std::fs::read_to_string(folder.path().join("dist/index.html")).unwrap();
        let name = with_hash("a.js", assets.files.get("a.js").unwrap());
        assert_eq!(page, format!(r#"<script src="./{name}"></script>"#));
        assert!(folder.path().join("dist").join(name).exists());
    }
}
