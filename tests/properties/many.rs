//! Members answered together are told what each is told alone.

use serde_json::{Value, json};
use shikaku_navi::{
    Card, Certificate, Column, Day, Error, ErrorKind, Fact, Facts, Guidance, Many, Notice, OldCard, Section, Variable,
    WORDS,
};

use crate::common::{Numbers, only_rules};
use crate::members::{PAIRS, Pair, consistent, facts, random_picks};

/// Columns of facts, in the order of [`Fact::ALL`].
struct Table(Vec<(Fact, Vec<i32>, Vec<u8>)>);

impl Table {
    fn of(members: &[Facts]) -> Table {
        let column = |fact: &Fact| {
            let words = Column::words(*fact);
            let code = |value: shikaku_navi::Value| {
                1 + words.unwrap().iter().position(|word| *word == value.to_string()).unwrap()
            };
            let day = |value: shikaku_navi::Value| Day::from_iso(&value.to_string()).unwrap().epoch_days();
            let told = members.iter().map(|facts| facts.get(*fact));
            match words {
                None => (*fact, told.map(|told| told.map_or(Column::UNTOLD, day)).collect(), Vec::new()),
                Some(_) => (*fact, Vec::new(), told.map(|told| u8::try_from(told.map_or(0, code)).unwrap()).collect()),
            }
        };
        Table(Fact::ALL.iter().map(column).collect())
    }

    fn columns(&self) -> Vec<(Fact, Column<'_>)> {
        let columns = self.0.iter().map(|(fact, days, codes)| {
            let column = if codes.is_empty() { Column::Days(days) } else { Column::Codes(codes) };
            (*fact, column)
        });
        columns.collect()
    }
}

/// A row: the ids it has, or the error.
type Row = Result<Vec<Guidance>, (ErrorKind, Option<Fact>)>;

fn read(row: &[u32]) -> Row {
    let (verdict, bits) = row.split_last().unwrap();
    let has = |id: &Guidance| bits[*id as usize / 32] >> (*id as usize % 32) & 1 == 1;
    let said: Vec<Guidance> = Guidance::ALL.iter().copied().filter(has).collect();
    if *verdict == 0 {
        return Ok(said);
    }
    assert_eq!(said, [], "who is not answered is told nothing");
    let fact = (*verdict >> 8).checked_sub(1).map(|fact| Fact::ALL[fact as usize]);
    Err((ErrorKind::ALL[(*verdict & 0xff) as usize - 1], fact))
}

fn alone(pair: &Pair, facts: &Facts) -> Row {
    let described = |error: Error| (error.kind(), error.fact().and_then(Fact::from_word));
    facts.check().map_err(described)?;
    let mut said: Vec<Guidance> =
        pair.rulebook.guidance(facts).map_err(described)?.into_iter().map(|item| item.id).collect();
    said.sort_unstable();
    said.dedup();
    Ok(said)
}

fn complete(facts: Facts, numbers: &mut Numbers, pair: &Pair) -> Facts {
    Facts {
        enrolled_on: facts.enrolled_on.or(Some(numbers.pick(&pair.days))),
        card: facts.card.or(Some(numbers.pick(Card::ALL))),
        smartphone: facts.smartphone.or(Some(true)),
        ..facts
    }
}

/// Nine of ten members tell the core facts, and two of three only what can hold together; a third was enrolled long ago,
/// every fourth asks about a day of their own, and now and then somebody about one at the ends of the calendar.
pub(crate) fn members(pair: &Pair, numbers: &mut Numbers, count: usize) -> Vec<Facts> {
    let mut members = Vec::new();
    let today = numbers.pick(&pair.days);
    while members.len() < count {
        let picks = random_picks(numbers);
        let any = if numbers.below(3) == 0 { Some(facts(pair, &picks)) } else { consistent(pair, &picks) };
        let Some(any) = any else { continue };
        let mut facts = if numbers.below(10) == 0 { any } else { complete(any, numbers, pair) };
        if numbers.below(4) > 0 {
            facts.as_of = today;
        }
        if numbers.below(3) == 0 {
            facts.enrolled_on = facts.enrolled_on.map(|day| day.minus_months(300));
        }
        if numbers.below(50) == 0 {
            let ends = [Day::MIN, Day::MAX, Day::MIN.plus_days(7), Day::MAX.plus_days(-100)];
            let far = numbers.pick(&ends);
            match numbers.below(6) {
                0 => facts.as_of = far,
                1 => facts.enrolled_on = Some(far),
                2 => facts.ended_on = Some(far),
                3 => facts.born_on = Some(far),
                4 => facts.certificate_expires_on = Some(far),
                _ => facts.card_certificate_expires_on = Some(far),
            }
        }
        members.push(facts);
    }
    members
}

#[test]
fn random_members_together_are_told_what_each_is_told_alone() {
    // More by hand: `cargo xtask random`.
    let more = std::env::var("RANDOM").map_or(0, |members| members.parse::<usize>().unwrap() / 100);
    let count = more.max(10_000);
    for (number, pair) in PAIRS.iter().enumerate() {
        let mut numbers = Numbers::from(number as u64);
        let members = members(pair, &mut numbers, count);
        let many = Many::from(pair.rulebook.clone());
        let table = Table::of(&members);
        let mut rows = vec![u32::MAX; count * WORDS];
        many.assess(&table.columns(), &mut rows).unwrap();
        let mut answered = 0;
        for (facts, row) in members.iter().zip(rows.chunks(WORDS)) {
            assert_eq!(read(row), alone(pair, facts), "{} {facts:?}", pair.rulebook.insurer());
            answered += usize::from(read(row).is_ok());
        }
        assert!(answered > count / 2, "only {answered} of {count} are answered");
    }
}

/// Whatever class of whatever variable a rule could speak of.
#[test]
fn members_together_are_told_apart_by_every_class() {
    let values = Variable::ALL.iter().flat_map(|variable| {
        let values = variable.values().unwrap_or_default().iter();
        values.map(move |value| json!({ variable.word(): value }))
    });
    // What is waited for becomes another thing with time.
    let ids = Guidance::ALL.iter().filter(|id| !matches!(id.section(), Section::Wait | Section::Ask));
    let ids = ids.filter(|id| **id != Guidance::ContradictorySource);
    let rule = |(when, id): (Value, &Guidance)| json!({ "guidance": id.word(), "topic": "visit", "when": when, "sources": ["N-01"] });
    let rules: Vec<Value> = values.zip(ids).map(rule).collect();
    let pair = Pair::of(&only_rules(&json!(rules)).to_string(), None).unwrap();
    let mut members = members(&pair, &mut Numbers::from(7), 3000);
    // Who is answered together asks about one day, about another, and each about their own.
    let days = [Some(Day::new(2025, 6, 1)), Some(Day::new(2026, 11, 21)), None];
    for (together, day) in members.chunks_mut(512).zip(days.iter().cycle()) {
        if let Some(day) = day {
            for facts in together {
                facts.as_of = day.unwrap();
            }
        }
    }
    let many = Many::from(pair.rulebook.clone());
    let (words, bytes) = many.bound();
    assert_eq!((many.conjunctions(), bytes), (rules.len(), Variable::ALL.len() + 4 * WORDS));
    // 21 columns of 64 words, six times bytes to bits of 216, three times bits to rows of 544, and the classes and boxes.
    assert_eq!(words, 21 * 64 + 6 * 216 + 3 * 544 + 334);
    let mut rows = vec![u32::MAX; members.len() * WORDS];
    many.assess(&Table::of(&members).columns(), &mut rows).unwrap();
    for (facts, row) in members.iter().zip(rows.chunks(WORDS)) {
        assert_eq!(read(row), alone(&pair, facts), "{facts:?}");
    }
}

#[test]
fn members_by_their_classes_are_told_the_same() {
    for (number, pair) in PAIRS.iter().enumerate() {
        let members = members(pair, &mut Numbers::from(100 + number as u64), 1300);
        let many = Many::from(pair.rulebook.clone());
        let table = Table::of(&members);
        let classes = many.classes(&table.columns(), members.len()).unwrap();
        let mut rows = vec![u32::MAX; members.len() * WORDS];
        many.assess_classes(&classes, &mut rows).unwrap();
        let is_known = |member: usize| classes[0].1[member] != u8::MAX;
        for (member, row) in rows.chunks(WORDS).enumerate() {
            match alone(pair, &members[member]) {
                Ok(said) if is_known(member) => assert_eq!(read(row), Ok(said), "{:?}", members[member]),
                _ => assert_eq!(read(row), Err((ErrorKind::InvalidValue, None))),
            }
        }
        // The first class that a variable does not have.
        for (place, variable) in Variable::ALL.iter().enumerate() {
            let mut odd = classes.clone();
            let member = (0..members.len()).find(|member| is_known(*member)).unwrap();
            odd[place].1[member] = variable.values().map_or(64, |values| u8::try_from(values.len()).unwrap());
            many.assess_classes(&odd, &mut rows).unwrap();
            let row = &rows[member * WORDS..][..WORDS];
            assert_eq!(read(row), Err((ErrorKind::InvalidValue, None)), "{variable}");
        }
    }
}

#[test]
fn what_no_fact_can_be_is_marked_with_the_fact() {
    let many = Many::from(PAIRS[0].rulebook.clone());
    let usual = Facts {
        enrolled_on: Day::new(2020, 4, 1),
        card: Some(Card::Registered),
        smartphone: Some(true),
        ..Facts::on(Day::new(2026, 11, 21).unwrap())
    };
    for fact in Fact::ALL {
        let mut table = Table::of(&[usual; 3]);
        let (_, days, codes) = &mut table.0[*fact as usize];
        let kind = match Column::words(*fact) {
            None => {
                days[0] = i32::MAX;
                days[2] = Day::MIN.epoch_days() - 1;
                ErrorKind::InvalidDate
            }
            Some(words) => {
                codes[0] = u8::try_from(words.len() + 1).unwrap();
                codes[2] = 255;
                ErrorKind::InvalidValue
            }
        };
        let mut rows = vec![0; 3 * WORDS];
        many.assess(&table.columns(), &mut rows).unwrap();
        let rows: Vec<Row> = rows.chunks(WORDS).map(read).collect();
        assert_eq!(rows[0], Err((kind, Some(*fact))));
        assert!(rows[1].is_ok());
        assert_eq!(rows[2], Err((kind, Some(*fact))));
    }
}

/// Also for those who are answered alone, since they do not tell a core fact.
#[test]
fn one_entry_is_everybodys_and_a_day_is_needed() {
    let pair = &PAIRS[0];
    let facts = Facts { card: Some(Card::Registered), ..Facts::on(Day::new(2026, 11, 21).unwrap()) };
    let (table, many) = (Table::of(&[facts; 3]), Many::from(pair.rulebook.clone()));
    for (day, wanted) in [
        (facts.as_of.epoch_days(), alone(pair, &facts)),
        (Column::UNTOLD, Err((ErrorKind::InvalidDate, Some(Fact::AsOf)))),
    ] {
        let days = [day];
        let mut columns = table.columns();
        columns[Fact::AsOf as usize].1 = Column::Days(&days);
        let mut rows = vec![0; 3 * WORDS];
        many.assess(&columns, &mut rows).unwrap();
        assert_eq!(rows.chunks(WORDS).map(read).collect::<Vec<_>>(), [wanted.clone(), wanted.clone(), wanted]);
    }
}

/// One reason not to be answered does not make up for another.
#[test]
fn who_contradicts_himself_twice_is_not_answered_either() {
    let usual = Facts {
        enrolled_on: Day::new(2020, 1, 1),
        card: Some(Card::Registered),
        smartphone: Some(true),
        ..Facts::on(Day::new(2026, 11, 21).unwrap())
    };
    let wrong: [fn(&mut Facts); 9] = [
        |facts| (facts.ratio_changed, facts.born_on) = (Some(true), Day::new(2000, 1, 1)),
        |facts| (facts.old_card, facts.enrolled_on) = (Some(OldCard::Held), Day::new(2025, 1, 1)),
        |facts| (facts.portal_login, facts.card) = (Some(true), Some(Card::Lost)),
        |facts| (facts.card_certificate_expires_on, facts.card) = (Day::new(2030, 1, 1), Some(Card::None)),
        |facts| (facts.card_certificate_expires_on, facts.card) = (Day::new(2030, 1, 1), Some(Card::Expired)),
        |facts| facts.certificate_expires_on = Day::new(2030, 1, 1),
        |facts| (facts.certificate, facts.certificate_expires_on) = (Some(Certificate::Held), Day::new(2024, 1, 1)),
        |facts| (facts.notice_mismatch, facts.notice) = (Some(true), Some(Notice::NotReceived)),
        |facts| facts.ended_on = Day::new(2019, 1, 1),
    ];
    let both = |one: &fn(&mut Facts), other: &fn(&mut Facts)| {
        let mut facts = usual;
        one(&mut facts);
        other(&mut facts);
        facts
    };
    let members: Vec<Facts> = wrong.iter().flat_map(|one| wrong.iter().map(|other| both(one, other))).collect();
    let many = Many::from(PAIRS[0].rulebook.clone());
    let mut rows = vec![0; members.len() * WORDS];
    many.assess(&Table::of(&members).columns(), &mut rows).unwrap();
    for (facts, row) in members.iter().zip(rows.chunks(WORDS)) {
        assert_eq!(read(row), alone(&PAIRS[0], facts), "{facts:?}");
    }
    assert!(members.iter().filter(|facts| facts.check().is_err()).count() > 70);
    // Nor does a value that there is not.
    let mut table = Table::of(&[both(&wrong[8], &wrong[8])]);
    table.0[Fact::Card as usize].2[0] = 255;
    let mut row = [0; WORDS];
    many.assess(&table.columns(), &mut row).unwrap();
    assert_eq!(read(&row), Err((ErrorKind::InvalidValue, Some(Fact::Card))));
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let many = Many::from(PAIRS[0].rulebook.clone());
    let refused = |columns: &[(Fact, Column)]| many.assess(columns, &mut [0; 3 * WORDS]).unwrap_err().to_string();
    assert_eq!(refused(&[(Fact::Card, Column::Days(&[1]))]), "the column `card` has to have codes");
    assert_eq!(refused(&[(Fact::BornOn, Column::Codes(&[1]))]), "the column `bornOn` has to have days");
    assert_eq!(refused(&[(Fact::Card, Column::Codes(&[1, 2]))]), "the column `card` has 2 entries for 3 members");
    let missing = many.assess_classes(&[(Variable::Role, vec![0])], &mut [0; WORDS]).unwrap_err();
    assert_eq!(missing.to_string(), "the column `start` is missing");
}
