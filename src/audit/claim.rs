//! What has to hold of a rulebook, said independently of its rules: what excludes what, and what a second reader of
//! the sources expects.

use super::book::{Book, World};
use super::diagram::Set;
use crate::error::Error;
use crate::guidance::{Argument, Guidance};
use crate::plain::{Entries, Plain};
use crate::profile::{Definition, SourcesOf};
use crate::read::{Fields, Place, Read, read_fields, whole};
use crate::rule::Condition;
use crate::rulebook::{Known, Statement};

/// A file of claims.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// How old the material is, and the statements that show it.
    pub sources_of: Option<SourcesOf>,
    /// Conditions with a name; each may use those before it.
    pub definitions: Vec<Definition>,
    /// The claims.
    pub claims: Vec<Claim>,
}

/// One claim about guidance.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The guidance; any of these, if there are several.
    pub guidance: Vec<Guidance>,
    /// Only with these arguments, as they are written in a rules file.
    pub args: Entries<Argument, Plain>,
    /// Only with this last day, as it is written in a rules file.
    pub by: Option<Plain>,
    /// Where it is said without exception.
    pub always: Option<Condition>,
    /// Where it is never said.
    pub never: Option<Condition>,
    /// What is never said with it.
    pub without: Vec<Guidance>,
    /// The statements that say so.
    pub sources: Vec<String>,
    /// Those of them that it is to be told with, where it is always said: each somewhere, and one everywhere. If it is
    /// only claimed where it is never said, that it is never told with one of these there.
    pub cited: Vec<String>,
    /// What they say, in the reader's words.
    pub why: Option<String>,
}

read_fields! {
    Claim {
        guidance: must, args: or_default, by: may, always: may, never: may, without: or_default, sources: must, cited: or_default, why: may
    }
}

/// A claim that does not hold: the claim in words, and where it is broken.
pub(crate) type Broken = (String, Set);

impl Claims {
    /// Reads a file of claims.
    ///
    /// # Errors
    /// `invalid-profile`, naming the place.
    #[expect(clippy::needless_pass_by_value, reason = "whoever reads a file has no more use for it")]
    pub fn read(plain: Plain) -> Result<Claims, Error> {
        whole(&plain, None, Claims::read_fields)
    }

    fn read_fields(file: &Place<'_>) -> Claims {
        let mut fields = Fields::of(file);
        let claims = Claims {
            sources_of: fields.may("sourcesOf"),
            definitions: fields.or_default("definitions"),
            claims: fields.must("claims"),
        };
        let idle = claims.claims.iter().position(|claim| {
            claim.guidance.is_empty() || (claim.always.is_none() && claim.never.is_none() && claim.without.is_empty())
        });
        if let Some(number) = idle {
            file.refuse(format_args!("claims[{number}]: this claims nothing"));
        }
        fields.end();
        claims
    }

    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let claimed = self.claims.iter().flat_map(|claim| claim.always.iter().chain(&claim.never));
        self.definitions.iter().map(|definition| &definition.when).chain(claimed)
    }

    /// The claims that do not hold in a book, and where.
    pub(crate) fn broken(&self, book: &Book, world: &mut World) -> Result<Vec<Broken>, Error> {
        let mut defined: Vec<(String, Set)> = Vec::new();
        for definition in &self.definitions {
            let set = world.condition(&book.compiler, &definition.when, &defined);
            defined.push((definition.name.clone(), set.map_err(|error| error.at(&definition.name))?));
        }
        let mut broken = Vec::new();
        let own = book.compiler.insurer.unwrap_or(book.compiler.national);
        if let Some(age) = self.sources_of.as_ref().filter(|age| !age.is_same(&own.sources_of)) {
            let words = format!("the material is of {}, as {} show", age.day, age.sources.join(", "));
            broken.push((words, world.possible));
        }
        for (number, claim) in self.claims.iter().enumerate() {
            let found = claim.broken(book, world, &defined).map_err(|error| error.at(format!("claims[{number}]")))?;
            let found = found.into_iter().filter(|(_, set)| !set.is_empty());
            broken.extend(found.map(|(words, set)| (format!("claims[{number}] {words}"), set)));
        }
        Ok(broken)
    }
}

impl SourcesOf {
    fn is_same(&self, other: &SourcesOf) -> bool {
        (self.day, self.estimated, &self.sources) == (other.day, other.estimated, &other.sources)
    }
}

impl Claim {
    fn broken(&self, book: &Book, world: &mut World, defined: &[(String, Set)]) -> Result<Vec<Broken>, Error> {
        book.compiler.check_sources(&self.sources)?;
        let said = book.said(world, |statement| self.is_about(statement));
        let words: Vec<&str> = self.guidance.iter().map(|guidance| guidance.word()).collect();
        let words = format!("{}{}", words.join(" or "), self.details());
        let sources = self.sources.join(", ");
        let mut broken = Vec::new();
        let rests_on =
            |statement: &Statement, source: &String| self.is_about(statement) && statement.sources.contains(source);
        let cited = book.said(world, |statement| self.cited.iter().any(|source| rests_on(statement, source)));
        if let Some(condition) = &self.always {
            let condition = world.condition(&book.compiler, condition, defined)?;
            let missing = world.diagrams.minus(condition, said);
            broken.push((format!("{words} is missing ({sources})"), world.diagrams.and(missing, world.possible)));
            let told = world.diagrams.and(condition, said);
            if !self.cited.is_empty() {
                let other = world.diagrams.minus(told, cited);
                broken.push((format!("{words} rests on something else than {}", self.cited.join(", ")), other));
            }
            for source in &self.cited {
                let cited = book.said(world, |statement| rests_on(statement, source));
                let none = if world.diagrams.and(told, cited).is_empty() { told } else { Set::NONE };
                broken.push((format!("{words} never rests on {source}"), none));
            }
        }
        if let Some(condition) = &self.never {
            let is_about_sources = self.always.is_none() && !self.cited.is_empty();
            let condition = world.condition(&book.compiler, condition, defined)?;
            let (what, told) = if is_about_sources {
                (format!("{words} does not rest on {} there", self.cited.join(", ")), cited)
            } else {
                (format!("{words} does not belong there ({sources})"), said)
            };
            broken.push((what, world.diagrams.and(condition, told)));
        }
        for other in &self.without {
            let others = book.said(world, |statement| statement.guidance == *other);
            broken.push((
                format!("{words} and {other} exclude each other ({sources})"),
                world.diagrams.and(said, others),
            ));
        }
        Ok(broken)
    }

    fn is_about(&self, statement: &Statement) -> bool {
        self.guidance.contains(&statement.guidance)
            && self
                .args
                .iter()
                .all(|(name, value)| statement.args.iter().any(|(own, known)| own == name && known.is_written(value)))
            && self.by.as_ref().is_none_or(|by| statement.by.as_ref().is_some_and(|known| known.is_written(by)))
    }

    fn details(&self) -> String {
        let args = self.args.iter().map(|(name, value)| format!("{name} {}", written(value)));
        let by = self.by.iter().map(|by| format!("by {}", written(by)));
        let details: Vec<String> = args.chain(by).collect();
        if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) }
    }
}

/// What a rules file writes as an object of one key.
fn written(plain: &Plain) -> String {
    match plain {
        Plain::Object(entries) => entries.iter().map(|(_, value)| written(value)).collect::<Vec<_>>().join(" "),
        Plain::List(items) => items.iter().map(written).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

impl Known {
    /// Whether it is this, as a rules file writes it; days by their date.
    fn is_written(&self, plain: &Plain) -> bool {
        match (self, plain) {
            (Known::Earliest(days), Plain::Object(entries)) => entries.iter().all(|(_, list)| {
                let Plain::List(items) = list else { return false };
                items.len() == days.len() && days.iter().zip(items).all(|(day, item)| day.is_written(item))
            }),
            _ => written(plain) == self.to_string(),
        }
    }
}
