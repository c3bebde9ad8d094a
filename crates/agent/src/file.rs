//! Files that only their owner may read, replaced whole: a crash leaves the old one or the new one.

use std::fs;
use std::io::{Result, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Writes `bytes` beside `path`, makes them durable, and puts them in place. Makes the folder when it is missing.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let temporary = path.with_extension("new");
    // One that a crash left behind may have been made with other permissions.
    let _absent = fs::remove_file(&temporary);
    let written = write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _full = fs::remove_file(&temporary);
    }
    written?;
    fs::File::open(folder)?.sync_all()
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
