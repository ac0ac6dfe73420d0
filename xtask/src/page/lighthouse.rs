//! What Lighthouse thinks of the page: nothing to mend, in what does not depend on the machine it runs on.

use std::net::SocketAddr;

use serde_json::Value;

use super::engines::FLAGS;
use crate::{Outcome, setup};

const CATEGORIES: [&str; 3] = ["accessibility", "best-practices", "seo"];

/// Fails, naming what is to be mended, unless every category is perfect.
pub(crate) async fn is_perfect(server: SocketAddr, rest: &str) -> Outcome {
    let address = format!("http://{server}/{rest}");
    let mut report = look(&address).await?;
    // On a busy machine it can miss the very start of the page, and asks to be run again.
    for _ in 0..2 {
        if report.get("runtimeError").is_none() {
            break;
        }
        report = look(&address).await?;
    }
    let is_whole = |score: Option<&Value>| score.and_then(Value::as_f64).is_some_and(|score| score >= 1.0);
    for category in CATEGORIES {
        let part = report.pointer(&format!("/categories/{category}")).cloned().unwrap_or_default();
        if is_whole(part.get("score")) {
            continue;
        }
        let audits = part.get("auditRefs").and_then(Value::as_array).cloned().unwrap_or_default();
        let ids = audits.iter().filter_map(|audit| audit.get("id")?.as_str());
        let score = |id: &str| report.pointer(&format!("/audits/{id}/score"));
        let lacking: Vec<&str> = ids.filter(|id| !is_whole(score(id)) && score(id) != Some(&Value::Null)).collect();
        return Err(format!("{category} is not perfect: {}", lacking.join(", ")).into());
    }
    Ok(())
}

async fn look(address: &str) -> Outcome<Value> {
    let mut command = tokio::process::Command::from(setup::node_tool("lighthouse", "cli/index.js")?);
    command.args([address, "--quiet", "--no-enable-error-reporting", "--output=json"]);
    command.arg(format!("--only-categories={}", CATEGORIES.join(",")));
    command
        .arg(format!("--chrome-flags={}", FLAGS.join(" ")))
        .env("CHROME_PATH", setup::which("chromium").unwrap_or_default());
    let output = command.output().await?;
    serde_json::from_slice(&output.stdout)
        .map_err(|_| format!("Lighthouse gave no report: {}", String::from_utf8_lossy(&output.stderr)).into())
}
