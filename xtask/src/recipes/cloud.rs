//! For S3 behind `CloudFront`, and storage like it: what every file is uploaded as, and a function that adds the headers.

use super::{ABOUT, FRAMES, media_type, says_who_frames};
use crate::Outcome;
use crate::headers::{CACHING, Headers};

const FUNCTION: &str = include_str!("cloudfront.js");

pub(super) fn function(headers: &Headers) -> Outcome<String> {
    let mut lines = vec!["[".to_owned()];
    for (path, name, value) in headers.each() {
        if says_who_frames(name, value) {
            lines.push(format!("  // {FRAMES}"));
        }
        let [path, name, value] = [path, name, value].map(serde_json::to_string);
        lines.push(format!("  [{}, {}, {}],", path?, name?, value?));
    }
    lines.push("]".to_owned());
    Ok(format!("// {ABOUT}\n{}", FUNCTION.replace("HEADERS = []", &format!("HEADERS = {}", lines.join("\n")))))
}

/// A script that uploads the files one after the other: first those that are named by others and never change, then
/// the pages, and last the worker that keeps them all.
pub(super) fn upload(headers: &Headers, served: &[String]) -> Outcome<String> {
    let mut lines = vec![
        "#!/bin/sh".to_owned(),
        format!("# {ABOUT}"),
        "# 使い方: sh recipes/s3.sh s3://bucket/folder".to_owned(),
        "set -eu".to_owned(),
        "to=${1:?s3://bucket/folder のように、送る先を書いてください}".to_owned(),
        "cd \"$(dirname \"$0\")/..\"".to_owned(),
        "put() {".to_owned(),
        "  aws s3 cp --only-show-errors \"$1\" \"$to/$1\" --content-type \"$2\" ${3:+--cache-control \"$3\"}"
            .to_owned(),
        "}".to_owned(),
    ];
    let mut served: Vec<&String> = served.iter().collect();
    served.sort_by_key(|path| (!is_named_by_its_content(path), *path == "service-worker.js"));
    for path in served {
        let headers = headers.of(&format!("/{path}"));
        let cache = headers.get(CACHING).copied().unwrap_or_default();
        lines.push(format!("put '{path}' '{}' '{cache}'", media_type(path)?));
    }
    Ok(lines.join("\n") + "\n")
}

fn is_named_by_its_content(path: &str) -> bool {
    path.split('.').any(|part| part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
