//! Partition tables: that of the PC's first sector with its chain of logical partitions, and GPT (UEFI specification 2.10,
//! section 5).

use std::fmt;
use std::io::{Read, Seek, SeekFrom};

use crate::root::Section;

/// Limits: partitions of one disk, and bytes of one entry of its table.
const PARTITIONS: u32 = 256;
const ENTRY: u64 = 4096;

/// A part of a disk.
pub(super) struct Partition {
    /// As Linux counts; zero for a disk without a table.
    pub(super) number: u32,
    pub(super) section: Section,
    pub(super) content: Content,
}

impl Partition {
    fn new(number: u32, section: Section) -> Self {
        let content = Content::of(&section);
        Self { number, section, content }
    }

    pub(super) fn name(&self) -> String {
        if self.number == 0 { "the disk".to_owned() } else { format!("partition {}", self.number) }
    }
}

/// What a partition holds, told by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Ext,
    Named(&'static str),
    Unknown,
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ext => "an ext file system",
            Self::Named(name) => name,
            Self::Unknown => "of an unknown kind",
        })
    }
}

/// Where the bytes are that tell what it is.
const CONTENTS: [(u64, &[u8], Content); 10] = [
    (1080, b"\x53\xef", Content::Ext),
    (0, b"XFSB", Content::Named("an XFS file system")),
    (65600, b"_BHRfS_M", Content::Named("a Btrfs file system")),
    (0, b"LUKS\xba\xbe", Content::Named("an encrypted volume (LUKS)")),
    (512, b"LABELONE", Content::Named("a part of a volume group (LVM)")),
    (4086, b"SWAPSPACE2", Content::Named("swap space")),
    (3, b"NTFS    ", Content::Named("an NTFS file system")),
    (54, b"FAT", Content::Named("a FAT file system")),
    (82, b"FAT32", Content::Named("a FAT file system")),
    (0, b"hsqs", Content::Named("a SquashFS file system")),
];

impl Content {
    fn of(section: &Section) -> Self {
        let holds = |at: u64, magic: &[u8]| bytes(section, at, magic.len()).is_some_and(|found| found == magic);
        CONTENTS.iter().find(|(at, magic, _)| holds(*at, magic)).map_or(Self::Unknown, |(_, _, content)| *content)
    }
}

/// Images that are not raw, by their first bytes.
const FORMATS: [(&[u8], &str); 4] =
    [(b"QFI\xfb", "QCOW2"), (b"KDMV", "VMDK"), (b"vhdxfile", "VHDX"), (b"conectix", "VHD")];

/// The partitions of a disk; of one without a table, the whole of it.
pub(super) fn partitions(disk: &Section) -> Result<Vec<Partition>, String> {
    let starts = |magic: &[u8]| bytes(disk, 0, magic.len()).is_some_and(|found| found == magic);
    if let Some((_, format)) = FORMATS.iter().find(|(magic, _)| starts(magic)) {
        return Err(format!("is a {format} image, not a raw one; `qemu-img convert -O raw` makes one of it"));
    }
    // A file system may leave its first sector to a boot loader: it is asked for before a table is.
    let whole = Partition::new(0, disk.clone());
    if whole.content == Content::Ext {
        return Ok(vec![whole]);
    }
    let signed = bytes(disk, 510, 2).is_some_and(|found| found == [0x55, 0xaa]);
    let Some(table) = bytes(disk, 446, 64).filter(|_| signed) else { return Ok(vec![whole]) };
    let entries: Vec<Primary> = table.chunks_exact(16).filter_map(Primary::parse).collect();
    // A FAT file system has the same signature, and its program in the place of the table.
    if whole.content != Content::Unknown && entries.iter().any(|entry| !entry.fits(disk)) {
        return Ok(vec![whole]);
    }
    if entries.iter().any(|entry| entry.kind == Primary::PROTECTIVE) {
        return guid(disk);
    }
    primary(disk, &table)
}

/// An entry of the first sector.
struct Primary {
    kind: u8,
    start: u64,
    length: u64,
}

impl Primary {
    const PROTECTIVE: u8 = 0xee;
    const EXTENDED: [u8; 3] = [0x05, 0x0f, 0x85];
    const SECTOR: u64 = 512;

    fn parse(entry: &[u8]) -> Option<Self> {
        let kind = *entry.get(4)?;
        let sectors = |at: usize| number(entry, at, 4);
        let (start, length) = (sectors(8)? * Self::SECTOR, sectors(12)? * Self::SECTOR);
        (kind != 0 && length > 0).then_some(Self { kind, start, length })
    }

    fn fits(&self, disk: &Section) -> bool {
        self.start + self.length <= disk.length()
    }
}

fn primary(disk: &Section, table: &[u8]) -> Result<Vec<Partition>, String> {
    let mut partitions = Vec::new();
    for (number, entry) in (1..).zip(table.chunks_exact(16)) {
        let Some(entry) = Primary::parse(entry) else { continue };
        if Primary::EXTENDED.contains(&entry.kind) {
            logical(disk, entry.start, &mut partitions)?;
        } else {
            partitions.push(Partition::new(number, disk.part(entry.start, entry.length)));
        }
    }
    partitions.sort_by_key(|partition| partition.number);
    Ok(partitions)
}

/// Logical partitions, each with a sector of its own that names it and the next one.
fn logical(disk: &Section, extended: u64, partitions: &mut Vec<Partition>) -> Result<(), String> {
    let mut at = extended;
    for number in 5..PARTITIONS {
        let Some(table) = bytes(disk, at.saturating_add(446), 66).filter(|it| it.ends_with(&[0x55, 0xaa])) else {
            return Err("has a logical partition without a table".to_owned());
        };
        let mut entries = table.chunks_exact(16).map(Primary::parse);
        if let Some(Some(entry)) = entries.next() {
            partitions.push(Partition::new(number, disk.part(at.saturating_add(entry.start), entry.length)));
        }
        match entries.next() {
            Some(Some(next)) => at = extended.saturating_add(next.start),
            _ => return Ok(()),
        }
    }
    Err(format!("has more than {PARTITIONS} partitions"))
}

fn guid(disk: &Section) -> Result<Vec<Partition>, String> {
    let signed = |sector: &u64| bytes(disk, *sector, 8).is_some_and(|found| found == b"EFI PART");
    let sector = [512, 4096].into_iter().find(signed).ok_or("has a damaged partition table (GPT)")?;
    let header = bytes(disk, sector, 92).ok_or("is cut off")?;
    let field = |at, length| number(&header, at, length).ok_or("is cut off");
    let (table, count, size) = (field(72, 8)?, field(80, 4)?, field(84, 4)?);
    if count > u64::from(PARTITIONS) || !(128..=ENTRY).contains(&size) {
        return Err(format!("has a partition table (GPT) of {count} entries with {size} bytes each"));
    }
    let mut partitions = Vec::new();
    for (number, entry) in (1..).zip(0..count) {
        let at = table.saturating_mul(sector).saturating_add(entry * size);
        let entry = bytes(disk, at, 128).ok_or("is cut off in its partition table (GPT)")?;
        if entry.iter().take(16).all(|byte| *byte == 0) {
            continue;
        }
        let field = |at| self::number(&entry, at, 8).ok_or("is cut off");
        let (first, last) = (field(32)?, field(40)?);
        let length = last.checked_sub(first).ok_or("has a partition that ends before it starts")?;
        let section = disk.part(first.saturating_mul(sector), length.saturating_add(1).saturating_mul(sector));
        partitions.push(Partition::new(number, section));
    }
    Ok(partitions)
}

/// `length` bytes at a position, where there are so many.
fn bytes(section: &Section, at: u64, length: usize) -> Option<Vec<u8>> {
    let mut section = section.clone();
    section.seek(SeekFrom::Start(at)).ok()?;
    let mut bytes = vec![0; length];
    section.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// A number with its lowest byte first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
}
