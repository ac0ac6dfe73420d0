//! Rules as data: which guidance holds when, and from which source.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::Day;
use crate::guidance::{Argument, Guidance};
use crate::situation::Variable;
use crate::vocabulary::{Topic, words};

/// One rule: this guidance holds when the condition does.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// What is said.
    pub guidance: Guidance,
    /// What it is about.
    pub topic: Topic,
    /// When it is said; always, if left out.
    #[serde(default)]
    pub when: Condition,
    /// The arguments of the guidance.
    #[serde(default)]
    pub args: BTreeMap<Argument, Expression>,
    /// The last day to do it, or for it to arrive. Something awaited ends with it.
    #[serde(default)]
    pub by: Option<Expression>,
    /// For an application: the first day on which it is taken. Before it, the member is told to wait.
    #[serde(default)]
    pub opens: Option<Expression>,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

/// A value in an answer: written out, or worked out for the member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Expression {
    /// A text as it stands.
    Text(String),
    /// A number.
    Number(u32),
    /// The day of a parameter, or a day as it stands.
    Day(DayName),
    /// A day that follows from the member's facts.
    Derived(Derived),
    /// The earliest of several; days that do not apply are passed over.
    Earliest(Vec<Expression>),
}

words! {
    /// A day that follows from a member's facts.
    pub enum Derived {
        /// The last day of cover, once its end is told.
        LastDayOfCover = "last-day-of-cover",
        /// Five days after the end of the cover.
        FiveDaysAfterCover = "five-days-after-cover",
        /// The last day of the 電子証明書.
        CardCertificateExpiry = "card-certificate-expiry",
        /// The last day on which the expired card or 電子証明書 still works.
        GraceEnd = "grace-end",
        /// The last day of the 資格確認書.
        CertificateExpiry = "certificate-expiry",
        /// The first day on which the 高齢受給者証 is shown.
        ElderlyFrom = "elderly-from",
        /// The 75th birthday.
        SeventyFifthBirthday = "seventy-fifth-birthday",
    }
}

/// A day by its name among the parameters, or as `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct DayName(pub String);

impl DayName {
    /// The day itself, if it is written out.
    #[must_use]
    pub fn written(&self) -> Option<Day> {
        Day::from_iso(&self.0).ok()
    }
}

/// A condition: all of its parts hold. Without parts it always does.
///
/// In JSON an object: a variable with one value or a list of values, a date with a [`Span`], `any` and `all` with
/// lists of conditions, `not` with one, and `is` with the names of definitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// Tests of single variables.
    pub tests: Vec<(Variable, Test)>,
    /// Lists of conditions of which one must hold.
    pub any: Vec<Condition>,
    /// Conditions that must all hold.
    pub all: Vec<Condition>,
    /// A condition that must not hold.
    pub not: Option<Box<Condition>>,
    /// Definitions that must hold.
    pub is: Vec<String>,
}

/// What is asked of one variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It has one of these values, one bit a value.
    Values(u64),
    /// The date lies in this span.
    Span(Span),
}

/// A stretch of days. A date that is not told lies in none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Span {
    /// On this day or later.
    pub from: Option<DayName>,
    /// On this day or earlier.
    pub to: Option<DayName>,
    /// Later than this day.
    pub after: Option<DayName>,
    /// Earlier than this day.
    pub before: Option<DayName>,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Condition, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Condition;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a condition")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
                let mut condition = Condition::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "any" => condition.any = map.next_value()?,
                        "all" => condition.all = map.next_value()?,
                        "not" => condition.not = Some(map.next_value()?),
                        "is" => condition.is = map.next_value::<OneOrMore>()?.0,
                        key => {
                            let variable = Variable::from_word(key)
                                .ok_or_else(|| de::Error::custom(format_args!("`{key}` is not a variable")))?;
                            let test = match variable.values() {
                                None => Test::Span(map.next_value()?),
                                Some(values) => {
                                    Test::Values(bits(variable, values, &map.next_value::<OneOrMore>()?.0)?)
                                }
                            };
                            condition.tests.push((variable, test));
                        }
                    }
                }
                Ok(condition)
            }
        }
        deserializer.deserialize_map(Parts)
    }
}

fn bits<E: de::Error>(variable: Variable, values: &[&str], named: &[String]) -> Result<u64, E> {
    named.iter().try_fold(0, |bits, name| match values.iter().position(|value| value == name) {
        Some(position) => Ok(bits | 1 << position),
        None => {
            Err(E::custom(format_args!("`{name}` is not a value of `{variable}`: it is one of {}", values.join(", "))))
        }
    })
}

/// One word or a list of them; `true` and `false` stand for the words.
struct OneOrMore(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMore, D::Error> {
        struct Items;
        impl<'de> Visitor<'de> for Items {
            type Value = OneOrMore;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list of values")
            }
            fn visit_bool<E>(self, truth: bool) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![truth.to_string()]))
            }
            fn visit_str<E>(self, word: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![word.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMore, A::Error> {
                let mut words = Vec::new();
                while let Some(OneOrMore(item)) = seq.next_element()? {
                    words.extend(item);
                }
                Ok(OneOrMore(words))
            }
        }
        deserializer.deserialize_any(Items)
    }
}
