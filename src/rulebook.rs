//! A rulebook: the national rules and one insurer's, compiled to bitmaps.
//!
//! Every rule becomes one or more boxes (see [`crate::cube`]); for each value of each variable a bitmap says which
//! boxes allow it. The boxes that hold in a situation are the intersection of one bitmap a variable.

use std::ops::Range;

use bitmaps::{Bits, Guard, Table, firsts};

use crate::Day;
use crate::assess::reasons;
use crate::compile::Compiler;
use crate::cube::{Cube, Region, Space};
use crate::cuts::Cuts;
use crate::error::Error;
use crate::guidance::{Argument, Guidance, GuidanceSet};
use crate::likeness::entangle_expiry;
use crate::outlook::Outcome;
use crate::plain::Plain;
use crate::profile::Profile;
use crate::rule::Derived;
use crate::situation::{Situation, Variable};
use crate::vocabulary::{Fact, Layer};

/// The national rules and one insurer's, validated and compiled.
#[derive(Clone, Debug)]
pub struct Rulebook {
    pub(crate) insurer: String,
    pub(crate) sources_of: Day,
    pub(crate) review_by: Day,
    pub(crate) cuts: Cuts,
    pub(crate) space: Space,
    pub(crate) statements: Vec<Statement>,
    pub(crate) follow_ups: Vec<(Fact, Region)>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) lines: Vec<Line>,
    /// See [`entangle_expiry`].
    pub(crate) entangles_expiry: bool,
    rows: Vec<Row>,
    table: Table,
    spoken: Spoken,
}

/// What the rows that have a statement say: they come before all others.
#[derive(Clone, Debug, Default)]
struct Spoken {
    guidance: Vec<u8>,
    kinds: Vec<usize>,
    sayings: Vec<usize>,
}

/// One box of a region.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    cube: Cube,
    meaning: Meaning,
    /// The variables whose facts put a situation into the box.
    pub(crate) reasons: Vec<Variable>,
}

/// What holds in a row's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A statement, unless the insurer answers the topic.
    Said { statement: usize, unless_answered: Option<usize> },
    /// That the insurer answers the topic.
    Answered(usize),
}

/// What a rule says, ready to be said.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) guidance: Guidance,
    pub(crate) layer: Layer,
    pub(crate) args: Vec<(Argument, Known)>,
    pub(crate) by: Option<Known>,
    pub(crate) sources: Vec<String>,
    /// Statements that say the same with the same arguments; only the first that holds is said.
    pub(crate) kind: usize,
    /// Statements that are equal as guidance: same arguments, same last day, same layer.
    pub(crate) saying: usize,
    /// Its rows, by their numbers.
    pub(crate) rows: Range<usize>,
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
        let mut rows = Vec::new();
        let mut add = |region: &Region, meaning| {
            let first = rows.len();
            for cube in region.cubes() {
                rows.push(Row { cube: *cube, meaning, reasons: reasons(cube, &head.space) });
            }
            first..rows.len()
        };
        let mut statements: Vec<Statement> = Vec::new();
        for guidance in Guidance::ALL {
            for layer in [Layer::Insurer, Layer::National] {
                for draft in drafts {
                    if !draft.statement.is(*guidance, layer) {
                        continue;
                    }
                    let number = statements.len();
                    let mut statement = draft.statement.clone();
                    let like = statements.iter().find(|other| other.is_like(&statement));
                    statement.kind = like.map_or(number, |other| other.kind);
                    let same = statements.iter().find(|other| other.is_same(&statement));
                    statement.saying = same.map_or(number, |other| other.saying);
                    let meaning = Meaning::Said { statement: number, unless_answered: draft.unless_answered };
                    statement.rows = add(&draft.region, meaning);
                    statements.push(statement);
                }
            }
        }
        let mut guards = Vec::new();
        for (topic, region) in answers.iter().enumerate() {
            add(region, Meaning::Answered(topic));
        }
        for topic in 0..answers.len() {
            let is_answer = |row: &Row| row.meaning == Meaning::Answered(topic);
            let is_otherwise = |row: &Row| matches!(row.meaning, Meaning::Said { unless_answered, .. } if unless_answered == Some(topic));
            guards.push(Guard { answered: select(&rows, &is_answer), otherwise: select(&rows, &is_otherwise) });
        }
        let mut table = Table::new(rows.len(), guards);
        for variable in Variable::ALL {
            let mut allowed = Vec::new();
            for class in 0..head.cuts.classes(*variable) {
                allowed.push(select(&rows, &|row| row.cube.allows(*variable, class)));
            }
            table.constrain(*variable as usize, &allowed);
        }
        let spoken = Spoken::of(&rows, &statements);
        let Head { insurer, sources_of, review_by, cuts, space, follow_ups, outcomes, lines } = head;
        Rulebook {
            insurer,
            sources_of,
            review_by,
            cuts,
            space,
            entangles_expiry: entangle_expiry(&statements),
            statements,
            follow_ups,
            outcomes,
            lines,
            rows,
            table,
            spoken,
        }
    }

    /// The rows that hold in a situation.
    pub(crate) fn holding(&self, situation: &Situation) -> Bits {
        self.table.holding(situation.classes())
    }

    /// The guidance of the rows that hold in a situation.
    pub(crate) fn guidance_in(&self, situation: &Situation) -> GuidanceSet {
        let mut guidance = GuidanceSet::default();
        self.table.gather(situation.classes(), &self.spoken.guidance, guidance.words_mut());
        guidance
    }

    /// The sayings of what is said where these rows hold, each by the number of the first statement that says it. Of the
    /// statements of a kind, only the first that holds is said.
    pub(crate) fn sayings_of(&self, holding: &Bits) -> Bits {
        firsts(holding, &self.spoken.kinds, &self.spoken.sayings, self.statements.len())
    }

    /// The boxes of every statement and topic.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = &Cube> {
        self.rows.iter().map(|row| &row.cube)
    }

    /// The boxes, each with what holds in it.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Cube, Meaning)> {
        self.rows.iter().map(|row| (&row.cube, row.meaning))
    }

    /// The rows of a statement, by their numbers.
    pub(crate) fn rows_of(&self, statement: &Statement) -> impl Iterator<Item = (usize, &Row)> {
        let rows = self.rows.get(statement.rows.clone()).unwrap_or_default();
        statement.rows.clone().zip(rows)
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

impl Row {
    fn statement(&self) -> Option<usize> {
        match self.meaning {
            Meaning::Said { statement, .. } => Some(statement),
            Meaning::Answered(_) => None,
        }
    }
}

impl Spoken {
    fn of(rows: &[Row], statements: &[Statement]) -> Spoken {
        let mut spoken = Spoken::default();
        for number in rows.iter().filter_map(Row::statement) {
            if let Some(statement) = statements.get(number) {
                spoken.guidance.push(statement.guidance as u8);
                spoken.kinds.push(statement.kind);
                spoken.sayings.push(statement.saying);
            }
        }
        spoken
    }
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

fn select(rows: &[Row], which: &dyn Fn(&Row) -> bool) -> Bits {
    let mut bits = Bits::none(rows.len());
    for (number, row) in rows.iter().enumerate() {
        if which(row) {
            bits.insert(number);
        }
    }
    bits
}
