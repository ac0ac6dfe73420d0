//! What can be wrong with an input, as a value.

use std::fmt;

use crate::Day;
use crate::plain::Entries;
use crate::vocabulary::{Fact, words};

words! {
    /// The closed list of things that can be wrong.
    pub enum ErrorKind {
        /// A key that is not a fact.
        UnknownFact = "unknown-fact",
        /// A value outside its fact's domain.
        InvalidValue = "invalid-value",
        /// A text that is not a day, or a day that does not exist or does not lie in the era it names.
        InvalidDate = "invalid-date",
        /// Facts that cannot hold together.
        Inconsistent = "inconsistent",
        /// An insurer for which there are no rules.
        UnknownInsurer = "unknown-insurer",
        /// Rule data that cannot be used.
        InvalidProfile = "invalid-profile",
    }
}

/// Why an input was not answered: what kind of mistake, where, and what to do about it.
///
/// It is rare, and too large to lie in every result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Told>);

/// Why an input was not answered: what kind of mistake, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Error"))]
pub(crate) struct Told {
    kind: ErrorKind,
    /// The fact concerned, by its key.
    #[cfg_attr(test, ts(optional))]
    fact: Option<String>,
    /// The fact that it does not fit.
    #[cfg_attr(test, ts(optional))]
    other: Option<Fact>,
    /// What was given for it.
    #[cfg_attr(test, ts(optional))]
    value: Option<String>,
    /// In words, for whoever calls the engine; pages word it for members.
    message: String,
    /// The day that a date in the wrong era must mean, to be asked back.
    #[cfg_attr(test, ts(optional))]
    means: Option<Day>,
    /// The way to the mistake in a rules file, part of the message.
    #[cfg_attr(test, ts(skip))]
    place: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.place.is_empty() {
            write!(f, "{}: ", self.0.place)?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.entries().serialize(serializer)
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl fmt::Display) -> Error {
        Error::told(kind, &message)
    }

    fn told(kind: ErrorKind, message: &dyn fmt::Display) -> Error {
        let message = message.to_string();
        Error(Box::new(Told { kind, fact: None, other: None, value: None, message, means: None, place: String::new() }))
    }

    /// That there are no rules for an insurer of this id.
    #[must_use]
    pub fn unknown_insurer(id: &str) -> Error {
        Error::new(ErrorKind::UnknownInsurer, format!("there are no rules for the insurer `{id}`")).of_value(id)
    }

    /// That a rules file cannot be used, for a reason in words.
    #[must_use]
    pub fn invalid_profile(message: impl fmt::Display) -> Error {
        Error::new(ErrorKind::InvalidProfile, message)
    }

    pub(crate) fn of_fact(mut self, fact: impl fmt::Display) -> Error {
        self.0.fact = Some(fact.to_string());
        self
    }

    pub(crate) fn unlike(mut self, other: Fact) -> Error {
        self.0.other = Some(other);
        self
    }

    pub(crate) fn of_value(mut self, value: impl fmt::Display) -> Error {
        self.0.value = Some(value.to_string());
        self
    }

    /// The same mistake, with one more step of the way to its place.
    pub(crate) fn at(self, step: impl fmt::Display) -> Error {
        self.within(&step)
    }

    fn within(mut self, step: &dyn fmt::Display) -> Error {
        let place = &self.0.place;
        let joint = if place.is_empty() || place.starts_with('[') { "" } else { "." };
        self.0.place = format!("{step}{joint}{place}");
        self
    }

    pub(crate) fn meaning(mut self, day: Day) -> Error {
        self.0.means = Some(day);
        self
    }

    /// What callers are told of it, by name.
    pub(crate) fn entries(&self) -> Entries<&'static str, String> {
        let mut told = vec![("kind", self.0.kind.to_string())];
        if let Some(fact) = &self.0.fact {
            told.push(("fact", fact.clone()));
        }
        if let Some(other) = self.0.other {
            told.push(("other", other.to_string()));
        }
        if let Some(value) = &self.0.value {
            told.push(("value", value.clone()));
        }
        told.push(("message", self.to_string()));
        if let Some(day) = self.0.means {
            told.push(("means", day.to_string()));
        }
        Entries::from(told)
    }

    /// What kind of mistake it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The fact concerned, if one is.
    #[must_use]
    pub fn fact(&self) -> Option<&str> {
        self.0.fact.as_deref()
    }

    /// The offending value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// The day that a date in the wrong era must mean.
    #[must_use]
    pub fn means(&self) -> Option<Day> {
        self.0.means
    }
}
