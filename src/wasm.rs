//! The binding: converts and delegates. With its part for many members, the only file that knows `JsValue`.

#[cfg(feature = "many")]
pub mod many;

use js_sys::{Array, Date, JsString, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::limits::{DEEPEST, LONGEST_TEXT, MOST_VALUES};
use crate::numbers::{NOTHING, Numbers, Told};
use crate::question::Asked;
use crate::{Day, Entries, Error, ErrorKind, Facts, Guidance, GuidanceSet, Plain, Rulebook};

#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A rulebook that answers in numbers, see `numbers.rs`; `www/engine/navi.js` puts them into words.
///
/// What is asked about is told first: as numbers, see [`Navi::told`], or by [`Navi::read`]. Answers lie in the memory
/// until the next is asked for; an answer at 0 is none, and [`Navi::failure`] says why.
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

/// Puts an insurer's rules (parsed JSON; `undefined` for none) on top of the national ones: a [`Navi`], or
/// `{ error }`.
#[wasm_bindgen]
#[must_use]
pub fn load(national: &JsValue, insurer: &JsValue) -> JsValue {
    let insurer = Some(plain(insurer)).filter(|insurer| *insurer != Plain::Nothing);
    let navi = |rulebook| Navi {
        rulebook,
        told: [NOTHING; 7],
        facts: Facts::on(Day::MIN),
        numbers: Numbers::default(),
        decided: GuidanceSet::default(),
        failure: None,
    };
    Rulebook::read(plain(national), insurer).map_or_else(|error| failure(&error), |rulebook| navi(rulebook).into())
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

    /// What can be said of what was told.
    pub fn assess(&mut self) -> *const i32 {
        self.hear();
        match self.rulebook.find(&self.facts) {
            Err(error) => self.refuse(error),
            Ok(found) => {
                self.numbers.put_findings(&found, &self.facts, &self.rulebook);
                self.numbers.place()
            }
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
    #[must_use]
    pub fn failure(&self) -> JsValue {
        self.failure.as_ref().map_or(JsValue::UNDEFINED, failure)
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
#[must_use]
pub fn read_day(text: &JsValue) -> JsValue {
    let read = match plain(text) {
        Plain::Text(text) => Day::read(&text),
        other => Err(Error::new(ErrorKind::InvalidDate, format!("`{other}` is not a date")).of_value(&other)),
    };
    read.map_or_else(
        |error| failure(&error),
        |day| object(&Entries::from(vec![("day", day.to_string()), ("era", day.in_era())])),
    )
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

/// Reads any JavaScript value; what is not like JSON, or cannot be read, is of another kind. An object can hold itself,
/// and a text can be as large as the memory: of each, one more is read than a rules file may have, so that it is refused.
fn plain(value: &JsValue) -> Plain {
    read(value, DEEPEST + 1, &mut 0).unwrap_or(Plain::Other)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(value: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Object, js_name = getPrototypeOf)]
    fn prototype_of(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// Everything asked of a foreign object may throw, and is caught: an exception that passes through leaves the engine
/// in pieces.
fn read(value: &JsValue, deepest: usize, seen: &mut usize) -> Result<Plain, JsValue> {
    *seen += 1;
    Ok(if value.is_null() || value.is_undefined() {
        Plain::Nothing
    } else if let Some(truth) = value.as_bool() {
        Plain::Truth(truth)
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        Plain::Text(text.slice(0, u32::try_from(LONGEST_TEXT).map_or(u32::MAX, |most| most.saturating_add(1))).into())
    } else if let Some(number) = value.as_f64() {
        Plain::whole(number)
    } else if !value.is_object() || deepest == 0 || *seen > MOST_VALUES {
        Plain::Other
    } else if is_array(value)? {
        let length = Reflect::get(value, &"length".into())?.as_f64().unwrap_or_default();
        let mut items = Vec::new();
        let mut next = 0;
        while f64::from(next) < length && *seen <= MOST_VALUES {
            items.push(read(&Reflect::get_u32(value, next)?, deepest - 1, seen)?);
            next += 1;
        }
        Plain::List(items)
    } else if is_plain(value)? {
        let mut entries = Vec::new();
        for key in keys(value)?.iter() {
            if *seen > MOST_VALUES {
                break;
            }
            let part = read(&Reflect::get(value, &key)?, deepest - 1, seen)?;
            entries.push((key.as_string().unwrap_or_default(), part));
        }
        Plain::Object(entries)
    } else {
        Plain::Other
    })
}

/// Whether an object is a mere collection of keys, of this page or of another: nothing, or only the root of all
/// objects, stands behind it.
fn is_plain(value: &JsValue) -> Result<bool, JsValue> {
    let prototype = prototype_of(value)?;
    Ok(prototype.is_null() || prototype_of(&prototype)?.is_null())
}

fn failure(error: &Error) -> JsValue {
    object(&Entries::from(vec![("error", error)]))
}

fn object(value: &impl Serialize) -> JsValue {
    let object = value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL);
    freeze(&object);
    object
}

fn freeze(value: &JsValue) {
    if let Some(object) = value.dyn_ref::<Object>() {
        Object::values(Object::freeze(object).unchecked_ref()).iter().for_each(|part| freeze(&part));
    }
}
