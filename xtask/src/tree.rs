//! Where things are.

use std::path::{Path, PathBuf};

use crate::Outcome;

/// By this variable this program is told to work on another checkout than the one that it was made from.
pub(crate) const ROOT: &str = "SHIKAKU_NAVI_ROOT";

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os(ROOT).map_or_else(|| manifest.parent().unwrap_or(manifest).to_path_buf(), PathBuf::from)
}

/// Cargo's folder for what can be made again.
pub(crate) fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The deployable folder.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The page's sources.
pub(crate) fn www() -> PathBuf {
    root().join("www")
}

/// The files of a folder and of those in it, by their paths from there, in order.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            files.extend(self::files(&entry.path())?.iter().map(|file| format!("{name}/{file}")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}
