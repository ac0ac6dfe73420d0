use std::io::{BufRead, Write};
use std::time::SystemTime;

use serde_json::json;
use shikaku_navi::{Day, Facts, Plain, Rulebook};

use crate::Outcome;

pub(crate) fn run(args: &[&str]) -> Outcome {
    let insurer = match args {
        ["--insurer", id, ..] => *id,
        _ => return Err("say --insurer <id>".into()),
    };
    let rules = std::path::Path::new("www/rules");
    let read =
        |path: std::path::PathBuf| -> Outcome<Plain> { Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?) };
    let file = if insurer == "national" { None } else { Some(read(rules.join(format!("insurers/{insurer}.json")))?) };
    let rulebook = Rulebook::read(read(rules.join("national.json"))?, file)?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_millis();
    let today = Day::in_japan(i64::try_from(now)?);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answer = serde_json::from_str::<Plain>(&line)
            .map_err(|e| json!({"kind":"invalid-value","message":e.to_string()}))
            .and_then(|told| Facts::read(today, &told).and_then(|facts| rulebook.assess(&facts)).map_err(|e| json!(e)));
        match answer {
            Ok(a) => writeln!(out, "{}", json!(a))?,
            Err(e) => writeln!(out, "{}", json!({"error": e}))?,
        }
    }
    Ok(())
}
