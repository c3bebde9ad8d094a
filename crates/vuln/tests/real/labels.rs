//! Labels that people gave to packages of images, over the pairs that the feed knows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use inspector_model::host::{Inventory, OsRelease, Package};
use inspector_vuln::advisory::Advisory;
use inspector_vuln::database::{Database, Input, build};
use inspector_vuln::feed::{HEAD_BYTES, Parsed, recognise};
use inspector_vuln::matcher::{Host, Verdict, match_host};

use crate::support;

/// What is reported of labelled pairs that the feed knows.
#[derive(Default)]
struct Measured {
    /// Right labels; those of them that are reported; those that nobody knows or that cannot be judged.
    right: (usize, usize, usize),
    /// Wrong labels; those of them that are reported although the feed names the very package; those that are reported for
    /// a sibling, a binary of a source package that the feed names as a whole.
    wrong: (usize, usize, usize),
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ((right, reported, unknown), (wrong, ours, siblings)) = (self.right, self.wrong);
        write!(
            f,
            "right {reported} of {right}, {unknown} not assessed; wrong {ours} of {wrong}, {siblings} for siblings"
        )
    }
}

/// Which source package a binary of Debian or Ubuntu is built from, as two real hosts say, and whether its version has an
/// epoch that the source's has not.
type Sources = BTreeMap<String, (String, bool)>;

fn sources(shared: &Path) -> Sources {
    let mut sources = BTreeMap::new();
    for host in ["debian-11-minimal", "debian-12-workstation"] {
        let status = support::read(&shared.join(format!("cve-cases/{host}/dpkg-status.gz")));
        for package in support::inventory(std::str::from_utf8(&status).unwrap()).packages {
            let own_epoch = package.version.contains(':') && !package.source_version.contains(':');
            sources.insert(package.name, (package.source, own_epoch));
        }
    }
    sources
}

/// A package that a label is about, as the inventory of a real host would give it.
fn package(name: String, version: String, sources: &Sources) -> Package {
    let (source, own_epoch) = sources.get(&name).cloned().unwrap_or_else(|| (name.clone(), false));
    let source_version = version.split_once(':').filter(|_| own_epoch).map_or(version.as_str(), |(_, rest)| rest);
    Package {
        source,
        source_version: source_version.to_owned(),
        name,
        version,
        architecture: "x86_64".to_owned(),
        maintainer: None,
        module: None,
        at: None,
    }
}

struct Label {
    cve: String,
    right: bool,
}

/// Measures one file of labels, as a host with these packages would be judged.
fn measure(file: &Path, inputs: Vec<Input>, id: &str, version: &str, sources: &Sources) -> Measured {
    let (mut packages, mut labels) = (Vec::new(), Vec::new());
    for line in std::fs::read_to_string(file).unwrap().lines().skip(1) {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        // Files that a scanner took for packages; no package database holds them.
        if text("version") == "0.0.0-DEVELOPMENT" {
            continue;
        }
        labels.push(Label { cve: text("cve"), right: text("label") == "TP" });
        packages.push(package(text("package"), text("version"), sources));
    }
    let known: BTreeSet<(String, String)> = inputs
        .iter()
        .flat_map(|input| &input.parsed.advisories)
        .filter(|it| it.release.key.starts_with(&format!("{}:", distribution(id))))
        .map(|it: &Advisory| (it.package.split('@').next().unwrap().to_owned(), it.cve.clone()))
        .collect();
    let database = Database::open(build(inputs).unwrap()).unwrap();
    let os = OsRelease { id: id.to_owned(), version_id: Some(version.to_owned()), ..support::debian(version) };
    let inventory = Inventory { packages, problems: Vec::new() };
    let matched = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None }).unwrap();
    let mut verdicts: BTreeMap<(usize, &str), Verdict> = BTreeMap::new();
    for statement in matched.statements(&database).map(Result::unwrap) {
        let cve = database.cve_id(statement.entry.cve).unwrap();
        let worst = verdicts.entry((statement.package, cve)).or_insert(statement.verdict);
        *worst = statement.verdict.max(*worst);
    }
    let unassessed: BTreeSet<usize> = matched.unassessed.iter().map(|it| it.package).collect();
    let mut measured = Measured::default();
    for (at, (label, package)) in labels.iter().zip(&inventory.packages).enumerate() {
        let verdict = verdicts.get(&(at, label.cve.as_str()));
        let named = |name: &String| known.contains(&(name.clone(), label.cve.clone()));
        if verdict.is_none() && !(unassessed.contains(&at) && named(&package.name)) {
            continue;
        }
        let reported = verdict == Some(&Verdict::Affected);
        if label.right {
            measured.right.0 += 1;
            measured.right.1 += usize::from(reported);
            measured.right.2 += usize::from(verdict != Some(&Verdict::NotAffected) && !reported);
        } else {
            measured.wrong.0 += 1;
            let sibling = package.source != package.name;
            measured.wrong.1 += usize::from(reported && !sibling);
            measured.wrong.2 += usize::from(reported && sibling);
        }
    }
    measured
}

fn distribution(id: &str) -> &str {
    if id == "amzn" { "amazon" } else { id }
}

/// Labels, what comes of them, in one line each; `docs/accuracy.md` says why of every one that is missed or reported.
fn check(found: Vec<(&str, Measured)>, expected: &[&str]) {
    let lines: Vec<_> = found.iter().map(|(labels, measured)| format!("{labels}: {measured}")).collect();
    assert_eq!(lines, expected);
}

fn labels(shared: &Path, name: &str) -> PathBuf {
    shared.join(format!("cve-cases/anchore-labels/{name}.jsonl"))
}

#[test]
fn images_of_enterprise_linux_8_are_judged_as_people_labelled_them_and_no_stream_is_guessed() {
    let Some(shared) = support::shared() else { return };
    // The errata of AlmaLinux stand in for those of CentOS and Oracle, whose versions are alike.
    let found = [
        "almalinux-8__almalinux_8",
        "centos-stream-8__appstreams-centos-stream-8-1a287dd",
        "oracle-8__appstreams-oraclelinux-8-1a287dd",
    ]
    .map(|name| {
        let errata = support::input(&shared.join("feeds/almalinux-osv/almalinux-osv-2026-08-21.tar.zst"));
        (name, measure(&labels(&shared, name), vec![errata], "almalinux", "8", &BTreeMap::new()))
    });
    check(
        found.into(),
        &[
            "almalinux-8__almalinux_8: right 111 of 111, 0 not assessed; wrong 0 of 0, 0 for siblings",
            "centos-stream-8__appstreams-centos-stream-8-1a287dd: right 34 of 80, 44 not assessed; wrong 0 of 182, 0 for siblings",
            "oracle-8__appstreams-oraclelinux-8-1a287dd: right 7 of 50, 40 not assessed; wrong 0 of 0, 0 for siblings",
        ],
    );
}

#[test]
fn images_of_ubuntu_are_judged_as_people_labelled_them() {
    let Some(shared) = support::shared() else { return };
    let sources = sources(&shared);
    let tracker = "feeds/ubuntu-cve-tracker/ubuntu-cve-tracker-active-retired-2024-02-16.tar.zst";
    let tracker = support::input(&shared.join(tracker));
    let found = [
        ("ubuntu-12.04__ubuntu_12.04", "12.04"),
        ("ubuntu-14.04__ubuntu_14.04", "14.04"),
        ("ubuntu-16.10__ubuntu_16.10", "16.10"),
        ("ubuntu-17.10__ubuntu_17.10", "17.10"),
        ("ubuntu-19.04__ubuntu_19.04", "19.04"),
        ("ubuntu-20.04__ubuntu-content-56d52bc", "20.04"),
        // Its packages are those of 20.04.
        ("ubuntu-22.04__gitlab-ce_15.6.1-ce.0", "20.04"),
    ]
    .map(|(name, version)| {
        let of_release = |it: &&Advisory| it.release.key.strip_prefix("ubuntu:") == Some(version);
        let advisories = tracker.parsed.advisories.iter().filter(of_release).cloned().collect();
        let parsed = Parsed { records: 1, advisories, ..Parsed::default() };
        let (document, sha256) = (tracker.document.clone(), String::new());
        let input = Input { feed: tracker.feed, document, sha256, dated: None, parsed };
        (name, measure(&labels(&shared, name), vec![input], "ubuntu", version, &sources))
    });
    check(
        found.into(),
        &[
            "ubuntu-12.04__ubuntu_12.04: right 54 of 54, 0 not assessed; wrong 2 of 7, 5 for siblings",
            "ubuntu-14.04__ubuntu_14.04: right 103 of 103, 0 not assessed; wrong 0 of 0, 0 for siblings",
            "ubuntu-16.10__ubuntu_16.10: right 57 of 57, 0 not assessed; wrong 1 of 10, 9 for siblings",
            "ubuntu-17.10__ubuntu_17.10: right 62 of 62, 0 not assessed; wrong 0 of 0, 0 for siblings",
            "ubuntu-19.04__ubuntu_19.04: right 50 of 50, 0 not assessed; wrong 1 of 2, 1 for siblings",
            "ubuntu-20.04__ubuntu-content-56d52bc: right 67 of 68, 0 not assessed; wrong 0 of 0, 0 for siblings",
            "ubuntu-22.04__gitlab-ce_15.6.1-ce.0: right 23 of 23, 0 not assessed; wrong 0 of 1, 1 for siblings",
        ],
    );
}

#[test]
fn images_of_debian_are_judged_as_people_labelled_them() {
    let Some(shared) = support::shared() else { return };
    let sources = sources(&shared);
    let list = |name: &str| support::input(&shared.join(format!("feeds/debian-security-tracker/{name}.zst")));
    let found = [
        ("debian-7__debian_7", "7"),
        ("debian-10__postgres_13.2", "10"),
        ("debian-11__ghost_5.2.4", "11"),
        ("debian-11__neo4j_4.4.14-community", "11"),
    ]
    .map(|(name, version)| {
        let inputs = ["DLA-list.reconstructed-2026-08-21", "DSA-list.reconstructed-2026-08-21"].map(list);
        (name, measure(&labels(&shared, name), inputs.into(), "debian", version, &sources))
    });
    check(
        found.into(),
        &[
            "debian-7__debian_7: right 0 of 0, 0 not assessed; wrong 0 of 0, 0 for siblings",
            "debian-10__postgres_13.2: right 43 of 43, 0 not assessed; wrong 0 of 36, 36 for siblings",
            "debian-11__ghost_5.2.4: right 16 of 16, 0 not assessed; wrong 0 of 0, 0 for siblings",
            "debian-11__neo4j_4.4.14-community: right 5 of 5, 0 not assessed; wrong 0 of 0, 0 for siblings",
        ],
    );
}

#[test]
fn an_image_of_amazon_linux_2_is_judged_as_people_labelled_it() {
    let Some(shared) = support::shared() else { return };
    let pieces =
        ["updateinfo_2", "updateinfo_2_kernel-5.15", "updateinfo-al2-selected", "updateinfo-al2-2018-verbatim"];
    let inputs = (0..).zip(pieces).map(|(nth, it)| {
        let input = support::input(&shared.join(format!("feeds/amazon-alas/{it}.xml.gz")));
        Input { document: format!("{nth}"), ..input }
    });
    let name = "amazon-2__vulnerabilities-amazonlinux-2-5c26ce9";
    let measured = measure(&labels(&shared, name), inputs.collect(), "amzn", "2", &BTreeMap::new());
    check(
        vec![(name, measured)],
        &[
            "amazon-2__vulnerabilities-amazonlinux-2-5c26ce9: right 2 of 2, 0 not assessed; wrong 0 of 0, 0 for siblings",
        ],
    );
}

#[test]
fn old_images_of_alpine_are_judged_as_people_labelled_them() {
    let Some(shared) = support::shared() else { return };
    let archive = support::read(&shared.join("feeds/alpine-secdb-2020/alpine-secdb-2020-06-08.tar.zst"));
    let mut inputs = Vec::new();
    for entry in tar::Archive::new(archive.as_slice()).entries().unwrap() {
        let mut entry = entry.unwrap();
        if entry.path().unwrap().starts_with("v3.6") && entry.header().entry_type().is_file() {
            let mut text = Vec::new();
            entry.read_to_end(&mut text).unwrap();
            let (feed, document) = recognise("x", &text[..text.len().min(HEAD_BYTES)]).unwrap();
            let parsed = (feed.parse)(&text).unwrap();
            inputs.push(Input { feed: feed.id, document, sha256: String::new(), dated: None, parsed });
        }
    }
    let name = "alpine-3.6__vulnerabilities-alpine-3.6-d5be50d";
    let measured = measure(&labels(&shared, name), inputs, "alpine", "3.6", &BTreeMap::new());
    check(
        vec![(name, measured)],
        &["alpine-3.6__vulnerabilities-alpine-3.6-d5be50d: right 3 of 3, 0 not assessed; wrong 0 of 0, 0 for siblings"],
    );
}
