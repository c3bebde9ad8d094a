//! Facts that an agent printed: `openinspector.facts/1` in a file.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use inspector_model::host::{HostFacts, SCHEMA};

use crate::failure::Helpful;

/// No host has so much to tell.
const LIMIT: u64 = 64 << 20;

/// Reads what `inspector-agent show` printed.
///
/// # Errors
///
/// When the file cannot be read, is too large, or does not hold facts of this schema.
pub(in crate::verb) fn read(file: &Path) -> Result<HostFacts> {
    let failed = || {
        let help = format!("inspector-agent show > {}", file.display());
        Helpful::new(format!("cannot read `{}`", file.display()), help)
    };
    let bytes = bounded(file, LIMIT).with_context(failed)?;
    let facts: HostFacts = serde_json::from_slice(&bytes).with_context(failed)?;
    if facts.schema != SCHEMA {
        return Err(anyhow!("schema `{}` is not `{SCHEMA}`", facts.schema)).with_context(failed);
    }
    Ok(facts)
}

/// A whole file that may be up to `limit` bytes long.
///
/// # Errors
///
/// When it cannot be read or is longer.
pub(super) fn bounded(file: &Path, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length = std::fs::File::open(file)?.take(limit + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).is_ok_and(|length| length > limit) {
        return Err(anyhow!("larger than the limit of {limit} bytes"));
    }
    Ok(bytes)
}
