//! From rules files to a rulebook: named days become cuts, conditions become regions.

use crate::Day;
use crate::cube::{Cube, Effort, Region, Space, mask};
use crate::error::Error;
use crate::limits::{MOST_CUTS, MOST_OUTCOMES, MOST_ROWS};
use crate::profile::{Contact, Profile, Topics};
use crate::read::invalid;
use crate::rule::{Condition, DayName, Span, Test};
use crate::rulebook::{Head, Line, Rulebook};
use crate::situation::{Cuts, Variable};
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
                // What it leads to has to be an answer that there is.
                let answered = crate::Facts::on(Day::MIN).tell(outcome.fact, &outcome.answer);
                answered.map_err(|error| within(invalid(error.to_string()), "outcomes", number))?;
                outcomes.push(outcome.clone());
            }
            for (number, contact) in profile.contacts.iter().enumerate() {
                lines.push(self.line(contact).map_err(|error| within(error, "contacts", number))?);
            }
        }
        let own = self.insurer.unwrap_or(self.national);
        let regions = drafts.iter().map(|draft| &draft.region).chain(&answers);
        let rows: usize = regions.map(|region| region.cubes().len()).sum();
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
        [(Layer::National, self.national)].into_iter().chain(self.insurer.map(|insurer| (Layer::Insurer, insurer)))
    }

    /// Every condition in the files.
    fn conditions(&self) -> Vec<&'a Condition> {
        let mut all = Vec::new();
        for (_, profile) in self.profiles() {
            all.extend(profile.definitions.iter().map(|definition| &definition.when));
            all.extend(profile.rules.iter().map(|rule| &rule.when));
            all.extend(profile.follow_ups.iter().map(|follow_up| &follow_up.when));
            match &profile.topics {
                Topics::Concerns(concerns) => all.extend(concerns.iter().map(|(_, concern)| &concern.arises)),
                Topics::Stances(stances) => {
                    for (_, stance) in stances.iter() {
                        all.extend(stance.answers.iter());
                        all.extend(stance.silent.iter().map(|silence| &silence.when));
                    }
                }
            }
        }
        all
    }

    /// Cuts each date at every day that a condition, an opening or the end of a wait names. A name that means no day
    /// is passed over here: whoever reads the condition knows its place and says so.
    fn cut(&mut self, also: &Cuts) -> Result<(), Error> {
        let mut cuts = also.clone();
        for condition in self.conditions() {
            self.cut_at(condition, &mut cuts);
        }
        for (_, profile) in self.profiles() {
            for rule in &profile.rules {
                let opening = self.opening(rule).unwrap_or_default();
                let end = self.wait_end(profile, rule).unwrap_or_default();
                for day in [opening, end.map(|end| end.plus_days(1))].into_iter().flatten() {
                    cuts.insert(Variable::AsOf, day);
                }
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
                for day in [first, last.map(|last| last.plus_days(1))].into_iter().flatten() {
                    cuts.insert(*variable, day);
                }
            }
        }
        for part in condition.any.iter().chain(&condition.all).chain(condition.not.as_deref()) {
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
                any = any.or(&self.region(part)?, &self.effort)?;
            }
            whole = whole.and(&any, &self.effort)?;
        }
        for part in &condition.all {
            whole = whole.and(&self.region(part)?, &self.effort)?;
        }
        if let Some(part) = &condition.not {
            whole = whole.minus(&self.region(part)?, &self.effort)?;
        }
        for name in &condition.is {
            let defined = self.definitions.iter().find(|(defined, _)| defined == name);
            let (_, region) = defined.ok_or_else(|| invalid(format!("`{name}` is not defined before it is used")))?;
            whole = whole.and(region, &self.effort)?;
        }
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
    pub(crate) fn split(&self, region: &Region, last: Day) -> Result<(Region, Region), Error> {
        let until = mask(self.cuts.of(Variable::AsOf).0.partition_point(|cut| *cut <= last) + 1);
        let of = |classes| region.and(&Region::from(self.space.with(Variable::AsOf, classes)), &self.effort);
        Ok((of(until)?, of(!until)?))
    }

    /// The first and the last day of a span.
    fn bounds(&self, span: &Span) -> Result<(Option<Day>, Option<Day>), Error> {
        let day = |name: &Option<DayName>| name.as_ref().map(|name| self.day(name)).transpose();
        let first = day(&span.from)?.into_iter().chain(day(&span.after)?.map(|after| after.plus_days(1))).max();
        let last = day(&span.to)?.into_iter().chain(day(&span.before)?.map(|before| before.plus_days(-1))).min();
        Ok((first, last))
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
        let starts = std::iter::once(&Day::MIN).chain(days);
        starts.enumerate().fold(0, |classes, (class, start)| {
            let inside = first.is_none_or(|first| *start >= first) && last.is_none_or(|last| *start <= last);
            classes | u64::from(inside) << (class + untold)
        })
    }

    pub(crate) fn line(&self, contact: &Contact) -> Result<Line, Error> {
        self.check_sources(&contact.sources)?;
        let day = |name: &Option<DayName>| name.as_ref().map(|name| self.day(name)).transpose();
        Ok(Line { contact: contact.clone(), from: day(&contact.from)?, to: day(&contact.to)? })
    }
}
