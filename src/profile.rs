//! A rules file: what holds nationwide, or what one insurer adds to it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Day;
use crate::guidance::Guidance;
use crate::rule::{Condition, DayName, Rule};
use crate::vocabulary::{Fact, Topic};

/// The rules that hold nationwide: `www/rules/national.json`.
pub type National = Profile<Concern>;
/// What one insurer adds: a file in `www/rules/insurers/`.
pub type Insurer = Profile<Stance>;

/// A rules file. What it says about each topic differs between the national file ([`Concern`]) and an insurer's
/// ([`Stance`]); all else is alike.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile<T> {
    /// For editors: where the schema of this file is.
    #[serde(rename = "$schema", default)]
    pub schema: Option<String>,
    /// The insurer's id, also the file's name; `national` for what holds nationwide.
    pub id: String,
    /// The insurer's name for members.
    pub name: Text,
    /// 保険者番号, if it is known.
    #[serde(default)]
    pub insurer_number: Option<String>,
    /// The day of this version of the file.
    pub version: Day,
    /// How old the material is.
    pub sources_of: SourcesOf,
    /// The day by which somebody has to look at the file again.
    pub review_by: Day,
    /// The documents that were read, by the prefix of their statements.
    pub documents: BTreeMap<String, Text>,
    /// Every statement read out of the documents, and where it stands.
    pub statements: BTreeMap<String, String>,
    /// Days with a name.
    #[serde(default)]
    pub parameters: BTreeMap<String, Parameter>,
    /// Conditions with a name; each may use those before it, and an insurer those of the national file.
    #[serde(default)]
    pub definitions: Vec<Definition>,
    /// What the file says of each topic.
    pub topics: BTreeMap<Topic, T>,
    /// Circumstances that are asked about once something brings them up.
    #[serde(default)]
    pub follow_ups: Vec<FollowUp>,
    /// The rules, most urgent first among those that say the same kind of thing.
    pub rules: Vec<Rule>,
    /// Whom to call.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Forms, by the key that rules name them with.
    #[serde(default)]
    pub forms: BTreeMap<String, Sourced>,
    /// What the insurer adds to the general wording of a piece of guidance.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// A text by language; `ja` is always there, and stands in for a language that is not.
pub type Text = BTreeMap<String, String>;

/// A text and where it comes from.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// In words.
    pub text: Text,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

/// The age of the material.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SourcesOf {
    /// Its date; for undated material, the earliest its content allows.
    pub day: Day,
    /// Whether the date was estimated.
    #[serde(default)]
    pub estimated: bool,
    /// The statements that date it.
    pub sources: Vec<String>,
}

/// A day with a name.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The day.
    pub day: Day,
    /// The statements that give it.
    pub sources: Vec<String>,
}

/// A condition with a name.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub when: Condition,
    /// The statements that define it, where it is an insurer's own term.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A topic, in the national file: when a member has a question there that insurers answer differently.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Concern {
    /// When the question comes up.
    pub arises: Condition,
    /// The statements that make it one.
    pub sources: Vec<String>,
}

/// A topic, in an insurer's file: where its material answers, and where it is silent. Where it answers, its rules
/// stand alone; where it is silent, the national rules of the topic hold and the member is told to ask.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stance {
    /// The situations that the material answers.
    #[serde(default)]
    pub answers: Option<Condition>,
    /// The situations on which it is silent; together with those it answers, all in which the question comes up.
    #[serde(default)]
    pub silent: Vec<Silence>,
}

/// A situation on which an insurer's material is silent.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// The situation; everything that is not answered, if left out.
    #[serde(default)]
    pub when: Condition,
    /// The statements that show how far the material reaches.
    pub sources: Vec<String>,
}

/// A circumstance that is asked about once something brings it up.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// What is asked.
    pub fact: Fact,
    /// What brings it up.
    pub when: Condition,
}

/// A telephone line.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// Its key.
    pub id: String,
    /// The number.
    pub phone: String,
    /// What it is for.
    pub name: Text,
    /// When somebody answers.
    #[serde(default)]
    pub hours: Option<Text>,
    /// The first day of a temporary line.
    #[serde(default)]
    pub from: Option<DayName>,
    /// The last day of a temporary line.
    #[serde(default)]
    pub to: Option<DayName>,
    /// Days of the year on which nobody answers, first and last.
    #[serde(default)]
    pub closed_yearly: Option<[YearDay; 2]>,
    /// The guidance it goes with; shown to everyone, if left out.
    #[serde(default)]
    pub with: Vec<Guidance>,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct YearDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// What an insurer adds to the general wording of a piece of guidance.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The guidance.
    pub guidance: Guidance,
    /// In words.
    pub text: Text,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

impl Contact {
    /// Whether the line is in its period on this day; the hour is not judged.
    pub(crate) fn is_open(&self, day: Day, from: Option<Day>, to: Option<Day>) -> bool {
        let today = YearDay { month: day.month(), day: day.day() };
        let on_holiday = self.closed_yearly.is_some_and(|[first, last]| {
            if first <= last { first <= today && today <= last } else { today >= first || today <= last }
        });
        from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to) && !on_holiday
    }
}
