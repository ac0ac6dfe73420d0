//! What can be wrong with an input, as a value.

use std::fmt;

use crate::Day;
use crate::vocabulary::words;

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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    /// The fact concerned, by its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    fact: Option<String>,
    /// What was given for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    value: Option<String>,
    /// In words, for whoever calls the engine; pages word it for members.
    message: String,
    /// The day that a date in the wrong era must mean, to be asked back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    means: Option<Day>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl fmt::Display) -> Error {
        Error { kind, fact: None, value: None, message: message.to_string(), means: None }
    }

    pub(crate) fn of_fact(self, fact: impl fmt::Display) -> Error {
        Error { fact: Some(fact.to_string()), ..self }
    }

    pub(crate) fn of_value(self, value: impl fmt::Display) -> Error {
        Error { value: Some(value.to_string()), ..self }
    }

    pub(crate) fn meaning(self, day: Day) -> Error {
        Error { means: Some(day), ..self }
    }

    /// What kind of mistake it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The fact concerned, if one is.
    #[must_use]
    pub fn fact(&self) -> Option<&str> {
        self.fact.as_deref()
    }

    /// The offending value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// The day that a date in the wrong era must mean.
    #[must_use]
    pub fn means(&self) -> Option<Day> {
        self.means
    }
}
