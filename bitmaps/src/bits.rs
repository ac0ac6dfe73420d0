//! A set of small numbers.

/// How many words need no memory of their own: real rulebooks have up to 259 boxes.
const FEW: usize = 8;

/// A set of indexes below a fixed length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    few: [u64; FEW],
    many: Vec<u64>,
    length: usize,
}

impl Bits {
    /// The empty set.
    #[must_use]
    pub fn none(length: usize) -> Bits {
        let length = length.div_ceil(64);
        Bits { few: [0; FEW], many: if length > FEW { vec![0; length] } else { Vec::new() }, length }
    }

    /// The indexes, 64 a word.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        self.few.get(..self.length).unwrap_or(&self.many)
    }

    /// The indexes, 64 a word.
    pub fn words_mut(&mut self) -> &mut [u64] {
        self.few.get_mut(..self.length).unwrap_or(&mut self.many)
    }

    /// Puts an index in.
    pub fn insert(&mut self, index: usize) {
        if let Some(word) = self.words_mut().get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    /// Whether an index is in it.
    #[must_use]
    pub fn contains(&self, index: usize) -> bool {
        self.words().get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// The indexes, in order.
    #[must_use]
    pub fn iter(&self) -> Ones<'_> {
        Ones { words: self.words().iter(), word: 0, next: 0 }
    }

    /// Takes out what is not in another set.
    pub fn keep(&mut self, other: &Bits) {
        for (word, theirs) in self.words_mut().iter_mut().zip(other.words()) {
            *word &= theirs;
        }
    }

    /// Takes out what is in another set.
    pub fn remove(&mut self, other: &Bits) {
        for (word, theirs) in self.words_mut().iter_mut().zip(other.words()) {
            *word &= !theirs;
        }
    }

    /// Whether two sets have anything in common.
    #[must_use]
    pub fn meets(&self, other: &Bits) -> bool {
        self.words().iter().zip(other.words()).any(|(word, theirs)| word & theirs != 0)
    }
}

impl<'a> IntoIterator for &'a Bits {
    type Item = usize;
    type IntoIter = Ones<'a>;

    fn into_iter(self) -> Ones<'a> {
        self.iter()
    }
}

/// The indexes in a set, in order.
#[derive(Clone, Debug)]
pub struct Ones<'a> {
    words: std::slice::Iter<'a, u64>,
    word: u64,
    /// The first index of the word after.
    next: usize,
}

impl Iterator for Ones<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.word == 0 {
            self.word = *self.words.next()?;
            self.next += 64;
        }
        let lowest = self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(self.next - 64 + lowest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some numbers on both sides of where words end, in a set that is small and in one that is not.
    #[test]
    fn what_is_put_in_comes_out_in_order() {
        for length in [1, 64, 65, 512, 513, 1000] {
            let numbers: Vec<usize> = [0, 1, 63, 64, 127, 511, 512, 999].into_iter().filter(|n| *n < length).collect();
            let mut bits = Bits::none(length);
            assert_eq!(bits.iter().next(), None);
            for number in numbers.iter().rev() {
                bits.insert(*number);
            }
            bits.insert(length + 64);
            assert_eq!(bits.iter().collect::<Vec<_>>(), numbers, "{length}");
            assert!((0..2000).all(|number| bits.contains(number) == numbers.contains(&number)), "{length}");
        }
    }

    #[test]
    fn sets_are_cut_with_each_other() {
        let of = |numbers: &[usize]| {
            let mut bits = Bits::none(130);
            for number in numbers {
                bits.insert(*number);
            }
            bits
        };
        let (mut one, mut other) = (of(&[1, 64, 129]), of(&[1, 64, 129]));
        assert!(one.meets(&of(&[2, 129])) && !one.meets(&of(&[2, 128])));
        one.keep(&of(&[1, 2, 129]));
        assert_eq!(one, of(&[1, 129]));
        other.remove(&of(&[1, 2, 129]));
        assert_eq!(other, of(&[64]));
    }
}
