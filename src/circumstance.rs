//! Which circumstances are worth bringing up, before anything else does.

use crate::completion::Completions;
use crate::conflict;
use crate::cube::Cube;
use crate::error::Error;
use crate::facts::{Facts, words_of};
use crate::question::{Asked, Question, with};
use crate::rulebook::Rulebook;
use crate::situation::{Situation, Variable};
use crate::vocabulary::Fact;

impl Rulebook {
    /// The untold circumstances that could change the guidance, each with the answers that would: there are possible
    /// answers to everything else with which telling it says something else than leaving it untold. A date has no
    /// options.
    ///
    /// # Errors
    /// `inconsistent` if the facts cannot hold together.
    pub fn circumstances(&self, facts: &Facts) -> Result<Vec<Question>, Error> {
        Ok(self.all_circumstances(facts)?.into_iter().map(Question::from).collect())
    }

    pub(crate) fn all_circumstances(&self, facts: &Facts) -> Result<Vec<Asked>, Error> {
        conflict::check(facts)?;
        let completions = Completions::of(facts, facts.as_of, &self.decider.cuts);
        let mut possible = Vec::new();
        for complete in completions.iter() {
            if let Some(situation) = Situation::of(complete, &self.decider.cuts) {
                possible.push((*complete, situation));
            }
        }
        let mut asked = Vec::new();
        for fact in Fact::ALL {
            if !Fact::CORE.contains(fact) && facts.get(*fact).is_none() {
                asked.extend(self.circumstance(*fact, facts, &possible));
            }
        }
        Ok(asked)
    }

    fn circumstance(&self, fact: Fact, facts: &Facts, possible: &[(Facts, Situation)]) -> Option<Asked> {
        let is_date = words_of(fact).is_none();
        let mut options = 0;
        // A fact can only matter where a box asks for it, so it is enough to stand next to each.
        let cubes = self.decider.cases.iter().map(|case| &case.cube);
        for cube in cubes.filter(|cube| cube.constrained(&self.space).any(|variable| settles(fact, variable))) {
            for complete in self.beside(cube, fact, facts, possible) {
                let untold = self.decider.tell(&complete);
                for (number, answer) in self.answers(fact, &complete).iter().enumerate() {
                    let told = with(&complete, fact, *answer).map(|told| self.decider.tell(&told));
                    if told.is_some_and(|told| !self.alike(&told, &untold)) {
                        if is_date {
                            return Some(Asked { fact, options });
                        }
                        options |= 1 << number;
                    }
                }
            }
        }
        (options != 0).then_some(Asked { fact, options })
    }

    /// Possible answers to everything but `fact` that lie in the box but for what `fact` settles. What can stay untold
    /// does, but for facts that settle something together with `fact`: these also take each answer they have.
    fn beside(&self, cube: &Cube, fact: Fact, facts: &Facts, possible: &[(Facts, Situation)]) -> Vec<Facts> {
        let is_other = |other: &&Fact| **other != fact && !Fact::CORE.contains(other) && facts.get(**other).is_none();
        let is_beside = |facts: &Facts| !self.misses(cube, facts, &|variable| !settles(fact, variable));
        let core = [Variable::Start, Variable::Smartphone, Variable::AsOf, Variable::EnrolledOn];
        let mut beside = Vec::new();
        for (complete, situation) in possible {
            if !core.iter().all(|variable| cube.allows(*variable, situation.class(*variable))) {
                continue;
            }
            let mut found = *complete;
            for other in Fact::ALL.iter().filter(is_other) {
                let theirs = |variable| settles(*other, variable) && !settles(fact, variable);
                if self.misses(cube, &found, &theirs) {
                    let fits = |told: &Facts| !self.misses(cube, told, &theirs);
                    found = self.told_so(*other, &found, &fits).first().copied().unwrap_or(found);
                }
            }
            if is_beside(&found) {
                beside.push(found);
                for partner in Fact::ALL.iter().filter(is_other).filter(|other| settle_together(fact, **other)) {
                    beside.extend(self.told_so(*partner, &found, &is_beside));
                }
                break;
            }
        }
        beside
    }

    /// The facts with each answer to one more that fits them, and fits.
    pub(crate) fn told_so(&self, fact: Fact, facts: &Facts, fits: &dyn Fn(&Facts) -> bool) -> Vec<Facts> {
        let mut told_so = Vec::new();
        for answer in self.answers(fact, facts) {
            if let Some(told) = with(facts, fact, answer).filter(fits) {
                told_so.push(told);
            }
        }
        told_so
    }

    /// Whether the facts lie outside the box in one of some variables.
    fn misses(&self, cube: &Cube, facts: &Facts, among: &dyn Fn(Variable) -> bool) -> bool {
        Situation::of(facts, &self.decider.cuts).is_none_or(|situation| {
            Variable::ALL.iter().any(|variable| among(*variable) && !cube.allows(*variable, situation.class(*variable)))
        })
    }
}

/// Whether there is a variable in which both have a say.
fn settle_together(one: Fact, other: Fact) -> bool {
    Variable::ALL.iter().any(|variable| settles(one, *variable) && settles(other, *variable))
}

/// Whether a circumstance has a say in a variable.
fn settles(fact: Fact, variable: Variable) -> bool {
    match variable {
        Variable::Role => fact == Fact::Role,
        Variable::End => matches!(fact, Fact::EndedOn | Fact::BornOn),
        Variable::EndedOn => fact == Fact::EndedOn,
        Variable::Age => fact == Fact::BornOn,
        Variable::Card | Variable::CardTerm => fact == Fact::CardCertificateExpiresOn,
        Variable::NeedsAssistance => fact == Fact::NeedsAssistance,
        Variable::PortalLogin => matches!(fact, Fact::PortalLogin | Fact::CardCertificateExpiresOn),
        Variable::MyNumberOnFile => fact == Fact::MyNumberOnFile,
        Variable::OldCard => fact == Fact::OldCard,
        Variable::Notice => fact == Fact::Notice,
        Variable::NoticeMismatch => fact == Fact::NoticeMismatch,
        Variable::NameChanged => fact == Fact::NameChanged,
        Variable::RatioChanged => fact == Fact::RatioChanged,
        Variable::Certificate => matches!(fact, Fact::Certificate | Fact::EndedOn | Fact::BornOn),
        Variable::CertificateTerm => fact == Fact::CertificateExpiresOn,
        Variable::Overseas => fact == Fact::Overseas,
        Variable::Start | Variable::Smartphone | Variable::AsOf | Variable::EnrolledOn => false,
    }
}
