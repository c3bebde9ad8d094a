//! The compiled database: every advisory that was imported, in one immutable file that is used as it lies.
//!
//! Opening reads the section table and the manifest and nothing else; [`Database::verify`] reads everything once. Every
//! access is bounds-checked, and what does not fit is [`Corrupt`], never "not affected".

use std::collections::BTreeSet;
use std::ops::Range;

mod build;
mod file;
mod layout;
mod manifest;
mod strings;

pub use build::{BuildError, Input, build};
pub use file::{Rest, Signature, is_database};
pub use manifest::{Document, Manifest, Refusal};

use crate::advisory::{Cvss, CvssVersion, Epss, Exploited, Lifetime, Score, ScoreSource, Scores};
use file::{Sections, string_in};
use layout::{
    CveRecord, DIGEST, EntryRecord, LifetimeRecord, NONE, PackageRecord, ReleaseRecord, SCHEMA, ScoreRecord, Section,
    StartRecord, SupersedeRecord, VersionRecord,
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
    /// Entries that affect the version, unless they say that they begin with a later one.
    pub affecting: Range<u32>,
    /// Some entry about the package does not begin with the earliest version.
    pub ranged: bool,
}

impl Runs {
    /// Every entry about the package.
    pub(crate) fn all(&self) -> Range<u32> {
        self.before.start..self.affecting.end
    }
}

/// One advisory, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its place among all.
    pub index: u32,
    /// The vulnerability's index, for [`Database::vulnerability`].
    pub cve: u32,
    /// The first affected version; `None` where the earliest is.
    pub introduced: Option<Start<'a>>,
    /// What is said.
    pub state: EntryState<'a>,
    /// The distribution's own word.
    pub word: &'a str,
    /// The advisory's own id; empty where the CVE names it.
    pub advisory: &'a str,
    /// The document that says so.
    pub document: &'a Document,
}

/// A version at which something begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start<'a> {
    /// Its order-preserving key.
    pub key: &'a [u8],
    /// The version as written.
    pub text: &'a str,
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
    /// This version and those before are affected.
    LastAffected(&'a str),
    /// Every version is affected.
    Open,
}

impl<'a> EntryState<'a> {
    /// The first version that is not affected, where there is one.
    pub fn fixed(self) -> Option<&'a str> {
        match self {
            Self::Fixed(version) => Some(version),
            Self::NotAffected | Self::Undetermined | Self::LastAffected(_) | Self::Open => None,
        }
    }
}

impl Database {
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

    /// The documents that speak of a release, in the manifest's order.
    pub fn documents(&self, release: ReleaseIndex) -> Result<Vec<&Document>, Corrupt> {
        let packages = self.table(Section::Packages);
        let first_entry = |index| PackageRecord::read(packages, index).map(|record| record.entries).ok_or(OUTSIDE);
        let ReleaseRecord { packages: first, package_count, .. } = release.0;
        let mut indexes = BTreeSet::new();
        for entry in first_entry(first)?..first_entry(first.saturating_add(package_count))? {
            let record = EntryRecord::read(self.table(Section::Entries), entry).ok_or(OUTSIDE)?;
            indexes.insert(record.document());
        }
        indexes.into_iter().map(|at| self.manifest.documents.get(usize::from(at)).ok_or(OUTSIDE)).collect()
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
            let (before, affecting) = (record.entries..affecting, affecting..next.entries);
            return Ok(Some(Runs { before, affecting, ranged: record.ranged != 0 }));
        }
        Err(Corrupt("a package's entries are out of order"))
    }

    /// A digest of what is said about `package` of `release`, the same in every database that says the same; `None` where no
    /// advisory names the package.
    pub fn digest(&self, release: ReleaseIndex, package: &str) -> Result<Option<u64>, Corrupt> {
        let Some(index) = self.find(release.0, package)? else { return Ok(None) };
        let record = PackageRecord::read(self.table(Section::Packages), index).ok_or(OUTSIDE)?;
        Ok(Some(u64::from(record.digest_high) << 32 | u64::from(record.digest_low)))
    }

    /// Every package of a release with its entries, in the order of names.
    pub fn packages(&self, release: ReleaseIndex) -> Result<Vec<(&str, Range<u32>)>, Corrupt> {
        let ReleaseRecord { packages: first, package_count, .. } = release.0;
        let table = self.table(Section::Packages);
        let record = |index| PackageRecord::read(table, index).ok_or(OUTSIDE);
        let end = first.checked_add(package_count).ok_or(OUTSIDE)?;
        let mut packages = Vec::new();
        for index in first..end {
            let (own, next) = (record(index)?, record(index.saturating_add(1))?);
            packages.push((self.text(own.name)?, own.entries..next.entries));
        }
        Ok(packages)
    }

    /// Every update and one that it takes the place of.
    pub fn supersedes(&self) -> Result<Vec<(&str, &str)>, Corrupt> {
        let table = self.table(Section::Supersedes);
        let mut pairs = Vec::new();
        for index in 0.. {
            let Some(record) = SupersedeRecord::read(table, index) else { break };
            pairs.push((self.text(record.newer)?, self.text(record.older)?));
        }
        Ok(pairs)
    }

    /// What is known about how long `systems` and their packages get updates, and who says so.
    pub fn lifetimes(&self, systems: &[&str]) -> Result<Vec<(Lifetime, &Document)>, Corrupt> {
        let table = self.table(Section::Lifetimes);
        let mut found = Vec::new();
        for index in 0.. {
            let Some(record) = LifetimeRecord::read(table, index) else { break };
            let system = self.text(record.system)?;
            if !systems.contains(&system) {
                continue;
            }
            let lifetime = Lifetime {
                system: system.to_owned(),
                package: self.text(record.package)?.to_owned(),
                until: self.text(record.until)?.to_owned(),
                note: self.text(record.note)?.to_owned(),
            };
            found.push((lifetime, self.manifest.documents.get(record.document as usize).ok_or(OUTSIDE)?));
        }
        Ok(found)
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
        let (words, _) = self.table(Section::Words).as_chunks::<4>();
        let word = words.get(usize::from(record.word())).ok_or(OUTSIDE)?;
        Ok(Entry {
            index,
            cve: record.cve,
            introduced: self.start(record.start)?,
            state: self.state(record.state(), record.version)?,
            word: self.text(u32::from_le_bytes(*word))?,
            advisory: self.text(record.advisory)?,
            document: self.manifest.documents.get(usize::from(record.document())).ok_or(OUTSIDE)?,
        })
    }

    fn start(&self, start: u32) -> Result<Option<Start<'_>>, Corrupt> {
        if start == NONE {
            return Ok(None);
        }
        let record = StartRecord::read(self.table(Section::Starts), start).ok_or(OUTSIDE)?;
        Ok(Some(Start { key: self.string(record.key)?, text: self.text(record.text)? }))
    }

    fn state(&self, state: u8, version: u32) -> Result<EntryState<'_>, Corrupt> {
        let version = || {
            let record = VersionRecord::read(self.table(Section::Versions), version).ok_or(OUTSIDE)?;
            self.text(record.text)
        };
        match state {
            0 => Ok(EntryState::NotAffected),
            1 => Ok(EntryState::Undetermined),
            2 => version().map(EntryState::Fixed),
            3 => Ok(EntryState::Open),
            4 => version().map(EntryState::LastAffected),
            _ => Err(Corrupt("an entry has no known state")),
        }
    }

    /// The index of a vulnerability, where some advisory names it.
    pub fn vulnerability(&self, id: &str) -> Result<Option<u32>, Corrupt> {
        let (mut low, mut high) = (0, u32::try_from(self.table(Section::Cves).len() / CveRecord::SIZE).unwrap_or(0));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.cve_id(middle)?.cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(Some(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(None)
    }

    /// Every entry of a release about a vulnerability, with the name of the package that it is about.
    pub fn entries_about(&self, release: ReleaseIndex, cve: u32) -> Result<Vec<(&str, Entry<'_>)>, Corrupt> {
        let mut found = Vec::new();
        for (package, entries) in self.packages(release)? {
            for index in entries {
                let record = EntryRecord::read(self.table(Section::Entries), index).ok_or(OUTSIDE)?;
                if record.cve == cve {
                    found.push((package, self.entry(index)?));
                }
            }
        }
        Ok(found)
    }

    /// The CVE id of a vulnerability.
    pub fn cve_id(&self, cve: u32) -> Result<&str, Corrupt> {
        self.text(self.cve(cve)?.id)
    }

    /// NVD's own scores of a vulnerability, and whether it has only others.
    pub fn scores(&self, cve: u32) -> Result<(Scores, bool), Corrupt> {
        let all = self.all_scores(cve)?;
        let own = Scores::of_nvd(all.iter());
        let secondary_only = !all.is_empty() && own == Scores::default();
        Ok((own, secondary_only))
    }

    /// Every score of a vulnerability.
    pub fn all_scores(&self, cve: u32) -> Result<Vec<Score>, Corrupt> {
        let record = self.cve(cve)?;
        let end = record.scores.checked_add(record.score_count).ok_or(OUTSIDE)?;
        // A number from a damaged file must not reserve memory.
        let mut scores = Vec::new();
        for index in record.scores..end {
            scores.push(self.score(index)?);
        }
        Ok(scores)
    }

    fn score(&self, index: u32) -> Result<Score, Corrupt> {
        let record = ScoreRecord::read(self.table(Section::Scores), index).ok_or(OUTSIDE)?;
        let [low, high, version, source] = record.facts.to_le_bytes();
        let hundredths = u16::from_le_bytes([low, high]);
        let (Some(version), Some(source)) =
            (CvssVersion::ALL.get(usize::from(version)), ScoreSource::ALL.get(usize::from(source)))
        else {
            return Err(Corrupt("a score is of no known kind"));
        };
        if hundredths > 1000 {
            return Err(Corrupt("a score is above ten"));
        }
        let cvss = Cvss { hundredths, vector: self.text(record.vector)?.to_owned() };
        Ok(Score { source: *source, version: *version, cvss })
    }

    /// How likely it is that somebody exploits a vulnerability, and whether somebody is known to.
    pub fn exploitation(&self, cve: u32) -> Result<(Option<Epss>, Option<Exploited>), Corrupt> {
        let record = self.cve(cve)?;
        let epss = (record.epss != NONE).then_some(Epss { probability: record.epss, percentile: record.percentile });
        let date = |reference| self.text(reference).map(str::to_owned);
        let exploited = match record.exploited {
            NONE => None,
            added => {
                Some(Exploited { added: date(added)?, due: date(record.due)?, ransomware: record.ransomware == 1 })
            }
        };
        Ok((epss, exploited))
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

#[cfg(test)]
mod tests;
