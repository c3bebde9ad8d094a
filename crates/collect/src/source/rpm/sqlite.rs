//! SQLite, as much of it as the table `Packages(hnum, blob)` needs: table trees and overflow pages
//! (<https://www.sqlite.org/fileformat2.html>).
//!
//! What SQLite's own integrity check looks for is an error here: pages used twice, row ids out of order, bytes of a page
//! that belong to nothing.

use super::bytes::{Endian, size, slice};
use crate::source::Malformed;

const MAGIC: &[u8] = b"SQLite format 3\0";
const FILE_HEADER: usize = 100;
const INTERIOR: u8 = 5;
const LEAF: u8 = 13;
/// A tree of this depth would hold more rows than a file can.
const MAX_DEPTH: u32 = 20;

/// Hands over each header blob.
pub(super) fn records(file: &[u8], each: &mut dyn FnMut(&[u8])) -> Result<(), Malformed> {
    let mut reader = Reader::new(file)?;
    let (mut packages, mut others) = (None, Vec::new());
    reader.rows(1, &mut |row| {
        let columns = columns(row)?;
        let [kind, name, _, page, ..] = columns.as_slice() else { return Err(damaged("schema")) };
        match (kind.1, name.1) {
            (b"table", b"Packages") if packages.is_none() => packages = Some(unsigned(page.1)?),
            (b"table", b"Packages") => return Err(damaged("schema")),
            (b"table", _) => others.push(unsigned(page.1)?),
            _ => {}
        }
        Ok(())
    })?;
    let packages = packages.ok_or_else(|| Malformed::whole("has no table `Packages`"))?;
    reader.rows(packages, &mut |row| match columns(row)?.as_slice() {
        // The number is the row's id, in whose place a null stands; the blob has an even type.
        [(0, _), (kind, blob)] if *kind >= 12 && kind % 2 == 0 => {
            each(blob);
            Ok(())
        }
        _ => Err(damaged("row of `Packages`")),
    })?;
    // A page of rows that belongs to no table belonged to this one.
    for root in others {
        reader.rows(root, &mut |_| Ok(()))?;
    }
    reader.free_pages()?;
    reader.no_rows_are_left()
}

fn damaged(what: &str) -> Malformed {
    Malformed::whole(format!("has a damaged {what}"))
}

struct Reader<'a> {
    file: &'a [u8],
    page_size: usize,
    /// Bytes of a page that SQLite uses.
    usable: usize,
    /// Which pages were used, by number less one.
    used: Vec<bool>,
}

/// What is done with each row's record.
type Visit<'v> = dyn FnMut(&[u8]) -> Result<(), Malformed> + 'v;

impl<'a> Reader<'a> {
    fn new(file: &'a [u8]) -> Result<Self, Malformed> {
        if !file.starts_with(MAGIC) {
            return Err(Malformed::whole("is no SQLite database"));
        }
        let page_size = match Endian::Big.u16(file, 16)? {
            1 => 65536,
            size => usize::from(size),
        };
        let reserved = slice(file, 20, 1)?.first().copied().unwrap_or_default();
        let usable = page_size.saturating_sub(usize::from(reserved));
        if !page_size.is_power_of_two() || page_size < 512 || usable < 480 || Endian::Big.u32(file, 56)? != 1 {
            return Err(damaged("header"));
        }
        let pages = size(Endian::Big.u32(file, 28)?);
        // The count is kept by every SQLite since 3.7; rpm needs a newer one.
        if pages.checked_mul(page_size) != Some(file.len())
            || Endian::Big.u32(file, 24)? != Endian::Big.u32(file, 92)?
        {
            return Err(Malformed::whole("is not as long as its header says: it is cut off"));
        }
        Ok(Self { file, page_size, usable, used: vec![false; pages] })
    }

    /// A page, once.
    fn page(&mut self, number: u32) -> Result<&'a [u8], Malformed> {
        let index = size(number).checked_sub(1).ok_or_else(|| damaged("page number"))?;
        match self.used.get_mut(index) {
            Some(used) if !*used => *used = true,
            _ => return Err(damaged(&format!("tree: page {number} is not there or used twice"))),
        }
        slice(self.file, index * self.page_size, self.page_size)
    }

    /// Pages that SQLite gave up keep their old content until they are used again.
    fn free_pages(&mut self) -> Result<(), Malformed> {
        let mut next = Endian::Big.u32(self.file, 32)?;
        let mut count = 0;
        while next != 0 {
            let trunk = self.page(next)?;
            next = Endian::Big.u32(trunk, 0)?;
            let leaves = slice(trunk, 8, size(Endian::Big.u32(trunk, 4)?).saturating_mul(4))?;
            for leaf in leaves.chunks_exact(4) {
                self.page(Endian::Big.u32(leaf, 0)?)?;
            }
            count += 1 + leaves.len() / 4;
        }
        if count == size(Endian::Big.u32(self.file, 36)?) { Ok(()) } else { Err(damaged("list of free pages")) }
    }

    fn no_rows_are_left(&self) -> Result<(), Malformed> {
        let mut unused = self.file.chunks_exact(self.page_size).zip(&self.used).filter(|(_, used)| !**used);
        let lost = unused.any(|(page, _)| matches!(page.first(), Some(&LEAF | &INTERIOR)));
        if lost { Err(damaged("tree: it leaves out rows")) } else { Ok(()) }
    }

    /// Every row of the table tree at page `root`.
    fn rows(&mut self, root: u32, visit: &mut Visit<'_>) -> Result<(), Malformed> {
        self.tree(root, MAX_DEPTH, &mut None, visit)
    }

    fn tree(
        &mut self,
        number: u32,
        depth: u32,
        last: &mut Option<u64>,
        visit: &mut Visit<'_>,
    ) -> Result<(), Malformed> {
        let depth = depth.checked_sub(1).ok_or_else(|| damaged("tree: it is too deep"))?;
        let page = self.page(number)?;
        let at = if number == 1 { FILE_HEADER } else { 0 };
        let kind = slice(page, at, 1)?.first().copied().unwrap_or_default();
        let header = match kind {
            LEAF => 8,
            INTERIOR => 12,
            _ => return Err(damaged(&format!("page {number}: it is in no table"))),
        };
        let count = usize::from(Endian::Big.u16(page, at + 3)?);
        let mut spans = Vec::with_capacity(count);
        for pointer in slice(page, at + header, count * 2)?.chunks_exact(2) {
            let start = usize::from(Endian::Big.u16(pointer, 0)?);
            let length = if kind == LEAF {
                self.leaf_cell(page, start, last, visit)?
            } else {
                let child = Endian::Big.u32(page, start)?;
                let (key, length) = varint(page, start + 4)?;
                self.tree(child, depth, last, visit)?;
                ascend(last, key, Ascent::UpTo)?;
                4 + length
            };
            spans.push((start, start + length.max(4)));
        }
        if kind == INTERIOR {
            self.tree(Endian::Big.u32(page, at + 8)?, depth, last, visit)?;
        }
        self.account(page, at, at + header + count * 2, spans).ok_or_else(|| damaged(&format!("page {number}")))
    }

    /// Reads the row at `start` and gives the length of its cell.
    fn leaf_cell(
        &mut self,
        page: &'a [u8],
        start: usize,
        last: &mut Option<u64>,
        visit: &mut Visit<'_>,
    ) -> Result<usize, Malformed> {
        let (total, first) = varint(page, start)?;
        let (id, second) = varint(page, start + first)?;
        ascend(last, id, Ascent::Beyond)?;
        let total = usize::try_from(total).ok().filter(|total| *total <= self.file.len());
        let total = total.ok_or_else(|| damaged("row: it is longer than the file"))?;
        let prefix = first + second;
        let held = self.held(total);
        let local = slice(page, start + prefix, held)?;
        if held == total {
            visit(local)?;
            return Ok(prefix + held);
        }
        let mut row = local.to_vec();
        let mut next = Endian::Big.u32(page, start + prefix + held)?;
        while row.len() < total {
            let overflow = self.page(next)?;
            next = Endian::Big.u32(overflow, 0)?;
            let length = (total - row.len()).min(self.usable - 4);
            row.extend_from_slice(slice(overflow, 4, length)?);
        }
        if next != 0 {
            return Err(damaged("row: its pages go on behind its end"));
        }
        visit(&row)?;
        Ok(prefix + held + 4)
    }

    /// How many bytes of a row of `total` bytes stand in its cell.
    fn held(&self, total: usize) -> usize {
        let most = self.usable - 35;
        if total <= most {
            return total;
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let fitting = least + (total - least) % (self.usable - 4);
        if fitting <= most { fitting } else { least }
    }

    /// Whether cells, free blocks and fragments fill a page's content area exactly: a cell that its count leaves out
    /// shows as a hole.
    fn account(&self, page: &[u8], at: usize, pointers_end: usize, mut spans: Vec<(usize, usize)>) -> Option<()> {
        let number = |at| Endian::Big.u16(page, at).ok().map(usize::from);
        let content = match number(at + 5)? {
            0 => 65536,
            start => start,
        };
        let mut free = number(at + 1)?;
        while free != 0 {
            let (next, length) = (number(free)?, number(free + 2)?);
            spans.push((free, free + length));
            if length < 4 || (next != 0 && next <= free) {
                return None;
            }
            free = next;
        }
        spans.sort_unstable();
        let mut end = content;
        let mut holes = 0;
        for (start, stop) in spans {
            holes += start.checked_sub(end)?;
            end = stop;
        }
        holes += self.usable.checked_sub(end)?;
        let fragments = usize::from(*page.get(at + 7)?);
        (holes == fragments && content >= pointers_end).then_some(())
    }
}

enum Ascent {
    /// A row: its id is larger than all before.
    Beyond,
    /// A key between two children: not smaller than the ids before.
    UpTo,
}

fn ascend(last: &mut Option<u64>, id: u64, ascent: Ascent) -> Result<(), Malformed> {
    let rises = match ascent {
        Ascent::Beyond => last.is_none_or(|last| last < id),
        Ascent::UpTo => last.is_none_or(|last| last <= id),
    };
    *last = Some(id);
    if rises { Ok(()) } else { Err(damaged("tree: its rows are out of order")) }
}

/// A number of one to nine bytes, and how many they are.
fn varint(bytes: &[u8], at: usize) -> Result<(u64, usize), Malformed> {
    let mut value = 0_u64;
    for (length, byte) in (1..=9).zip(bytes.get(at..).unwrap_or_default()) {
        if length == 9 {
            return Ok((value << 8 | u64::from(*byte), 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Ok((value, length));
        }
    }
    Err(super::bytes::cut_off())
}

/// The columns of a record: type and content.
fn columns(record: &[u8]) -> Result<Vec<(u64, &[u8])>, Malformed> {
    let (header, mut at) = varint(record, 0)?;
    let header = usize::try_from(header).ok().filter(|header| *header <= record.len());
    let header = header.ok_or_else(|| damaged("record"))?;
    let mut start = header;
    let mut columns = Vec::new();
    while at < header {
        let (kind, length) = varint(record, at)?;
        at += length;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return Err(damaged("record")),
            _ => (kind - 12) / 2,
        };
        let content = slice(record, start, usize::try_from(length).map_err(|_| damaged("record"))?)?;
        start += content.len();
        columns.push((kind, content));
    }
    if at == header && start == record.len() { Ok(columns) } else { Err(damaged("record")) }
}

fn unsigned(content: &[u8]) -> Result<u32, Malformed> {
    let value = content.iter().try_fold(0_u32, |value, byte| value.checked_mul(256)?.checked_add(u32::from(*byte)));
    value.ok_or_else(|| damaged("schema"))
}
