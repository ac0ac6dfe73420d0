//! What changes between two rulebooks, or between two days, by its effect on members.

use serde::Serialize;

use super::book::{Book, World};
use super::diagram::Set;
use super::witness;
use crate::Day;
use crate::compile::Compiler;
use crate::cuts::Cuts;
use crate::error::Error;
use crate::facts::Value;
use crate::guidance::{Argument, Guidance};
use crate::plain::Entries;
use crate::profile::Profile;
use crate::rulebook::{Known, Statement};
use crate::situation::Variable;
use crate::vocabulary::Fact;

/// More places than this describe nothing to a reader.
const MOST_PLACES: usize = 200;

/// A rulebook, before it is compiled: the national rules and an insurer's.
pub type Files<'a> = (&'a Profile, Option<&'a Profile>);

/// What differs, in classes of situations.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// How many situations there are in all.
    pub situations: u64,
    /// In how many something changes.
    pub changed: u64,
    /// The situations in which the same changes, the largest class first; one situation may be in several.
    pub classes: Vec<Class>,
}

/// Situations in which the same is said, or no longer said.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Class {
    /// What is said from then on.
    pub starts: Vec<Said>,
    /// What is no longer said.
    pub ends: Vec<Said>,
    /// How many situations there are.
    pub situations: u64,
    /// The situations in words; each line is a part of them.
    pub places: Vec<String>,
    /// The facts of a member of whom the least has to be told.
    pub witness: Option<Entries<Fact, Value>>,
}

/// A piece of guidance with all that is said with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What is said.
    pub id: Guidance,
    /// Its arguments; a day that depends on the member by its name.
    pub args: Entries<Argument, String>,
    /// The last day.
    pub by: Option<String>,
}

/// One piece of guidance, and where the one and the other side say it.
struct Both {
    said: Said,
    before: Set,
    after: Set,
}

impl Difference {
    /// What changes for members when `after` comes in place of `before`.
    ///
    /// # Errors
    /// `invalid-profile` if one of them is no rulebook.
    pub fn between(before: Files, after: Files) -> Result<Difference, Error> {
        let mut cuts = Cuts::default();
        for (national, insurer) in [before, after] {
            cuts.join(&Compiler::new(national, insurer, &Cuts::default())?.cuts);
        }
        let one = Compiler::new(before.0, before.1, &cuts)?;
        let other = Compiler::new(after.0, after.1, &cuts)?;
        let mut world = World::over(&one);
        let one = Book::of(one, &mut world)?;
        let other = Book::of(other, &mut world)?;
        let mut all: Vec<Both> = Vec::new();
        for line in &one.lines {
            add(&mut all, said(&line.statement), line.said, Set::NONE, &mut world);
        }
        for line in &other.lines {
            add(&mut all, said(&line.statement), Set::NONE, line.said, &mut world);
        }
        Ok(classes(all, &one, &mut world))
    }

    /// What changes for members between two days if nothing else does.
    ///
    /// # Errors
    /// `invalid-profile` if the files are no rulebook.
    pub fn of_days((national, insurer): Files, before: Day, after: Day) -> Result<Difference, Error> {
        let mut cuts = Cuts::default();
        for day in [before, before.plus_days(1), after, after.plus_days(1)] {
            cuts.insert(Variable::AsOf, day);
        }
        let compiler = Compiler::new(national, insurer, &cuts)?;
        let mut world = World::over(&compiler);
        let book = Book::of(compiler, &mut world)?;
        let [before, after] = [before, after].map(|day| usize::from(world.cuts.class(Variable::AsOf, day)));
        let mut all: Vec<Both> = Vec::new();
        for line in &book.lines {
            let (then, now) = (world.diagrams.on(line.said, before), world.diagrams.on(line.said, after));
            add(&mut all, said(&line.statement), then, now, &mut world);
        }
        // Who is in the same situation on both days; a witness is told of on the later one.
        let then = world.diagrams.on(world.possible, before);
        let later = world.diagrams.space().with(Variable::AsOf, 1 << after);
        let later = world.diagrams.of_cube(&later);
        let now = world.diagrams.and(world.possible, later);
        world.possible = world.diagrams.and(then, now);
        Ok(classes(all, &book, &mut world))
    }
}

/// Adds to where the one side, and to where the other says something.
fn add(all: &mut Vec<Both>, said: Said, before: Set, after: Set, world: &mut World) {
    match all.iter_mut().find(|both| both.said == said) {
        None => all.push(Both { said, before, after }),
        Some(both) => {
            both.before = world.diagrams.or(both.before, before);
            both.after = world.diagrams.or(both.after, after);
        }
    }
}

/// Puts together what changes in the same situations.
fn classes(all: Vec<Both>, book: &Book, world: &mut World) -> Difference {
    let mut found: Vec<(Set, Vec<Said>, Vec<Said>)> = Vec::new();
    let mut changed = Set::NONE;
    for Both { said, before, after } in all {
        let (starts, ends) = (world.diagrams.minus(after, before), world.diagrams.minus(before, after));
        for (set, is_start) in [(starts, true), (ends, false)] {
            let set = world.diagrams.and(set, world.possible);
            if set.is_empty() {
                continue;
            }
            changed = world.diagrams.or(changed, set);
            let position = found.iter().position(|(other, ..)| *other == set);
            let said = said.clone();
            let (starts, ends) = if is_start { (vec![said], Vec::new()) } else { (Vec::new(), vec![said]) };
            match position.and_then(|position| found.get_mut(position)) {
                None => found.push((set, starts, ends)),
                Some((_, some, others)) => {
                    some.extend(starts);
                    others.extend(ends);
                }
            }
        }
    }
    let mut classes: Vec<Class> = Vec::new();
    for (set, starts, ends) in found {
        let places = world.boxes(set, MOST_PLACES).iter().map(|cube| book.compiler.describe(cube)).collect();
        classes.push(Class { starts, ends, situations: world.count(set), places, witness: witness(set, world) });
    }
    classes.sort_by_key(|class| std::cmp::Reverse(class.situations));
    Difference { situations: world.count(Set::ALL), changed: world.count(changed), classes }
}

fn said(statement: &Statement) -> Said {
    Said {
        id: statement.guidance,
        args: Entries::from(statement.args.iter().map(|(name, known)| (*name, known.to_string())).collect::<Vec<_>>()),
        by: statement.by.as_ref().map(Known::to_string),
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let args = self.args.iter().map(|(name, value)| format!("{name} {value}"));
        let details: Vec<String> = args.chain(self.by.iter().map(|by| format!("by {by}"))).collect();
        if details.is_empty() { write!(f, "{}", self.id) } else { write!(f, "{} ({})", self.id, details.join(", ")) }
    }
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Known::Text(text) => f.write_str(text),
            Known::Number(number) => number.fmt(f),
            Known::Day(day) => day.fmt(f),
            Known::Derived(derived) => derived.fmt(f),
            Known::Earliest(days) => {
                f.write_str("the earliest of ")?;
                for (number, day) in days.iter().enumerate() {
                    write!(f, "{}{day}", if number == 0 { "" } else { " and " })?;
                }
                Ok(())
            }
        }
    }
}
