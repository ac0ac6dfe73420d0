//! Looking at every situation of every rulebook.

use std::time::Instant;

use serde::Deserialize;
use shikaku_navi::{Audit, Claims, Day, Entries, Fact, Flaw, Guidance, Plain, Value};

use crate::{Outcome, rules, tree};

/// A defect that is known and has to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Accepted {
    /// Whose rulebook.
    insurer: String,
    flaw: String,
    of: String,
    /// Why it has to be.
    why: String,
    /// The day on which somebody last looked at it.
    on: String,
}

/// Audits some rulebooks, or all; fails at any defect that is not accepted, and at what is accepted without need.
pub(crate) fn run(args: &[&str]) -> Outcome {
    let (as_json, wanted): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| **arg == "--json");
    let all = rules::insurers()?;
    if let Some(unknown) = wanted.iter().find(|one| !all.iter().any(|insurer| insurer == **one)) {
        return Err(format!("there are no rules for `{unknown}`: it is one of {}", all.join(", ")).into());
    }
    let wanted: Vec<&String> =
        all.iter().filter(|insurer| wanted.is_empty() || wanted.contains(&insurer.as_str())).collect();
    let accepted = accepted()?;
    let mut audits = Vec::new();
    for insurer in &wanted {
        let started = Instant::now();
        let audit = audit(insurer)?;
        if as_json.is_empty() {
            print(&audit, &accepted);
            println!("  {:.1} s", started.elapsed().as_secs_f32());
        }
        audits.push(audit);
    }
    if !as_json.is_empty() {
        println!("{}", serde_json::to_string_pretty(&audits)?);
    }
    judge(&audits, &accepted, wanted.len() == all.len())
}

/// The audit of one rulebook.
pub(crate) fn audit(insurer: &str) -> Outcome<Audit> {
    let profiles = rules::needed(insurer, rules::profiles(insurer)?)?;
    Ok(Audit::of(&profiles.national, profiles.own.as_ref(), &claims(insurer)?)?)
}

/// Fails with what is wrong.
fn judge(audits: &[Audit], accepted: &[Accepted], complete: bool) -> Outcome {
    let mut wrong: Vec<String> = Vec::new();
    for audit in audits {
        let found = audit.defects.iter().map(|defect| (defect.flaw, defect.of.clone())).collect::<Vec<_>>();
        wrong.extend(self::wrong(&audit.insurer, &found, accepted));
    }
    if complete {
        let never = Guidance::ALL.iter().filter(|guidance| !audits.iter().any(|audit| audit.said.contains(guidance)));
        wrong.extend(never.map(|guidance| format!("no rulebook ever says {guidance}")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} defects:\n  {}", wrong.len(), wrong.join("\n  ")).into()) }
}

/// What was found in a rulebook and is not accepted, and what is accepted, but was not found.
pub(crate) fn wrong(insurer: &str, found: &[(Flaw, String)], accepted: &[Accepted]) -> Vec<String> {
    let defects = found.iter().filter(|(flaw, of)| !accepted.iter().any(|one| one.is(insurer, *flaw, of)));
    let defects = defects.map(|(flaw, of)| format!("{insurer}: {flaw} {of}"));
    let stale = accepted.iter().filter(|one| one.insurer == insurer);
    let stale = stale.filter(|one| !found.iter().any(|(flaw, of)| one.is(insurer, *flaw, of)));
    let stale = stale.map(|one| format!("{insurer}: accepted, but not there: {} {}", one.flaw, one.of));
    defects.chain(stale).collect()
}

fn print(audit: &Audit, accepted: &[Accepted]) {
    println!("{}", audit.insurer);
    println!(
        "  {} situations, all looked at ({} combinations of facts enumerated, {} nodes)",
        grouped(audit.situations),
        grouped(audit.enumerated),
        audit.nodes
    );
    for silent in &audit.silent {
        println!("  silent on {} in {} situations", silent.topic, grouped(silent.situations));
    }
    println!("  {} rules are only ever heard together with other guidance (see --json)", audit.accompanied.len());
    for defect in &audit.defects {
        let known = accepted.iter().find(|one| one.is(&audit.insurer, defect.flaw, &defect.of));
        let mark = if known.is_some() { "accepted" } else { "DEFECT" };
        println!("  {mark}: {}: {}, in {} situations", defect.flaw, defect.of, grouped(defect.situations));
        if let Some(known) = known {
            println!("    {} ({})", known.why, known.on);
            continue;
        }
        for place in &defect.places {
            println!("    where {place}");
        }
        if let Some(witness) = &defect.witness {
            println!("    such as {}", facts(witness));
        }
    }
}

/// Facts as they are told to `assess`.
pub(crate) fn facts(witness: &Entries<Fact, Value>) -> String {
    serde_json::to_string(witness).unwrap_or_default()
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let start = digits.len() % 3;
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position != 0 && position % 3 == start % 3 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What is claimed of every rulebook, and of an insurer's.
pub(crate) fn claims(insurer: &str) -> Outcome<[Claims; 2]> {
    Ok([claims_in("all")?, claims_in(insurer)?])
}

fn claims_in(name: &str) -> Outcome<Claims> {
    let file = tree::root().join("tests/claims").join(format!("{name}.json"));
    if !file.exists() {
        return Ok(Claims::default());
    }
    let plain: Plain = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    Claims::read(plain).map_err(|error| format!("{}: {error}", file.display()).into())
}

pub(crate) fn accepted() -> Outcome<Vec<Accepted>> {
    let file = tree::root().join("tests/claims/accepted.json");
    let accepted: Vec<Accepted> = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    match accepted.iter().find(|one| Day::from_iso(&one.on).is_err()) {
        Some(one) => Err(format!("{}: `{}` is not a day", file.display(), one.on).into()),
        None => Ok(accepted),
    }
}

impl Accepted {
    fn is(&self, insurer: &str, flaw: Flaw, of: &str) -> bool {
        self.insurer == insurer && self.flaw == flaw.word() && self.of == of
    }
}
