//! The binding: converts and delegates. The only file that knows `JsValue`.

use js_sys::{Array, Date, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::{Day, Entries, Error, Facts, Plain, Rulebook};

/// A rulebook that answers.
#[wasm_bindgen]
pub struct Navi(Rulebook);

/// Puts an insurer's rules (parsed JSON; `undefined` for none) on top of the national ones: a [`Navi`], or
/// `{ error }`.
#[wasm_bindgen]
#[must_use]
pub fn load(national: &JsValue, insurer: &JsValue) -> JsValue {
    let insurer = match plain(insurer) {
        Plain::Nothing => None,
        insurer => Some(insurer),
    };
    Rulebook::read(plain(national), insurer).map_or_else(|error| failure(&error), |rulebook| Navi(rulebook).into())
}

#[wasm_bindgen]
impl Navi {
    /// What can be said of these facts: an assessment, or `{ error }`.
    #[must_use]
    pub fn assess(&self, facts: &JsValue) -> JsValue {
        let facts = Facts::read(today(), &plain(facts));
        facts.and_then(|facts| self.0.assess(&facts)).map_or_else(|error| failure(&error), |found| object(&found))
    }

    /// All facts worth asking about, the next one first: a list of questions, or `{ error }`.
    #[must_use]
    pub fn questions(&self, facts: &JsValue) -> JsValue {
        let facts = Facts::read(today(), &plain(facts));
        facts.and_then(|facts| self.0.questions(&facts)).map_or_else(|error| failure(&error), |open| object(&open))
    }
}

/// Reads a date as a person writes it: `{ day, era }`, or `{ error }`.
#[wasm_bindgen(js_name = readDay)]
#[must_use]
pub fn read_day(text: &str) -> JsValue {
    Day::read(text).map_or_else(
        |error| failure(&error),
        |day| object(&Entries::from(vec![("day", day.to_string()), ("era", day.in_era())])),
    )
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

/// Rules and facts nest a few levels; an object that holds itself would go on for ever.
const DEEPEST: usize = 32;
/// The largest rules file has some ten thousand values.
const MOST_VALUES: usize = 1_000_000;

/// Reads any JavaScript value; what is not like JSON, or cannot be read, is of another kind.
fn plain(value: &JsValue) -> Plain {
    read(value, DEEPEST, &mut 0).unwrap_or(Plain::Other)
}

fn read(value: &JsValue, deepest: usize, seen: &mut usize) -> Result<Plain, JsValue> {
    *seen += 1;
    Ok(if value.is_null() || value.is_undefined() {
        Plain::Nothing
    } else if let Some(truth) = value.as_bool() {
        Plain::Truth(truth)
    } else if let Some(text) = value.as_string() {
        Plain::Text(text)
    } else if let Some(number) = value.as_f64() {
        Plain::whole(number)
    } else if deepest == 0 || *seen > MOST_VALUES {
        Plain::Other
    } else if let Some(list) = value.dyn_ref::<Array>().filter(|list| list.length() as usize <= MOST_VALUES) {
        let mut items = Vec::new();
        for item in list.iter() {
            items.push(read(&item, deepest - 1, seen)?);
        }
        Plain::List(items)
    } else if value.is_object() {
        let mut entries = Vec::new();
        for key in Reflect::own_keys(value)?.iter() {
            entries.push((key.as_string().unwrap_or_default(), read(&Reflect::get(value, &key)?, deepest - 1, seen)?));
        }
        Plain::Object(entries)
    } else {
        Plain::Other
    })
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
