//! A Berkeley DB hash, as rpm kept it until 4.15 (`db_page.h` of Berkeley DB 4 and 5).
//!
//! Every page is looked at, not bucket by bucket. Values hang on hash pages as chains of overflow pages; each overflow page
//! belongs to one value, or records are missing.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::bytes::{Endian, size, slice};
use crate::source::Malformed;

const MAGIC: u32 = 0x0006_1561;
const PAGE_HEADER: usize = 26;

const INVALID_PAGE: u8 = 0;
const UNSORTED_HASH_PAGE: u8 = 2;
const OVERFLOW_PAGE: u8 = 7;
const HASH_META_PAGE: u8 = 8;
const HASH_PAGE: u8 = 13;

const KEY_DATA: u8 = 1;
const OFF_PAGE: u8 = 3;

/// Hands over each header blob.
pub(super) fn records(file: &[u8], each: &mut dyn FnMut(&[u8])) -> Result<(), Malformed> {
    let mut database = Database::new(file)?;
    let mut pairs = 0_u32;
    for page in 1..database.pages {
        match database.kind(page)? {
            HASH_PAGE | UNSORTED_HASH_PAGE => pairs += database.hash_page(page, each)?,
            OVERFLOW_PAGE => {
                database.overflow.insert(page);
            }
            INVALID_PAGE => {}
            other => return Err(Malformed::whole(format!("has a page of the unknown type {other}"))),
        }
    }
    if database.overflow != database.used {
        return Err(Malformed::whole("has values that no key leads to: records are lost"));
    }
    if pairs != database.elements {
        let counted = database.elements;
        return Err(Malformed::whole(format!("says that it holds {counted} records, and {pairs} are there")));
    }
    Ok(())
}

struct Database<'a> {
    file: &'a [u8],
    endian: Endian,
    page_size: usize,
    pages: u32,
    /// Pairs of key and value, as the first page counts them.
    elements: u32,
    /// Overflow pages that are there.
    overflow: BTreeSet<u32>,
    /// Overflow pages that belong to a value.
    used: BTreeSet<u32>,
}

impl<'a> Database<'a> {
    fn new(file: &'a [u8]) -> Result<Self, Malformed> {
        let endian = match (Endian::Little.u32(file, 12)?, Endian::Big.u32(file, 12)?) {
            (MAGIC, _) => Endian::Little,
            (_, MAGIC) => Endian::Big,
            _ => return Err(Malformed::whole("is no Berkeley DB hash")),
        };
        let page_size = size(endian.u32(file, 20)?);
        let [encrypted, kind, flags] = *slice(file, 24, 3)? else {
            return Err(Malformed::whole("has no first page"));
        };
        if !page_size.is_power_of_two() || !(512..=65536).contains(&page_size) || kind != HASH_META_PAGE {
            return Err(Malformed::whole("has a damaged first page"));
        }
        if encrypted != 0 || flags != 0 {
            return Err(Malformed::whole("is encrypted, split or checksummed, which rpm does not do"));
        }
        let pages = endian.u32(file, 32)?.checked_add(1);
        match pages {
            Some(pages) if size(pages).checked_mul(page_size) == Some(file.len()) => {
                let elements = endian.u32(file, 88)?;
                let (overflow, used) = (BTreeSet::new(), BTreeSet::new());
                Ok(Self { file, endian, page_size, pages, elements, overflow, used })
            }
            _ => Err(Malformed::whole("is not as long as its first page says: it is cut off")),
        }
    }

    fn page(&self, number: u32) -> Result<&'a [u8], Malformed> {
        slice(self.file, size(number).saturating_mul(self.page_size), self.page_size)
    }

    /// A page's type. A page that was never written is empty; every other one knows its number.
    fn kind(&self, number: u32) -> Result<u8, Malformed> {
        let page = self.page(number)?;
        let kind = slice(page, 25, 1)?.first().copied().unwrap_or_default();
        let own = self.endian.u32(page, 8)?;
        if own != number && !(own == 0 && kind == INVALID_PAGE) {
            return Err(Malformed::whole(format!("has a damaged page {number}")));
        }
        Ok(kind)
    }

    /// The values of a hash page. Gives the number of pairs.
    fn hash_page(&mut self, number: u32, each: &mut dyn FnMut(&[u8])) -> Result<u32, Malformed> {
        let page = self.page(number)?;
        let damaged = || Malformed::whole(format!("has a damaged page {number}"));
        let count = usize::from(self.endian.u16(page, 20)?);
        let offsets: Vec<usize> = slice(page, PAGE_HEADER, count * 2)?
            .chunks_exact(2)
            .map(|it| self.endian.u16(it, 0).map(usize::from))
            .collect::<Result<_, _>>()?;
        // Items are laid from the end of the page downwards, each up to where the one before starts.
        let mut end = page.len();
        let mut items = Vec::with_capacity(count);
        for offset in offsets {
            let length = end.checked_sub(offset).filter(|length| *length > 0).ok_or_else(damaged)?;
            items.push(slice(page, offset, length)?);
            end = offset;
        }
        if count % 2 != 0 || end < PAGE_HEADER + count * 2 || end != usize::from(self.endian.u16(page, 22)?) {
            return Err(damaged());
        }
        let mut pairs = 0;
        for pair in items.chunks_exact(2) {
            let [key, value] = pair else { return Err(damaged()) };
            pairs += 1;
            let number = match key {
                [KEY_DATA, key @ ..] => self.endian.u32(key, 0)?,
                _ => return Err(damaged()),
            };
            let value = self.value(value)?;
            // Under key 0 rpm keeps the last number that it gave away; no header is that short.
            if number != 0 || value.len() != 4 {
                each(&value);
            }
        }
        Ok(pairs)
    }

    fn value(&mut self, item: &'a [u8]) -> Result<Cow<'a, [u8]>, Malformed> {
        match item {
            [KEY_DATA, value @ ..] => Ok(Cow::Borrowed(value)),
            [OFF_PAGE, ..] => {
                let (first, length) = (self.endian.u32(item, 4)?, self.endian.u32(item, 8)?);
                self.chain(first, size(length)).map(Cow::Owned)
            }
            _ => Err(Malformed::whole("has a value of an unknown type")),
        }
    }

    /// A value of `length` bytes along its overflow pages. Each page is used once, so chains end.
    fn chain(&mut self, first: u32, length: usize) -> Result<Vec<u8>, Malformed> {
        let mut value = Vec::new();
        let mut next = first;
        while next != 0 {
            if self.kind(next)? != OVERFLOW_PAGE || !self.used.insert(next) {
                return Err(Malformed::whole(format!("has a damaged chain at page {next}")));
            }
            let page = self.page(next)?;
            let held = usize::from(self.endian.u16(page, 22)?);
            value.extend_from_slice(slice(page, PAGE_HEADER, held)?);
            next = self.endian.u32(page, 16)?;
        }
        if value.len() == length { Ok(value) } else { Err(Malformed::whole("has a value that is cut off")) }
    }
}
