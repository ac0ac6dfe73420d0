//! A decider as bytes, so that who only decides need not work the rules out.
//!
//! All of it is whole numbers, each in as few bytes as it needs, seven bits in each (LEB128), then a seal. Whoever reads it
//! is started for one answer, and has not called anything before: a format of its own takes the fewest functions.

use crate::cube::{Cube, Space};
use crate::cuts::Cuts;
use crate::decider::{Case, Decider, Meaning, Said};
use crate::error::Error;
use crate::limits::{MOST_CUTS, MOST_ENTRIES, MOST_ROWS};
use crate::read::invalid;
use crate::situation::Variable;
use crate::{Day, Fact, Guidance};

const DATES: [Variable; 3] = [Variable::AsOf, Variable::EnrolledOn, Variable::EndedOn];

/// How long a seal is.
const SEAL: usize = size_of::<u64>();

impl Decider {
    /// Writes it down, for [`Decider::read`] of the same version of the engine.
    ///
    /// ```
    /// use shikaku_navi::{Card, Day, Decider, Facts, Rulebook};
    ///
    /// # fn main() -> Result<(), shikaku_navi::Error> {
    /// # let national = serde_json::from_str(include_str!("../www/rules/national.json")).unwrap();
    /// let rulebook = Rulebook::read(national, None)?;
    /// let decider = Decider::read(&rulebook.decider().write())?;
    /// let facts = Facts { card: Some(Card::None), ..Facts::on(Day::from_iso("2026-11-21")?) };
    /// assert_eq!(decider.decide(&facts)?, rulebook.decide(&facts)?);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut to = Writer(Vec::new());
        for date in DATES {
            let (days, _) = self.cuts.of(date);
            to.put(days.len());
            for day in days {
                to.put_word(u64::from((day.epoch_days() - Day::MIN.epoch_days()).cast_unsigned()));
            }
        }
        to.put(self.said.len());
        for said in &self.said {
            for number in [said.guidance as usize, said.kind, said.saying] {
                to.put(number);
            }
        }
        let space = space(&self.cuts);
        to.put(self.cases.len());
        for Case { cube, meaning } in &self.cases {
            let (statement, topic) = match *meaning {
                Meaning::Said { statement, unless_answered } => (Some(statement), unless_answered),
                Meaning::Answered(topic) => (None, Some(topic)),
            };
            for number in [statement, topic] {
                to.put(number.map_or(0, |number| number + 1));
            }
            let constrained: Vec<Variable> = cube.constrained(&space).collect();
            to.put(constrained.len());
            for variable in constrained {
                to.put(variable as usize);
                to.put_word(cube.allowed(variable));
            }
        }
        let seal = seal(&to.0);
        to.0.extend(seal);
        to.0
    }

    /// Reads what [`Decider::write`] has written.
    ///
    /// # Errors
    /// `invalid-profile` for anything else, and for what another version of the engine has written or what was changed
    /// since.
    pub fn read(bytes: &[u8]) -> Result<Decider, Error> {
        let sealed = bytes.split_last_chunk::<SEAL>().filter(|(written, found)| **found == seal(written));
        let decider = sealed.and_then(|(written, _)| Reader(written).decider());
        decider.ok_or_else(|| {
            invalid("these are not rules as this version of the engine has written them: write them anew")
        })
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn put(&mut self, number: usize) {
        self.put_word(number as u64);
    }

    fn put_word(&mut self, mut number: u64) {
        while number > 0x7f {
            let [low, ..] = number.to_le_bytes();
            self.0.push(low | 0x80);
            number >>= 7;
        }
        self.0.extend(u8::try_from(number));
    }
}

/// Reads numbers; `None` where they end before they should, or are more than a rulebook can have.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn word(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if *byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn number(&mut self, most: usize) -> Option<usize> {
        usize::try_from(self.word()?).ok().filter(|number| *number <= most)
    }

    fn decider(mut self) -> Option<Decider> {
        let mut cuts = Cuts::default();
        for date in DATES {
            for _ in 0..self.number(MOST_CUTS)? {
                let days = i32::try_from(self.word()?).ok()?;
                cuts.insert(date, Day::from_epoch_days(Day::MIN.epoch_days().checked_add(days)?)?);
            }
        }
        let mut said = Vec::new();
        let statements = self.number(MOST_ROWS)?;
        for _ in 0..statements {
            let guidance = *Guidance::ALL.get(self.number(Guidance::ALL.len())?)?;
            let (kind, saying) = (self.number(statements - 1)?, self.number(statements - 1)?);
            said.push(Said { guidance, kind, saying });
        }
        let mut cases = Vec::new();
        let whole = space(&cuts);
        for _ in 0..self.number(MOST_ROWS)? {
            let statement = self.number(statements)?.checked_sub(1);
            let topic = self.number(MOST_ENTRIES)?.checked_sub(1);
            let mut cube = whole;
            for _ in 0..self.number(Variable::ALL.len())? {
                cube = cube.with(*Variable::ALL.get(self.number(Variable::ALL.len())?)?, self.word()?);
            }
            let meaning = match statement {
                Some(statement) => Meaning::Said { statement, unless_answered: topic },
                None => Meaning::Answered(topic?),
            };
            cases.push(Case { cube, meaning });
        }
        self.0.is_empty().then(|| Decider::new(cuts, said, cases))
    }
}

fn space(cuts: &Cuts) -> Space {
    Cube::whole(|variable| cuts.classes(variable))
}

/// What some bytes come down to together with all words that their numbers stand for (FNV-1a).
fn seal(bytes: &[u8]) -> [u8; SEAL] {
    let mut seal = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            seal = (seal ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    let values = Variable::ALL.iter().filter_map(|variable| variable.values());
    for words in [Guidance::WORDS, Fact::WORDS, Variable::WORDS].into_iter().chain(values) {
        for word in words {
            add(word.as_bytes());
            add(b" ");
        }
    }
    add(bytes);
    seal.to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Card, Facts, Rulebook};

    fn national() -> Decider {
        let national = serde_json::from_str(include_str!("../www/rules/national.json")).unwrap();
        Rulebook::read(national, None).unwrap().decider().clone()
    }

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        [bytes, &seal(bytes)].concat()
    }

    /// Whoever seals what no rulebook has gets nothing, or something that decides.
    #[test]
    fn what_is_sealed_and_yet_wrong_breaks_nothing() {
        let mut written = national().write();
        written.truncate(written.len() - SEAL);
        assert!(Decider::read(&sealed(&written)).is_ok());
        let (mut read, mut refused) = (0, 0);
        for place in 0..written.len() {
            for other in [0, 1, 0x7f, 0x80, 0xff] {
                let mut changed = written.clone();
                changed[place] = other;
                let Ok(decider) = Decider::read(&sealed(&changed)) else {
                    refused += 1;
                    continue;
                };
                read += 1;
                for card in [Some(Card::None), None] {
                    let facts = Facts { card, smartphone: Some(true), ..Facts::on(Day::MAX) };
                    let _ = decider.decide(&facts);
                }
            }
            assert!(Decider::read(&sealed(&written[..place])).is_err(), "{place}");
        }
        assert!(read > 100 && refused > 1000, "{read} {refused}");
        assert!(Decider::read(&sealed(&[&written[..], &[0]].concat())).is_err());
        assert!(Decider::read(&[]).is_err());
    }

    #[test]
    fn statements_are_like_statements_that_there_are() {
        let last = national().said.len() - 1;
        let reads = |change: &dyn Fn(&mut Said)| {
            let mut decider = national();
            change(&mut decider.said[last]);
            Decider::read(&decider.write()).is_ok()
        };
        assert!(reads(&|said| (said.kind, said.saying) = (last, last)));
        assert!(!reads(&|said| said.kind = last + 1));
        assert!(!reads(&|said| said.saying = last + 1));
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for number in [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, u64::from(u32::MAX), u64::MAX - 1, u64::MAX] {
            let mut to = Writer(Vec::new());
            to.put_word(number);
            let mut from = Reader(&to.0);
            assert_eq!((from.word(), from.0), (Some(number), &[][..]));
            assert_eq!(Reader(&to.0[1..]).word().is_some(), number > 0x7f);
        }
        // More than there is room for.
        assert_eq!(Reader(&[0x80; 12]).word(), None);
        assert_eq!(Reader(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x80, 1]).word(), None);
    }
}
