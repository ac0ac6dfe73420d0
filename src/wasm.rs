//! The binding: converts and delegates. With its part for many members, the only file that knows `JsValue`.
//!
//! What is to be an object is put into one that the caller hands over, since the V8 of Node 20 ends the program where
//! code that it has optimised is thrown away during a call of wasm that returns a JavaScript value.

#[cfg(feature = "many")]
pub mod many;

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::flat::read_flat;
use crate::numbers::{NOTHING, Numbers, Told};
use crate::question::Asked;
use crate::{Day, Entries, Error, ErrorKind, Facts, Guidance, GuidanceSet, Plain, Rulebook};

#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A rulebook that answers in numbers, see `numbers.rs`; `www/engine/navi.js` puts them into words.
///
/// What is asked about is told first: as numbers, see [`Navi::told`], or by [`Navi::read`]; its likeness is asked for
/// before its assessment. Answers lie in the memory until the next is asked for; an answer at 0 is none, and
/// [`Navi::failure`] says why.
#[wasm_bindgen]
pub struct Navi {
    rulebook: Rulebook,
    told: Told,
    facts: Facts,
    numbers: Numbers,
    decided: GuidanceSet,
    failure: Option<Error>,
}

/// What stands for words where [`Navi::read`] read the facts.
const AS_READ: i32 = -1;

/// Puts an insurer's rules (parsed JSON; `undefined` for none) on top of the national ones: `{ navi }`, or `{ error }`.
#[wasm_bindgen]
pub fn load(national: &JsValue, insurer: &JsValue, into: &Object) {
    let navi = |rulebook| Navi {
        rulebook,
        told: [NOTHING; 7],
        facts: Facts::on(Day::MIN),
        numbers: Numbers::default(),
        decided: GuidanceSet::default(),
        failure: None,
    };
    match rulebook(national, insurer) {
        Err(error) => fail(into, &error),
        Ok(rulebook) => put(into, "navi", navi(rulebook)),
    }
}

fn rulebook(national: &JsValue, insurer: &JsValue) -> Result<Rulebook, Error> {
    let insurer = Some(plain(insurer)).filter(|insurer| *insurer != Plain::Nothing);
    Rulebook::read(plain(national), insurer)
}

#[wasm_bindgen]
impl Navi {
    /// The words that numbers stand for.
    #[must_use]
    pub fn words(&self) -> String {
        self.rulebook.words()
    }

    /// Where facts are told in numbers, see [`Told`].
    pub fn told(&mut self) -> *mut i32 {
        self.told.as_mut_ptr()
    }

    /// Tells facts in whatever form, if they can be read.
    pub fn read(&mut self, facts: &JsValue) -> bool {
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

    /// What is alike in all that is answered the same, apart from words; see [`Rulebook::likeness`].
    pub fn likeness(&mut self) -> *const i32 {
        self.hear();
        if let Err(error) = self.facts.check() {
            return self.refuse(error);
        }
        let [words, ..] = self.told;
        let likeness = self.rulebook.likeness(&self.facts).filter(|_| words != AS_READ);
        self.numbers.put_likeness(words, likeness.as_ref());
        self.numbers.place()
    }

    /// What can be said of it.
    pub fn assess(&mut self) -> *const i32 {
        match self.numbers.put_answer(&self.rulebook, &self.facts) {
            Err(error) => self.refuse(error),
            Ok(()) => self.numbers.place(),
        }
    }

    /// Only which guidance is given: a bit for each.
    pub fn decide(&mut self) -> *const i32 {
        self.hear();
        match self.rulebook.decide(&self.facts) {
            Err(error) => self.refuse(error),
            Ok(decided) => {
                self.decided = decided;
                self.decided.words().as_ptr().cast()
            }
        }
    }

    /// The circumstances that could still change the guidance: questions whose options are the answers that would.
    pub fn circumstances(&mut self) -> *const i32 {
        self.hear();
        let asked = self.rulebook.all_circumstances(&self.facts);
        self.ask(asked)
    }

    /// All facts worth asking about, the next one first.
    pub fn questions(&mut self) -> *const i32 {
        self.hear();
        let asked = self.rulebook.all_asked(&self.facts);
        self.ask(asked)
    }

    /// Why there was no answer: `{ error }`.
    pub fn failure(&self, into: &Object) {
        if let Some(error) = &self.failure {
            fail(into, error);
        }
    }

    fn hear(&mut self) {
        if self.told.first() != Some(&AS_READ) {
            self.facts = Facts::from_numbers(&self.told, today);
        }
    }

    fn ask(&mut self, asked: Result<Vec<Asked>, Error>) -> *const i32 {
        match asked {
            Err(error) => self.refuse(error),
            Ok(asked) => {
                self.numbers.put_questions(&asked);
                self.numbers.place()
            }
        }
    }

    fn refuse(&mut self, error: Error) -> *const i32 {
        self.failure = Some(error);
        std::ptr::null()
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

#[expect(clippy::cast_possible_truncation, reason = "a float becomes the nearest whole number of milliseconds")]
fn today() -> Day {
    Day::in_japan(Date::now() as i64)
}

#[wasm_bindgen(module = "/www/engine/flat.js")]
extern "C" {
    fn flatten(value: &JsValue) -> String;
}

/// Reads any JavaScript value; what is not like JSON, or cannot be read, is of another kind.
fn plain(value: &JsValue) -> Plain {
    read_flat(&flatten(value))
}

fn fail(into: &Object, error: &Error) {
    let told = Object::new();
    put_all(&told, &error.entries());
    put(into, "error", told);
    Object::freeze(into);
}

/// All that an object is to have.
fn put_all(into: &Object, entries: &Entries<&'static str, String>) {
    for (key, value) in entries.iter() {
        put(into, key, value.as_str());
    }
    Object::freeze(into);
}

/// Nothing stands in the way of a property of a new object.
fn put(into: &Object, key: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(into, &key.into(), &value.into());
}
