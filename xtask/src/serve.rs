//! Serving `dist/` as a deployment would: with its headers, on this machine only.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;
use tower_http::services::ServeDir;

use crate::headers::Headers;
use crate::{Outcome, build, tree};

/// Builds the page, serves it and prints the address.
pub(crate) fn run(port: u16) -> Outcome {
    build::to_look_at()?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = match TcpListener::bind(("127.0.0.1", port)).await {
            Ok(listener) => listener,
            // Somebody else is there already.
            Err(_) => TcpListener::bind(("127.0.0.1", 0)).await?,
        };
        println!("http://{}/", listener.local_addr()?);
        println!("http://{}/?insurer=tokyo-denki", listener.local_addr()?);
        println!("Ctrl-C ends it.");
        let site = Site { folder: tree::dist(), ..Site::default() };
        Ok(axum::serve(listener, app(Arc::new(Mutex::new(site)))).await?)
    })
}

/// How long a slow server takes to answer.
const SLOW: Duration = Duration::from_secs(4);

/// What a server serves, and what it was asked for.
#[derive(Default)]
struct Site {
    folder: PathBuf,
    /// Parts of paths that are answered late.
    slow: Vec<String>,
    /// Parts of paths for which nothing is there.
    lost: Vec<String>,
    /// What stands in headers instead of something else.
    changed: Vec<(String, String)>,
    /// Pages that are not in the folder: their path, their content security policy, and what they are.
    pages: Vec<(String, String, String)>,
    asked: Vec<String>,
}

/// A server for the tests, which can do worse than a good one; it ends when this is dropped.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    site: Arc<Mutex<Site>>,
    /// Of its own, so that it can be ended with all connections that are still open.
    running: Mutex<Option<Runtime>>,
}

impl Served {
    /// Serves a folder on a free port.
    pub(crate) async fn start(folder: &Path) -> Outcome<Served> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let site = Arc::new(Mutex::new(Site { folder: folder.to_owned(), ..Site::default() }));
        let served = Served { address: listener.local_addr()?, site, running: Mutex::default() };
        served.run(listener)?;
        Ok(served)
    }

    /// Is there again after it was stopped.
    pub(crate) async fn start_again(&self) -> Outcome {
        self.run(TcpListener::bind(self.address).await?)
    }

    fn run(&self, listener: TcpListener) -> Outcome {
        let app = app(self.site.clone());
        let listener = listener.into_std()?;
        let running = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        running.spawn(async move { axum::serve(TcpListener::from_std(listener)?, app).await });
        self.running.lock().map_err(|_| "the server is broken")?.replace(running);
        Ok(())
    }

    /// Ends it at once: nobody is there any more, and what was being answered breaks off.
    pub(crate) fn stop(&self) {
        if let Some(running) = self.running.lock().ok().and_then(|mut running| running.take()) {
            running.shutdown_background();
        }
    }

    /// From now on it serves another folder.
    pub(crate) fn move_to(&self, folder: &Path) {
        self.with(|site| folder.clone_into(&mut site.folder));
    }

    /// From now on whatever has `part` in its path is answered late.
    pub(crate) fn slow_down(&self, part: &str) {
        self.with(|site| site.slow.push(part.to_owned()));
    }

    /// Everything that was asked for so far: paths with their queries.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.with(|site| site.asked.clone())
    }

    /// From now on there is nothing whose path holds `part`.
    pub(crate) fn lose(&self, part: &str) {
        self.with(|site| site.lost.push(part.to_owned()));
    }

    /// From now on the headers say `to` instead of `from`.
    pub(crate) fn change_headers(&self, from: &str, to: &str) {
        self.with(|site| site.changed.push((from.to_owned(), to.to_owned())));
    }

    /// Serves something that is not in the folder, under a content security policy of its own, empty for none.
    pub(crate) fn add(&self, path: &str, policy: &str, content: &str) {
        self.with(|site| site.pages.push((path.to_owned(), policy.to_owned(), content.to_owned())));
    }

    fn with<T: Default>(&self, work: impl FnOnce(&mut Site) -> T) -> T {
        self.site.lock().map(|mut site| work(&mut site)).unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop();
    }
}

fn app(site: Arc<Mutex<Site>>) -> Router {
    Router::new().fallback(move |request: Request| answer(site.clone(), request))
}

async fn answer(site: Arc<Mutex<Site>>, request: Request) -> Response {
    let Ok((folder, added, changed, is_slow)) = site.lock().map(|mut site| {
        site.asked.push(request.uri().to_string());
        let path = request.uri().path();
        let is_lost = site.lost.iter().any(|part| path.contains(part));
        let added = site.pages.iter().rev().find(|(of, ..)| of == path).cloned();
        (
            site.folder.clone(),
            added.map(page).or(is_lost.then(|| StatusCode::NOT_FOUND.into_response())),
            site.changed.clone(),
            site.slow.iter().any(|part| path.contains(part)),
        )
    }) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if is_slow {
        sleep(SLOW).await;
    }
    if let Some(added) = added {
        return added;
    }
    let headers = headers(&folder, request.uri().path(), &changed);
    let served = ServeDir::new(folder).try_call(request).await;
    let mut response = served.map_or_else(|_| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response);
    match headers {
        Ok(headers) => response.headers_mut().extend(headers),
        Err(error) => return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
    response
}

/// Something that is not in the folder.
fn page((path, policy, content): (String, String, String)) -> Response {
    let is_script = Path::new(&path).extension().is_some_and(|end| end == "js");
    let kind = if is_script { "text/javascript" } else { "text/html; charset=utf-8" };
    // As the documents advise those who put the check on their own pages.
    let no_names = ("x-dns-prefetch-control", "off".to_owned());
    ([("content-type", kind.to_owned()), ("content-security-policy", policy), no_names], content).into_response()
}

/// The headers of a path, as they are to be changed.
fn headers(folder: &Path, path: &str, changed: &[(String, String)]) -> Outcome<Vec<(HeaderName, HeaderValue)>> {
    let asked = Headers::read(folder)?;
    let mut headers = Vec::new();
    for (name, value) in asked.of(path) {
        let value = changed.iter().fold(value.to_owned(), |value, (from, to)| value.replace(from, to));
        headers.push((name.parse()?, value.parse()?));
    }
    Ok(headers)
}
