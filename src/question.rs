//! What is worth asking next.

use serde::Serialize;

use crate::Day;
use crate::certain::{Certain, Told};
use crate::completion::{Completions, stretches};
use crate::conflict;
use crate::error::Error;
use crate::facts::{Facts, Reply, words_of};
use crate::rulebook::Rulebook;
use crate::vocabulary::{Fact, words};

/// The next fact worth asking about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Question {
    /// The fact.
    pub fact: Fact,
    /// How it is answered.
    pub kind: Kind,
    /// The possible answers; none for a date.
    pub options: Vec<String>,
}

words! {
    /// How a question is answered.
    pub enum Kind {
        /// By one of the options.
        Choice = "choice",
        /// By a day.
        Date = "date",
    }
}

/// A fact worth asking about, and the answers to choose from, one bit for each of its words; none for a date.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) fact: Fact,
    pub(crate) options: u32,
}

impl From<Asked> for Question {
    fn from(asked: Asked) -> Question {
        let Asked { fact, options } = asked;
        match words_of(fact) {
            None => Question { fact, kind: Kind::Date, options: Vec::new() },
            Some(words) => {
                let open = words.iter().enumerate().filter(|(number, _)| options >> number & 1 == 1);
                Question { fact, kind: Kind::Choice, options: open.map(|(_, word)| (*word).to_owned()).collect() }
            }
        }
    }
}

impl Rulebook {
    /// All facts worth asking about, the next one first: those of which two possible answers, completed alike, give
    /// different guidance. Core facts come in their order, then the circumstances that what is told brings up.
    ///
    /// Whoever cannot answer the first may be asked the next.
    ///
    /// # Errors
    /// `inconsistent` if the facts cannot hold together.
    pub fn questions(&self, facts: &Facts) -> Result<Vec<Question>, Error> {
        Ok(self.all_asked(facts)?.into_iter().map(Question::from).collect())
    }

    pub(crate) fn all_asked(&self, facts: &Facts) -> Result<Vec<Asked>, Error> {
        conflict::check(facts)?;
        let completions = Completions::of(facts, facts.as_of, &self.decider.cuts);
        let certain = self.decider.certain(&completions);
        let mut asked = Vec::new();
        for fact in self.open(facts, &completions, &certain, usize::MAX) {
            asked.push(self.ask_about(fact, facts));
        }
        Ok(asked)
    }

    /// The first of them.
    pub(crate) fn question(&self, facts: &Facts, completions: &Completions, certain: &Certain) -> Option<Asked> {
        self.open(facts, completions, certain, 1).first().map(|fact| self.ask_about(*fact, facts))
    }

    /// The facts worth asking about, the next one first, and so many at most.
    fn open(&self, facts: &Facts, completions: &Completions, certain: &Certain, most: usize) -> Vec<Fact> {
        let mut open = Vec::new();
        if !facts.knows_core() {
            let views = completions.beside(&certain.held);
            for fact in Fact::CORE {
                let differ = || completions.differ(fact, &views, |one, other| self.alike(&one.told, &other.told));
                if open.len() < most && facts.get(fact).is_none() && differ() {
                    open.push(fact);
                }
            }
        }
        for fact in self.brought_up(facts, certain) {
            if open.len() < most
                && !open.contains(&fact)
                && certain.held.iter().any(|held| self.matters(fact, &held.told.facts))
            {
                open.push(fact);
            }
        }
        open
    }

    /// The circumstances that what is told brings up, whether or not they matter.
    pub(crate) fn brought_up(&self, facts: &Facts, certain: &Certain) -> impl Iterator<Item = Fact> {
        let untold = self.follow_ups.iter().filter(|(fact, _)| facts.get(*fact).is_none());
        let brought_up = untold.filter(|(_, when)| certain.held.iter().all(|held| when.contains(&held.situation)));
        brought_up.map(|(fact, _)| *fact)
    }

    /// Whether two answers to a circumstance give different guidance, all else being known.
    fn matters(&self, fact: Fact, complete: &Facts) -> bool {
        let mut first: Option<Told> = None;
        for answer in self.answers(fact, complete) {
            let Some(answered) = with(complete, fact, answer) else { continue };
            let told = self.decider.tell(&answered);
            match &first {
                None => first = Some(told),
                Some(first) if !self.alike(&told, first) => return true,
                Some(_) => {}
            }
        }
        false
    }

    /// The facts with each answer to one more that can be told apart and fits the others; of a date the first and the
    /// last day of each stretch that can be. The core facts have to be told, but for the one asked about.
    #[must_use]
    pub fn answered(&self, fact: Fact, facts: &Facts) -> Vec<Facts> {
        self.told_so(fact, facts, &|_| true)
    }

    /// The answers to a fact that can be told apart.
    pub(crate) fn answers(&self, fact: Fact, complete: &Facts) -> Vec<Reply> {
        if let Some(words) = words_of(fact) {
            return (0..words.len()).map(Reply::Word).collect();
        }
        let firsts = stretches(fact, complete, &self.decider.cuts);
        // Two days a class, for guidance that names the day itself or follows from it.
        let mut answers = Vec::new();
        for (number, first) in firsts.iter().enumerate() {
            let last = firsts.get(number + 1).map_or(Day::MAX, |next| next.plus_days(-1));
            answers.push(Reply::Day(*first));
            answers.push(Reply::Day(last));
        }
        answers
    }

    fn ask_about(&self, fact: Fact, facts: &Facts) -> Asked {
        let mut options = 0;
        for number in 0..words_of(fact).map_or(0, <[_]>::len) {
            let possible = with(facts, fact, Reply::Word(number)).is_some_and(|answered| {
                Completions::of(&answered, answered.as_of, &self.decider.cuts).iter().next().is_some()
            });
            options |= u32::from(possible) << number;
        }
        Asked { fact, options }
    }
}

/// The facts with one more told, unless that cannot be.
pub(crate) fn with(facts: &Facts, fact: Fact, answer: Reply) -> Option<Facts> {
    let mut answered = *facts;
    answered.set(fact, answer);
    conflict::is_consistent(&answered).then_some(answered)
}
