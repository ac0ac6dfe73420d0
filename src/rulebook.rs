//! A rulebook: the national rules and one insurer's, compiled to bitmaps.
//!
//! Every rule becomes one or more boxes (see [`crate::cube`]); for each value of each variable a bitmap says which
//! boxes allow it. The boxes that hold in a situation are the intersection of one bitmap a variable.

use serde::Deserialize;

use crate::Day;
use crate::bits::Bits;
use crate::compile::Compiler;
use crate::cube::{Cube, Region, Space};
use crate::error::{Error, ErrorKind};
use crate::guidance::{Argument, Guidance};
use crate::plain::Plain;
use crate::profile::{Insurer, National};
use crate::rule::Derived;
use crate::situation::{Cuts, Situation, Variable};
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
    pub(crate) lines: Vec<Line>,
    rows: Vec<Row>,
    /// For each variable and class, the rows that allow it.
    index: Vec<Vec<Bits>>,
    guards: Vec<Guard>,
}

/// One box of a statement; without a statement, one that marks a topic as answered by the insurer.
#[derive(Clone, Copy, Debug)]
struct Row {
    cube: Cube,
    statement: Option<usize>,
}

/// A topic: where one of `answered` holds, none of `otherwise` does.
#[derive(Clone, Debug)]
struct Guard {
    answered: Bits,
    otherwise: Bits,
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
    pub fn new(national: &National, insurer: Option<&Insurer>) -> Result<Rulebook, Error> {
        Compiler::new(national, insurer)?.rulebook()
    }

    /// Reads the two rules files and puts one on top of the other.
    ///
    /// # Errors
    /// `invalid-profile` as in [`Rulebook::new`], and for data of another shape.
    pub fn read(national: Plain, insurer: Option<Plain>) -> Result<Rulebook, Error> {
        let invalid = |name: &str, error| Error::new(ErrorKind::InvalidProfile, format!("{name}: {error}"));
        let national = National::deserialize(national).map_err(|error| invalid("the national rules", error))?;
        let insurer =
            insurer.map(Insurer::deserialize).transpose().map_err(|error| invalid("the insurer’s rules", error))?;
        Rulebook::new(&national, insurer.as_ref())
    }

    pub(crate) fn compile(head: Head, mut drafts: Vec<Draft>, answers: &[Region]) -> Rulebook {
        // Statements that hold for the same reason come in the order of the data: a stable sort keeps it.
        drafts.sort_by_key(|draft| (draft.statement.guidance, std::cmp::Reverse(draft.statement.layer)));
        let mut rows = Vec::new();
        let mut statements: Vec<Statement> = Vec::new();
        for draft in &drafts {
            let mut statement = draft.statement.clone();
            statement.kind = statements
                .iter()
                .find(|other| other.guidance == statement.guidance && other.args == statement.args)
                .map_or(statements.len(), |other| other.kind);
            let number = Some(statements.len());
            rows.extend(draft.region.cubes().iter().map(|cube| Row { cube: *cube, statement: number }));
            statements.push(statement);
        }
        for region in answers {
            rows.extend(region.cubes().iter().map(|cube| Row { cube: *cube, statement: None }));
        }
        let mut guards = Vec::new();
        let mut next = rows.iter().filter(|row| row.statement.is_some()).count();
        for (topic, region) in answers.iter().enumerate() {
            let mut guard = Guard { answered: Bits::none(rows.len()), otherwise: Bits::none(rows.len()) };
            for _ in region.cubes() {
                guard.answered.insert(next);
                next += 1;
            }
            for (index, row) in rows.iter().enumerate() {
                let draft = row.statement.and_then(|statement| drafts.get(statement));
                if draft.is_some_and(|draft| draft.unless_answered == Some(topic)) {
                    guard.otherwise.insert(index);
                }
            }
            guards.push(guard);
        }
        let index = Variable::ALL
            .iter()
            .map(|variable| {
                (0..head.cuts.classes(*variable))
                    .map(|class| {
                        let mut bits = Bits::none(rows.len());
                        for (number, row) in rows.iter().enumerate() {
                            if row.cube.allows(*variable, class) {
                                bits.insert(number);
                            }
                        }
                        bits
                    })
                    .collect()
            })
            .collect();
        let Head { insurer, sources_of, review_by, cuts, space, follow_ups, lines } = head;
        Rulebook { insurer, sources_of, review_by, cuts, space, statements, follow_ups, lines, rows, index, guards }
    }

    /// The rows that hold in a situation.
    pub(crate) fn holding(&self, situation: &Situation) -> Bits {
        let mut holding: Option<Bits> = None;
        for (variable, classes) in Variable::ALL.iter().zip(&self.index) {
            if let Some(bits) = classes.get(situation.class(*variable)) {
                match &mut holding {
                    None => holding = Some(bits.clone()),
                    Some(holding) => holding.intersect(bits),
                }
            }
        }
        let mut holding = holding.unwrap_or_else(|| Bits::none(self.rows.len()));
        for guard in &self.guards {
            if guard.answered.meets(&holding) {
                holding.remove(&guard.otherwise);
            }
        }
        holding
    }

    /// The statements said where these rows hold, in order: of each kind only the first.
    pub(crate) fn said(&self, holding: &Bits) -> Bits {
        let mut said = Bits::none(self.statements.len());
        let mut kinds = Bits::none(self.statements.len());
        for number in holding.iter().filter_map(|row| self.rows.get(row)?.statement) {
            if let Some(kind) = self.statements.get(number).map(|statement| statement.kind)
                && !kinds.contains(kind)
            {
                kinds.insert(kind);
                said.insert(number);
            }
        }
        said
    }

    /// The boxes of one statement that hold.
    pub(crate) fn cubes<'a>(&'a self, statement: usize, holding: &'a Bits) -> impl Iterator<Item = &'a Cube> {
        holding
            .iter()
            .filter_map(|row| self.rows.get(row))
            .filter(move |row| row.statement == Some(statement))
            .map(|row| &row.cube)
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
    pub(crate) lines: Vec<Line>,
}
