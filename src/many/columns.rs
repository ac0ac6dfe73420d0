//! Columns as they are read: of small numbers, several at once; of known classes, without looking at facts.

use std::fmt::Display;

use sliced::{Block, Bytes};

use super::{Classes, Source, Starts};
use crate::error::{Error, ErrorKind};
use crate::guidance::Guidance;
use crate::rulebook::Rulebook;
use crate::situation::Variable;

/// Columns of small numbers, as many as fit read together as one column of bytes.
pub(super) struct Packed<'a, K>(pub(super) Vec<Vec<Narrow<'a, K>>>);

/// A column of numbers up to `most`, which lie from `bit` on.
pub(super) struct Narrow<'a, K> {
    pub(super) of: K,
    pub(super) column: &'a [u8],
    most: u8,
    bit: u32,
}

impl<'a, K: Copy> Packed<'a, K> {
    pub(super) fn add(&mut self, of: K, column: &'a [u8], most: usize) {
        let most = u8::try_from(most).unwrap_or(u8::MAX);
        let end = |byte: &Vec<Narrow<K>>| byte.last().map_or(0, |last| last.bit + width(last.most));
        match self.0.iter_mut().find(|byte| end(byte) + width(most) <= u8::BITS) {
            Some(byte) => byte.push(Narrow { of, column, most, bit: end(byte) }),
            None => self.0.push(vec![Narrow { of, column, most, bit: 0 }]),
        }
    }

    /// Hands over the bits of each column for the members from `first` on, and says who has a number beyond the most.
    pub(super) fn read(&self, first: usize, mut each: impl FnMut(K, &[Block])) -> Block {
        let mut beyond = Bytes::default();
        for byte in &self.0 {
            let mut packed = Bytes::default();
            for narrow in byte {
                let numbers = Bytes::of(narrow.column, first);
                beyond.mark_beyond(&numbers, narrow.most);
                packed.put(&numbers, narrow.bit, width(narrow.most));
            }
            let bits = packed.bits();
            for narrow in byte {
                let (from, to) = (narrow.bit as usize, (narrow.bit + width(narrow.most)) as usize);
                each(narrow.of, bits.get(from..to).unwrap_or_default());
            }
        }
        let [.., beyond] = beyond.bits();
        beyond
    }
}

/// Members of whom each class is known.
pub(super) struct ByClass<'a>(Packed<'a, Variable>);

impl<'a> ByClass<'a> {
    pub(super) fn new(
        starts: &Starts,
        columns: &'a [(Variable, Vec<u8>)],
        members: usize,
    ) -> Result<ByClass<'a>, Error> {
        let mut packed = Packed(Vec::new());
        for variable in Variable::ALL {
            let column = columns.iter().find(|(of, _)| of == variable);
            let (_, column) = column.ok_or_else(|| invalid(variable, "is missing"))?;
            check_length(variable, column.len(), members)?;
            packed.add(*variable, column, starts.most(*variable));
        }
        Ok(ByClass(packed))
    }
}

impl Source for ByClass<'_> {
    fn classes(&mut self, first: usize, classes: &mut Classes) -> Block {
        self.0.read(first, |variable, bits| sliced::classes(bits, classes.of(variable)))
    }

    fn alone(&self, _: &Rulebook, _: usize) -> Result<Vec<Guidance>, Error> {
        Err(Error::new(ErrorKind::InvalidValue, "there is no such class"))
    }
}

/// How many bits the numbers up to `most` take.
fn width(most: u8) -> u32 {
    u8::BITS - most.leading_zeros()
}

pub(super) fn check_length(column: impl Display, length: usize, members: usize) -> Result<(), Error> {
    if length == members || length == 1 {
        return Ok(());
    }
    Err(invalid(column, format!("has {length} entries for {members} members")))
}

pub(super) fn invalid(column: impl Display, what: impl Display) -> Error {
    Error::new(ErrorKind::InvalidValue, format!("the column `{column}` {what}")).of_fact(column)
}
