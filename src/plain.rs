//! Data as a caller hands it over, and reading it with nothing left over.
//!
//! Everything from outside goes through here, so that a key nobody knows is found and a mistake is named by its
//! place: reading a JavaScript object straight into a struct would only ask it for the names it expects.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::Day;
use crate::error::{Error, ErrorKind};
use crate::limits::{DEEPEST, LONGEST_TEXT, MOST_ENTRIES, MOST_VALUES};

/// JSON-like data; `undefined` is [`Plain::Nothing`] too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// `null`.
    Nothing,
    /// `true` or `false`.
    Truth(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Plain>),
    /// An object: its keys in order, as often as they were given.
    Object(Vec<(String, Plain)>),
    /// Anything else: a fraction, bytes.
    Other,
}

impl Plain {
    /// A number, if it is whole and exact.
    #[must_use]
    pub fn whole(number: f64) -> Plain {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() < EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "checked")]
            Plain::Number(number as i64)
        } else {
            Plain::Other
        }
    }

    /// That it is neither too deep nor too large for a rules file, and that every text in it is what it looks like.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.check_within(DEEPEST, &mut 0)
    }

    fn check_within(&self, levels: usize, seen: &mut usize) -> Result<(), Error> {
        *seen += 1;
        let (length, keys) = match self {
            Plain::Text(text) => return check_text(text),
            Plain::List(items) => (items.len(), [].as_slice()),
            Plain::Object(entries) => (entries.len(), entries.as_slice()),
            _ => return Ok(()),
        };
        if levels == 0 || length > MOST_ENTRIES || *seen > MOST_VALUES {
            return Err(invalid("the file is too deep or too large here"));
        }
        for (key, _) in keys {
            check_text(key)?;
        }
        self.parts(&mut |part| part.check_within(levels - 1, seen))
    }

    /// What stands under a key; nothing, if nothing does.
    pub(crate) fn look(&self, key: &str) -> &Plain {
        let Plain::Object(entries) = self else { return &Plain::Nothing };
        entries.iter().find(|(name, _)| name == key).map_or(&Plain::Nothing, |(_, value)| value)
    }

    /// Does something with each part of a list or an object, up to the first mistake.
    pub(crate) fn parts(&self, check: &mut dyn FnMut(&Plain) -> Result<(), Error>) -> Result<(), Error> {
        match self {
            Plain::List(items) => items
                .iter()
                .enumerate()
                .try_for_each(|(index, item)| check(item).map_err(|error| error.at(format_args!("[{index}]")))),
            Plain::Object(entries) => {
                entries.iter().try_for_each(|(key, value)| check(value).map_err(|error| error.at(key)))
            }
            _ => Ok(()),
        }
    }
}

fn check_text(text: &str) -> Result<(), Error> {
    if text.len() > LONGEST_TEXT {
        return Err(invalid("a text is too long"));
    }
    match text.chars().position(is_unseen) {
        None => Ok(()),
        Some(place) => Err(invalid(format!("nobody sees character {} of a text", place + 1))),
    }
}

/// Whether a character changes the text around it, or how that is read, without being seen: controls, what turns the
/// direction of writing, what has no width, tags. What selects one form of a kanji belongs to names, and is allowed.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

impl fmt::Display for Plain {
    /// Short, for an error; lists and objects are only named.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Plain::Nothing => f.write_str("null"),
            Plain::Truth(truth) => truth.fmt(f),
            Plain::Number(number) => number.fmt(f),
            Plain::Text(text) => f.write_str(text),
            Plain::List(_) => f.write_str("a list"),
            Plain::Object(_) => f.write_str("an object"),
            Plain::Other => f.write_str("a value of another kind"),
        }
    }
}

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Plain, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Plain;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("plain data")
            }
            fn visit_unit<E>(self) -> Result<Plain, E> {
                Ok(Plain::Nothing)
            }
            fn visit_none<E>(self) -> Result<Plain, E> {
                Ok(Plain::Nothing)
            }
            fn visit_bool<E>(self, truth: bool) -> Result<Plain, E> {
                Ok(Plain::Truth(truth))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Plain, E> {
                Ok(Plain::Number(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Plain, E> {
                Ok(i64::try_from(number).map_or(Plain::Other, Plain::Number))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Plain, E> {
                Ok(Plain::Other)
            }
            fn visit_bytes<E>(self, _: &[u8]) -> Result<Plain, E> {
                Ok(Plain::Other)
            }
            fn visit_str<E>(self, text: &str) -> Result<Plain, E> {
                Ok(Plain::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Plain, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = seq.next_element()? {
                    list.push(item);
                }
                Ok(Plain::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Plain, A::Error> {
                let mut object = Vec::new();
                while let Some((key, value)) = map.next_entry()? {
                    let Plain::Text(key) = key else {
                        return Err(A::Error::custom("a key is not a text"));
                    };
                    object.push((key, value));
                }
                Ok(Plain::Object(object))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Something that a rules file can hold.
pub(crate) trait Read: Sized {
    /// # Errors
    /// `invalid-profile` if the data is of another shape. Whoever knows the place adds it by [`Error::at`].
    fn read(plain: &Plain) -> Result<Self, Error>;
}

/// An object whose keys are taken one by one.
///
/// What there is one of for every type that is read does as little as it can: whatever does not depend on the type is
/// a function of its own, of which there is only one.
pub(crate) struct Fields<'a> {
    entries: &'a [(String, Plain)],
    taken: Vec<usize>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(plain: &'a Plain) -> Result<Fields<'a>, Error> {
        match plain {
            Plain::Object(entries) => Ok(Fields { entries, taken: Vec::new() }),
            other => Err(mistaken(other, "an object")),
        }
    }

    /// What stands under a key, if anything but `null` does.
    pub(crate) fn may<T: Read>(&mut self, key: &str) -> Result<Option<T>, Error> {
        match self.take(key) {
            None => Ok(None),
            Some(value) => T::read(value).map(Some).map_err(|error| error.at(key)),
        }
    }

    /// What stands under a key, or what is meant where nothing does.
    pub(crate) fn or_default<T: Read + Default>(&mut self, key: &str) -> Result<T, Error> {
        match self.take(key) {
            None => Ok(T::default()),
            Some(value) => T::read(value).map_err(|error| error.at(key)),
        }
    }

    /// What has to stand under a key.
    pub(crate) fn must<T: Read>(&mut self, key: &str) -> Result<T, Error> {
        match self.take(key) {
            None => Err(missing(key)),
            Some(value) => T::read(value).map_err(|error| error.at(key)),
        }
    }

    fn take(&mut self, key: &str) -> Option<&'a Plain> {
        let position = self.entries.iter().position(|(name, _)| name == key)?;
        self.taken.push(position);
        self.entries.get(position).map(|(_, value)| value).filter(|value| **value != Plain::Nothing)
    }

    /// Whatever is left.
    pub(crate) fn rest(&self) -> impl Iterator<Item = &'a (String, Plain)> {
        let left = self.entries.iter().enumerate().filter(|(position, _)| !self.taken.contains(position));
        left.map(|(_, entry)| entry)
    }

    /// That nothing is left.
    pub(crate) fn end(self) -> Result<(), Error> {
        self.rest().next().map_or(Ok(()), |(key, _)| Err(invalid(format!("`{key}` means nothing here"))))
    }
}

fn missing(key: &str) -> Error {
    invalid(format!("`{key}` is missing"))
}

pub(crate) fn invalid(message: impl fmt::Display) -> Error {
    Error::new(ErrorKind::InvalidProfile, message)
}

pub(crate) fn mistaken(plain: &Plain, wanted: &str) -> Error {
    invalid(format!("`{plain}` is not {wanted}"))
}

impl Read for Plain {
    fn read(plain: &Plain) -> Result<Plain, Error> {
        Ok(plain.clone())
    }
}

/// A text as it stands.
pub(crate) fn text(plain: &Plain) -> Result<&str, Error> {
    match plain {
        Plain::Text(text) => Ok(text),
        other => Err(mistaken(other, "a text")),
    }
}

impl Read for String {
    fn read(plain: &Plain) -> Result<String, Error> {
        text(plain).map(str::to_owned)
    }
}

impl Read for bool {
    fn read(plain: &Plain) -> Result<bool, Error> {
        match plain {
            Plain::Truth(truth) => Ok(*truth),
            other => Err(mistaken(other, "true or false")),
        }
    }
}

impl Read for u32 {
    fn read(plain: &Plain) -> Result<u32, Error> {
        match plain {
            Plain::Number(number) => u32::try_from(*number).ok(),
            _ => None,
        }
        .ok_or_else(|| mistaken(plain, "a number"))
    }
}

impl Read for Day {
    fn read(plain: &Plain) -> Result<Day, Error> {
        Day::from_iso(text(plain)?).map_err(invalid)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(plain: &Plain) -> Result<Vec<T>, Error> {
        let mut list = Vec::new();
        each(plain, &mut |item| {
            list.push(T::read(item)?);
            Ok(())
        })?;
        Ok(list)
    }
}

fn each(plain: &Plain, read: &mut dyn FnMut(&Plain) -> Result<(), Error>) -> Result<(), Error> {
    match plain {
        Plain::List(_) => plain.parts(read),
        other => Err(mistaken(other, "a list")),
    }
}

/// An object with any keys of one kind, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<K, V>(Vec<(K, V)>);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Entries<K, V> {
        Entries(Vec::new())
    }
}

impl<K, V> From<Vec<(K, V)>> for Entries<K, V> {
    fn from(entries: Vec<(K, V)>) -> Entries<K, V> {
        Entries(entries)
    }
}

impl<K: serde::Serialize, V: serde::Serialize> serde::Serialize for Entries<K, V> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<K: PartialEq, V> Entries<K, V> {
    /// What stands under a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// All entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Read, V: Read> Read for Entries<K, V> {
    fn read(plain: &Plain) -> Result<Entries<K, V>, Error> {
        let mut entries: Vec<(K, V)> = Vec::new();
        each_entry(plain, &mut |name, value| {
            let value = V::read(value).map_err(|error| error.at(name))?;
            entries.push((K::read(name)?, value));
            Ok(())
        })?;
        Ok(Entries(entries))
    }
}

/// Does something with the key and the value of each entry of an object in which every key stands once.
fn each_entry(plain: &Plain, read: &mut dyn FnMut(&Plain, &Plain) -> Result<(), Error>) -> Result<(), Error> {
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in Fields::of(plain)?.rest() {
        if seen.contains(&name.as_str()) {
            return Err(invalid(format!("`{name}` stands there twice")));
        }
        seen.push(name);
        read(&Plain::Text(name.clone()), value)?;
    }
    Ok(())
}
