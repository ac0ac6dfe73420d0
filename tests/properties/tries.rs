//! How the properties are tried.

use proptest::prelude::*;

use crate::members::{PAIRS, Picks};

/// One of the insurers, or what holds nationwide.
pub(crate) fn any_pair() -> impl Strategy<Value = usize> {
    0..PAIRS.len()
}

pub(crate) fn picks() -> impl Strategy<Value = Picks> {
    proptest::collection::vec((0usize..1000, -8i64..8), 64)
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
