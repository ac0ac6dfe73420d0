//! A bit for each of 512 members, and the way from bytes to bits and back.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Not, Shl, Shr};

/// How many members there are in a block.
pub const MEMBERS: usize = 512;
const WORDS: usize = MEMBERS / 64;

/// A bit for each member. Which bit is whose is nobody's business but this module's: see [`member_of`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block([u64; WORDS]);

impl Block {
    /// Nobody.
    pub const NONE: Block = Block([0; WORDS]);
    /// Everybody.
    pub const ALL: Block = Block([u64::MAX; WORDS]);

    /// The members there are, in no order.
    pub fn members(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            std::iter::successors(Some(bits), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| member_of(word, rest.trailing_zeros() as usize))
        })
    }
}

/// Whose a bit is: bytes become bits without changing their word, so eight members in a row lie in eight bits in a row,
/// and the next eight in the next word.
#[must_use]
fn member_of(word: usize, bit: usize) -> usize {
    (bit & !7) * WORDS + word * 8 + (bit & 7)
}

macro_rules! bitwise {
    ($($operator:ident $method:ident $assign:ident $assigned:ident),+) => { $(
        impl $operator for Block {
            type Output = Block;
            #[inline]
            fn $method(mut self, other: Block) -> Block {
                $assign::$assigned(&mut self, other);
                self
            }
        }
        impl $assign for Block {
            #[inline]
            fn $assigned(&mut self, other: Block) {
                for (word, theirs) in self.0.iter_mut().zip(other.0) {
                    $assign::$assigned(word, theirs);
                }
            }
        }
    )+ };
}
bitwise!(BitAnd bitand BitAndAssign bitand_assign, BitOr bitor BitOrAssign bitor_assign, BitXor bitxor BitXorAssign bitxor_assign);

impl Not for Block {
    type Output = Block;
    #[inline]
    fn not(self) -> Block {
        self ^ Block::ALL
    }
}

impl Shl<u32> for Block {
    type Output = Block;
    #[inline]
    fn shl(self, bits: u32) -> Block {
        Block(self.0.map(|word| word << (bits & 63)))
    }
}

impl Shr<u32> for Block {
    type Output = Block;
    #[inline]
    fn shr(self, bits: u32) -> Block {
        Block(self.0.map(|word| word >> (bits & 63)))
    }
}

fn every(word: u64) -> Block {
    Block([word; WORDS])
}

/// Trades the bits under `bits`, `by` above them in one block, for those in the other.
#[inline]
fn trade(upper: &mut Block, lower: &mut Block, by: u32, bits: u64) {
    let differ = ((*upper >> by) ^ *lower) & every(bits);
    *lower ^= differ;
    *upper ^= differ << by;
}

/// Trades between every two blocks that are `apart` in a list.
#[inline]
fn trade_all(blocks: &mut [Block], apart: usize, by: u32, bits: u64) {
    for pair in blocks.chunks_exact_mut(2 * apart) {
        let (uppers, lowers) = pair.split_at_mut(apart);
        for (upper, lower) in uppers.iter_mut().zip(lowers) {
            trade(upper, lower, by, bits);
        }
    }
}

/// A byte for each member.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bytes([Block; 8]);

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

impl Bytes {
    /// How many words [`Bytes::bits`] works on for 64 members: three rounds of six steps within each of eight words, and
    /// twelve pairs that trade in six.
    pub const OPERATIONS: usize = 8 * 3 * 6 + 12 * 6;

    /// A column's bytes from a member on. One byte alone is everybody's; who is beyond the end has zero.
    #[must_use]
    pub fn of(column: &[u8], first: usize) -> Bytes {
        if let [all] = column {
            return Bytes([every(u64::from(*all) * ONES); 8]);
        }
        let mut bytes = Bytes::default();
        let (eights, rest) = column.get(first..).unwrap_or_default().as_chunks::<8>();
        for (word, eight) in bytes.0.iter_mut().flat_map(|block| &mut block.0).zip(eights) {
            *word = u64::from_le_bytes(*eight);
        }
        if let Some(word) = bytes.0.iter_mut().flat_map(|block| &mut block.0).nth(eights.len()) {
            *word = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        bytes
    }

    /// Puts the lowest bits of numbers, as many as `width`, from `bit` on into bits that are free.
    pub fn put(&mut self, numbers: &Bytes, bit: u32, width: u32) {
        let bits = every((0xff >> (8 - width.clamp(1, 8))) * ONES);
        for (block, theirs) in self.0.iter_mut().zip(numbers.0) {
            *block |= (theirs & bits) << bit;
        }
    }

    /// Sets the highest bit of whoever's number in `numbers` is larger than `most`, which is less than 128.
    pub fn mark_beyond(&mut self, numbers: &Bytes, most: u8) {
        let room = u64::from(0x7f - (most & 0x7f)) * ONES;
        for (block, theirs) in self.0.iter_mut().zip(numbers.0) {
            let sums = Block(theirs.0.map(|word| (word & !HIGHS).wrapping_add(room)));
            *block |= (theirs | sums) & every(HIGHS);
        }
    }

    /// The eight bits of each byte: who has the lowest, and so on.
    #[must_use]
    pub fn bits(mut self) -> [Block; 8] {
        // Within each word, the eight bits of eight bytes become eight bytes of one bit each …
        for block in &mut self.0 {
            for (by, bits) in [(7, 0x00aa_00aa_00aa_00aa), (14, 0x0000_cccc_0000_cccc), (28, 0x0000_0000_f0f0_f0f0)] {
                let differ = (*block ^ (*block >> by)) & every(bits);
                *block ^= differ ^ (differ << by);
            }
        }
        // … and these bytes go to the block of their bit.
        trade_all(&mut self.0, 4, 32, 0x0000_0000_ffff_ffff);
        trade_all(&mut self.0, 2, 16, 0x0000_ffff_0000_ffff);
        trade_all(&mut self.0, 1, 8, 0x00ff_00ff_00ff_00ff);
        self.0
    }
}

/// ANDs each two blocks next to each other, which nothing can be done with but to see how long it takes.
pub fn and_all(blocks: &[Block], found: &mut [Block]) {
    for (found, pair) in found.iter_mut().zip(blocks.windows(2)) {
        if let [one, other] = pair {
            *found = *one & *other;
        }
    }
}

/// How many words [`answers`] works on for 64 members: five rounds of 16 pairs that trade in six steps, and the rows.
pub const ANSWERS_OPERATIONS: usize = 5 * 16 * 6 + 64;

/// Turns 32 blocks, one a question, into 32 bits a member: one word of each of the members' `words` in a row.
pub fn answers(mut blocks: [Block; 32], word: usize, words: usize, rows: &mut [u32]) {
    trade_all(&mut blocks, 16, 16, 0x0000_ffff_0000_ffff);
    trade_all(&mut blocks, 8, 8, 0x00ff_00ff_00ff_00ff);
    trade_all(&mut blocks, 4, 4, 0x0f0f_0f0f_0f0f_0f0f);
    trade_all(&mut blocks, 2, 2, 0x3333_3333_3333_3333);
    trade_all(&mut blocks, 1, 1, 0x5555_5555_5555_5555);
    let mut give = |member: usize, bits: u64| {
        if let Some(row) = rows.get_mut(member * words + word) {
            #[expect(clippy::cast_possible_truncation, reason = "one half of the word")]
            (*row = bits as u32);
        }
    };
    for (bit, block) in blocks.iter().enumerate() {
        for (word, both) in block.0.iter().enumerate() {
            give(member_of(word, bit), *both);
            give(member_of(word, bit + 32), *both >> 32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_bits_and_bits_become_answers() {
        let column: Vec<u8> = (0..MEMBERS).map(|member| u8::try_from(member * 7 % 251).unwrap()).collect();
        let bits = Bytes::of(&column, 0).bits();
        for (bit, block) in bits.iter().enumerate() {
            let mut members: Vec<usize> = block.members().collect();
            members.sort_unstable();
            let expected: Vec<usize> = (0..MEMBERS).filter(|member| column[*member] >> bit & 1 == 1).collect();
            assert_eq!(members, expected, "bit {bit}");
        }
        let mut blocks = [Block::NONE; 32];
        for bit in 0..32 {
            blocks[bit] = bits[bit % 8];
        }
        let mut rows = [7; 2 * MEMBERS];
        answers(blocks, 1, 2, &mut rows);
        for (member, row) in rows.chunks(2).enumerate() {
            assert_eq!(row, [7, u32::from(column[member]) * 0x0101_0101], "member {member}");
        }
    }

    #[test]
    fn a_column_ends_where_it_ends_and_one_byte_is_for_all() {
        let members = |column: &[u8], first| Bytes::of(column, first).bits()[0].members().count();
        assert_eq!(members(&[1; 13], 0), 13);
        assert_eq!(members(&[1; 600], 512), 88);
        assert_eq!(members(&[1; 3], 512), 0);
        assert_eq!(members(&[1], 512), MEMBERS);
    }

    #[test]
    fn what_is_beyond_the_most_is_marked() {
        let column: Vec<u8> = (0..=255).collect();
        for most in [0, 1, 9, 127] {
            let mut marked = Bytes::default();
            marked.mark_beyond(&Bytes::of(&column, 0), most);
            let mut members: Vec<usize> = marked.bits()[7].members().collect();
            members.sort_unstable();
            assert_eq!(members, (usize::from(most) + 1..256).collect::<Vec<_>>(), "{most}");
        }
    }
}
