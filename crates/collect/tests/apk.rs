//! The apk database.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, dead_code, reason = "tests and their helpers")]

mod support;

use inspector_collect::source::apk::parse;
use inspector_model::host::{Inventory, Package};
use inspector_model::{Fact, Place};
use proptest::prelude::*;
use support::{facts, unreadable};

/// Two records of our own writing in the form that apk-tools 2 writes.
const INSTALLED: &str = "C:Q1aaaaaaaaaaaaaaaaaaaaaaaaaaa=\nP:libcrypto3\nV:3.1.4-r5\nA:x86_64\nS:1\nT:crypto\no:openssl\n\
                         m:A <a@example.org>\np:so:libcrypto.so.3=3\nF:lib\nR:libcrypto.so.3\na:0:0:755\nZ:Q1b=\nF:etc\n\n\
                         P:.build-deps\nV:20240101.000000\nA:noarch\n\n";

#[test]
fn the_origin_is_the_source_and_a_package_without_one_its_own() {
    let found = parse(INSTALLED.as_bytes(), "/f").unwrap();
    let packages: Vec<_> =
        found.packages.iter().map(|it| [&*it.name, &*it.version, &*it.architecture, &*it.source].join(" ")).collect();
    assert_eq!(packages, [".build-deps 20240101.000000 noarch .build-deps", "libcrypto3 3.1.4-r5 x86_64 openssl"]);
    assert_eq!(found.packages[1].maintainer.as_deref(), Some("A <a@example.org>"));
}

#[test]
fn a_broken_record_is_a_problem_with_its_line_and_hides_no_other() {
    for (record, why, line) in [
        ("V:1\nA:x\n\n", "unreadable name", 1),
        ("P:a\nA:x\n\n", "unreadable version", 1),
        ("P:a\nV:1\n\n", "unreadable architecture", 1),
        ("P:a\nV:1\nA:x\no:b c\n\n", "unreadable origin", 1),
        ("P:a\nP:b\n\n", "twice", 2),
        ("P:a\nnonsense\n\n", "letter:value", 2),
    ] {
        let found = parse(format!("{record}{INSTALLED}").as_bytes(), "/f").unwrap();
        let [problem] = found.problems.as_slice() else { panic!("one problem: {record}") };
        assert_eq!((found.packages.len(), &problem.at), (2, &Place::line("/f", line)), "{record}");
        assert!(problem.why.contains(why), "{record}: {}", problem.why);
    }
}

#[test]
fn a_database_that_is_empty_or_cut_off_is_unreadable() {
    let border = INSTALLED.find("\n\n").unwrap() + 2;
    for length in (0..INSTALLED.len()).filter(|length| *length != border) {
        assert!(parse(INSTALLED.get(..length).unwrap().as_bytes(), "/f").is_err(), "cut after {length} bytes");
    }
}

#[test]
fn a_host_with_apk_has_its_packages() {
    for path in ["lib/apk/db/installed", "usr/lib/apk/db/installed"] {
        let Fact::Seen { value, at } = facts(&[(path, INSTALLED)]).packages else { panic!("{path} is not read") };
        assert_eq!((value.packages.len(), at.path), (2, format!("/{path}")));
    }
    let (at, _) = unreadable(&facts(&[("lib/apk/db/installed", "")]).packages);
    assert_eq!(at, "/lib/apk/db/installed");
}

proptest! {
    /// A record is a package or a problem, whatever stands around it.
    #[test]
    fn no_record_is_lost(records in prop::collection::vec("[PVAomF]:[a-z0-9 ]{0,3}(\n[PVAomF:x]{1,4}){0,4}", 1..8)) {
        let text: String = records.iter().map(|record| format!("{record}\n\n")).collect();
        let alone = records.iter().map(|record| parse(format!("{record}\n\n").as_bytes(), "/f").unwrap());
        let mut problems = 0;
        let mut packages = Vec::new();
        for part in alone {
            prop_assert_eq!(part.packages.len() + part.problems.len(), 1);
            problems += part.problems.len();
            packages.extend(part.packages);
        }
        let whole = parse(text.as_bytes(), "/f").unwrap();
        let (whole_packages, packages) = (without_places(whole.packages), without_places(packages));
        prop_assert_eq!((whole_packages, whole.problems.len()), (packages, problems));
    }
}

/// The packages, each once; where their records stand differs between a part and the whole.
fn without_places(packages: Vec<Package>) -> Vec<Package> {
    let mut inventory = Inventory::default();
    inventory.packages.extend(packages.into_iter().map(|package| Package { at: None, ..package }));
    inventory.settle();
    inventory.packages
}
