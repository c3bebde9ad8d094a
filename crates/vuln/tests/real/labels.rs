//! Labels that people gave to packages of images, over the pairs that the feed knows.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use inspector_vuln::advisory::{Advisory, State};
use inspector_vuln::feed::{HEAD_BYTES, recognise};
use inspector_vuln::release::Release;

/// What the feed says about labelled pairs: those it knows, hits and misses.
#[derive(Debug, PartialEq, Eq)]
struct Measured {
    /// Right labels that the feed knows, and those of them that are reported.
    right: (usize, usize),
    /// Wrong labels that the feed knows, and those of them that are reported all the same.
    wrong: (usize, usize),
}

/// Measures one file of labels. Labels carry no source package, so where a feed speaks of sources, only packages that are
/// named like theirs are measured.
fn measure(file: &Path, advisories: &[Advisory], release: &str) -> Measured {
    let release = Release::by_key(release).unwrap();
    let mut known: BTreeMap<(&str, &str), Vec<&Advisory>> = BTreeMap::new();
    for advisory in advisories.iter().filter(|it| *it.release == *release) {
        known.entry((&advisory.package, &advisory.cve)).or_default().push(advisory);
    }
    let mut measured = Measured { right: (0, 0), wrong: (0, 0) };
    for line in std::fs::read_to_string(file).unwrap().lines().skip(1) {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let (package, cve) = (text("package"), text("cve"));
        let Some(said) = known.get(&(package.as_str(), cve.as_str())) else { continue };
        let Ok(key) = release.order.key(&text("version")) else { continue };
        let affected = said.iter().any(|it| match &it.state {
            State::Fixed(fixed) => key.as_slice() < fixed.key(),
            State::Open => true,
            State::NotAffected | State::Undetermined => false,
        });
        let of = if text("label") == "TP" { &mut measured.right } else { &mut measured.wrong };
        of.0 += 1;
        of.1 += usize::from(affected);
    }
    measured
}

#[test]
fn plain_images_of_enterprise_linux_8_are_judged_as_people_labelled_them() {
    let Some(shared) = crate::support::shared() else { return };
    let errata = crate::support::input(&shared.join("feeds/almalinux-osv/almalinux-osv-2026-08-21.tar.zst")).parsed;
    let file = shared.join("cve-cases/anchore-labels/almalinux-8__almalinux_8.jsonl");
    let measured = measure(&file, &errata.advisories, "almalinux:8");
    assert_eq!(measured, Measured { right: (111, 111), wrong: (0, 0) });
}

#[test]
fn images_of_ubuntu_are_judged_as_people_labelled_them() {
    let Some(shared) = crate::support::shared() else { return };
    let file = "feeds/ubuntu-cve-tracker/ubuntu-cve-tracker-active-retired-2024-02-16.tar.zst";
    let tracker = crate::support::input(&shared.join(file)).parsed;
    // Of the wrong and missed ones, `docs/feeds.md` says why.
    for (labels, release, right, wrong) in [
        ("ubuntu-14.04__ubuntu_14.04", "ubuntu:14.04", (22, 19), (0, 0)),
        ("ubuntu-20.04__ubuntu-content-56d52bc", "ubuntu:20.04", (11, 11), (0, 0)),
        ("ubuntu-22.04__gitlab-ce_15.6.1-ce.0", "ubuntu:22.04", (2, 2), (12, 1)),
    ] {
        let file = shared.join(format!("cve-cases/anchore-labels/{labels}.jsonl"));
        assert_eq!(measure(&file, &tracker.advisories, release), Measured { right, wrong }, "{labels}");
    }
}

#[test]
fn old_images_of_alpine_are_judged_as_people_labelled_them() {
    let Some(shared) = crate::support::shared() else { return };
    let archive = crate::support::read(&shared.join("feeds/alpine-secdb-2020/alpine-secdb-2020-06-08.tar.zst"));
    let mut advisories = Vec::new();
    for entry in tar::Archive::new(archive.as_slice()).entries().unwrap() {
        let mut entry = entry.unwrap();
        if entry.path().unwrap().starts_with("v3.6") && entry.header().entry_type().is_file() {
            let mut text = Vec::new();
            entry.read_to_end(&mut text).unwrap();
            let (feed, _) = recognise("x", &text[..text.len().min(HEAD_BYTES)]).unwrap();
            advisories.extend((feed.parse)(&text).unwrap().advisories);
        }
    }
    let file = shared.join("cve-cases/anchore-labels/alpine-3.6__vulnerabilities-alpine-3.6-d5be50d.jsonl");
    assert_eq!(measure(&file, &advisories, "alpine:3.6"), Measured { right: (3, 3), wrong: (0, 0) });
}
