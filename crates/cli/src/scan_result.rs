//! Reads a result of `inspector scan --format json`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use inspector_report::result::{self, ScanResult};

use crate::failure::Helpful;

/// The largest result that is read, in bytes.
const MAX_BYTES: u64 = 1 << 30;

/// Reads the result in `path`.
pub(crate) fn read(path: &Path) -> Result<ScanResult> {
    let failed = || format!("cannot read `{}`", path.display());
    if fs::metadata(path).with_context(failed)?.len() > MAX_BYTES {
        bail!("cannot read `{}`: larger than {MAX_BYTES} bytes", path.display());
    }
    let text = fs::read_to_string(path).with_context(failed)?;
    result::read(&text).with_context(|| {
        let help = "inspector scan network <SNAPSHOT> --format json --output RESULT";
        Helpful::new(format!("cannot use the result `{}`", path.display()), help)
    })
}
