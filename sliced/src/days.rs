//! Days against days, for a block of members.

use crate::block::{Block, Bytes, MEMBERS};

/// A day for each member, as days since 1970-01-01.
pub type Row = [i32; MEMBERS];

/// A day for each member, with what is untold twice: as the earliest number there is, and as the latest. So nothing that
/// is untold comes before anything, nor anything before it, if one's `latest` is asked whether it is before the other's
/// `earliest`.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Untold is [`Days::UNTOLD`].
    pub earliest: Row,
    /// Untold is `i32::MAX`.
    pub latest: Row,
}

impl Days {
    /// What stands for untold.
    pub const UNTOLD: i32 = i32::MIN;

    /// A column's days from a member on. One day alone is everybody's; who is beyond the end has none told.
    #[must_use]
    pub fn of(column: &[i32], first: usize) -> Days {
        let mut earliest = [Days::UNTOLD; MEMBERS];
        if let [all] = column {
            earliest = [*all; MEMBERS];
        } else {
            for (day, told) in earliest.iter_mut().zip(column.get(first..).unwrap_or_default()) {
                *day = *told;
            }
        }
        let latest = earliest.map(|day| if day == Days::UNTOLD { i32::MAX } else { day });
        Days { earliest, latest }
    }

    /// Whether anybody's day lies before `first` or after `last`.
    #[must_use]
    pub fn any_beyond(&self, first: i32, last: i32) -> bool {
        let earliest = self.latest.iter().min().is_some_and(|day| *day < first);
        earliest || self.earliest.iter().max().is_some_and(|day| *day > last)
    }
}

/// Eight answers, yes or no, for each member.
#[derive(Clone, Copy, Debug)]
pub struct Flags([u8; MEMBERS]);

impl Default for Flags {
    fn default() -> Flags {
        Flags([0; MEMBERS])
    }
}

impl Flags {
    /// Sets a flag, of eight, of those for whom one day comes before the other.
    pub fn before(&mut self, flag: u32, one: &Row, other: &Row) {
        for ((flags, one), other) in self.0.iter_mut().zip(one).zip(other) {
            *flags |= u8::from(one < other) << (flag & 7);
        }
    }

    /// Sets a flag of those whose day comes before `day`.
    pub fn until(&mut self, flag: u32, row: &Row, day: i32) {
        for (flags, theirs) in self.0.iter_mut().zip(row) {
            *flags |= u8::from(*theirs < day) << (flag & 7);
        }
    }

    /// Sets a flag of those whose day comes after `day`.
    pub fn after(&mut self, flag: u32, row: &Row, day: i32) {
        for (flags, theirs) in self.0.iter_mut().zip(row) {
            *flags |= u8::from(*theirs > day) << (flag & 7);
        }
    }

    /// Who has the lowest flag, and so on.
    #[must_use]
    pub fn bits(&self) -> [Block; 8] {
        Bytes::of(&self.0, 0).bits()
    }
}

/// A number for each day, from a first day to a last; days beyond have the number of the nearer of the two.
#[derive(Clone, Debug)]
pub struct Table {
    first: i32,
    numbers: Vec<u8>,
}

impl Table {
    /// A table of one number a day.
    #[must_use]
    pub fn new(first: i32, numbers: Vec<u8>) -> Table {
        Table { first, numbers }
    }

    /// The number of each day.
    #[must_use]
    pub fn look_up(&self, days: &Row) -> Bytes {
        let last = i32::try_from(self.numbers.len()).unwrap_or(i32::MAX).saturating_sub(1).max(0);
        let mut found = [0; MEMBERS];
        for (found, day) in found.iter_mut().zip(days) {
            let place = day.saturating_sub(self.first).clamp(0, last);
            *found = self.numbers.get(usize::try_from(place).unwrap_or(0)).copied().unwrap_or(0);
        }
        Bytes::of(&found, 0)
    }
}
