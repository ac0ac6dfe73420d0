//! Serving `dist/` as a deployment would: with its headers, on this machine only.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{map_request, map_response};
use axum::response::Response;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

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
        Ok(axum::serve(listener, app(&tree::dist())?).await?)
    })
}

/// A server for the tests, and what was asked of it.
#[derive(Clone)]
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Served {
    /// Everything that was asked for so far: paths with their queries.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().map(|asked| asked.clone()).unwrap_or_default()
    }
}

/// Serves a folder on a free port until the program ends.
pub(crate) async fn spawn(folder: &Path) -> Outcome<Served> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let served = Served { address: listener.local_addr()?, asked: Arc::default() };
    let asked = served.asked.clone();
    let note = move |request: Request| {
        if let Ok(mut asked) = asked.lock() {
            asked.push(request.uri().to_string());
        }
        async { request }
    };
    let app = app(folder)?.layer(map_request(note));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(served)
}

fn app(folder: &Path) -> Outcome<Router> {
    let headers = headers(&std::fs::read_to_string(folder.join("_headers"))?)?;
    let add = move |mut response: Response| {
        let headers = headers.clone();
        async move {
            for (name, value) in headers {
                response.headers_mut().insert(name, value);
            }
            response
        }
    };
    Ok(Router::new().fallback_service(ServeDir::new(folder)).layer(map_response(add)))
}

/// The headers that `_headers` asks for on every path.
fn headers(file: &str) -> Outcome<Vec<(HeaderName, HeaderValue)>> {
    let mut headers = Vec::new();
    for line in file.lines().filter(|line| line.starts_with(' ')) {
        let (name, value) =
            line.trim().split_once(": ").ok_or_else(|| format!("_headers: `{line}` is not a header"))?;
        headers.push((name.parse()?, value.parse()?));
    }
    Ok(headers)
}
