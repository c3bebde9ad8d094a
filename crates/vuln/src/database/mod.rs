//! The compiled database: every advisory that was imported, in one immutable file that is used as it lies.
//!
//! Opening reads the section table and the manifest and nothing else; [`Database::verify`] reads everything once. Every
//! access is bounds-checked, and what does not fit is [`Corrupt`], never "not affected".

use std::ops::Range;

use sha2::{Digest, Sha256};

mod build;
mod layout;

pub use build::{BuildError, Input, build};

use crate::advisory::{Cvss, Scores};
use crate::feed::Problem;
use layout::{
    CveRecord, DIGEST, EntryRecord, MAGIC, NONE, PREAMBLE, PackageRecord, ReleaseRecord, SCHEMA, SECTION_LINE, Section,
    UNSCORED, VersionRecord,
};

/// An opened database.
#[derive(Debug)]
pub struct Database {
    /// The whole file, or what stands before the descriptions.
    bytes: Vec<u8>,
    sections: Sections,
    manifest: Manifest,
    /// Where the rest of the file is read from, if not from `bytes`.
    rest: Option<Box<dyn Rest>>,
}

type Sections = [Range<usize>; Section::ALL.len()];

/// Reads the part of a database file that was left out when it was opened: descriptions are most of the file, and only
/// findings need them.
pub trait Rest: std::fmt::Debug + Send + Sync {
    /// The bytes at `range` of the file; `None` where they cannot be read.
    fn read(&self, range: Range<usize>) -> Option<Vec<u8>>;
}

/// What a database was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Sorted by feed and document, the bundled set last.
    pub documents: Vec<Document>,
}

/// One document of one feed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The feed's id.
    pub feed: String,
    /// The document's name within the feed.
    pub document: String,
    /// When it was made; where the feed does not say, when its file was last changed.
    pub dated: Option<inspector_model::Timestamp>,
    /// Of its uncompressed text, in hexadecimal.
    pub sha256: String,
    /// Records in it.
    pub records: usize,
    /// Advisories out of it.
    pub advisories: usize,
    /// Records that could not be read.
    pub skipped: usize,
    /// The first of them.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Feed, document and date in one line, as proofs name them.
    pub fn line(&self) -> String {
        match self.dated {
            Some(dated) => format!("{} {} of {dated}", self.feed, self.document),
            None => format!("{} {}", self.feed, self.document),
        }
    }
}

/// Why a file cannot be opened as a database.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another kind of file.
    #[error("it is not an advisory database")]
    NotADatabase,
    /// Written by a newer program.
    #[error("it has schema version {found}, and this program reads version {SCHEMA}")]
    Schema {
        /// The file's version.
        found: u32,
    },
    /// Cut short or damaged.
    #[error(transparent)]
    Corrupt(#[from] Corrupt),
}

/// Something in the database does not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the advisory database is damaged: {0}")]
pub struct Corrupt(&'static str);

/// A release that the database speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseIndex(ReleaseRecord);

impl ReleaseIndex {
    /// Whether a full feed speaks of it; otherwise only the bundled set does.
    pub fn complete(&self) -> bool {
        self.0.complete == 1
    }
}

/// What the database says about one installed version: two runs of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    /// Entries that do not affect the version, or of which nobody knows: each says which it is.
    pub before: Range<u32>,
    /// Entries that affect the version.
    pub affecting: Range<u32>,
}

/// One advisory, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The vulnerability's index, for [`Database::vulnerability`].
    pub cve: u32,
    /// What is said.
    pub state: EntryState<'a>,
    /// The distribution's own word.
    pub word: &'a str,
    /// The advisory's own id; empty where the CVE names it.
    pub advisory: &'a str,
    /// The document that says so.
    pub document: &'a Document,
}

/// [`crate::advisory::State`] out of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState<'a> {
    /// No version is affected.
    NotAffected,
    /// Nobody knows.
    Undetermined,
    /// Versions before this one are affected.
    Fixed(&'a str),
    /// Every version is affected.
    Open,
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
        let all = [self.bytes.get(before..).unwrap_or_default(), rest.get(texts.end - before..).unwrap_or_default()];
        if all.concat() == digest.finalize().as_slice() { Ok(()) } else { Err(Corrupt("its digest does not fit")) }
    }

    /// What it was made from.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Whether a document of feed `id` is in it.
    pub fn has_feed(&self, id: &str) -> bool {
        self.manifest.documents.iter().any(|document| document.feed == id)
    }

    /// How many advisories it holds.
    pub fn advisory_count(&self) -> usize {
        self.table(Section::Entries).len() / EntryRecord::SIZE
    }

    /// How many bytes matching needs: everything except the descriptions.
    pub fn matching_bytes(&self) -> usize {
        let [.., texts] = &self.sections;
        texts.start + DIGEST
    }

    /// The release with this key, if any advisory speaks of it.
    pub fn release(&self, key: &str) -> Result<Option<ReleaseIndex>, Corrupt> {
        let table = self.table(Section::Releases);
        for index in 0.. {
            let Some(record) = ReleaseRecord::read(table, index) else { break };
            if self.string(record.key)? == key.as_bytes() {
                return Ok(Some(ReleaseIndex(record)));
            }
        }
        Ok(None)
    }

    /// What is said about `package` in version `key` of `release`; `None` where no advisory names the package.
    pub fn lookup(&self, release: ReleaseIndex, package: &str, key: &[u8]) -> Result<Option<Runs>, Corrupt> {
        let Some(index) = self.find(release.0, package)? else { return Ok(None) };
        let packages = self.table(Section::Packages);
        let record = PackageRecord::read(packages, index).ok_or(OUTSIDE)?;
        let next = PackageRecord::read(packages, index.saturating_add(1)).ok_or(OUTSIDE)?;
        let newer = self.first_newer(record.versions, next.versions, key)?;
        let affecting = newer.map_or(record.open, |version| version.entries);
        let end = u32::try_from(self.advisory_count()).unwrap_or(u32::MAX);
        if record.entries <= affecting && affecting <= next.entries && next.entries <= end {
            return Ok(Some(Runs { before: record.entries..affecting, affecting: affecting..next.entries }));
        }
        Err(Corrupt("a package's entries are out of order"))
    }

    /// The package's index, by linear probing from its hash.
    fn find(&self, release: ReleaseRecord, name: &str) -> Result<Option<u32>, Corrupt> {
        let (slots, _) = self.table(Section::Slots).as_chunks::<4>();
        let (start, count) = (release.slots as usize, release.slot_count as usize);
        let slots = slots.get(start..start.saturating_add(count)).ok_or(OUTSIDE)?;
        let Some(mask) = count.checked_sub(1) else { return Ok(None) };
        let mut at = layout::hash(name) as usize & mask;
        for _ in slots {
            let slot = u32::from_le_bytes(*slots.get(at).ok_or(OUTSIDE)?);
            let Some(nth) = slot.checked_sub(1) else { return Ok(None) };
            let index = release.packages.saturating_add(nth);
            let record = PackageRecord::read(self.table(Section::Packages), index).ok_or(OUTSIDE)?;
            if self.string(record.name)? == name.as_bytes() {
                return Ok(Some(index));
            }
            at = (at + 1) & mask;
        }
        Ok(None)
    }

    /// The first fixed version that is newer than `key`.
    fn first_newer(&self, mut low: u32, mut high: u32, key: &[u8]) -> Result<Option<VersionRecord>, Corrupt> {
        let table = self.table(Section::Versions);
        let end = high;
        while low < high {
            let middle = low + (high - low) / 2;
            let record = VersionRecord::read(table, middle).ok_or(OUTSIDE)?;
            if self.string(record.key)? <= key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low == end { Ok(None) } else { VersionRecord::read(table, low).map(Some).ok_or(OUTSIDE) }
    }

    /// One entry of a run.
    pub fn entry(&self, index: u32) -> Result<Entry<'_>, Corrupt> {
        let record = EntryRecord::read(self.table(Section::Entries), index).ok_or(OUTSIDE)?;
        let [state, document, word_low, word_high] = record.facts.to_le_bytes();
        let (words, _) = self.table(Section::Words).as_chunks::<4>();
        let word = words.get(usize::from(u16::from_le_bytes([word_low, word_high]))).ok_or(OUTSIDE)?;
        Ok(Entry {
            cve: record.cve,
            state: self.state(state, record.version)?,
            word: self.text(u32::from_le_bytes(*word))?,
            advisory: self.text(record.advisory)?,
            document: self.manifest.documents.get(usize::from(document)).ok_or(OUTSIDE)?,
        })
    }

    fn state(&self, state: u8, version: u32) -> Result<EntryState<'_>, Corrupt> {
        match state {
            0 => Ok(EntryState::NotAffected),
            1 => Ok(EntryState::Undetermined),
            2 => {
                let record = VersionRecord::read(self.table(Section::Versions), version).ok_or(OUTSIDE)?;
                self.text(record.text).map(EntryState::Fixed)
            }
            3 => Ok(EntryState::Open),
            _ => Err(Corrupt("an entry has no known state")),
        }
    }

    /// The CVE id of a vulnerability.
    pub fn cve_id(&self, cve: u32) -> Result<&str, Corrupt> {
        self.text(self.cve(cve)?.id)
    }

    /// The scores of a vulnerability, and whether there is one that does not count.
    pub fn scores(&self, cve: u32) -> Result<(Scores, bool), Corrupt> {
        let record = self.cve(cve)?;
        let [low2, high2, low3, high3] = record.scores.to_le_bytes();
        let score = |hundredths: u16, vector: u32| -> Result<Option<Cvss>, Corrupt> {
            match hundredths {
                UNSCORED => Ok(None),
                0..=1000 => Ok(Some(Cvss { hundredths, vector: self.text(vector)?.to_owned() })),
                _ => Err(Corrupt("a score is above ten")),
            }
        };
        let v2 = score(u16::from_le_bytes([low2, high2]), record.vector2)?;
        let v3 = score(u16::from_le_bytes([low3, high3]), record.vector3)?;
        Ok((Scores { v2, v3 }, record.secondary_only == 1))
    }

    /// The description of a vulnerability; empty where no feed has one.
    pub fn description(&self, cve: u32) -> Result<String, Corrupt> {
        let reference = self.cve(cve)?.text;
        let text = match &self.rest {
            None => string_in(self.table(Section::Texts), reference)?.to_vec(),
            Some(rest) => self.read_text(rest.as_ref(), reference)?,
        };
        String::from_utf8(text).map_err(|_| NOT_TEXT)
    }

    fn read_text(&self, rest: &dyn Rest, reference: u32) -> Result<Vec<u8>, Corrupt> {
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

    fn cve(&self, index: u32) -> Result<CveRecord, Corrupt> {
        CveRecord::read(self.table(Section::Cves), index).ok_or(OUTSIDE)
    }

    fn table(&self, section: Section) -> &[u8] {
        self.sections.get(section as usize).and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    fn string(&self, reference: u32) -> Result<&[u8], Corrupt> {
        string_in(self.table(Section::Strings), reference)
    }

    fn text(&self, reference: u32) -> Result<&str, Corrupt> {
        std::str::from_utf8(self.string(reference)?).map_err(|_| NOT_TEXT)
    }
}

const OUTSIDE: Corrupt = Corrupt("a reference leads outside of it");
const UNREADABLE: Corrupt = Corrupt("a part of it cannot be read");
const NOT_TEXT: Corrupt = Corrupt("a name is not text");

/// The string at `reference`; [`NONE`] is the empty one.
fn string_in(strings: &[u8], reference: u32) -> Result<&[u8], Corrupt> {
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
    if end.checked_add(DIGEST) == Some(file_length) { Ok(sections) } else { Err(short) }
}

#[cfg(test)]
mod tests;
