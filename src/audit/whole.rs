//! Both engines over every situation of every rulebook, taken apart.
//!
//! Whether a piece of guidance is said depends on few variables, and of these only on what its conditions tell apart:
//! on the side of the bitmaps the boxes that are compiled for it, on the side of the naive engine the conditions
//! themselves. So every combination of what either tells apart is tried, for every piece of guidance, with a member
//! whose facts lead there and in whom all else is as it comes; the two have to say the same, whole and in order.
//!
//! That both put a day into the same class, whatever the day, is held by `both_engines_reckon_alike`. That nothing but
//! its boxes bears on a piece of guidance is how bitmaps work, and held by all else being as it comes.

use std::collections::{BTreeMap, BTreeSet};

use super::possible::{self, OF_CARD};
use super::tests::{INSURERS, profiles};
use crate::compile::Compiler;
use crate::cube::{Cube, Region};
use crate::cuts::Cuts;
use crate::rule::{Condition, DayName, Expression, Rule, Span, Test};
use crate::rulebook::{Draft, Known, Rulebook, Statement};
use crate::situation::{Situation, Variable};
use crate::vocabulary::{Layer, Topic};
use crate::{Argument, Card, Certificate, Day, Facts, Guidance, Profile, Section, Topics};

#[allow(dead_code, clippy::unreachable, reason = "it is a test, and the properties use the rest")]
#[path = "../../tests/properties/naive.rs"]
mod naive;
use naive::Naive;

mod members;
use members::{Blocks, Members};

/// What both engines look at to decide on one piece of guidance.
#[derive(Default)]
struct Part {
    statements: Vec<Statement>,
    /// The boxes that are compiled for it, and for the insurer's answers that go before it.
    boxes: Vec<Cube>,
    /// The tests in its conditions; each bound of a span is one.
    tests: Vec<(Variable, Test)>,
}

/// What is compiled into a part, and what it is compiled from.
struct Origin {
    draft: Draft,
    tests: Vec<(Variable, Test)>,
}

struct Tried {
    combinations: usize,
    members: usize,
    parts: usize,
}

#[test]
fn both_engines_agree_in_every_situation() {
    let tried = std::thread::scope(|scope| {
        let all = INSURERS.map(|insurer| scope.spawn(move || (insurer, try_all(insurer))));
        all.map(|one| one.join().unwrap())
    });
    for (insurer, Tried { combinations, members, parts }) in tried {
        println!("{insurer}: {combinations} combinations of {parts} pieces of guidance, {members} members");
        assert!(parts > 50 && combinations > 20 * parts, "{insurer}: too few were tried");
    }
}

fn try_all(insurer: &str) -> Tried {
    let (national, own) = profiles(insurer);
    let rulebook = Rulebook::new(&national, own.as_ref()).unwrap();
    let compiler = Compiler::new(&national, own.as_ref(), &Cuts::default()).unwrap();
    let naive = Naive { national: national.clone(), insurer: own.clone() };
    let parts = parts(&compiler, &naive);
    let mut members = Members::of(&compiler.cuts);
    let mut tried = Tried { combinations: 0, members: 0, parts: parts.len() };
    for part in &parts {
        tried.combinations += members.each(&part.blocks(&compiler, &naive), |facts| {
            let items = rulebook.guidance(facts).unwrap();
            let said: Vec<naive::Sourced> =
                items.into_iter().map(|item| (naive::saying(&item), item.sources)).collect();
            let wanted = naive.say_in_order(facts);
            let differs = said.iter().zip(&wanted).find(|(one, other)| one != other);
            assert!(said == wanted, "{insurer}: {differs:?}, {} and {}, {facts:?}", said.len(), wanted.len());
            tried.members += 1;
        });
    }
    tried
}

/// Everything that can be said, with all that decides on it. What may turn out to be the same words is one part.
fn parts(compiler: &Compiler, naive: &Naive) -> Vec<Part> {
    let mut asked = Vec::new();
    let answers = compiler.topics(&mut asked).unwrap();
    let Topics::Concerns(concerns) = &naive.national.topics else { panic!("the national file") };
    let answers_of = |topic: Topic| naive.stance(topic).and_then(|stance| stance.answers.as_ref());
    let mut origins = Vec::new();
    for draft in asked {
        let (topic, concern) =
            concerns.iter().find(|(topic, _)| draft.statement.args[0].1 == Known::Text(topic.to_string())).unwrap();
        let silences = naive.stance(*topic).into_iter().flat_map(|stance| &stance.silent).map(|silence| &silence.when);
        let conditions = [&concern.arises].into_iter().chain(answers_of(*topic)).chain(silences);
        origins.push(Origin { draft, tests: conditions.flat_map(|condition| tests(condition, naive)).collect() });
    }
    for (layer, profile) in compiler.profiles() {
        for rule in &profile.rules {
            let mut drafts = Vec::new();
            compiler.draft(layer, profile, rule, &mut drafts).unwrap();
            // Both read the same out of a rule.
            let said: BTreeSet<Guidance> = drafts.iter().map(|draft| draft.statement.guidance).collect();
            assert_eq!(said, read_out_of(rule), "{}: {}", profile.id, rule.guidance);
            let before = (layer == Layer::National).then(|| answers_of(rule.topic)).flatten();
            let mut tests: Vec<_> = [&rule.when].into_iter().chain(before).flat_map(|one| tests(one, naive)).collect();
            tests.extend(days(rule, profile, naive).map(|span| (Variable::AsOf, Test::Span(span))));
            origins.extend(drafts.into_iter().map(|draft| Origin { draft, tests: tests.clone() }));
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for Origin { draft, tests } in origins {
        let may_be = |part: &Part| part.statements.iter().any(|one| may_be_alike(one, &draft.statement));
        let position = parts.iter().position(may_be).unwrap_or_else(|| {
            parts.push(Part::default());
            parts.len() - 1
        });
        let part = &mut parts[position];
        part.boxes.extend(draft.region.cubes());
        part.boxes
            .extend(draft.unless_answered.and_then(|topic| answers.get(topic)).into_iter().flat_map(Region::cubes));
        part.tests.extend(tests);
        part.statements.push(draft.statement);
    }
    parts
}

/// The guidance that the naive engine may read out of a rule.
fn read_out_of(rule: &Rule) -> BTreeSet<Guidance> {
    let is_awaited = rule.guidance.section() == Section::Wait;
    let asks = (is_awaited || rule.guidance == Guidance::ContradictorySource).then_some(Guidance::AskInsurer);
    let awaits = rule.opens.as_ref().map(|_| Guidance::AwaitApplication);
    [rule.guidance].into_iter().chain(asks).chain(awaits).collect()
}

/// The days of a rule before and after which it says something else.
fn days(rule: &Rule, profile: &Profile, naive: &Naive) -> impl Iterator<Item = Span> {
    let name = |day: Day| DayName(day.to_string());
    let opens = rule.opens.as_ref().map(|opens| match opens {
        Expression::Day(opens) => Span { from: Some(opens.clone()), ..Span::default() },
        _ => panic!("the same for everyone"),
    });
    let end = naive.end_of_wait(rule, profile.sources_of.day, &Facts::on(Day::MIN));
    opens.into_iter().chain(end.map(|end| Span { to: Some(name(end)), ..Span::default() }))
}

/// All that a condition asks.
fn tests(condition: &Condition, naive: &Naive) -> Vec<(Variable, Test)> {
    let mut all = Vec::new();
    for (variable, test) in &condition.tests {
        match test {
            Test::Values(_) => all.push((*variable, test.clone())),
            Test::Span(Span { from, to, after, before }) => {
                let none = Span::default;
                let bounds = [
                    Span { from: from.clone(), ..none() },
                    Span { to: to.clone(), ..none() },
                    Span { after: after.clone(), ..none() },
                    Span { before: before.clone(), ..none() },
                ];
                all.extend(bounds.map(|span| (*variable, Test::Span(span))));
            }
        }
    }
    let parts = condition.any.iter().chain(&condition.all).chain(condition.not.as_deref());
    let defined = condition.is.iter().map(|name| naive.defined(name));
    all.extend(parts.chain(defined).flat_map(|part| tests(part, naive)));
    all
}

/// Whether nothing that is the same for everyone tells two statements apart.
fn may_be_alike(one: &Statement, other: &Statement) -> bool {
    let fixed = |statement: &Statement| -> Vec<(Argument, Known)> {
        let is_fixed = |known: &Known| matches!(known, Known::Text(_) | Known::Number(_) | Known::Day(_));
        statement.args.iter().filter(|(_, known)| is_fixed(known)).cloned().collect()
    };
    let (mine, theirs) = (fixed(one), fixed(other));
    let differs =
        |(name, known): &(Argument, Known)| theirs.iter().any(|(other, value)| other == name && value != known);
    one.guidance == other.guidance && !mine.iter().any(differs)
}

impl Part {
    fn blocks(&self, compiler: &Compiler, naive: &Naive) -> Blocks {
        let block = |variable: &Variable| {
            let mut known: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
            let blocks = (0..compiler.cuts.classes(*variable)).map(|class| {
                let mut marks: Vec<bool> = self.boxes.iter().map(|one| one.allows(*variable, class)).collect();
                let tests = self.tests.iter().filter(|(tested, _)| tested == variable);
                marks.extend(tests.map(|(_, test)| passes(test, *variable, class, &compiler.cuts, naive)));
                let next = known.len();
                *known.entry(marks).or_insert(next)
            });
            (*variable, blocks.collect())
        };
        Variable::ALL.iter().map(block).collect()
    }
}

/// Whether a class passes a test: all of it does, or none.
fn passes(test: &Test, variable: Variable, class: usize, cuts: &Cuts, naive: &Naive) -> bool {
    let span = match test {
        Test::Values(values) => return values >> class & 1 == 1,
        Test::Span(span) => span,
    };
    let (days, untold) = cuts.of(variable);
    let Some(number) = class.checked_sub(untold) else { return false };
    let first = number.checked_sub(1).map_or(Day::MIN, |before| days[before]);
    let last = days.get(number).map_or(Day::MAX, |next| next.plus_days(-1));
    let passes = naive.within(span, first);
    assert_eq!(naive.within(span, last), passes, "{variable} has no cut at {span:?}");
    passes
}

/// A day is in the same class for both engines, day by day around all at which a class can begin.
#[test]
fn both_engines_reckon_alike() {
    let cuts = Cuts::default();
    let same = |facts: &Facts, variables: &[Variable]| {
        let situation = Situation::of(facts, &cuts).unwrap();
        for variable in variables {
            let class = variable.values().unwrap()[situation.class(*variable)];
            assert_eq!(class, naive::value(facts, *variable), "{variable} of {facts:?}");
        }
    };
    let core = |as_of: Day, enrolled_on: Day| possible::with_core(Facts::on(as_of), enrolled_on);
    // Two years, one of them with a 29 February, and all that lies months or years before or after.
    let first = Day::constant(2024, 1, 1);
    let mut tried = 0;
    for as_of in (0..731).map(|later| first.plus_days(later)) {
        for later in -8..=8 {
            same(&core(as_of, as_of.plus_days(later)), &[Variable::Start, Variable::OldCard]);
            let ended = Facts { ended_on: Some(as_of.plus_days(later)), ..core(as_of, as_of.minus_months(12)) };
            for certificate in Certificate::ALL {
                same(&Facts { certificate: Some(*certificate), ..ended }, &[Variable::End, Variable::Certificate]);
            }
        }
        for expiry in (-150..=100).map(|later| as_of.plus_days(later)) {
            let facts = core(as_of, as_of);
            same(&Facts { certificate_expires_on: Some(expiry), ..facts }, &[Variable::CertificateTerm]);
            for card in [Card::Registered, Card::Renewing] {
                let of_card = Facts { card: Some(card), card_certificate_expires_on: Some(expiry), ..facts };
                same(&of_card, &OF_CARD);
                tried += 1;
            }
        }
        for (years, later) in [1, 70, 75].into_iter().flat_map(|years| (-35..=35).map(move |later| (years, later))) {
            let born_on = Some(as_of.minus_months(12 * years).plus_days(later));
            let facts = Facts { born_on, certificate: Some(Certificate::Held), ..core(as_of, as_of.minus_months(12)) };
            same(&facts, &[Variable::Age, Variable::End, Variable::Certificate]);
            tried += 1;
        }
    }
    println!("{tried} members");
}
