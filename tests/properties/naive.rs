//! A second engine, as simple as can be: conditions are looked at one by one, days are tried one by one.
//!
//! It shares with the first only the rules files and the vocabulary.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use shikaku_navi::{
    Argument, ArgumentValue, Card, Certificate, Condition, Day, DayName, Derived, Expression, Fact, Facts, Guidance,
    Item, Layer, Notice, OldCard, Profile, Role, Rule, Section, Span, Stance, Test, Topic, Topics, Variable,
};

pub(crate) type Saying = (Guidance, Layer, BTreeMap<Argument, String>, Option<Day>);
/// With the statements it rests on.
pub(crate) type Sourced = (Saying, Vec<String>);

type Key = (Day, Card, bool);
/// A key without the coordinate that is asked about.
type Rest = (Option<Day>, Option<Card>, Option<bool>);

pub(crate) struct Naive {
    pub(crate) national: Profile,
    pub(crate) insurer: Option<Profile>,
}

/// How the other engine's guidance is said here.
pub(crate) fn saying(item: &Item) -> Saying {
    let text = |value: &ArgumentValue| match value {
        ArgumentValue::Text(text) => text.clone(),
        ArgumentValue::Number(number) => number.to_string(),
        ArgumentValue::Day(day) => day.to_string(),
    };
    let args = item.args.iter().map(|(name, value)| (*name, text(value))).collect();
    (item.id, item.layer, args, item.by)
}

fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

fn cover_end(facts: &Facts) -> Option<Day> {
    [facts.ended_on, facts.born_on.map(|born| born.birthday(75))].into_iter().flatten().min()
}

fn elderly_from(born: Day) -> Day {
    let mut first = born.birthday(70);
    while first.day() != 1 {
        first = first.plus_days(1);
    }
    first
}

fn grace_until(expiry: Day) -> Day {
    let mut last = expiry.last_of_month();
    for _ in 0..3 {
        last = last.plus_days(1).last_of_month();
    }
    last
}

fn card(facts: &Facts) -> Option<Card> {
    let over = facts.card_certificate_expires_on.is_some_and(|expiry| facts.as_of > grace_until(expiry));
    facts.card.map(|card| if card == Card::Registered && over { Card::CertificateExpired } else { card })
}

fn word(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

/// The value of a variable that is not a date.
pub(crate) fn value(facts: &Facts, variable: Variable) -> &'static str {
    let as_of = facts.as_of;
    let truth = |told: Option<bool>| word(told.unwrap_or(false));
    let unstated = |told: Option<&'static str>| told.unwrap_or("unstated");
    let enrolled = facts.enrolled_on.unwrap();
    match variable {
        Variable::Role => facts.role.unwrap_or(Role::Insured).word(),
        Variable::Start if as_of < enrolled => "upcoming",
        Variable::Start if enrolled.days_until(as_of) <= 5 => "new",
        Variable::Start => "running",
        Variable::End if cover_end(facts).is_some_and(|end| end <= as_of) => "ended",
        Variable::End if facts.ended_on.is_some() => "closing",
        Variable::End => "open",
        Variable::Card => card(facts).unwrap().word(),
        Variable::CardTerm => unstated(facts.card_certificate_expires_on.map(|expiry| {
            if as_of > grace_until(expiry) {
                "over"
            } else if as_of > expiry {
                "grace"
            } else if as_of >= expiry.minus_months(3) {
                "ending"
            } else {
                "running"
            }
        })),
        Variable::Smartphone => word(facts.smartphone.unwrap()),
        Variable::NeedsAssistance => truth(facts.needs_assistance),
        Variable::PortalLogin => match (facts.portal_login, card(facts).unwrap()) {
            (Some(told), _) => word(told),
            (
                None,
                Card::None | Card::Lost | Card::Damaged | Card::Returned | Card::Expired | Card::CertificateExpired,
            ) => "false",
            _ if ["grace", "over"].contains(&value(facts, Variable::CardTerm)) => "false",
            _ => "unstated",
        },
        Variable::MyNumberOnFile => unstated(facts.my_number_on_file.map(word)),
        Variable::OldCard if facts.old_card.is_some() => facts.old_card.unwrap().word(),
        Variable::OldCard if enrolled <= day("2024-12-01") => OldCard::Held.word(),
        Variable::OldCard => OldCard::NeverIssued.word(),
        Variable::Notice => unstated(facts.notice.map(Notice::word)),
        Variable::NoticeMismatch => truth(facts.notice_mismatch),
        Variable::NameChanged => truth(facts.name_changed),
        Variable::RatioChanged => truth(facts.ratio_changed),
        Variable::Certificate => {
            let ends = [facts.ended_on, facts.born_on.map(|born| born.birthday(75))];
            let of_another = ends.into_iter().flatten().any(|end| end <= day("2024-12-02"));
            facts.certificate.filter(|_| !of_another).unwrap_or(Certificate::None).word()
        }
        Variable::CertificateTerm => unstated(facts.certificate_expires_on.map(|expiry| {
            if as_of > expiry {
                "over"
            } else if as_of >= expiry.minus_months(2) {
                "ending"
            } else {
                "running"
            }
        })),
        Variable::Age => unstated(facts.born_on.map(|born| {
            if as_of >= born.birthday(75) {
                "from-75"
            } else if as_of >= elderly_from(born) {
                "from-70"
            } else if as_of >= born.birthday(1) {
                "under-70"
            } else {
                "under-1"
            }
        })),
        Variable::Overseas => truth(facts.overseas),
        Variable::AsOf | Variable::EnrolledOn | Variable::EndedOn => unreachable!("a date"),
    }
}

impl Naive {
    fn named(&self, name: &DayName) -> Day {
        let parameters = |name: &String| {
            let own = self.insurer.as_ref().and_then(|insurer| insurer.parameters.get(name));
            own.or_else(|| self.national.parameters.get(name)).unwrap().day
        };
        name.written().unwrap_or_else(|| parameters(&name.0))
    }

    pub(crate) fn within(&self, span: &Span, day: Day) -> bool {
        let named = |name: &Option<DayName>| name.as_ref().map(|name| self.named(name));
        named(&span.from).is_none_or(|from| day >= from)
            && named(&span.to).is_none_or(|to| day <= to)
            && named(&span.after).is_none_or(|after| day > after)
            && named(&span.before).is_none_or(|before| day < before)
    }

    /// What a name stands for.
    pub(crate) fn defined(&self, name: &str) -> &Condition {
        let own = self.insurer.iter().flat_map(|insurer| &insurer.definitions);
        &own.chain(&self.national.definitions).find(|definition| definition.name == name).unwrap().when
    }

    fn holds(&self, condition: &Condition, facts: &Facts) -> bool {
        let test = |(variable, test): &(Variable, Test)| match test {
            Test::Span(span) => match variable {
                Variable::AsOf => Some(facts.as_of),
                Variable::EnrolledOn => facts.enrolled_on,
                _ => facts.ended_on,
            }
            .is_some_and(|day| self.within(span, day)),
            Test::Values(bits) => {
                let position = variable.values().unwrap().iter().position(|name| *name == value(facts, *variable));
                bits >> position.unwrap() & 1 == 1
            }
        };
        let defined = |name: &String| self.holds(self.defined(name), facts);
        condition.tests.iter().all(test)
            && (condition.any.is_empty() || condition.any.iter().any(|part| self.holds(part, facts)))
            && condition.all.iter().all(|part| self.holds(part, facts))
            && condition.not.as_ref().is_none_or(|part| !self.holds(part, facts))
            && condition.is.iter().all(defined)
    }

    /// What the insurer says of a topic.
    pub(crate) fn stance(&self, topic: Topic) -> Option<&Stance> {
        match self.insurer.as_ref().map(|insurer| &insurer.topics) {
            Some(Topics::Stances(stances)) => stances.get(&topic),
            _ => None,
        }
    }

    fn answered(&self, topic: Topic, facts: &Facts) -> bool {
        let answers = self.stance(topic).and_then(|stance| stance.answers.as_ref());
        answers.is_some_and(|answers| self.holds(answers, facts))
    }

    fn day_of(&self, expression: &Expression, facts: &Facts) -> Option<Day> {
        match expression {
            Expression::Text(_) | Expression::Number(_) => None,
            Expression::Day(name) => Some(self.named(name)),
            Expression::Earliest(days) => days.iter().filter_map(|day| self.day_of(day, facts)).min(),
            Expression::Derived(derived) => match derived {
                Derived::LastDayOfCover => cover_end(facts).map(|end| end.plus_days(-1)),
                Derived::FiveDaysAfterCover => cover_end(facts).map(|end| end.plus_days(5)),
                Derived::CardCertificateExpiry => facts.card_certificate_expires_on,
                Derived::GraceEnd => facts.card_certificate_expires_on.map(grace_until),
                Derived::CertificateExpiry => facts.certificate_expires_on,
                Derived::ElderlyFrom => facts.born_on.map(elderly_from),
                Derived::SeventyFifthBirthday => facts.born_on.map(|born| born.birthday(75)),
            },
        }
    }

    /// The last day on which something is waited for.
    pub(crate) fn end_of_wait(&self, rule: &Rule, sources_of: Day, facts: &Facts) -> Option<Day> {
        let by = rule.by.as_ref().and_then(|by| self.day_of(by, facts));
        let end = || match rule.args.get(&Argument::Expected) {
            None => sources_of.plus_months(12),
            Some(Expression::Text(month)) => day(&format!("{month}-01")).last_of_month(),
            Some(expected) => self.day_of(expected, facts).unwrap(),
        };
        (rule.guidance.section() == Section::Wait).then(|| by.unwrap_or_else(end))
    }

    /// All that one rule can say: itself, the question after a wait or about a contradiction, the wait before it.
    fn words(&self, rule: &Rule, layer: Layer, facts: &Facts) -> Vec<Saying> {
        let about = || BTreeMap::from([(Argument::About, rule.topic.to_string())]);
        let mut args: BTreeMap<Argument, String> = rule
            .args
            .iter()
            .filter_map(|(name, value)| {
                let value = match value {
                    Expression::Text(text) => Some(text.clone()),
                    Expression::Number(number) => Some(number.to_string()),
                    day => self.day_of(day, facts).map(|day| day.to_string()),
                };
                Some((*name, value?))
            })
            .collect();
        if rule.guidance.arguments().contains(&Argument::About) {
            args.extend(about());
        }
        let by = rule.by.as_ref().and_then(|by| self.day_of(by, facts));
        let mut words = vec![(rule.guidance, layer, args, by)];
        if rule.guidance.section() == Section::Wait || rule.guidance == Guidance::ContradictorySource {
            words.push((Guidance::AskInsurer, layer, about(), None));
        }
        if let Some(opens) = rule.opens.as_ref().and_then(|opens| self.day_of(opens, facts)) {
            words.push((Guidance::AwaitApplication, layer, [(Argument::From, opens.to_string())].into(), None));
        }
        words
    }

    /// What one rule says on the day, if it says anything: itself, or the wait before it, or the question after it.
    fn said_by(&self, rule: &Rule, layer: Layer, sources_of: Day, facts: &Facts) -> Vec<Saying> {
        let mut words = self.words(rule, layer, facts);
        let opens = rule.opens.as_ref().and_then(|opens| self.day_of(opens, facts));
        if opens.is_some_and(|opens| facts.as_of < opens) {
            words.retain(|(guidance, ..)| *guidance == Guidance::AwaitApplication);
        } else if self.end_of_wait(rule, sources_of, facts).is_some_and(|end| facts.as_of > end) {
            words.retain(|(guidance, ..)| *guidance == Guidance::AskInsurer);
        } else {
            let also = (rule.guidance == Guidance::ContradictorySource).then_some(Guidance::AskInsurer);
            words.retain(|(guidance, ..)| *guidance == rule.guidance || Some(*guidance) == also);
        }
        words
    }

    /// Where in the data the same first stands, whether it is said here or only elsewhere.
    fn place(&self, saying: &Saying, facts: &Facts) -> (bool, Option<usize>) {
        let (guidance, layer, args, _) = saying;
        let Topics::Concerns(concerns) = &self.national.topics else { unreachable!("the national file") };
        let is_asked = |topic: Topic| {
            *guidance == Guidance::AskInsurer
                && args.get(&Argument::About).is_some_and(|about| *about == topic.word())
                && self.stance(topic).is_none_or(|stance| !stance.silent.is_empty())
        };
        let of_topics = if self.insurer.is_some() { Layer::Insurer } else { Layer::National };
        let topic = concerns.iter().position(|(topic, _)| *layer == of_topics && is_asked(*topic));
        let own = self.insurer.as_ref().filter(|_| *layer == Layer::Insurer).unwrap_or(&self.national);
        let says_it = |rule: &Rule| self.words(rule, *layer, facts).contains(saying);
        let rule = || own.rules.iter().position(says_it);
        (topic.is_none(), topic.or_else(rule))
    }

    /// Everything said of complete facts, as it is ordered: of the same words with the same arguments, the first.
    pub(crate) fn say_in_order(&self, facts: &Facts) -> Vec<Sourced> {
        let mut all = Vec::new();
        let Topics::Concerns(concerns) = &self.national.topics else { unreachable!("the national file") };
        for (topic, concern) in concerns.iter() {
            if self.holds(&concern.arises, facts) && !self.answered(*topic, facts) {
                let silences = self.stance(*topic).map(|stance| &stance.silent);
                let silence = silences.and_then(|all| all.iter().find(|silence| self.holds(&silence.when, facts)));
                let sources = silence.map_or(&concern.sources, |silence| &silence.sources);
                let layer = if self.insurer.is_some() { Layer::Insurer } else { Layer::National };
                let about = [(Argument::About, topic.to_string())].into();
                all.push(((Guidance::AskInsurer, layer, about, None), sources.clone()));
            }
        }
        let mut add = |rule: &Rule, layer, profile: &Profile| {
            let said = self.said_by(rule, layer, profile.sources_of.day, facts);
            all.extend(said.into_iter().map(|saying| (saying, rule.sources.clone())));
        };
        if let Some(insurer) = &self.insurer {
            for rule in insurer.rules.iter().filter(|rule| self.holds(&rule.when, facts)) {
                add(rule, Layer::Insurer, insurer);
            }
        }
        for rule in self.national.rules.iter().filter(|rule| self.holds(&rule.when, facts)) {
            if !self.answered(rule.topic, facts) {
                add(rule, Layer::National, &self.national);
            }
        }
        let mut said: Vec<Sourced> = Vec::new();
        for one in all {
            if !said.iter().any(|other| other.0.0 == one.0.0 && other.0.2 == one.0.2) {
                said.push(one);
            }
        }
        // The insurer's word comes first, then what stands first in the data.
        said.sort_by(|(one, _), (other, _)| {
            let by_layer = (one.0, Reverse(one.1)).cmp(&(other.0, Reverse(other.1)));
            by_layer.then_with(|| self.place(one, facts).cmp(&self.place(other, facts)))
        });
        said
    }

    /// The same as a set.
    pub(crate) fn say(&self, facts: &Facts) -> Vec<Saying> {
        let mut said: Vec<Saying> = self.say_in_order(facts).into_iter().map(|(saying, _)| saying).collect();
        said.sort();
        said
    }

    /// What is said for every possible answer to the unknown core facts, and which of these an answer can change.
    ///
    /// Every day within a month of a day that something names is tried as day of enrolment, and one far off.
    pub(crate) fn certain(&self, facts: &Facts, days: &[Day]) -> (Vec<Saying>, Option<Fact>) {
        let enrolled: Vec<Day> = facts.enrolled_on.map_or_else(|| days.to_vec(), |day| vec![day]);
        let cards: Vec<Card> = facts.card.map_or_else(|| Card::ALL.to_vec(), |card| vec![card]);
        let phones: Vec<bool> = facts.smartphone.map_or_else(|| vec![true, false], |phone| vec![phone]);
        let say = |day: &Day, card: &Card, phone: &bool| {
            let facts = Facts { enrolled_on: Some(*day), card: Some(*card), smartphone: Some(*phone), ..*facts };
            facts.check().is_ok().then(|| self.say(&facts))
        };
        let mut grid: BTreeMap<Key, Vec<Saying>> = BTreeMap::new();
        for day in &enrolled {
            for card in &cards {
                for phone in &phones {
                    grid.extend(say(day, card, phone).map(|said| ((*day, *card, *phone), said)));
                }
            }
        }
        let mut all = grid.values();
        let first = all.next().cloned().unwrap_or_default();
        let certain = all.fold(first, |certain, said| certain.into_iter().filter(|one| said.contains(one)).collect());
        let differs = |same: fn(&Key) -> Rest| {
            let mut seen: BTreeMap<_, &Vec<Saying>> = BTreeMap::new();
            grid.iter().any(|(key, said)| *seen.entry(same(key)).or_insert(said) != said)
        };
        let question = if enrolled.len() > 1 && differs(|(_, card, phone)| (None, Some(*card), Some(*phone))) {
            Some(Fact::EnrolledOn)
        } else if cards.len() > 1 && differs(|(day, _, phone)| (Some(*day), None, Some(*phone))) {
            Some(Fact::Card)
        } else if phones.len() > 1 && differs(|(day, card, _)| (Some(*day), Some(*card), None)) {
            Some(Fact::Smartphone)
        } else {
            None
        };
        (certain, question)
    }
}
