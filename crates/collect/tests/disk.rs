//! Disk images, made by the tools of the file system.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use std::path::Path;
use std::process::Command;

use inspector_collect::disk::open;
use inspector_collect::{Root, collect};
use inspector_model::Timestamp;
use inspector_model::host::HostFacts;
use proptest::prelude::*;
use support::{facts_of, tree};

const FILES: [(&str, &str); 5] = [
    ("etc/os-release", "-> ../usr/lib/os-release"),
    ("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n"),
    ("etc/login.defs", "PASS_MAX_DAYS 90\n"),
    ("var/lib/dpkg/status.d/bash", "Package: bash\nVersion: 5.2\nArchitecture: amd64\n"),
    ("var/lib/dpkg/status.d/gone", "-> /srv/nothing"),
];
const MIB: usize = 1 << 20;

/// A file system of this kind with these files, or `None` where its tools are missing.
fn file_system(kind: &str, files: &[(&str, &str)], mib: usize) -> Option<Vec<u8>> {
    let (folder, source) = (tempfile::tempdir().unwrap(), tree(files));
    let path = folder.path().join("image");
    std::fs::write(&path, vec![0; mib * MIB]).unwrap();
    let made = Command::new("mke2fs")
        .env("PATH", "/usr/sbin:/sbin:/usr/bin:/bin")
        .args(["-q", "-F", "-t", kind, "-d"])
        .arg(source.path())
        .arg(&path)
        .status();
    match made {
        Ok(status) => assert!(status.success(), "mke2fs failed"),
        Err(_) => {
            eprintln!("skipped: `mke2fs` is not there");
            return None;
        }
    }
    Some(std::fs::read(path).unwrap())
}

fn system(kind: &str) -> Option<Vec<u8>> {
    file_system(kind, &FILES, 4)
}

fn read(image: &[u8], number: Option<u32>) -> Result<Root, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("disk.img");
    std::fs::write(&path, image).unwrap();
    open(&path, number).map_err(|error| error.to_string())
}

fn facts(image: &[u8], number: Option<u32>) -> HostFacts {
    collect(&read(image, number).unwrap(), Timestamp::from_millis(0))
}

/// What a directory and a file system of the same files have in common: the owner is whoever made the directory.
fn comparable(mut facts: HostFacts) -> HostFacts {
    facts.directories.clear();
    facts
}

/// An entry of the first sector.
fn entry(kind: u8, start: usize, length: usize) -> Vec<u8> {
    let sectors = |bytes: usize| u32::try_from(bytes / 512).unwrap().to_le_bytes();
    [&[0, 0, 0, 0, kind, 0, 0, 0][..], &sectors(start), &sectors(length)].concat()
}

fn table(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut sector = vec![0; 446];
    sector.extend(entries.concat());
    sector.resize(510, 0);
    sector.extend([0x55, 0xaa]);
    sector
}

fn put(disk: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    disk.resize(disk.len().max(at + bytes.len()), 0);
    disk[at..at + bytes.len()].copy_from_slice(bytes);
}

/// A GUID partition table with these parts, in sectors of so many bytes.
fn guid(sector: usize, parts: &[(usize, &[u8])]) -> Vec<u8> {
    let mut disk = table(&[entry(0xee, 512, MIB)]);
    let mut header = vec![0; 92];
    header[..8].copy_from_slice(b"EFI PART");
    header[72..80].copy_from_slice(&2_u64.to_le_bytes());
    header[80..84].copy_from_slice(&128_u32.to_le_bytes());
    header[84..88].copy_from_slice(&128_u32.to_le_bytes());
    put(&mut disk, sector, &header);
    put(&mut disk, 2 * sector, &vec![0; 128 * 128]);
    for (at, (start, content)) in parts.iter().enumerate() {
        let mut entry = vec![1; 32];
        entry.extend(u64::try_from(start / sector).unwrap().to_le_bytes());
        entry.extend(u64::try_from((start + content.len()) / sector - 1).unwrap().to_le_bytes());
        put(&mut disk, 2 * sector + at * 128, &entry);
        put(&mut disk, *start, content);
    }
    disk
}

#[test]
fn a_file_system_says_what_a_directory_of_its_files_says() {
    let expected = comparable(facts_of(tree(&FILES).path()));
    for kind in ["ext2", "ext3", "ext4"] {
        let Some(image) = system(kind) else { return };
        assert_eq!(comparable(facts(&image, None)), expected, "{kind}");
    }
}

#[test]
fn links_and_names_are_walked_as_in_a_directory() {
    let files =
        [("a/b", "1"), ("a/l", "-> ../.."), ("x", "-> /a/l/a/b"), ("loop", "-> loop"), ("far", "-> ../../etc/passwd")];
    let Some(image) = file_system("ext4", &[files.as_slice(), &FILES[1..2]].concat(), 2) else { return };
    let (ours, tree) = (read(&image, None).unwrap(), tree(&files));
    let theirs = Root::directory(tree.path()).unwrap();
    for path in ["/a/b", "x", "a/l/x", "loop", "far", "a/../a/b", "a", "a/b/c", "nothing"] {
        assert_eq!(ours.read(path, 9), theirs.read(path, 9), "{path}");
        assert_eq!(ours.link(path).ok(), theirs.link(path).ok(), "{path}");
    }
    assert_eq!(ours.list("a/l/a"), theirs.list("a/l/a"));
}

#[test]
fn the_partition_that_holds_a_system_is_found_by_every_kind_of_table() {
    let (Some(system), Some(boot)) = (system("ext4"), file_system("ext2", &[("grub/x", "")], 1)) else { return };
    let mut primary = table(&[entry(0x83, MIB, MIB), entry(0x83, 2 * MIB, system.len())]);
    put(&mut primary, MIB, &boot);
    put(&mut primary, 2 * MIB, &system);
    let mut logical = table(&[entry(0x83, MIB, MIB), entry(0x05, 2 * MIB, 10 * MIB)]);
    put(&mut logical, MIB, &boot);
    put(&mut logical, 2 * MIB, &table(&[entry(0x83, MIB, MIB), entry(0x05, 3 * MIB, 5 * MIB)]));
    put(&mut logical, 3 * MIB, &boot);
    put(&mut logical, 5 * MIB, &table(&[entry(0x83, MIB, system.len())]));
    put(&mut logical, 6 * MIB, &system);
    for (what, disk) in [
        ("primary", primary),
        ("logical", logical),
        ("GPT", guid(512, &[(MIB, &boot), (2 * MIB, &system)])),
        ("GPT of large sectors", guid(4096, &[(MIB, &boot), (2 * MIB, &system)])),
    ] {
        assert_eq!(facts(&disk, None).os.seen().unwrap().id, "debian", "{what}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let Some(system) = system("ext4") else { return };
    let two = guid(512, &[(MIB, &system), (6 * MIB, &system)]);
    assert_eq!(read(&two, None).unwrap_err(), "holds several systems, choose a partition: 1, 2");
    assert!(read(&two, Some(2)).is_ok());
    assert!(read(&two, Some(3)).unwrap_err().starts_with("has no partition 3: partition 1 is an ext file system"));
    let xfs = guid(512, &[(MIB, &[b"XFSB".to_vec(), vec![0; 1020]].concat()), (2 * MIB, &vec![0; 4096])]);
    let told = read(&xfs, None).unwrap_err();
    assert!(told.ends_with("partition 1 is an XFS file system, partition 2 is of an unknown kind"), "{told}");
    assert!(read(&xfs, Some(1)).unwrap_err().contains("it is an XFS file system, not ext2"));
    let mut ringed = table(&[entry(0x05, MIB, MIB)]);
    put(&mut ringed, MIB, &table(&[entry(0x83, 512, 512), entry(0x05, 0, MIB)]));
    let mut many = guid(512, &[]);
    many[512 + 80..512 + 84].fill(0xff);
    for (image, why) in [
        (Vec::new(), "the disk is of an unknown kind"),
        (vec![0; MIB], "the disk is of an unknown kind"),
        (table(&[]), "its partition table is empty"),
        ([b"QFI\xfb".to_vec(), vec![0; 2000]].concat(), "is a QCOW2 image"),
        (table(&[entry(0xee, 512, MIB)]), "damaged partition table"),
        (table(&[entry(0x05, 512, MIB)]), "a logical partition without a table"),
        (ringed, "more than 256 partitions"),
        (many, "a partition table (GPT) of 4294967295 entries"),
        (system[..2048].to_vec(), "cannot be read"),
    ] {
        let told = read(&image, None).unwrap_err();
        assert!(told.contains(why), "{why}: {told}");
    }
    assert!(open(Path::new("/dev/null"), None).unwrap_err().to_string().contains("not a regular file"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_file_system_reading_it_ends(flips in prop::collection::vec((0..60_000_usize, any::<u8>()), 1..40)) {
        static IMAGE: std::sync::LazyLock<Option<Vec<u8>>> = std::sync::LazyLock::new(|| file_system("ext4", &FILES, 1));
        let Some(mut image) = IMAGE.clone() else { return Ok(()) };
        for (at, value) in flips {
            image[at] = value;
        }
        if let Ok(root) = read(&image, None) {
            let _ = collect(&root, Timestamp::from_millis(0));
        }
    }
}
