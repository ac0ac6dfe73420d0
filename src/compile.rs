//! From rules files to a rulebook: names become days and regions, waits get their end, silence gets its voice.

use std::collections::BTreeMap;

use crate::Day;
use crate::cube::{Cube, Region, Space, mask};
use crate::error::{Error, ErrorKind};
use crate::profile::{Contact, Definition, FollowUp, Insurer, National, Parameter, Profile};
use crate::rule::{Condition, DayName, Rule, Span, Test};
use crate::rulebook::{Head, Rulebook};
use crate::situation::{Cuts, Variable};
use crate::vocabulary::Layer;

/// A date can be cut at this many days: its classes are bits of a word.
const MOST_CUTS: usize = 62;

/// Something wrong with a rules file, and where.
pub(crate) fn invalid(place: &str, what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::InvalidProfile, format!("{place}: {what}"))
}

/// What the two kinds of rules file have in common.
pub(crate) struct Part<'a> {
    pub(crate) layer: Layer,
    pub(crate) id: &'a str,
    pub(crate) sources_of: Day,
    pub(crate) statements: &'a BTreeMap<String, String>,
    parameters: &'a BTreeMap<String, Parameter>,
    definitions: &'a [Definition],
    follow_ups: &'a [FollowUp],
    rules: &'a [Rule],
    contacts: &'a [Contact],
    pub(crate) forms: Vec<&'a str>,
}

impl<'a> Part<'a> {
    fn of<T>(layer: Layer, profile: &'a Profile<T>) -> Part<'a> {
        Part {
            layer,
            id: &profile.id,
            sources_of: profile.sources_of.day,
            statements: &profile.statements,
            parameters: &profile.parameters,
            definitions: &profile.definitions,
            follow_ups: &profile.follow_ups,
            rules: &profile.rules,
            contacts: &profile.contacts,
            forms: profile.forms.keys().map(String::as_str).collect(),
        }
    }

    pub(crate) fn place(&self, number: usize, rule: &Rule) -> String {
        format!("{}, rule {} ({})", self.id, number + 1, rule.guidance)
    }
}

pub(crate) struct Compiler<'a> {
    pub(crate) national: &'a National,
    pub(crate) insurer: Option<&'a Insurer>,
    pub(crate) parts: Vec<Part<'a>>,
    days: BTreeMap<&'a str, Day>,
    pub(crate) cuts: Cuts,
    pub(crate) space: Space,
    definitions: BTreeMap<&'a str, Region>,
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(national: &'a National, insurer: Option<&'a Insurer>) -> Result<Compiler<'a>, Error> {
        let mut parts = vec![Part::of(Layer::National, national)];
        parts.extend(insurer.map(|insurer| Part::of(Layer::Insurer, insurer)));
        let mut days = BTreeMap::new();
        for part in &parts {
            for (name, parameter) in part.parameters {
                if days.insert(name.as_str(), parameter.day).is_some() {
                    return Err(invalid(part.id, format!("the parameter `{name}` is national already")));
                }
            }
        }
        let space = Cube::whole(|_| 0);
        let mut compiler =
            Compiler { national, insurer, parts, days, cuts: Cuts::default(), space, definitions: BTreeMap::new() };
        compiler.cut()?;
        compiler.define()?;
        Ok(compiler)
    }

    pub(crate) fn rulebook(self) -> Result<Rulebook, Error> {
        let mut drafts = Vec::new();
        let answers = self.topics(&mut drafts)?;
        for part in &self.parts {
            for (number, rule) in part.rules.iter().enumerate() {
                self.draft(part, rule, &part.place(number, rule), &mut drafts)?;
            }
        }
        let mut follow_ups = Vec::new();
        let mut lines = Vec::new();
        for part in &self.parts {
            for follow_up in part.follow_ups {
                let place = format!("{}, follow-up about {}", part.id, follow_up.fact);
                follow_ups.push((follow_up.fact, self.region(&follow_up.when, &place)?));
            }
            for contact in part.contacts {
                lines.push(self.line(part, contact)?);
            }
        }
        let (id, sources_of, review_by) = self
            .insurer
            .map_or((&self.national.id, self.national.sources_of.day, self.national.review_by), |insurer| {
                (&insurer.id, insurer.sources_of.day, insurer.review_by.min(self.national.review_by))
            });
        let head =
            Head { insurer: id.clone(), sources_of, review_by, cuts: self.cuts, space: self.space, follow_ups, lines };
        Ok(Rulebook::compile(head, drafts, &answers))
    }

    /// Cuts each date at every day that a condition, an opening or the end of a wait names.
    fn cut(&mut self) -> Result<(), Error> {
        let mut cuts = Cuts::default();
        for part in &self.parts {
            for definition in part.definitions {
                self.cut_at(&definition.when, &format!("{}, {}", part.id, definition.name), &mut cuts)?;
            }
            for (number, rule) in part.rules.iter().enumerate() {
                let place = part.place(number, rule);
                self.cut_at(&rule.when, &place, &mut cuts)?;
                cuts.as_of.extend(self.opening(rule, &place)?);
                cuts.as_of.extend(self.wait_end(part, rule, &place)?.map(|end| end.plus_days(1)));
            }
            for follow_up in part.follow_ups {
                self.cut_at(&follow_up.when, part.id, &mut cuts)?;
            }
        }
        for (topic, concern) in &self.national.topics {
            self.cut_at(&concern.arises, topic.word(), &mut cuts)?;
        }
        for (topic, stance) in self.insurer.iter().flat_map(|insurer| &insurer.topics) {
            for condition in stance.answers.iter().chain(stance.silent.iter().map(|silence| &silence.when)) {
                self.cut_at(condition, topic.word(), &mut cuts)?;
            }
        }
        for variable in [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn] {
            if let Some(days) = cuts.of_mut(variable) {
                days.sort_unstable();
                days.dedup();
                if days.len() > MOST_CUTS {
                    return Err(invalid(
                        variable.word(),
                        format!("the rules name {} different days, more than {MOST_CUTS}", days.len()),
                    ));
                }
            }
        }
        self.space = Cube::whole(|variable| cuts.classes(variable));
        self.cuts = cuts;
        Ok(())
    }

    fn cut_at(&self, condition: &Condition, place: &str, cuts: &mut Cuts) -> Result<(), Error> {
        for (variable, test) in &condition.tests {
            if let (Test::Span(span), Some(days)) = (test, cuts.of_mut(*variable)) {
                let (first, last) = self.bounds(span, place)?;
                days.extend(first.into_iter().chain(last.map(|last| last.plus_days(1))));
            }
        }
        for part in condition.any.iter().chain(&condition.all).chain(condition.not.as_deref()) {
            self.cut_at(part, place, cuts)?;
        }
        Ok(())
    }

    fn define(&mut self) -> Result<(), Error> {
        for part in &self.parts {
            for definition in part.definitions {
                let place = format!("{}, {}", part.id, definition.name);
                let region = region(self, &definition.when, &place)?;
                if self.definitions.insert(&definition.name, region).is_some() {
                    return Err(invalid(&place, "the name is taken"));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn region(&self, condition: &Condition, place: &str) -> Result<Region, Error> {
        region(self, condition, place)
    }

    /// The first and the last day of a span.
    fn bounds(&self, span: &Span, place: &str) -> Result<(Option<Day>, Option<Day>), Error> {
        let day = |name: &Option<DayName>| name.as_ref().map(|name| self.day(name, place)).transpose();
        let first = day(&span.from)?.into_iter().chain(day(&span.after)?.map(|after| after.plus_days(1))).max();
        let last = day(&span.to)?.into_iter().chain(day(&span.before)?.map(|before| before.plus_days(-1))).min();
        Ok((first, last))
    }

    pub(crate) fn day(&self, name: &DayName, place: &str) -> Result<Day, Error> {
        name.written()
            .or_else(|| self.days.get(name.0.as_str()).copied())
            .ok_or_else(|| invalid(place, format!("`{}` is neither a day nor a parameter", name.0)))
    }

    pub(crate) fn on_or_before(&self, region: &Region, day: Day) -> Result<Region, Error> {
        let classes = self.cuts.as_of.partition_point(|cut| *cut <= day) + 1;
        region.and(&Region::from(self.space.with(Variable::AsOf, mask(classes))))
    }

    pub(crate) fn after(&self, region: &Region, day: Day) -> Result<Region, Error> {
        let classes = self.cuts.as_of.partition_point(|cut| *cut <= day) + 1;
        region.and(&Region::from(self.space.with(Variable::AsOf, !mask(classes))))
    }

    /// A box in words, for whoever writes the rules.
    pub(crate) fn describe(&self, cube: &Cube) -> String {
        let said: Vec<String> = cube
            .constrained(&self.space)
            .map(|variable| {
                let classes = (0..self.cuts.classes(variable)).filter(|class| cube.allows(variable, *class));
                let names: Vec<String> = match variable.values() {
                    Some(values) => {
                        classes.filter_map(|class| values.get(class)).map(|name| (*name).to_owned()).collect()
                    }
                    None => classes.map(|class| self.describe_class(variable, class)).collect(),
                };
                format!("{variable} is {}", names.join(" or "))
            })
            .collect();
        said.join(" and ")
    }

    fn describe_class(&self, variable: Variable, class: usize) -> String {
        let (cuts, class) = match variable {
            Variable::AsOf => (&self.cuts.as_of, Some(class)),
            Variable::EnrolledOn => (&self.cuts.enrolled_on, Some(class)),
            _ => (&self.cuts.ended_on, class.checked_sub(1)),
        };
        match class {
            None => "untold".to_owned(),
            Some(0) => cuts.first().map_or("any day".to_owned(), |cut| format!("before {cut}")),
            Some(class) => cuts.get(class - 1).map_or(String::new(), |cut| format!("from {cut}")),
        }
    }
}

fn region(compiler: &Compiler, condition: &Condition, place: &str) -> Result<Region, Error> {
    let mut cube = compiler.space;
    for (variable, test) in &condition.tests {
        let classes = match test {
            Test::Values(values) => *values,
            Test::Span(span) => {
                let (first, last) = compiler.bounds(span, place)?;
                classes_within(&compiler.cuts, *variable, first, last)
            }
        };
        cube = cube.with(*variable, classes);
    }
    let mut whole = Region::from(cube);
    if !condition.any.is_empty() {
        let mut any = Region::default();
        for part in &condition.any {
            any = any.or(&region(compiler, part, place)?)?;
        }
        whole = whole.and(&any)?;
    }
    for part in &condition.all {
        whole = whole.and(&region(compiler, part, place)?)?;
    }
    if let Some(part) = &condition.not {
        whole = whole.minus(&region(compiler, part, place)?)?;
    }
    for name in &condition.is {
        let defined = compiler
            .definitions
            .get(name.as_str())
            .ok_or_else(|| invalid(place, format!("`{name}` is not defined before it is used")))?;
        whole = whole.and(defined)?;
    }
    if whole.is_empty() {
        return Err(invalid(place, "the condition can never hold"));
    }
    Ok(whole)
}

fn classes_within(cuts: &Cuts, variable: Variable, first: Option<Day>, last: Option<Day>) -> u64 {
    let (days, untold) = match variable {
        Variable::AsOf => (&cuts.as_of, 0),
        Variable::EnrolledOn => (&cuts.enrolled_on, 0),
        _ => (&cuts.ended_on, 1),
    };
    let starts = std::iter::once(&Day::MIN).chain(days);
    starts.enumerate().fold(0, |classes, (class, start)| {
        let inside = first.is_none_or(|first| *start >= first) && last.is_none_or(|last| *start <= last);
        classes | u64::from(inside) << (class + untold)
    })
}
