//! Data as a caller hands it over.
//!
//! Everything from outside goes through here, so that a key nobody knows is found and a mistake is named by its
//! place: reading a JavaScript object straight into a struct would only ask it for the names it expects.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

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
    /// What stands under a key; nothing, if nothing does.
    pub(crate) fn look(&self, key: &str) -> &Plain {
        let Plain::Object(entries) = self else { return &Plain::Nothing };
        entries.iter().find(|(name, _)| name == key).map_or(&Plain::Nothing, |(_, value)| value)
    }
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
