//! Strings and records while they are written.

use std::collections::BTreeMap;

use super::build::BuildError;

/// Strings that are stored once.
#[derive(Default)]
pub(super) struct Strings {
    pub(super) bytes: Vec<u8>,
    known: BTreeMap<Vec<u8>, u32>,
}

impl Strings {
    pub(super) fn reference(&mut self, string: &[u8]) -> Result<u32, BuildError> {
        if let Some(reference) = self.known.get(string) {
            return Ok(*reference);
        }
        let reference = append_string(&mut self.bytes, string)?;
        self.known.insert(string.to_vec(), reference);
        Ok(reference)
    }
}

/// Appends a length and a string, cut at a character where it is longer than the length can say; gives its offset.
pub(super) fn append_string(bytes: &mut Vec<u8>, string: &[u8]) -> Result<u32, BuildError> {
    let offset = u32::try_from(bytes.len()).map_err(|_| BuildError("strings"))?;
    let mut cut = string.len().min(usize::from(u16::MAX));
    while cut < string.len() && string.get(cut).is_some_and(|byte| byte & 0xc0 == 0x80) {
        cut -= 1;
    }
    bytes.extend(u16::try_from(cut).unwrap_or(u16::MAX).to_le_bytes());
    bytes.extend(string.get(..cut).unwrap_or_default());
    Ok(offset)
}

/// How many records a table holds.
pub(super) fn count(table: &[u8], record_size: usize) -> Result<u32, BuildError> {
    u32::try_from(table.len() / record_size).map_err(|_| BuildError("records"))
}
