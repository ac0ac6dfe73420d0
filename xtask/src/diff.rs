//! What changes for members between two insurers, two versions of the rules, or two days.

#[cfg(test)]
mod table;

use std::process::Command;

use shikaku_navi::{Day, Difference, Plain, Profile, Said};

use crate::audit::{facts, grouped};
use crate::shell::run_quietly;
use crate::{Outcome, rules, tree};

const USAGE: &str = "usage: cargo xtask diff [--json] <A> <B>
  an insurer: tokyo-denki; at a git revision: HEAD~1:tokyo-denki; on a day: tokyo-denki@2025-12-01";

/// One side: national rules, those of an insurer, and the day that it is about, if it is about one.
struct Side {
    national: Profile,
    own: Option<Profile>,
    day: Option<Day>,
}

/// Prints what differs between two sides.
pub(crate) fn run(args: &[&str]) -> Outcome {
    let (as_json, sides): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| **arg == "--json");
    let [before, after] = sides.as_slice() else { return Err(USAGE.into()) };
    let (one, other) = (side(before)?, side(after)?);
    let difference = match (one.day, other.day) {
        (None, None) => Difference::between((&one.national, one.own.as_ref()), (&other.national, other.own.as_ref()))?,
        (Some(from), Some(to)) if without_day(before) == without_day(after) => {
            Difference::of_days((&one.national, one.own.as_ref()), from, to)?
        }
        _ => return Err(format!("days are compared within one rulebook\n{USAGE}").into()),
    };
    if as_json.is_empty() {
        print(&difference);
    } else {
        println!("{}", serde_json::to_string_pretty(&difference)?);
    }
    Ok(())
}

fn without_day(name: &str) -> &str {
    name.split_once('@').map_or(name, |(name, _)| name)
}

/// What a name like `HEAD~1:tokyo-denki` or `tokyo-denki@2025-12-01` stands for.
fn side(name: &str) -> Outcome<Side> {
    let (rest, day) = match name.split_once('@') {
        Some((rest, day)) => (rest, Some(Day::from_iso(day)?)),
        None => (name, None),
    };
    let Some((revision, insurer)) = rest.split_once(':') else {
        let profiles = rules::needed(rest, rules::profiles(rest)?)?;
        return Ok(Side { national: profiles.national, own: profiles.own, day });
    };
    let own = (insurer != "national").then(|| at(revision, &format!("insurers/{insurer}"))).transpose()?;
    Ok(Side { national: at(revision, "national")?, own, day })
}

/// A rules file as it was at a git revision.
fn at(revision: &str, name: &str) -> Outcome<Profile> {
    let mut git = Command::new("git");
    git.args(["show", "--end-of-options", &format!("{revision}:www/rules/{name}.json")]).current_dir(tree::root());
    let text = run_quietly(&mut git)?;
    let plain: Plain = serde_json::from_str(&text)?;
    Profile::read(plain).map_err(|error| format!("{revision}:{name}: {error}").into())
}

fn print(difference: &Difference) {
    let share = |changed: u64| format!("{} of {} situations", grouped(changed), grouped(difference.situations));
    println!("{} differ", share(difference.changed));
    for class in &difference.classes {
        println!();
        let line = |sign: &str, said: &[Said]| said.iter().for_each(|said| println!("{sign} {said}"));
        line("+", &class.starts);
        line("-", &class.ends);
        println!("  in {}:", share(class.situations));
        for place in &class.places {
            println!("  where {place}");
        }
        if let Some(witness) = &class.witness {
            println!("  such as {}", facts(witness));
        }
    }
}
