//! For IIS: `web.config`.

use std::collections::BTreeSet;

use super::{ABOUT, FRAMES, HIDDEN, TYPES, media_type, says_who_frames};
use crate::Outcome;
use crate::headers::{CACHING, Headers, Values};

const DAY: u32 = 24 * HOUR;
const HOUR: u32 = 60 * 60;

/// Folders and files with rules of their own have a place. What has none is treated like the page: so it does not matter
/// whether IIS looks for the headers of `/` there or at `index.html`, and files at the top are as strict as the page.
pub(super) fn recipe(headers: &Headers, served: &[String]) -> Outcome<String> {
    let page = headers.of("/");
    let mut lines = vec![
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>".to_owned(),
        format!("<!-- {ABOUT} -->"),
        "<configuration>".to_owned(),
        "  <system.webServer>".to_owned(),
        "    <directoryBrowse enabled=\"false\" />".to_owned(),
        "    <security><requestFiltering><hiddenSegments>".to_owned(),
    ];
    // IIS itself hides web.config.
    let hidden = HIDDEN.iter().filter(|name| **name != "web.config");
    lines.extend(hidden.map(|name| format!("      <add segment=\"{name}\" />")));
    lines.push("    </hiddenSegments></requestFiltering></security>".to_owned());
    lines.push("    <staticContent>".to_owned());
    for (end, _) in TYPES {
        let media_type = media_type(end)?;
        lines.push(format!("      <remove fileExtension=\".{end}\" />"));
        lines.push(format!("      <mimeMap fileExtension=\".{end}\" mimeType=\"{media_type}\" />"));
    }
    lines.push(cache(&page)?);
    lines.push("    </staticContent>".to_owned());
    lines.extend(custom_headers(&page, &Values::new()));
    lines.push("  </system.webServer>".to_owned());
    for name in headers.cases().into_iter().flat_map(|(path, _)| places(path, served)) {
        let path = if name.contains('.') { format!("/{name}") } else { format!("/{name}/") };
        let own = headers.of(&path);
        lines.push(format!("  <location path=\"{name}\"><system.webServer>"));
        lines.push("    <staticContent>".to_owned());
        lines.push(cache(&own)?);
        lines.push("    </staticContent>".to_owned());
        lines.extend(custom_headers(&own, &page));
        lines.push("  </system.webServer></location>".to_owned());
    }
    lines.push("</configuration>\n".to_owned());
    Ok(lines.join("\n"))
}

/// What a rule is about, as IIS can name it: a folder, a file, or every file that begins alike.
fn places(path: &str, served: &[String]) -> Vec<String> {
    let name = path.trim_start_matches('/');
    match (name, name.strip_suffix("/*"), name.strip_suffix('*')) {
        ("" | "index.html", ..) => Vec::new(),
        (_, Some(folder), _) => vec![folder.to_owned()],
        (_, _, Some(start)) => served.iter().filter(|path| path.starts_with(start)).cloned().collect(),
        _ => vec![name.to_owned()],
    }
}

/// The headers, where those of `around` are set already.
fn custom_headers(own: &Values, around: &Values) -> Vec<String> {
    let mut lines = vec!["    <httpProtocol><customHeaders>".to_owned()];
    let names: BTreeSet<&str> = own.keys().chain(around.keys()).copied().collect();
    for name in names.into_iter().filter(|name| *name != CACHING && own.get(name) != around.get(name)) {
        lines.push(format!("      <remove name=\"{name}\" />"));
        let Some(value) = own.get(name) else { continue };
        if says_who_frames(name, value) {
            lines.push(format!("      <!-- {FRAMES} -->"));
        }
        lines.push(format!("      <add name=\"{name}\" value=\"{value}\" />"));
    }
    lines.push("    </customHeaders></httpProtocol>".to_owned());
    lines
}

/// How IIS is told what to say of caching; this way it says so of files, and not of errors.
fn cache(headers: &Values) -> Outcome<String> {
    let value = headers.get(CACHING).copied().unwrap_or_default();
    let (age, others): (Vec<&str>, Vec<&str>) = value.split(", ").partition(|part| part.starts_with("max-age="));
    let age = age.first().and_then(|age| age.strip_prefix("max-age=")?.parse::<u32>().ok());
    let how = match (value, age) {
        ("", _) => "cacheControlMode=\"NoControl\"".to_owned(),
        ("no-cache", _) => "cacheControlMode=\"DisableCache\"".to_owned(),
        (_, Some(age)) if !others.is_empty() => format!(
            "cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"{}.{:02}:{:02}:{:02}\" cacheControlCustom=\"{}\"",
            age / DAY,
            age % DAY / HOUR,
            age % HOUR / 60,
            age % 60,
            others.join(", ")
        ),
        _ => return Err(format!("web.config cannot say `{CACHING}: {value}`").into()),
    };
    Ok(format!("      <clientCache {how} />"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use roxmltree::{Document, Node};

    use super::*;
    use crate::tree;

    fn child<'a, 'b>(node: Node<'a, 'b>, path: &[&str]) -> Node<'a, 'b> {
        path.iter().fold(node, |node, name| node.children().find(|child| child.has_tag_name(*name)).unwrap())
    }

    /// Does to the headers what IIS does: takes some away, then adds.
    fn apply(server: Node, headers: &mut BTreeMap<String, String>) {
        for change in child(server, &["httpProtocol", "customHeaders"]).children().filter(Node::is_element) {
            let name = change.attribute("name").unwrap().to_owned();
            if change.has_tag_name("remove") {
                headers.remove(&name);
            } else {
                let before = headers.insert(name, change.attribute("value").unwrap().to_owned());
                assert_eq!(before, None, "IIS refuses a header twice");
            }
        }
        headers.remove(CACHING);
        let cache = child(server, &["staticContent", "clientCache"]);
        let age = || {
            let parts = cache.attribute("cacheControlMaxAge").unwrap().split(['.', ':']);
            let parts: Vec<u32> = parts.map(|part| part.parse().unwrap()).collect();
            parts.iter().zip([DAY, HOUR, 60, 1]).map(|(part, seconds)| part * seconds).sum::<u32>()
        };
        match cache.attribute("cacheControlMode").unwrap() {
            "NoControl" => None,
            "DisableCache" => headers.insert(CACHING.to_owned(), "no-cache".to_owned()),
            "UseMaxAge" => {
                let others = cache.attribute("cacheControlCustom").unwrap();
                let (first, rest) = others.split_once(", ").map_or((others, None), |(first, rest)| (first, Some(rest)));
                let rest = rest.map(|rest| format!(", {rest}")).unwrap_or_default();
                headers.insert(CACHING.to_owned(), format!("{first}, max-age={}{rest}", age()))
            }
            other => panic!("{other}"),
        };
    }

    #[test]
    fn it_says_what_the_headers_say() {
        let headers = Headers::read(&tree::www()).unwrap();
        let recipe = recipe(&headers, &["shikaku-navi-rokin.html".to_owned()]).unwrap();
        let document = Document::parse(&recipe).unwrap();
        let configuration = child(document.root(), &["configuration"]);
        let own = [
            "elements/a.js",
            "embed/index.html",
            "guide/a.html",
            "rules/insurers/a.json",
            "service-worker.js",
            "shikaku-navi-rokin.html",
        ];
        let like_the_page = ["", "index.html", "main.js"];
        let wanted = own.map(|path| (path, path)).into_iter().chain(like_the_page.map(|path| (path, "")));
        for (path, like) in wanted {
            let mut said = BTreeMap::new();
            apply(child(configuration, &["system.webServer"]), &mut said);
            let places = configuration.children().filter(|node| node.has_tag_name("location"));
            for place in places.filter(|place| path.split('/').next() == place.attribute("path")) {
                apply(child(place, &["system.webServer"]), &mut said);
            }
            let like = format!("/{like}");
            let wanted = headers.of(&like);
            let wanted = wanted.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(said, wanted.collect(), "{path}");
        }
    }

    #[test]
    fn it_knows_the_types_and_hides_the_rest() {
        let recipe = recipe(&Headers::read(&tree::www()).unwrap(), &[]).unwrap();
        let document = Document::parse(&recipe).unwrap();
        let server = child(document.root(), &["configuration", "system.webServer"]);
        assert_eq!(child(server, &["directoryBrowse"]).attribute("enabled"), Some("false"));
        let types: BTreeMap<_, _> = child(server, &["staticContent"])
            .children()
            .filter_map(|node| Some((node.attribute("fileExtension")?, node.attribute("mimeType")?)))
            .collect();
        for (end, media_type) in [
            (".wasm", "application/wasm"),
            (".webmanifest", "application/manifest+json"),
            (".json", "application/json"),
            (".mjs", "text/javascript"),
        ] {
            assert_eq!(types.get(end), Some(&media_type), "{end}");
        }
        let hidden = child(server, &["security", "requestFiltering", "hiddenSegments"]);
        let hidden: Vec<_> = hidden.children().filter_map(|node| node.attribute("segment")).collect();
        assert_eq!(hidden, [".htaccess", "_headers", "npm", "recipes"]);
    }

    #[test]
    fn what_it_cannot_say_is_an_error() {
        let headers = Values::from([(CACHING, "max-age=60")]);
        assert_eq!(cache(&headers).unwrap_err().to_string(), "web.config cannot say `Cache-Control: max-age=60`");
    }
}
