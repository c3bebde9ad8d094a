//! The rpm database in its three forms, against rpm's own lists where they are at hand, and damaged.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use inspector_collect::Root;
use inspector_collect::source::rpm::{Form, parse};
use inspector_model::host::{Inventory, Package};
use inspector_model::{Fact, Timestamp};
use proptest::prelude::*;
use support::{facts_of, shared, tree, unreadable};

const SQLITE: &[u8] = include_bytes!("fixtures/rpm/rpmdb.sqlite");

fn form(name: &str) -> Form {
    match name {
        name if name.contains(".sqlite") => Form::Sqlite,
        name if name.contains(".ndb") => Form::Ndb,
        _ => Form::Bdb,
    }
}

#[test]
fn real_databases_give_exactly_what_rpm_lists() {
    let Some(folder) = shared("rpmdb") else { return };
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".zst") else { continue };
        let mut decoder = zstd::stream::read::Decoder::new(std::fs::File::open(&path).unwrap()).unwrap();
        decoder.window_log_max(27).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut decoder, &mut bytes).unwrap();
        let inventory = parse(&bytes, "/db", form(stem)).unwrap_or_else(|error| panic!("{name}: {}", error.why));
        assert_eq!(inventory.problems, [], "{name}");
        let mut ours: Vec<String> = inventory.packages.iter().map(line).collect();
        ours.sort();
        let list = std::fs::read_to_string(path.with_file_name(format!("{stem}.nevra.tsv"))).unwrap();
        let mut theirs: Vec<&str> = list.lines().collect();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{name}");
        count += 1;
    }
    assert!(count > 0, "no database in the folder");
}

/// A package as the lists write it. Where a header names no source, the lists do not either; ours is then the package.
fn line(package: &Package) -> String {
    let (epoch, rest) = package.version.split_once(':').unwrap_or(("0", &package.version));
    let (version, release) = rest.rsplit_once('-').unwrap();
    let source = format!("{}-{}.src.rpm", package.source, package.source_version);
    let module = package.module.as_deref().unwrap_or("(none)");
    [&package.name, epoch, version, release, &package.architecture, &source, module].join("\t")
}

#[test]
fn the_fixture_is_read_with_epoch_vendor_module_and_source() {
    let inventory = parse(SQLITE, "/db", Form::Sqlite).unwrap();
    assert_eq!((inventory.packages.len(), inventory.problems.len()), (11, 0));
    let package = inventory.packages.iter().find(|package| package.name == "pack12").unwrap();
    assert_eq!(package.version, "12:1.2-12.el9");
    assert_eq!((&*package.source, &*package.source_version), ("source12", "1.2-12.el9"));
    assert_eq!(package.maintainer.as_deref(), Some("Example"));
    assert_eq!(package.module.as_deref(), Some("mod:1:2:3"));
    assert!(inventory.packages.iter().all(|package| package.name != "gpg-pubkey"));
}

/// A header with these text tags.
fn header(tags: &[(u32, &str)]) -> Vec<u8> {
    let (mut index, mut data) = (Vec::new(), Vec::new());
    for (tag, text) in tags {
        for number in [*tag, 6, data.len() as u32, 1] {
            index.extend(number.to_be_bytes());
        }
        data.extend(text.as_bytes());
        data.push(0);
    }
    [&(tags.len() as u32).to_be_bytes()[..], &(data.len() as u32).to_be_bytes(), &index, &data].concat()
}

fn headers() -> Vec<Vec<u8>> {
    let words = ["one", "two", "three"];
    words
        .map(|name| header(&[(1000, name), (1001, "1"), (1002, "2"), (1022, "noarch"), (1004, &"text ".repeat(150))]))
        .into()
}

fn little(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// An ndb database of one slot page.
fn ndb() -> Vec<u8> {
    let magic = |word: &[u8; 4]| u32::from_le_bytes(*word);
    let (mut slots, mut blobs) = (little(&[magic(b"RpmP"), 0, 1, 1, 4, 0, 0, 0]), Vec::new());
    for (index, header) in (1..).zip(headers()) {
        let mut blob = little(&[magic(b"BlbS"), index, 1, header.len() as u32]);
        blob.extend(&header);
        blob.resize((blob.len() + 12).div_ceil(16) * 16 - 12, 0);
        let (a, b) = blob.iter().fold((1_u32, 0_u32), |(a, b), byte| {
            let a = (a + u32::from(*byte)) % 65521;
            (a, (a + b) % 65521)
        });
        blob.extend(little(&[b << 16 | a, header.len() as u32, magic(b"BlbE")]));
        slots.extend(little(&[magic(b"Slot"), index, ((4096 + blobs.len()) / 16) as u32, (blob.len() / 16) as u32]));
        blobs.extend(blob);
    }
    while slots.len() < 4096 {
        slots.extend(little(&[magic(b"Slot"), 0, 0, 0]));
    }
    [slots, blobs].concat()
}

/// A Berkeley DB hash of one hash page and the overflow pages.
fn bdb() -> Vec<u8> {
    let page = |number: u32, next: u32, entries: u16, offset: u16, kind: u8| {
        let mut page = little(&[0, 0, number, 0, next]);
        page.extend(entries.to_le_bytes());
        page.extend(offset.to_le_bytes());
        page.extend([0, kind]);
        page
    };
    let mut overflow = Vec::new();
    let mut items = vec![vec![1, 0, 0, 0, 0], vec![1, 3, 0, 0, 0]];
    let mut number = 2;
    for (key, header) in (1_u32..).zip(headers()) {
        items.push([vec![1], little(&[key])].concat());
        items.push([vec![3, 0, 0, 0], little(&[number, header.len() as u32])].concat());
        let count = header.chunks(512 - 26).count();
        for (at, part) in header.chunks(512 - 26).enumerate() {
            let next = if at + 1 == count { 0 } else { number + 1 };
            let mut bytes = page(number, next, 1, part.len() as u16, 7);
            bytes.extend(part);
            bytes.resize(512, 0);
            overflow.extend(bytes);
            number += 1;
        }
    }
    let (mut offsets, mut content, mut end) = (Vec::new(), Vec::new(), 512);
    for item in &items {
        end -= item.len();
        offsets.extend((end as u16).to_le_bytes());
        content.splice(0..0, item.iter().copied());
    }
    let mut hash = page(1, 0, items.len() as u16, end as u16, 13);
    hash.extend(offsets);
    hash.resize(end, 0);
    hash.extend(content);
    let mut meta = little(&[0, 0, 0, 0x0006_1561, 9, 512, 0x0000_0800, 0, number - 1]);
    meta.resize(88, 0);
    meta.extend(little(&[4]));
    meta.resize(512, 0);
    [meta, hash, overflow].concat()
}

fn fixtures() -> [(Form, Vec<u8>, usize); 3] {
    [(Form::Sqlite, SQLITE.to_vec(), 11), (Form::Ndb, ndb(), 3), (Form::Bdb, bdb(), 3)]
}

fn count(inventory: &Inventory) -> usize {
    inventory.packages.len() + inventory.problems.len()
}

#[test]
fn small_databases_of_all_forms_are_read_whole() {
    for (form, bytes, packages) in fixtures() {
        let inventory = parse(&bytes, "/db", form).unwrap_or_else(|error| panic!("{form:?}: {}", error.why));
        assert_eq!((inventory.packages.len(), inventory.problems.len()), (packages, 0), "{form:?}");
    }
}

#[test]
fn a_database_that_is_cut_off_anywhere_is_unreadable() {
    for (form, bytes, _) in fixtures() {
        for length in 0..bytes.len() {
            assert!(parse(&bytes[..length], "/db", form).is_err(), "{form:?} cut after {length} bytes");
        }
    }
}

#[test]
fn no_flipped_bit_hides_a_package() {
    for (form, mut bytes, packages) in fixtures() {
        for at in 0..bytes.len() {
            for flips in [1, 0x10, 0x80] {
                bytes[at] ^= flips;
                if let Ok(inventory) = parse(&bytes, "/db", form) {
                    assert!(count(&inventory) >= packages, "{form:?}: byte {at} with {flips} flipped hides a package");
                }
                bytes[at] ^= flips;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn overwritten_bytes_never_hide_a_package_or_end_the_program(
        which in 0_usize..3,
        writes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&[0_u8, 1, 2, 7, 13, 16, 127, 128, 255][..])), 1..6),
    ) {
        let (form, mut bytes, packages) = fixtures()[which].clone();
        for (at, byte) in writes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(inventory) = parse(&bytes, "/db", form) {
            prop_assert!(count(&inventory) >= packages, "{:?}", form);
        }
    }

    #[test]
    fn any_bytes_behind_a_right_beginning_end_in_an_answer(which in 0_usize..3, tail in prop::collection::vec(any::<u8>(), 0..1024)) {
        let (form, bytes, _) = fixtures()[which].clone();
        let mut bytes = bytes[..100].to_vec();
        bytes.extend(tail);
        let _ = parse(&bytes, "/db", form);
    }
}

/// The facts of a root with these binary files.
fn packages_of(files: &[(&str, &[u8])]) -> Fact<Inventory> {
    let folder = tree(&[("var/lib/rpm/", ""), ("usr/lib/sysimage/rpm/", "")]);
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    facts_of(folder.path()).packages
}

#[test]
fn a_host_with_an_rpm_database_has_its_packages() {
    for (name, bytes, packages) in
        [("rpmdb.sqlite", SQLITE.to_vec(), 11), ("Packages.db", ndb(), 3), ("Packages", bdb(), 3)]
    {
        let Fact::Seen { value, at } = packages_of(&[(&format!("var/lib/rpm/{name}"), &bytes)]) else {
            panic!("{name} is not read")
        };
        assert_eq!((value.packages.len(), at.path), (packages, format!("/var/lib/rpm/{name}")));
    }
}

const LOGGED: &[u8] = include_bytes!("fixtures/rpm/logged.sqlite");
const LOG: &[u8] = include_bytes!("fixtures/rpm/logged.sqlite-wal");

fn logged(log: &[u8]) -> Fact<Inventory> {
    packages_of(&[("var/lib/rpm/rpmdb.sqlite", LOGGED), ("var/lib/rpm/rpmdb.sqlite-wal", log)])
}

fn names(fact: &Fact<Inventory>) -> Vec<&str> {
    fact.seen().unwrap().packages.iter().map(|package| package.name.as_str()).collect()
}

#[test]
fn what_stands_committed_in_the_write_ahead_log_counts() {
    assert_eq!(names(&logged(b"")), ["first"]);
    assert_eq!(names(&logged(LOG)), ["second", "third"]);
}

#[test]
fn a_transaction_that_did_not_end_does_not_count() {
    let frame = 24 + 512;
    // Whole frames alone: a log grows by frames, and the commit is in the last one.
    let cut = LOG.len() - frame;
    assert_eq!(names(&logged(&LOG[..cut])), ["first", "second", "third"]);
}

#[test]
fn a_damaged_log_or_a_journal_makes_the_database_unreadable() {
    for at in (0..32).chain([32, 36, 48, 60, LOG.len() - 1]) {
        let mut log = LOG.to_vec();
        log[at] ^= 0x10;
        let (path, why) = unreadable(&logged(&log));
        assert_eq!(path, "/var/lib/rpm/rpmdb.sqlite");
        assert!(why.contains("write-ahead log"), "byte {at}: {why}");
    }
    let beside = ("var/lib/rpm/rpmdb.sqlite-journal", &b"x"[..]);
    let (_, why) = unreadable(&packages_of(&[("var/lib/rpm/rpmdb.sqlite", SQLITE), beside]));
    assert!(why.contains("undone"), "{why}");
}

#[test]
fn a_second_database_is_a_problem_and_a_linked_folder_is_none() {
    let fact = packages_of(&[("var/lib/rpm/Packages.db", &ndb()), ("usr/lib/sysimage/rpm/rpmdb.sqlite", SQLITE)]);
    let inventory = fact.seen().unwrap();
    assert_eq!((inventory.packages.len(), inventory.problems.len()), (11, 1));
    let folder = tree(&[("usr/lib/sysimage/rpm/", ""), ("var/lib/rpm", "-> ../../usr/lib/sysimage/rpm")]);
    std::fs::write(folder.path().join("var/lib/rpm/rpmdb.sqlite"), SQLITE).unwrap();
    let facts = inspector_collect::collect(&Root::directory(folder.path()).unwrap(), Timestamp::from_millis(0));
    assert!(facts.packages.seen().unwrap().problems.is_empty());
}

#[test]
fn of_two_package_managers_the_other_one_is_a_problem() {
    let folder = tree(&[("var/lib/dpkg/status", ""), ("var/lib/rpm/", "")]);
    std::fs::write(folder.path().join("var/lib/rpm/rpmdb.sqlite"), SQLITE).unwrap();
    let facts = facts_of(folder.path());
    let inventory = facts.packages.seen().unwrap();
    assert_eq!((inventory.packages.len(), inventory.problems.len()), (11, 1));
    assert_eq!(inventory.problems[0].at.path, "/var/lib/dpkg/status");
}

#[test]
fn a_header_that_makes_no_sense_is_a_problem_that_names_its_record() {
    let mut bytes = bdb();
    // The name's tag in the first header, which starts the first overflow page.
    bytes[1024 + 26 + 8 + 3] ^= 1;
    let inventory = parse(&bytes, "/db", Form::Bdb).unwrap();
    assert_eq!((inventory.packages.len(), inventory.problems.len()), (2, 1));
    assert!(inventory.problems[0].why.starts_with("record 1: "), "{}", inventory.problems[0].why);
}
