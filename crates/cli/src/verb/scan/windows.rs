//! A Windows host by what it printed of itself.

use std::path::Path;

use anyhow::{Context, Result};
use inspector_collect::windows::{self, Document};
use inspector_model::Timestamp;
use inspector_model::host::HostFacts;

use super::facts::bounded;
use crate::failure::Helpful;

/// No host prints so much; an export of the whole registry is some hundred megabytes.
const LIMIT: u64 = 512 << 20;

/// Reads the texts that are there, of which there is at least one.
///
/// # Errors
///
/// When one of them cannot be read or is too large. What makes no sense in it is said by the facts.
pub(super) fn read(systeminfo: Option<&Path>, registry: Option<&Path>, now: Timestamp) -> Result<HostFacts> {
    let read = |file: Option<&Path>, help: &'static str| {
        let Some(file) = file else { return Ok(None) };
        let failed = || Helpful::new(format!("cannot read `{}`", file.display()), help);
        bounded(file, LIMIT).with_context(failed).map(|bytes| Some((file.display().to_string(), bytes)))
    };
    let systeminfo = read(systeminfo, "systeminfo > systeminfo.txt")?;
    let registry = read(registry, "reg export HKLM registry.reg")?;
    fn of(read: &(String, Vec<u8>)) -> Document<'_> {
        Document { path: &read.0, bytes: &read.1 }
    }
    Ok(windows::facts(systeminfo.as_ref().map(of), registry.as_ref().map(of), now))
}
