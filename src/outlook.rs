//! When the guidance changes if nothing else does, and what the member could do to make it simpler.

use bitmaps::Bits;
use serde::Serialize;

use crate::Day;
use crate::certain::{Certain, Told};
use crate::date::Days;
use crate::facts::{CARDS_END, Facts, Reply, Value};
use crate::guidance::{Guidance, Section};
use crate::question::with;
use crate::rulebook::{Rulebook, Statement};
use crate::situation::{NEW_DAYS, Variable, has_no_portal_by_default, turning_days};
use crate::vocabulary::{Card, Fact};

/// A day ahead on which guidance starts or ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Change {
    /// The day.
    pub on: Day,
    /// What is said from that day on.
    pub starts: Vec<Guidance>,
    /// What is no longer said from that day on.
    pub ends: Vec<Guidance>,
}

/// One or two answers that the member can change, and what that would make simpler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Alternative {
    /// The answers that would be other ones.
    pub changes: Vec<Answer>,
    /// What the member does to get there.
    pub through: Vec<Guidance>,
    /// What would be said then.
    pub starts: Vec<Guidance>,
    /// What would no longer be said.
    pub ends: Vec<Guidance>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Answer {
    /// The fact.
    pub fact: Fact,
    /// Its value.
    pub to: Value,
}

/// How much a member has to bear: to be without proof weighs most, then everything to do, to wait for and to ask.
type Burden = (bool, usize);

/// What doing something leads to: whoever has done it answers a fact differently.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome {
    pub(crate) of: Guidance,
    pub(crate) fact: Fact,
    /// The place of the answer among those to choose from.
    pub(crate) to: usize,
}

/// What would be after one or two outcomes.
struct Way {
    /// What the member did, each time, and the answer that it changed.
    steps: [Option<(Guidance, Answer)>; 2],
    told: Told,
    burden: Burden,
}

impl Rulebook {
    /// The days after the one asked about on which what is certain changes. Guidance whose arguments change both ends
    /// and starts.
    pub(crate) fn changes(&self, facts: &Facts, certain: &Certain) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut before = Told { facts: *facts, sayings: certain.sayings.clone() };
        for day in self.days_ahead(facts) {
            let then = Facts { as_of: day, ..*facts };
            let sayings = self.decider.agreed(&then, facts.as_of);
            // What follows from facts is another day only with other facts.
            if sayings != before.sayings {
                let after = Told { facts: then, sayings };
                let (starts, ends) = self.between(&before, &after);
                if !starts.is_empty() || !ends.is_empty() {
                    changes.push(Change { on: day, starts, ends });
                }
                before = after;
            }
        }
        changes
    }

    /// The days ahead on which anything can change, in order: days that rules name, days on which a derived fact
    /// turns, and, while the day of enrolment is unknown, the same days for the first and last of each stretch of
    /// days it may lie in.
    #[must_use]
    pub fn days_ahead(&self, facts: &Facts) -> Vec<Day> {
        let mut ahead = Days::default();
        let mut add = |day: Day| {
            if day > facts.as_of {
                ahead.insert(day);
            }
        };
        let (named, _) = self.decider.cuts.of(Variable::AsOf);
        named.iter().copied().for_each(&mut add);
        turning_days(facts).for_each(&mut add);
        if facts.enrolled_on.is_none() {
            let mut firsts = self.decider.cuts.of(Variable::EnrolledOn).0.to_vec();
            firsts.push(CARDS_END);
            firsts.extend(facts.born_on.map(|born| born.birthday(75)));
            for day in [facts.ended_on, facts.born_on, facts.certificate_expires_on].into_iter().flatten() {
                firsts.push(day);
                firsts.push(day.plus_days(1));
            }
            for first in firsts {
                for day in [first, first.plus_days(-1)] {
                    add(day);
                    add(day.plus_days(NEW_DAYS + 1));
                }
            }
        }
        ahead.into_vec()
    }

    /// The ways to a simpler life that there are whatever the answers to what is unknown, with what each of these
    /// answers lets start and end.
    pub(crate) fn alternatives(&self, certain: &Certain) -> Vec<Alternative> {
        let mut common: Option<Vec<Alternative>> = None;
        for held in &certain.held {
            let here = self.alternatives_for(&held.told);
            let both = match common {
                None => here,
                Some(ways) => {
                    let mut both = Vec::new();
                    for mut way in ways {
                        if let Some(same) = here.iter().find(|other| other.changes == way.changes) {
                            keep(&mut way.starts, &same.starts);
                            keep(&mut way.ends, &same.ends);
                            both.push(way);
                        }
                    }
                    both
                }
            };
            if both.is_empty() {
                return both;
            }
            common = Some(both);
        }
        common.unwrap_or_default()
    }

    /// Outcomes of what the member is told to do, alone or two together, that leave less to bear than now; two only
    /// if they leave less than either.
    fn alternatives_for(&self, now: &Told) -> Vec<Alternative> {
        let most = self.burden(now);
        let mut least = most;
        let (mut reached, mut ways): (Vec<Facts>, Vec<Alternative>) = Default::default();
        let mut add = |way: &Way, below| {
            if way.burden >= below {
                return;
            }
            let steps = way.steps.iter().flatten();
            let place = reached.iter().position(|facts| *facts == way.told.facts);
            if let Some(other) = place.and_then(|place| ways.get_mut(place)) {
                for (done, _) in steps {
                    if !other.through.contains(done) {
                        other.through.push(*done);
                    }
                }
            } else {
                let (mut through, mut changes) = (Vec::new(), Vec::new());
                for (done, answer) in steps {
                    through.push(*done);
                    changes.push(*answer);
                }
                let (starts, ends) = self.between(now, &way.told);
                reached.push(way.told.facts);
                ways.push(Alternative { changes, through, starts, ends });
            }
        };
        let single = self.ways_on(now, None);
        for way in &single {
            add(way, most);
            least = least.min(way.burden);
        }
        for way in &single {
            let [first, _] = way.steps;
            for further in self.ways_on(&way.told, first) {
                add(&further, least);
            }
        }
        ways
    }

    /// Where one more outcome of what is said leads, each to an answer that was not told yet; `before` is the step that
    /// was taken already, if one was.
    fn ways_on(&self, from: &Told, before: Option<(Guidance, Answer)>) -> Vec<Way> {
        let said = self.decider.guidance_of(&from.sayings);
        let mut ways = Vec::new();
        for Outcome { of, fact, to } in &self.outcomes {
            if said.contains(*of)
                && before.is_none_or(|(_, answer)| answer.fact != *fact)
                && let Some(facts) = from.facts.after(*fact, *to)
                && let Some(to) = facts.get(*fact)
                && from.facts.get(*fact) != Some(to)
            {
                let step = Some((*of, Answer { fact: *fact, to }));
                let steps = if before.is_none() { [step, None] } else { [before, step] };
                let told = self.decider.tell(&facts);
                ways.push(Way { steps, burden: self.burden(&told), told });
            }
        }
        ways
    }

    fn burden(&self, told: &Told) -> Burden {
        let (mut is_without, mut bearing) = (false, 0);
        for saying in &told.sayings {
            if let Some(statement) = self.statements.get(saying) {
                is_without |= statement.guidance == Guidance::NoValidProof;
                let section = statement.guidance.section();
                bearing += usize::from(matches!(section, Section::Do | Section::Wait | Section::Ask));
            }
        }
        (is_without, bearing)
    }

    /// What is said after and was not before, and what is no longer said.
    fn between(&self, before: &Told, after: &Told) -> (Vec<Guidance>, Vec<Guidance>) {
        let (mut old, mut new) = (before.sayings.clone(), after.sayings.clone());
        // Days in the same saying are the same, if they follow from the same facts.
        if before.follows_like(after) {
            old.remove(&after.sayings);
            new.remove(&before.sayings);
        }
        let (old, new) = ((&old, &before.facts), (&new, &after.facts));
        (self.only(new, old), self.only(old, new))
    }

    /// What one is told and the other is not.
    fn only(&self, (mine, me): (&Bits, &Facts), (theirs, them): (&Bits, &Facts)) -> Vec<Guidance> {
        let guidance_of_theirs = self.decider.guidance_of(theirs);
        let is_theirs = |my| theirs.iter().any(|their| self.says_same((my, me), (their, them)));
        let mut only = Vec::new();
        for my in mine {
            if let Some(Statement { guidance, .. }) = self.statements.get(my)
                // By far the most can be told apart by the guidance alone.
                && !(guidance_of_theirs.contains(*guidance) && is_theirs(my))
            {
                only.push(*guidance);
            }
        }
        only
    }
}

/// Keeps what others have too.
fn keep(ids: &mut Vec<Guidance>, others: &[Guidance]) {
    ids.retain(|id| others.contains(id));
}

impl Facts {
    /// The facts once an outcome is reached, unless they cannot hold together or there is no way there: nobody is
    /// helped to log in with a 電子証明書 that has ended. Another card has another 電子証明書, and what its state ruled
    /// out is open again.
    fn after(&self, fact: Fact, to: usize) -> Option<Facts> {
        if fact == Fact::PortalLogin && has_no_portal_by_default(self) {
            return None;
        }
        let mut facts = *self;
        if fact == Fact::Card {
            facts.card_certificate_expires_on = None;
            if facts.card.is_some_and(Card::rules_out_portal) {
                facts.portal_login = None;
            }
        }
        with(&facts, fact, Reply::Word(to))
    }
}
