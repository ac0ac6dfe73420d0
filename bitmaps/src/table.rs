//! Rows, each of which allows some classes of some variables.

use crate::bits::Bits;

/// Rows and what they allow. One holds if it allows the class of every variable, and nothing forbids it.
#[derive(Clone, Debug)]
pub struct Table {
    all: Bits,
    /// Each variable that some row has a say about, and where its bitmaps begin: for each class the rows that allow it.
    variables: Vec<(usize, usize)>,
    bitmaps: Vec<u64>,
    guards: Vec<Guard>,
}

/// Where one of `answered` holds, none of `otherwise` does.
#[derive(Clone, Debug)]
pub struct Guard {
    /// Rows that nothing forbids.
    pub answered: Bits,
    /// The rows that they forbid.
    pub otherwise: Bits,
}

impl Table {
    /// Rows that allow everything.
    #[must_use]
    pub fn new(rows: usize, guards: Vec<Guard>) -> Table {
        let mut all = Bits::none(rows);
        (0..rows).for_each(|row| all.insert(row));
        Table { all, variables: Vec::new(), bitmaps: Vec::new(), guards }
    }

    /// Holds rows to some classes of a variable: of each, `allowed` says which rows allow it.
    pub fn constrain(&mut self, variable: usize, allowed: &[Bits]) {
        if allowed.windows(2).any(|two| two.first() != two.last()) {
            self.variables.push((variable, self.bitmaps.len()));
            self.bitmaps.extend(allowed.iter().flat_map(Bits::words));
        }
    }

    /// The rows that hold where each variable is in one of its classes.
    #[must_use]
    pub fn holding(&self, classes: &[u8]) -> Bits {
        let mut holding = self.all.clone();
        let rows = holding.words_mut();
        for (variable, start) in &self.variables {
            let class = classes.get(*variable).copied().unwrap_or_default();
            let from = start + usize::from(class) * rows.len();
            let allowed = self.bitmaps.get(from..from + rows.len()).unwrap_or_default();
            for (word, allowed) in rows.iter_mut().zip(allowed) {
                *word &= allowed;
            }
        }
        for guard in &self.guards {
            if guard.answered.meets(&holding) {
                holding.remove(&guard.otherwise);
            }
        }
        holding
    }

    /// What the rows that hold give, each row a number, as bits. Rows beyond the end of `gives` give nothing.
    pub fn gather(&self, classes: &[u8], gives: &[u8], found: &mut [u32]) {
        for row in &self.holding(classes) {
            let Some(number) = gives.get(row).map(|number| usize::from(*number)) else { return };
            if let Some(word) = found.get_mut(number / 32) {
                *word |= 1 << (number % 32);
            }
        }
    }
}

/// What is given by the first row of each kind among some rows: of each row, `of` has its kind and what it gives. Rows
/// beyond its end are of none.
#[must_use]
pub fn firsts(rows: &Bits, of: &[(usize, usize)], length: usize) -> Bits {
    let (mut seen, mut found) = (Bits::none(length), Bits::none(length));
    for row in rows {
        let Some((kind, number)) = of.get(row) else { break };
        if !seen.contains(*kind) {
            seen.insert(*kind);
            found.insert(*number);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(length: usize, which: impl Fn(usize) -> bool) -> Bits {
        let mut bits = Bits::none(length);
        (0..length).filter(|index| which(*index)).for_each(|index| bits.insert(index));
        bits
    }

    /// Row `n` allows of one variable the classes that divide `n`, of another whether it is odd; what is divided by
    /// seven forbids what is divided by five.
    #[test]
    fn rows_hold_that_allow_every_class_and_are_not_forbidden() {
        for rows in [1, 3, 64, 70, 600] {
            let divided = |by: usize| move |row: usize| row.is_multiple_of(by);
            let guard = Guard {
                answered: bits(rows, |row| row > 0 && row.is_multiple_of(7)),
                otherwise: bits(rows, divided(5)),
            };
            let mut table = Table::new(rows, vec![guard]);
            table.constrain(0, &[bits(rows, |_| true), bits(rows, |_| true)]);
            table.constrain(2, &[bits(rows, divided(1)), bits(rows, divided(2)), bits(rows, divided(3))]);
            table.constrain(1, &[bits(rows, divided(2)), bits(rows, |row| row % 2 == 1)]);
            for class in 0..3 {
                for odd in 0..2 {
                    let allowed = |row: usize| row.is_multiple_of(class + 1) && row % 2 == odd;
                    let is_answered = (1..rows).any(|row| row.is_multiple_of(7) && allowed(row));
                    let expected = bits(rows, |row| allowed(row) && !(is_answered && row.is_multiple_of(5)));
                    let classes = [1, u8::try_from(odd).unwrap(), u8::try_from(class).unwrap()];
                    assert_eq!(table.holding(&classes), expected, "{rows} {classes:?}");
                }
            }
        }
    }

    #[test]
    fn rows_give_what_they_give() {
        let rows = bits(100, |row| [1, 2, 64, 65, 99].contains(&row));
        let mut table = Table::new(100, Vec::new());
        table.constrain(0, &[bits(100, |_| false), rows.clone()]);
        let gives: Vec<u8> = (0..70).collect();
        let mut found = [0; 3];
        table.gather(&[1], &gives, &mut found);
        assert_eq!(found, [6, 0, 3]);
        // Of what is of the same kind only the first; the last row is of none.
        let of: Vec<(usize, usize)> = (0..70).map(|row| (row % 63, 69 - row)).collect();
        assert_eq!(firsts(&rows, &of, 70), bits(70, |number| [68, 67].contains(&number)));
    }
}
