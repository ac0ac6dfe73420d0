//! The part of the binding that only decides which guidance is given.

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::heard::Heard;
use super::{fail, put};

/// Decides in numbers; `www/engine/numbers.js` puts them into words.
///
/// Facts are told first: as numbers, see [`Decider::told`], or by [`Decider::read`]. An answer at 0 is none, and
/// [`Decider::failure`] says why.
#[wasm_bindgen]
pub struct Decider {
    decider: crate::Decider,
    heard: Heard,
}

/// Reads a decider that was made ready beforehand: `{ decider }`, or `{ error }`.
#[wasm_bindgen(js_name = loadDecider)]
pub fn load_decider(written: &[u8], into: &Object) {
    match crate::Decider::read(written) {
        Err(error) => fail(into, &error),
        Ok(decider) => put(into, "decider", Decider { decider, heard: Heard::default() }),
    }
}

#[wasm_bindgen]
impl Decider {
    /// Where facts are told in numbers, see [`Told`](crate::told::Told).
    pub fn told(&mut self) -> *mut i32 {
        self.heard.told.as_mut_ptr()
    }

    /// Tells facts in whatever form, if they can be read.
    pub fn read(&mut self, facts: &JsValue) -> bool {
        self.heard.read(facts)
    }

    /// Which guidance is given: a bit for each.
    pub fn decide(&mut self) -> *const i32 {
        self.heard.decide(&self.decider)
    }

    /// Why there was no answer: `{ error }`.
    pub fn failure(&self, into: &Object) {
        self.heard.fail(into);
    }
}
