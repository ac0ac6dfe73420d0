//! What decides is the same once it was written down and read, and nothing else is read.

use shikaku_navi::{Decider, ErrorKind};

use crate::common::Numbers;
use crate::many::members;
use crate::members::PAIRS;

#[test]
fn what_was_written_and_read_decides_the_same() {
    for (number, pair) in PAIRS.iter().enumerate() {
        let written = pair.rulebook.decider().write();
        let read = Decider::read(&written).unwrap();
        assert_eq!(read.write(), written);
        let mut numbers = Numbers::from(number as u64);
        let mut refused = 0;
        for facts in members(pair, &mut numbers, 10_000) {
            let decided = pair.rulebook.decide(&facts);
            assert_eq!(read.decide(&facts), decided, "{} {facts:?}", pair.rulebook.insurer());
            refused += usize::from(decided.is_err());
        }
        assert!((100..5_000).contains(&refused), "{refused}");
    }
}

/// Whatever bit is another, whatever is missing or too much.
#[test]
fn nothing_else_is_read() {
    let written = PAIRS[0].rulebook.decider().write();
    let refused = |bytes: &[u8]| Decider::read(bytes).unwrap_err().kind() == ErrorKind::InvalidProfile;
    for place in 0..written.len() {
        let mut changed = written.clone();
        changed[place] ^= 1 << (place % 8);
        assert!(refused(&changed), "{place}");
        assert!(refused(&written[..place]), "{place}");
        assert!(refused(&written[place + 1..]), "{place}");
    }
    assert!(refused(&[&written[..], &[0]].concat()));
}
