//! Driving the browser: finding things inside the check's root, typing, clicking, and waiting.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::serve::Served;
use crate::setup::Browser;
use crate::{Outcome, tree};

/// How long something on the page may take to appear; far longer than it ever does.
const PATIENCE: Duration = Duration::from_secs(20);

/// Without a window, and without a word to anybody but the page's server.
pub(crate) const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The program that drives the browser, ended when this is dropped.
pub(crate) struct Driver {
    address: String,
    browser: PathBuf,
    _program: Child,
}

impl Driver {
    pub(crate) async fn start(browser: &Browser) -> Outcome<Driver> {
        let port = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port();
        let program = Command::new(&browser.driver)
            .args([format!("--port={port}"), "--log-level=OFF".to_owned()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let address = format!("http://127.0.0.1:{port}");
        Ok(Driver { address, browser: browser.browser.clone(), _program: program })
    }

    /// A fresh window of a fresh profile.
    pub(crate) async fn open(&self, served: &Served, axe: &str, album: Option<&Path>) -> Outcome<Page> {
        let args: Vec<&str> = FLAGS.into_iter().chain(["--window-size=1100,900"]).collect();
        let capabilities = json!({
            "goog:chromeOptions": { "binary": self.browser, "args": args },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(serde_json::from_value(capabilities)?);
        let mut tries = 0;
        let client = loop {
            match builder.connect(&self.address).await {
                Ok(client) => break client,
                // The driver takes a moment to listen.
                Err(_) if tries < 50 => {
                    tries += 1;
                    sleep(Duration::from_millis(100)).await;
                }
                Err(error) => return Err(error.into()),
            }
        };
        Ok(Page { client, served: served.clone(), axe: axe.to_owned(), album: album.map(Path::to_owned) })
    }
}

/// A window with the page.
#[derive(Clone)]
pub(crate) struct Page {
    client: Client,
    served: Served,
    axe: String,
    /// Where pictures of the page go, if any are wanted.
    album: Option<PathBuf>,
}

impl Page {
    pub(crate) async fn close(self) -> Outcome {
        Ok(self.client.close().await?)
    }

    /// Opens the page with what stands after the slash.
    pub(crate) async fn goto(&self, rest: &str) -> Outcome {
        Ok(self.client.goto(&format!("http://{}/{rest}", self.served.address)).await?)
    }

    /// Opens a file of the deployable folder as a double click does, without a server.
    pub(crate) async fn open_file(&self, name: &str) -> Outcome {
        Ok(self.client.goto(&format!("file://{}", tree::dist().join(name).display())).await?)
    }

    /// Runs a script's body; `root` is the root of the check.
    pub(crate) async fn js(&self, body: &str) -> Outcome<Value> {
        let script = format!("const root = document.querySelector('shikaku-navi').shadowRoot; {body}");
        Ok(self.client.execute(&script, Vec::new()).await?)
    }

    /// Waits until an expression over `root` is true.
    pub(crate) async fn until(&self, expression: &str) -> Outcome {
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            let found = self.js(&format!("return Boolean(root && ({expression}));")).await;
            if found.is_ok_and(|found| found == true) {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
            waited += Duration::from_millis(20);
        }
        let text = self.text().await.unwrap_or_default();
        Err(format!("it never came to `{expression}`; the page says: {text}").into())
    }

    /// Waits for an element inside the check.
    pub(crate) async fn find(&self, css: &str) -> Outcome<Element> {
        self.until(&format!("root.querySelector({})", json!(css))).await?;
        let found = self.js(&format!("return root.querySelector({});", json!(css))).await?;
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        let id = id.ok_or_else(|| format!("`{css}` is no element"))?;
        Ok(Element::from_element_id(self.client.clone(), id.to_owned().into()))
    }

    pub(crate) async fn click(&self, css: &str) -> Outcome {
        Ok(self.find(css).await?.click().await?)
    }

    pub(crate) async fn fill(&self, css: &str, text: &str) -> Outcome {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Presses a key where the focus is.
    pub(crate) async fn press(&self, key: &str) -> Outcome {
        Ok(self.client.active_element().await?.send_keys(key).await?)
    }

    /// The text of the check as it is shown.
    pub(crate) async fn text(&self) -> Outcome<String> {
        let text = self.js("return root ? root.querySelector('.stage').innerText : '';").await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The text of the whole page as it is shown, asked of the browser rather than of a script in the page.
    pub(crate) async fn visible_text(&self) -> Outcome<String> {
        let body = self.client.find(fantoccini::Locator::Css("main")).await?;
        Ok(body.text().await?)
    }

    /// The guidance on the sheet, by id.
    pub(crate) async fn guidance(&self) -> Outcome<Vec<String>> {
        self.find("navi-sheet").await?;
        let ids = self.js("return [...root.querySelectorAll('[data-guidance]')].map((item) => item.dataset.guidance);");
        Ok(serde_json::from_value(ids.await?)?)
    }

    /// How often the page has asked for anything.
    pub(crate) async fn requests(&self) -> Outcome<u64> {
        let count = self.js("return performance.getEntriesByType('resource').length;").await?;
        count.as_u64().ok_or_else(|| "no number of requests".into())
    }

    /// By which ways the page can reach its own server; a page can have more ways out than these, but no other
    /// that its content security policy speaks of.
    pub(crate) async fn try_to_reach(&self) -> Outcome<Vec<String>> {
        let before = self.served.asked().len();
        self.client.execute(include_str!("reach.js"), Vec::new()).await?;
        sleep(Duration::from_secs(1)).await;
        let asked = self.served.asked();
        let tried = asked.iter().skip(before).filter_map(|path| path.split_once("?try-"));
        Ok(tried.map(|(_, way)| way.to_owned()).collect())
    }

    /// That nothing is wrong for people who use the page by other means than looking and pointing.
    pub(crate) async fn is_accessible(&self) -> Outcome {
        self.client.execute(&self.axe, Vec::new()).await?;
        let tags = json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
        let script = "const done = arguments[1]; axe.run({ runOnly: arguments[0] }).then((found) => done(found.violations), (error) => done([{ id: String(error) }]));";
        let violations = self.client.execute_async(script, vec![tags]).await?;
        let named: Vec<String> = violations
            .as_array()
            .into_iter()
            .flatten()
            .map(|violation| {
                let at = |pointer: &str| violation.pointer(pointer).cloned().unwrap_or_default();
                format!("{} {}", at("/id"), at("/nodes/0/html"))
            })
            .collect();
        if named.is_empty() { Ok(()) } else { Err(format!("axe finds {}", named.join("; ")).into()) }
    }

    /// What the browser complained of, such as what the content security policy forbade.
    pub(crate) async fn complaints(&self) -> Outcome<Vec<String>> {
        let log = self.client.issue_cmd(Vendor("se/log", json!({ "type": "browser" }))).await?;
        Ok(log
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| entry.get("message").map(Value::to_string).unwrap_or_default())
            .collect())
    }

    /// A command of the browser's own protocol.
    pub(crate) async fn devtools(&self, command: &str, params: Value) -> Outcome<Value> {
        let body = json!({ "cmd": command, "params": params });
        Ok(self.client.issue_cmd(Vendor("goog/cdp/execute", body)).await?)
    }

    /// Makes the page as wide as this, in CSS pixels.
    pub(crate) async fn resize(&self, width: u32) -> Outcome {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Keeps what the whole page looks like, if that is wanted.
    pub(crate) async fn keep(&self, name: &str) -> Outcome {
        let Some(folder) = &self.album else { return Ok(()) };
        let size = self.devtools("Page.getLayoutMetrics", json!({})).await?;
        let clip = json!({
            "x": 0,
            "y": 0,
            "width": size.pointer("/cssContentSize/width"),
            "height": size.pointer("/cssContentSize/height"),
            "scale": 1,
        });
        let params = json!({ "clip": clip, "captureBeyondViewport": true });
        keep(&folder.join(format!("{name}.png")), &self.devtools("Page.captureScreenshot", params).await?)
    }

    /// Keeps what is printed, if that is wanted.
    pub(crate) async fn keep_print(&self, name: &str) -> Outcome {
        let Some(folder) = &self.album else { return Ok(()) };
        let params = json!({ "preferCSSPageSize": true, "printBackground": false });
        keep(&folder.join(format!("{name}.pdf")), &self.devtools("Page.printToPDF", params).await?)
    }
}

/// Writes down what the browser's own protocol hands out as text.
fn keep(file: &Path, answer: &Value) -> Outcome {
    let data = answer.pointer("/data").and_then(Value::as_str).ok_or("the browser gave no picture")?;
    Ok(std::fs::write(file, BASE64_STANDARD.decode(data)?)?)
}

/// A command of the driver's own.
#[derive(Debug)]
struct Vendor(&'static str, Value);

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
