//! A set of small numbers.

/// How many words need no memory of their own: real rulebooks have up to 259 boxes.
const FEW: usize = 8;

/// A set of indexes below a fixed length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    few: [u64; FEW],
    many: Vec<u64>,
    length: usize,
}

impl Bits {
    pub(crate) fn none(length: usize) -> Bits {
        let length = length.div_ceil(64);
        Bits { few: [0; FEW], many: if length > FEW { vec![0; length] } else { Vec::new() }, length }
    }

    pub(crate) fn words(&self) -> &[u64] {
        self.few.get(..self.length).unwrap_or(&self.many)
    }

    pub(crate) fn words_mut(&mut self) -> &mut [u64] {
        self.few.get_mut(..self.length).unwrap_or(&mut self.many)
    }

    pub(crate) fn insert(&mut self, index: usize) {
        if let Some(word) = self.words_mut().get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        self.words().get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// What is in both.
    pub(crate) fn and(mut self, other: &Bits) -> Bits {
        for (word, theirs) in self.words_mut().iter_mut().zip(other.words()) {
            *word &= theirs;
        }
        self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.words().iter().enumerate().flat_map(|(position, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| position * 64 + rest.trailing_zeros() as usize)
        })
    }

    /// Whether two sets have anything in common.
    pub(crate) fn meets(&self, other: &Bits) -> bool {
        self.words().iter().zip(other.words()).any(|(word, theirs)| word & theirs != 0)
    }

    /// Takes out what is in another set.
    pub(crate) fn remove(&mut self, other: &Bits) {
        for (word, theirs) in self.words_mut().iter_mut().zip(other.words()) {
            *word &= !theirs;
        }
    }
}
