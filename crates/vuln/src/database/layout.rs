//! The file's layout. All numbers are little-endian.
//!
//! ```text
//! magic (8) · schema (u32) · number of sections (u32) · per section: offset (u64), length (u64)
//! the sections, in the order of `Section`
//! SHA-256 of everything before (32)
//! ```
//!
//! Tables hold records of 32-bit numbers. A string is a 16-bit length and UTF-8 text; a reference to one is its offset in
//! `Strings`. Within a package, entries stand so that what affects an installed version is one run at the end: not
//! affected, undetermined, fixed by rising version, open.

/// The first bytes of every database.
pub(super) const MAGIC: [u8; 8] = *b"OIADVDB\n";
/// The version of this layout.
pub(super) const SCHEMA: u32 = 1;
/// Bytes of the closing digest.
pub(super) const DIGEST: usize = 32;
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
    /// [`VersionRecord`]s: per package the distinct fixed versions, rising.
    Versions,
    /// [`EntryRecord`]s.
    Entries,
    /// [`CveRecord`]s by rising id.
    Cves,
    /// References to the distributions' words.
    Words,
    /// Names, versions, keys, ids, vectors.
    Strings,
    /// Descriptions.
    Texts,
}

impl Section {
    pub(super) const ALL: [Self; 10] = [
        Self::Manifest,
        Self::Releases,
        Self::Slots,
        Self::Packages,
        Self::Versions,
        Self::Entries,
        Self::Cves,
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
        /// Where the entries without a fixed version begin.
        open,
    }
}
record! {
    /// One fixed version of one package.
    VersionRecord {
        key,
        text,
        /// The first entry that is fixed by it.
        entries,
    }
}
record! {
    /// One advisory.
    EntryRecord {
        cve,
        /// [`NONE`] where there is no fixed version.
        version,
        advisory,
        /// State (bits 0-7), document (8-15), word (16-31).
        facts,
    }
}
record! {
    /// One vulnerability.
    CveRecord {
        id,
        text,
        vector2,
        vector3,
        /// CVSS 2 (bits 0-15) and CVSS 3 (16-31) in hundredths; [`UNSCORED`] for none.
        scores,
        /// 1 where it has a score that does not count, see [`crate::advisory::Vulnerability`].
        secondary_only,
    }
}

impl EntryRecord {
    /// The position of its document in the manifest.
    pub(super) const fn document(self) -> u8 {
        let [_, document, ..] = self.facts.to_le_bytes();
        document
    }
}

/// No reference.
pub(super) const NONE: u32 = u32::MAX;
/// No score.
pub(super) const UNSCORED: u16 = u16::MAX;

/// The hash by which packages are found (FNV-1a, 32 bits).
pub(super) fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
