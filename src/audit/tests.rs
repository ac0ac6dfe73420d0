use super::book::{Book, World};
use super::diagram::{Diagrams, Point, Set};
use super::*;
use crate::cube::Cube;
use crate::facts::CARDS_END;
use crate::rulebook::Rulebook;
use crate::situation::{Situation, VARIABLES};
use crate::{Card, Certificate, Notice, OldCard, Plain, Role, conflict};

pub(super) const INSURERS: [&str; 6] = ["national", "mail-notice", "web-notice", "tokyo-denki", "myna-qa", "rokin"];

fn plain(path: &str) -> Plain {
    let text = std::fs::read_to_string(format!("{}/www/rules/{path}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

pub(super) fn profiles(insurer: &str) -> (Profile, Option<Profile>) {
    let own = (insurer != "national").then(|| Profile::read(plain(&format!("insurers/{insurer}"))).unwrap());
    (Profile::read(plain("national")).unwrap(), own)
}

/// Numbers that look random and are the same each time.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn maybe<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        if self.below(3) == 0 { Some(self.one(of)) } else { None }
    }

    /// A day near one of some, or years before or after it.
    fn day(&mut self, near: &[Day]) -> Day {
        let day = self.one(near).plus_days(i64::try_from(self.below(400)).unwrap() - 200);
        match self.below(8) {
            0 => self.one(near).plus_days(i64::try_from(self.below(3)).unwrap() - 1),
            1 => day.minus_months(12 * u32::try_from(self.below(80)).unwrap()),
            2 => day.plus_months(12 * u32::try_from(self.below(10)).unwrap()),
            _ => day,
        }
    }

    fn member(&mut self, near: &[Day]) -> Facts {
        let as_of = self.day(near);
        let near = [near, &[as_of]].concat();
        Facts {
            enrolled_on: Some(self.day(&near)),
            card: Some(self.one(Card::ALL)),
            smartphone: Some(self.below(2) == 0),
            role: self.maybe(Role::ALL),
            ended_on: if self.below(3) == 0 { Some(self.day(&near)) } else { None },
            needs_assistance: self.maybe(&[true, false]),
            portal_login: self.maybe(&[true, false]),
            my_number_on_file: self.maybe(&[true, false]),
            old_card: self.maybe(OldCard::ALL),
            notice: self.maybe(Notice::ALL),
            notice_mismatch: self.maybe(&[true, false]),
            name_changed: self.maybe(&[true, false]),
            ratio_changed: self.maybe(&[true, false]),
            certificate: self.maybe(Certificate::ALL),
            certificate_expires_on: if self.below(4) == 0 { Some(self.day(&near)) } else { None },
            card_certificate_expires_on: if self.below(4) == 0 { Some(self.day(&near)) } else { None },
            born_on: if self.below(3) == 0 { Some(self.day(&near)) } else { None },
            overseas: self.maybe(&[true, false]),
            ..Facts::on(as_of)
        }
    }
}

fn world_of(national: &Profile, own: Option<&Profile>) -> (World, Vec<(String, Set)>) {
    let compiler = Compiler::new(national, own, &Cuts::default()).unwrap();
    let mut world = World::over(&compiler);
    let book = Book::of(compiler, &mut world).unwrap();
    let said = Guidance::ALL.iter().map(|guidance| {
        let set = book.said(&mut world, |statement| statement.guidance == *guidance);
        (guidance.to_string(), set)
    });
    let said = said.collect();
    (world, said)
}

fn point(situation: &Situation) -> Point {
    let mut point = [0; VARIABLES];
    for (slot, variable) in point.iter_mut().zip(Variable::ALL) {
        *slot = situation.class(*variable);
    }
    point
}

/// No member is in a situation that was not looked at, and each is told what the sets say.
#[test]
fn every_member_is_among_the_situations() {
    const MEMBERS: usize = 10_000;
    for insurer in INSURERS {
        let (national, own) = profiles(insurer);
        let rulebook = Rulebook::new(&national, own.as_ref()).unwrap();
        let (world, said) = world_of(&national, own.as_ref());
        let dates = [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn];
        let near: Vec<Day> = dates.iter().flat_map(|date| world.cuts.of(*date).0.to_vec()).chain([CARDS_END]).collect();
        let mut numbers = Numbers(7);
        let mut seen = 0;
        while seen < MEMBERS {
            let facts = numbers.member(&near);
            if !conflict::is_consistent(&facts) {
                continue;
            }
            seen += 1;
            let point = point(&Situation::of(&facts, &world.cuts).unwrap());
            assert!(world.diagrams.contains(world.possible, &point), "{insurer}: {facts:?}");
            let told: Vec<String> =
                rulebook.guidance(&facts).unwrap().into_iter().map(|item| item.id.to_string()).collect();
            for (guidance, set) in &said {
                let wanted = world.diagrams.contains(*set, &point);
                assert_eq!(told.contains(guidance), wanted, "{insurer}: {guidance} for {facts:?}");
            }
        }
    }
}

/// Whatever is picked out of a set is the situation of some member.
#[test]
fn every_situation_is_that_of_a_member() {
    let (national, own) = profiles("web-notice");
    let (mut world, said) = world_of(&national, own.as_ref());
    for (guidance, set) in said.into_iter().filter(|(_, set)| !set.is_empty()) {
        let picked = world.diagrams.plainest(set, &world.usual).unwrap();
        let facts = possible::facts_of(&picked, &world.cuts).unwrap_or_else(|| panic!("nobody is told {guidance}"));
        assert_eq!(point(&Situation::of(&facts, &world.cuts).unwrap()), picked, "{guidance}: {facts:?}");
        // And of the whole set, in words: the boxes hold just it.
        let boxes = world.boxes(set, usize::MAX);
        let held = world.diagrams.of_cubes(&boxes);
        assert_eq!(world.diagrams.and(held, world.possible), set, "{guidance}");
    }
}

/// A compiled condition holds where the condition does, over the whole space.
#[test]
fn conditions_are_compiled_to_what_they_say() {
    for insurer in INSURERS {
        let (national, own) = profiles(insurer);
        let files = Compiler::new(&national, own.as_ref(), &Cuts::default()).unwrap();
        let mut world = World::over(&files);
        let mut defined = Vec::new();
        for (_, profile) in files.profiles() {
            for definition in &profile.definitions {
                let set = world.condition(&files, &definition.when, &defined).unwrap();
                defined.push((definition.name.clone(), set));
            }
            for rule in &profile.rules {
                let region = files.region(&rule.when).unwrap().primes(&crate::cube::Effort::default());
                let compiled = world.diagrams.of_cubes(region.cubes());
                assert_eq!(world.condition(&files, &rule.when, &defined).unwrap(), compiled, "{}", rule.guidance);
            }
        }
    }
}

#[test]
fn sets_are_what_their_operations_say() {
    let space = Cube::whole(|variable| variable.values().map_or(3, <[_]>::len));
    let mut diagrams = Diagrams::over(space);
    let all = diagrams.count(Set::ALL);
    let of = |diagrams: &mut Diagrams, variable, classes| diagrams.of_cube(&space.with(variable, classes));
    let cards = of(&mut diagrams, Variable::Card, 0b11);
    let phones = of(&mut diagrams, Variable::Smartphone, 0b1);
    assert_eq!(diagrams.count(cards), all / 5);
    let both = diagrams.and(cards, phones);
    assert_eq!(diagrams.count(both), all / 10);
    let any = diagrams.or(cards, phones);
    assert_eq!(diagrams.count(any), all / 5 + all / 2 - all / 10);
    let rest = diagrams.minus(any, cards);
    assert_eq!(diagrams.count(rest), all / 2 - all / 10);
    let back = diagrams.or(rest, cards);
    assert_eq!(back, any);
    assert!(diagrams.minus(both, any).is_empty());
    let boxes = diagrams.boxes(any, Set::ALL, &[0; VARIABLES], usize::MAX);
    assert_eq!(boxes.len(), 2);
    assert_eq!(diagrams.of_cubes(&boxes), any);
}

/// The same files differ in nothing, and what differs says where and for whom.
#[test]
fn a_difference_is_told_by_its_effect() {
    let (national, own) = profiles("rokin");
    let none = Difference::between((&national, own.as_ref()), (&national, own.as_ref())).unwrap();
    assert_eq!((none.changed, none.classes.len()), (0, 0));
    let mut shorter = national.clone();
    let position = shorter.rules.iter().position(|rule| rule.guidance == Guidance::ReportCardLoss).unwrap();
    shorter.rules.remove(position);
    let dropped = Difference::between((&national, None), (&shorter, None)).unwrap();
    let [class] = dropped.classes.as_slice() else { panic!("{dropped:?}") };
    assert!(class.starts.is_empty());
    assert_eq!(class.ends.iter().map(|said| said.id).collect::<Vec<_>>(), [Guidance::ReportCardLoss]);
    assert_eq!((class.situations, class.places.as_slice()), (dropped.changed, ["card is lost".to_owned()].as_slice()));
    // The last day on which a 健康保険証 was valid, and the day after.
    let [last, next] = [Day::constant(2025, 12, 1), Day::constant(2025, 12, 2)];
    let days = Difference::of_days((&national, None), last, next).unwrap();
    let ended = days.classes.iter().flat_map(|class| &class.ends).any(|said| said.id == Guidance::ShowOldCard);
    let started = days.classes.iter().flat_map(|class| &class.starts).any(|said| said.id == Guidance::DiscardOldCard);
    assert!(ended && started);
    let later = Difference::of_days((&national, None), next, next.plus_days(1)).unwrap();
    assert_eq!(later.changed, 0);
}

/// What is wrong is found, and told with a member whom it concerns.
#[test]
fn what_is_wrong_is_found() {
    let (national, _) = profiles("national");
    let flaws = |profile: &Profile, claims: &[Claims]| -> Vec<Flaw> {
        let audit = Audit::of(profile, None, claims).unwrap();
        audit.defects.into_iter().map(|defect| defect.flaw).collect()
    };
    let before = flaws(&national, &[]);
    let rule = |id: Guidance| national.rules.iter().find(|rule| rule.guidance == id).unwrap().clone();
    let mut twice = national.clone();
    twice.rules.push(rule(Guidance::ReportCardLoss));
    assert_eq!(flaws(&twice, &[]).len(), before.len() + 2, "each of the two says what the other does");
    let mut late = national.clone();
    let mut shown = rule(Guidance::ShowOldCard);
    shown.by = Some(crate::Expression::Day(crate::DayName("2020-01-01".to_owned())));
    late.rules.insert(0, shown);
    assert!(flaws(&late, &[]).contains(&Flaw::DeadlineOver));
    let mut closed = national.clone();
    closed.contacts[0].from = Some(crate::DayName("2026-01-02".to_owned()));
    closed.contacts[0].to = Some(crate::DayName("2026-01-01".to_owned()));
    assert!(flaws(&closed, &[]).contains(&Flaw::NeverOpen));
    let claims = |claim: &str| {
        let file =
            format!(r#"{{"claims": [{{"guidance": ["report-card-loss"], "never": {{"card": "lost"}}, {claim}}}]}}"#);
        Claims::read(serde_json::from_str(&file).unwrap()).unwrap()
    };
    // It is said, and with one statement; so that it is never said with another.
    assert!(flaws(&national, &[claims(r#""sources": ["N-19"], "cited": ["N-19"]"#)]).contains(&Flaw::Claim));
    assert_eq!(flaws(&national, &[claims(r#""sources": ["N-01"], "cited": ["N-01"]"#)]), before);
    let claims = claims(r#""sources": ["N-01"]"#);
    let audit = Audit::of(&national, None, &[claims]).unwrap();
    let broken = audit.defects.iter().find(|defect| defect.flaw == Flaw::Claim).unwrap();
    assert_eq!(broken.places, ["card is lost"]);
    let witness = broken.witness.as_ref().unwrap();
    assert_eq!(witness.get(&Fact::Card), Some(&Value::Word("lost")));
}
