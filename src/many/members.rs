//! From columns of facts to classes: what [`Situation::of`](crate::situation::Situation::of) does for one member, done for
//! 512 with one bit each.

use std::collections::BTreeMap;

use sliced::{Block, Days, Flags, MEMBERS, Row, Table};

use super::columns::{Packed, check_length, invalid};
use super::turns::{TURNS, Turns, first_day, turns};
use super::{Classes, Column, Source};
use crate::Day;
use crate::cuts::Cuts;
use crate::error::Error;
use crate::facts::{CARDS_END, Facts};
use crate::guidance::Guidance;
use crate::plain::Plain;
use crate::rulebook::Rulebook;
use crate::situation::Variable;
use crate::vocabulary::{Card, Certificate, Fact, Notice, OldCard};

/// The most codes a fact has, with the one for untold.
const CODES: usize = Card::ALL.len() + 1;
/// Whoever is enrolled at that age, in days, may have been 75: that is looked at more closely.
const ALMOST_75: i32 = 74 * 365;

/// Columns of facts.
pub(super) struct Members<'a> {
    codes: Packed<'a, (Fact, Variable)>,
    days: Vec<&'a [i32]>,
    classes: [(Variable, Table); 3],
    /// Up to when one is 75 on the day from which there are certificates.
    left_by_75: i32,
    /// The turns of every day that was asked about.
    known: BTreeMap<i32, Turns>,
    /// The turns of each member of a block.
    turns: Vec<Row>,
    /// The day whose turns everybody in `turns` has.
    turned: Option<i32>,
}

impl<'a> Members<'a> {
    pub(super) fn new(
        rulebook: &Rulebook,
        columns: &[(Fact, Column<'a>)],
        members: usize,
    ) -> Result<Members<'a>, Error> {
        let mut codes = Packed(Vec::new());
        let mut days: Vec<&[i32]> = Vec::with_capacity(Fact::ALL.len());
        for fact in Fact::ALL {
            let column = columns.iter().find(|(of, _)| of == fact).map(|(_, column)| *column);
            let variable = Variable::from_word(fact.word());
            match (Column::words(*fact).zip(variable), column) {
                (Some(_), Some(Column::Days(_))) => return Err(invalid(fact, "has to have codes")),
                (None, Some(Column::Codes(_))) => return Err(invalid(fact, "has to have days")),
                (Some((words, variable)), column) => {
                    let column = if let Some(Column::Codes(column)) = column { column } else { &[0] };
                    check_length(fact, column.len(), members)?;
                    codes.add((*fact, variable), column, words.len());
                    days.push(&[Column::UNTOLD]);
                }
                (None, column) => {
                    let column = if let Some(Column::Days(column)) = column { column } else { &[Column::UNTOLD] };
                    check_length(fact, column.len(), members)?;
                    days.push(column);
                }
            }
        }
        Ok(Members {
            codes,
            days,
            classes: [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn]
                .map(|variable| (variable, table(&rulebook.decider.cuts, variable))),
            left_by_75: first_day(|born| born.birthday(75) > CARDS_END),
            known: BTreeMap::new(),
            turns: vec![[0; MEMBERS]; TURNS],
            turned: None,
        })
    }

    fn codes(&self, fact: Fact) -> &'a [u8] {
        let mut all = self.codes.0.iter().flatten();
        all.find(|narrow| narrow.of.0 == fact).map_or(&[], |narrow| narrow.column)
    }

    fn days(&self, fact: Fact) -> &'a [i32] {
        self.days.get(fact as usize).copied().unwrap_or_default()
    }

    /// Finds the turns of the day that each member of a block asks about.
    fn turn(&mut self, as_of: &Row) {
        let [first, ..] = as_of;
        if self.turned == Some(*first) && as_of.iter().all(|day| day == first) {
            return;
        }
        self.turned = as_of.iter().all(|day| day == first).then_some(*first);
        let mut last = (Column::UNTOLD, [0; TURNS]);
        for (member, day) in as_of.iter().enumerate() {
            if last.0 != *day {
                // Who asks about no day is not answered, whatever the turns.
                let found = || Day::from_epoch_days(*day).map_or([0; TURNS], turns);
                last = (*day, *self.known.entry(*day).or_insert_with(found));
            }
            for (row, turn) in self.turns.iter_mut().zip(last.1) {
                if let Some(slot) = row.get_mut(member) {
                    *slot = turn;
                }
            }
        }
    }

    /// What a member tells.
    pub(super) fn facts(&self, member: usize) -> Result<Facts, Error> {
        let mut facts = Facts::on(Day::MIN);
        for fact in Fact::ALL {
            let told = match Column::words(*fact) {
                None => match at(self.days(*fact), member) {
                    Column::UNTOLD if *fact != Fact::AsOf => Plain::Nothing,
                    day => match Day::from_epoch_days(day) {
                        Some(day) => Plain::Text(day.to_string()),
                        None => Plain::Number(day.into()),
                    },
                },
                Some(words) => match at(self.codes(*fact), member) {
                    0 => Plain::Nothing,
                    code => match words.get(usize::from(code) - 1) {
                        Some(&"false") => Plain::Truth(false),
                        Some(&"true") => Plain::Truth(true),
                        Some(word) => Plain::Text((*word).to_owned()),
                        None => Plain::Number(code.into()),
                    },
                },
            };
            facts.tell(*fact, &told)?;
        }
        facts.check()?;
        Ok(facts)
    }
}

/// A member's entry in a column.
fn at<T: Copy + Default>(column: &[T], member: usize) -> T {
    match column {
        [all] => *all,
        _ => column.get(member).copied().unwrap_or_default(),
    }
}

/// The classes of a date, from the day before the first cut to the last.
fn table(cuts: &Cuts, date: Variable) -> Table {
    let (days, _) = cuts.of(date);
    let (first, last) = match days {
        [] => (0, 0),
        [first, ..] => (first.epoch_days() - 1, days.last().unwrap_or(first).epoch_days()),
    };
    let day = |day| Day::from_epoch_days(day).unwrap_or(Day::MIN);
    Table::new(first, (first..=last).map(|number| cuts.class(date, day(number))).collect())
}

/// What members tell, apart from dates: for each fact and code, who has it.
struct Words(Vec<[Block; CODES]>);

impl Words {
    fn untold(&self, fact: Fact) -> Block {
        self.0.get(fact as usize).and_then(|codes| codes.first()).copied().unwrap_or_default()
    }

    fn is(&self, fact: Fact, word: usize) -> Block {
        self.0.get(fact as usize).and_then(|codes| codes.get(word + 1)).copied().unwrap_or_default()
    }

    fn yes(&self, fact: Fact) -> Block {
        self.is(fact, 1)
    }

    fn card(&self, card: Card) -> Block {
        self.is(Fact::Card, card as usize)
    }

    fn any_certificate(&self) -> Block {
        let any = Certificate::ALL.iter().skip(1).map(|certificate| self.is(Fact::Certificate, *certificate as usize));
        any.fold(Block::NONE, |all, one| all | one)
    }
}

/// What the days of members come to: for each question, for whom the answer is yes.
#[derive(Default)]
struct Dated {
    /// The cover has begun; more than a few days ago; it has ended, as told; an end is told.
    begun: Block,
    running: Block,
    ended: Block,
    end_told: Block,
    /// From 75, 70 (with the month of N-13) and 1 year on; the day of birth is told.
    from_75: Block,
    from_70: Block,
    from_1: Block,
    born_told: Block,
    /// The term of the 電子証明書: over, in its grace or over, ending or after that, told.
    card_over: Block,
    card_grace: Block,
    card_ending: Block,
    card_told: Block,
    /// The term of the 資格確認書, likewise.
    over: Block,
    ending: Block,
    told: Block,
    /// Enrolled while cards were issued; gone when certificates came.
    before_cards_end: Block,
    left_before: Block,
    /// Old enough for a ratio; asking about a day before there were certificates.
    may_change_ratio: Block,
    early: Block,
    /// Days that cannot be together, or at all.
    odd: Block,
}

/// The days that a block of members tells.
struct Told {
    as_of: Days,
    enrolled: Days,
    ended: Days,
    born: Days,
    card_ends: Days,
    ends: Days,
}

impl Members<'_> {
    fn dated(&mut self, told: &Told) -> Dated {
        let Told { as_of, enrolled, ended, born, card_ends, ends } = told;
        self.turn(&as_of.earliest);
        let cards_end = CARDS_END.epoch_days();
        let mut flags = [Flags::default(); 3];
        let [one, two, three] = &mut flags;
        // In the order of the turns.
        let turning = [enrolled, enrolled, ended, born, born, born, card_ends, card_ends, card_ends, ends, ends, born];
        for (number, (days, turn)) in (0..).zip(turning.into_iter().zip(&self.turns)) {
            (if number < 8 { &mut *one } else { &mut *two }).before(number, &days.latest, turn);
        }
        two.after(4, &ended.earliest, Column::UNTOLD);
        two.after(5, &born.earliest, Column::UNTOLD);
        two.after(6, &card_ends.earliest, Column::UNTOLD);
        two.after(7, &ends.earliest, Column::UNTOLD);
        three.until(0, &enrolled.latest, cards_end);
        three.until(1, &ended.latest, cards_end + 1);
        three.until(1, &born.latest, self.left_by_75);
        three.until(2, &as_of.latest, cards_end);
        let in_order =
            [(ended, enrolled), (enrolled, born), (ended, born), (as_of, born), (ends, born), (ends, enrolled)];
        for (later, earlier) in in_order {
            three.before(3, &later.latest, &earlier.earliest);
        }
        three.until(3, &ends.latest, cards_end);
        three.before(3, &born.latest, &enrolled.earliest.map(|day| day.saturating_sub(ALMOST_75)));
        // These two have to be told.
        three.until(3, &as_of.earliest, Day::MIN.epoch_days());
        three.until(3, &enrolled.earliest, Day::MIN.epoch_days());
        let (first, last) = (Day::MIN.epoch_days(), Day::MAX.epoch_days());
        for days in [as_of, enrolled, ended, born, card_ends, ends] {
            if days.any_beyond(first, last) {
                three.until(3, &days.latest, first);
                three.after(3, &days.earliest, last);
            }
        }
        let [
            [begun, running, ended, from_75, from_70, from_1, card_over, card_grace],
            [card_ending, over, ending, may_change_ratio, end_told, born_told, card_told, told],
            [before_cards_end, left_before, early, odd, ..],
        ] = flags.map(|flags| flags.bits());
        Dated {
            begun,
            running,
            ended,
            end_told,
            from_75,
            from_70,
            from_1,
            born_told,
            card_over,
            card_grace,
            card_ending,
            card_told,
            over,
            ending,
            told,
            before_cards_end,
            left_before,
            may_change_ratio,
            early,
            odd,
        }
    }

    /// Reads what is told apart from dates, each as a class of its own variable, and says who tells what cannot be.
    fn words(&self, first: usize, classes: &mut Classes) -> (Words, Block) {
        let mut words = vec![[Block::NONE; CODES]; Fact::ALL.len()];
        let beyond = self.codes.read(first, |(fact, variable), bits| {
            let Some(codes) = words.get_mut(fact as usize) else { return };
            let classes = classes.of(variable);
            // Where untold is no class of its own, the first class is the default.
            let by_default = usize::from(variable.values().is_some_and(|values| values.first() != Some(&"unstated")));
            let Some(codes) = codes.get_mut(..classes.len() + by_default) else { return };
            sliced::classes(bits, codes);
            for (class, code) in classes.iter_mut().zip(codes.iter().skip(by_default)) {
                *class = *code;
            }
            if let (1, Some(class), Some(untold)) = (by_default, classes.first_mut(), codes.first()) {
                *class |= *untold;
            }
        });
        (Words(words), beyond)
    }
}

impl Source for Members<'_> {
    fn classes(&mut self, first: usize, classes: &mut Classes) -> Block {
        let day = |fact| Days::of(self.days(fact), first);
        let told = Told {
            as_of: day(Fact::AsOf),
            enrolled: day(Fact::EnrolledOn),
            ended: day(Fact::EndedOn),
            born: day(Fact::BornOn),
            card_ends: day(Fact::CardCertificateExpiresOn),
            ends: day(Fact::CertificateExpiresOn),
        };
        let dated = self.dated(&told);
        let (words, beyond) = self.words(first, classes);
        for ((variable, table), days) in self.classes.iter().zip([&told.as_of, &told.enrolled, &told.ended]) {
            sliced::classes(&table.look_up(&days.earliest).bits(), classes.of(*variable));
        }
        let rules_out_portal = derive(&words, &dated, classes);
        beyond | dated.odd | odd(&words, &dated, rules_out_portal)
    }

    fn alone(&self, rulebook: &Rulebook, member: usize) -> Result<Vec<Guidance>, Error> {
        let said = rulebook.guidance(&self.facts(member)?)?;
        Ok(said.into_iter().map(|item| item.id).collect())
    }
}

/// Puts down what follows from several facts, and says whose card rules out opening Mynaportal.
fn derive(words: &Words, dated: &Dated, classes: &mut Classes) -> Block {
    let Dated { begun, running, end_told, from_75, from_70, from_1, born_told, .. } = *dated;
    let Dated { card_over, card_grace, card_ending, card_told, over, ending, told, .. } = *dated;
    classes.shift(Variable::Card, Card::Registered as usize, Card::CertificateExpired as usize, card_over);
    let mut rules_out_portal = words.card(Card::Registered) & card_over;
    for card in Card::ALL.iter().filter(|card| card.rules_out_portal()) {
        rules_out_portal |= words.card(*card);
    }
    classes.shift(Variable::PortalLogin, 0, 1, rules_out_portal | card_grace);
    let never = words.untold(Fact::OldCard) & !dated.before_cards_end;
    classes.shift(Variable::OldCard, OldCard::Held as usize, OldCard::NeverIssued as usize, never);
    for certificate in Certificate::ALL.iter().skip(1) {
        let none = Certificate::None as usize;
        classes.shift(Variable::Certificate, *certificate as usize, none, dated.left_before);
    }
    let is_over = dated.ended | from_75;
    classes.set(Variable::Start, [!begun, begun & !running, running]);
    classes.set(Variable::End, [!is_over & !end_told, end_told & !is_over, is_over]);
    classes.set(
        Variable::CardTerm,
        [!card_told, card_told & !card_ending, card_ending & !card_grace, card_grace & !card_over, card_over],
    );
    classes.set(Variable::CertificateTerm, [!told, told & !ending, ending & !over, over]);
    classes.set(Variable::Age, [!born_told, born_told & !from_1, from_1 & !from_70, from_70 & !from_75, from_75]);
    let ended_on = classes.of(Variable::EndedOn);
    for class in &mut *ended_on {
        *class &= end_told;
    }
    if let Some(untold) = ended_on.first_mut() {
        *untold = !end_told;
    }
    rules_out_portal
}

/// Who does not tell a core fact, or tells what cannot hold together; that days alone cannot is known, and so that nobody
/// was born after being enrolled.
fn odd(words: &Words, dated: &Dated, rules_out_portal: Block) -> Block {
    let had_old_card =
        words.is(Fact::OldCard, OldCard::Held as usize) | words.is(Fact::OldCard, OldCard::Lost as usize);
    let has_expired = words.card(Card::CertificateExpired) | words.card(Card::Expired);
    let has_no_notice =
        words.is(Fact::Notice, Notice::NotReceived as usize) | words.is(Fact::Notice, Notice::Undistributed as usize);
    words.untold(Fact::Card)
        | words.untold(Fact::Smartphone)
        | (words.yes(Fact::RatioChanged) & dated.born_told & !dated.may_change_ratio)
        | (had_old_card & !dated.before_cards_end)
        | (words.yes(Fact::PortalLogin) & rules_out_portal)
        | (words.card(Card::None) & dated.card_told)
        | (has_expired & dated.card_told & !dated.card_grace)
        | (!words.any_certificate() & dated.told)
        | (words.any_certificate() & dated.early)
        | (words.yes(Fact::NoticeMismatch) & has_no_notice)
}
