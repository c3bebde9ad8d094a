//! Tape archives, read as a stream: ustar with the extensions of POSIX (`pax(1)`) and GNU.
//!
//! Names are handed over as they stand. Every header is bounded before it is kept, its checksum must agree, and an archive
//! that ends without its end marker is cut off.

use std::io::{self, Read};

const BLOCK: u64 = 512;
/// Limit for one long name or one set of extended attributes.
const HEADER_LIMIT: u64 = 1 << 20;

/// Something to read an archive from, a part of which can be passed over.
pub trait Source: Read {
    /// Passes over `count` bytes.
    ///
    /// # Errors
    ///
    /// When there are fewer, or they cannot be read.
    fn skip(&mut self, count: u64) -> io::Result<()> {
        let passed = io::copy(&mut Read::take(&mut *self, count), &mut io::sink())?;
        if passed == count { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

impl Source for &[u8] {}

/// What an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A second name for an entry before.
    HardLink,
    /// A symbolic link.
    Link,
    /// A directory.
    Directory,
    /// A file whose holes are left out; its content is not pieced together.
    Sparse,
    /// A device or pipe.
    Other,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name as it stands.
    pub name: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// Where a link leads, as it stands.
    pub target: Vec<u8>,
    /// Permission bits.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Seconds since 1970.
    pub modified: i64,
    /// Length of the content.
    pub size: u64,
    /// Where the content starts in the archive.
    pub start: u64,
}

/// Why an archive is not read on.
#[derive(Debug, thiserror::Error)]
pub enum TarError {
    /// The source failed.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// It ends inside an entry or without its end marker.
    #[error("is cut off")]
    CutOff,
    /// It breaks the format at this byte.
    #[error("is no tape archive at byte {0}: {1}")]
    Malformed(u64, &'static str),
}

/// A reader of archives.
pub struct Tar<'a> {
    source: &'a mut dyn Source,
    position: u64,
    /// What is left of the content of the entry that was handed over last, and of the block behind it.
    content: u64,
    padding: u64,
}

impl<'a> Tar<'a> {
    /// Starts at the beginning of `source`.
    pub fn new(source: &'a mut dyn Source) -> Self {
        Self { source, position: 0, content: 0, padding: 0 }
    }

    /// The next entry; `None` at the end marker.
    ///
    /// # Errors
    ///
    /// When the archive is cut off or broken; nothing can be read after that.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, TarError> {
        let mut more = Extension::default();
        loop {
            self.skip(self.content.saturating_add(self.padding))?;
            let Some(header) = self.header()? else {
                let whole = more == Extension::default();
                return if whole { Ok(None) } else { Err(TarError::Malformed(self.position, "a name of no entry")) };
            };
            let size = more.size.unwrap_or(header.size);
            self.content = size;
            self.padding = (BLOCK - size % BLOCK) % BLOCK;
            match header.kind {
                b'x' => more.attributes(&self.extension()?, self.position)?,
                b'g' | b'V' => {}
                b'L' => more.name = Some(text(&self.extension()?)),
                b'K' => more.target = Some(text(&self.extension()?)),
                kind => return self.entry(header, kind, more).map(Some),
            }
        }
    }

    /// The content of the entry that was handed over last.
    pub fn content(&mut self) -> impl Read + '_ {
        Content(self)
    }

    fn entry(&mut self, header: Header, kind: u8, more: Extension) -> Result<Entry, TarError> {
        let name = more.name.unwrap_or(header.name);
        let kind = match kind {
            _ if more.sparse => Kind::Sparse,
            b'1' => Kind::HardLink,
            b'2' => Kind::Link,
            b'3' | b'4' | b'6' => Kind::Other,
            b'5' => Kind::Directory,
            b'S' => {
                self.skip_sparse_map(header.more_sparse)?;
                Kind::Sparse
            }
            // Before there was a type for directories they were told by their slash.
            _ if name.ends_with(b"/") => Kind::Directory,
            _ => Kind::File,
        };
        if matches!(kind, Kind::Link | Kind::Directory | Kind::Other) && more.size.is_none() && header.size > 0 {
            // POSIX leaves it open what the size of such an entry means; no archiver of today writes one.
            return Err(TarError::Malformed(self.position, "an entry with content that has none"));
        }
        Ok(Entry {
            name,
            kind,
            target: more.target.unwrap_or(header.target),
            mode: header.mode & 0o7777,
            uid: more.uid.unwrap_or(header.uid),
            gid: more.gid.unwrap_or(header.gid),
            modified: more.modified.unwrap_or(header.modified),
            size: self.content,
            start: self.position,
        })
    }

    fn header(&mut self) -> Result<Option<Header>, TarError> {
        let at = self.position;
        let block = self.block()?;
        if block.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        Header::parse(&block).map(Some).map_err(|why| TarError::Malformed(at, why))
    }

    fn block(&mut self) -> Result<[u8; 512], TarError> {
        let mut block = [0; 512];
        self.source.read_exact(&mut block).map_err(cut_off)?;
        self.advance(BLOCK)?;
        Ok(block)
    }

    /// The old GNU form has the map of a sparse file between header and content.
    fn skip_sparse_map(&mut self, mut more: bool) -> Result<(), TarError> {
        while more {
            more = self.block()?.get(504).is_some_and(|flag| *flag != 0);
        }
        Ok(())
    }

    /// The content of an entry that says more about the next one.
    fn extension(&mut self) -> Result<Vec<u8>, TarError> {
        if self.content > HEADER_LIMIT {
            return Err(TarError::Malformed(self.position, "a name or attributes longer than 1 MiB"));
        }
        let wanted = self.content;
        let mut bytes = Vec::new();
        self.content().read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length == wanted) { Ok(bytes) } else { Err(TarError::CutOff) }
    }

    fn skip(&mut self, count: u64) -> Result<(), TarError> {
        self.source.skip(count).map_err(cut_off)?;
        (self.content, self.padding) = (0, 0);
        self.advance(count)
    }

    fn advance(&mut self, count: u64) -> Result<(), TarError> {
        let next = self.position.checked_add(count);
        self.position = next.ok_or(TarError::Malformed(self.position, "an entry that never ends"))?;
        Ok(())
    }
}

fn cut_off(error: io::Error) -> TarError {
    if error.kind() == io::ErrorKind::UnexpectedEof { TarError::CutOff } else { TarError::Read(error) }
}

struct Content<'a, 'b>(&'a mut Tar<'b>);

impl Read for Content<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let tar = &mut *self.0;
        let wanted = buffer.len().min(usize::try_from(tar.content).unwrap_or(usize::MAX));
        let Some(buffer) = buffer.get_mut(..wanted).filter(|buffer| !buffer.is_empty()) else { return Ok(0) };
        let count = tar.source.read(buffer)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let count = u64::try_from(count).unwrap_or(0);
        tar.content -= count;
        tar.position += count;
        usize::try_from(count).map_err(io::Error::other)
    }
}

/// One header block.
struct Header {
    name: Vec<u8>,
    target: Vec<u8>,
    kind: u8,
    mode: u32,
    uid: u32,
    gid: u32,
    size: u64,
    modified: i64,
    more_sparse: bool,
}

impl Header {
    fn parse(block: &[u8; 512]) -> Result<Self, &'static str> {
        let field = |from: usize, to: usize| block.get(from..to).unwrap_or_default();
        let sum: u64 = block.iter().enumerate().map(|(at, byte)| checked(at, u64::from(*byte))).sum();
        if number(field(148, 156)) != Some(sum) {
            return Err("the checksum of a header does not agree");
        }
        let name = text(field(0, 100));
        let prefix = text(field(345, 500));
        // Old GNU archives use the place of the prefix for something else.
        let posix = field(257, 263) == b"ustar\0";
        let name = if posix && !prefix.is_empty() { [prefix.as_slice(), b"/", &name].concat() } else { name };
        let id = |from, to| number(field(from, to)).and_then(|id| u32::try_from(id).ok()).unwrap_or(u32::MAX);
        Ok(Self {
            name,
            target: text(field(157, 257)),
            kind: field(156, 157).first().copied().unwrap_or_default(),
            mode: id(100, 108),
            uid: id(108, 116),
            gid: id(116, 124),
            size: number(field(124, 136)).ok_or("an entry without a size")?,
            modified: number(field(136, 148)).and_then(|time| i64::try_from(time).ok()).unwrap_or(0),
            more_sparse: block.get(482).is_some_and(|flag| *flag != 0),
        })
    }
}

/// The checksum counts its own field as blanks.
fn checked(at: usize, byte: u64) -> u64 {
    if (148..156).contains(&at) { u64::from(b' ') } else { byte }
}

/// A text up to its end mark.
fn text(bytes: &[u8]) -> Vec<u8> {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default().to_vec()
}

/// Octal digits between blanks; or, where the first bit is set, the bytes themselves.
fn number(field: &[u8]) -> Option<u64> {
    if let Some((first, rest)) = field.split_first()
        && first & 0x80 != 0
    {
        let start = u64::from(first & 0x7f);
        return rest.iter().try_fold(start, |sum, byte| sum.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    let digits = field.iter().skip_while(|byte| **byte == b' ').take_while(|byte| !matches!(**byte, b' ' | 0));
    digits.copied().try_fold(0_u64, |sum, digit| match digit {
        b'0'..=b'7' => sum.checked_mul(8)?.checked_add(u64::from(digit - b'0')),
        _ => None,
    })
}

/// What entries before it say about an entry.
#[derive(Default, PartialEq)]
struct Extension {
    name: Option<Vec<u8>>,
    target: Option<Vec<u8>>,
    size: Option<u64>,
    uid: Option<u32>,
    gid: Option<u32>,
    modified: Option<i64>,
    sparse: bool,
}

impl Extension {
    /// `length keyword=value\n`, again and again (POSIX.1-2017, pax, "pax Extended Header").
    fn attributes(&mut self, mut bytes: &[u8], at: u64) -> Result<(), TarError> {
        const WRONG: &str = "extended attributes that make no sense";
        while !bytes.is_empty() {
            let (record, rest) = record(bytes).ok_or(TarError::Malformed(at, WRONG))?;
            bytes = rest;
            let (key, value) = record;
            let decimal = || std::str::from_utf8(value).ok()?.parse::<u64>().ok();
            match key {
                b"path" => self.name = Some(value.to_vec()),
                b"linkpath" => self.target = Some(value.to_vec()),
                b"size" => self.size = Some(decimal().ok_or(TarError::Malformed(at, WRONG))?),
                b"uid" => self.uid = decimal().and_then(|id| u32::try_from(id).ok()),
                b"gid" => self.gid = decimal().and_then(|id| u32::try_from(id).ok()),
                b"mtime" => self.modified = std::str::from_utf8(value).ok().and_then(seconds),
                b"GNU.sparse.name" => {
                    self.sparse = true;
                    self.name = Some(value.to_vec());
                }
                key if key.starts_with(b"GNU.sparse.") => self.sparse = true,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whole seconds of a time with a fraction.
fn seconds(time: &str) -> Option<i64> {
    time.split('.').next()?.parse().ok()
}

/// The keyword and value of one record, and what follows it.
#[expect(clippy::type_complexity, reason = "two pairs of slices")]
fn record(bytes: &[u8]) -> Option<((&[u8], &[u8]), &[u8])> {
    let blank = bytes.iter().position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(bytes.get(..blank)?).ok()?.parse().ok()?;
    let (record, rest) = bytes.split_at_checked(length)?;
    let record = record.get(blank + 1..)?.strip_suffix(b"\n")?;
    let equals = record.iter().position(|byte| *byte == b'=')?;
    Some(((record.get(..equals)?, record.get(equals + 1..)?), rest))
}
