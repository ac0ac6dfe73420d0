//! The part of the binding that is a module of its own, loaded when somebody asks about many members.

use js_sys::{Array, Int32Array, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::{fail, put, rulebook, today};
use crate::limits::MOST_MEMBERS;
use crate::{Column, Error, ErrorKind, Fact, Guidance, Many, Variable, WORDS};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(value: &JsValue) -> Result<Array, JsValue>;
}

/// A rulebook that answers many members at once.
#[wasm_bindgen]
pub struct Members(Many);

/// Puts an insurer's rules on top of the national ones, as `load` does: `{ members }`, or `{ error }`.
#[wasm_bindgen(js_name = loadMany)]
pub fn load_many(national: &JsValue, insurer: &JsValue, into: &Object) {
    match rulebook(national, insurer) {
        Err(error) => fail(into, &error),
        Ok(rulebook) => put(into, "members", Members(Many::from(rulebook))),
    }
}

#[wasm_bindgen]
impl Members {
    /// What many members are told: `{ guidance, words, rows }`, or `{ error }`. `columns` has a typed array for each fact
    /// that is told, see [`Column`], or what `classesOf` gives; `rows` has so many `words` for each member, see [`WORDS`].
    pub fn assess(&self, columns: &JsValue, into: &Object) {
        let rows = arrays(columns).and_then(|arrays| {
            let mut rows = vec![0; longest(&arrays) * WORDS];
            // Only a variable that is no fact tells classes from facts.
            if arrays.iter().any(|(key, _)| key == Variable::Start.word()) {
                self.0.assess_classes(&classes(arrays)?, &mut rows)?;
            } else {
                self.0.assess(&facts(&arrays)?, &mut rows)?;
            }
            Ok(rows)
        });
        match rows {
            Err(error) => fail(into, &error),
            Ok(rows) => {
                put(into, "guidance", Guidance::WORDS.iter().map(|id| JsValue::from_str(id)).collect::<Array>());
                put(into, "words", WORDS);
                put(into, "rows", Uint32Array::from(rows.as_slice()));
            }
        }
    }

    /// The classes that members are in, which `assess` takes instead of their facts: a `Uint8Array` for each variable,
    /// or `{ error }`.
    #[wasm_bindgen(js_name = classesOf)]
    pub fn classes_of(&self, columns: &JsValue, into: &Object) {
        let found = arrays(columns).and_then(|arrays| self.0.classes(&facts(&arrays)?, longest(&arrays)));
        match found {
            Err(error) => fail(into, &error),
            Ok(found) => {
                for (variable, classes) in &found {
                    put(into, variable.word(), Uint8Array::from(classes.as_slice()));
                }
            }
        }
    }
}

/// A typed array as JavaScript hands it over.
enum Typed {
    Days(Vec<i32>),
    Codes(Vec<u8>),
}

/// The columns of an object, and one for today if there is none of the day asked about.
fn arrays(columns: &JsValue) -> Result<Vec<(String, Typed)>, Error> {
    if !columns.is_object() {
        return Err(Error::new(ErrorKind::InvalidValue, "the columns are not an object of typed arrays"));
    }
    let mut arrays = Vec::new();
    for key in keys(columns).unwrap_or_default().iter() {
        let column = Reflect::get(columns, &key).unwrap_or_default();
        let name = key.as_string().unwrap_or_default();
        let (days, codes) = (column.dyn_ref::<Int32Array>(), column.dyn_ref::<Uint8Array>());
        let length = days.map(Int32Array::length).or(codes.map(Uint8Array::length));
        if length.is_some_and(|length| length > MOST_MEMBERS) {
            return Err(mistaken(&name, &format!("has more than {MOST_MEMBERS} entries: ask about fewer at a time")));
        }
        let typed = match (days, codes) {
            (Some(days), _) => Typed::Days(days.to_vec()),
            (_, Some(codes)) => Typed::Codes(codes.to_vec()),
            _ => return Err(mistaken(&name, "is neither an Int32Array nor a Uint8Array")),
        };
        arrays.push((name, typed));
    }
    if !arrays.iter().any(|(name, _)| name == Fact::AsOf.word()) {
        arrays.push((Fact::AsOf.to_string(), Typed::Days(vec![today().epoch_days()])));
    }
    Ok(arrays)
}

fn mistaken(column: &str, what: &str) -> Error {
    Error::new(ErrorKind::InvalidValue, format!("the column `{column}` {what}")).of_fact(column)
}

fn longest(arrays: &[(String, Typed)]) -> usize {
    let lengths = arrays.iter().map(|(_, typed)| match typed {
        Typed::Days(days) => days.len(),
        Typed::Codes(codes) => codes.len(),
    });
    lengths.max().unwrap_or_default()
}

fn facts(arrays: &[(String, Typed)]) -> Result<Vec<(Fact, Column<'_>)>, Error> {
    let facts = arrays.iter().map(|(name, typed)| {
        let fact = Fact::from_word(name)
            .ok_or_else(|| Error::new(ErrorKind::UnknownFact, format!("`{name}` is not a fact")).of_fact(name))?;
        let column = match typed {
            Typed::Days(days) => Column::Days(days),
            Typed::Codes(codes) => Column::Codes(codes),
        };
        Ok((fact, column))
    });
    facts.collect()
}

fn classes(arrays: Vec<(String, Typed)>) -> Result<Vec<(Variable, Vec<u8>)>, Error> {
    let classes = arrays.into_iter().map(|(name, typed)| match (Variable::from_word(&name), typed) {
        (Some(variable), Typed::Codes(classes)) => Ok((variable, classes)),
        _ => Err(mistaken(&name, "is not of the classes of a variable")),
    });
    classes.collect()
}
