//! Which circumstances are worth bringing up, before anything else does.

use crate::completion::Completions;
use crate::conflict;
use crate::cube::Cube;
use crate::error::Error;
use crate::facts::Facts;
use crate::question::{Asked, Question, with, words_of};
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
        let completions = Completions::of(facts, facts.as_of, &self.cuts);
        let possible: Vec<(Facts, Situation)> =
            completions.iter().filter_map(|complete| Some((*complete, Situation::of(complete, &self.cuts)?))).collect();
        let untold = Fact::ALL.iter().copied().filter(|fact| !Fact::CORE.contains(fact) && facts.get(*fact).is_none());
        Ok(untold.filter_map(|fact| self.circumstance(fact, facts, &possible)).collect())
    }

    fn circumstance(&self, fact: Fact, facts: &Facts, possible: &[(Facts, Situation)]) -> Option<Asked> {
        let is_date = words_of(fact).is_none();
        let mut options = 0;
        // A fact can only matter where a box asks for it, so it is enough to stand next to each.
        for cube in self.boxes().filter(|cube| cube.constrained(&self.space).any(|variable| settles(fact, variable))) {
            for complete in self.beside(cube, fact, facts, possible) {
                let untold = self.tell(&complete);
                for (number, answer) in self.answers(fact, &complete).into_iter().enumerate() {
                    let told = with(&complete, fact, answer).map(|told| self.tell(&told));
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
        let others: Vec<Fact> = Fact::ALL
            .iter()
            .copied()
            .filter(|other| *other != fact && !Fact::CORE.contains(other) && facts.get(*other).is_none())
            .collect();
        let is_beside = |facts: &Facts| !self.misses(cube, facts, |variable| !settles(fact, variable));
        let core = [Variable::Start, Variable::Smartphone, Variable::AsOf, Variable::EnrolledOn];
        let mut near = possible
            .iter()
            .filter(|(_, situation)| core.iter().all(|variable| cube.allows(*variable, situation.class(*variable))));
        let found = near.find_map(|(complete, _)| {
            let mut found = *complete;
            for other in &others {
                let theirs = |variable| settles(*other, variable) && !settles(fact, variable);
                if self.misses(cube, &found, theirs) {
                    let answers = self.answers(*other, &found);
                    let mut answered = answers.into_iter().filter_map(|answer| with(&found, *other, answer));
                    found = answered.find(|told| !self.misses(cube, told, theirs)).unwrap_or(found);
                }
            }
            is_beside(&found).then_some(found)
        });
        let mut beside = Vec::from_iter(found);
        if let Some(complete) = found {
            for partner in others.iter().filter(|other| settle_together(fact, **other)) {
                let answers = self.answers(*partner, &complete);
                let told = answers.into_iter().filter_map(|answer| with(&complete, *partner, answer));
                beside.extend(told.filter(is_beside));
            }
        }
        beside
    }

    /// Whether the facts lie outside the box in one of some variables.
    fn misses(&self, cube: &Cube, facts: &Facts, among: impl Fn(Variable) -> bool) -> bool {
        Situation::of(facts, &self.cuts).is_none_or(|situation| {
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
