//! What others made and is linked into the engine, with the notices that have to go wherever it goes: their licences, as
//! they stand in the crates' own folders and in what comes with the compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dependencies::{self, Crate};
use crate::shell::{run_quietly, step};
use crate::{Outcome, tree};

/// Where they lie in the deployable folder and in the npm package.
const FILE: &str = "third-party-licences.txt";
/// How the files are named in which crates have them.
const NAMES: [&str; 5] = ["COPYING", "COPYRIGHT", "LICENCE", "LICENSE", "NOTICE"];
/// Licences of the standard library's own code, of which the compiler brings the texts.
const OF_STD: [&str; 3] = ["Apache-2.0", "MIT", "Unicode-3.0"];

/// The crates that the standard library is made of in browsers; the others it has are for other machines.
const IN_STD: [&str; 5] = ["cfg-if", "dlmalloc", "foldhash", "hashbrown", "rustc-demangle"];

/// Somebody's work, in a line, and the texts that go with it.
struct Work {
    title: String,
    texts: Vec<String>,
}

/// Writes them into the deployable folder and into the npm package.
pub(crate) fn write(folders: &[&Path]) -> Outcome {
    step("writing the licences of what others made");
    let text = text()?;
    folders.iter().try_for_each(|folder| Ok(std::fs::write(folder.join(FILE), &text)?))
}

fn text() -> Outcome<String> {
    let crates = dependencies::crates()?;
    let mut works = Vec::new();
    for id in dependencies::shipped()?.keys() {
        let one = crates.get(id).ok_or_else(|| format!("nothing is known of {id}"))?;
        if !one.is_ours() {
            works.push(work(one)?);
        }
    }
    works.extend(standard_library()?);
    Ok(together(works))
}

/// A crate with its own files.
fn work(one: &Crate) -> Outcome<Work> {
    let folder = one.manifest_path.parent().ok_or_else(|| format!("{} is nowhere", one.id()))?;
    let is_licence = |name: &String| NAMES.iter().any(|known| name.to_uppercase().starts_with(known));
    let mut texts = Vec::new();
    for name in tree::files(folder)?.iter().filter(|name| !name.contains('/')).filter(|name| is_licence(name)) {
        texts.push(std::fs::read_to_string(folder.join(name))?);
    }
    let licence = one.license.as_deref().unwrap_or("its own licence");
    if texts.is_empty() {
        // Some only name them: then the licences' own texts go with it.
        let named = licence.split([' ', '/', '(', ')']).filter(|word| !matches!(*word, "" | "OR" | "AND"));
        texts = named.map(of_release).collect::<Outcome<_>>()?;
    }
    Ok(Work { title: format!("{} {} ({licence})", one.name, one.version), texts })
}

/// The text of a licence.
fn of_release(licence: &str) -> Outcome<String> {
    read(&format!("licenses/{licence}.txt"))
}

/// A document of the Rust release.
fn read(name: &str) -> Outcome<String> {
    let printed = run_quietly(Command::new("rustc").args(["--print", "sysroot"]).current_dir(tree::root()))?;
    let file = PathBuf::from(printed.trim()).join("share/doc/rust").join(name);
    let said = |error| format!("{name} of the Rust release cannot be read ({error}): install the release with rustup");
    Ok(std::fs::read_to_string(file).map_err(said)?)
}

/// What the compiler says of the standard library, and of the crates in it.
fn standard_library() -> Outcome<Vec<Work>> {
    let page = read("COPYRIGHT-library.html")?;
    let (own, others) = page.split_once("<h2 id=\"out-of-tree-dependencies\">").ok_or("it names no other crates")?;
    let holders: BTreeSet<&str> = between(own, "<b>Copyright:</b> ", "</p>").collect();
    let holders = Vec::from_iter(holders).join("; ");
    let texts = OF_STD.into_iter().map(of_release).collect::<Outcome<_>>()?;
    let mut works = vec![Work { title: format!("the Rust standard library (copyright {holders})"), texts }];
    // There is a picture before each name.
    let of_crates = others.split("<h3>").map(|rest| rest.trim_start_matches(|sign: char| !sign.is_ascii_lowercase()));
    for name in IN_STD.map(|name| format!("{name}-")) {
        let found = of_crates.clone().find(|section| section.starts_with(&name));
        let section = found.ok_or_else(|| format!("the Rust standard library has no {name}… in it any more"))?;
        let title = section.split("</h3>").next().unwrap_or_default();
        let licence = between(section, "<b>License:</b> ", "</p>").next().ok_or("a crate in it names no licence")?;
        let texts = between(section, "<pre>", "</pre>").map(unescaped).collect();
        works.push(Work { title: format!("{title} ({licence}), in the Rust standard library"), texts });
    }
    Ok(works)
}

fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}

fn unescaped(text: &str) -> String {
    [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (sign, means)| text.replace(sign, means))
}

/// Every text once, under all whose it is. Texts that differ only in where their lines break are the same.
fn together(works: Vec<Work>) -> String {
    let mut titles: BTreeMap<Vec<String>, (String, BTreeSet<String>)> = BTreeMap::new();
    for work in works {
        for text in work.texts {
            let key = text.split_whitespace().map(str::to_owned).collect();
            titles.entry(key).or_insert_with(|| (text, BTreeSet::new())).1.insert(work.title.clone());
        }
    }
    let mut sorted: Vec<(String, String)> =
        titles.into_values().map(|(text, titles)| (Vec::from_iter(titles).join("\n"), text)).collect();
    sorted.sort();
    let (heavy, light) = ("=".repeat(80), "-".repeat(80));
    let mut all = vec!["What others made and is in the engine of shikaku-navi, and under which licences.\n".to_owned()];
    for (titles, text) in sorted {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        all.push(format!("{heavy}\n{titles}\n{light}\n\n{}\n", lines.join("\n").trim_matches('\n')));
    }
    all.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_in_the_engine_brings_its_licence() {
        let text = text().unwrap();
        let crates = dependencies::crates().unwrap();
        for id in dependencies::shipped().unwrap().keys().filter(|id| !crates[*id].is_ours()) {
            let title = format!("\n{} (", id.replace('@', " "));
            assert!(text.contains(&title), "{id}");
        }
        let wanted = [
            "Copyright (c) 2014, Kang Seonghoon.",
            "Copyright (c) 2014 Alex Crichton",
            "UNICODE LICENSE V3",
            "Apache License",
            "the Rust standard library (copyright ",
            "dlmalloc-",
            "hashbrown-",
        ];
        for notice in wanted {
            assert!(text.contains(notice), "{notice}");
        }
        assert!(!text.contains(tree::root().to_str().unwrap()) && !text.contains("/registry/src/"));
    }

    #[test]
    fn a_text_stands_once_under_all_whose_it_is() {
        let work = |title: &str, texts: &[&str]| Work {
            title: title.to_owned(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        };
        let all = together(vec![work("b", &["as  you\r\nlike", "no"]), work("a", &["\nas you like \n"])]);
        assert_eq!(all.matches("like").count(), 1, "{all}");
        assert!(all.contains("=\na\nb\n-") && all.contains("=\nb\n-"), "{all}");
    }
}
