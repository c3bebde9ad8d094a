//! The two tables of an ELF file that say where things are: sections by name, segments by address.

use super::bytes_at;
use crate::root::Contents;

/// Limits: a section's content, and the entries of a table.
pub(super) const SECTION: u64 = 64 << 20;
const ENTRIES: u64 = 0xffff;

/// Where the parts of a program are.
pub(super) struct Program {
    wide: bool,
    big: bool,
    sections: Vec<Section>,
    segments: Vec<Segment>,
}

struct Section {
    name: String,
    start: u64,
    length: u64,
}

struct Segment {
    address: u64,
    start: u64,
    length: u64,
    writable: bool,
}

impl Program {
    /// Reads the header and both tables.
    pub(super) fn read(file: &mut Contents) -> Result<Self, String> {
        let head = bytes_at(file, 0, 64)?;
        let wide = match head.get(4) {
            Some(1) => false,
            Some(2) => true,
            _ => return Err("neither 32 nor 64 bits wide".to_owned()),
        };
        let big = head.get(5) == Some(&2);
        let mut program = Self { wide, big, sections: Vec::new(), segments: Vec::new() };
        // e_phoff, e_shoff, e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx
        let at: [usize; 7] = if wide { [32, 40, 54, 56, 58, 60, 62] } else { [28, 32, 42, 44, 46, 48, 50] };
        let [segments, sections, segment_size, segment_count, section_size, section_count, names] = at;
        let word = |at| program.address(&head, at);
        let half = |at| program.number(&head, at, 2);
        let (segments, sections) = (word(segments)?, word(sections)?);
        let (segment_size, segment_count) = (half(segment_size)?, half(segment_count)?);
        let (section_size, section_count) = (half(section_size)?, half(section_count)?);
        let names = half(names)?;
        let segments = bytes_at(file, segments, segment_size * segment_count)?;
        let sections = bytes_at(file, sections, section_size * section_count)?;
        program.segments = program.read_segments(&segments, segment_size)?;
        program.sections = program.read_sections(file, &sections, section_size, names)?;
        Ok(program)
    }

    fn read_segments(&self, table: &[u8], size: u64) -> Result<Vec<Segment>, String> {
        const LOAD: u64 = 1;
        let mut segments = Vec::new();
        for entry in entries(table, size) {
            if self.number(entry, 0, 4)? == LOAD {
                let (flags, start, address, length) = if self.wide { (4, 8, 16, 32) } else { (24, 4, 8, 16) };
                segments.push(Segment {
                    writable: self.number(entry, flags, 4)? & 2 != 0,
                    start: self.address(entry, start)?,
                    address: self.address(entry, address)?,
                    length: self.address(entry, length)?,
                });
            }
        }
        Ok(segments)
    }

    fn read_sections(&self, file: &mut Contents, table: &[u8], size: u64, names: u64) -> Result<Vec<Section>, String> {
        let (start, length) = if self.wide { (24, 32) } else { (16, 20) };
        let Some(strings) = usize::try_from(names).ok().and_then(|at| entries(table, size).nth(at)) else {
            return Ok(Vec::new());
        };
        let strings = bytes_at(file, self.address(strings, start)?, self.address(strings, length)?.min(SECTION))?;
        entries(table, size)
            .map(|entry| {
                let name = usize::try_from(self.number(entry, 0, 4)?).ok().and_then(|at| strings.get(at..));
                let name = name.and_then(|text| text.split(|byte| *byte == 0).next()).unwrap_or_default();
                Ok(Section {
                    name: String::from_utf8_lossy(name.get(..64).unwrap_or(name)).into_owned(),
                    start: self.address(entry, start)?,
                    length: self.address(entry, length)?,
                })
            })
            .collect()
    }

    /// The content of the section with this name.
    pub(super) fn section(&self, file: &mut Contents, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(section) = self.sections.iter().find(|section| section.name == name) else { return Ok(None) };
        if section.length > SECTION {
            return Err(format!("section `{name}` is larger than the limit of {SECTION} bytes"));
        }
        let bytes = bytes_at(file, section.start, section.length)?;
        let whole = u64::try_from(bytes.len()).is_ok_and(|length| length == section.length);
        if whole { Ok(Some(bytes)) } else { Err(format!("section `{name}` is cut off")) }
    }

    /// The first bytes of the first segment that may be written to.
    pub(super) fn data(&self, file: &mut Contents, length: u64) -> Result<Vec<u8>, String> {
        match self.segments.iter().find(|segment| segment.writable) {
            Some(segment) => bytes_at(file, segment.start, segment.length.min(length)),
            None => Ok(Vec::new()),
        }
    }

    /// What a running program would have at `address`.
    pub(super) fn memory(&self, file: &mut Contents, address: u64, length: u64) -> Result<Vec<u8>, String> {
        let inside = |segment: &&Segment| address.checked_sub(segment.address).is_some_and(|at| at < segment.length);
        let segment = self.segments.iter().find(inside).ok_or("an address outside of the program")?;
        let at = address - segment.address;
        bytes_at(file, segment.start.saturating_add(at), length.min(segment.length - at).min(SECTION))
    }

    /// An address, as wide as the program's.
    pub(super) fn address(&self, bytes: &[u8], at: usize) -> Result<u64, String> {
        self.number(bytes, at, if self.wide { 8 } else { 4 })
    }

    fn number(&self, bytes: &[u8], at: usize, length: usize) -> Result<u64, String> {
        let field = bytes.get(at..at.saturating_add(length)).ok_or("a table that is cut off")?;
        let digit = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        Ok(if self.big { field.iter().fold(0, digit) } else { field.iter().rev().fold(0, digit) })
    }
}

fn entries(table: &[u8], size: u64) -> impl Iterator<Item = &[u8]> {
    let size = usize::try_from(size.min(ENTRIES)).unwrap_or(1).max(1);
    table.chunks_exact(size)
}
