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
pub(super) fn read(file: &Path) -> Result<HostFacts> {
    let failed = || {
        let help = format!("inspector-agent show > {}", file.display());
        Helpful::new(format!("cannot read `{}`", file.display()), help)
    };
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(failed)?;
    let length = opened.take(LIMIT + 1).read_to_end(&mut bytes).with_context(failed)?;
    if u64::try_from(length).is_ok_and(|length| length > LIMIT) {
        return Err(anyhow!("larger than the limit of {LIMIT} bytes")).with_context(failed);
    }
    let facts: HostFacts = serde_json::from_slice(&bytes).with_context(failed)?;
    if facts.schema != SCHEMA {
        return Err(anyhow!("schema `{}` is not `{SCHEMA}`", facts.schema)).with_context(failed);
    }
    Ok(facts)
}
