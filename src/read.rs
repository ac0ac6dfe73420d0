//! Reading rules files with nothing left over.
//!
//! What cannot be read is noted with its place, and reading goes on with the least that it could have been: whoever
//! began refuses the whole file. A way out after each part of everything would be most of the code here.

use std::cell::OnceCell;
use std::fmt;

use crate::Day;
use crate::error::{Error, ErrorKind};
use crate::limits::{DEEPEST, LONGEST_TEXT, MOST_ENTRIES, MOST_VALUES};
use crate::plain::{Entries, Plain};

/// Something that a rules file can hold.
pub(crate) trait Read {
    /// Reads what stands at a place, or notes there what is wrong.
    fn read(place: &Place<'_>) -> Self;
}

/// Reads a whole file, which has a name or none yet.
///
/// # Errors
/// `invalid-profile`: the first mistake that was noted, with its place.
pub(crate) fn whole<T>(
    file: &Plain,
    name: Option<&dyn fmt::Display>,
    read: impl FnOnce(&Place<'_>) -> T,
) -> Result<T, Error> {
    let mistake = OnceCell::new();
    let read = read(&Place { plain: file, step: name, above: None, mistake: &mistake });
    mistake.into_inner().map_or(Ok(read), Err)
}

pub(crate) fn invalid(message: impl fmt::Display) -> Error {
    Error::new(ErrorKind::InvalidProfile, message)
}

/// Some data, and the way to it.
pub(crate) struct Place<'a> {
    pub(crate) plain: &'a Plain,
    step: Option<&'a dyn fmt::Display>,
    above: Option<&'a Place<'a>>,
    mistake: &'a OnceCell<Error>,
}

impl Place<'_> {
    /// Notes a mistake, if it is the first.
    pub(crate) fn refuse(&self, message: fmt::Arguments<'_>) {
        self.mistake.get_or_init(|| {
            let mut error = invalid(message);
            let mut place = Some(self);
            while let Some(here) = place {
                error = here.step.into_iter().fold(error, Error::at);
                place = here.above;
            }
            error
        });
    }

    /// Notes that something else was wanted.
    pub(crate) fn mistaken(&self, wanted: &str) {
        self.refuse(format_args!("`{}` is not {wanted}", self.plain));
    }

    /// One step further.
    pub(crate) fn below<'b>(&'b self, step: &'b dyn fmt::Display, plain: &'b Plain) -> Place<'b> {
        Place { plain, step: Some(step), above: Some(self), mistake: self.mistake }
    }

    /// Does something with each part of a list or an object.
    pub(crate) fn parts(&self, read: &mut dyn FnMut(&Place<'_>)) {
        match self.plain {
            Plain::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    read(&self.below(&format_args!("[{index}]"), item));
                }
            }
            Plain::Object(entries) => {
                for (key, value) in entries {
                    read(&self.below(key, value));
                }
            }
            _ => {}
        }
    }

    /// That it is neither too deep nor too large for a rules file, and that every text in it is what it looks like.
    pub(crate) fn check(&self) {
        self.check_within(DEEPEST, &mut 0);
    }

    fn check_within(&self, levels: usize, seen: &mut usize) {
        *seen += 1;
        let (length, keys) = match self.plain {
            Plain::Text(text) => return self.check_text(text),
            Plain::List(items) => (items.len(), [].as_slice()),
            Plain::Object(entries) => (entries.len(), entries.as_slice()),
            _ => return,
        };
        if levels == 0 || length > MOST_ENTRIES || *seen > MOST_VALUES {
            return self.refuse(format_args!("the file is too deep or too large here"));
        }
        for (key, _) in keys {
            self.check_text(key);
        }
        self.parts(&mut |part| part.check_within(levels - 1, seen));
    }

    fn check_text(&self, text: &str) {
        if text.len() > LONGEST_TEXT {
            self.refuse(format_args!("a text is too long"));
        } else if let Some(place) = text.chars().position(is_unseen) {
            self.refuse(format_args!("nobody sees character {} of a text", place + 1));
        }
    }

    /// A text as it stands.
    pub(crate) fn text(&self) -> &str {
        if let Plain::Text(text) = self.plain {
            return text;
        }
        self.mistaken("a text");
        ""
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

/// An object whose keys are taken one by one.
///
/// What there is one of for every type that is read does as little as it can: whatever does not depend on the type is
/// a function of its own, of which there is only one.
pub(crate) struct Fields<'a> {
    place: &'a Place<'a>,
    left: Vec<&'a (String, Plain)>,
}

impl<'a> Fields<'a> {
    pub(crate) fn of(place: &'a Place<'a>) -> Fields<'a> {
        let mut left = Vec::new();
        if let Plain::Object(entries) = place.plain {
            for entry in entries {
                left.push(entry);
            }
        } else {
            place.mistaken("an object");
        }
        Fields { place, left }
    }

    /// What stands under a key, if anything but `null` does.
    pub(crate) fn may<T: Read>(&mut self, key: &str) -> Option<T> {
        self.take(key).map(|value| T::read(&self.place.below(&key, value)))
    }

    /// What stands under a key, or what is meant where nothing does.
    pub(crate) fn or_default<T: Read + Default>(&mut self, key: &str) -> T {
        self.may(key).unwrap_or_default()
    }

    /// What has to stand under a key.
    pub(crate) fn must<T: Read>(&mut self, key: &str) -> T {
        let value = self.required(key);
        T::read(&self.place.below(&key, value))
    }

    fn required(&mut self, key: &str) -> &'a Plain {
        self.take(key).unwrap_or_else(|| {
            self.place.refuse(format_args!("`{key}` is missing"));
            &Plain::Nothing
        })
    }

    fn take(&mut self, key: &str) -> Option<&'a Plain> {
        let position = self.left.iter().position(|(name, _)| name == key)?;
        let (_, value) = self.left.remove(position);
        Some(value).filter(|value| **value != Plain::Nothing)
    }

    /// Whatever is left.
    pub(crate) fn rest(&self) -> &[&'a (String, Plain)] {
        &self.left
    }

    /// Notes what is left as meaningless.
    pub(crate) fn end(&self) {
        if let Some((key, _)) = self.left.first() {
            self.place.refuse(format_args!("`{key}` means nothing here"));
        }
    }
}

/// Reads structs whose fields stand under keys of the same names.
macro_rules! read_fields {
    ($($name:ident { $($field:ident: $how:ident $(($key:literal))?),+ })+) => { $(
        impl Read for $name {
            fn read(place: &Place<'_>) -> $name {
                let mut fields = Fields::of(place);
                let read = $name { $($field: fields.$how(read_fields!(@key $field $($key)?))),+ };
                fields.end();
                read
            }
        }
    )+ };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}
pub(crate) use read_fields;

impl Read for Plain {
    fn read(place: &Place<'_>) -> Plain {
        place.plain.clone()
    }
}

impl Read for String {
    fn read(place: &Place<'_>) -> String {
        place.text().to_owned()
    }
}

impl Read for bool {
    fn read(place: &Place<'_>) -> bool {
        if let Plain::Truth(truth) = place.plain {
            return *truth;
        }
        place.mistaken("true or false");
        false
    }
}

impl Read for u32 {
    fn read(place: &Place<'_>) -> u32 {
        let number = match place.plain {
            Plain::Number(number) => u32::try_from(*number).ok(),
            _ => None,
        };
        number.unwrap_or_else(|| {
            place.mistaken("a number");
            0
        })
    }
}

impl Read for Day {
    fn read(place: &Place<'_>) -> Day {
        Day::from_iso(place.text()).unwrap_or_else(|error| {
            place.refuse(format_args!("{error}"));
            Day::MIN
        })
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(place: &Place<'_>) -> Vec<T> {
        let mut list = Vec::new();
        each(place, &mut |part| list.push(T::read(part)));
        list
    }
}

fn each(place: &Place<'_>, read: &mut dyn FnMut(&Place<'_>)) {
    match place.plain {
        Plain::List(_) => place.parts(read),
        _ => place.mistaken("a list"),
    }
}

impl<K: Read, V: Read> Read for Entries<K, V> {
    fn read(place: &Place<'_>) -> Entries<K, V> {
        let mut entries: Vec<(K, V)> = Vec::new();
        each_entry(place, &mut |name, value| {
            let value = V::read(value);
            entries.push((K::read(name), value));
        });
        Entries::from(entries)
    }
}

/// Does something with the key and the value of each entry of an object in which every key stands once.
fn each_entry(place: &Place<'_>, read: &mut dyn FnMut(&Place<'_>, &Place<'_>)) {
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in Fields::of(place).rest() {
        if seen.contains(&name.as_str()) {
            place.refuse(format_args!("`{name}` stands there twice"));
        }
        seen.push(name);
        read(&Place { plain: &Plain::Text(name.clone()), ..*place }, &place.below(name, value));
    }
}
