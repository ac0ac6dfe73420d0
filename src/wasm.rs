//! The binding: converts and delegates. With its parts, the only file that knows `JsValue`.
//!
//! What is to be an object is put into one that the caller hands over, since the V8 of Node 20 ends the program where
//! code that it has optimised is thrown away during a call of wasm that returns a JavaScript value.

#[cfg(feature = "decider")]
pub mod decider;
#[cfg(any(feature = "navi", feature = "decider"))]
mod heard;
#[cfg(feature = "many")]
pub mod many;
#[cfg(feature = "navi")]
pub mod navi;

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::prelude::*;

#[cfg(any(feature = "navi", feature = "many"))]
use crate::Rulebook;
use crate::flat::read_flat;
use crate::{Day, Entries, Error, Plain};

#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Puts an insurer's rules (parsed JSON; `undefined` for none) on top of the national ones.
#[cfg(any(feature = "navi", feature = "many"))]
fn rulebook(national: &JsValue, insurer: &JsValue) -> Result<Rulebook, Error> {
    let insurer = Some(plain(insurer)).filter(|insurer| *insurer != Plain::Nothing);
    Rulebook::read(plain(national), insurer)
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
