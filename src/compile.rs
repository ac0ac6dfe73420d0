//! From rules files to a rulebook: named days become cuts, conditions become regions.

use crate::Day;
use crate::cube::{Cube, Effort, Region, Space, mask};
use crate::cuts::Cuts;
use crate::error::Error;
use crate::facts::{Reply, words_of};
use crate::limits::{MOST_CUTS, MOST_OUTCOMES, MOST_ROWS};
use crate::outlook::Outcome;
use crate::profile::{Contact, Profile, Topics};
use crate::read::invalid;
use crate::rule::{Condition, DayName, Span, Test};
use crate::rulebook::{Head, Line, Rulebook};
use crate::situation::Variable;
use crate::vocabulary::Layer;

/// Two rules files on their way to a rulebook.
pub(crate) struct Compiler<'a> {
    pub(crate) national: &'a Profile,
    pub(crate) insurer: Option<&'a Profile>,
    pub(crate) cuts: Cuts,
    pub(crate) space: Space,
    definitions: Vec<(&'a str, Region)>,
    pub(crate) effort: Effort,
}

impl<'a> Compiler<'a> {
    /// Cuts each date at the days that the files name, and at `also`.
    pub(crate) fn new(national: &'a Profile, insurer: Option<&'a Profile>, also: &Cuts) -> Result<Compiler<'a>, Error> {
        if let Some(own) = insurer
            && let Some((name, _)) = own.parameters.iter().find(|(name, _)| national.parameters.get(name).is_some())
        {
            return Err(invalid("the name is taken by a national parameter").at(name).at("parameters").at(&own.id));
        }
        let mut compiler = Compiler {
            national,
            insurer,
            cuts: Cuts::default(),
            space: Cube::whole(|_| 0),
            definitions: Vec::new(),
            effort: Effort::default(),
        };
        compiler.cut(also)?;
        compiler.define()?;
        Ok(compiler)
    }

    pub(crate) fn rulebook(self) -> Result<Rulebook, Error> {
        let mut drafts = Vec::new();
        let answers = self.topics(&mut drafts)?;
        let mut follow_ups = Vec::new();
        let mut outcomes = Vec::new();
        let mut lines = Vec::new();
        for (layer, profile) in self.profiles() {
            let within =
                |error: Error, list: &str, number: usize| error.at(format!("{list}[{number}]")).at(&profile.id);
            for (number, rule) in profile.rules.iter().enumerate() {
                self.draft(layer, profile, rule, &mut drafts).map_err(|error| within(error, "rules", number))?;
            }
            for (number, follow_up) in profile.follow_ups.iter().enumerate() {
                let region = self.region(&follow_up.when).map_err(|error| within(error, "followUps", number))?;
                follow_ups.push((follow_up.fact, region));
            }
            if profile.outcomes.len() > MOST_OUTCOMES {
                return Err(invalid("there are too many").at("outcomes").at(&profile.id));
            }
            for (number, outcome) in profile.outcomes.iter().enumerate() {
                let to = match Reply::read(outcome.fact, &outcome.answer) {
                    Ok(Reply::Word(to)) => Ok(to),
                    Err(error) if words_of(outcome.fact).is_some() => Err(invalid(error.to_string())),
                    _ => Err(invalid(format!("`{}` is a day, which nothing done leads to", outcome.fact))),
                };
                let to = to.map_err(|error| within(error, "outcomes", number))?;
                outcomes.push(Outcome { of: outcome.of, fact: outcome.fact, to });
            }
            for (number, contact) in profile.contacts.iter().enumerate() {
                lines.push(self.line(contact).map_err(|error| within(error, "contacts", number))?);
            }
        }
        let own = self.insurer.unwrap_or(self.national);
        let mut rows = 0;
        for draft in &drafts {
            rows += draft.region.cubes().len();
        }
        for answer in &answers {
            rows += answer.cubes().len();
        }
        if rows > MOST_ROWS {
            return Err(invalid("the rules fall into too many cases").at(&own.id));
        }
        let head = Head {
            insurer: own.id.clone(),
            sources_of: own.sources_of.day,
            review_by: own.review_by.min(self.national.review_by),
            cuts: self.cuts,
            space: self.space,
            follow_ups,
            outcomes,
            lines,
        };
        Ok(Rulebook::compile(head, &drafts, &answers))
    }

    /// The rules files, each with whose word it is.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = (Layer, &'a Profile)> + use<'a> {
        let insurer = self.insurer.map(|insurer| (Layer::Insurer, insurer));
        [Some((Layer::National, self.national)), insurer].into_iter().flatten()
    }

    /// Cuts each date at every day that a condition, an opening or the end of a wait names. A name that means no day
    /// is passed over here: whoever reads the condition knows its place and says so.
    fn cut(&mut self, also: &Cuts) -> Result<(), Error> {
        let mut cuts = also.clone();
        for (_, profile) in self.profiles() {
            for definition in &profile.definitions {
                self.cut_at(&definition.when, &mut cuts);
            }
            for follow_up in &profile.follow_ups {
                self.cut_at(&follow_up.when, &mut cuts);
            }
            match &profile.topics {
                Topics::Concerns(concerns) => {
                    for (_, concern) in concerns.iter() {
                        self.cut_at(&concern.arises, &mut cuts);
                    }
                }
                Topics::Stances(stances) => {
                    for (_, stance) in stances.iter() {
                        for condition in stance.conditions() {
                            self.cut_at(condition, &mut cuts);
                        }
                    }
                }
            }
            for rule in &profile.rules {
                self.cut_at(&rule.when, &mut cuts);
                cuts.insert_if(Variable::AsOf, self.opening(rule).unwrap_or_default());
                let end = self.wait_end(profile, rule).unwrap_or_default();
                cuts.insert_if(Variable::AsOf, end.map(|end| end.plus_days(1)));
            }
        }
        for variable in [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn] {
            let count = cuts.of(variable).0.len();
            if count > MOST_CUTS {
                let own = self.insurer.unwrap_or(self.national);
                let message = format!("the rules name {count} days for `{variable}`, more than {MOST_CUTS}");
                return Err(invalid(message).at(&own.id));
            }
        }
        self.space = Cube::whole(|variable| cuts.classes(variable));
        self.cuts = cuts;
        Ok(())
    }

    pub(crate) fn cut_at(&self, condition: &Condition, cuts: &mut Cuts) {
        for (variable, test) in &condition.tests {
            if let Test::Span(span) = test {
                let (first, last) = self.bounds(span).unwrap_or_default();
                cuts.insert_if(*variable, first);
                cuts.insert_if(*variable, last.map(|last| last.plus_days(1)));
            }
        }
        for parts in [&condition.any, &condition.all] {
            for part in parts {
                self.cut_at(part, cuts);
            }
        }
        if let Some(part) = &condition.not {
            self.cut_at(part, cuts);
        }
    }

    fn define(&mut self) -> Result<(), Error> {
        for (_, profile) in self.profiles() {
            for definition in &profile.definitions {
                let place = |error: Error| error.at(&definition.name).at("definitions").at(&profile.id);
                if self.definitions.iter().any(|(name, _)| *name == definition.name) {
                    return Err(place(invalid("the name is taken")));
                }
                let region = self.region(&definition.when).map_err(place)?;
                self.definitions.push((&definition.name, region));
            }
        }
        Ok(())
    }

    /// Where a condition holds.
    ///
    /// # Errors
    /// `invalid-profile` if it names what is not there, or can never hold.
    pub(crate) fn region(&self, condition: &Condition) -> Result<Region, Error> {
        let mut whole = Region::from(self.tested(&condition.tests)?);
        if !condition.any.is_empty() {
            let mut any = Region::default();
            for part in &condition.any {
                any = any.or(&self.region(part)?, &self.effort);
            }
            whole = whole.and(&any, &self.effort);
        }
        for part in &condition.all {
            whole = whole.and(&self.region(part)?, &self.effort);
        }
        if let Some(part) = &condition.not {
            whole = whole.minus(&self.region(part)?, &self.effort);
        }
        for name in &condition.is {
            let defined = self.definitions.iter().find(|(defined, _)| defined == name);
            let (_, region) = defined.ok_or_else(|| invalid(format!("`{name}` is not defined before it is used")))?;
            whole = whole.and(region, &self.effort);
        }
        self.effort.check()?;
        if whole.is_empty() {
            return Err(invalid("the condition can never hold"));
        }
        Ok(whole)
    }

    /// Where all tests of single variables hold.
    pub(crate) fn tested(&self, tests: &[(Variable, Test)]) -> Result<Cube, Error> {
        let mut cube = self.space;
        for (variable, test) in tests {
            let classes = match test {
                Test::Values(values) => *values,
                Test::Span(span) => {
                    let (first, last) = self.bounds(span)?;
                    self.classes_within(*variable, first, last)
                }
            };
            cube = cube.with(*variable, classes);
        }
        Ok(cube)
    }

    /// The part of a region up to a day, and the part after it.
    pub(crate) fn split(&self, region: &Region, last: Day) -> (Region, Region) {
        let until = mask(self.cuts.of(Variable::AsOf).0.partition_point(|cut| *cut <= last) + 1);
        let of = |classes| region.and(&Region::from(self.space.with(Variable::AsOf, classes)), &self.effort);
        (of(until), of(!until))
    }

    /// The first and the last day of a span.
    fn bounds(&self, span: &Span) -> Result<(Option<Day>, Option<Day>), Error> {
        let after = self.day_if(span.after.as_ref())?.map(|after| after.plus_days(1));
        let first = self.day_if(span.from.as_ref())?.max(after);
        let before = self.day_if(span.before.as_ref())?.map(|before| before.plus_days(-1));
        let last = match (self.day_if(span.to.as_ref())?, before) {
            (Some(to), Some(before)) => Some(to.min(before)),
            (to, before) => to.or(before),
        };
        Ok((first, last))
    }

    /// The day of a name, if there is one.
    fn day_if(&self, name: Option<&DayName>) -> Result<Option<Day>, Error> {
        name.map(|name| self.day(name)).transpose()
    }

    /// The day of a name.
    pub(crate) fn day(&self, name: &DayName) -> Result<Day, Error> {
        let parameter =
            || self.profiles().find_map(|(_, profile)| profile.parameters.get(&name.0)).map(|found| found.day);
        name.written()
            .or_else(parameter)
            .ok_or_else(|| invalid(format!("`{}` is neither a day nor a parameter", name.0)))
    }

    /// A box in words, for whoever writes the rules.
    pub(crate) fn describe(&self, cube: &Cube) -> String {
        let mut said = String::new();
        for variable in cube.constrained(&self.space) {
            if !said.is_empty() {
                said.push_str(" and ");
            }
            said.push_str(variable.word());
            let mut joint = " is ";
            for class in (0..self.cuts.classes(variable)).filter(|class| cube.allows(variable, *class)) {
                said.push_str(joint);
                match variable.values() {
                    Some(values) => said.push_str(values.get(class).copied().unwrap_or_default()),
                    None => said.push_str(&self.cuts.describe(variable, class)),
                }
                joint = " or ";
            }
        }
        said
    }

    fn classes_within(&self, variable: Variable, first: Option<Day>, last: Option<Day>) -> u64 {
        let (days, untold) = self.cuts.of(variable);
        let mut classes = 0;
        let mut start = &Day::MIN;
        for class in 0..=days.len() {
            let inside = first.is_none_or(|first| *start >= first) && last.is_none_or(|last| *start <= last);
            classes |= u64::from(inside) << (class + untold);
            start = days.get(class).unwrap_or(start);
        }
        classes
    }

    pub(crate) fn line(&self, contact: &Contact) -> Result<Line, Error> {
        self.check_sources(&contact.sources)?;
        let (from, to) = (self.day_if(contact.from.as_ref())?, self.day_if(contact.to.as_ref())?);
        Ok(Line { contact: contact.clone(), from, to })
    }
}
