//! What other programs recorded about images: OSV.dev's answers and Trivy's goldens.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inspector_model::host::{Inventory, OsRelease, Package};
use inspector_vuln::advisory::{Advisory, State, Version};
use inspector_vuln::database::{Database, Input, build};
use inspector_vuln::feed::Parsed;
use inspector_vuln::matcher::{Host, Verdict, match_host};
use inspector_vuln::release::Release;

use crate::support;

/// A package of which name, source and versions are alike.
fn package(name: &str, source: &str, version: &str) -> Package {
    Package {
        name: name.to_owned(),
        version: version.to_owned(),
        architecture: "x86_64".to_owned(),
        source: source.to_owned(),
        source_version: version.to_owned(),
        maintainer: None,
        module: None,
        at: None,
    }
}

fn os(id: &str, version: &str) -> OsRelease {
    OsRelease { id: id.to_owned(), version_id: Some(version.to_owned()), ..support::debian(version) }
}

/// (package, what is reported about it: the advisory's id, or the CVE where it has none), and what nobody knows.
type Reported = (BTreeSet<(String, String)>, BTreeSet<(String, String)>);

fn reported(database: &Database, os: &OsRelease, packages: Vec<Package>) -> Reported {
    let inventory = Inventory { packages, problems: Vec::new() };
    let matched = match_host(database, Host { os, inventory: &inventory, running_kernel: None }).unwrap();
    let (mut affected, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for statement in matched.statements(database).map(Result::unwrap) {
        let entry = statement.entry;
        let id = if entry.advisory.is_empty() { database.cve_id(entry.cve).unwrap() } else { entry.advisory };
        let pair = (inventory.packages[statement.package].name.clone(), id.to_owned());
        match statement.verdict {
            Verdict::Affected => affected.insert(pair),
            Verdict::Undetermined => unknown.insert(pair),
            Verdict::NotAffected => continue,
        };
    }
    (affected, unknown)
}

/// The packages of a case, and the ids that OSV.dev gave for each.
fn osv_case(folder: &Path) -> (Vec<Package>, BTreeSet<(String, String)>) {
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let case: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut packages, mut expected) = (Vec::new(), BTreeSet::new());
    for result in case["results"].as_array().unwrap() {
        let (name, version) = (result["name"].as_str().unwrap(), result["version"].as_str().unwrap());
        packages.push(package(name, name, version));
        for id in result["vulns"].as_array().unwrap() {
            let id = id.as_str().unwrap();
            let cve = id.strip_prefix("UBUNTU-").or_else(|| id.strip_prefix("ALPINE-")).unwrap_or(id);
            expected.insert((name.to_owned(), cve.to_owned()));
        }
    }
    (packages, expected)
}

fn database(inputs: Vec<Input>) -> Database {
    Database::open(build(inputs).unwrap()).unwrap()
}

#[test]
fn an_image_of_debian_10_has_the_advisories_that_osv_dev_recorded() {
    let Some(shared) = support::shared() else { return };
    let lists = ["DLA-list.reconstructed-2026-08-21", "DSA-list.reconstructed-2026-08-21"];
    let inputs = lists.map(|it| support::input(&shared.join(format!("feeds/debian-security-tracker/{it}.zst"))));
    let (packages, expected) = osv_case(&shared.join("cve-cases/osv-debian-10"));
    let (affected, unknown) = reported(&database(inputs.into()), &support::debian("10"), packages);
    assert_eq!(affected, expected);
    assert_eq!(unknown, BTreeSet::new());
}

#[test]
fn an_image_of_ubuntu_20_04_has_the_cve_that_osv_dev_recorded() {
    let Some(shared) = support::shared() else { return };
    let file = "feeds/ubuntu-cve-tracker/ubuntu-cve-tracker-active-retired-2024-02-16.tar.zst";
    let (packages, expected) = osv_case(&shared.join("cve-cases/osv-ubuntu-2004"));
    let database = database(vec![support::input(&shared.join(file))]);
    let (affected, _) = reported(&database, &os("ubuntu", "20.04"), packages);
    assert_eq!(expected.difference(&affected).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "missed");
    let more: Vec<_> = affected.difference(&expected).map(|(package, cve)| format!("{package} {cve}")).collect();
    // What the tracker of February 2024 calls needed or deferred; `docs/accuracy.md` judges each.
    assert_eq!(more, [""; 0]);
}

#[test]
fn images_that_no_feed_at_hand_speaks_of_are_not_assessed() {
    let Some(shared) = support::shared() else { return };
    let file = "feeds/ubuntu-cve-tracker/ubuntu-cve-tracker-active-retired-2024-02-16.tar.zst";
    let database = database(vec![support::input(&shared.join(file))]);
    for (case, os) in [("osv-ubuntu-2604", os("ubuntu", "26.04")), ("osv-alpine-319", os("alpine", "3.19.1"))] {
        let (packages, _) = osv_case(&shared.join("cve-cases").join(case));
        let inventory = Inventory { packages, problems: Vec::new() };
        let error = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None }).unwrap_err();
        assert!(error.to_string().contains("holds nothing about"), "{case}: {error}");
    }
}

/// One line of the YAML of Trivy's test database: its indent, and what stands after the dash.
fn yaml_line(line: &str) -> (usize, &str) {
    let text = line.trim_start();
    (line.len() - text.len(), text.trim_start_matches("- ").trim())
}

/// Release, source or binary package, CVE, fixed version where there is one.
type Row = (String, String, String, Option<String>);

/// The statements of one file of that database; those of Red Hat are of another form and are read by content sets.
fn trivy_rows(text: &str) -> Vec<Row> {
    let (mut release, mut package, mut rows) = (String::new(), String::new(), Vec::<Row>::new());
    for line in text.lines() {
        let (indent, text) = yaml_line(line);
        let Some((key, value)) = text.split_once(':') else { continue };
        let value = value.split(" #").next().unwrap_or(value).trim().trim_matches('"').to_owned();
        match (key, indent) {
            ("bucket", 0) => release = value,
            ("bucket", _) => package = value,
            ("key", _) => rows.push((release.clone(), package.clone(), value, None)),
            ("FixedVersion", 12) => rows.last_mut().unwrap().3 = Some(value),
            _ => {}
        }
    }
    rows
}

fn trivy_input(folder: &Path, file: &str, bucket: &str, key: &str) -> Input {
    let release = Release::by_key(key).unwrap();
    let text = std::fs::read_to_string(folder.join("db").join(file)).unwrap();
    let rows = trivy_rows(&text).into_iter().filter(|(release, ..)| release == bucket);
    let advisories: Vec<_> = rows
        .map(|(_, package, cve, fixed)| Advisory {
            release,
            package,
            cve,
            introduced: None,
            state: fixed.map_or(State::Open, |text| State::Fixed(Version::parse(release, &text).unwrap())),
            word: String::new(),
            advisory: String::new(),
        })
        .collect();
    assert!(!advisories.is_empty(), "{file} {bucket}");
    let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
    Input { feed: "trivy", document: file.to_owned(), sha256: String::new(), dated: None, parsed }
}

/// The packages that a golden names, and (package, CVE) of every vulnerability with a fix, or of all.
fn golden(folder: &Path, file: &str, only_fixed: bool) -> (BTreeMap<String, String>, BTreeSet<(String, String)>) {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let golden: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut packages, mut expected) = (BTreeMap::new(), BTreeSet::new());
    for row in golden["Results"].as_array().unwrap().iter().filter_map(|it| it["Vulnerabilities"].as_array()).flatten()
    {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        packages.insert(text("PkgName"), text("InstalledVersion"));
        if !only_fixed || !text("FixedVersion").is_empty() {
            expected.insert((text("PkgName"), text("VulnerabilityID")));
        }
    }
    (packages, expected)
}

#[test]
fn trivys_goldens_come_out_of_the_database_that_they_were_made_with() {
    let Some(shared) = support::shared() else { return };
    let folder = shared.join("cve-cases/trivy-goldens");
    // Binary packages whose source the goldens do not name.
    let source = |name: &str| match name {
        "libcrypto1.1" | "libssl1.1" => "openssl".to_owned(),
        "e2fslibs" | "libcomerr2" | "libss2" | "libcom-err2" | "libext2fs2" => "e2fsprogs".to_owned(),
        "curl-libs" => "curl".to_owned(),
        other => other.to_owned(),
    };
    for (file, db, bucket, key, os, unfixed) in [
        ("almalinux-8", "almalinux.yaml", "alma 8", "almalinux:8", os("almalinux", "8.5"), true),
        ("alpine-310", "alpine.yaml", "alpine 3.10", "alpine:3.10", os("alpine", "3.10.2"), true),
        ("amazon-1", "amazon.yaml", "amazon linux 1", "amazon:1", os("amzn", "2018.03"), true),
        ("debian-stretch", "debian.yaml", "debian 9", "debian:9", os("debian", "9"), true),
        ("mariner-1.0", "mariner.yaml", "CBL-Mariner 1.0", "mariner:1.0", os("mariner", "1.0"), true),
        ("photon-30", "photon.yaml", "Photon OS 3.0", "photon:3.0", os("photon", "3.0"), true),
        ("ubuntu-1804-ignore-unfixed", "ubuntu.yaml", "ubuntu 18.04", "ubuntu:18.04", os("ubuntu", "18.04"), false),
    ] {
        let (packages, expected) = golden(&folder, &format!("{file}.json.golden"), !unfixed);
        let packages = packages.iter().map(|(name, version)| package(name, &source(name), version)).collect();
        let database = database(vec![trivy_input(&folder, db, bucket, key)]);
        let (affected, unknown) = reported(&database, &os, packages);
        assert_eq!((affected, unknown), (expected, BTreeSet::new()), "{file}");
    }
}
