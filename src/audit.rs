//! Every situation a member can be in, looked at: what is never right, anywhere.
//!
//! A rulebook is turned into exact sets of situations (`diagram`), over those that some member's facts lead to
//! (`possible`). What has to hold is then a set that has to be empty, and a member for whom it does not hold is found
//! by looking into that set. Nothing is sampled, and no situation is looked at one by one.

mod book;
mod claim;
mod diagram;
mod difference;
mod possible;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use std::collections::BTreeSet;

use serde::Serialize;

pub use claim::{Claim, Claims};
pub use difference::{Class, Difference, Files, Said};

use crate::Day;
use crate::compile::Compiler;
use crate::cuts::Cuts;
use crate::error::Error;
use crate::facts::{Facts, Value};
use crate::guidance::{Argument, Guidance, Section};
use crate::plain::Entries;
use crate::profile::Profile;
use crate::rule::Derived;
use crate::rulebook::Known;
use crate::situation::{CardTerm, CertificateTerm, End, Variable};
use crate::vocabulary::{Fact, Topic, words};
use book::{Book, Line, World};
use diagram::Set;

words! {
    /// What can be wrong with a rulebook.
    pub enum Flaw {
        /// Situations in which there is nothing to show, do or ask.
        Nothing = "nothing",
        /// A claim that does not hold.
        Claim = "claim",
        /// A rule that never speaks.
        NeverFires = "never-fires",
        /// A rule whose words others always say already.
        AlwaysSaid = "always-said",
        /// A last day that is already over where it is told.
        DeadlineOver = "deadline-over",
        /// A telephone line that is open on no day.
        NeverOpen = "never-open",
    }
}

/// A defect, with a member whom it concerns.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Defect {
    /// What is wrong.
    pub flaw: Flaw,
    /// What it is wrong with: a rule by its place, a claim in words.
    pub of: String,
    /// How many situations it touches.
    pub situations: u64,
    /// Where that is, in words; the first few.
    pub places: Vec<String>,
    /// The facts of a member of whom the least has to be told.
    pub witness: Option<Entries<Fact, Value>>,
}

/// What an insurer's material says nothing about.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Silent {
    /// The topic.
    pub topic: Topic,
    /// In how many situations.
    pub situations: u64,
}

/// A rule that is only ever heard together with other guidance.
#[derive(Clone, Debug, Serialize)]
pub struct Accompanied {
    /// The rule by its place.
    pub rule: String,
    /// What is always said with it.
    pub by: Vec<Guidance>,
}

/// What there is to say of a rulebook as a whole.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    /// The insurer's id.
    pub insurer: String,
    /// How many situations members can be in; all were looked at.
    pub situations: u64,
    /// How many combinations of facts were tried one by one to know which situations there are.
    pub enumerated: u64,
    /// How many nodes of diagrams stand for everything that was looked at.
    pub nodes: usize,
    /// What is wrong.
    pub defects: Vec<Defect>,
    /// On what the insurer is silent.
    pub silent: Vec<Silent>,
    /// Rules that never speak alone.
    pub accompanied: Vec<Accompanied>,
    /// What is said to anybody at all.
    pub said: Vec<Guidance>,
}

impl Audit {
    /// Looks at a rulebook: the national rules, or an insurer's on top of them.
    ///
    /// # Errors
    /// `invalid-profile` if the files are no rulebook, or the claims no claims about it.
    pub fn of(national: &Profile, insurer: Option<&Profile>, claims: &[Claims]) -> Result<Audit, Error> {
        let compiler = compiler(national, insurer, claims)?;
        let mut world = World::over(&compiler);
        let book = Book::of(compiler, &mut world)?;
        let wrong = wrong(&book, claims, &mut world)?;
        let defects = wrong.into_iter().map(|wrong| defect(wrong, &book, &mut world)).collect();
        let silences = book.silences(&mut world)?;
        let silent = silences.into_iter().map(|(topic, set)| Silent { topic, situations: world.count(set) });
        let silent = silent.filter(|silent| silent.situations > 0).collect();
        Ok(Audit {
            insurer: insurer.unwrap_or(national).id.clone(),
            situations: world.count(Set::ALL),
            enumerated: world.tried,
            silent,
            accompanied: accompanied(&book, &mut world),
            said: Guidance::ALL.iter().copied().filter(|guidance| is_said(&book, *guidance)).collect(),
            nodes: world.diagrams.size(),
            defects,
        })
    }
}

/// Looks at one version after another of a rulebook, and works out only once which situations there can be.
pub struct Auditor {
    world: World,
}

impl Auditor {
    /// Prepares for versions of a rulebook that name the same days.
    ///
    /// # Errors
    /// `invalid-profile` if the files are no rulebook, or the claims no claims about it.
    pub fn of(national: &Profile, insurer: Option<&Profile>, claims: &[Claims]) -> Result<Auditor, Error> {
        Ok(Auditor { world: World::over(&compiler(national, insurer, claims)?) })
    }

    /// What is wrong, and with what; a version that names other days is looked at, too, but takes longer.
    ///
    /// # Errors
    /// `invalid-profile` if the files are no rulebook, or the claims no claims about it.
    pub fn flaws(
        &mut self,
        national: &Profile,
        insurer: Option<&Profile>,
        claims: &[Claims],
    ) -> Result<Vec<(Flaw, String)>, Error> {
        let compiler = compiler(national, insurer, claims)?;
        let mut other = (compiler.cuts != self.world.cuts).then(|| World::over(&compiler));
        let world = other.as_mut().unwrap_or(&mut self.world);
        let book = Book::of(compiler, world)?;
        Ok(wrong(&book, claims, world)?.into_iter().map(|wrong| (wrong.flaw, wrong.of)).collect())
    }
}

/// A rulebook that cuts the dates where claims do, too.
fn compiler<'a>(national: &'a Profile, insurer: Option<&'a Profile>, claims: &[Claims]) -> Result<Compiler<'a>, Error> {
    let mut cuts = Cuts::default();
    let first = Compiler::new(national, insurer, &cuts)?;
    for condition in claims.iter().flat_map(Claims::conditions) {
        first.cut_at(condition, &mut cuts);
    }
    Compiler::new(national, insurer, &cuts)
}

/// What is wrong, with what, and where.
struct Wrong {
    flaw: Flaw,
    of: String,
    set: Set,
}

fn wrong(book: &Book, claims: &[Claims], world: &mut World) -> Result<Vec<Wrong>, Error> {
    let mut all = nothing(book, world);
    for claims in claims {
        let broken = claims.broken(book, world)?;
        all.extend(broken.into_iter().map(|(of, set)| Wrong { flaw: Flaw::Claim, of, set }));
    }
    all.extend(needless(book, world));
    all.extend(over(book, world));
    all.extend(never_open(book)?);
    Ok(all)
}

fn is_said(book: &Book, guidance: Guidance) -> bool {
    book.lines.iter().any(|line| line.statement.guidance == guidance && !line.said.is_empty())
}

fn defect(Wrong { flaw, of, set }: Wrong, book: &Book, world: &mut World) -> Defect {
    const MOST_PLACES: usize = 3;
    let boxes = world.boxes(set, MOST_PLACES);
    Defect {
        flaw,
        of,
        situations: world.count(set),
        places: boxes.iter().map(|cube| book.compiler.describe(cube)).collect(),
        witness: witness(set, world),
    }
}

/// The facts of a member in a set.
fn witness(set: Set, world: &mut World) -> Option<Entries<Fact, Value>> {
    let set = world.diagrams.and(set, world.possible);
    let point = world.diagrams.plainest(set, &world.usual)?;
    let facts = possible::facts_of(&point, &world.cuts)?;
    Some(told(&facts))
}

fn told(facts: &Facts) -> Entries<Fact, Value> {
    let told = Fact::ALL.iter().filter_map(|fact| Some((*fact, facts.get(*fact)?)));
    Entries::from(told.collect::<Vec<_>>())
}

fn nothing(book: &Book, world: &mut World) -> Vec<Wrong> {
    let spoken = book
        .said(world, |statement| matches!(statement.guidance.section(), Section::Show | Section::Do | Section::Ask));
    let left = world.diagrams.minus(world.possible, spoken);
    let of = "nothing to show, do or ask".to_owned();
    if left.is_empty() { Vec::new() } else { vec![Wrong { flaw: Flaw::Nothing, of, set: left }] }
}

/// Rules of the file itself that never say anything, or nothing that is not said already. Those of the national file
/// are looked at where no insurer answers in their place.
fn needless(book: &Book, world: &mut World) -> Vec<Wrong> {
    let own = book.own();
    let places: BTreeSet<&str> = own.clone().map(|line| line.place.as_str()).collect();
    let mut wrong = Vec::new();
    for place in places {
        let mine: Vec<&Line> = own.clone().filter(|line| line.place == place).collect();
        let holds = world.diagrams.union(mine.iter().map(|line| line.holds));
        if holds.is_empty() {
            wrong.push(Wrong { flaw: Flaw::NeverFires, of: place.to_owned(), set: Set::NONE });
            continue;
        }
        let others = book.lines.iter().filter(|line| line.place != place);
        let said_elsewhere = mine.iter().all(|line| {
            // Another source is another reason, and is shown.
            let rests_on_less =
                |other: &&Line| line.statement.sources.iter().all(|source| other.statement.sources.contains(source));
            let alike = others.clone().filter(|other| other.statement.is_same(&line.statement)).filter(rests_on_less);
            let elsewhere = world.diagrams.union(alike.map(|other| other.holds));
            world.diagrams.minus(line.said, elsewhere).is_empty()
        });
        if said_elsewhere {
            wrong.push(Wrong { flaw: Flaw::AlwaysSaid, of: place.to_owned(), set: holds });
        }
    }
    wrong
}

/// Last days that are over where they are told.
fn over(book: &Book, world: &mut World) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for line in &book.lines {
        let until = line.statement.args.iter().filter(|(name, _)| matches!(name, Argument::Until | Argument::By));
        for known in until.map(|(_, known)| known).chain(&line.statement.by) {
            let over = passed(known, world);
            let told = world.diagrams.and(line.said, over);
            if !told.is_empty() {
                wrong.push(Wrong { flaw: Flaw::DeadlineOver, of: line.place.clone(), set: told });
            }
        }
    }
    wrong
}

/// Where a last day may be over.
fn passed(known: &Known, world: &mut World) -> Set {
    match known {
        Known::Day(day) => {
            let (days, _) = world.cuts.of(Variable::AsOf);
            // A class of days is over if its last day is.
            let ends = days.iter().map(|next| next.plus_days(-1)).chain([Day::MAX]);
            let classes = ends.enumerate().fold(0, |classes, (class, end)| classes | u64::from(end > *day) << class);
            let cube = world.diagrams.space().with(Variable::AsOf, classes);
            world.diagrams.of_cube(&cube)
        }
        Known::Derived(derived) => {
            let mut of = |variable: Variable, classes: &[usize]| {
                let classes = classes.iter().fold(0, |all, class| all | 1 << class);
                let cube = world.diagrams.space().with(variable, classes);
                world.diagrams.of_cube(&cube)
            };
            match derived {
                Derived::LastDayOfCover => of(Variable::End, &[End::Ended as usize]),
                Derived::CardCertificateExpiry => {
                    of(Variable::CardTerm, &[CardTerm::Grace as usize, CardTerm::Over as usize])
                }
                Derived::GraceEnd => of(Variable::CardTerm, &[CardTerm::Over as usize]),
                Derived::CertificateExpiry => of(Variable::CertificateTerm, &[CertificateTerm::Over as usize]),
                // What was to be done by then is still to be done, and is said until it is.
                Derived::FiveDaysAfterCover | Derived::ElderlyFrom | Derived::SeventyFifthBirthday => Set::NONE,
            }
        }
        Known::Earliest(days) => {
            let sets: Vec<Set> = days.iter().map(|day| passed(day, world)).collect();
            world.diagrams.union(sets)
        }
        Known::Text(_) | Known::Number(_) => Set::NONE,
    }
}

/// Telephone lines of the file itself that are open on no day, or go with what is never said.
fn never_open(book: &Book) -> Result<Vec<Wrong>, Error> {
    let own = book.compiler.insurer.unwrap_or(book.compiler.national);
    let mut wrong = Vec::new();
    for contact in &own.contacts {
        let line = book.compiler.line(contact)?;
        let is_called = contact.with.is_empty() || contact.with.iter().any(|guidance| is_said(book, *guidance));
        let ordered = line.from.zip(line.to).is_none_or(|(from, to)| from <= to);
        if !is_called || !ordered {
            let of = format!("{}.contacts {}", own.id, contact.id);
            wrong.push(Wrong { flaw: Flaw::NeverOpen, of, set: Set::NONE });
        }
    }
    Ok(wrong)
}

fn accompanied(book: &Book, world: &mut World) -> Vec<Accompanied> {
    let said: Vec<(Guidance, Set)> = Guidance::ALL
        .iter()
        .map(|guidance| (*guidance, book.said(world, |statement| statement.guidance == *guidance)))
        .collect();
    let mut accompanied = Vec::new();
    for line in book.own().filter(|line| !line.said.is_empty()) {
        let others = said.iter().filter(|(guidance, _)| *guidance != line.statement.guidance);
        let by: Vec<Guidance> = others
            .filter(|(_, set)| world.diagrams.minus(line.said, *set).is_empty())
            .map(|(guidance, _)| *guidance)
            .collect();
        if !by.is_empty() {
            accompanied.push(Accompanied { rule: line.place.clone(), by });
        }
    }
    accompanied
}
