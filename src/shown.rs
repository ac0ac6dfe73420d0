//! What stands in a rules file for the page alone. The engine says none of it, and yet looks at it: what the page is
//! given is text, and leads where it says.

use crate::guidance::Guidance;
use crate::plain::Plain;
use crate::read::Place;

/// What something looks like, as far as the page relies on it; the schema says more.
pub(crate) enum Shape {
    /// A text that fits, and what it is then.
    Text(fn(&str) -> bool, &'static str),
    /// A text by language; Japanese is always there.
    Words,
    /// A list of things of one shape.
    List(&'static Shape),
    /// An object with any keys, and things of one shape under them.
    Map(&'static Shape),
    /// An object with these keys.
    Fields(&'static [(&'static str, Shape)]),
}

const WORDS: Shape = Shape::Text(|text| !text.is_empty(), "a text");
const GUIDANCE: Shape = Shape::Text(|word| Guidance::from_word(word).is_some(), "guidance");

/// The shape of what the page reads, by its key in the file.
pub(crate) const SHOWN: [(&str, Shape); 7] = [
    ("name", Shape::Words),
    ("insurerNumber", Shape::Text(|text| text.len() == 8 && are_digits(text.as_bytes()), "eight digits")),
    ("documents", Shape::Map(&Shape::Words)),
    ("forms", Shape::Map(&Shape::Fields(&[("text", Shape::Words)]))),
    ("notes", Shape::List(&Shape::Fields(&[("guidance", GUIDANCE), ("text", Shape::Words)]))),
    (
        "contacts",
        Shape::List(&Shape::Fields(&[("phone", Shape::Text(is_phone, "digits and hyphens")), ("name", Shape::Words)])),
    ),
    (
        "sites",
        Shape::List(&Shape::Fields(&[
            ("id", WORDS),
            ("url", Shape::Text(is_address, "`https://` and a name in ASCII")),
            ("with", Shape::List(&GUIDANCE)),
        ])),
    ),
];

impl Shape {
    /// Notes where the data looks otherwise.
    pub(crate) fn check(&self, place: &Place<'_>) {
        match (self, place.plain) {
            (Shape::Text(fits, _), Plain::Text(text)) if fits(text) => {}
            (Shape::List(shape), Plain::List(_)) | (Shape::Map(shape), Plain::Object(_)) => {
                place.parts(&mut |part| shape.check(part));
            }
            (Shape::Words, Plain::Object(_)) if place.plain.look("ja") == &Plain::Nothing => {
                place.refuse(format_args!("`ja` is missing"));
            }
            (Shape::Words, Plain::Object(_)) => place.parts(&mut |part| WORDS.check(part)),
            (Shape::Fields(fields), Plain::Object(_)) => {
                for (key, shape) in *fields {
                    shape.check(&place.below(key, place.plain.look(key)));
                }
            }
            (Shape::Text(_, wanted), _) => place.mistaken(wanted),
            (Shape::List(_), _) => place.mistaken("a list"),
            _ => place.mistaken("an object"),
        }
    }
}

/// Whether nobody is led elsewhere: by no other scheme, no name before the host, no letter that looks like another.
fn is_address(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| {
        let in_host = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
        let host = rest.as_bytes().iter().take_while(|byte| in_host(byte)).count();
        let after = rest.as_bytes().get(host);
        host > 0 && after.is_none_or(|byte| b"/?#".contains(byte)) && rest.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

fn is_phone(text: &str) -> bool {
    text.as_bytes().split(|letter| *letter == b'-').all(are_digits)
}

fn are_digits(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}
