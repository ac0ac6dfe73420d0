//! Real web servers, each with the recipe that lies in the folder it serves.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use http::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::sleep;

use super::engines::quiet;
use crate::{Outcome, setup, tree};

const NGINX: &str = "/usr/sbin/nginx";
const APACHE: &str = "/usr/sbin/apache2";
/// What the tests need of Apache; a server has more.
const MODULES: [&str; 9] =
    ["mpm_event", "authz_core", "alias", "autoindex", "deflate", "dir", "filter", "headers", "mime"];

/// A site may have its own folder on its server.
pub(super) const FOLDERS: [&str; 2] = ["", "/society/navi"];

/// Installs the servers, if they are not there.
pub(super) fn install() -> Outcome {
    setup::packages(&[NGINX, APACHE], &["nginx-light", "apache2"])
}

/// A server of a copy of `dist/`, at the top and in a folder; it ends when this is dropped.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    /// Where the copy is.
    pub(super) site: PathBuf,
    _folder: TempDir,
    _program: Child,
}

impl Server {
    pub(super) async fn nginx() -> Outcome<Server> {
        Server::start("nginx.conf", nginx, |config| {
            let mut command = Command::new(NGINX);
            command.arg("-e").arg(config.with_file_name("error.log")).arg("-c").arg(config);
            command
        })
        .await
    }

    pub(super) async fn apache() -> Outcome<Server> {
        Server::start("apache2.conf", apache, |config| {
            let mut command = Command::new(APACHE);
            command.arg("-X").arg("-f").arg(config);
            command
        })
        .await
    }

    async fn start(
        name: &str,
        configure: fn(&Path, SocketAddr) -> String,
        command: fn(&Path) -> Command,
    ) -> Outcome<Server> {
        install()?;
        let folder = tempfile::Builder::new().permissions(everybody()).tempdir()?;
        let site = folder.path().join("site");
        for path in tree::files(&tree::dist())? {
            let file = site.join(&path);
            std::fs::create_dir_all(file.parent().unwrap_or(&site))?;
            std::fs::copy(tree::dist().join(&path), file)?;
        }
        let address = TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?;
        let config = folder.path().join(name);
        std::fs::write(&config, configure(folder.path(), address))?;
        let mut program = quiet(&mut command(&config)).spawn()?;
        for _ in 0..100 {
            if TcpStream::connect(address).await.is_ok() {
                return Ok(Server { address, site, _folder: folder, _program: program });
            }
            if program.try_wait()?.is_some() {
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
        let log = std::fs::read_to_string(folder.path().join("error.log")).unwrap_or_default();
        Err(format!("{name}: the server does not start: {log}").into())
    }

    /// What it answers to a path, given how the answer may be compressed.
    pub(super) async fn get(&self, path: &str, encoding: &str) -> Outcome<Response<Bytes>> {
        let request = Request::get(format!("http://{}{path}", self.address)).header("accept-encoding", encoding);
        let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
        let (parts, body) = client.request(request.body(Body::empty())?).await?.into_parts();
        Ok(Response::from_parts(parts, to_bytes(Body::new(body), usize::MAX).await?))
    }
}

/// As a server's folder is: it does not read its files as whoever started it.
fn everybody() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o755)
}

fn nginx(folder: &Path, address: SocketAddr) -> String {
    let inside = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = temporary.map(|kind| format!("{kind}_temp_path {inside}/{kind};")).concat();
    let [_, prefix] = FOLDERS;
    format!(
        "daemon off; master_process off; pid {inside}/pid; events {{}}
         http {{
           access_log off; {temporary}
           server {{
             listen {address}; root {inside}/site; include {inside}/site/recipes/nginx.conf;
             location ^~ {prefix}/ {{ alias {inside}/site/; include {inside}/site/recipes/nginx.conf; }}
           }}
         }}"
    )
}

/// It lists folders, serves every file, and knows no types, as far as the recipe lets it.
fn apache(folder: &Path, address: SocketAddr) -> String {
    let inside = folder.display();
    let modules =
        MODULES.map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")).concat();
    let [_, prefix] = FOLDERS;
    format!(
        "{modules}
         ServerRoot {inside}
         DefaultRuntimeDir {inside}
         PidFile {inside}/pid
         ErrorLog {inside}/error.log
         ServerName localhost
         Listen {address}
         User www-data
         Group www-data
         TypesConfig /dev/null
         DocumentRoot {inside}/site
         Alias {prefix} {inside}/site
         <Directory {inside}/site>
           Options Indexes
           AllowOverride FileInfo Options
           Require all granted
         </Directory>\n"
    )
}
