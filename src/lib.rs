//! What a member of a Japanese health insurance society shows, does and waits for since the paper 健康保険証 ended.
//!
//! The engine knows no language, no clock and no page. Rules are data ([`Profile`]); facts about one
//! person on one day ([`Facts`]) go in, an [`Assessment`] of ids, arguments and sources comes out. Nothing panics on
//! any input.
//!
//! | module | job |
//! |---|---|
//! | `date`, `era` | a day, and dates as people in Japan write them |
//! | `vocabulary`, `guidance` | the closed lists of words |
//! | `plain`, `limits` | data from outside, before anything is known about it; how much of it there may be |
//! | `facts`, `conflict` | what a member tells, and what cannot hold together |
//! | `situation` | the finite classes that conditions tell apart; derived facts |
//! | `rule`, `profile`, `shown` | rules files as data; what in them is for the page alone |
//! | `cube`, `compile`, `rulebook` | rules × insurer, compiled |
//! | `decider`, `written` | in which cases what is said, as bitmaps (see the crate `bitmaps`); the same as bytes |
//! | `completion`, `certain` | possible answers to what is unknown, and what all agree on |
//! | `audit` | every situation at once: what is wrong with a rulebook, and what differs between two |
//! | `assess`, `question`, `outlook` | what is certain, what to ask next, what changes when |
//! | `likeness` | who is told the same |
//! | `many` | the guidance of many members at once |
//! | `told`, `numbers`, `wasm` | the binding to JavaScript |
//!
//! ```
//! use shikaku_navi::{Day, Facts, Rulebook};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let national = serde_json::from_str(include_str!("../www/rules/national.json"))?;
//! let insurer = serde_json::from_str(include_str!("../www/rules/insurers/tokyo-denki.json"))?;
//! let rulebook = Rulebook::read(national, Some(insurer))?;
//!
//! let told = serde_json::from_str(r#"{"enrolledOn": "平成10年8月1日", "card": "registered", "smartphone": true}"#)?;
//! let facts = Facts::read(Day::from_iso("2026-11-21")?, &told)?;
//! let assessment = rulebook.assess(&facts)?;
//! assert_eq!(assessment.guidance[0].id.word(), "show-mynumber-card");
//! # Ok(())
//! # }
//! ```

#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_used
)]

// Under this name the second engine, which a unit test takes in from `tests/`, knows the first.
#[cfg(test)]
extern crate self as shikaku_navi;

mod assess;
mod audit;
mod certain;
mod circumstance;
mod compile;
mod completion;
mod conflict;
mod cube;
mod cuts;
mod date;
mod decider;
mod draft;
mod era;
mod error;
mod facts;
#[cfg(any(test, target_arch = "wasm32"))]
mod flat;
#[cfg(test)]
mod generated;
mod guidance;
mod likeness;
mod limits;
mod many;
#[cfg(all(target_arch = "wasm32", feature = "navi"))]
mod numbers;
mod outlook;
mod plain;
mod profile;
mod question;
mod read;
mod rule;
mod rulebook;
mod shown;
mod situation;
#[cfg(all(target_arch = "wasm32", any(feature = "navi", feature = "decider")))]
mod told;
mod vocabulary;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
mod written;

pub use assess::{Assessment, ContactLine, Item, Warning};
pub use audit::{Accompanied, Audit, Auditor, Claim, Claims, Class, Defect, Difference, Files, Flaw, Said, Silent};
pub use certain::ArgumentValue;
pub use date::Day;
pub use decider::Decider;
pub use error::{Error, ErrorKind};
pub use facts::{Facts, Value};
pub use guidance::{Argument, Guidance, GuidanceSet, Section};
pub use likeness::Likeness;
pub use many::{Column, Many, WORDS};
pub use outlook::{Alternative, Answer, Change};
pub use plain::{Entries, Plain};
pub use profile::{
    Concern, Contact, Definition, FollowUp, Outcome, Parameter, Profile, Silence, SourcesOf, Stance, Topics, YearDay,
    YearSpan,
};
pub use question::{Kind, Question};
pub use rule::{Condition, DayName, Derived, Expression, Rule, Span, Test};
pub use rulebook::Rulebook;
pub use situation::{NEW_DAYS, Variable};
pub use vocabulary::{Card, Certificate, Fact, Layer, Notice, OldCard, Role, Topic, WarningId};
