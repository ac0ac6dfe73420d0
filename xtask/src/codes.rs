//! Two-dimensional codes of the addresses in the rules.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::Outcome;

/// The codes of every address in files of rules, drawn when the page is made, so that no answer can ever be in one.
pub(crate) fn draw<'a>(files: impl Iterator<Item = &'a [u8]>) -> Outcome<Vec<u8>> {
    let mut codes = serde_json::Map::new();
    for rules in files {
        for address in addresses(std::str::from_utf8(rules)?) {
            codes.insert(address.to_owned(), code(address)?);
        }
    }
    Ok(serde_json::to_vec(&codes)?)
}

/// The addresses in a text: each ends where no letter of one can follow, and before the punctuation of its sentence.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let is_of_one = |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(letter);
    text.match_indices("https://").map(move |(start, _)| {
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|letter| !is_of_one(letter)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?', '\''])
    })
}

/// A two-dimensional code: how many modules it is wide, and its dark ones as a path of squares.
fn code(text: &str) -> Outcome<serde_json::Value> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|_| format!("`{text}` is too long for a code"))?;
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path = dark.fold(String::new(), |path, (x, y)| path + &format!("M{x} {y}h1v1h-1z"));
    Ok(serde_json::json!({ "size": size, "path": path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_what_follows() {
        let text = r#"{"a": "手順（https://a.example/b?c=1）と https://d.example/e/ にあります。", "b": "See https://f.example/g."}"#;
        let found: Vec<_> = addresses(text).collect();
        assert_eq!(found, ["https://a.example/b?c=1", "https://d.example/e/", "https://f.example/g"]);
    }

    /// A drawn code, read by a reader of another make.
    #[test]
    fn codes_can_be_read() {
        const ZOOM: usize = 4;
        let address = "https://myna.go.jp/certificates/health-insurance-card";
        let drawn = code(address).unwrap();
        let size = usize::try_from(drawn["size"].as_u64().unwrap()).unwrap() + 8;
        let dark: Vec<(usize, usize)> = drawn["path"]
            .as_str()
            .unwrap()
            .split('M')
            .skip(1)
            .map(|square| square.split_once('h').unwrap().0.split_once(' ').unwrap())
            .map(|(x, y)| (x.parse::<usize>().unwrap() + 4, y.parse::<usize>().unwrap() + 4))
            .collect();
        let at = |x: usize, y: usize| if dark.contains(&(x / ZOOM, y / ZOOM)) { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * ZOOM, size * ZOOM, at);
        let [grid] = image.detect_grids().try_into().ok().unwrap();
        assert_eq!(grid.decode().unwrap().1, address);
    }
}
