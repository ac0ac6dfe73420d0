//! A rulebook: the national rules and one insurer's, compiled.
//!
//! Every rule becomes one or more boxes (see [`crate::cube`]): in which of them somebody is, is for the [`Decider`] to
//! say; what is said there, and why, is here.

use std::ops::Range;

use crate::Day;
use crate::assess::reasons;
use crate::compile::Compiler;
use crate::cube::{Region, Space};
use crate::cuts::Cuts;
use crate::decider::{Case, Decider, Meaning, Said};
use crate::error::Error;
use crate::guidance::{Argument, Guidance};
use crate::likeness::entangle_expiry;
use crate::outlook::Outcome;
use crate::plain::Plain;
use crate::profile::Profile;
use crate::rule::Derived;
use crate::vocabulary::{Fact, Layer};

/// The national rules and one insurer's, validated and compiled.
#[derive(Clone, Debug)]
pub struct Rulebook {
    pub(crate) insurer: String,
    pub(crate) sources_of: Day,
    pub(crate) review_by: Day,
    pub(crate) space: Space,
    pub(crate) statements: Vec<Statement>,
    pub(crate) follow_ups: Vec<(Fact, Region)>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) lines: Vec<Line>,
    /// See [`entangle_expiry`].
    pub(crate) entangles_expiry: bool,
    /// In which cases what is said.
    pub(crate) decider: Decider,
    /// Of each case, the variables whose facts put a situation into its box, one bit each.
    reasons: Vec<u32>,
}

/// What a rule says, ready to be said.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) guidance: Guidance,
    pub(crate) layer: Layer,
    pub(crate) args: Vec<(Argument, Known)>,
    pub(crate) by: Option<Known>,
    pub(crate) sources: Vec<String>,
    /// The number of the first statement that is equal as guidance: same arguments, same last day, same layer.
    pub(crate) saying: usize,
    /// Its cases, by their numbers.
    pub(crate) cases: Range<usize>,
}

/// A value that only the member's facts are still missing from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Text(String),
    Number(u32),
    Day(Day),
    Derived(Derived),
    Earliest(Vec<Known>),
}

impl Known {
    /// Whether something holds of it, or of one of the days in it.
    pub(crate) fn any(&self, holds: fn(&Known) -> bool) -> bool {
        match self {
            Known::Earliest(days) => days.iter().any(|day| day.any(holds)),
            known => holds(known),
        }
    }
}

/// A telephone line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) contact: crate::profile::Contact,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

/// A statement before it is compiled: where it holds, and the topic on which the insurer goes before it.
pub(crate) struct Draft {
    pub(crate) statement: Statement,
    pub(crate) region: Region,
    pub(crate) unless_answered: Option<usize>,
}

impl Rulebook {
    /// Puts an insurer's rules on top of the national ones; without an insurer, only what holds nationwide.
    ///
    /// # Errors
    /// `invalid-profile`, naming the place, if the data contradict themselves, name something that does not exist,
    /// rest on no source, or leave a situation open.
    pub fn new(national: &Profile, insurer: Option<&Profile>) -> Result<Rulebook, Error> {
        Compiler::new(national, insurer, &Cuts::default())?.rulebook()
    }

    /// Reads the two rules files and puts one on top of the other.
    ///
    /// # Errors
    /// `invalid-profile` as in [`Rulebook::new`] and [`Profile::read`].
    pub fn read(national: Plain, insurer: Option<Plain>) -> Result<Rulebook, Error> {
        let insurer = insurer.map(Profile::read).transpose()?;
        Rulebook::new(&Profile::read(national)?, insurer.as_ref())
    }

    /// Brings statements into the order in which they are said (by guidance, the insurer's word first, then as in the
    /// data), numbers those that say the same, and indexes their boxes.
    pub(crate) fn compile(head: Head, drafts: &[Draft], answers: &[Region]) -> Rulebook {
        let (mut cases, mut all_reasons) = (Vec::new(), Vec::new());
        let mut add = |region: &Region, meaning| {
            let first = cases.len();
            for cube in region.cubes() {
                cases.push(Case { cube: *cube, meaning });
                all_reasons.push(reasons(cube, &head.space));
            }
            first..cases.len()
        };
        let mut statements: Vec<Statement> = Vec::new();
        let mut said: Vec<Said> = Vec::new();
        for guidance in Guidance::ALL {
            for layer in [Layer::Insurer, Layer::National] {
                for draft in drafts {
                    if !draft.statement.is(*guidance, layer) {
                        continue;
                    }
                    let number = statements.len();
                    let mut statement = draft.statement.clone();
                    let first = |is: fn(&Statement, &Statement) -> bool| {
                        statements.iter().position(|other| is(other, &statement)).unwrap_or(number)
                    };
                    let (kind, saying) = (first(Statement::is_like), first(Statement::is_same));
                    statement.saying = saying;
                    said.push(Said { guidance: *guidance, kind, saying });
                    let meaning = Meaning::Said { statement: number, unless_answered: draft.unless_answered };
                    statement.cases = add(&draft.region, meaning);
                    statements.push(statement);
                }
            }
        }
        for (topic, region) in answers.iter().enumerate() {
            add(region, Meaning::Answered(topic));
        }
        let Head { insurer, sources_of, review_by, cuts, space, follow_ups, outcomes, lines } = head;
        Rulebook {
            insurer,
            sources_of,
            review_by,
            entangles_expiry: entangle_expiry(&statements),
            reasons: all_reasons,
            space,
            statements,
            follow_ups,
            outcomes,
            lines,
            decider: Decider::new(cuts, said, cases),
        }
    }

    /// The cases of a statement, by their numbers, each with the variables whose facts put a situation into its box.
    pub(crate) fn cases_of(&self, statement: &Statement) -> impl Iterator<Item = (usize, &u32)> {
        let reasons = self.reasons.get(statement.cases.clone()).unwrap_or_default();
        statement.cases.clone().zip(reasons)
    }

    /// What of it decides which guidance is given.
    #[must_use]
    pub fn decider(&self) -> &Decider {
        &self.decider
    }

    /// The id of the insurer, `national` without one.
    #[must_use]
    pub fn insurer(&self) -> &str {
        &self.insurer
    }
}

/// What a rulebook is about, apart from its rules.
pub(crate) struct Head {
    pub(crate) insurer: String,
    pub(crate) sources_of: Day,
    pub(crate) review_by: Day,
    pub(crate) cuts: Cuts,
    pub(crate) space: Space,
    pub(crate) follow_ups: Vec<(Fact, Region)>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) lines: Vec<Line>,
}

impl Statement {
    fn is(&self, guidance: Guidance, layer: Layer) -> bool {
        self.guidance == guidance && self.layer == layer
    }

    /// Whether both say the same with the same arguments.
    pub(crate) fn is_like(&self, other: &Statement) -> bool {
        self.guidance == other.guidance && self.args == other.args
    }

    /// Whether both are equal as guidance.
    pub(crate) fn is_same(&self, other: &Statement) -> bool {
        self.is_like(other) && self.by == other.by && self.layer == other.layer
    }
}
