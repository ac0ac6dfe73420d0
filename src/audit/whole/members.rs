//! Members in whom everything is combined that some variables tell apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::possible::{self, DATED, OF_CARD, OF_NOTICE, OPEN};
use crate::audit::tests::Numbers;
use crate::cuts::Cuts;
use crate::facts::CARDS_END;
use crate::situation::{Situation, Variable};
use crate::{Day, Facts, Notice, Role, conflict};

/// On these days around each that rules name, as good as every way is found in which dates can lie: the day before,
/// the day itself, and the first on which whoever enrolled then is no longer new.
const FEW: [i64; 3] = [-1, 0, 6];

/// How many members are tried for each combination, on all days that matter; by hand: `cargo xtask whole`.
fn thorough() -> Option<usize> {
    std::env::var("WHOLE").ok().map(|members| members.parse().unwrap())
}

/// For each variable and class, which of the classes that are told apart it belongs to.
pub(super) type Blocks = BTreeMap<Variable, Vec<usize>>;

/// A member as far as some variables go, with the classes of these.
type Row = (Vec<usize>, Facts);

/// Members for every situation there can be, taken apart: facts of different kinds go together in any way.
pub(super) struct Members<'a> {
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
    pub(super) fn of(cuts: &Cuts) -> Members<'_> {
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
    pub(super) fn each(&mut self, blocks: &Blocks, mut ask: impl FnMut(&Facts)) -> usize {
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
