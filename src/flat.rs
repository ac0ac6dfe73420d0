//! Data as `www/engine/flat.js` writes it down for the way into the engine.

use crate::plain::Plain;

/// Reads what was written down; what was not, is of another kind.
pub(crate) fn read_flat(text: &str) -> Plain {
    Flat(text).value()
}

/// What is left to be read.
struct Flat<'a>(&'a str);

impl Flat<'_> {
    fn value(&mut self) -> Plain {
        let mut letters = self.0.chars();
        let kind = letters.next();
        self.0 = letters.as_str();
        match kind {
            Some('n') => Plain::Nothing,
            Some('y') => Plain::Truth(true),
            Some('f') => Plain::Truth(false),
            Some('#') => Plain::Number(self.number()),
            Some('t') => Plain::Text(self.text()),
            Some('l') => {
                let mut items = Vec::new();
                for _ in 0..self.number() {
                    items.push(self.value());
                }
                Plain::List(items)
            }
            Some('o') => {
                let mut entries = Vec::new();
                for _ in 0..self.number() {
                    entries.push((self.text(), self.value()));
                }
                Plain::Object(entries)
            }
            _ => Plain::Other,
        }
    }

    fn number(&mut self) -> i64 {
        let mut letters = self.0.chars();
        let mut sign = 1;
        let mut number: i64 = 0;
        for letter in letters.by_ref() {
            match letter.to_digit(10) {
                Some(digit) => number = number.saturating_mul(10).saturating_add(digit.into()),
                None if letter == '-' => sign = -1,
                None => break,
            }
        }
        self.0 = letters.as_str();
        number * sign
    }

    /// A text, whose length is counted as JavaScript counts.
    fn text(&mut self) -> String {
        let units = usize::try_from(self.number()).unwrap_or_default();
        let end = match self.0.get(..units) {
            Some(start) if start.is_ascii() => units,
            _ => {
                let mut left = units;
                let mut bytes = 0;
                for letter in self.0.chars() {
                    if left == 0 {
                        break;
                    }
                    left = left.saturating_sub(letter.len_utf16());
                    bytes += letter.len_utf8();
                }
                bytes
            }
        };
        let (text, rest) = self.0.split_at_checked(end).unwrap_or_default();
        self.0 = rest;
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_read() {
        let text = |text: &str| Plain::Text(text.to_owned());
        assert_eq!(
            read_flat("o3;4;cardt4;none1;鍵l4;nyf#-12;2;\u{1f600}t3;a鍵b"),
            Plain::Object(vec![
                ("card".to_owned(), text("none")),
                (
                    "鍵".to_owned(),
                    Plain::List(vec![Plain::Nothing, Plain::Truth(true), Plain::Truth(false), Plain::Number(-12)])
                ),
                ("\u{1f600}".to_owned(), text("a鍵b")),
            ])
        );
        // As many bytes as letters end between two of them.
        assert_eq!(read_flat("l2;t4;a鍵bcn"), Plain::List(vec![text("a鍵bc"), Plain::Nothing]));
        assert_eq!(read_flat("l0;"), Plain::List(Vec::new()));
        assert_eq!(read_flat("t9;ab"), text("ab"));
        for other in ["?", "", "x"] {
            assert_eq!(read_flat(other), Plain::Other);
        }
    }
}
