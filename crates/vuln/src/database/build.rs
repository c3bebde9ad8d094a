//! Compiles parsed documents into a database. The same documents give the same bytes, in whatever order they come.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::layout::{
    CveRecord, EntryRecord, LifetimeRecord, MAGIC, MAX_DOCUMENTS, NONE, PREAMBLE, PackageRecord, ReleaseRecord, SCHEMA,
    SECTION_LINE, ScoreRecord, Section, StartRecord, SupersedeRecord, VersionRecord, hash,
};
use super::strings::{Strings, append_string, count};
use super::{Document, Manifest};
use crate::advisory::{Advisory, CvssVersion, Score, ScoreSource, State, Version, Vulnerability};
use crate::feed::{Parsed, bundled};

/// One document to compile.
#[derive(Debug)]
pub struct Input {
    /// The feed's id.
    pub feed: &'static str,
    /// The document's name within the feed.
    pub document: String,
    /// SHA-256 of the uncompressed text, in hexadecimal.
    pub sha256: String,
    /// When the document was made, or its file last changed.
    pub dated: Option<inspector_model::Timestamp>,
    /// What it holds.
    pub parsed: Parsed,
}

/// How many unreadable records a manifest names.
const NAMED_PROBLEMS: usize = 20;

impl Input {
    fn is_bundled(&self) -> bool {
        self.feed == bundled::ID
    }

    pub(super) fn manifest_entry(&self) -> Document {
        Document {
            feed: self.feed.to_owned(),
            document: self.document.clone(),
            dated: self.dated,
            sha256: self.sha256.clone(),
            records: self.parsed.records,
            advisories: self.parsed.advisories.len(),
            skipped: self.parsed.skipped.len(),
            problems: self.parsed.skipped.iter().take(NAMED_PROBLEMS).cloned().collect(),
        }
    }
}

/// A limit of the layout was reached.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many {0} for one advisory database")]
pub struct BuildError(pub(super) &'static str);

/// Compiles documents into the bytes of a database.
///
/// The bundled set speaks only of releases that no other document speaks of, and its scores and texts stand in only where
/// no other document has any.
pub fn build(mut inputs: Vec<Input>) -> Result<Vec<u8>, BuildError> {
    inputs.sort_by(|a, b| (a.is_bundled(), a.feed, &a.document).cmp(&(b.is_bundled(), b.feed, &b.document)));
    let manifest = Manifest { documents: inputs.iter().map(Input::manifest_entry).collect() };
    let statements = statements(&inputs)?;
    let vulnerabilities = vulnerabilities(&inputs);

    let mut tables = Tables::default();
    let cves = tables.write_cves(&statements, &vulnerabilities)?;
    for of_release in statements.chunk_by(|a, b| a.advisory.release == b.advisory.release) {
        tables.write_release(of_release, &cves)?;
    }
    tables.close_packages()?;
    tables.write_supersedes(&inputs)?;
    tables.write_lifetimes(&inputs)?;
    Ok(tables.into_file(&manifest))
}

/// One advisory and the document that makes it.
struct Statement<'a> {
    advisory: &'a Advisory,
    document: u16,
    bundled: bool,
}

impl<'a> Statement<'a> {
    /// The order of entries, by which what affects a version is a run at the end of its package. Total, so that the
    /// order of arrival does not show.
    fn order(&self) -> impl Ord + use<'a> {
        let it = self.advisory;
        let about = (it.release.key, it.package.as_str(), &it.state, it.cve.as_str(), it.introduced.as_ref());
        (about, self.document, it.word.as_str(), it.advisory.as_str())
    }
}

fn statements(inputs: &[Input]) -> Result<Vec<Statement<'_>>, BuildError> {
    let mut statements = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let document = u16::try_from(index).ok().filter(|_| index < MAX_DOCUMENTS).ok_or(BuildError("documents"))?;
        let bundled = input.is_bundled();
        statements.extend(input.parsed.advisories.iter().map(|advisory| Statement { advisory, document, bundled }));
    }
    let covered: BTreeSet<&str> =
        statements.iter().filter(|it| !it.bundled).map(|it| it.advisory.release.key).collect();
    statements.retain(|it| !it.bundled || !covered.contains(it.advisory.release.key));
    statements.sort_by(|a, b| a.order().cmp(&b.order()));
    statements.dedup_by(|b, a| a.order() == b.order());
    Ok(statements)
}

/// Of everything that statements about one package say about its versions, in their order.
fn digest(statements: &[Statement<'_>]) -> [u32; 2] {
    let mut digest = Sha256::new();
    for Advisory { cve, introduced, state, word, advisory, .. } in statements.iter().map(|it| it.advisory) {
        let (state, version) = match state {
            State::NotAffected => ("n", ""),
            State::Undetermined => ("u", ""),
            State::Fixed(version) => ("f", version.as_str()),
            State::LastAffected(version) => ("l", version.as_str()),
            State::Open => ("o", ""),
        };
        for part in [cve.as_str(), introduced.as_ref().map_or("", Version::as_str), state, version, word, advisory] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
    }
    let digest = digest.finalize();
    let (words, _) = digest.as_slice().as_chunks::<4>();
    let word = |nth: usize| words.get(nth).map_or(0, |word| u32::from_le_bytes(*word));
    [word(0), word(1)]
}

/// Per CVE every score and the first text that the documents have, in manifest order.
fn vulnerabilities(inputs: &[Input]) -> BTreeMap<&str, Vulnerability> {
    let mut merged: BTreeMap<&str, Vulnerability> = BTreeMap::new();
    for input in inputs {
        for vulnerability in &input.parsed.vulnerabilities {
            let known = merged.entry(&vulnerability.cve).or_default();
            if known.description.is_empty() {
                known.description.clone_from(&vulnerability.description);
            }
            if !input.is_bundled() || known.scores.is_empty() {
                let new = vulnerability.scores.iter().filter(|score| !known.scores.contains(score));
                let new: Vec<Score> = new.cloned().collect();
                known.scores.extend(new);
            }
            known.epss = known.epss.or(vulnerability.epss);
            known.exploited = known.exploited.take().or_else(|| vulnerability.exploited.clone());
        }
    }
    merged
}

/// The sections while they grow.
#[derive(Default)]
struct Tables {
    releases: Vec<u8>,
    slots: Vec<u8>,
    packages: Vec<u8>,
    versions: Vec<u8>,
    starts: Vec<u8>,
    entries: Vec<u8>,
    cves: Vec<u8>,
    scores: Vec<u8>,
    supersedes: Vec<u8>,
    lifetimes: Vec<u8>,
    words: Vec<u8>,
    texts: Vec<u8>,
    strings: Strings,
    word_index: BTreeMap<String, u16>,
    start_index: BTreeMap<Version, u32>,
}

impl Tables {
    /// Writes every CVE that an advisory names; gives their indexes.
    fn write_cves<'a>(
        &mut self,
        statements: &[Statement<'a>],
        known: &BTreeMap<&str, Vulnerability>,
    ) -> Result<BTreeMap<&'a str, u32>, BuildError> {
        let mut index: BTreeMap<&str, u32> = statements.iter().map(|it| (it.advisory.cve.as_str(), 0)).collect();
        let nothing = Vulnerability::default();
        for (position, (cve, slot)) in (0..).zip(&mut index) {
            *slot = position;
            let vulnerability = known.get(cve).unwrap_or(&nothing);
            let (epss, exploited) = (vulnerability.epss, vulnerability.exploited.as_ref());
            let (scores, score_count) = self.write_scores(&vulnerability.scores)?;
            let record = CveRecord {
                id: self.strings.reference(cve.as_bytes())?,
                text: append_string(&mut self.texts, vulnerability.description.as_bytes())?,
                scores,
                score_count,
                epss: epss.map_or(NONE, |epss| epss.probability),
                percentile: epss.map_or(NONE, |epss| epss.percentile),
                exploited: self.date(exploited.map(|it| it.added.as_str()))?,
                due: self.date(exploited.map(|it| it.due.as_str()))?,
                ransomware: u32::from(exploited.is_some_and(|it| it.ransomware)),
            };
            record.write(&mut self.cves);
        }
        Ok(index)
    }

    fn date(&mut self, date: Option<&str>) -> Result<u32, BuildError> {
        date.map_or(Ok(NONE), |date| self.strings.reference(date.as_bytes()))
    }

    fn write_scores(&mut self, scores: &[Score]) -> Result<(u32, u32), BuildError> {
        let start = count(&self.scores, ScoreRecord::SIZE)?;
        for Score { source, version, cvss } in scores {
            let source = ScoreSource::ALL.iter().position(|it| it == source).unwrap_or_default();
            let version = CvssVersion::ALL.iter().position(|it| it == version).unwrap_or_default();
            let codes = [version, source].map(|code| u8::try_from(code).unwrap_or_default());
            let ([low, high], [version, source]) = (cvss.hundredths.to_le_bytes(), codes);
            let facts = u32::from_le_bytes([low, high, version, source]);
            ScoreRecord { vector: self.strings.reference(cvss.vector.as_bytes())?, facts }.write(&mut self.scores);
        }
        Ok((start, count(&self.scores, ScoreRecord::SIZE)? - start))
    }

    fn write_release(&mut self, statements: &[Statement<'_>], cves: &BTreeMap<&str, u32>) -> Result<(), BuildError> {
        let Some(first) = statements.first() else { return Ok(()) };
        let packages = count(&self.packages, PackageRecord::SIZE)?;
        let mut names = Vec::new();
        for of_package in statements.chunk_by(|a, b| a.advisory.package == b.advisory.package) {
            names.extend(of_package.first().map(|statement| statement.advisory.package.as_str()));
            self.write_package(of_package, cves)?;
        }
        let (slots, slot_count) = self.write_slots(&names)?;
        let record = ReleaseRecord {
            key: self.strings.reference(first.advisory.release.key.as_bytes())?,
            complete: u32::from(!first.bundled),
            packages,
            package_count: u32::try_from(names.len()).map_err(|_| BuildError("packages"))?,
            slots,
            slot_count,
        };
        record.write(&mut self.releases);
        Ok(())
    }

    /// A hash table that is at most half full. Gives its start and length.
    fn write_slots(&mut self, names: &[&str]) -> Result<(u32, u32), BuildError> {
        let start = count(&self.slots, 4)?;
        let length = (names.len() * 2).next_power_of_two();
        let mut slots = vec![0_u32; length];
        for (nth, name) in (1..).zip(names) {
            let mut at = hash(name) as usize & (length - 1);
            while slots.get(at).is_some_and(|slot| *slot != 0) {
                at = (at + 1) & (length - 1);
            }
            slots.get_mut(at).into_iter().for_each(|slot| *slot = nth);
        }
        slots.iter().for_each(|slot| self.slots.extend(slot.to_le_bytes()));
        Ok((start, u32::try_from(length).map_err(|_| BuildError("packages"))?))
    }

    fn write_package(&mut self, statements: &[Statement<'_>], cves: &BTreeMap<&str, u32>) -> Result<(), BuildError> {
        let Some(first) = statements.first() else { return Ok(()) };
        let entries = count(&self.entries, EntryRecord::SIZE)?;
        let [digest_low, digest_high] = digest(statements);
        let closed = statements.iter().filter(|it| it.advisory.state != State::Open).count();
        let record = PackageRecord {
            name: self.strings.reference(first.advisory.package.as_bytes())?,
            versions: count(&self.versions, VersionRecord::SIZE)?,
            entries,
            open: entries + u32::try_from(closed).map_err(|_| BuildError("advisories"))?,
            ranged: u32::from(statements.iter().any(|it| it.advisory.introduced.is_some())),
            digest_low,
            digest_high,
        };
        record.write(&mut self.packages);
        let mut last = None;
        for statement in statements {
            let state = &statement.advisory.state;
            let version = match state {
                State::Fixed(version) | State::LastAffected(version) => {
                    if last != Some(state) {
                        self.write_version(state, version)?;
                        last = Some(state);
                    }
                    count(&self.versions, VersionRecord::SIZE)? - 1
                }
                State::NotAffected | State::Undetermined | State::Open => NONE,
            };
            self.write_entry(statement, version, cves)?;
        }
        Ok(())
    }

    fn write_version(&mut self, state: &State, version: &Version) -> Result<(), BuildError> {
        let record = VersionRecord {
            key: self.strings.reference(&state.end().unwrap_or_default())?,
            text: self.strings.reference(version.as_str().as_bytes())?,
            entries: count(&self.entries, EntryRecord::SIZE)?,
        };
        record.write(&mut self.versions);
        Ok(())
    }

    fn write_entry(
        &mut self,
        statement: &Statement<'_>,
        version: u32,
        cves: &BTreeMap<&str, u32>,
    ) -> Result<(), BuildError> {
        let advisory = statement.advisory;
        let state = match advisory.state {
            State::NotAffected => 0,
            State::Undetermined => 1,
            State::Fixed(_) => 2,
            State::Open => 3,
            State::LastAffected(_) => 4,
        };
        let record = EntryRecord {
            cve: cves.get(advisory.cve.as_str()).copied().unwrap_or(NONE),
            version,
            start: advisory.introduced.as_ref().map_or(Ok(NONE), |version| self.start(version))?,
            advisory: if advisory.advisory.is_empty() {
                NONE
            } else {
                self.strings.reference(advisory.advisory.as_bytes())?
            },
            facts: EntryRecord::pack(state, statement.document, self.word(&advisory.word)?),
        };
        record.write(&mut self.entries);
        Ok(())
    }

    fn start(&mut self, version: &Version) -> Result<u32, BuildError> {
        if let Some(index) = self.start_index.get(version) {
            return Ok(*index);
        }
        let index = count(&self.starts, StartRecord::SIZE)?;
        let (key, text) = (version.key(), version.as_str().as_bytes());
        StartRecord { key: self.strings.reference(key)?, text: self.strings.reference(text)? }.write(&mut self.starts);
        self.start_index.insert(version.clone(), index);
        Ok(index)
    }

    fn word(&mut self, word: &str) -> Result<u16, BuildError> {
        if let Some(index) = self.word_index.get(word) {
            return Ok(*index);
        }
        let index = u16::try_from(self.word_index.len()).map_err(|_| BuildError("status words"))?;
        self.word_index.insert(word.to_owned(), index);
        self.words.extend(self.strings.reference(word.as_bytes())?.to_le_bytes());
        Ok(index)
    }

    fn write_supersedes(&mut self, inputs: &[Input]) -> Result<(), BuildError> {
        let pairs: BTreeSet<_> = inputs.iter().flat_map(|input| &input.parsed.supersedes).collect();
        for (newer, older) in pairs {
            let record = SupersedeRecord {
                newer: self.strings.reference(newer.as_bytes())?,
                older: self.strings.reference(older.as_bytes())?,
            };
            record.write(&mut self.supersedes);
        }
        Ok(())
    }

    fn write_lifetimes<'i>(&mut self, inputs: &'i [Input]) -> Result<(), BuildError> {
        let of_input =
            |(index, input): (u32, &'i Input)| input.parsed.lifetimes.iter().map(move |lifetime| (lifetime, index));
        let all: BTreeSet<_> = (0..).zip(inputs).flat_map(of_input).collect();
        for (lifetime, document) in all {
            let record = LifetimeRecord {
                system: self.strings.reference(lifetime.system.as_bytes())?,
                package: self.strings.reference(lifetime.package.as_bytes())?,
                until: self.strings.reference(lifetime.until.as_bytes())?,
                note: self.strings.reference(lifetime.note.as_bytes())?,
                document,
            };
            record.write(&mut self.lifetimes);
        }
        Ok(())
    }

    /// One more record, so that the last package's runs have an end.
    fn close_packages(&mut self) -> Result<(), BuildError> {
        let entries = count(&self.entries, EntryRecord::SIZE)?;
        let versions = count(&self.versions, VersionRecord::SIZE)?;
        PackageRecord { name: NONE, versions, entries, open: entries, ranged: 0, digest_low: 0, digest_high: 0 }
            .write(&mut self.packages);
        Ok(())
    }

    fn into_file(self, manifest: &Manifest) -> Vec<u8> {
        let manifest = serde_json::to_vec(manifest).unwrap_or_default();
        let section = |section| match section {
            Section::Manifest => &manifest,
            Section::Releases => &self.releases,
            Section::Slots => &self.slots,
            Section::Packages => &self.packages,
            Section::Versions => &self.versions,
            Section::Starts => &self.starts,
            Section::Entries => &self.entries,
            Section::Cves => &self.cves,
            Section::Scores => &self.scores,
            Section::Supersedes => &self.supersedes,
            Section::Lifetimes => &self.lifetimes,
            Section::Words => &self.words,
            Section::Strings => &self.strings.bytes,
            Section::Texts => &self.texts,
        };
        let mut file = MAGIC.to_vec();
        file.extend(SCHEMA.to_le_bytes());
        file.extend((Section::ALL.len() as u64).to_le_bytes().into_iter().take(4));
        let mut offset = (PREAMBLE + SECTION_LINE * Section::ALL.len()) as u64;
        for length in Section::ALL.map(|it| section(it).len() as u64) {
            file.extend(offset.to_le_bytes());
            file.extend(length.to_le_bytes());
            offset += length;
        }
        Section::ALL.into_iter().for_each(|it| file.extend(section(it)));
        let digest = Sha256::digest(&file);
        file.extend(digest);
        file
    }
}
