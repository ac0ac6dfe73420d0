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

use super::possible::{self, DATED, OF_CARD, OF_NOTICE, OPEN};
use super::tests::{INSURERS, Numbers, profiles};
use crate::compile::Compiler;
use crate::cube::{Cube, Region};
use crate::cuts::Cuts;
use crate::facts::CARDS_END;
use crate::rule::{Condition, DayName, Expression, Rule, Span, Test};
use crate::rulebook::{Draft, Known, Rulebook, Statement};
use crate::situation::{Situation, Variable};
use crate::vocabulary::{Layer, Topic};
use crate::{Argument, Card, Certificate, Day, Facts, Guidance, Notice, Profile, Role, Section, Topics, conflict};

#[allow(dead_code, clippy::unreachable, reason = "it is a test, and the properties use the rest")]
#[path = "../../tests/properties/naive.rs"]
mod naive;
use naive::Naive;

/// On these days around each that rules name, as good as every way is found in which dates can lie: the day before,
/// the day itself, and the first on which whoever enrolled then is no longer new.
const FEW: [i64; 3] = [-1, 0, 6];

/// How many members are tried for each combination, on all days that matter; by hand: `cargo xtask whole`.
fn thorough() -> Option<usize> {
    std::env::var("WHOLE").ok().map(|members| members.parse().unwrap())
}

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

/// For each variable and class, which of the classes that are told apart it belongs to.
type Blocks = BTreeMap<Variable, Vec<usize>>;

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

/// A member as far as some variables go, with the classes of these.
type Row = (Vec<usize>, Facts);

/// Members for every situation there can be, taken apart: facts of different kinds go together in any way.
struct Members<'a> {
    cuts: &'a Cuts,
    dates: Vec<Row>,
    /// Those that there can be on a day.
    cards: BTreeMap<Day, Vec<Row>>,
    notices: Vec<Row>,
    others: Vec<Row>,
    numbers: Numbers,
}

const OTHERS: [Variable; 6] = [
    Variable::Role,
    Variable::Smartphone,
    Variable::NeedsAssistance,
    Variable::MyNumberOnFile,
    Variable::NameChanged,
    Variable::Overseas,
];

impl Members<'_> {
    fn of(cuts: &Cuts) -> Members<'_> {
        // For each way in which dates can lie, the first days and some later ones.
        let mut found: BTreeMap<Vec<usize>, [Facts; 2]> = BTreeMap::new();
        let mut numbers = Numbers(7);
        let dates = [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn];
        let named = dates.into_iter().flat_map(|date| cuts.of(date).0.iter().copied());
        let named: BTreeSet<Day> = named.chain([CARDS_END]).collect();
        let is_near = |day: &Day| FEW.iter().any(|later| named.contains(&day.plus_days(-later)));
        let days = possible::days(cuts).into_iter().filter(|day| thorough().is_some() || is_near(day));
        for day in days {
            possible::each_dates(day, cuts, |dated, open| {
                let all = dated.iter().flat_map(|dated| open.iter().map(|open| possible::with_open(*dated, open)));
                for facts in all {
                    let [_, later] = found.entry(classes(&facts, &dates_and_open(), cuts)).or_insert([facts; 2]);
                    if numbers.below(4) == 0 {
                        *later = facts;
                    }
                }
                true
            });
        }
        let dates = found.into_iter().flat_map(|(classes, found)| found.map(|facts| (classes.clone(), facts)));
        let with_core = |facts: Facts| possible::with_core(facts, CARDS_END);
        let truths = [None, Some(false), Some(true)];
        let anybody = with_core(Facts::on(CARDS_END));
        let noticed = Notice::ALL.iter().copied().map(Some).chain([None]).map(|notice| Facts { notice, ..anybody });
        let noticed = noticed.flat_map(|one| truths.map(|notice_mismatch| Facts { notice_mismatch, ..one }));
        let noticed = noticed.filter(conflict::is_consistent);
        let others = Role::ALL.iter().copied().map(Some).chain([None]).map(|role| Facts { role, ..anybody });
        let others = others.flat_map(|one| [true, false].map(|phone| Facts { smartphone: Some(phone), ..one }));
        let others = others.flat_map(|one| truths.map(|needs_assistance| Facts { needs_assistance, ..one }));
        let others = others.flat_map(|one| truths.map(|my_number_on_file| Facts { my_number_on_file, ..one }));
        let others = others.flat_map(|one| truths.map(|name_changed| Facts { name_changed, ..one }));
        let others = others.flat_map(|one| truths.map(|overseas| Facts { overseas, ..one }));
        Members {
            cuts,
            dates: dates.collect(),
            cards: BTreeMap::new(),
            notices: noticed.map(|facts| (classes(&facts, &OF_NOTICE, cuts), facts)).collect(),
            others: others.map(|facts| (classes(&facts, &OTHERS, cuts), facts)).collect(),
            numbers,
        }
    }

    fn cards(&mut self, day: Day) -> &[Row] {
        self.cards.entry(day).or_insert_with(|| {
            let mut cards = Vec::new();
            possible::each_card(&possible::with_core(Facts::on(day), day), self.cuts, |facts| {
                cards.push((classes(facts, &OF_CARD, self.cuts), *facts));
            });
            cards
        })
    }

    /// Calls `ask` with some members for each combination of blocks; says how many combinations there are.
    fn each(&mut self, blocks: &Blocks, mut ask: impl FnMut(&Facts)) -> usize {
        let dates = apart(&self.dates, &dates_and_open(), blocks);
        let noticed = apart(&self.notices, &OF_NOTICE, blocks);
        let others = apart(&self.others, &OTHERS, blocks);
        let cards: BTreeSet<Vec<usize>> = apart(self.cards(CARDS_END), &OF_CARD, blocks).into_keys().collect();
        for dated in dates.values() {
            for card in &cards {
                for noticed in noticed.values() {
                    for other in others.values() {
                        for _ in 0..thorough().unwrap_or(1) {
                            let member = self.numbers.one(dated);
                            let noticed = self.numbers.one(noticed);
                            let other = self.numbers.one(other);
                            let cards = self.cards(member.as_of).iter();
                            let cards = cards.filter(|(classes, _)| is_in(card, classes, &OF_CARD, blocks));
                            let cards: Vec<Facts> = cards.map(|(_, facts)| *facts).collect();
                            let card = self.numbers.one(&cards);
                            ask(&Facts {
                                card: card.card,
                                card_certificate_expires_on: card.card_certificate_expires_on,
                                portal_login: card.portal_login,
                                notice: noticed.notice,
                                notice_mismatch: noticed.notice_mismatch,
                                role: other.role,
                                smartphone: other.smartphone,
                                needs_assistance: other.needs_assistance,
                                my_number_on_file: other.my_number_on_file,
                                name_changed: other.name_changed,
                                overseas: other.overseas,
                                ..member
                            });
                        }
                    }
                }
            }
        }
        dates.len() * cards.len() * noticed.len() * others.len()
    }
}

fn dates_and_open() -> Vec<Variable> {
    DATED.into_iter().chain(OPEN).collect()
}

fn classes(facts: &Facts, variables: &[Variable], cuts: &Cuts) -> Vec<usize> {
    let situation = Situation::of(facts, cuts).unwrap();
    variables.iter().map(|variable| situation.class(*variable)).collect()
}

/// Members by the blocks in which their classes lie.
fn apart(rows: &[Row], variables: &[Variable], blocks: &Blocks) -> BTreeMap<Vec<usize>, Vec<Facts>> {
    let mut apart: BTreeMap<Vec<usize>, Vec<Facts>> = BTreeMap::new();
    let blocks: Vec<&Vec<usize>> = variables.iter().map(|variable| &blocks[variable]).collect();
    for (classes, facts) in rows {
        let block = blocks.iter().zip(classes).map(|(blocks, class)| blocks[*class]).collect();
        apart.entry(block).or_default().push(*facts);
    }
    apart
}

fn is_in(block: &[usize], classes: &[usize], variables: &[Variable], blocks: &Blocks) -> bool {
    let found = variables.iter().zip(classes).map(|(variable, class)| blocks[variable][*class]);
    found.eq(block.iter().copied())
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
