//! From facts to an assessment: what is certain, why, and by whose word.

use serde::Serialize;

use crate::Day;
use crate::certain::{ArgumentValue, Certain, Held};
use crate::cube::{Cube, Space};
use crate::error::Error;
use crate::facts::Facts;
use crate::guidance::{Argument, Guidance, GuidanceSet, Section};
use crate::outlook::{Alternative, Change};
use crate::plain::Entries;
use crate::question::Question;
use crate::rulebook::{Rulebook, Statement};
use crate::situation::{self, End, Situation, Start, Variable};
use crate::vocabulary::{Card, Fact, FactSet, Layer, WarningId};

/// Everything that can be said of a member on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// The insurer's id.
    pub insurer: String,
    /// The day the guidance is for.
    pub as_of: Day,
    /// What holds for every possible answer to what is unknown, by section, most urgent first.
    pub guidance: Vec<Item>,
    /// Whom to call.
    pub contacts: Vec<ContactLine>,
    /// The next fact worth asking about.
    pub question: Option<Question>,
    /// The days ahead on which the guidance changes if nothing else does.
    pub changes: Vec<Change>,
    /// What would make it simpler.
    pub alternatives: Vec<Alternative>,
    /// Why this may be fit to be used only with care.
    pub warnings: Vec<Warning>,
}

/// One piece of guidance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Item {
    /// What is said.
    pub id: Guidance,
    /// Where it stands.
    pub section: Section,
    /// Whose word it is.
    pub layer: Layer,
    /// Its arguments.
    pub args: Entries<Argument, ArgumentValue>,
    /// The last day to do it, or for it to arrive.
    pub by: Option<Day>,
    /// The smallest set of facts that puts it here.
    pub because: Vec<Fact>,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

/// A telephone line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ContactLine {
    /// Its key in the rules file.
    pub id: String,
    /// The number; not to be shown while the line is closed.
    pub phone: String,
    /// Whether the line is in its period; the hour is not judged.
    pub open: bool,
}

/// A reason for care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Warning {
    /// Which.
    pub id: WarningId,
    /// The day behind it, by name.
    pub args: Entries<&'static str, Day>,
}

/// One piece of guidance: why it is said, and by which statements.
pub(crate) struct Finding {
    pub(crate) because: FactSet,
    pub(crate) said_by: usize,
    /// Other statements that say it, given other answers to what is unknown; seldom any, and an empty list is free.
    pub(crate) and_by: Vec<usize>,
}

impl Rulebook {
    /// What can be said of these facts.
    ///
    /// # Errors
    /// `inconsistent` if the facts cannot hold together.
    ///
    /// ```no_run
    /// # fn example(rulebook: &shikaku_navi::Rulebook) -> Result<(), shikaku_navi::Error> {
    /// use shikaku_navi::{Card, Day, Facts};
    ///
    /// let facts = Facts { card: Some(Card::None), ..Facts::on(Day::from_iso("2026-11-21")?) };
    /// for item in rulebook.assess(&facts)?.guidance {
    ///     println!("{} {:?}", item.id, item.sources);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn assess(&self, facts: &Facts) -> Result<Assessment, Error> {
        let (completions, certain) = self.decider.settle(facts)?;
        let guidance = self.items(facts, &certain);
        Ok(Assessment {
            insurer: self.insurer.clone(),
            as_of: facts.as_of,
            contacts: self.contacts(facts.as_of, &guidance),
            guidance,
            question: self.question(facts, &completions, &certain).map(Question::from),
            changes: self.changes(facts, &certain),
            alternatives: self.alternatives(&certain),
            warnings: self.warnings(facts.as_of),
        })
    }

    /// Only the guidance, which takes far less time than what is ahead.
    ///
    /// # Errors
    /// `inconsistent` as in [`Rulebook::assess`].
    pub fn guidance(&self, facts: &Facts) -> Result<Vec<Item>, Error> {
        let (_, certain) = self.decider.settle(facts)?;
        Ok(self.items(facts, &certain))
    }

    fn items(&self, facts: &Facts, certain: &Certain) -> Vec<Item> {
        self.findings(facts, certain).iter().filter_map(|finding| self.item(finding, facts)).collect()
    }

    /// What is certain, why and by whose word, in numbers, which are quicker to find and to hand on than words.
    pub(crate) fn findings(&self, facts: &Facts, certain: &Certain) -> Vec<Finding> {
        let told = facts.told();
        let mut findings = Vec::new();
        for saying in &certain.sayings {
            findings.push(self.finding(saying, told, certain));
        }
        findings
    }

    /// Only which guidance it is: [`Decider::decide`](crate::Decider::decide).
    ///
    /// # Errors
    /// `inconsistent` as in [`Rulebook::assess`].
    pub fn decide(&self, facts: &Facts) -> Result<GuidanceSet, Error> {
        self.decider.decide(facts)
    }

    /// Why and by which rules something is said. Where different answers to what is unknown lead to it by different
    /// rules, it is by all of them.
    fn finding(&self, saying: usize, told: FactSet, certain: &Certain) -> Finding {
        let mut because = FactSet::default();
        let mut said_by = None;
        let mut and_by = Vec::new();
        for held in &certain.held {
            // A saying has the number of the first of its statements, and is said by the first that holds.
            let mut statements = self.statements.iter().enumerate().skip(saying).filter(|(_, it)| it.saying == saying);
            let holding = |(number, statement)| Some((number, self.least_reason(statement, held)?));
            if let Some((number, reason)) = statements.find_map(holding) {
                because = because.union(reason);
                if *said_by.get_or_insert(number) != number && !and_by.contains(&number) {
                    and_by.push(number);
                }
            }
        }
        Finding { because: because.intersection(told), said_by: said_by.unwrap_or(saying), and_by }
    }

    /// The fewest facts that put a member into a box of a statement, if it holds.
    fn least_reason(&self, statement: &Statement, held: &Held) -> Option<FactSet> {
        let mut least: Option<FactSet> = None;
        for (number, reasons) in self.cases_of(statement) {
            if held.cases.contains(number) {
                let because = because(*reasons, &held.told.facts, &held.situation);
                if least.is_none_or(|least| because.len() < least.len()) {
                    least = Some(because);
                }
            }
        }
        least
    }

    /// A finding in words.
    fn item(&self, finding: &Finding, facts: &Facts) -> Option<Item> {
        let said = self.statements.get(finding.said_by)?;
        let mut sources = said.sources.clone();
        for statement in finding.and_by.iter().filter_map(|number| self.statements.get(*number)) {
            let more = statement.sources.iter().filter(|source| !sources.contains(source)).cloned();
            sources.extend(more.collect::<Vec<_>>());
        }
        let args: Vec<(Argument, ArgumentValue)> =
            said.args_for(facts).map(|(name, value)| (name, value.into())).collect();
        Some(Item {
            id: said.guidance,
            section: said.guidance.section(),
            layer: said.layer,
            args: Entries::from(args),
            by: said.by_for(facts),
            because: finding.because.iter().collect(),
            sources,
        })
    }

    /// Whom to call on a day, given the guidance.
    #[must_use]
    pub fn contacts(&self, day: Day, guidance: &[Item]) -> Vec<ContactLine> {
        self.lines_in_words(&self.lines_on(day, &guidance.iter().map(|item| item.id).collect()))
    }

    fn lines_in_words(&self, lines: &[(usize, bool)]) -> Vec<ContactLine> {
        let contact = |(line, open): &(usize, bool)| {
            let contact = &self.lines.get(*line)?.contact;
            Some(ContactLine { id: contact.id.clone(), phone: contact.phone.clone(), open: *open })
        };
        lines.iter().filter_map(contact).collect()
    }

    /// The lines that go with what is said, and whether each is open.
    pub(crate) fn lines_on(&self, day: Day, said: &GuidanceSet) -> Vec<(usize, bool)> {
        let mut lines = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            let with = &line.contact.with;
            if with.is_empty() || with.iter().any(|guidance| said.contains(*guidance)) {
                lines.push((number, line.contact.is_open(day, line.from, line.to)));
            }
        }
        lines
    }

    /// Why what is said of a day may be fit to be used only with care.
    #[must_use]
    pub fn warnings(&self, day: Day) -> Vec<Warning> {
        let warnings = self.warnings_on(day).into_iter();
        warnings.map(|(id, day)| Warning { id, args: Entries::from(vec![(id.argument(), day)]) }).collect()
    }

    /// The warnings of a day, each with the day behind it.
    pub(crate) fn warnings_on(&self, day: Day) -> Vec<(WarningId, Day)> {
        let (sources_of, review_by) = (self.sources_of, self.review_by);
        let mut warnings = Vec::new();
        if day > sources_of.plus_months(12) {
            warnings.push((WarningId::SourceMayBeOutdated, sources_of));
        }
        if day < sources_of {
            warnings.push((WarningId::ClockSuspect, sources_of));
        }
        if day > review_by {
            warnings.push((WarningId::RulesExpired, review_by));
        }
        warnings
    }
}

impl WarningId {
    /// What the day behind it is called.
    pub(crate) fn argument(self) -> &'static str {
        match self {
            WarningId::SourceMayBeOutdated | WarningId::ClockSuspect => "sourcesOf",
            WarningId::RulesExpired => "reviewBy",
        }
    }
}

/// The facts that put a situation into a box, by the variables of which it rules out the default: those without which
/// their defaults would not.
fn because(reasons: u32, facts: &Facts, situation: &Situation) -> FactSet {
    let mut because = FactSet::default();
    for variable in Variable::ALL.iter().filter(|variable| reasons >> **variable as u32 & 1 == 1) {
        for fact in origin(*variable, facts, situation) {
            because.insert(*fact);
        }
    }
    // What was told although its default says the same needs no mention where the default's own reason stands.
    let from_enrolment = facts.enrolled_on.map(situation::old_card_by_default);
    if facts.old_card == from_enrolment && because.contains(Fact::EnrolledOn) {
        because.remove(Fact::OldCard);
    }
    if facts.portal_login == Some(false) && because.contains(Fact::Card) && situation::rules_out_portal(facts) {
        because.remove(Fact::PortalLogin);
    }
    because
}

/// The variables of which a box rules out the default, one bit each.
pub(crate) fn reasons(cube: &Cube, space: &Space) -> u32 {
    let mut reasons = 0;
    for variable in cube.constrained(space) {
        let rules_out = default_class(variable).is_none_or(|class| !cube.allows(variable, class));
        reasons |= u32::from(rules_out) << variable as u32;
    }
    reasons
}

/// The class of a variable when its facts are not told; `None` where nothing is known then.
fn default_class(variable: Variable) -> Option<usize> {
    match variable {
        Variable::Card
        | Variable::Smartphone
        | Variable::AsOf
        | Variable::EnrolledOn
        // These two take their default from a core fact.
        | Variable::PortalLogin
        | Variable::OldCard => None,
        // Whose cover has begun is no different from everybody else.
        Variable::Start => Some(Start::Running as usize),
        // Insured, open, unstated, no, none and untold all come first.
        _ => Some(0),
    }
}

/// The told facts from which a variable has its class.
fn origin(variable: Variable, facts: &Facts, situation: &Situation) -> &'static [Fact] {
    match variable {
        Variable::Role => &[Fact::Role],
        Variable::Start => &[Fact::AsOf, Fact::EnrolledOn],
        // It is closing if its end is told, even where the 75th birthday comes first.
        Variable::End
            if situation.class(variable) == End::Closing as usize || facts.ended_on == situation::cover_end(facts) =>
        {
            &[Fact::AsOf, Fact::EndedOn]
        }
        Variable::End | Variable::Age => &[Fact::AsOf, Fact::BornOn],
        Variable::Card if facts.card == Card::ALL.get(situation.class(variable)).copied() => &[Fact::Card],
        Variable::Card => &[Fact::AsOf, Fact::Card, Fact::CardCertificateExpiresOn],
        Variable::CardTerm => &[Fact::AsOf, Fact::CardCertificateExpiresOn],
        Variable::Smartphone => &[Fact::Smartphone],
        Variable::NeedsAssistance => &[Fact::NeedsAssistance],
        Variable::PortalLogin if facts.portal_login.is_none() => match facts.card {
            Some(card) if !card.rules_out_portal() && situation::has_no_portal_by_default(facts) => {
                &[Fact::AsOf, Fact::CardCertificateExpiresOn]
            }
            _ => &[Fact::Card],
        },
        Variable::PortalLogin => &[Fact::PortalLogin],
        Variable::MyNumberOnFile => &[Fact::MyNumberOnFile],
        Variable::OldCard if facts.old_card.is_none() => &[Fact::EnrolledOn],
        Variable::OldCard => &[Fact::OldCard],
        Variable::Notice => &[Fact::Notice],
        Variable::NoticeMismatch => &[Fact::NoticeMismatch],
        Variable::NameChanged => &[Fact::NameChanged],
        Variable::RatioChanged => &[Fact::RatioChanged],
        Variable::Certificate => &[Fact::Certificate],
        Variable::CertificateTerm => &[Fact::AsOf, Fact::CertificateExpiresOn],
        Variable::Overseas => &[Fact::Overseas],
        Variable::AsOf => &[Fact::AsOf],
        Variable::EnrolledOn => &[Fact::EnrolledOn],
        Variable::EndedOn => &[Fact::EndedOn],
    }
}
