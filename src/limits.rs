//! How large a rules file may be. Whoever writes one by hand stays far below; what lies beyond is refused with its
//! place, so that the worst file costs a moment and never more.

/// Lists and objects within each other: rules files need nine levels, and every reader goes down by recursion.
pub(crate) const DEEPEST: usize = 32;

/// Values in a file: the largest has 1,400.
pub(crate) const MOST_VALUES: usize = 20_000;

/// Entries of a list or an object: the longest has 104, and some are compared each with each.
pub(crate) const MOST_ENTRIES: usize = 1_000;

/// Bytes of a text, of which a character takes up to four: the longest has 888.
pub(crate) const LONGEST_TEXT: usize = 4_000;

/// Outcomes: there are four, and an answer tries them two by two.
pub(crate) const MOST_OUTCOMES: usize = 32;

/// Days at which a date can be cut: its classes are bits of a word.
pub(crate) const MOST_CUTS: usize = 62;

/// Boxes of one condition: the rules of a real insurer need a few dozen.
pub(crate) const MOST_CUBES: usize = 512;

/// Boxes of a rulebook: an answer looks at all of them, again and again.
pub(crate) const MOST_ROWS: usize = 8_192;

/// Comparisons of boxes until all conditions are worked out: a file can be small and yet hard. The
/// hardest takes 70,000.
pub(crate) const MOST_STEPS: usize = 5_000_000;

/// Members in one call: with their columns and rows they take half a gigabyte.
#[cfg(all(target_arch = "wasm32", feature = "many"))]
pub(crate) const MOST_MEMBERS: u32 = 10_000_000;
