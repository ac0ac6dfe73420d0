//! Answering facts from standard input, one JSON object a line.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::time::SystemTime;

use serde_json::{Value, json};
use shikaku_navi::{Day, Error, Facts, Plain, Rulebook};

use crate::{Outcome, tree};

/// Answers every line in order, a bad one with an error; never stops at one.
pub(crate) fn run(args: &[&str]) -> Outcome {
    let (insurer, language) = match args {
        ["--insurer", insurer] => (*insurer, None),
        ["--insurer", insurer, "--lang", language] | ["--lang", language, "--insurer", insurer] => {
            (*insurer, Some(*language))
        }
        _ => return Err("usage: cargo xtask assess --insurer <id> [--lang ja]".into()),
    };
    let texts = language.map(texts).transpose()?;
    let rulebook = rulebook(insurer)?;
    let today = today()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = match (&rulebook, serde_json::from_str::<Plain>(&line?)) {
            (Err(error), _) => json!({ "error": error }),
            (_, Err(error)) => json!({ "error": { "kind": "invalid-value", "message": error.to_string() } }),
            (Ok(rulebook), Ok(told)) => answer(rulebook, today, &told, texts.as_ref()),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn answer(rulebook: &Rulebook, today: Day, told: &Plain, texts: Option<&Value>) -> Value {
    match Facts::read(today, told).and_then(|facts| rulebook.assess(&facts)) {
        Err(error) => json!({ "error": error }),
        Ok(assessment) => {
            let mut answer = json!(assessment);
            if let (Some(texts), Some(items)) = (texts, answer.get_mut("guidance").and_then(Value::as_array_mut)) {
                for item in items {
                    let text = item
                        .get("id")
                        .and_then(Value::as_str)
                        .and_then(|id| texts.get("guidance")?.get(id)?.get("title"));
                    if let (Some(title), Some(item)) = (text.cloned(), item.as_object_mut()) {
                        item.insert("title".to_owned(), title);
                    }
                }
            }
            answer
        }
    }
}

/// The rulebook of an insurer, or why there is none: an answer to every line, not a reason to stop.
fn rulebook(insurer: &str) -> Outcome<Result<Rulebook, Error>> {
    let rules = tree::www().join("rules");
    let named_like_one = insurer.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let file = rules.join("insurers").join(format!("{insurer}.json"));
    let own = match insurer {
        "national" => None,
        _ if named_like_one && file.exists() => Some(read(&file)?),
        _ => return Ok(Err(Error::unknown_insurer(insurer))),
    };
    Ok(Rulebook::read(read(&rules.join("national.json"))?, own))
}

fn texts(language: &str) -> Outcome<Value> {
    let file = tree::www().join("locales").join(format!("{language}.json"));
    let text = std::fs::read_to_string(file).map_err(|_| format!("there are no texts in `{language}`"))?;
    Ok(serde_json::from_str(&text)?)
}

fn read(file: &PathBuf) -> Outcome<Plain> {
    let text = std::fs::read_to_string(file)?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()).into())
}

#[expect(clippy::disallowed_methods, reason = "a command reads the clock")]
fn today() -> Outcome<Day> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(Day::in_japan(i64::try_from(now.as_millis())?))
}
