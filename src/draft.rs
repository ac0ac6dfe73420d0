//! What the rules files say, as statements and where they hold: waits get their end, silence gets its voice.

use crate::Day;
use crate::compile::Compiler;
use crate::cube::Region;
use crate::error::Error;
use crate::guidance::{Argument, Guidance, Section};
use crate::plain::Entries;
use crate::profile::{Profile, Stance, Topics};
use crate::read::invalid;
use crate::rule::{Expression, Rule};
use crate::rulebook::{Draft, Known, Statement};
use crate::vocabulary::{Layer, Topic, listed};

impl Compiler<'_> {
    /// The regions that the insurer answers, a topic each; what it does not answer becomes drafts that say to ask.
    pub(crate) fn topics(&self, drafts: &mut Vec<Draft>) -> Result<Vec<Region>, Error> {
        let Topics::Concerns(concerns) = &self.national.topics else {
            return Err(invalid("the national rules are expected here").at(&self.national.id));
        };
        if let Some(insurer) = self.insurer {
            let own =
                stances(insurer).ok_or_else(|| invalid("an insurer's rules are expected here").at(&insurer.id))?;
            let mut missing = Vec::new();
            for (topic, _) in concerns.iter() {
                if own.get(topic).is_none() {
                    missing.push(topic.word());
                }
            }
            if !missing.is_empty() {
                let message = format!(
                    "say which situations the material answers, and on which it is silent, for {}",
                    listed(&missing)
                );
                return Err(invalid(message).at("topics").at(&insurer.id));
            }
        }
        let mut answers = Vec::new();
        for (number, (topic, concern)) in concerns.iter().enumerate() {
            let at = |error: Error, profile: &Profile| error.at(topic).at("topics").at(&profile.id);
            let arises = self.region(&concern.arises).map_err(|error| at(error, self.national))?;
            match self.insurer {
                None => drafts.push(ask(Layer::National, *topic, arises.primes(&self.effort), &concern.sources, None)),
                Some(insurer) => {
                    let stance = stances(insurer).and_then(|stances| stances.get(topic));
                    let answered = stance.map(|stance| self.stance(*topic, number, stance, &arises, drafts));
                    answers.push(answered.transpose().map_err(|error| at(error, insurer))?.unwrap_or_default());
                }
            }
        }
        if let Some(insurer) = self.insurer {
            let own = stances(insurer).and_then(|own| own.iter().find(|(topic, _)| concerns.get(topic).is_none()));
            if let Some((topic, _)) = own {
                return Err(invalid("this is not a topic that insurers answer").at(topic).at("topics").at(&insurer.id));
            }
        }
        self.effort.check().map(|()| answers)
    }

    fn stance(
        &self,
        topic: Topic,
        number: usize,
        stance: &Stance,
        arises: &Region,
        drafts: &mut Vec<Draft>,
    ) -> Result<Region, Error> {
        let answered = stance.answers.as_ref().map_or(Ok(Region::default()), |when| self.region(when))?;
        let mut open = arises.minus(&answered, &self.effort);
        for silence in &stance.silent {
            let region = self.region(&silence.when)?;
            self.check_sources(&silence.sources)?;
            let asked = arises.and(&region, &self.effort).primes(&self.effort);
            drafts.push(ask(Layer::Insurer, topic, asked, &silence.sources, Some(number)));
            open = open.minus(&region, &self.effort);
        }
        let mut unsaid = answered.and(arises, &self.effort);
        for rule in self.insurer.iter().flat_map(|insurer| &insurer.rules).filter(|rule| rule.topic == topic) {
            unsaid = unsaid.minus(&self.region(&rule.when)?, &self.effort);
        }
        self.effort.check()?;
        if let Some(cube) = unsaid.cubes().first() {
            return Err(invalid(format!("answered, but no rule says anything where {}", self.describe(cube))));
        }
        match open.cubes().first() {
            None => Ok(answered),
            Some(cube) => Err(invalid(format!("neither answered nor silent where {}", self.describe(cube)))),
        }
    }

    /// A rule becomes one statement; something awaited or not yet open becomes two, before and after the day.
    pub(crate) fn draft(
        &self,
        layer: Layer,
        profile: &Profile,
        rule: &Rule,
        drafts: &mut Vec<Draft>,
    ) -> Result<(), Error> {
        self.check(profile, rule)?;
        let region = self.region(&rule.when)?.primes(&self.effort);
        let unless_answered = match (layer, &self.national.topics) {
            (Layer::National, Topics::Concerns(concerns)) => {
                concerns.iter().position(|(topic, _)| *topic == rule.topic)
            }
            _ => None,
        };
        let mut args = Vec::new();
        for argument in rule.guidance.arguments() {
            match rule.args.get(argument) {
                _ if *argument == Argument::About => args.push((*argument, about_topic(rule.topic))),
                None => {}
                Some(value) => args.push((*argument, self.known(value)?)),
            }
        }
        let by = rule.by.as_ref().map(|by| self.known(by).and_then(Known::dated)).transpose();
        let by = by.map_err(|error| error.at("by"))?;
        let statement = Statement {
            guidance: rule.guidance,
            layer,
            args,
            by,
            sources: rule.sources.clone(),
            saying: 0,
            cases: 0..0,
        };

        let mut now = region;
        if let Some(opens) = self.opening(rule)? {
            let (before, after) = self.split(&now, opens.plus_days(-1));
            let statement = Statement {
                guidance: Guidance::AwaitApplication,
                args: vec![(Argument::From, Known::Day(opens))],
                by: None,
                ..statement.clone()
            };
            drafts.push(Draft { statement, region: before, unless_answered });
            now = after;
        }
        if let Some(end) = self.wait_end(profile, rule)? {
            let (before, after) = self.split(&now, end);
            drafts.push(ask(layer, rule.topic, after, &rule.sources, unless_answered));
            now = before;
        }
        if rule.guidance == Guidance::ContradictorySource {
            drafts.push(ask(layer, rule.topic, now.clone(), &rule.sources, unless_answered));
        }
        drafts.push(Draft { statement, region: now, unless_answered });
        self.effort.check()
    }

    fn check(&self, profile: &Profile, rule: &Rule) -> Result<(), Error> {
        self.check_sources(&rule.sources)?;
        for (argument, value) in rule.args.iter() {
            if *argument == Argument::About {
                return Err(invalid("what it is about is its topic").at("args"));
            }
            if !rule.guidance.arguments().contains(argument) {
                return Err(invalid(format!("`{}` has no argument `{argument}`", rule.guidance)).at("args"));
            }
            if let (Argument::Form, Expression::Text(form)) = (argument, value)
                && profile.forms.get(form).is_none()
            {
                return Err(invalid(format!("`{form}` is not among the forms")).at("args"));
            }
        }
        if rule.guidance == Guidance::AwaitApplication {
            return Err(invalid("say on the application itself on which day it `opens`"));
        }
        Ok(())
    }

    pub(crate) fn check_sources(&self, sources: &[String]) -> Result<(), Error> {
        if sources.is_empty() {
            return Err(invalid("there is no source").at("sources"));
        }
        match sources.iter().find(|id| !self.profiles().any(|(_, profile)| profile.statements.get(id).is_some())) {
            None => Ok(()),
            Some(id) => Err(invalid(format!("`{id}` is not a statement")).at("sources")),
        }
    }

    /// The first day on which an application is taken.
    pub(crate) fn opening(&self, rule: &Rule) -> Result<Option<Day>, Error> {
        rule.opens.as_ref().map(|opens| self.fixed(opens)).transpose()
    }

    /// The last day of a wait: the day it names, the end of the month it names, or a year after the material.
    pub(crate) fn wait_end(&self, profile: &Profile, rule: &Rule) -> Result<Option<Day>, Error> {
        if rule.guidance.section() != Section::Wait {
            return Ok(None);
        }
        if let Some(by) = &rule.by {
            return self.fixed(by).map(Some);
        }
        match rule.args.get(&Argument::Expected) {
            None => Ok(Some(profile.sources_of.day.plus_months(12))),
            Some(Expression::Text(month)) => Day::from_iso(&format!("{month}-01"))
                .map(|first| Some(first.last_of_month()))
                .map_err(|_| invalid(format!("`{month}` is not a month written YYYY-MM"))),
            Some(day) => self.fixed(day).map(Some),
        }
    }

    /// A day that does not depend on the member.
    fn fixed(&self, expression: &Expression) -> Result<Day, Error> {
        match self.known(expression)? {
            Known::Day(day) => Ok(day),
            _ => Err(invalid("a day is needed that is the same for everyone")),
        }
    }

    fn known(&self, expression: &Expression) -> Result<Known, Error> {
        Ok(match expression {
            Expression::Text(text) => Known::Text(text.clone()),
            Expression::Number(number) => Known::Number(*number),
            Expression::Day(name) => Known::Day(self.day(name)?),
            Expression::Derived(derived) => Known::Derived(*derived),
            Expression::Earliest(of) => {
                let mut days = Vec::new();
                for day in of {
                    days.push(self.known(day).and_then(Known::dated)?);
                }
                Known::Earliest(days)
            }
        })
    }
}

impl Known {
    /// Itself, if it is a day.
    fn dated(self) -> Result<Known, Error> {
        match self {
            Known::Text(_) | Known::Number(_) => Err(invalid("a day is needed here")),
            day => Ok(day),
        }
    }
}

fn stances(profile: &Profile) -> Option<&Entries<Topic, Stance>> {
    match &profile.topics {
        Topics::Stances(stances) => Some(stances),
        Topics::Concerns(_) => None,
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
        saying: 0,
        cases: 0..0,
    };
    Draft { statement, region, unless_answered }
}

fn about_topic(topic: Topic) -> Known {
    Known::Text(topic.word().to_owned())
}
