//! A rulebook as sets of situations: where each of its rules speaks.

use super::diagram::{Diagrams, Point, Set};
use super::possible;
use crate::compile::Compiler;
use crate::cube::Cube;
use crate::cuts::Cuts;
use crate::error::Error;
use crate::guidance::Guidance;
use crate::profile::{Profile, Topics};
use crate::read::invalid;
use crate::rule::Condition;
use crate::rulebook::{Draft, Statement};
use crate::vocabulary::{Layer, Topic};

/// The situations that rulebooks and claims can be compared over.
pub(crate) struct World {
    pub(crate) cuts: Cuts,
    pub(crate) diagrams: Diagrams,
    /// Those that some member can be in.
    pub(crate) possible: Set,
    /// How many combinations of facts were tried to know that.
    pub(crate) tried: u64,
    /// The situation of which the least is to be said.
    pub(crate) usual: Point,
}

/// One rulebook over a world.
pub(crate) struct Book<'a> {
    pub(crate) compiler: Compiler<'a>,
    pub(crate) lines: Vec<Line>,
}

/// What a rule, or an insurer's silence on a topic, lets be said.
pub(crate) struct Line {
    /// Where it stands in the files.
    pub(crate) place: String,
    pub(crate) layer: Layer,
    pub(crate) statement: Statement,
    /// Where it holds.
    pub(crate) holds: Set,
    /// Where it is said: where it holds and nothing before it says the same.
    pub(crate) said: Set,
}

impl World {
    pub(crate) fn over(compiler: &Compiler) -> World {
        let cuts = compiler.cuts.clone();
        let mut diagrams = Diagrams::over(compiler.space);
        let (possible, tried) = possible::possible(&cuts, &mut diagrams);
        let usual = possible::usual(&cuts);
        World { cuts, diagrams, possible, tried, usual }
    }

    /// Where a condition holds. `defined` is what it may name.
    pub(crate) fn condition(
        &mut self,
        compiler: &Compiler,
        condition: &Condition,
        defined: &[(String, Set)],
    ) -> Result<Set, Error> {
        let cube = compiler.tested(&condition.tests)?;
        let mut whole = self.diagrams.of_cube(&cube);
        if !condition.any.is_empty() {
            let mut any = Set::NONE;
            for part in &condition.any {
                let part = self.condition(compiler, part, defined)?;
                any = self.diagrams.or(any, part);
            }
            whole = self.diagrams.and(whole, any);
        }
        for part in &condition.all {
            let part = self.condition(compiler, part, defined)?;
            whole = self.diagrams.and(whole, part);
        }
        if let Some(part) = &condition.not {
            let part = self.condition(compiler, part, defined)?;
            whole = self.diagrams.minus(whole, part);
        }
        for name in &condition.is {
            let found = defined.iter().find(|(defined, _)| defined == name);
            let (_, set) = found.ok_or_else(|| invalid(format!("`{name}` is not defined before it is used")))?;
            whole = self.diagrams.and(whole, *set);
        }
        Ok(whole)
    }

    /// The situations of a set that there can be.
    pub(crate) fn count(&mut self, set: Set) -> u64 {
        let possible = self.diagrams.and(set, self.possible);
        u64::try_from(self.diagrams.count(possible)).unwrap_or(u64::MAX)
    }

    /// A set by a few boxes, `most` at most.
    pub(crate) fn boxes(&mut self, set: Set, most: usize) -> Vec<Cube> {
        self.diagrams.boxes(set, self.possible, &self.usual, most)
    }
}

impl<'a> Book<'a> {
    /// The rules over a world that was made of the same cuts as the compiler.
    pub(crate) fn of(compiler: Compiler<'a>, world: &mut World) -> Result<Book<'a>, Error> {
        let mut drafts: Vec<(String, Draft)> = Vec::new();
        let mut asked = Vec::new();
        let answers = compiler.topics(&mut asked)?;
        let own = compiler.insurer.unwrap_or(compiler.national);
        drafts.extend(asked.into_iter().map(|draft| (format!("{}.topics", own.id), draft)));
        for (layer, profile) in compiler.profiles() {
            for (number, rule) in profile.rules.iter().enumerate() {
                let mut of_rule = Vec::new();
                compiler.draft(layer, profile, rule, &mut of_rule)?;
                let place = place(profile, number, rule.guidance);
                drafts.extend(of_rule.into_iter().map(|draft| (place.clone(), draft)));
            }
        }
        let answers: Vec<Set> = answers.iter().map(|region| world.diagrams.of_cubes(region.cubes())).collect();
        let mut lines: Vec<Line> = Vec::new();
        for (guidance, layer) in
            Guidance::ALL.iter().flat_map(|guidance| [(*guidance, Layer::Insurer), (*guidance, Layer::National)])
        {
            let here = |draft: &Draft| draft.statement.guidance == guidance && draft.statement.layer == layer;
            for (place, draft) in drafts.iter().filter(|(_, draft)| here(draft)) {
                let region = world.diagrams.of_cubes(draft.region.cubes());
                let answered = draft.unless_answered.and_then(|topic| answers.get(topic)).copied();
                let open = world.diagrams.minus(region, answered.unwrap_or(Set::NONE));
                let holds = world.diagrams.and(open, world.possible);
                let mut said = holds;
                for before in lines.iter().filter(|line| line.statement.is_like(&draft.statement)) {
                    said = world.diagrams.minus(said, before.holds);
                }
                let statement = draft.statement.clone();
                lines.push(Line { place: place.clone(), layer, statement, holds, said });
            }
        }
        Ok(Book { compiler, lines })
    }

    /// The lines of the insurer's own file, or of the national one where there is no other.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Line> + Clone {
        let layer = if self.compiler.insurer.is_some() { Layer::Insurer } else { Layer::National };
        self.lines.iter().filter(move |line| line.layer == layer)
    }

    /// Where any line is said that `which` picks.
    pub(crate) fn said(&self, world: &mut World, which: impl Fn(&Statement) -> bool) -> Set {
        let lines = self.lines.iter().filter(|line| which(&line.statement));
        world.diagrams.union(lines.map(|line| line.said))
    }

    /// The topics on which the insurer is silent, and where.
    pub(crate) fn silences(&self, world: &mut World) -> Result<Vec<(Topic, Set)>, Error> {
        let mut silences = Vec::new();
        let Some(insurer) = self.compiler.insurer else { return Ok(silences) };
        let (Topics::Concerns(concerns), Topics::Stances(stances)) = (&self.compiler.national.topics, &insurer.topics)
        else {
            return Ok(silences);
        };
        for (topic, concern) in concerns.iter() {
            let arises = self.compiler.region(&concern.arises)?;
            let mut silent = world.diagrams.of_cubes(arises.cubes());
            if let Some(answers) = stances.get(topic).and_then(|stance| stance.answers.as_ref()) {
                let answers = self.compiler.region(answers)?;
                let answers = world.diagrams.of_cubes(answers.cubes());
                silent = world.diagrams.minus(silent, answers);
            }
            silences.push((*topic, world.diagrams.and(silent, world.possible)));
        }
        Ok(silences)
    }
}

/// Where a rule stands, and what it says.
fn place(profile: &Profile, number: usize, guidance: Guidance) -> String {
    format!("{}.rules[{number}] {guidance}", profile.id)
}
