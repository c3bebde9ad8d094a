//! The dpkg database, against dpkg itself where it is at hand.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use std::io::Read;
use std::path::Path;
use std::process::Command;

use inspector_collect::source::dpkg::{Form, parse, parse_status};
use inspector_model::host::Inventory;
use inspector_model::{Fact, Place};
use support::{facts, shared, unreadable};

const STATUS: &str = "var/lib/dpkg/status";
const BASH: &str = "Package: bash\nStatus: install ok installed\nVersion: 5.2.15-2+b13\nArchitecture: amd64\n\
                    Source: bash (5.2.15-2)\nMaintainer: A <a@example.org>\nDescription: shell\n line\n .\n line\n\n";

fn packages(status: &str) -> Inventory {
    parse(status.as_bytes(), "/f", Form::Status)
}

#[test]
fn the_source_and_its_version_stand_where_they_differ() {
    let record = |source: &str| BASH.replace("Source: bash (5.2.15-2)\n", source);
    let table = [
        ("", ("bash", "5.2.15-2+b13")),
        ("Source: shells\n", ("shells", "5.2.15-2+b13")),
        ("Source: shells (1:7)\n", ("shells", "1:7")),
    ];
    for (line, expected) in table {
        let found = packages(&record(line));
        let [package] = found.packages.as_slice() else { panic!("one package") };
        assert_eq!((package.source.as_str(), package.source_version.as_str()), expected);
        assert_eq!(package.maintainer.as_deref(), Some("A <a@example.org>"));
    }
}

#[test]
fn a_package_names_the_line_at_which_its_record_starts() {
    let second = BASH.replace("bash", "dash");
    let found = packages(&format!("{BASH}\n{second}{BASH}"));
    let places: Vec<_> = found.packages.iter().map(|it| (it.name.as_str(), it.at.clone().unwrap())).collect();
    // A package that stands twice counts once, at its first record.
    assert_eq!(places, [("bash", Place::line("/f", 1)), ("dash", Place::line("/f", 13))]);
}

#[test]
fn what_is_installed_follows_the_third_word_of_the_status() {
    let table = [
        ("install ok installed", 1),
        ("hold ok installed", 1),
        ("install ok unpacked", 1),
        ("install reinstreq half-installed", 1),
        ("install ok triggers-pending", 1),
        ("deinstall ok config-files", 0),
        ("purge ok not-installed", 0),
    ];
    for (status, count) in table {
        let found = packages(&BASH.replace("install ok installed", status));
        assert_eq!((found.packages.len(), found.problems.len()), (count, 0), "{status}");
    }
}

#[test]
fn a_broken_record_is_a_problem_with_its_line_and_hides_no_other() {
    let broken = [
        ("Status: install ok installed\nVersion: 1\nArchitecture: all\n\n", "without `Package`", 1),
        ("Package: a\nStatus: install ok installed\nArchitecture: all\n\n", "no `Version`", 1),
        ("Package: a\nStatus: install ok installed\nVersion: 1\n\n", "no `Architecture`", 1),
        ("Package: a\nStatus: install ok frobbed\nVersion: 1\nArchitecture: all\n\n", "unknown status", 1),
        ("Package: a\nVersion: 1\nArchitecture: all\n\n", "unknown status", 1),
        ("Package: a\nnonsense\n\n", "expected `Field: value`", 2),
        ("Package: a\nPackage: b\n\n", "twice", 2),
        ("Package: a\nStatus: install ok installed\nVersion: 1 2\nArchitecture: all\n\n", "unreadable name or", 1),
        (
            "Package: a\nStatus: install ok installed\nVersion: 1\u{fffd}\nArchitecture: all\n\n",
            "unreadable name or",
            1,
        ),
        ("Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nSource: x ()\n\n", "unreadable", 1),
        (" continued\n\n", "continuation", 1),
        ("Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nSource: x (1\n\n", "source", 1),
    ];
    for (record, why, line) in broken {
        let found = packages(&format!("{record}{BASH}"));
        assert_eq!(found.packages.len(), 1, "{record}");
        let [problem] = found.problems.as_slice() else { panic!("one problem: {record}") };
        assert!(problem.why.contains(why), "{record}: {}", problem.why);
        assert_eq!(problem.at, Place::line("/f", line), "{record}");
    }
}

#[test]
fn a_database_that_is_cut_off_anywhere_is_unreadable() {
    let whole = format!("{BASH}{BASH}");
    assert!(parse_status(whole.as_bytes()).is_ok());
    for length in 0..whole.len() {
        if length != BASH.len() {
            assert!(parse_status(&whole.as_bytes()[..length]).is_err(), "cut after {length} bytes");
        }
    }
}

#[test]
fn an_unreadable_database_is_not_an_empty_one() {
    let (at, why) = unreadable(&facts(&[(&format!("{STATUS}/x"), "")]).packages);
    assert_eq!((at.as_str(), why.as_str()), ("/var/lib/dpkg/status", "not a regular file"));
    let (_, why) = unreadable(&facts(&[(STATUS, "")]).packages);
    assert!(why.contains("empty"), "{why}");
    let (_, why) = unreadable(&facts(&[(STATUS, "-> /srv/status")]).packages);
    assert!(why.contains("leads nowhere"), "{why}");
}

#[test]
fn a_host_with_another_package_manager_has_packages_that_were_not_read() {
    let (at, why) = unreadable(&facts(&[("var/lib/pacman/local/ALPM_DB_VERSION", "9")]).packages);
    assert_eq!(at, "/var/lib/pacman/local/ALPM_DB_VERSION");
    assert!(why.contains("pacman"), "{why}");
    assert!(matches!(facts(&[("etc/", "")]).packages, Fact::Absent { .. }));
}

#[test]
fn an_image_with_one_file_a_package_is_read() {
    let part = "Package: libc6\nVersion: 2.36-9\nArchitecture: amd64\nSource: glibc\n";
    let Fact::Seen { value, at } = facts(&[
        ("var/lib/dpkg/status.d/libc6", part),
        ("var/lib/dpkg/status.d/libc6.md5sums", "0 usr/lib/libc.so.6\n"),
        ("var/lib/dpkg/status.d/broken", "Package: broken\n"),
        ("var/lib/dpkg/status.d/empty", ""),
    ])
    .packages
    else {
        panic!("no packages")
    };
    assert_eq!(at.path, "/var/lib/dpkg/status.d");
    assert_eq!(value.packages.iter().map(|package| package.source.as_str()).collect::<Vec<_>>(), ["glibc"]);
    let problems: Vec<_> = value.problems.iter().map(|problem| problem.at.to_string()).collect();
    assert_eq!(problems, ["/var/lib/dpkg/status.d/broken:1", "/var/lib/dpkg/status.d/empty"]);
}

#[test]
fn real_databases_are_read_as_dpkg_reads_them() {
    for (name, count) in [("debian-11-minimal", 96), ("debian-12-workstation", 873)] {
        let Some(folder) = shared("cve-cases").map(|cases| cases.join(name)) else { return };
        let mut status = Vec::new();
        let packed = std::fs::File::open(folder.join("dpkg-status.gz")).unwrap();
        flate2::read::GzDecoder::new(packed).read_to_end(&mut status).unwrap();
        let inventory = parse_status(&status).unwrap();
        assert_eq!((inventory.packages.len(), inventory.problems.len()), (count, 0), "{name}");
        // Each finding of the independent tools names a package and version that is installed.
        for line in std::fs::read_to_string(folder.join("expected.jsonl")).unwrap().lines() {
            let expected: serde_json::Value = serde_json::from_str(line).unwrap();
            let named = |package: &&inspector_model::host::Package| expected["package"] == package.name.as_str();
            assert!(inventory.packages.iter().any(|package| named(&package)), "{name}: {line}");
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("status"), &status).unwrap();
        compare_with_dpkg(&inventory, folder.path());
    }
}

#[test]
fn this_machine_is_read_as_dpkg_reads_it() {
    let directory = Path::new("/var/lib/dpkg");
    match std::fs::read(directory.join("status")) {
        Ok(status) => compare_with_dpkg(&parse_status(&status).unwrap(), directory),
        Err(_) => eprintln!("skipped: this machine has no dpkg database"),
    }
}

fn compare_with_dpkg(inventory: &Inventory, admindir: &Path) {
    let format = "${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n";
    let asked = Command::new("dpkg-query").arg("--admindir").arg(admindir).args(["-W", "-f", format]).output();
    let Ok(output) = asked else {
        eprintln!("skipped: `dpkg-query` is not there");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut theirs: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(status, _)| !matches!(*status, "config-files" | "not-installed"))
        .map(|(_, package)| package)
        .collect();
    theirs.sort_unstable();
    let mut ours: Vec<String> = inventory
        .packages
        .iter()
        .map(|it| [&*it.name, &*it.version, &*it.architecture, &*it.source, &*it.source_version].join("\t"))
        .collect();
    ours.sort();
    assert_eq!(ours, theirs);
}
