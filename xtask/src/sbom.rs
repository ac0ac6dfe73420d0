//! What the product is made of, for whoever has to know it: a bill of materials as `CycloneDX` has it. It is made from
//! the sources alone, so it has neither a time stamp nor a number of its own.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use spdx::Expression;

use crate::dependencies::{self, Crate};
use crate::shell::{run_quietly, step};
use crate::{Outcome, tree};

/// Where it lies in the deployable folder.
const FILE: &str = "sbom.cdx.json";
/// The crate that is the product.
const PRODUCT: &str = "shikaku-navi";
/// The Rust standard library, which is in the engine too.
const STD: &str = "std";

/// Writes it into the deployable folder.
pub(crate) fn write(folder: &Path) -> Outcome {
    step("writing the bill of materials");
    Ok(std::fs::write(folder.join(FILE), serde_json::to_vec_pretty(&bill()?)?)?)
}

fn bill() -> Outcome<Value> {
    let crates = dependencies::crates()?;
    let shipped = dependencies::shipped()?;
    let mut product = None;
    let mut components = Vec::new();
    for id in shipped.keys() {
        let one = crates.get(id).ok_or_else(|| format!("nothing is known of {id}"))?;
        match (one.is_ours(), one.name == PRODUCT) {
            (true, true) => product = Some(one),
            // A part of the product, of which nobody else knows.
            (true, false) => {}
            (false, _) => components.push(component(one)?),
        }
    }
    let product = product.ok_or("the product is not in itself")?;
    components.push(standard_library()?);
    let is_part = |id: &String| crates.get(id).is_some_and(|one| one.is_ours() && one.name != PRODUCT);
    let depends = |(id, needs): (&String, &BTreeSet<String>)| {
        let mut needs: Vec<&str> = needs.iter().filter(|id| !is_part(id)).map(String::as_str).collect();
        if *id == product.id() {
            needs.push(STD);
        }
        json!({ "ref": id, "dependsOn": needs })
    };
    let dependencies: Vec<Value> = shipped.iter().filter(|(id, _)| !is_part(id)).map(depends).collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": product.id(),
                "name": product.name,
                "version": product.version,
                "description": product.description,
                "licenses": licences(product)?,
            },
        },
        "components": components,
        "dependencies": dependencies,
        // That no package of npm's is listed says that none is in it. What the standard library is made of is not told.
        "compositions": [
            { "aggregate": "complete", "assemblies": [product.id()], "dependencies": [product.id()] },
            { "aggregate": "unknown", "assemblies": [STD] },
        ],
    }))
}

fn component(one: &Crate) -> Outcome<Value> {
    Ok(json!({
        "type": "library",
        "bom-ref": one.id(),
        "name": one.name,
        "version": one.version,
        "licenses": licences(one)?,
        "hashes": [{ "alg": "SHA-256", "content": one.checksum }],
        "purl": format!("pkg:cargo/{}", one.id()),
    }))
}

/// As the compiler brings it.
fn standard_library() -> Outcome<Value> {
    let printed = run_quietly(Command::new("rustc").args(["--version", "--verbose"]).current_dir(tree::root()))?;
    let said =
        |key: &str| printed.lines().find_map(|line| line.strip_prefix(key)).ok_or("rustc does not say what it is");
    let (release, commit) = (said("release: ")?, said("commit-hash: ")?);
    Ok(json!({
        "type": "library",
        "bom-ref": STD,
        "name": "Rust standard library",
        "version": release,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "purl": format!("pkg:github/rust-lang/rust@{commit}#library/std"),
    }))
}

fn licences(one: &Crate) -> Outcome<Value> {
    let named = one.license.as_deref().ok_or_else(|| format!("{} names no licence", one.id()))?;
    let expression = Expression::canonicalize(named)?.unwrap_or_else(|| named.to_owned());
    Ok(json!([{ "expression": expression }]))
}
