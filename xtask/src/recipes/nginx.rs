//! For nginx: to be included in a server, or in the location of a folder.

use super::{ABOUT, FRAMES, TEXTS, TYPES, as_regex, not_for_visitors, says_who_frames};
use crate::headers::{CACHING, Headers};

/// Headers do not add up in nginx: those of a location replace all others. So they are sent in one place, and the
/// locations only say what differs; what is empty is not sent.
pub(super) fn recipe(headers: &Headers) -> String {
    let always = |name: &str| if name == CACHING { "" } else { " always" };
    let mut lines = vec![
        format!("# {ABOUT}"),
        "# server { … } か location ^~ /shikaku-navi/ { … } の中で include します。".to_owned(),
        String::new(),
        "index index.html;".to_owned(),
        "autoindex off;".to_owned(),
        "charset utf-8;".to_owned(),
        "charset_types text/plain;".to_owned(),
        "default_type application/octet-stream;".to_owned(),
    ];
    lines.push("types {".to_owned());
    lines.extend(TYPES.map(|(end, media_type)| format!("  {media_type} {end};")));
    lines.push("}".to_owned());
    lines.push("gzip on;".to_owned());
    lines.push("gzip_vary on;".to_owned());
    lines.push(format!("gzip_types {};", TEXTS.join(" ")));
    lines.push(String::new());
    lines.extend(
        headers.everywhere().into_iter().map(|(name, value)| format!("add_header {name} \"{value}\"{};", always(name))),
    );
    lines
        .extend(headers.varying().iter().map(|name| format!("add_header {name} ${}{};", variable(name), always(name))));
    lines.push("uninitialized_variable_warn off;".to_owned());
    lines.push(String::new());
    lines.push(format!("location ~ {} {{\n  return 404;\n}}", not_for_visitors()));
    for (path, own) in headers.cases() {
        lines.push(format!("location ~ {} {{", as_regex(path)));
        for (name, value) in own {
            if says_who_frames(name, value) {
                lines.push(format!("  # {FRAMES}"));
            }
            lines.push(format!("  set ${} \"{value}\";", variable(name)));
        }
        lines.push("}".to_owned());
    }
    lines.join("\n") + "\n"
}

fn variable(header: &str) -> String {
    format!("shikaku_navi_{}", header.to_lowercase().replace('-', "_"))
}
