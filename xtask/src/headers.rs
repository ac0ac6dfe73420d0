//! Which headers go with which path: `_headers` says it, once, for every server.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::Outcome;

/// What an error must not carry: a file that has not arrived yet would be missing for a year.
pub(crate) const CACHING: &str = "Cache-Control";
/// The rule for every path.
const EVERYWHERE: &str = "/*";

/// Headers by their names.
pub(crate) type Values<'a> = BTreeMap<&'a str, &'a str>;

/// The headers of a path, or of every path that begins like it if it ends in `*`.
struct Rule {
    path: String,
    headers: Vec<(String, String)>,
}

pub(crate) struct Headers(Vec<Rule>);

impl Headers {
    /// Reads the `_headers` of a folder.
    pub(crate) fn read(folder: &Path) -> Outcome<Headers> {
        Headers::parse(&std::fs::read_to_string(folder.join("_headers"))?)
    }

    fn parse(text: &str) -> Outcome<Headers> {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if !line.starts_with(' ') {
                rules.push(Rule { path: line.to_owned(), headers: Vec::new() });
            } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.trim().split_once(": ")) {
                rule.headers.push((name.to_owned(), value.to_owned()));
            } else {
                return Err(format!("_headers: `{line}` is not a header of a path").into());
            }
        }
        let headers = Headers(rules);
        for path in headers.0.iter().map(|rule| rule.path.as_str()) {
            if headers.of(path).len() < headers.fitting(path).count() {
                // Some servers send both, some the one, some the other.
                return Err(format!("_headers: a header is asked for twice on `{path}`: say it in one place").into());
            }
        }
        Ok(headers)
    }

    /// Those of a path: of all rules that fit it.
    pub(crate) fn of(&self, path: &str) -> Values<'_> {
        self.fitting(path).collect()
    }

    /// All there are, with the paths of their rules.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.iter().flat_map(|rule| rule.headers().map(|(name, value)| (rule.path.as_str(), name, value)))
    }

    /// Those that every path has.
    pub(crate) fn everywhere(&self) -> Values<'_> {
        self.of(EVERYWHERE)
    }

    /// Every path with rules of its own, and what it has by them. What is to be asked first comes first: folders before
    /// files, and the longer name before the shorter.
    pub(crate) fn cases(&self) -> Vec<(&str, Values<'_>)> {
        let everywhere = self.everywhere();
        let own = |path| self.fitting(path).filter(|(name, _)| !everywhere.contains_key(name)).collect();
        let paths = self.0.iter().map(|rule| rule.path.as_str()).filter(|path| *path != EVERYWHERE);
        let mut cases: Vec<_> = paths.map(|path| (path, own(path))).collect();
        cases.sort_by_key(|(path, _)| (!path.ends_with("/*"), Reverse(path.len())));
        cases
    }

    /// The names in the rules that not every path has.
    pub(crate) fn varying(&self) -> BTreeSet<&str> {
        self.cases().into_iter().flat_map(|(_, headers)| headers.into_keys()).collect()
    }

    fn fitting(&self, path: &str) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(move |rule| rule.fits(path)).flat_map(Rule::headers)
    }
}

impl Rule {
    fn fits(&self, path: &str) -> bool {
        self.path.strip_suffix('*').map_or(self.path == path, |start| path.starts_with(start))
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_asked_first_comes_first() {
        let headers =
            Headers::parse("/*\n  A: 1\n# A remark\n/\n  B: 2\n/a.html\n  B: 3\n/b/*\n  C: 4\n/b/cc/*\n  D: 5\n")
                .unwrap();
        assert_eq!(headers.of("/b/cc/a.html"), Values::from([("A", "1"), ("C", "4"), ("D", "5")]));
        let cases: Vec<_> = headers.cases().into_iter().map(|(path, own)| (path, own.into_keys().collect())).collect();
        assert_eq!(cases, [("/b/cc/*", vec!["C", "D"]), ("/b/*", vec!["C"]), ("/a.html", vec!["B"]), ("/", vec!["B"])]);
    }

    #[test]
    fn what_servers_would_read_in_two_ways_is_an_error() {
        let error = |text| Headers::parse(text).err().unwrap().to_string();
        assert_eq!(
            error("/*\n  A: 1\n/b/*\n  A: 2\n"),
            "_headers: a header is asked for twice on `/b/*`: say it in one place"
        );
        assert_eq!(error("  A: 1\n"), "_headers: `  A: 1` is not a header of a path");
    }
}
