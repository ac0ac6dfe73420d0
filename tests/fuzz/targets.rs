//! What is tried on bytes, and what has to hold of whatever they mean.

use serde_json::Deserializer;
use shikaku_navi::{Day, Error, ErrorKind, Facts, Plain};

use crate::common::Numbers;
use crate::members::{PAIRS, Pair, consistent, knows_core, random_picks, sayings};

/// A target by its name.
pub(crate) type Target = (&'static str, fn(&[u8]));

pub(crate) const TARGETS: [Target; 3] = [("facts", facts), ("dates", dates), ("rules", rules)];

/// Facts as JSON: an answer to everything, and the one that the naive engine gives.
fn facts(bytes: &[u8]) {
    let Ok(told) = serde_json::from_slice(bytes) else { return };
    let today = Day::new(2026, 11, 21).unwrap();
    // Every insurer has its turn.
    let pair = &PAIRS[bytes.len() % PAIRS.len()];
    match Facts::read(today, &told) {
        Ok(facts) => {
            agree(pair, &facts);
            // With much unknown this takes too long to be tried often.
            if knows_core(&facts) {
                pair.rulebook.questions(&facts).unwrap();
                pair.rulebook.circumstances(&facts).unwrap();
            }
        }
        Err(error) => is_said_in_words(&error),
    }
}

/// A date as a person writes it: read as what it is written as.
fn dates(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let wide: String = text
        .chars()
        .map(|char| if char.is_ascii_graphic() { char::from_u32(u32::from(char) + 0xFEE0).unwrap() } else { char })
        .collect();
    assert_eq!(Day::read(&wide).ok(), Day::read(text).ok(), "full-width {wide}");
    match Day::read(text) {
        Ok(day) => {
            assert_eq!(Day::from_iso(&day.to_string()).ok(), Some(day));
            // Fewer digits could be a year of an era.
            if day.year() >= 1000 {
                assert_eq!(Day::read(&day.in_era()).ok(), Some(day), "{}", day.in_era());
            }
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidDate);
            is_said_in_words(&error);
            if let Some(means) = error.means() {
                assert_eq!(Day::read(&means.in_era()).ok(), Some(means));
            }
        }
    }
    if let Ok(day) = Day::from_iso(text) {
        assert_eq!((day.to_string().as_str(), Day::read(text).ok()), (text, Some(day)));
    }
}

/// A national rules file and perhaps an insurer’s, one after the other: refused with the place, or compiled to what
/// the naive engine reads in them.
fn rules(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut files = Deserializer::from_str(text).into_iter::<Plain>();
    let Some(Ok(_)) = files.next() else { return };
    let (national, rest) = text.split_at(files.byte_offset());
    let own = Some(rest).filter(|rest| serde_json::from_str::<Plain>(rest).is_ok());
    match Pair::of(national, own) {
        Ok(pair) => {
            let mut numbers = Numbers::from(bytes.len() as u64);
            for _ in 0..20 {
                if let Some(facts) = consistent(&pair, &random_picks(&mut numbers)) {
                    agree(&pair, &facts);
                }
            }
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidProfile);
            is_said_in_words(&error);
        }
    }
}

/// That both engines say the same. The naive one knows no first and last day of time.
fn agree(pair: &Pair, facts: &Facts) {
    let assessment = pair.rulebook.assess(facts).unwrap();
    let days = [Some(facts.as_of), facts.enrolled_on, facts.ended_on, facts.born_on];
    let expiries = [facts.certificate_expires_on, facts.card_certificate_expires_on];
    let usual = days.iter().chain(&expiries).flatten().all(|day| (1000..=9000).contains(&day.year()));
    if usual && knows_core(facts) {
        assert_eq!(sayings(&assessment), pair.naive.say(facts), "{facts:?}");
    }
}

fn is_said_in_words(error: &Error) {
    assert!(error.to_string().contains(' '), "{error}");
}
