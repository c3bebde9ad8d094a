//! Opening a database file, whole or its head alone, and checking its digest.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::layout::{DIGEST, MAGIC, NONE, PREAMBLE, SCHEMA, SECTION_LINE, SIGNATURE, Section};
use super::{Corrupt, Database, OUTSIDE, OpenError, UNREADABLE};

pub(super) type Sections = [Range<usize>; Section::ALL.len()];

/// Reads the part of a database file that was left out when it was opened: descriptions are most of the file, and only
/// findings need them.
pub trait Rest: std::fmt::Debug + Send + Sync {
    /// The bytes at `range` of the file; `None` where they cannot be read.
    fn read(&self, range: Range<usize>) -> Option<Vec<u8>>;
}

impl Database {
    /// Opens a whole file; does no work per record and does not check the digest.
    pub fn open(bytes: Vec<u8>) -> Result<Self, OpenError> {
        let length = bytes.len();
        Self::open_sections(section_table(&bytes, length)?, bytes, None)
    }

    /// Opens a file of `length` bytes of which `head` is the beginning, as long as [`Database::head_length`] says.
    pub fn open_head(head: Vec<u8>, length: usize, rest: Box<dyn Rest>) -> Result<Self, OpenError> {
        let sections = section_table(&head, length)?;
        let [.., texts] = &sections;
        if head.len() < texts.start {
            return Err(Corrupt("it is cut short").into());
        }
        Self::open_sections(sections, head, Some(rest))
    }

    /// How many bytes at the beginning of a file of `length` bytes matching needs. `beginning` is [`Self::BEGINNING`]
    /// bytes long.
    pub fn head_length(beginning: &[u8], length: usize) -> Result<usize, OpenError> {
        section_table(beginning, length).map(|[.., texts]| texts.start)
    }

    /// How many bytes [`Database::head_length`] needs to see.
    pub const BEGINNING: usize = PREAMBLE + SECTION_LINE * Section::ALL.len();

    fn open_sections(sections: Sections, bytes: Vec<u8>, rest: Option<Box<dyn Rest>>) -> Result<Self, OpenError> {
        let [manifest, ..] = &sections;
        let text = bytes.get(manifest.clone()).unwrap_or_default();
        let manifest = serde_json::from_slice(text).map_err(|_| Corrupt("its manifest is unreadable"))?;
        Ok(Self { bytes, sections, manifest, rest })
    }

    /// Checks the digest over the whole file.
    pub fn verify(&self) -> Result<(), Corrupt> {
        let [.., texts] = &self.sections;
        let rest = match &self.rest {
            Some(rest) => rest.read(self.bytes.len()..texts.end + DIGEST).ok_or(UNREADABLE)?,
            None => Vec::new(),
        };
        let mut digest = Sha256::new();
        let before = texts.end.min(self.bytes.len());
        digest.update(self.bytes.get(..before).unwrap_or_default());
        digest.update(rest.get(..texts.end - before).unwrap_or_default());
        let all = [
            self.bytes.get(before..texts.end + DIGEST).unwrap_or_default(),
            rest.get(texts.end - before..).unwrap_or_default(),
        ];
        if all.concat() == digest.finalize().as_slice() { Ok(()) } else { Err(Corrupt("its digest does not fit")) }
    }

    pub(super) fn read_text(&self, rest: &dyn Rest, reference: u32) -> Result<Vec<u8>, Corrupt> {
        let [.., texts] = &self.sections;
        let start = texts.start.checked_add(reference as usize).ok_or(OUTSIDE)?;
        let inside = |length: usize| {
            let end = start.checked_add(2)?.checked_add(length)?;
            (end <= texts.end).then_some(start + 2..end)
        };
        let length = inside(0).and_then(|text| rest.read(start..text.start)).ok_or(UNREADABLE)?;
        let (length, _) = length.split_first_chunk::<2>().ok_or(UNREADABLE)?;
        let text = inside(usize::from(u16::from_le_bytes(*length))).ok_or(OUTSIDE)?;
        rest.read(text).ok_or(UNREADABLE)
    }
}

/// Who has signed a file, and how. Made and checked at the edge: this crate holds no keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The Ed25519 key (RFC 8032).
    pub key: [u8; 32],
    /// Its signature of [`Signature::message`].
    pub signature: [u8; 64],
}

impl Signature {
    /// What is signed: the digest at the end of the file, behind words that no other message begins with. Whoever trusts it
    /// has to compare the digest with the file too, see [`Database::verify`].
    ///
    /// # Errors
    /// Where the bytes are no database.
    pub fn message(file: &[u8]) -> Result<Vec<u8>, OpenError> {
        let [.., texts] = section_table(file, file.len())?;
        let digest = file.get(texts.end..texts.end + DIGEST).unwrap_or_default();
        Ok([b"OpenInspector advisory database ".as_slice(), digest].concat())
    }

    /// The signature of a file; `None` where it has none.
    ///
    /// # Errors
    /// Where the bytes are no database.
    pub fn of(file: &[u8]) -> Result<Option<Self>, OpenError> {
        let [.., texts] = section_table(file, file.len())?;
        let behind = file.get(texts.end + DIGEST..).unwrap_or_default();
        let read = || {
            let (key, rest) = behind.split_first_chunk::<32>()?;
            Some(Self { key: *key, signature: *rest.first_chunk::<64>()? })
        };
        Ok(read())
    }

    /// The file with this signature instead of whatever it had.
    ///
    /// # Errors
    /// Where the bytes are no database.
    pub fn put(&self, mut file: Vec<u8>) -> Result<Vec<u8>, OpenError> {
        let [.., texts] = section_table(&file, file.len())?;
        file.truncate(texts.end + DIGEST);
        file.extend(self.key);
        file.extend(self.signature);
        Ok(file)
    }
}

/// Whether a file that begins so is a database.
pub fn is_database(head: &[u8]) -> bool {
    head.starts_with(&MAGIC)
}

/// The string at `reference`; [`NONE`] is the empty one.
pub(super) fn string_in(strings: &[u8], reference: u32) -> Result<&[u8], Corrupt> {
    if reference == NONE {
        return Ok(&[]);
    }
    let rest = strings.get(reference as usize..).ok_or(OUTSIDE)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(OUTSIDE)?;
    rest.get(..usize::from(u16::from_le_bytes(*length))).ok_or(OUTSIDE)
}

/// Reads and checks the section table of a file of `file_length` bytes: sections lie one after the other, fill the file,
/// and hold whole records.
fn section_table(bytes: &[u8], file_length: usize) -> Result<Sections, OpenError> {
    let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(OpenError::NotADatabase)?;
    if *magic != MAGIC {
        return Err(OpenError::NotADatabase);
    }
    let short = OpenError::Corrupt(Corrupt("it is cut short"));
    let Some((schema, rest)) = rest.split_first_chunk::<4>() else { return Err(short) };
    let found = u32::from_le_bytes(*schema);
    if found != SCHEMA {
        return Err(OpenError::Schema { found });
    }
    let lines = rest.get(4..).unwrap_or_default().as_chunks::<8>().0.as_chunks::<2>().0;
    let mut sections = [const { 0..0 }; Section::ALL.len()];
    let mut end = Database::BEGINNING;
    for ((section, range), line) in Section::ALL.iter().zip(&mut sections).zip(lines) {
        let [offset, length] = line.map(u64::from_le_bytes);
        let (Ok(offset), Ok(length)) = (usize::try_from(offset), usize::try_from(length)) else { return Err(short) };
        if offset != end || length % section.record_size() != 0 {
            return Err(Corrupt("its sections do not follow each other").into());
        }
        end = offset.checked_add(length).ok_or(Corrupt("a section is too long"))?;
        *range = offset..end;
    }
    let plain = end.checked_add(DIGEST);
    let signed = plain.and_then(|plain| plain.checked_add(SIGNATURE));
    if [plain, signed].contains(&Some(file_length)) { Ok(sections) } else { Err(short) }
}
