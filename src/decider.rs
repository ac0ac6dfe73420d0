//! What of a rulebook decides which guidance is given: its cases, without words, sources and reasons.
//!
//! A case is a box (see [`crate::cube`]) and what holds in it. For each class of each variable a bitmap says which boxes
//! allow it; the cases that hold in a situation are the intersection of one bitmap a variable.

use bitmaps::{Bits, Guard, Table, firsts};

use crate::certain::Certain;
use crate::completion::Completions;
use crate::conflict;
use crate::cube::Cube;
use crate::cuts::Cuts;
use crate::error::{Error, ErrorKind};
use crate::facts::Facts;
use crate::guidance::{Guidance, GuidanceSet};
use crate::situation::{Situation, Variable};

/// Decides which guidance is given, without saying why: a part of a [`Rulebook`](crate::Rulebook) that can be written
/// down and read without the rest, see [`Decider::write`].
#[derive(Clone, Debug)]
pub struct Decider {
    pub(crate) cuts: Cuts,
    /// What each statement says.
    pub(crate) said: Vec<Said>,
    /// Those with a statement come before all others.
    pub(crate) cases: Vec<Case>,
    table: Table,
    /// The guidance of each case with a statement, and its kind and saying.
    guidance: Vec<u8>,
    sayings: Vec<(usize, usize)>,
}

/// What a statement says, as far as it matters for which is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    pub(crate) guidance: Guidance,
    /// The number of the first statement that says the same with the same arguments; only the first that holds is said.
    pub(crate) kind: usize,
    /// The number of the first statement that is equal as guidance.
    pub(crate) saying: usize,
}

/// A box, and what holds in it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) cube: Cube,
    pub(crate) meaning: Meaning,
}

/// What holds in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A statement, unless the insurer answers the topic.
    Said { statement: usize, unless_answered: Option<usize> },
    /// That the insurer answers the topic.
    Answered(usize),
}

impl Decider {
    /// Indexes cases, those with a statement first.
    pub(crate) fn new(cuts: Cuts, said: Vec<Said>, cases: Vec<Case>) -> Decider {
        let none = || Bits::none(cases.len());
        let (mut guidance, mut sayings, mut guards) = (Vec::new(), Vec::new(), Vec::new());
        for (number, case) in cases.iter().enumerate() {
            let (topic, gives_way) = match case.meaning {
                Meaning::Said { statement, unless_answered } => {
                    if let Some(said) = said.get(statement) {
                        guidance.push(said.guidance as u8);
                        sayings.push((said.kind, said.saying));
                    }
                    (unless_answered, true)
                }
                Meaning::Answered(topic) => (Some(topic), false),
            };
            let Some(topic) = topic else { continue };
            while guards.len() <= topic {
                guards.push(Guard { answered: none(), otherwise: none() });
            }
            if let Some(Guard { answered, otherwise }) = guards.get_mut(topic) {
                if gives_way { otherwise } else { answered }.insert(number);
            }
        }
        let mut table = Table::new(cases.len(), guards);
        for variable in Variable::ALL {
            let mut allowed = Vec::new();
            for class in 0..cuts.classes(*variable) {
                let mut cases_of_class = none();
                for (number, case) in cases.iter().enumerate() {
                    if case.cube.allows(*variable, class) {
                        cases_of_class.insert(number);
                    }
                }
                allowed.push(cases_of_class);
            }
            table.constrain(*variable as usize, &allowed);
        }
        Decider { cuts, said, cases, table, guidance, sayings }
    }

    /// Which guidance is given. With the core facts known, nothing is allocated.
    ///
    /// # Errors
    /// `inconsistent`, naming two facts, if the facts cannot hold together.
    pub fn decide(&self, facts: &Facts) -> Result<GuidanceSet, Error> {
        match Situation::of(facts, &self.cuts) {
            Some(situation) => conflict::check(facts).map(|()| self.guidance_in(&situation)),
            None => self.settle(facts).map(|(_, certain)| self.guidance_of(&certain.sayings)),
        }
    }

    /// What may be the case, and what holds in all of it.
    pub(crate) fn settle(&self, facts: &Facts) -> Result<(Completions, Certain), Error> {
        conflict::check(facts)?;
        let completions = Completions::of(facts, facts.as_of, &self.cuts);
        let certain = self.certain(&completions);
        if certain.held.is_empty() {
            return Err(Error::new(ErrorKind::Inconsistent, "no answer to what is unknown fits the other facts"));
        }
        Ok((completions, certain))
    }

    /// The cases that hold in a situation.
    pub(crate) fn holding(&self, situation: &Situation) -> Bits {
        self.table.holding(situation.classes())
    }

    /// The guidance of the cases that hold in a situation.
    fn guidance_in(&self, situation: &Situation) -> GuidanceSet {
        let mut guidance = GuidanceSet::default();
        self.table.gather(situation.classes(), &self.guidance, guidance.words_mut());
        guidance
    }

    /// The sayings of what is said where these cases hold, each by the number of the first statement that says it. Of the
    /// statements of a kind, only the first that holds is said.
    pub(crate) fn sayings_of(&self, holding: &Bits) -> Bits {
        firsts(holding, &self.sayings, self.said.len())
    }

    /// The guidance in some sayings.
    pub(crate) fn guidance_of(&self, sayings: &Bits) -> GuidanceSet {
        let mut guidance = GuidanceSet::default();
        for saying in sayings {
            guidance.extend(self.said.get(saying).map(|said| said.guidance));
        }
        guidance
    }
}
