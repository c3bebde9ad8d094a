//! SQLite's write-ahead log: pages that were committed and are not in the database yet
//! (<https://www.sqlite.org/fileformat2.html#walformat>).

use super::bytes::{Endian, size, slice};
use crate::source::Malformed;

const MAGIC: u32 = 0x377f_0682;
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The database as its log leaves it. Frames behind the last commit belong to a transaction that never ended.
pub(super) fn merge(mut database: Vec<u8>, log: &[u8]) -> Result<Vec<u8>, Malformed> {
    let magic = Endian::Big.u32(log, 0)?;
    if magic & !1 != MAGIC {
        return Err(damaged());
    }
    // The last bit of the magic number is the byte order of the sums, not that of the log.
    let endian = if magic & 1 == 1 { Endian::Big } else { Endian::Little };
    let page_size = size(Endian::Big.u32(log, 8)?);
    if !page_size.is_power_of_two() || !(512..=65536).contains(&page_size) {
        return Err(damaged());
    }
    let mut sums = checked(endian, (0, 0), slice(log, 0, 24)?, slice(log, 24, 8)?)?;
    let salts = slice(log, 16, 8)?;
    let mut pending = Vec::new();
    for frame in log.get(HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + page_size) {
        let (head, page) = (slice(frame, 0, FRAME_HEADER)?, slice(frame, FRAME_HEADER, page_size)?);
        // What an earlier round of the log left behind.
        if slice(head, 8, 8)? != salts {
            break;
        }
        sums = sum(endian, sums, slice(head, 0, 8)?)?;
        sums = checked(endian, sums, page, slice(head, 16, 8)?)?;
        pending.push((size(Endian::Big.u32(head, 0)?), page));
        let pages = size(Endian::Big.u32(head, 4)?);
        if pages > 0 {
            // Every page beyond the old end stands in the log.
            if pages > (database.len() + log.len()) / page_size {
                return Err(damaged());
            }
            database.resize(pages * page_size, 0);
            for (number, page) in pending.drain(..) {
                let at = number.checked_sub(1).ok_or_else(damaged)?.saturating_mul(page_size);
                // A page may lie beyond an end that a later frame of the same transaction set.
                if let Some(place) = at.checked_add(page_size).and_then(|end| database.get_mut(at..end)) {
                    place.copy_from_slice(page);
                }
            }
        }
    }
    Ok(database)
}

/// The sums with `bytes`, which must be `stored`.
fn checked(endian: Endian, sums: (u32, u32), bytes: &[u8], stored: &[u8]) -> Result<(u32, u32), Malformed> {
    let sums = sum(endian, sums, bytes)?;
    let stored = (Endian::Big.u32(stored, 0)?, Endian::Big.u32(stored, 4)?);
    if sums == stored { Ok(sums) } else { Err(damaged()) }
}

fn sum(endian: Endian, sums: (u32, u32), bytes: &[u8]) -> Result<(u32, u32), Malformed> {
    bytes.chunks_exact(8).try_fold(sums, |(a, b), pair| {
        let a = a.wrapping_add(endian.u32(pair, 0)?).wrapping_add(b);
        Ok((a, b.wrapping_add(endian.u32(pair, 4)?).wrapping_add(a)))
    })
}

fn damaged() -> Malformed {
    Malformed::whole("has a damaged write-ahead log, or one that is being written")
}
