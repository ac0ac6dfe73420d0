//! What a rules file says, as statements and where they hold: waits get their end, silence gets its voice.

use crate::Day;
use crate::compile::{Compiler, Part, invalid};
use crate::cube::Region;
use crate::error::Error;
use crate::guidance::{Argument, Guidance, Section};
use crate::profile::{Contact, Stance};
use crate::rule::{DayName, Expression, Rule};
use crate::rulebook::{Draft, Known, Line, Statement};
use crate::vocabulary::{Layer, Topic};

impl Compiler<'_> {
    /// The regions that the insurer answers, a topic each; what it does not answer becomes drafts that say to ask.
    pub(crate) fn topics(&self, drafts: &mut Vec<Draft>) -> Result<Vec<Region>, Error> {
        let mut answers = Vec::new();
        for (number, (topic, concern)) in self.national.topics.iter().enumerate() {
            let place = format!("topic {topic}");
            let arises = self.region(&concern.arises, &place)?;
            let Some(insurer) = self.insurer else {
                drafts.push(ask(Layer::National, *topic, arises, &concern.sources, None));
                continue;
            };
            let place = format!("{}, {place}", insurer.id);
            let stance = insurer.topics.get(topic).ok_or_else(|| {
                invalid(&place, "say which situations the material answers, and on which it is silent")
            })?;
            answers.push(self.stance(*topic, number, stance, &arises, &place, drafts)?);
        }
        if let Some((insurer, topic)) = self.insurer.and_then(|insurer| {
            insurer.topics.keys().find(|topic| !self.national.topics.contains_key(topic)).map(|topic| (insurer, topic))
        }) {
            return Err(invalid(&insurer.id, format!("topic {topic} is not one that insurers answer")));
        }
        Ok(answers)
    }

    fn stance(
        &self,
        topic: Topic,
        number: usize,
        stance: &Stance,
        arises: &Region,
        place: &str,
        drafts: &mut Vec<Draft>,
    ) -> Result<Region, Error> {
        let answered = stance.answers.as_ref().map_or(Ok(Region::default()), |when| self.region(when, place))?;
        let mut open = arises.minus(&answered)?;
        for silence in &stance.silent {
            let region = self.region(&silence.when, place)?;
            self.check_sources(&silence.sources, place)?;
            drafts.push(ask(Layer::Insurer, topic, arises.and(&region)?, &silence.sources, Some(number)));
            open = open.minus(&region)?;
        }
        match open.cubes().first() {
            None => Ok(answered),
            Some(cube) => Err(invalid(place, format!("neither answered nor silent where {}", self.describe(cube)))),
        }
    }

    /// A rule becomes one statement; something awaited or not yet open becomes two, before and after the day.
    pub(crate) fn draft(&self, part: &Part, rule: &Rule, place: &str, drafts: &mut Vec<Draft>) -> Result<(), Error> {
        self.check(part, rule, place)?;
        let region = self.region(&rule.when, place)?.primes()?;
        let unless_answered = (part.layer == Layer::National && self.insurer.is_some())
            .then(|| self.national.topics.keys().position(|topic| *topic == rule.topic))
            .flatten();
        let by = rule.by.as_ref().map(|by| self.known(by, place)).transpose()?;
        let about = rule.guidance.arguments().contains(&Argument::About);
        let mut args: Vec<_> = about.then(|| (Argument::About, about_topic(rule.topic))).into_iter().collect();
        for (argument, value) in &rule.args {
            args.push((*argument, self.known(value, place)?));
        }
        let statement =
            Statement { guidance: rule.guidance, layer: part.layer, args, by, sources: rule.sources.clone(), kind: 0 };

        let (mut early, mut late) = (None, None);
        let mut now = region.clone();
        if let Some(opens) = self.opening(rule, place)? {
            early = Some((self.on_or_before(&region, opens.plus_days(-1))?, opens));
            now = self.after(&region, opens.plus_days(-1))?;
        } else if let Some(end) = self.wait_end(part, rule, place)? {
            late = Some(self.after(&region, end)?);
            now = self.on_or_before(&region, end)?;
        }
        if let Some((region, opens)) = early {
            let statement = Statement {
                guidance: Guidance::AwaitApplication,
                args: vec![(Argument::From, Known::Day(opens))],
                by: None,
                ..statement.clone()
            };
            drafts.push(Draft { statement, region, unless_answered });
        }
        if let Some(region) = late {
            drafts.push(ask(part.layer, rule.topic, region, &rule.sources, unless_answered));
        }
        if rule.guidance == Guidance::ContradictorySource {
            drafts.push(ask(part.layer, rule.topic, now.clone(), &rule.sources, unless_answered));
        }
        drafts.push(Draft { statement, region: now, unless_answered });
        Ok(())
    }

    fn check(&self, part: &Part, rule: &Rule, place: &str) -> Result<(), Error> {
        self.check_sources(&rule.sources, place)?;
        for (argument, value) in &rule.args {
            if !rule.guidance.arguments().contains(argument) {
                return Err(invalid(place, format!("there is no argument `{argument}`")));
            }
            if *argument == Argument::About {
                return Err(invalid(place, "what it is about is its topic"));
            }
            if let (Argument::Form, Expression::Text(form)) = (argument, value)
                && !part.forms.contains(&form.as_str())
            {
                return Err(invalid(place, format!("`{form}` is not among the forms")));
            }
        }
        if rule.guidance == Guidance::AwaitApplication {
            return Err(invalid(place, "give the application itself the day it `opens`"));
        }
        Ok(())
    }

    pub(crate) fn check_sources(&self, sources: &[String], place: &str) -> Result<(), Error> {
        if sources.is_empty() {
            return Err(invalid(place, "it rests on no source"));
        }
        match sources.iter().find(|id| !self.parts.iter().any(|part| part.statements.contains_key(*id))) {
            None => Ok(()),
            Some(id) => Err(invalid(place, format!("`{id}` is not a statement"))),
        }
    }

    pub(crate) fn opening(&self, rule: &Rule, place: &str) -> Result<Option<Day>, Error> {
        rule.opens.as_ref().map(|opens| self.fixed(opens, place)).transpose()
    }

    /// The last day of a wait: the day it names, the end of the month it names, or a year after the material.
    pub(crate) fn wait_end(&self, part: &Part, rule: &Rule, place: &str) -> Result<Option<Day>, Error> {
        if rule.guidance.section() != Section::Wait {
            return Ok(None);
        }
        if let Some(by) = &rule.by {
            return self.fixed(by, place).map(Some);
        }
        match rule.args.get(&Argument::Expected) {
            None => Ok(Some(part.sources_of.plus_months(12))),
            Some(Expression::Text(month)) => Day::from_iso(&format!("{month}-01"))
                .map(|first| Some(first.last_of_month()))
                .map_err(|_| invalid(place, format!("`{month}` is not a month written YYYY-MM"))),
            Some(day) => self.fixed(day, place).map(Some),
        }
    }

    /// A day that does not depend on the member.
    fn fixed(&self, expression: &Expression, place: &str) -> Result<Day, Error> {
        match self.known(expression, place)? {
            Known::Day(day) => Ok(day),
            _ => Err(invalid(place, "a day is needed that is the same for everyone")),
        }
    }

    fn known(&self, expression: &Expression, place: &str) -> Result<Known, Error> {
        Ok(match expression {
            Expression::Text(text) => Known::Text(text.clone()),
            Expression::Number(number) => Known::Number(*number),
            Expression::Day(name) => Known::Day(self.day(name, place)?),
            Expression::Derived(derived) => Known::Derived(*derived),
            Expression::Earliest(of) => {
                Known::Earliest(of.iter().map(|day| self.known(day, place)).collect::<Result<_, _>>()?)
            }
        })
    }

    pub(crate) fn line(&self, part: &Part, contact: &Contact) -> Result<Line, Error> {
        let place = format!("{}, contact {}", part.id, contact.id);
        self.check_sources(&contact.sources, &place)?;
        let day = |name: &Option<DayName>| name.as_ref().map(|name| self.day(name, &place)).transpose();
        Ok(Line { contact: contact.clone(), from: day(&contact.from)?, to: day(&contact.to)? })
    }
}

/// To ask the insurer about a topic.
fn ask(layer: Layer, topic: Topic, region: Region, sources: &[String], unless_answered: Option<usize>) -> Draft {
    let statement = Statement {
        guidance: Guidance::AskInsurer,
        layer,
        args: vec![(Argument::About, about_topic(topic))],
        by: None,
        sources: sources.to_vec(),
        kind: 0,
    };
    Draft { statement, region, unless_answered }
}

fn about_topic(topic: Topic) -> Known {
    Known::Text(topic.word().to_owned())
}
