//! The two tables of an ELF file that say where things are: sections by name, segments by address.

use std::io::{Read, Seek, SeekFrom};

use crate::root::Contents;

/// Limits: a section's content, and the entries of a table.
pub(crate) const SECTION: u64 = 64 << 20;
const ENTRIES: u64 = 0xffff;

/// Where the parts of a program are.
pub(crate) struct Program {
    wide: bool,
    big: bool,
    /// `e_type`.
    kind: u64,
    sections: Vec<Section>,
    segments: Vec<Segment>,
}

struct Section {
    name: String,
    start: u64,
    length: u64,
}

struct Segment {
    kind: u64,
    flags: u64,
    address: u64,
    start: u64,
    length: u64,
}

/// Types of segments (System V ABI, "Program Header"; GNU's extensions).
const LOAD: u64 = 1;
const DYNAMIC: u64 = 2;
const GNU_STACK: u64 = 0x6474_e551;
const GNU_RELRO: u64 = 0x6474_e552;
/// Permissions of segments.
const EXECUTE: u64 = 1;
#[cfg(feature = "languages")]
const WRITE: u64 = 2;

impl Program {
    /// Reads the header and both tables.
    pub(crate) fn read(file: &mut Contents) -> Result<Self, String> {
        let head = bytes_at(file, 0, 64)?;
        let wide = match head.get(4) {
            Some(1) => false,
            Some(2) => true,
            _ => return Err("neither 32 nor 64 bits wide".to_owned()),
        };
        let big = head.get(5) == Some(&2);
        let mut program = Self { wide, big, kind: 0, sections: Vec::new(), segments: Vec::new() };
        program.kind = program.number(&head, 16, 2)?;
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
        let (flags, start, address, length) = if self.wide { (4, 8, 16, 32) } else { (24, 4, 8, 16) };
        entries(table, size)
            .map(|entry| {
                Ok(Segment {
                    kind: self.number(entry, 0, 4)?,
                    flags: self.number(entry, flags, 4)?,
                    start: self.address(entry, start)?,
                    address: self.address(entry, address)?,
                    length: self.address(entry, length)?,
                })
            })
            .collect()
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
    pub(crate) fn section(&self, file: &mut Contents, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(section) = self.sections.iter().find(|section| section.name == name) else { return Ok(None) };
        if section.length > SECTION {
            return Err(format!("section `{name}` is larger than the limit of {SECTION} bytes"));
        }
        let bytes = bytes_at(file, section.start, section.length)?;
        let whole = u64::try_from(bytes.len()).is_ok_and(|length| length == section.length);
        if whole { Ok(Some(bytes)) } else { Err(format!("section `{name}` is cut off")) }
    }

    /// The first bytes of the first segment that may be written to.
    #[cfg(feature = "languages")]
    pub(crate) fn data(&self, file: &mut Contents, length: u64) -> Result<Vec<u8>, String> {
        match self.segments.iter().find(|segment| segment.kind == LOAD && segment.flags & WRITE != 0) {
            Some(segment) => bytes_at(file, segment.start, segment.length.min(length)),
            None => Ok(Vec::new()),
        }
    }

    /// What a running program would have at `address`.
    pub(crate) fn memory(&self, file: &mut Contents, address: u64, length: u64) -> Result<Vec<u8>, String> {
        let inside = |segment: &&Segment| {
            segment.kind == LOAD && address.checked_sub(segment.address).is_some_and(|at| at < segment.length)
        };
        let segment = self.segments.iter().find(inside).ok_or("an address outside of the program")?;
        let at = address - segment.address;
        bytes_at(file, segment.start.saturating_add(at), length.min(segment.length - at).min(SECTION))
    }

    /// Whether it may be loaded anywhere (`ET_DYN`).
    pub(crate) fn position_independent(&self) -> bool {
        const SHARED: u64 = 3;
        self.kind == SHARED
    }

    /// Whether its stack is to be executed; `None` where it does not say.
    pub(crate) fn executable_stack(&self) -> Option<bool> {
        self.segment(GNU_STACK).map(|segment| segment.flags & EXECUTE != 0)
    }

    /// Whether anything is made read-only once it is relocated.
    pub(crate) fn relocation_read_only(&self) -> bool {
        self.segment(GNU_RELRO).is_some()
    }

    /// Tags and values of its dynamic section; empty where it is linked statically.
    pub(crate) fn dynamic(&self, file: &mut Contents) -> Result<Vec<(u64, u64)>, String> {
        let Some(segment) = self.segment(DYNAMIC) else { return Ok(Vec::new()) };
        let width: u64 = if self.wide { 8 } else { 4 };
        let table = bytes_at(file, segment.start, segment.length.min(ENTRIES * 2 * width))?;
        let second = usize::try_from(width).unwrap_or(8);
        entries(&table, 2 * width).map(|entry| Ok((self.address(entry, 0)?, self.address(entry, second)?))).collect()
    }

    fn segment(&self, kind: u64) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.kind == kind)
    }

    /// An address, as wide as the program's.
    pub(crate) fn address(&self, bytes: &[u8], at: usize) -> Result<u64, String> {
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

/// Whether the file starts as every ELF file does.
pub(crate) fn is_elf(file: &mut Contents) -> bool {
    let mut magic = [0; 4];
    file.read_exact(&mut magic).is_ok() && magic == *b"\x7fELF"
}

/// Up to `length` bytes from `start`.
fn bytes_at(file: &mut Contents, start: u64, length: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(|error| error.to_string())?;
    file.take(length).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}
