//! `show`: what would be sent.

use std::io::{ErrorKind, Write};

use inspector_collect::Root;

use crate::arguments::Show;
use crate::failure::Failure;
use crate::{Result, now};

/// Prints the facts of this host and sends nothing.
pub(crate) fn show(arguments: &Show) -> Result<()> {
    let root = match &arguments.root {
        None => Root::live(),
        Some(directory) => Root::directory(directory),
    };
    let root = root.map_err(|error| Failure::because("cannot look at the host", error))?;
    let facts = inspector_collect::collect(&root, now());
    let text = serde_json::to_string_pretty(&facts)
        .map_err(|error| Failure::because("cannot write the facts as JSON", error))?;
    print(&format!("{text}\n"))
}

/// Writes to stdout. A reader that goes away is no failure.
pub(crate) fn print(text: &str) -> Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::because("cannot write to stdout", error)),
        _ => Ok(()),
    }
}
