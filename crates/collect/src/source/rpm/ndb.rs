//! ndb, rpm's own form (`lib/backend/ndb/rpmpkg.c`): slots of 16 bytes fill the first pages and point to blobs, each
//! framed and with a checksum.

use super::bytes::{Endian, cut_off, size, slice};
use crate::source::Malformed;

const MAGIC: u32 = u32::from_le_bytes(*b"RpmP");
const SLOT_MAGIC: u32 = u32::from_le_bytes(*b"Slot");
const BLOB_START: u32 = u32::from_le_bytes(*b"BlbS");
const BLOB_END: u32 = u32::from_le_bytes(*b"BlbE");

const PAGE: usize = 4096;
const SLOT: usize = 16;
/// The file header stands in the place of the first two slots.
const HEADER: usize = 2 * SLOT;
const BLOCK: usize = 16;
const BLOB_HEADER: usize = 16;
const BLOB_TAIL: usize = 12;

/// Hands over each header blob.
pub(super) fn records(file: &[u8], each: &mut dyn FnMut(&[u8])) -> Result<(), Malformed> {
    if number(file, 0)? != MAGIC || number(file, 4)? != 0 {
        return Err(Malformed::whole("is no ndb database of a known version"));
    }
    let end = size(number(file, 12)?).checked_mul(PAGE).ok_or_else(cut_off)?;
    let slots = end.checked_sub(HEADER).ok_or_else(cut_off)?;
    let mut indexes = std::collections::BTreeSet::new();
    for slot in slice(file, HEADER, slots)?.chunks_exact(SLOT) {
        if number(slot, 0)? != SLOT_MAGIC {
            return Err(Malformed::whole("has a damaged slot"));
        }
        match (number(slot, 4)?, number(slot, 8)?, number(slot, 12)?) {
            (0, 0, 0) => {}
            (index, offset, blocks) => {
                if !indexes.insert(index) {
                    return Err(Malformed::whole("has two slots for one package"));
                }
                each(blob(file, index, offset, blocks)?);
            }
        }
    }
    // A page more of slots than the header counts.
    if number(file, end).is_ok_and(|magic| magic == SLOT_MAGIC) {
        return Err(Malformed::whole("has more slots than its header says"));
    }
    Ok(())
}

fn blob(file: &[u8], index: u32, offset: u32, blocks: u32) -> Result<&[u8], Malformed> {
    let damaged = || Malformed::whole(format!("has a damaged blob for package {index}"));
    let at = size(offset).checked_mul(BLOCK).ok_or_else(damaged)?;
    let whole = slice(file, at, size(blocks).checked_mul(BLOCK).ok_or_else(damaged)?)?;
    let length = size(number(whole, 12)?);
    if number(whole, 0)? != BLOB_START || number(whole, 4)? != index {
        return Err(damaged());
    }
    let tail = BLOB_HEADER.checked_add(length).ok_or_else(damaged)?;
    let needed = tail.checked_add(BLOB_TAIL).ok_or_else(damaged)?;
    // The tail stands at the end of the last block; what lies between is padding.
    if needed.div_ceil(BLOCK) != size(blocks) {
        return Err(damaged());
    }
    let frame = whole.len().checked_sub(BLOB_TAIL).ok_or_else(damaged)?;
    let checked = slice(whole, 0, frame)?;
    let tail_length = size(number(whole, frame + 4)?);
    if number(whole, frame)? != adler32(checked) || tail_length != length || number(whole, frame + 8)? != BLOB_END {
        return Err(damaged());
    }
    slice(whole, BLOB_HEADER, length)
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Malformed> {
    Endian::Little.u32(bytes, at)
}

/// RFC 1950, section 8.2.
fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    // So many sums stay below 2^32.
    for run in bytes.chunks(5552) {
        for byte in run {
            a += u32::from(*byte);
            b += a;
        }
        a %= 65521;
        b %= 65521;
    }
    b << 16 | a
}
