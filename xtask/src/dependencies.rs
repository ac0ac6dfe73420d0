//! What others made: the crates and packages that the lock files pin, under which licences and from where, and which of
//! the crates are in the product.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::setup::WASM;
use crate::shell::run_quietly;
use crate::{Outcome, tree};

/// The licences under which something may be in the product: whoever passes it on has to keep the notices, no more.
const SHIPPED: [&str; 7] = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unicode-3.0", "Zlib"];
/// Those under which a tool may be beside these: what it makes is not bound by them.
const TOOLS: [&str; 5] = ["0BSD", "BlueOak-1.0.0", "CDLA-Permissive-2.0", "MIT-0", "MPL-2.0"];
/// Packages whose licence stands in a file of theirs alone.
const READ: [(&str, &str); 1] = [("node_modules/parse-cache-control", "BSD-3-Clause")];
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A crate that the lock file pins.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    /// Where it lies on this machine.
    #[serde(default)]
    pub(crate) manifest_path: PathBuf,
    source: Option<String>,
    /// The SHA-256 of what the registry has to give.
    #[serde(skip)]
    pub(crate) checksum: Option<String>,
}

/// Crates by their names and versions, `serde@1.0.229`.
pub(crate) type Crates = BTreeMap<String, Crate>;
/// The crates in the product, each with those that it needs.
pub(crate) type Shipped = BTreeMap<String, BTreeSet<String>>;

impl Crate {
    pub(crate) fn id(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    /// Whether it is one of the project's own.
    pub(crate) fn is_ours(&self) -> bool {
        self.source.is_none()
    }
}

/// Every crate that is needed on this machine and in browsers.
pub(crate) fn crates() -> Outcome<Crates> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Crate>,
    }
    let platforms = ["--filter-platform", WASM, "--filter-platform", "host-tuple"];
    let printed = cargo(&[&["metadata", "--locked", "--format-version", "1"], &platforms[..]].concat())?;
    let metadata: Metadata = serde_json::from_str(&printed)?;
    let checksums = checksums(&std::fs::read_to_string(tree::root().join("Cargo.lock"))?);
    let with_checksum = |one: Crate| (one.id(), Crate { checksum: checksums.get(&one.id()).cloned(), ..one });
    Ok(metadata.packages.into_iter().map(with_checksum).collect())
}

/// The crates that are compiled into the engine for browsers, as Cargo resolves them.
pub(crate) fn shipped() -> Outcome<Shipped> {
    let edges = ["--edges", "normal,no-proc-macro", "--prefix", "depth", "--format", " {p}"];
    let printed = cargo(&[&["tree", "--locked", "--package", "shikaku-navi", "--target", WASM], &edges[..]].concat())?;
    let mut shipped = Shipped::new();
    let mut above: Vec<String> = Vec::new();
    for line in printed.lines() {
        let mut words = line.split(' ');
        let (Some(depth), Some(name), Some(version)) = (words.next(), words.next(), words.next()) else {
            return Err(format!("cargo tree says `{line}`, which is not a crate").into());
        };
        let id = format!("{name}@{}", version.trim_start_matches('v'));
        above.truncate(depth.parse()?);
        if let Some(needs) = above.last().and_then(|one| shipped.get_mut(one)) {
            needs.insert(id.clone());
        }
        shipped.entry(id.clone()).or_default();
        above.push(id);
    }
    Ok(shipped)
}

/// Fails if something is not from where it may be, not under a licence that fits, not held to its content, or in the
/// product twice.
pub(crate) fn check() -> Outcome {
    let json = |file: &str| -> Outcome<Value> { Ok(serde_json::from_slice(&std::fs::read(tree::root().join(file))?)?) };
    let mut faults = faults_of_crates(&crates()?, &shipped()?);
    faults.extend(faults_of_packages(&json("package-lock.json")?));
    for file in ["package.json", "xtask/src/package/package.json"] {
        if json(file)?.get("dependencies").is_some() {
            faults.push(format!("{file} has dependencies, but the product has no package in it"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn faults_of_crates(crates: &Crates, shipped: &Shipped) -> Vec<String> {
    let mut faults = Vec::new();
    for (id, one) in crates.iter().filter(|(_, one)| !one.is_ours()) {
        if one.source.as_deref() != Some(CRATES_IO) {
            faults.push(format!("{id} is not from crates.io"));
        }
        if one.checksum.is_none() {
            faults.push(format!("Cargo.lock has no checksum of {id}"));
        }
        faults.extend(fault_of_licence(id, one.license.as_deref(), shipped.contains_key(id)));
    }
    let name = |id: &String| id.split('@').next().unwrap_or(id).to_owned();
    for (id, next) in shipped.keys().zip(shipped.keys().skip(1)).filter(|(id, next)| name(id) == name(next)) {
        faults.push(format!("both {id} and {next} are in the product"));
    }
    faults.extend(shipped.keys().filter(|id| !crates.contains_key(*id)).map(|id| format!("nothing is known of {id}")));
    faults
}

/// No package is in the product.
fn faults_of_packages(lock: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let packages = lock.get("packages").and_then(Value::as_object);
    for (path, package) in packages.into_iter().flatten().filter(|(path, _)| !path.is_empty()) {
        let text = |key: &str| package.get(key).and_then(Value::as_str);
        if !text("integrity").is_some_and(|hash| hash.starts_with("sha512-")) {
            faults.push(format!("package-lock.json has no integrity of {path}"));
        }
        if let Some(place) = text("resolved") {
            faults.push(format!("{path} is from {place}, not from the npm registry"));
        }
        let read = READ.iter().find(|(known, _)| known == path).map(|(_, licence)| *licence);
        faults.extend(fault_of_licence(path, text("license").or(read), false));
    }
    let is_idle =
        |path| lock.pointer("/packages").and_then(|all| all.get(path)).is_none_or(|one| one.get("license").is_some());
    faults
        .extend(READ.iter().filter(|(path, _)| is_idle(path)).map(|(path, _)| format!("{path} needs no licence read")));
    faults
}

/// What is wrong with a licence, if something is: what is needed of an expression has to be allowed.
fn fault_of_licence(whose: &str, licence: Option<&str>, is_shipped: bool) -> Option<String> {
    let Some(licence) = licence else { return Some(format!("{whose} names no licence")) };
    let is_allowed = |name: &str| SHIPPED.contains(&name) || (!is_shipped && TOOLS.contains(&name));
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(all) if all.evaluate(|one| one.license.id().is_some_and(|id| is_allowed(id.name))) => None,
        Ok(_) if is_shipped => Some(format!("{whose} is in the product under {licence}")),
        Ok(_) => Some(format!("{whose} is a tool under {licence}")),
        Err(error) => Some(format!("{whose} has no licence that can be read: {error}")),
    }
}

/// The checksums in a lock file of Cargo's, which writes each key of a package on a line of its own.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let of_package = |package: &str| {
        let field = |key: &str| {
            package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        Some((format!("{}@{}", field("name")?, field("version")?), field("checksum")?.to_owned()))
    };
    lock.split("[[package]]").filter_map(of_package).collect()
}

fn cargo(args: &[&str]) -> Outcome<String> {
    run_quietly(Command::new(env!("CARGO")).args(args).current_dir(tree::root()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn crate_of(name: &str, version: &str, license: &str, source: &str) -> (String, Crate) {
        let [name, version, license, source] = [name, version, license, source].map(str::to_owned);
        let one = Crate {
            name,
            version,
            license: Some(license),
            source: Some(source),
            checksum: Some("0".to_owned()),
            ..Crate::default()
        };
        (one.id(), one)
    }

    #[test]
    fn crates_are_held_to_the_rules() {
        let crates = Crates::from([
            crate_of("good", "1.0.0", "MIT/GPL-3.0", CRATES_IO),
            crate_of("left", "1.0.0", "GPL-3.0-only", CRATES_IO),
            crate_of("tool", "1.0.0", "MPL-2.0", CRATES_IO),
            crate_of("both", "1.0.0", "MPL-2.0", CRATES_IO),
            crate_of("fork", "1.0.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "git+https://example.com/fork"),
            crate_of("twice", "1.0.0", "ISC", CRATES_IO),
            crate_of("twice", "2.0.0", "Zlib", CRATES_IO),
        ]);
        let shipped = ["both@1.0.0", "good@1.0.0", "new@1.0.0", "twice@1.0.0", "twice@2.0.0"];
        let shipped = shipped.map(|id| (id.to_owned(), BTreeSet::new())).into();
        assert_eq!(
            faults_of_crates(&crates, &shipped),
            [
                "both@1.0.0 is in the product under MPL-2.0",
                "fork@1.0.0 is not from crates.io",
                "left@1.0.0 is a tool under GPL-3.0-only",
                "both twice@1.0.0 and twice@2.0.0 are in the product",
                "nothing is known of new@1.0.0",
            ]
        );
    }

    #[test]
    fn packages_are_held_to_the_rules() {
        let lock = json!({ "packages": {
            "": { "license": "none of anybody" },
            "node_modules/a": { "license": "MIT", "integrity": "sha512-a" },
            "node_modules/b": { "license": "MIT", "integrity": "sha1-b" },
            "node_modules/c": { "license": "MIT", "integrity": "sha512-c", "resolved": "https://example.com/c.tgz" },
            "node_modules/d": { "integrity": "sha512-d" },
            "node_modules/e": { "license": "as you like", "integrity": "sha512-e" },
        } });
        let faults = faults_of_packages(&lock);
        let wanted = [
            "package-lock.json has no integrity of node_modules/b",
            "node_modules/c is from https://example.com/c.tgz, not from the npm registry",
            "node_modules/d names no licence",
            "node_modules/e has no licence that can be read: as you like",
            "node_modules/parse-cache-control needs no licence read",
        ];
        assert_eq!(faults.len(), wanted.len());
        assert!(faults.iter().zip(wanted).all(|(fault, wanted)| fault.starts_with(wanted)), "{faults:?}");
    }

    #[test]
    fn the_product_is_known_to_the_last_crate() {
        let shipped = shipped().unwrap();
        let needs = |id: &str| shipped.iter().find(|(one, _)| one.starts_with(id)).unwrap().1;
        assert!(needs("shikaku-navi@").iter().any(|id| id.starts_with("chrono@")));
        assert!(needs("chrono@").iter().any(|id| id.starts_with("num-traits@")));
        for tool in ["serde_derive@", "serde_json@", "syn@"] {
            assert!(!shipped.keys().any(|id| id.starts_with(tool)), "{tool} is in the product");
        }
    }
}
