//! What web servers need to be told to serve `dist/` as it should be: made from its `_headers`, so that it says the same.
//!
//! `.htaccess` (Apache) and `web.config` (IIS) work where they lie; the others are in `recipes/`.

mod apache;
mod cloud;
mod iis;
mod nginx;

use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha384};

use crate::headers::Headers;
use crate::shell::step;
use crate::{Outcome, tree};

/// What files are, by how their names end.
const TYPES: [(&str, &str); 12] = [
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("mjs", "text/javascript"),
    ("json", "application/json"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("ico", "image/x-icon"),
    ("txt", "text/plain"),
    ("tgz", "application/gzip"),
];
/// What is worth compressing.
const TEXTS: [&str; 7] = [
    "application/json",
    "application/manifest+json",
    "application/wasm",
    "image/svg+xml",
    "text/css",
    "text/javascript",
    "text/plain",
];
/// What lies in the folder and is not for visitors.
const HIDDEN: [&str; 5] = [".htaccess", "_headers", "npm", "recipes", "web.config"];
const ABOUT: &str =
    "資格ナビ（shikaku-navi）: _headersから組み立てのときに作りました。docs/deploy.mdに使い方があります。";
const FRAMES: &str =
    "枠（iframe）に出してよいサイトを、次の行の'self'のあとに足します。例: 'self' https://intranet.example.jp";

/// Writes the recipes into the deployable folder, and what its files are by their hashes; shows how a script is held to
/// its hash.
pub(crate) fn write(folder: &Path) -> Outcome {
    step("writing the recipes");
    let headers = Headers::read(folder)?;
    let mut served = tree::files(folder)?;
    served.retain(|path| is_served(path));
    let mut integrity = serde_json::Map::new();
    for path in &served {
        let hash = format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(std::fs::read(folder.join(path))?)));
        if path.starts_with("elements/define.") {
            eprintln!("  <script type=\"module\" src=\"…/{path}\" integrity=\"{hash}\" crossorigin></script>");
        }
        integrity.insert(path.clone(), hash.into());
    }
    std::fs::write(folder.join("integrity.json"), serde_json::to_vec_pretty(&integrity)?)?;
    served.push("integrity.json".to_owned());
    std::fs::create_dir_all(folder.join("recipes"))?;
    let recipes = [
        (".htaccess", apache::recipe(&headers)),
        ("web.config", iis::recipe(&headers, &served)?),
        ("recipes/nginx.conf", nginx::recipe(&headers)),
        ("recipes/cloudfront.js", cloud::function(&headers)?),
        ("recipes/s3.sh", cloud::upload(&headers, &served)?),
    ];
    for (name, recipe) in recipes {
        std::fs::write(folder.join(name), recipe)?;
    }
    Ok(())
}

/// Whether a file of the folder is for visitors.
pub(crate) fn is_served(path: &str) -> bool {
    !HIDDEN.contains(&path.split('/').next().unwrap_or(path))
}

/// What a file is, as its header says it.
pub(crate) fn media_type(path: &str) -> Outcome<String> {
    let end = path.rsplit('.').next().unwrap_or(path);
    let (_, media_type) =
        TYPES.into_iter().find(|(known, _)| *known == end).ok_or_else(|| format!("no recipe says what {path} is"))?;
    let charset = if ["text/html", "text/plain"].contains(&media_type) { "; charset=utf-8" } else { "" };
    Ok(format!("{media_type}{charset}"))
}

/// Whether what is of this type comes compressed to whoever can read that.
pub(crate) fn is_compressed(media_type: &str) -> bool {
    media_type.starts_with("text/") || TEXTS.contains(&media_type)
}

/// The path of a rule as the end of an address, wherever the folder stands: all below a folder, or one file.
fn as_regex(path: &str) -> String {
    let literal = |text: &str| text.replace('.', r"\.");
    path.strip_suffix('*').map_or_else(|| format!("{}$", literal(path)), literal)
}

/// What is not for visitors, as a part of an address; certificates are asked for below `.well-known`.
fn not_for_visitors() -> String {
    let names: Vec<_> =
        HIDDEN.iter().filter(|name| !name.starts_with('.')).map(|name| name.replace('.', r"\.")).collect();
    format!(r"/(?:\.(?!well-known/)|(?:{})(?:/|$))", names.join("|"))
}

/// Whether a site may want to add to this header.
fn says_who_frames(name: &str, value: &str) -> bool {
    name == "Content-Security-Policy" && value.contains("frame-ancestors") && !value.contains("frame-ancestors 'none'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_served_has_a_type() {
        assert_eq!(media_type("engine/a.029b67ff207e.wasm").unwrap(), "application/wasm");
        assert_eq!(media_type("index.html").unwrap(), "text/html; charset=utf-8");
        assert_eq!(media_type("a.xyz").unwrap_err().to_string(), "no recipe says what a.xyz is");
    }

    #[test]
    fn some_files_are_not_for_visitors() {
        for path in ["index.html", "guide/npm.html", "rules/recipes.json"] {
            assert!(is_served(path), "{path}");
        }
        for path in ["_headers", ".htaccess", "web.config", "npm/package.json", "recipes/s3.sh"] {
            assert!(!is_served(path), "{path}");
        }
    }
}
