//! The file's layout. All numbers are little-endian.
//!
//! ```text
//! magic (8) · schema (u32) · number of sections (u32) · per section: offset (u64), length (u64)
//! the sections, in the order of `Section`
//! SHA-256 of everything before (32)
//! of a signed file: the Ed25519 key (32) and its signature (64) of what `Signature::message` says
//! ```
//!
//! Tables hold records of 32-bit numbers. A string is a 16-bit length and UTF-8 text; a reference to one is its offset in
//! `Strings`. Within a package, entries stand so that what affects an installed version is one run at the end: not
//! affected, undetermined, what ends by rising end, open.

/// The first bytes of every database.
pub(super) const MAGIC: [u8; 8] = *b"OIADVDB\n";
/// The version of this layout.
pub(super) const SCHEMA: u32 = 4;
/// Bytes of the closing digest.
pub(super) const DIGEST: usize = 32;
/// Bytes of the key and the signature behind it.
pub(super) const SIGNATURE: usize = 96;
/// Magic, schema, number of sections.
pub(super) const PREAMBLE: usize = 16;
/// Bytes of one line of the section table.
pub(super) const SECTION_LINE: usize = 16;

/// The sections in file order. Texts come last, because only findings need them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// What the database was made from: JSON.
    Manifest,
    /// [`ReleaseRecord`]s.
    Releases,
    /// Per release an open-addressing hash table of package indexes plus one; zero is a free slot.
    Slots,
    /// [`PackageRecord`]s, and one more that closes the last.
    Packages,
    /// [`VersionRecord`]s: per package the distinct ends, rising.
    Versions,
    /// [`StartRecord`]s: where what an entry speaks of begins, each once.
    Starts,
    /// [`EntryRecord`]s.
    Entries,
    /// [`CveRecord`]s by rising id.
    Cves,
    /// [`ScoreRecord`]s: per vulnerability a run.
    Scores,
    /// [`SupersedeRecord`]s.
    Supersedes,
    /// [`LifetimeRecord`]s.
    Lifetimes,
    /// References to the distributions' words.
    Words,
    /// Names, versions, keys, ids, vectors, dates.
    Strings,
    /// Descriptions.
    Texts,
}

impl Section {
    pub(super) const ALL: [Self; 14] = [
        Self::Manifest,
        Self::Releases,
        Self::Slots,
        Self::Packages,
        Self::Versions,
        Self::Starts,
        Self::Entries,
        Self::Cves,
        Self::Scores,
        Self::Supersedes,
        Self::Lifetimes,
        Self::Words,
        Self::Strings,
        Self::Texts,
    ];

    /// The size of one record; a section's length is a multiple of it.
    pub(super) const fn record_size(self) -> usize {
        match self {
            Self::Manifest | Self::Strings | Self::Texts => 1,
            Self::Slots | Self::Words => 4,
            Self::Releases => ReleaseRecord::SIZE,
            Self::Packages => PackageRecord::SIZE,
            Self::Versions => VersionRecord::SIZE,
            Self::Entries => EntryRecord::SIZE,
            Self::Cves => CveRecord::SIZE,
            Self::Starts => StartRecord::SIZE,
            Self::Scores => ScoreRecord::SIZE,
            Self::Supersedes => SupersedeRecord::SIZE,
            Self::Lifetimes => LifetimeRecord::SIZE,
        }
    }
}

/// Declares a record of 32-bit numbers.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) struct $name { $($(#[$field_doc])* pub(super) $field: u32),+ }

        impl $name {
            pub(super) const SIZE: usize = [$(stringify!($field)),+].len() * 4;

            pub(super) fn read(table: &[u8], index: u32) -> Option<Self> {
                let at = (index as usize).checked_mul(Self::SIZE)?;
                let (words, _) = table.get(at..at.checked_add(Self::SIZE)?)?.as_chunks::<4>();
                let mut words = words.iter();
                Some(Self { $($field: u32::from_le_bytes(*words.next()?)),+ })
            }

            pub(super) fn write(self, table: &mut Vec<u8>) {
                $(table.extend(self.$field.to_le_bytes());)+
            }
        }
    };
}

record! {
    /// One release.
    ReleaseRecord {
        key,
        /// 1 where a full feed speaks of it, 0 where only the bundled set does.
        complete,
        packages,
        package_count,
        slots,
        /// A power of two.
        slot_count,
    }
}
record! {
    /// One package of one release; each run ends where the next package's begins.
    PackageRecord {
        name,
        versions,
        entries,
        /// Where the entries that affect every version begin.
        open,
        /// 1 where some entry does not speak of the earliest versions.
        ranged,
        /// The first 64 bits of a digest of what the entries say, wherever they stand and whoever says so.
        digest_low,
        digest_high,
    }
}
record! {
    /// One version of one package at which something ends.
    VersionRecord {
        /// Every affected version's key is smaller.
        key,
        text,
        /// The first entry that ends with it.
        entries,
    }
}
record! {
    /// One version at which something begins.
    StartRecord { key, text }
}
record! {
    /// One advisory.
    EntryRecord {
        cve,
        /// [`NONE`] where it has no end.
        version,
        /// [`NONE`] where it begins with the earliest version.
        start,
        advisory,
        /// State (bits 0-3), document (4-15), word (16-31).
        facts,
    }
}
record! {
    /// One vulnerability.
    CveRecord {
        id,
        text,
        scores,
        score_count,
        /// Probability of exploitation in millionths; [`NONE`] where nobody says.
        epss,
        percentile,
        /// Date of its entry in the catalogue of exploited ones; [`NONE`] where it has none.
        exploited,
        due,
        /// 1 where it is used in ransomware campaigns.
        ransomware,
    }
}
record! {
    /// One update and one that it takes the place of.
    SupersedeRecord { newer, older }
}
record! {
    /// Until when a release or a package gets security updates.
    LifetimeRecord { system, package, until, note, document }
}
record! {
    /// One base score.
    ScoreRecord {
        vector,
        /// Hundredths (bits 0-15), CVSS version (16-23), source (24-31), each by its place in the list of all.
        facts,
    }
}

/// The most documents that an entry can name.
pub(super) const MAX_DOCUMENTS: usize = 1 << 12;

impl EntryRecord {
    /// State, position of the document in the manifest, and word, in one number.
    pub(super) const fn pack(state: u8, document: u16, word: u16) -> u32 {
        (state as u32 & 0xf) | (document as u32 & 0xfff) << 4 | (word as u32) << 16
    }

    pub(super) const fn state(self) -> u8 {
        self.facts.to_le_bytes()[0] & 0xf
    }

    /// The position of its document in the manifest.
    pub(super) const fn document(self) -> u16 {
        let [low, high, ..] = self.facts.to_le_bytes();
        u16::from_le_bytes([low, high]) >> 4
    }

    pub(super) const fn word(self) -> u16 {
        let [_, _, low, high] = self.facts.to_le_bytes();
        u16::from_le_bytes([low, high])
    }
}

/// No reference.
pub(super) const NONE: u32 = u32::MAX;
/// The hash by which packages are found (FNV-1a, 32 bits).
pub(super) fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
