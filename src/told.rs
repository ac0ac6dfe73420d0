//! How facts cross the boundary from JavaScript: as whole numbers.
//!
//! A text that crosses is copied letter by letter, and an object is built by a call for each of its keys; both take
//! longer than working out the answer. So the words cross once, and from then on numbers name them by their place.
//! `www/engine/numbers.js` and `www/engine/facts.js` are the other side.

use crate::Day;
use crate::facts::Facts;
use crate::vocabulary::{Card, Certificate, Notice, OldCard, Role};

/// No number that anything else has.
pub(crate) const NOTHING: i32 = i32::MIN;

/// Facts with a word, as places in their lists of words, each counted from one and in as many bits as it needs.
struct Words(u32);

impl Words {
    /// The place of the next word counted from zero; beyond the end of its list if none is told.
    fn next(&mut self, bits: u32) -> usize {
        let place = self.0 & ((1 << bits) - 1);
        self.0 >>= bits;
        (place as usize).wrapping_sub(1)
    }

    fn next_truth(&mut self) -> Option<bool> {
        [true, false].get(self.next(2)).copied()
    }
}

/// Facts as `www/engine/facts.js` tells them: the words, in the order of [`Fact`](crate::Fact), then days since 1970-01-01, in that
/// order too, [`NOTHING`] where none is told.
pub(crate) type Told = [i32; 7];

impl Facts {
    pub(crate) fn from_numbers(told: &Told, today: impl Fn() -> Day) -> Facts {
        let [words, enrolled_on, as_of, ended_on, certificate, card_certificate, born_on] = *told;
        let mut words = Words(words.cast_unsigned());
        Facts {
            as_of: Day::from_epoch_days(as_of).unwrap_or_else(today),
            enrolled_on: Day::from_epoch_days(enrolled_on),
            card: Card::ALL.get(words.next(4)).copied(),
            smartphone: words.next_truth(),
            role: Role::ALL.get(words.next(3)).copied(),
            ended_on: Day::from_epoch_days(ended_on),
            needs_assistance: words.next_truth(),
            portal_login: words.next_truth(),
            my_number_on_file: words.next_truth(),
            old_card: OldCard::ALL.get(words.next(2)).copied(),
            notice: Notice::ALL.get(words.next(3)).copied(),
            notice_mismatch: words.next_truth(),
            name_changed: words.next_truth(),
            ratio_changed: words.next_truth(),
            certificate: Certificate::ALL.get(words.next(3)).copied(),
            certificate_expires_on: Day::from_epoch_days(certificate),
            card_certificate_expires_on: Day::from_epoch_days(card_certificate),
            born_on: Day::from_epoch_days(born_on),
            overseas: words.next_truth(),
        }
    }
}
