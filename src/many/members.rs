//! From columns of facts to classes: what [`Situation::of`](crate::situation::Situation::of) does for one member, done for
//! 512 with one bit each.

use sliced::{Block, Days, Flags, MEMBERS, Row, Table};

use super::turns::{TURNS, Turns, first_day, turns};
use super::{Classes, Column, Packed, Source, check_length, invalid};
use crate::Day;
use crate::error::Error;
use crate::facts::{CARDS_END, Facts};
use crate::guidance::Guidance;
use crate::plain::Plain;
use crate::rulebook::Rulebook;
use crate::situation::{Cuts, Variable};
use crate::vocabulary::{Card, Certificate, Fact, Notice, OldCard};

/// The most codes a fact has, with the one for untold.
const CODES: usize = Card::ALL.len() + 1;
/// For how many days their turns are kept.
const KEPT: usize = 1 << 12;
/// Whoever is enrolled at that age, in days, may have been 75: that is looked at more closely.
const ALMOST_75: i32 = 74 * 365;

/// Columns of facts.
pub(super) struct Members<'a> {
    codes: Packed<'a, (Fact, Variable)>,
    days: Vec<&'a [i32]>,
    classes: [(Variable, Table); 3],
    /// Up to when one is 75 on the day from which there are certificates.
    left_by_75: i32,
    kept: Vec<Option<(i32, Turns)>>,
    /// The turns of each member of a block.
    turns: Box<[Row; TURNS]>,
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
                .map(|variable| (variable, table(&rulebook.cuts, variable))),
            left_by_75: first_day(|born| born.birthday(75) > CARDS_END),
            kept: vec![None; KEPT],
            turns: Box::new([[0; MEMBERS]; TURNS]),
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
                last = (*day, self.turns_of(*day));
            }
            for (row, turn) in self.turns.iter_mut().zip(last.1) {
                if let Some(slot) = row.get_mut(member) {
                    *slot = turn;
                }
            }
        }
    }

    fn turns_of(&mut self, day: i32) -> Turns {
        let kept = self.kept.get_mut(day.unsigned_abs() as usize % KEPT);
        if let Some(Some((kept, turns))) = kept.as_deref()
            && *kept == day
        {
            return *turns;
        }
        // Who asks about no day is not answered, whatever the turns.
        let turns = Day::from_epoch_days(day).map_or([0; TURNS], turns);
        if let Some(kept) = kept {
            *kept = Some((day, turns));
        }
        turns
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

impl Source for Members<'_> {
    fn classes(&mut self, first: usize, classes: &mut Classes) -> Block {
        let day = |fact| Days::of(self.days(fact), first);
        let as_of = day(Fact::AsOf);
        let (enrolled, ended_on, born) = (day(Fact::EnrolledOn), day(Fact::EndedOn), day(Fact::BornOn));
        let (card_ends, ends) = (day(Fact::CardCertificateExpiresOn), day(Fact::CertificateExpiresOn));
        self.turn(&as_of.earliest);
        let [
            new,
            running,
            ended_by,
            turned_75,
            turned_70,
            turned_1,
            card_over,
            card_grace,
            card_ending,
            over,
            ending,
            ratio,
        ] = &*self.turns;
        let cards_end = CARDS_END.epoch_days();

        let mut flags = [Flags::default(); 3];
        let [one, two, three] = &mut flags;
        one.before(0, &enrolled.latest, new);
        one.before(1, &enrolled.latest, running);
        one.before(2, &ended_on.latest, ended_by);
        one.after(3, &ended_on.earliest, Column::UNTOLD);
        one.before(4, &born.latest, turned_75);
        one.before(5, &born.latest, turned_70);
        one.before(6, &born.latest, turned_1);
        one.after(7, &born.earliest, Column::UNTOLD);
        two.before(0, &card_ends.latest, card_over);
        two.before(1, &card_ends.latest, card_grace);
        two.before(2, &card_ends.latest, card_ending);
        two.after(3, &card_ends.earliest, Column::UNTOLD);
        two.before(4, &ends.latest, over);
        two.before(5, &ends.latest, ending);
        two.after(6, &ends.earliest, Column::UNTOLD);
        two.until(7, &enrolled.latest, cards_end);
        three.until(0, &ended_on.latest, cards_end + 1);
        three.until(0, &born.latest, self.left_by_75);
        three.before(1, &born.latest, ratio);
        three.after(2, &born.earliest, cards_end - 1);
        three.until(3, &as_of.latest, cards_end);
        for (one, other) in [
            (&ended_on, &enrolled),
            (&enrolled, &born),
            (&ended_on, &born),
            (&as_of, &born),
            (&ends, &born),
            (&ends, &enrolled),
        ] {
            three.before(4, &one.latest, &other.earliest);
        }
        three.until(4, &ends.latest, cards_end);
        three.before(4, &born.latest, &enrolled.earliest.map(|day| day.saturating_sub(ALMOST_75)));
        // These two have to be told.
        three.until(4, &as_of.earliest, Day::MIN.epoch_days());
        three.until(4, &enrolled.earliest, Day::MIN.epoch_days());
        for day in [&as_of, &enrolled, &ended_on, &born, &card_ends, &ends] {
            three.until(4, &day.latest, Day::MIN.epoch_days());
            three.after(4, &day.earliest, Day::MAX.epoch_days());
        }
        let [
            [new, running, ended, ended_told, from_75, from_70, from_1, born_told],
            [card_over, card_grace, card_ending, card_told, over, ending, told, before_cards_end],
            [left_before, may_change_ratio, born_late, early, impossible, ..],
        ] = flags.map(|flags| flags.bits());

        let mut who = [[Block::NONE; CODES]; Fact::ALL.len()];
        let beyond = self.codes.read(first, |(fact, variable), bits| {
            let Some(codes) = who.get_mut(fact as usize) else { return };
            let classes = classes.of(variable);
            // Where untold is no class of its own, the first class is the default.
            let by_default = usize::from(variable.values().is_some_and(|values| values.first() != Some(&"unstated")));
            let Some(codes) = codes.get_mut(..classes.len() + by_default) else { return };
            sliced::classes(bits, codes);
            classes.iter_mut().zip(codes.iter().skip(by_default)).for_each(|(class, code)| *class = *code);
            if let (1, Some(class), Some(untold)) = (by_default, classes.first_mut(), codes.first()) {
                *class |= *untold;
            }
        });
        let untold = |fact: Fact| who.get(fact as usize).and_then(|codes| codes.first()).copied().unwrap_or_default();
        let told_as = |fact: Fact, word: usize| {
            who.get(fact as usize).and_then(|codes| codes.get(word + 1)).copied().unwrap_or_default()
        };
        let card = |card: Card| told_as(Fact::Card, card as usize);
        let yes = |fact: Fact| told_as(fact, 1);

        classes.shift(Variable::Card, Card::Registered as usize, Card::CertificateExpired as usize, card_over);
        let mut rules_out_portal = card(Card::Registered) & card_over;
        for state in Card::ALL.iter().filter(|state| state.rules_out_portal()) {
            rules_out_portal |= card(*state);
        }
        classes.shift(Variable::PortalLogin, 0, 1, rules_out_portal | card_grace);
        let never = untold(Fact::OldCard) & !before_cards_end;
        classes.shift(Variable::OldCard, OldCard::Held as usize, OldCard::NeverIssued as usize, never);
        for certificate in Certificate::ALL.iter().skip(1) {
            classes.shift(Variable::Certificate, *certificate as usize, Certificate::None as usize, left_before);
        }
        classes.set(Variable::Start, [!new, new & !running, running]);
        let is_over = ended | from_75;
        classes.set(Variable::End, [!is_over & !ended_told, ended_told & !is_over, is_over]);
        let terms =
            [!card_told, card_told & !card_ending, card_ending & !card_grace, card_grace & !card_over, card_over];
        classes.set(Variable::CardTerm, terms);
        classes.set(Variable::CertificateTerm, [!told, told & !ending, ending & !over, over]);
        let ages = [!born_told, born_told & !from_1, from_1 & !from_70, from_70 & !from_75, from_75];
        classes.set(Variable::Age, ages);
        for ((variable, table), days) in self.classes.iter().zip([&as_of, &enrolled, &ended_on]) {
            sliced::classes(&table.look_up(&days.earliest).bits(), classes.of(*variable));
        }
        for class in classes.of(Variable::EndedOn) {
            *class &= ended_told;
        }
        if let Some(class) = classes.of(Variable::EndedOn).first_mut() {
            *class = !ended_told;
        }

        let had_old_card =
            told_as(Fact::OldCard, OldCard::Held as usize) | told_as(Fact::OldCard, OldCard::Lost as usize);
        let is_expired = card(Card::CertificateExpired) | card(Card::Expired);
        let has_certificate = Certificate::ALL
            .iter()
            .skip(1)
            .fold(Block::NONE, |all, certificate| all | told_as(Fact::Certificate, *certificate as usize));
        let not_here =
            told_as(Fact::Notice, Notice::NotReceived as usize) | told_as(Fact::Notice, Notice::Undistributed as usize);
        beyond
            | impossible
            | untold(Fact::Card)
            | untold(Fact::Smartphone)
            | (yes(Fact::RatioChanged) & born_told & !may_change_ratio)
            | (had_old_card & (!before_cards_end | born_late))
            | (yes(Fact::PortalLogin) & rules_out_portal)
            | (card(Card::None) & card_told)
            | (is_expired & card_told & !card_grace)
            | (!has_certificate & told)
            | (has_certificate & early)
            | (yes(Fact::NoticeMismatch) & not_here)
    }

    fn alone(&self, rulebook: &Rulebook, member: usize) -> Result<Vec<Guidance>, Error> {
        let said = rulebook.guidance(&self.facts(member)?)?;
        Ok(said.into_iter().map(|item| item.id).collect())
    }
}
