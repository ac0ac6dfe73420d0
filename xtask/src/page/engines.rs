//! The browsers that the page is walked in, and the programs that drive them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::{Outcome, setup};

/// Where Debian has what is not on the path.
const HEADLESS: &str = "/usr/lib/chromium/chromium-headless-shell";
const MINI_BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// Without a window, and without a word to anybody but the page's server.
pub(crate) const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1100,900",
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    pub(crate) const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    /// Installs the browser and what drives it, if they are not there.
    pub(crate) fn install(self) -> Outcome<PathBuf> {
        setup::packages(&["/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"], &["fonts-ipafont-gothic"])?;
        let installed =
            |driver: &str| setup::which(driver).ok_or_else(|| format!("{driver} is not on the PATH").into());
        match self {
            Engine::Chromium => {
                setup::packages(
                    &["chromium", HEADLESS, "chromedriver"],
                    &["chromium", "chromium-headless-shell", "chromium-driver"],
                )?;
                installed("chromedriver")
            }
            Engine::Firefox => {
                setup::packages(&["firefox-esr"], &["firefox-esr"])?;
                setup::cargo_tool("geckodriver", "0.37.1")
            }
            Engine::WebKit => {
                setup::packages(&[MINI_BROWSER, "WebKitWebDriver", "Xvfb"], &["webkit2gtk-driver", "xvfb"])?;
                installed("WebKitWebDriver")
            }
        }
    }

    /// What the browser is told; with the folder of a profile, if that is to be kept.
    fn capabilities(self, profile: Option<&Path>) -> Value {
        let folder = profile.map(|folder| folder.display().to_string());
        match self {
            Engine::Chromium => {
                let folder = folder.map(|folder| format!("--user-data-dir={folder}"));
                let args: Vec<String> = FLAGS.into_iter().map(str::to_owned).chain(folder).collect();
                json!({
                    "browserName": "chrome-headless-shell",
                    "goog:chromeOptions": { "binary": HEADLESS, "args": args },
                    "goog:loggingPrefs": { "browser": "ALL" },
                })
            }
            Engine::Firefox => {
                let usual = ["-headless", "--width=1100", "--height=900"].map(str::to_owned);
                let folder = folder.map(|folder| ["-profile".to_owned(), folder]);
                let args: Vec<String> = usual.into_iter().chain(folder.into_iter().flatten()).collect();
                json!({
                    "moz:firefoxOptions": {
                        "args": args,
                        "prefs": {
                            // Files may not do more than a double click lets them.
                            "security.fileuri.strict_origin_policy": true,
                            // Its own questions to its maker go nowhere, so that the page's would be seen.
                            "network.dns.localDomains": "firefox.settings.services.mozilla.com",
                        },
                    },
                })
            }
            // It keeps nothing when it is driven.
            Engine::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": MINI_BROWSER, "args": ["--automation"] },
            }),
        }
    }
}

/// The program that drives a browser, ended when this is dropped.
pub(crate) struct Driver {
    pub(crate) engine: Engine,
    address: String,
    _programs: Vec<Child>,
}

impl Driver {
    pub(crate) async fn start(engine: Engine) -> Outcome<Driver> {
        let driver = engine.install()?;
        let port = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?.port();
        let mut programs = Vec::new();
        let mut command = Command::new(driver);
        command.arg(format!("--port={port}"));
        if engine == Engine::WebKit {
            let (screen, number) = screen().await?;
            programs.push(screen);
            command.env("DISPLAY", number);
        }
        programs.push(quiet(&mut command).spawn()?);
        Ok(Driver { engine, address: format!("http://127.0.0.1:{port}"), _programs: programs })
    }

    /// A fresh window of a fresh profile.
    pub(crate) async fn open(&self) -> Outcome<Client> {
        self.open_in(None).await
    }

    /// A fresh window of the profile in a folder, which is kept; not in `WebKit`.
    pub(crate) async fn open_in(&self, profile: Option<&Path>) -> Outcome<Client> {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(serde_json::from_value(self.engine.capabilities(profile))?);
        let mut tries = 0;
        loop {
            match builder.connect(&self.address).await {
                Ok(client) => return Ok(client),
                // The driver takes a moment to listen.
                Err(_) if tries < 50 => {
                    tries += 1;
                    sleep(Duration::from_millis(100)).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A screen that nobody sees, and its number: `WebKit` has no mode without one.
async fn screen() -> Outcome<(Child, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1200x1000x24", "-nolisten", "tcp"]);
    let mut program = quiet(&mut command).stdout(Stdio::piped()).spawn()?;
    let printed = program.stdout.take().ok_or("Xvfb prints nothing")?;
    let number = BufReader::new(printed).lines().next_line().await?.ok_or("Xvfb did not start")?;
    Ok((program, format!(":{number}")))
}

/// Without a word, and ended when what it returns is dropped.
pub(super) fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true)
}
