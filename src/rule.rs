//! Rules as data: which guidance holds when, and from which source.

use crate::Day;
use crate::guidance::{Argument, Guidance};
use crate::plain::{Entries, Plain};
use crate::read::{Fields, Place, Read, read_fields};
use crate::situation::Variable;
use crate::vocabulary::{Topic, listed, position, words};

/// One rule: this guidance holds when the condition does.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Rule {
    /// What is said.
    pub guidance: Guidance,
    /// What it is about.
    pub topic: Topic,
    /// When it is said; always, if left out.
    #[cfg_attr(test, schemars(default))]
    pub when: Condition,
    /// The arguments of the guidance; what it is about is its topic.
    #[cfg_attr(test, schemars(default))]
    pub args: Entries<Argument, Expression>,
    /// The last day to do it, or for it to arrive. Something awaited ends with it.
    pub by: Option<Expression>,
    /// For an application: the first day on which it is taken. Before it, the member is told to wait.
    pub opens: Option<Expression>,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

/// A value in an answer: written out, or worked out for the member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(transparent))]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
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

read_fields! {
    Rule {
        guidance: must, topic: must, when: or_default, args: or_default, by: may, opens: may, sources: must
    }
    Span { from: may, to: may, after: may, before: may }
}

impl Read for DayName {
    fn read(place: &Place<'_>) -> DayName {
        DayName(String::read(place))
    }
}

impl Read for Expression {
    fn read(place: &Place<'_>) -> Expression {
        let mut fields = Fields::of(place);
        let read = None
            .or(fields.may("text").map(Expression::Text))
            .or(fields.may("number").map(Expression::Number))
            .or(fields.may("day").map(Expression::Day))
            .or(fields.may("derived").map(Expression::Derived))
            .or(fields.may("earliest").map(Expression::Earliest));
        if read.is_none() {
            place.refuse(format_args!("one of `text`, `number`, `day`, `derived`, `earliest` is needed"));
        }
        fields.end();
        read.unwrap_or(Expression::Number(0))
    }
}

impl Read for Condition {
    fn read(place: &Place<'_>) -> Condition {
        let mut fields = Fields::of(place);
        let mut condition = Condition {
            tests: Vec::new(),
            any: fields.or_default("any"),
            all: fields.or_default("all"),
            not: fields.may("not"),
            is: fields.may("is").map_or_else(Vec::new, |OneOrMore(names)| names),
        };
        for (key, value) in fields.rest() {
            let Some(variable) = Variable::from_word(key) else {
                place.refuse(format_args!("`{key}` is not a variable"));
                continue;
            };
            let value = place.below(key, value);
            let test = match variable.values() {
                None => Test::Span(Span::read(&value)),
                Some(values) => Test::Values(bits(variable, values, &value)),
            };
            condition.tests.push((variable, test));
        }
        condition
    }
}

impl Read for Box<Condition> {
    fn read(place: &Place<'_>) -> Box<Condition> {
        Box::new(Condition::read(place))
    }
}

fn bits(variable: Variable, values: &[&str], place: &Place<'_>) -> u64 {
    let OneOrMore(names) = OneOrMore::read(place);
    let mut bits = 0;
    for name in names {
        if let Some(position) = position(values, &name) {
            bits |= 1 << position;
        } else {
            let domain = listed(values);
            place.refuse(format_args!("`{name}` is not a value of `{variable}`: it is one of {domain}"));
        }
    }
    bits
}

/// One word or a list of them; `true` and `false` stand for the words.
struct OneOrMore(Vec<String>);

impl Read for OneOrMore {
    fn read(place: &Place<'_>) -> OneOrMore {
        let items = match place.plain {
            Plain::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut words = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Plain::Text(_) | Plain::Truth(_) => words.push(item.to_string()),
                other => place.refuse(format_args!("`{other}` is not a value")),
            }
        }
        OneOrMore(words)
    }
}
