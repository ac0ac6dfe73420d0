//! For Apache 2.4: `.htaccess`.

use super::{ABOUT, FRAMES, TEXTS, TYPES, as_regex, not_for_visitors, says_who_frames};
use crate::headers::{CACHING, Headers};

pub(super) fn recipe(headers: &Headers) -> String {
    let mut lines = vec![
        format!("# {ABOUT}"),
        "# mod_headersが要ります。AllowOverrideには、FileInfoとOptionsが要ります。".to_owned(),
        String::new(),
        "Options -Indexes".to_owned(),
        "AddDefaultCharset utf-8".to_owned(),
    ];
    lines.extend(TYPES.map(|(end, media_type)| format!("AddType {media_type} .{end}")));
    lines.push(format!("RedirectMatch 404 {}", not_for_visitors()));
    lines.push("<IfModule mod_deflate.c>".to_owned());
    lines.push(format!("  AddOutputFilterByType DEFLATE text/html {}", TEXTS.join(" ")));
    lines.push("</IfModule>".to_owned());
    lines.push(String::new());
    lines.extend(headers.everywhere().into_iter().map(|(name, value)| header(name, value)));
    let mut section = "If";
    for (path, own) in headers.cases() {
        lines.push(format!("<{section} \"%{{REQUEST_URI}} =~ m#{}#\">", as_regex(path)));
        for (name, value) in own {
            if says_who_frames(name, value) {
                lines.push(format!("  # {FRAMES}"));
            }
            lines.push(format!("  {}", header(name, value)));
        }
        lines.push(format!("</{section}>"));
        section = "ElseIf";
    }
    lines.join("\n") + "\n"
}

fn header(name: &str, value: &str) -> String {
    let when = if name == CACHING { "onsuccess" } else { "always" };
    format!("Header {when} set {name} \"{value}\"")
}
