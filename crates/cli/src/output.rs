//! stdout holds results only; everything else goes to stderr.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes a result to `file`, through a temporary file beside it so that nothing half written stays, or to stdout.
pub(crate) fn deliver(text: &str, file: Option<&Path>) -> Result<()> {
    match file {
        None => io::stdout().lock().write_all(text.as_bytes()).context("cannot write to stdout"),
        Some(path) => replace(path, text.as_bytes()),
    }
}

/// Puts `bytes` at `path`, or leaves what was there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary: PathBuf = path.with_file_name(name);
    let written = std::fs::write(&temporary, bytes).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one to tell; the temporary file may not even exist.
        let _gone = std::fs::remove_file(&temporary);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// One line or more to a person.
pub(crate) fn complain(text: &str) {
    // Nobody is left to tell when stderr is closed.
    let _closed = writeln!(io::stderr().lock(), "{text}");
}

/// The width of the terminal behind stdout, from `COLUMNS`; none for a pipe.
pub(crate) fn terminal_width() -> Option<u16> {
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    io::stdout().is_terminal().then(|| columns.unwrap_or(120))
}
