//! A rules file: what holds nationwide, or what one insurer adds to it.

use crate::Day;
use crate::error::Error;
use crate::guidance::Guidance;
use crate::plain::{Entries, Plain};
use crate::read::{Fields, Place, Read, invalid, read_fields, whole};
use crate::rule::{Condition, DayName, Rule};
use crate::shown::SHOWN;
use crate::vocabulary::{Fact, Topic};

/// A rules file: `www/rules/national.json`, or an insurer's in `www/rules/insurers/`.
///
/// What is there for the page alone stays [`Plain`]: the engine knows no language. The schema says what it holds.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct Profile {
    /// For editors: where the schema of this file is.
    #[cfg_attr(test, schemars(rename = "$schema"))]
    pub schema: Option<String>,
    /// The insurer's id, also the file's name; `national` for what holds nationwide.
    #[cfg_attr(test, schemars(regex(pattern = r"^[a-z0-9-]{1,64}$")))]
    pub id: String,
    /// The insurer's name for members; a text by language.
    #[cfg_attr(test, schemars(with = "crate::generated::Text"))]
    pub name: Plain,
    /// 保険者番号, if it is known.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]{8}$")))]
    pub insurer_number: Option<String>,
    /// The day of this version of the file.
    pub version: Day,
    /// How old the material is.
    pub sources_of: SourcesOf,
    /// The day by which somebody has to look at the file again.
    pub review_by: Day,
    /// The documents that were read, by the prefix of their statements; a text by language each.
    #[cfg_attr(test, schemars(with = "Entries<String, crate::generated::Text>"))]
    pub documents: Plain,
    /// Every statement read out of the documents, and where it stands.
    pub statements: Entries<String, String>,
    /// Statements on which nothing rests, and why; every other is a source of something.
    #[cfg_attr(test, schemars(default))]
    pub not_guidance: Entries<String, String>,
    /// Days with a name.
    #[cfg_attr(test, schemars(default))]
    pub parameters: Entries<String, Parameter>,
    /// Conditions with a name; each may use those before it, and an insurer those of the national file.
    #[cfg_attr(test, schemars(default))]
    pub definitions: Vec<Definition>,
    /// What the file says of each topic.
    pub topics: Topics,
    /// Circumstances that are asked about once something brings them up.
    #[cfg_attr(test, schemars(default))]
    pub follow_ups: Vec<FollowUp>,
    /// What doing something leads to, for showing a member the way to a simpler life.
    #[cfg_attr(test, schemars(default))]
    pub outcomes: Vec<Outcome>,
    /// The rules, most urgent first among those that say the same kind of thing.
    pub rules: Vec<Rule>,
    /// Whom to call.
    #[cfg_attr(test, schemars(default))]
    pub contacts: Vec<Contact>,
    /// Forms, by the key that rules name them with.
    #[cfg_attr(test, schemars(default, with = "Entries<String, crate::generated::Form>"))]
    pub forms: Entries<String, Plain>,
    /// Official sites that the page shows the way to.
    #[cfg_attr(test, schemars(default, with = "Vec<crate::generated::Site>"))]
    pub sites: Vec<Plain>,
    /// What the insurer adds to the general wording of a piece of guidance.
    #[cfg_attr(test, schemars(default, with = "Vec<crate::generated::Note>"))]
    pub notes: Vec<Plain>,
}

/// What a file says of each topic: the national file when questions arise, an insurer's file where it answers them.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
pub enum Topics {
    /// In the national file.
    Concerns(Entries<Topic, Concern>),
    /// In an insurer's file.
    Stances(Entries<Topic, Stance>),
}

/// The age of the material.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct SourcesOf {
    /// Its date; for undated material, the earliest its content allows.
    pub day: Day,
    /// Whether the date was estimated.
    #[cfg_attr(test, schemars(default))]
    pub estimated: bool,
    /// The statements that date it.
    pub sources: Vec<String>,
}

/// A day with a name.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Parameter {
    /// The day.
    pub day: Day,
    /// The statements that give it.
    pub sources: Vec<String>,
}

/// A condition with a name.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub when: Condition,
    /// The statements that define it, where it is an insurer's own term.
    #[cfg_attr(test, schemars(default))]
    pub sources: Vec<String>,
}

/// A topic, in the national file: when a member has a question there that insurers answer differently.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Concern {
    /// When the question comes up.
    pub arises: Condition,
    /// The statements that make it one.
    pub sources: Vec<String>,
}

/// A topic, in an insurer's file: where its material answers, and where it is silent. Where it answers, its rules
/// stand alone; where it is silent, the national rules of the topic hold and the member is told to ask.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Stance {
    /// The situations that the material answers.
    pub answers: Option<Condition>,
    /// The situations on which it is silent; together with those it answers, all in which the question comes up.
    #[cfg_attr(test, schemars(default))]
    pub silent: Vec<Silence>,
}

/// A situation on which an insurer's material is silent.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Silence {
    /// The situation; everything that is not answered, if left out.
    #[cfg_attr(test, schemars(default))]
    pub when: Condition,
    /// The statements that show how far the material reaches.
    pub sources: Vec<String>,
}

/// A circumstance that is asked about once something brings it up.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct FollowUp {
    /// What is asked.
    pub fact: Fact,
    /// What brings it up.
    pub when: Condition,
}

/// What doing something leads to: whoever has done it answers a fact differently.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Outcome {
    /// What is done.
    pub of: Guidance,
    /// The fact that it changes; no date.
    pub fact: Fact,
    /// The answer from then on.
    #[cfg_attr(test, schemars(with = "serde_json::Value"))]
    pub answer: Plain,
}

/// A telephone line.
#[derive(Clone, Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct Contact {
    /// Its key.
    pub id: String,
    /// The number.
    #[cfg_attr(test, schemars(regex(pattern = r"^[0-9]+(-[0-9]+)+$")))]
    pub phone: String,
    /// What it is for; a text by language.
    #[cfg_attr(test, schemars(with = "crate::generated::Text"))]
    pub name: Plain,
    /// When somebody answers; a text by language.
    #[cfg_attr(test, schemars(with = "Option<crate::generated::Text>"))]
    pub hours: Option<Plain>,
    /// The languages in which it answers, if not in Japanese (BCP 47); only shown to those who read one of them.
    #[cfg_attr(test, schemars(default))]
    pub speaks: Vec<String>,
    /// The first day of a temporary line.
    pub from: Option<DayName>,
    /// The last day of a temporary line.
    pub to: Option<DayName>,
    /// Days of the year on which nobody answers, first and last.
    pub closed_yearly: Option<YearSpan>,
    /// The guidance it goes with; shown to everyone, if left out.
    #[cfg_attr(test, schemars(default))]
    pub with: Vec<Guidance>,
    /// The statements it rests on.
    pub sources: Vec<String>,
}

/// A stretch of days in every year; it may reach over New Year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct YearSpan {
    /// Its first day.
    pub from: YearDay,
    /// Its last day.
    pub to: YearDay,
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct YearDay {
    /// 1 to 12.
    #[cfg_attr(test, schemars(range(min = 1, max = 12)))]
    pub month: u32,
    /// 1 to 31.
    #[cfg_attr(test, schemars(range(min = 1, max = 31)))]
    pub day: u32,
}

impl Stance {
    /// Where it answers, and each situation on which it is silent.
    pub(crate) fn conditions(&self) -> Vec<&Condition> {
        let mut conditions: Vec<&Condition> = self.answers.iter().collect();
        for silence in &self.silent {
            conditions.push(&silence.when);
        }
        conditions
    }
}

impl Contact {
    /// Whether the line is in its period on this day; the hour is not judged.
    pub(crate) fn is_open(&self, day: Day, from: Option<Day>, to: Option<Day>) -> bool {
        let today = YearDay { month: day.month(), day: day.day() };
        let on_holiday = self.closed_yearly.is_some_and(|closed| {
            let (begun, not_over) = (closed.from <= today, today <= closed.to);
            if closed.from <= closed.to { begun && not_over } else { begun || not_over }
        });
        from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to) && !on_holiday
    }
}

impl Profile {
    /// Reads a rules file.
    ///
    /// # Errors
    /// `invalid-profile`, naming the place, if the data is of another shape, too large, holds a key that means nothing,
    /// or a text that is not what it looks like.
    #[expect(clippy::needless_pass_by_value, reason = "whoever reads a file has no more use for it")]
    pub fn read(plain: Plain) -> Result<Profile, Error> {
        let id: String = whole(&plain, None, |file| Fields::of(file).must("id"))?;
        // It stands in every other error, and is the name of a file.
        let named = id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !named || id.is_empty() || id.len() > 64 {
            return Err(invalid("at most 64 small letters, digits and hyphens are needed").at("id"));
        }
        whole(&plain, Some(&id), |file| {
            file.check();
            for (key, shape) in &SHOWN {
                match plain.look(key) {
                    Plain::Nothing => {}
                    shown => shape.check(&file.below(key, shown)),
                }
            }
        })?;
        whole(&plain, Some(&id), Profile::read_fields)
    }

    fn read_fields(file: &Place<'_>) -> Profile {
        let mut fields = Fields::of(file);
        let id: String = fields.must("id");
        let profile = Profile {
            schema: fields.may("$schema"),
            name: fields.must("name"),
            insurer_number: fields.may("insurerNumber"),
            version: fields.must("version"),
            sources_of: fields.must("sourcesOf"),
            review_by: fields.must("reviewBy"),
            documents: fields.must("documents"),
            statements: fields.must("statements"),
            not_guidance: fields.or_default("notGuidance"),
            parameters: fields.or_default("parameters"),
            definitions: fields.or_default("definitions"),
            topics: if id == "national" {
                Topics::Concerns(fields.must("topics"))
            } else {
                Topics::Stances(fields.must("topics"))
            },
            follow_ups: fields.or_default("followUps"),
            outcomes: fields.or_default("outcomes"),
            rules: fields.must("rules"),
            contacts: fields.or_default("contacts"),
            forms: fields.or_default("forms"),
            sites: fields.or_default("sites"),
            notes: fields.or_default("notes"),
            id,
        };
        fields.end();
        profile
    }
}

read_fields! {
    SourcesOf { day: must, estimated: or_default, sources: must }
    Parameter { day: must, sources: must }
    Definition { name: must, when: must, sources: or_default }
    Concern { arises: must, sources: must }
    Stance { answers: may, silent: or_default }
    Silence { when: or_default, sources: must }
    FollowUp { fact: must, when: must }
    Outcome { of: must, fact: must, answer: must }
    Contact {
        id: must, phone: must, name: must, hours: may, speaks: or_default, from: may, to: may,
        closed_yearly: may("closedYearly"), with: or_default, sources: must
    }
    YearSpan { from: must, to: must }
    YearDay { month: must, day: must }
}
