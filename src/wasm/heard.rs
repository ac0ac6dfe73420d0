//! What an engine for one member was told, and what became of it.

use js_sys::Object;
use wasm_bindgen::JsValue;

use super::{fail, plain, today};
use crate::told::{NOTHING, Told};
use crate::{Day, Decider, Error, Facts, GuidanceSet};

/// What was told, and what became of it.
pub(super) struct Heard {
    pub(super) told: Told,
    pub(super) facts: Facts,
    decided: GuidanceSet,
    failure: Option<Error>,
}

/// What stands for words where [`Heard::read`] read the facts.
const AS_READ: i32 = -1;

impl Default for Heard {
    fn default() -> Heard {
        Heard { told: [NOTHING; 7], facts: Facts::on(Day::MIN), decided: GuidanceSet::default(), failure: None }
    }
}

impl Heard {
    /// Reads facts in whatever form, if that can be done.
    pub(super) fn read(&mut self, facts: &JsValue) -> bool {
        match Facts::read(today(), &plain(facts)) {
            Err(error) => {
                self.refuse(error);
                false
            }
            Ok(facts) => {
                (self.told, self.facts) = ([AS_READ; 7], facts);
                true
            }
        }
    }

    /// The words that were told in numbers, if they were.
    pub(super) fn words(&self) -> Option<i32> {
        let [words, ..] = self.told;
        (words != AS_READ).then_some(words)
    }

    /// The facts that were told.
    pub(super) fn facts(&mut self) -> &Facts {
        if self.words().is_some() {
            self.facts = Facts::from_numbers(&self.told, today);
        }
        &self.facts
    }

    /// Which guidance is given: a bit for each.
    pub(super) fn decide(&mut self, decider: &Decider) -> *const i32 {
        match decider.decide(self.facts()) {
            Err(error) => self.refuse(error),
            Ok(said) => {
                self.decided = said;
                self.decided.words().as_ptr().cast()
            }
        }
    }

    pub(super) fn refuse(&mut self, error: Error) -> *const i32 {
        self.failure = Some(error);
        std::ptr::null()
    }

    /// Why there was no answer: `{ error }`.
    pub(super) fn fail(&self, into: &Object) {
        if let Some(error) = &self.failure {
            fail(into, error);
        }
    }
}
