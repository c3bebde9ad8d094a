//! Numbers out of bytes, each read checked.

use crate::source::Malformed;

/// Byte order of a database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endian {
    Little,
    Big,
}

impl Endian {
    pub(super) fn u16(self, bytes: &[u8], at: usize) -> Result<u16, Malformed> {
        let bytes = array(bytes, at)?;
        Ok(match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        })
    }

    pub(super) fn u32(self, bytes: &[u8], at: usize) -> Result<u32, Malformed> {
        let bytes = array(bytes, at)?;
        Ok(match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        })
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Malformed> {
    slice(bytes, at, N)?.try_into().map_err(|_| cut_off())
}

/// `length` bytes from `at`.
pub(super) fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Malformed> {
    at.checked_add(length).and_then(|end| bytes.get(at..end)).ok_or_else(cut_off)
}

/// A number of bytes or pages as an index.
pub(super) fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

pub(super) fn cut_off() -> Malformed {
    Malformed::whole("is cut off or damaged: an offset leads outside")
}
