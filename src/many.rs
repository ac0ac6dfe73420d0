//! Many members at once: columns of facts in, a set of guidance for each member out.
//!
//! The rules are worked out for 512 members together, one bit a member (see the crate `sliced`): who is in which class
//! of which variable, who is in which box, who is told what. Whoever cannot be answered like that (a core fact is
//! unknown, something is not what it should be, facts might not hold together) is answered alone, by
//! [`Rulebook::guidance`].
//!
//! # What it costs at least
//!
//! No faster than the larger of two: the memory, which has to give the columns and take the rows, and the words that
//! have to be worked on, 64 members each, to get from one to the other. [`Many::bound`] counts both for members whose
//! classes are known; `cargo xtask bench` measures what this machine takes for a byte that is copied and for an AND in
//! its nearest cache, and puts what answering takes beside it.

mod columns;
mod members;
mod turns;

use sliced::{Among, Block, Conjunction, MEMBERS, Program, Unless, Workspace};

use crate::cube::Cube;
use crate::decider::{Case, Meaning};
use crate::error::Error;
use crate::facts::{YES_NO, words_of};
use crate::guidance::Guidance;
use crate::rulebook::Rulebook;
use crate::situation::{Situation, VARIABLES, Variable};
use crate::vocabulary::Fact;
use columns::{ByClass, Packed};
use members::Members;

const GROUPS: usize = Guidance::ALL.len().div_ceil(32);
/// How many words the answer to a member has: a bit for each of [`Guidance::ALL`], lowest first, then the verdict.
///
/// The verdict is 0 if the member is answered. Else no bit is set, and the verdict is, in its lowest eight bits, the
/// number of the kind of error in [`ErrorKind::ALL`](crate::ErrorKind::ALL), from 1 on, and in the next eight that of the
/// fact concerned in [`Fact::ALL`], from 1 on, if there is one.
pub const WORDS: usize = GROUPS + 1;

/// One fact of all members. A column with a single entry is everybody's.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    /// For a date: days since 1970-01-01; [`Column::UNTOLD`] for what is not told.
    Days(&'a [i32]),
    /// For any other fact: 1 for the first of [`Column::words`], and so on; 0 for what is not told.
    Codes(&'a [u8]),
}

impl Column<'_> {
    /// The day that stands for a date that is not told.
    pub const UNTOLD: i32 = sliced::Days::UNTOLD;

    /// The values of a fact in the order of their codes, the first of which is 1; `None` for a date.
    #[must_use]
    pub fn words(fact: Fact) -> Option<&'static [&'static str]> {
        let words = words_of(fact)?;
        // Codes of a yes or no count up from no; whoever answers a question chooses yes first.
        Some(if words == YES_NO { &["false", "true"] } else { words })
    }
}

/// A rulebook made ready for many members.
#[derive(Clone, Debug)]
pub struct Many {
    rulebook: Rulebook,
    program: Program,
    /// Where the classes of each variable begin in the list of all classes.
    starts: Starts,
}

/// Where the classes of each variable begin in the list of all classes, and how many there are.
#[derive(Clone, Debug)]
struct Starts(Vec<(usize, usize)>);

/// Who is in which class.
struct Classes<'a> {
    starts: &'a Starts,
    blocks: Vec<Block>,
}

impl Starts {
    fn of(&self, variable: Variable) -> (usize, usize) {
        self.0.get(variable as usize).copied().unwrap_or_default()
    }

    /// The highest number of a class of a variable.
    fn most(&self, variable: Variable) -> usize {
        self.of(variable).1.saturating_sub(1)
    }
}

impl Classes<'_> {
    /// The classes of a variable.
    fn of(&mut self, variable: Variable) -> &mut [Block] {
        let (start, count) = self.starts.of(variable);
        self.blocks.get_mut(start..start + count).unwrap_or_default()
    }

    /// Puts down who is in each class of a variable.
    fn set<const N: usize>(&mut self, variable: Variable, classes: [Block; N]) {
        for (slot, block) in self.of(variable).iter_mut().zip(classes) {
            *slot = block;
        }
    }

    /// Takes some of those who are in one class of a variable into another.
    fn shift(&mut self, variable: Variable, from: usize, to: usize, who: Block) {
        let classes = self.of(variable);
        let moved = classes.get(from).copied().unwrap_or_default() & who;
        if let Some(from) = classes.get_mut(from) {
            *from &= !moved;
        }
        if let Some(to) = classes.get_mut(to) {
            *to |= moved;
        }
    }
}

impl From<Rulebook> for Many {
    fn from(rulebook: Rulebook) -> Many {
        let mut starts = Vec::with_capacity(VARIABLES);
        let mut next = 0;
        for variable in Variable::ALL {
            let count = rulebook.decider.cuts.classes(*variable);
            starts.push((next, count));
            next += count;
        }
        let starts = Starts(starts);
        // Sums are numbered as guidance is; then come those that depend on a topic, as they are met.
        let mut sums = vec![None; Guidance::ALL.len()];
        let mut sum = |key: (Option<Guidance>, usize)| {
            sums.iter().position(|sum| *sum == Some(key)).unwrap_or_else(|| {
                sums.push(Some(key));
                sums.len() - 1
            })
        };
        let mut conjunctions = Vec::new();
        let mut unless: Vec<Unless> = Vec::new();
        for Case { cube, meaning } in &rulebook.decider.cases {
            let gives = match *meaning {
                Meaning::Answered(topic) => sum((None, topic)),
                Meaning::Said { statement, unless_answered } => {
                    let Some(statement) = rulebook.statements.get(statement) else { continue };
                    let to = statement.guidance as usize;
                    unless_answered.map_or(to, |topic| {
                        let (sum, guard) = (sum((Some(statement.guidance), topic)), sum((None, topic)));
                        if !unless.iter().any(|other| other.sum == sum) {
                            unless.push(Unless { sum, guard, to });
                        }
                        sum
                    })
                }
            };
            conjunctions.push(Conjunction { all: conditions(cube, &rulebook, &starts), gives });
        }
        let program = Program::new(&conjunctions, unless, sums.len());
        Many { rulebook, program, starts }
    }
}

/// What a box asks, each in the shorter of two ways: who is in one of these classes, or in none of the others.
fn conditions(cube: &Cube, rulebook: &Rulebook, starts: &Starts) -> Vec<Among> {
    let constrained = cube.constrained(&rulebook.space);
    let among = constrained.map(|variable| {
        let (start, count) = starts.of(variable);
        let (inside, others): (Vec<usize>, Vec<usize>) = (0..count).partition(|class| cube.allows(variable, *class));
        let outside = others.len() < inside.len();
        let classes = if outside { others } else { inside };
        Among { classes: classes.into_iter().map(|class| start + class).collect(), outside }
    });
    among.collect()
}

impl Many {
    /// The rulebook.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// How many boxes there are in all rules.
    #[must_use]
    pub fn conjunctions(&self) -> usize {
        self.program.conjunctions()
    }

    /// How many words have to be worked on (AND, OR, XOR, NOT, shift: two in, one out) to answer 64 members whose classes
    /// are known, and how many bytes are read and written for each.
    #[must_use]
    pub fn bound(&self) -> (usize, usize) {
        let columns = self.starts.0.len();
        let mut packed = Packed(Vec::new());
        for variable in Variable::ALL {
            packed.add((), &[], self.starts.most(*variable));
        }
        let classes: usize = self.starts.0.iter().map(|(_, count)| count).sum();
        // 64 bytes are eight words: each column is checked in five steps and packed in three. Then bytes become bits …
        let read = columns * 8 * (5 + 3) + (packed.0.len() + 1) * sliced::Bytes::OPERATIONS;
        // … these become classes, each by an AND (or an AND NOT) with the halves before it, boxes, guidance and rows.
        let words = read + 2 * classes + self.program.operations() + GROUPS * sliced::ANSWERS_OPERATIONS;
        (words, columns + WORDS * 4)
    }

    /// Answers members: `rows` has [`WORDS`] words for each. Facts without a column are not told; `asOf` has to be.
    ///
    /// # Errors
    /// `invalid-value` if a column is of another kind than its fact, or not as long as there are members. What is wrong
    /// with a member stands in its row.
    ///
    /// ```
    /// use shikaku_navi::{Column, Day, Fact, Guidance, Many, Rulebook, WORDS};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let national = serde_json::from_str(include_str!("../www/rules/national.json"))?;
    /// let many = Many::from(Rulebook::read(national, None)?);
    /// let today = [Day::from_iso("2026-11-21")?.epoch_days()];
    /// let enrolled = [Day::from_iso("2020-04-01")?.epoch_days(), Column::UNTOLD, Day::from_iso("2027-04-01")?.epoch_days()];
    /// let columns = [
    ///     (Fact::AsOf, Column::Days(&today)),
    ///     (Fact::EnrolledOn, Column::Days(&enrolled)),
    ///     (Fact::Card, Column::Codes(&[1, 3, 99])),
    ///     (Fact::Smartphone, Column::Codes(&[2, 1, 1])),
    /// ];
    /// let mut rows = [0; 3 * WORDS];
    /// many.assess(&columns, &mut rows)?;
    /// let said = |member: usize, id: Guidance| rows[member * WORDS + id as usize / 32] >> (id as usize % 32) & 1 == 1;
    /// assert!(said(0, Guidance::ShowMynumberCard) && !said(1, Guidance::ShowMynumberCard));
    /// assert_eq!(rows[2 * WORDS + WORDS - 1] & 0xff, 2, "an invalid value");
    /// # Ok(())
    /// # }
    /// ```
    pub fn assess(&self, columns: &[(Fact, Column)], rows: &mut [u32]) -> Result<(), Error> {
        let mut members = Members::new(&self.rulebook, columns, rows.len() / WORDS)?;
        self.answer(&mut members, rows);
        Ok(())
    }

    /// The classes of each variable in which members are, for [`Many::assess_classes`]: in the order of
    /// [`Variable::values`]; for a date the stretches between the days at which the rulebook cuts it, after the class of
    /// what is not told, if that can be. Who cannot be answered without looking at the facts is in no class, 255.
    ///
    /// # Errors
    /// `invalid-value` as in [`Many::assess`].
    pub fn classes(&self, columns: &[(Fact, Column)], count: usize) -> Result<Vec<(Variable, Vec<u8>)>, Error> {
        let members = Members::new(&self.rulebook, columns, count)?;
        let mut classes: Vec<(Variable, Vec<u8>)> =
            Variable::ALL.iter().map(|variable| (*variable, Vec::with_capacity(count))).collect();
        for member in 0..count {
            let facts = members.facts(member).ok();
            let situation = facts.and_then(|facts| Situation::of(&facts, &self.rulebook.decider.cuts));
            for (variable, classes) in &mut classes {
                let class = situation.map(|situation| situation.class(*variable));
                classes.push(class.and_then(|class| u8::try_from(class).ok()).unwrap_or(u8::MAX));
            }
        }
        Ok(classes)
    }

    /// Answers members of whom it is known in which class of each variable they are: [`Many::assess`] without the work of
    /// finding that out.
    ///
    /// # Errors
    /// `invalid-value` if a variable has no column, or one that is not as long as there are members.
    pub fn assess_classes(&self, columns: &[(Variable, Vec<u8>)], rows: &mut [u32]) -> Result<(), Error> {
        let mut classes = ByClass::new(&self.starts, columns, rows.len() / WORDS)?;
        self.answer(&mut classes, rows);
        Ok(())
    }

    fn answer(&self, source: &mut impl Source, rows: &mut [u32]) {
        let count = self.starts.0.iter().map(|(_, count)| count).sum();
        let mut classes = Classes { starts: &self.starts, blocks: vec![Block::NONE; count] };
        let mut workspace = Workspace::default();
        for (block, rows) in rows.chunks_mut(MEMBERS * WORDS).enumerate() {
            let first = block * MEMBERS;
            let odd = source.classes(first, &mut classes);
            let sums = self.program.run(&classes.blocks, &mut workspace);
            for group in 0..GROUPS {
                let mut answers = [Block::NONE; 32];
                let said = sums.iter().take(Guidance::ALL.len()).skip(group * 32);
                answers.iter_mut().zip(said).for_each(|(answer, sum)| *answer = *sum);
                sliced::answers(answers, group, WORDS, rows);
            }
            rows.chunks_exact_mut(WORDS).filter_map(<[u32]>::last_mut).for_each(|verdict| *verdict = 0);
            for member in odd.members() {
                if let Some(row) = rows.chunks_exact_mut(WORDS).nth(member) {
                    row.fill(0);
                    let said = source.alone(&self.rulebook, first + member);
                    write(row, said);
                }
            }
        }
    }
}

/// Puts an answer into its row, which is empty.
fn write(row: &mut [u32], said: Result<Vec<Guidance>, Error>) {
    match said {
        Ok(said) => {
            for guidance in said {
                if let Some(word) = row.get_mut(guidance as usize / 32) {
                    *word |= 1 << (guidance as usize % 32);
                }
            }
        }
        Err(error) => {
            let fact = error.fact().and_then(Fact::from_word).map_or(0, |fact| fact as u32 + 1);
            if let Some(verdict) = row.last_mut() {
                *verdict = (error.kind() as u32 + 1) | (fact << 8);
            }
        }
    }
}

/// Where members come from.
trait Source {
    /// Finds out who of the members from `first` on is in which class, and who has to be answered alone.
    fn classes(&mut self, first: usize, classes: &mut Classes) -> Block;

    /// The answer to one member.
    fn alone(&self, rulebook: &Rulebook, member: usize) -> Result<Vec<Guidance>, Error>;
}
