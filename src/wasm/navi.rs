//! The part of the binding that answers one member, with reasons.

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::heard::Heard;
use super::{fail, plain, put, put_all, rulebook, today};
use crate::numbers::Numbers;
use crate::question::Asked;
use crate::{Day, Entries, Error, ErrorKind, Guidance, Plain, Rulebook};

/// A rulebook that answers in numbers, see `numbers.rs`; `www/engine/navi.js` puts them into words.
///
/// What is asked about is told first: as numbers, see [`Navi::told`], or by [`Navi::read`]; its likeness is asked for
/// before its assessment. Answers lie in the memory until the next is asked for; an answer at 0 is none, and
/// [`Navi::failure`] says why.
#[wasm_bindgen]
pub struct Navi {
    rulebook: Rulebook,
    heard: Heard,
    numbers: Numbers,
}

/// Puts an insurer's rules (parsed JSON; `undefined` for none) on top of the national ones: `{ navi }`, or `{ error }`.
#[wasm_bindgen]
pub fn load(national: &JsValue, insurer: &JsValue, into: &Object) {
    match rulebook(national, insurer) {
        Err(error) => fail(into, &error),
        Ok(rulebook) => put(into, "navi", Navi { rulebook, heard: Heard::default(), numbers: Numbers::default() }),
    }
}

#[wasm_bindgen]
impl Navi {
    /// The words that numbers stand for.
    #[must_use]
    pub fn words(&self) -> String {
        self.rulebook.words()
    }

    /// Where facts are told in numbers, see [`Told`](crate::told::Told).
    pub fn told(&mut self) -> *mut i32 {
        self.heard.told.as_mut_ptr()
    }

    /// Tells facts in whatever form, if they can be read.
    pub fn read(&mut self, facts: &JsValue) -> bool {
        self.heard.read(facts)
    }

    /// What is alike in all that is answered the same, apart from words; see [`Rulebook::likeness`].
    pub fn likeness(&mut self) -> *const i32 {
        let facts = self.heard.facts();
        if let Err(error) = facts.check() {
            return self.heard.refuse(error);
        }
        let likeness = self.rulebook.likeness(facts);
        self.numbers.put_likeness(self.heard.words().zip(likeness.as_ref()));
        self.numbers.place()
    }

    /// What can be said of it.
    pub fn assess(&mut self) -> *const i32 {
        match self.numbers.put_answer(&self.rulebook, &self.heard.facts) {
            Err(error) => self.heard.refuse(error),
            Ok(()) => self.numbers.place(),
        }
    }

    /// Only which guidance is given: a bit for each.
    pub fn decide(&mut self) -> *const i32 {
        self.heard.decide(&self.rulebook.decider)
    }

    /// The circumstances that could still change the guidance: questions whose options are the answers that would.
    pub fn circumstances(&mut self) -> *const i32 {
        let asked = self.rulebook.all_circumstances(self.heard.facts());
        self.ask(asked)
    }

    /// All facts worth asking about, the next one first.
    pub fn questions(&mut self) -> *const i32 {
        let asked = self.rulebook.all_asked(self.heard.facts());
        self.ask(asked)
    }

    /// Why there was no answer: `{ error }`.
    pub fn failure(&self, into: &Object) {
        self.heard.fail(into);
    }

    fn ask(&mut self, asked: Result<Vec<Asked>, Error>) -> *const i32 {
        match asked {
            Err(error) => self.heard.refuse(error),
            Ok(asked) => {
                self.numbers.put_questions(&asked);
                self.numbers.place()
            }
        }
    }
}

/// Reads a date as a person writes it: `{ day, era }`, or `{ error }`.
#[wasm_bindgen(js_name = readDay)]
pub fn read_day(text: &JsValue, into: &Object) {
    let read = match plain(text) {
        Plain::Text(text) => Day::read(&text),
        other => Err(Error::new(ErrorKind::InvalidDate, format!("`{other}` is not a date")).of_value(&other)),
    };
    match read {
        Err(error) => fail(into, &error),
        Ok(day) => put_all(into, &Entries::from(vec![("day", day.to_string()), ("era", day.in_era())])),
    }
}

/// The section of the sheet in which a piece of guidance stands; `undefined` for what is none.
#[wasm_bindgen(js_name = sectionOf)]
#[must_use]
pub fn section_of(guidance: &str) -> Option<String> {
    Guidance::from_word(guidance).map(|guidance| guidance.section().to_string())
}

/// The day it is in Japan now, wherever the device is.
#[wasm_bindgen(js_name = todayInJapan)]
#[must_use]
pub fn today_in_japan() -> String {
    today().to_string()
}
