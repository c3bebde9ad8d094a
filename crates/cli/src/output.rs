//! stdout holds results only; everything else goes to stderr.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes a result to `file`, through a temporary file beside it so that nothing half written stays, or to stdout.
pub(crate) fn deliver(result: &(impl AsRef<[u8]> + ?Sized), file: Option<&Path>) -> Result<()> {
    let bytes = result.as_ref();
    match file {
        None => io::stdout().lock().write_all(bytes).context("cannot write to stdout"),
        Some(path) => replace(path, bytes),
    }
}

/// Whether stdout is a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Puts `bytes` at `path`, or leaves what was there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    replace_with_mode(path, bytes, 0o666)
}

/// The same for a secret: only its owner may read the file, at no moment anybody else.
pub(crate) fn replace_secret(path: &Path, bytes: &[u8]) -> Result<()> {
    replace_with_mode(path, bytes, 0o600)
}

/// `mode` is what the file may allow at most; the process's mask applies.
fn replace_with_mode(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary: PathBuf = path.with_file_name(name);
    let create = || OpenOptions::new().write(true).create_new(true).mode(mode).open(&temporary);
    let written = create().and_then(|mut file| file.write_all(bytes)).and_then(|()| std::fs::rename(&temporary, path));
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
