//! Driving the browser: finding things inside the check's root, typing, clicking, and waiting.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::Client;
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions,
};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::engines::Engine;
use crate::serve::Served;
use crate::{Outcome, tree};

/// How long something on the page may take to appear; far longer than it ever does.
const PATIENCE: Duration = Duration::from_secs(20);

/// As `WebDriver` names the key.
const DELETE: &str = "\u{e017}";

/// A window with the page.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) client: Client,
    pub(crate) engine: Engine,
    pub(crate) served: Arc<Served>,
    pub(crate) axe: Arc<str>,
    /// Where pictures of the page go, if any are wanted.
    pub(crate) album: Option<PathBuf>,
    /// How wide the page is, in CSS pixels, if not as wide as the window.
    pub(crate) width: Option<u32>,
}

impl Page {
    pub(crate) fn new(client: Client, engine: Engine, served: Served, axe: Arc<str>, album: Option<&Path>) -> Page {
        Page { client, engine, served: Arc::new(served), axe, album: album.map(Path::to_owned), width: None }
    }

    pub(crate) async fn close(self) -> Outcome {
        Ok(self.client.close().await?)
    }

    /// The same window at a server that nothing was ever kept from.
    pub(crate) async fn elsewhere(&self) -> Outcome<Page> {
        self.at(&tree::dist()).await
    }

    /// The same window at a server of another folder.
    pub(crate) async fn at(&self, folder: &Path) -> Outcome<Page> {
        Ok(Page { served: Arc::new(Served::start(folder).await?), ..self.clone() })
    }

    /// The same page in another window.
    pub(crate) fn seen_in(&self, client: Client) -> Page {
        Page { client, ..self.clone() }
    }

    /// The same window with the page as wide as this, in CSS pixels. No window can be as narrow as some screens, so
    /// the page stands in a frame.
    pub(crate) fn as_wide_as(&self, width: u32) -> Page {
        self.served.change_headers("frame-ancestors 'none'", "frame-ancestors 'self'");
        Page { width: Some(width), ..self.clone() }
    }

    /// Opens the page with what stands after the slash.
    pub(crate) async fn goto(&self, rest: &str) -> Outcome {
        let Some(width) = self.width else {
            return Ok(self.client.goto(&format!("http://{}/{rest}", self.served.address)).await?);
        };
        // Not higher than the window, so that only the page scrolls and nothing around it.
        let frame = format!(
            "<!doctype html><style>iframe {{ height: 600px; }}</style><iframe src='/{rest}' style='position: absolute; inset: 0; border: 0; width: {width}px'>"
        );
        self.served.add("/frame.html", "", &frame);
        self.client.goto(&format!("http://{}/frame.html", self.served.address)).await?;
        Ok(self.client.enter_frame(0).await?)
    }

    /// From now on the page is served with a script that runs before all others, and without a policy of its own.
    pub(crate) fn run_first(&self, script: &str) -> Outcome {
        let index = std::fs::read_to_string(tree::dist().join("index.html"))?;
        self.served.add("/first.js", "", script);
        self.served.add("/", "", &index.replacen("<link", "<script src=\"/first.js\"></script><link", 1));
        Ok(())
    }

    /// Opens a file of the deployable folder as a double click does, without a server.
    pub(crate) async fn open_file(&self, name: &str) -> Outcome {
        Ok(self.client.goto(&format!("file://{}", tree::dist().join(name).display())).await?)
    }

    /// Runs a script's body; `root` is the root of the check.
    pub(crate) async fn js(&self, body: &str) -> Outcome<Value> {
        let script = format!("const root = document.querySelector('shikaku-navi')?.shadowRoot; {body}");
        Ok(self.client.execute(&script, Vec::new()).await?)
    }

    /// Waits until an expression over `root` is true, and nothing waits for the engine any more.
    pub(crate) async fn until(&self, expression: &str) -> Outcome {
        self.until_shown(&format!("!root.querySelector('[aria-busy]') && ({expression})")).await
    }

    /// Waits until an expression over `root` is true, whether or not anything can be answered yet.
    pub(crate) async fn until_shown(&self, expression: &str) -> Outcome {
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
    pub(crate) async fn find(&self, css: &str) -> Outcome {
        self.until(&format!("root.querySelector({})", json!(css))).await
    }

    /// Clicks where an element is. `WebKit` lets the driver neither click nor type in an element of a shadow root, but
    /// use mouse and keyboard.
    pub(crate) async fn click(&self, css: &str) -> Outcome {
        let (x, y) = self.middle_of(css).await?;
        let clicks = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        Ok(self.client.perform_actions(clicks).await?)
    }

    /// Touches where an element is, as a finger does.
    pub(crate) async fn tap(&self, css: &str) -> Outcome {
        let (x, y) = self.middle_of(css).await?;
        let taps = TouchActions::new("finger".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        Ok(self.client.perform_actions(taps).await?)
    }

    /// Brings an element to the middle of the screen, and says where its own middle is.
    async fn middle_of(&self, css: &str) -> Outcome<(f64, f64)> {
        self.find(css).await?;
        let script = format!(
            "const element = root.querySelector({}); element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             const {{ x, y, width, height }} = element.getClientRects()[0];
             return [Math.floor(x + width / 2), Math.floor(y + height / 2)];",
            json!(css)
        );
        Ok(serde_json::from_value(self.js(&script).await?)?)
    }

    /// Types into a field, in place of what stands there.
    pub(crate) async fn fill(&self, css: &str, text: &str) -> Outcome {
        self.click(css).await?;
        self.js("root.activeElement.select();").await?;
        self.press(if text.is_empty() { DELETE } else { text }).await
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: &str) -> Outcome {
        let down = keys.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        let keys = down.fold(KeyActions::new("keyboard".to_owned()), KeyActions::then);
        self.client.perform_actions(keys).await?;
        Ok(self.client.release_actions().await?)
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
        self.find("shikaku-navi-sheet").await?;
        let ids = self.js("return [...root.querySelectorAll('[data-guidance]')].map((item) => item.dataset.guidance);");
        Ok(serde_json::from_value(ids.await?)?)
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

    /// What the browser complained of, such as what the content security policy forbade; only Chromium tells.
    pub(crate) async fn complaints(&self) -> Outcome<Vec<String>> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let log = self.client.issue_cmd(Vendor("se/log", json!({ "type": "browser" }))).await?;
        Ok(log
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| entry.get("message").map(Value::to_string).unwrap_or_default())
            .collect())
    }

    /// A command of Chromium's own protocol.
    pub(crate) async fn devtools(&self, command: &str, params: Value) -> Outcome<Value> {
        let body = json!({ "cmd": command, "params": params });
        Ok(self.client.issue_cmd(Vendor("goog/cdp/execute", body)).await?)
    }

    /// Keeps what the whole page looks like, if that is wanted.
    pub(crate) async fn keep(&self, name: &str) -> Outcome {
        let Some(folder) = &self.album else { return Ok(()) };
        if self.engine != Engine::Chromium {
            let file = folder.join(format!("{}-{name}.png", self.engine.name()));
            return Ok(std::fs::write(file, self.client.screenshot().await?)?);
        }
        self.js("frameElement?.style.setProperty('height', `${document.documentElement.scrollHeight}px`);").await?;
        let size = self.devtools("Page.getLayoutMetrics", json!({})).await?;
        let clip = json!({
            "x": 0,
            "y": 0,
            "width": size.pointer("/cssContentSize/width"),
            "height": size.pointer("/cssContentSize/height"),
            "scale": 1,
        });
        let params = json!({ "clip": clip, "captureBeyondViewport": true });
        let picture = self.devtools("Page.captureScreenshot", params).await?;
        self.js("frameElement?.style.removeProperty('height');").await?;
        keep(&folder.join(format!("{name}.png")), &picture)
    }

    /// Keeps what is printed, if that is wanted.
    pub(crate) async fn keep_print(&self, name: &str) -> Outcome {
        let Some(folder) = self.album.as_ref().filter(|_| self.engine == Engine::Chromium) else { return Ok(()) };
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
