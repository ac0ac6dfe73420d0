//! What the guide says on one day: for each state of the card, to whom.
//!
//! All that members may answer to what is asked of everybody is put to the engine, with every circumstance at its
//! default. Those who would describe themselves alike are told what is certain for each of them; days that differ from
//! one to the other, such as the end of a grace period, are left out. Then what is said to all goes to the top, and so
//! on down to what is said to few.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use shikaku_navi::{
    Argument, Card, Certificate, Day, Entries, Fact, Facts, Guidance, Item, NEW_DAYS, Rulebook, Section,
};

use crate::Outcome;

/// What is said to those who describe themselves in one way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub(super) whose: Whose,
    pub(super) said: Vec<Said>,
}

/// How members describe themselves; what is `None` makes no difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Whose {
    pub(super) card: Option<Card>,
    /// Whether the grace period of a card that has expired is over.
    pub(super) over: Option<bool>,
    pub(super) certificate: Option<Proof>,
    pub(super) smartphone: Option<bool>,
}

/// What became of the 資格確認書.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Proof {
    /// There never was one.
    None,
    /// It is there, and valid.
    Held,
    /// It is lost, damaged or expired.
    Gone,
}

/// What is said to those who were enrolled at some time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Said {
    /// Whenever they were, if it is empty.
    enrolled: Vec<Stretch>,
    #[serde(flatten)]
    item: Item,
}

/// Days of enrolment: from one to another, as far as they are limited, of some age on the day of the guidance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Stretch {
    from: Option<Day>,
    to: Option<Day>,
    age: Age,
}

/// How long ago somebody was enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Age {
    Any,
    /// At enrolment, that is up to five days after it.
    New,
    /// Longer ago.
    Settled,
}

/// What is said to those who describe themselves in one way, for each of some days of enrolment; `None` if nobody of
/// that day can.
struct Draft {
    whose: Whose,
    said: Vec<Option<Vec<Item>>>,
}

/// To whom something is said at once if it is said to each of them, the most people first: what of their descriptions
/// they share, out of card, over, certificate and smartphone.
const SHARED: [[bool; 4]; 8] = [
    [false, false, false, false],
    [false, false, true, false],
    [true, false, false, false],
    [true, true, false, false],
    [true, false, false, true],
    [true, false, true, false],
    [true, true, false, true],
    [true, true, true, false],
];

impl Whose {
    fn shared(self, [card, over, certificate, smartphone]: [bool; 4]) -> Whose {
        Whose {
            card: self.card.filter(|_| card),
            over: self.over.filter(|_| over),
            certificate: self.certificate.filter(|_| certificate),
            smartphone: self.smartphone.filter(|_| smartphone),
        }
    }

    /// Whether something can be said to all of this description at once. What is shown and done is looked for with
    /// the card, unless it is for everybody.
    fn takes(self, item: &Item) -> bool {
        self.card.is_some() || self.certificate.is_none() || item.section == Section::Know
    }
}

/// All rows, those for every card first; within each, the row comes first that says what is most urgent.
pub(super) fn on(day: Day, rulebook: &Rulebook) -> Outcome<Vec<Row>> {
    let anybody = Facts { card: Some(Card::Registered), smartphone: Some(true), ..Facts::on(day) };
    let enrolled = rulebook.answered(Fact::EnrolledOn, &anybody).into_iter().filter_map(|facts| facts.enrolled_on);
    let enrolled: Vec<Day> = enrolled.filter(|enrolled| *enrolled <= day).collect();
    // The first and the last day of each stretch of days that can be told apart.
    let stretches: Vec<&[Day]> = enrolled.chunks(2).collect();
    let firsts: Vec<Day> = stretches.iter().filter_map(|stretch| stretch.first().copied()).collect();
    let mut drafts = Vec::new();
    for (number, stretch) in stretches.into_iter().enumerate() {
        for told in core_answers(day, stretch) {
            for (facts, certificate) in people(&told, rulebook)? {
                let items: Vec<Item> = rulebook.guidance(&facts)?.into_iter().map(without_reasons).collect();
                let is_over = !items.iter().any(|item| item.id == Guidance::CardGracePeriod);
                let over = facts.card_certificate_expires_on.map(|_| is_over);
                let whose = Whose { card: facts.card, over, certificate, smartphone: facts.smartphone };
                let draft = draft_of(whose, &mut drafts, firsts.len());
                match draft.and_then(|draft| draft.said.get_mut(number)) {
                    Some(Some(said)) => keep_common(said, &items),
                    Some(said) => *said = Some(items),
                    None => {}
                }
            }
        }
    }
    share_sources(&mut drafts);
    gather(&mut drafts);
    let rows = drafts.into_iter().map(|draft| draft.row(&firsts, day)).filter(|row| !row.said.is_empty());
    Ok(in_order(rows.collect()))
}

/// All answers to the core questions, with these days of enrolment.
fn core_answers(day: Day, enrolled: &[Day]) -> impl Iterator<Item = Facts> {
    let smartphones = [Some(true), Some(false)];
    let enrolled = enrolled.iter().map(move |enrolled| Facts { enrolled_on: Some(*enrolled), ..Facts::on(day) });
    let cards = enrolled.flat_map(|told| Card::ALL.iter().map(move |card| Facts { card: Some(*card), ..told }));
    cards.flat_map(move |told| smartphones.map(|smartphone| Facts { smartphone, ..told }))
}

fn draft_of(whose: Whose, drafts: &mut Vec<Draft>, days: usize) -> Option<&mut Draft> {
    if !drafts.iter().any(|draft| draft.whose == whose) {
        drafts.push(Draft { whose, said: vec![None; days] });
    }
    drafts.iter_mut().find(|draft| draft.whose == whose)
}

/// All who may give these answers: with each state and term of the 資格確認書, and, of a card that has expired, with
/// each day on which it may have. Tells them apart by their 資格確認書 if that is asked about.
fn people(told: &Facts, rulebook: &Rulebook) -> Outcome<Vec<(Facts, Option<Proof>)>> {
    let has_expired = matches!(told.card, Some(Card::CertificateExpired | Card::Expired));
    let cards = if has_expired { rulebook.answered(Fact::CardCertificateExpiresOn, told) } else { vec![*told] };
    let is_asked = rulebook.questions(told)?.iter().any(|question| question.fact == Fact::Certificate);
    let mut people = Vec::new();
    for facts in cards.iter().flat_map(|card| rulebook.answered(Fact::Certificate, card)) {
        for facts in std::iter::once(facts).chain(rulebook.answered(Fact::CertificateExpiresOn, &facts)) {
            let has_ended = facts.certificate_expires_on.is_some_and(|last| last < facts.as_of);
            let proof = match facts.certificate {
                None | Some(Certificate::None) => Proof::None,
                Some(Certificate::Held) if !has_ended => Proof::Held,
                Some(_) => Proof::Gone,
            };
            people.push((facts, is_asked.then_some(proof)));
        }
    }
    Ok(people)
}

/// What is said alike rests on the same sources, whichever of them led there.
fn share_sources(drafts: &mut [Draft]) {
    let mut all: Vec<Item> = Vec::new();
    for item in drafts.iter().flat_map(|draft| &draft.said).flatten().flatten() {
        match all.iter_mut().find(|one| is_alike(one, item)) {
            Some(one) => add_sources(one, item),
            None => all.push(item.clone()),
        }
    }
    for item in drafts.iter_mut().flat_map(|draft| &mut draft.said).flatten().flatten() {
        if let Some(one) = all.iter().find(|one| is_alike(one, item)) {
            item.sources.clone_from(&one.sources);
        }
    }
}

/// Moves what is said to many from the rows of each to a row of all of them.
fn gather(drafts: &mut Vec<Draft>) {
    let mut gathered: Vec<Draft> = Vec::new();
    for shared in SHARED {
        let groups: BTreeSet<Whose> = drafts.iter().map(|draft| draft.whose.shared(shared)).collect();
        for whose in groups {
            // A row of the same description was made before if part of it makes no difference with this card.
            if drafts.iter().chain(&gathered).all(|draft| draft.whose != whose) {
                let group = drafts.iter_mut().filter(|draft| draft.whose.shared(shared) == whose);
                let said = take_common(group.map(|draft| &mut draft.said).collect(), whose);
                gathered.push(Draft { whose, said });
            }
        }
    }
    drafts.append(&mut gathered);
}

/// Takes out of each list what is in all of them, day by day.
fn take_common(mut lists: Vec<&mut Vec<Option<Vec<Item>>>>, whose: Whose) -> Vec<Option<Vec<Item>>> {
    let days = lists.first().map_or(0, |list| list.len());
    let mut common = Vec::new();
    for number in 0..days {
        let mut said: Vec<&mut Vec<Item>> =
            lists.iter_mut().filter_map(|list| list.get_mut(number)?.as_mut()).collect();
        let is_common = |item: &&Item| whose.takes(item) && said.iter().all(|said| said.contains(item));
        let taken: Option<Vec<Item>> = said.first().map(|first| first.iter().filter(is_common).cloned().collect());
        for said in &mut said {
            said.retain(|item| !taken.iter().flatten().any(|one| one == item));
        }
        common.push(taken);
    }
    common
}

impl Draft {
    /// What is said whenever somebody was enrolled, and what is said only to those of some days, most urgent first.
    fn row(self, enrolled: &[Day], day: Day) -> Row {
        let mut items: Vec<&Item> = Vec::new();
        for item in self.said.iter().flatten().flatten() {
            if !items.contains(&item) {
                items.push(item);
            }
        }
        items.sort_by_key(|item| item.id);
        let said = items.into_iter().map(|item| {
            let when: Vec<bool> =
                self.said.iter().map(|said| said.as_ref().is_none_or(|said| said.contains(item))).collect();
            Said { enrolled: stretches(&when, enrolled, day), item: item.clone() }
        });
        Row { whose: self.whose, said: said.collect() }
    }
}

impl Row {
    /// Everything that is said.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item> {
        self.said.iter().map(|said| &said.item)
    }

    /// The first section there is something in.
    fn first(&self) -> Option<Section> {
        self.items().map(|item| item.section).min()
    }
}

/// Sorts rows: what is for every card first; then for each card what is shown at the counter before all else, and the
/// rows of one state of an expired card together.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    let state = |row: &Row| (row.whose.card, row.whose.over);
    let mut firsts: BTreeMap<_, Option<Section>> = BTreeMap::new();
    for row in &rows {
        let first = firsts.entry(state(row)).or_insert(row.first());
        *first = (*first).min(row.first());
    }
    rows.sort_by_key(|row| {
        let Whose { card, over, certificate, smartphone } = row.whose;
        (card, firsts.get(&state(row)).copied(), over, row.first(), certificate, smartphone.map(|has_one| !has_one))
    });
    rows
}

/// The stretches of days of enrolment for which something holds; none if it holds for all. What begins or ends with
/// the days that count as new moves on with the day of the guidance, so it has no date.
fn stretches(holds: &[bool], enrolled: &[Day], day: Day) -> Vec<Stretch> {
    let first_new = day.plus_days(-NEW_DAYS);
    let days: Vec<(Day, bool)> = enrolled.iter().copied().zip(holds.iter().copied()).collect();
    let runs: Vec<(Day, bool)> =
        days.chunk_by(|one, other| one.1 == other.1).filter_map(|run| run.first().copied()).collect();
    let mut stretches = Vec::new();
    for (number, (first, holds)) in runs.iter().enumerate() {
        let next = runs.get(number + 1).map(|(next, _)| *next);
        if *holds && runs.len() > 1 {
            let age = match (*first == first_new, next == Some(first_new)) {
                (true, _) => Age::New,
                (_, true) => Age::Settled,
                _ => Age::Any,
            };
            let dated = |day: Day| (day != first_new).then_some(day);
            stretches.push(Stretch {
                from: Some(*first).filter(|_| number > 0).and_then(dated),
                to: next.and_then(dated).map(|next| next.plus_days(-1)),
                age,
            });
        }
    }
    stretches
}

/// Answers lead to a row, so they are not named in it.
fn without_reasons(item: Item) -> Item {
    Item { because: Vec::new(), ..item }
}

/// Keeps what is said in the other list too, without the details in which the two differ.
fn keep_common(items: &mut Vec<Item>, others: &[Item]) {
    items.retain_mut(|item| {
        let about = |item: &Item| (item.id, item.layer, item.args.get(&Argument::About).cloned());
        let Some(other) = others.iter().find(|other| about(other) == about(item)) else {
            return false;
        };
        let args = item.args.iter().filter(|(name, value)| other.args.get(name) == Some(value));
        item.args = Entries::from(args.map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>());
        item.by = item.by.filter(|by| other.by == Some(*by));
        add_sources(item, other);
        true
    });
}

fn add_sources(item: &mut Item, other: &Item) {
    let more: Vec<String> = other.sources.iter().filter(|id| !item.sources.contains(id)).cloned().collect();
    item.sources.extend(more);
}

/// Whether two are equal as guidance.
fn is_alike(one: &Item, other: &Item) -> bool {
    one.id == other.id && one.layer == other.layer && one.args == other.args && one.by == other.by
}
