//! How long the engine takes natively, as JSON: one member after the other, many at once, and with more and more rules.

#![allow(clippy::cast_precision_loss, reason = "times are not exact anyway")]

use std::hint::black_box;
use std::time::Instant;

use serde_json::{Value, json};
use shikaku_navi::{Column, Day, Fact, Facts, Many, Plain, Rulebook, Variable, WORDS};

/// The median and the fastest of seven, after one to warm up.
const TIMES: usize = 7;

fn main() {
    // `cargo test --benches` runs this too, to see that it runs.
    let members = if std::env::args().any(|argument| argument == "--bench") { 1 << 17 } else { 1 << 10 };
    let society = Society::of(members);
    let rulebooks: Vec<Value> = insurers().iter().map(|(id, rulebook)| of_rulebook(id, rulebook, &society)).collect();
    println!("{}", json!({ "machine": machine(), "rulebooks": rulebooks, "rules": by_rules() }));
}

/// Nanoseconds of a run, each time of seven.
fn time(mut run: impl FnMut()) -> [f64; TIMES] {
    run();
    let mut times = [0.0; TIMES];
    for slot in &mut times {
        let start = Instant::now();
        run();
        *slot = start.elapsed().as_nanos() as f64;
    }
    times.sort_by(f64::total_cmp);
    times
}

/// Nanoseconds of a run for one of `per`: the median and the fastest.
fn each(per: usize, run: impl FnMut()) -> Value {
    let times = time(run).map(|nanos| nanos / per as f64);
    json!({ "median": times[TIMES / 2], "least": times[0] })
}

/// What the machine takes to copy a byte that is not in a cache, and to AND two blocks that are.
fn machine() -> Value {
    let (from, mut to) = (vec![1u8; 1 << 26], vec![0u8; 1 << 26]);
    let copy = each(1 << 26, || black_box(&mut to).copy_from_slice(black_box(&from)));
    let (all, times) = (2048, 64);
    let blocks = vec![sliced::Block::ALL; all + 1];
    let mut found = vec![sliced::Block::NONE; all + 1];
    let and = each(all * times * sliced::MEMBERS / 64, || {
        for _ in 0..times {
            sliced::and_all(black_box(&blocks), black_box(&mut found));
        }
    });
    json!({ "copyNanosPerByte": copy, "andNanosPer64": and })
}

fn read(path: &str) -> Plain {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn insurers() -> Vec<(&'static str, Rulebook)> {
    let all = ["national", "mail-notice", "web-notice", "tokyo-denki", "myna-qa", "rokin"];
    let insurer = |id: &str| (id != "national").then(|| read(&format!("www/rules/insurers/{id}.json")));
    all.map(|id| (id, Rulebook::read(read("www/rules/national.json"), insurer(id)).unwrap())).into()
}

/// Numbers that look random and are the same each time (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn day(&mut self, from: &str, years: usize) -> i32 {
        Day::from_iso(from).unwrap().epoch_days() + i32::try_from(self.below(years * 365)).unwrap()
    }
}

/// Members of all ages who tell everything there is to tell and fits together.
struct Society {
    today: i32,
    days: Vec<(Fact, Vec<i32>)>,
    codes: Vec<(Fact, Vec<u8>)>,
}

impl Society {
    fn of(members: usize) -> Society {
        let mut numbers = Numbers(1);
        let today = Day::from_iso("2025-12-02").unwrap().epoch_days();
        let dates = Fact::ALL.iter().filter(|fact| **fact != Fact::AsOf && Column::words(**fact).is_none());
        let mut days: Vec<(Fact, Vec<i32>)> = dates.map(|fact| (*fact, Vec::new())).collect();
        let mut codes: Vec<(Fact, Vec<u8>)> =
            Fact::ALL.iter().filter(|fact| Column::words(**fact).is_some()).map(|fact| (*fact, Vec::new())).collect();
        while days[0].1.len() < members {
            let member = Society::member(&mut numbers, today);
            if member.facts(today).check().is_err() {
                continue;
            }
            for (fact, column) in &mut days {
                column.push(member.day(*fact));
            }
            for (fact, column) in &mut codes {
                column.push(member.code(*fact));
            }
        }
        Society { today, days, codes }
    }

    fn member(numbers: &mut Numbers, today: i32) -> Member {
        let mut member = Member { days: [Column::UNTOLD; 19], codes: [0; 19] };
        for fact in Fact::ALL {
            if let Some(words) = Column::words(*fact) {
                let code = 1 + numbers.below(words.len());
                let is_core = matches!(fact, Fact::Card | Fact::Smartphone);
                if is_core || numbers.below(2) == 0 {
                    member.codes[*fact as usize] = u8::try_from(code).unwrap();
                }
            }
        }
        member.days[Fact::EnrolledOn as usize] = numbers.day("1996-04-01", 30).min(today + 20);
        member.days[Fact::BornOn as usize] = numbers.day("1951-01-01", 70);
        for fact in [Fact::EndedOn, Fact::CertificateExpiresOn, Fact::CardCertificateExpiresOn] {
            if numbers.below(4) == 0 {
                member.days[fact as usize] = numbers.day("2025-01-01", 4);
            }
        }
        member
    }

    fn columns(&self) -> Vec<(Fact, Column<'_>)> {
        let days = self.days.iter().map(|(fact, days)| (*fact, Column::Days(days)));
        let codes = self.codes.iter().map(|(fact, codes)| (*fact, Column::Codes(codes)));
        days.chain(codes).chain([(Fact::AsOf, Column::Days(std::slice::from_ref(&self.today)))]).collect()
    }

    fn facts(&self, number: usize) -> Facts {
        let mut member = Member { days: [Column::UNTOLD; 19], codes: [0; 19] };
        for (fact, days) in &self.days {
            member.days[*fact as usize] = days[number];
        }
        for (fact, codes) in &self.codes {
            member.codes[*fact as usize] = codes[number];
        }
        member.facts(self.today)
    }
}

struct Member {
    days: [i32; 19],
    codes: [u8; 19],
}

impl Member {
    fn day(&self, fact: Fact) -> i32 {
        self.days[fact as usize]
    }

    fn code(&self, fact: Fact) -> u8 {
        self.codes[fact as usize]
    }

    fn facts(&self, today: i32) -> Facts {
        let mut facts = Facts::on(Day::from_epoch_days(today).unwrap());
        for fact in Fact::ALL {
            let told = match Column::words(*fact) {
                None => {
                    Day::from_epoch_days(self.day(*fact)).map_or(Plain::Nothing, |day| Plain::Text(day.to_string()))
                }
                Some(words) => match usize::from(self.code(*fact)).checked_sub(1).map(|word| words[word]) {
                    None => Plain::Nothing,
                    Some(word) => word.parse().map_or_else(|_| Plain::Text(word.to_owned()), Plain::Truth),
                },
            };
            facts.tell(*fact, &told).unwrap();
        }
        facts
    }
}

fn of_rulebook(id: &str, rulebook: &Rulebook, society: &Society) -> Value {
    let members = society.days[0].1.len();
    let some: Vec<Facts> = (0..members.min(1000)).map(|member| society.facts(member)).collect();
    let assess = each(some.len(), || some.iter().for_each(|facts| drop(black_box(rulebook.assess(facts)))));
    let guidance = each(some.len(), || some.iter().for_each(|facts| drop(black_box(rulebook.guidance(facts)))));
    let many = Many::from(rulebook.clone());
    let columns = society.columns();
    let mut rows = vec![0; members * WORDS];
    let facts = each(members, || many.assess(black_box(&columns), &mut rows).unwrap());
    let odd = rows.chunks(WORDS).filter(|row| row.last() != Some(&0)).count();
    assert_eq!(odd, 0, "everybody is answered");
    let classes = many.classes(&columns, members).unwrap();
    let by_facts = rows.clone();
    let by_classes = each(members, || many.assess_classes(black_box(&classes), &mut rows).unwrap());
    assert!(rows == by_facts, "by classes as by facts");
    let linear: Vec<Value> = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 17]
        .into_iter()
        .filter(|count| *count <= members)
        .map(|count| {
            let classes: Vec<(Variable, Vec<u8>)> =
                classes.iter().map(|(variable, column)| (*variable, column[..count].to_vec())).collect();
            let nanos = each(count, || many.assess_classes(black_box(&classes), &mut rows[..count * WORDS]).unwrap());
            json!({ "members": count, "nanos": nanos })
        })
        .collect();
    let (words, bytes) = many.bound();
    json!({
        "insurer": id, "conjunctions": many.conjunctions(), "words": words, "bytes": bytes,
        "assess": assess, "guidance": guidance, "manyFacts": facts, "manyClasses": by_classes, "linear": linear,
    })
}

/// Rulebooks of more and more rules, each with four conditions; and what 64 conjunctions more than in the smallest take.
/// They take turns, so that whatever else the machine does for a while slows all of them.
fn by_rules() -> Vec<Value> {
    let society = Society::of(1 << 12);
    let members = society.days[0].1.len();
    let sizes = [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000];
    let all = sizes.map(|rules| {
        let many = Many::from(of_rules(rules));
        let classes = many.classes(&society.columns(), members).unwrap();
        (many, classes)
    });
    let mut least = sizes.map(|_| f64::MAX);
    let mut rows = vec![0; members * WORDS];
    for _ in 0..8 * TIMES {
        for ((many, classes), least) in all.iter().zip(&mut least) {
            let [fastest, ..] = time(|| many.assess_classes(black_box(classes), &mut rows).unwrap());
            *least = least.min(fastest / members as f64);
        }
    }
    let first = all[0].0.conjunctions();
    let found = sizes.iter().zip(&all).zip(least).map(|((rules, (many, _)), nanos)| {
        let conjunctions = many.conjunctions();
        let per64 = (nanos - least[0]) / (conjunctions.saturating_sub(first).max(1)) as f64 * 64.0;
        json!({ "rules": rules, "conjunctions": conjunctions, "nanos": nanos, "nanosPer64More": per64 })
    });
    found.collect()
}

/// A rulebook of so many rules.
fn of_rules(rules: usize) -> Rulebook {
    let mut numbers = Numbers(rules as u64);
    let words = Variable::ALL.iter().filter(|variable| variable.values().is_some_and(|values| values.len() > 2));
    let words: Vec<&str> = words.map(|variable| variable.word()).collect();
    let rules: Vec<Value> = (0..rules)
        .map(|_| {
            let mut when = serde_json::Map::new();
            while when.len() < 4 {
                let variable = words[numbers.below(words.len())];
                let values = Variable::from_word(variable).unwrap().values().unwrap();
                let first = numbers.below(values.len());
                when.insert(variable.to_owned(), json!([values[first], values[(first + 1) % values.len()]]));
            }
            let guidance = ["check-portal", "get-card", "register-card", "keep-notice"][numbers.below(4)];
            json!({ "guidance": guidance, "topic": "card", "when": when, "sources": ["B-01"] })
        })
        .collect();
    let national = json!({
        "id": "national", "name": { "ja": "試し" }, "version": "2026-11-21",
        "sourcesOf": { "day": "2026-11-01", "sources": ["B-01"] }, "reviewBy": "2027-05-31",
        "documents": { "B": { "ja": "試し" } }, "statements": { "B-01": "1" }, "topics": {}, "rules": rules,
    });
    Rulebook::read(serde_json::from_value(national).unwrap(), None).unwrap()
}
