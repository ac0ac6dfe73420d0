//! Answering facts from standard input, one JSON object a line.

use std::io::{BufRead, Write};

use serde_json::{Value, json};
use shikaku_navi::{Day, Facts, Plain, Rulebook};

use crate::{Outcome, clock, rules, tree};

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
    let rulebook = rules::rulebook(insurer)?;
    let today = clock::today()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let answer = match (&rulebook, serde_json::from_slice::<Plain>(&line?)) {
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

fn texts(language: &str) -> Outcome<Value> {
    let file = tree::www().join("locales").join(format!("{language}.json"));
    let text = std::fs::read_to_string(file).map_err(|_| format!("there are no texts in `{language}`"))?;
    Ok(serde_json::from_str(&text)?)
}
