//! Real feeds in their publishers' formats, and the bundled set against them.

use std::collections::BTreeMap;
use std::io::Read;

use inspector_vuln::advisory::{Advisory, Scores, State};
use inspector_vuln::feed::{HEAD_BYTES, bundled, recognise};

#[test]
fn all_yearly_nvd_files_are_read_and_their_scores_are_told_apart_by_who_gave_them() {
    let Some(shared) = crate::support::shared() else { return };
    let (mut primary, mut secondary_only, mut records, mut skipped) = (0, 0, 0, 0);
    for file in std::fs::read_dir(shared.join("feeds/nvd")).unwrap().map(|file| file.unwrap().path()) {
        if !file.to_string_lossy().contains("nvdcve-2.0-") {
            continue;
        }
        let parsed = crate::support::input(&file).parsed;
        records += parsed.records;
        skipped += parsed.skipped.len();
        primary += parsed.vulnerabilities.iter().filter(|it| it.nvd() != Scores::default()).count();
        secondary_only += parsed.vulnerabilities.iter().filter(|it| it.secondary_only()).count();
    }
    // The counts that the data's README gives, from another program.
    assert_eq!((records, primary, secondary_only, skipped), (184_556, 137_887, 31_124, 0));
}

#[test]
fn the_whole_debian_tracker_is_read_without_a_skipped_record() {
    let Some(shared) = crate::support::shared() else { return };
    let parsed = crate::support::input(&crate::support::tracker(&shared)).parsed;
    assert_eq!((parsed.records, parsed.advisories.len(), parsed.skipped.len()), (25_083, 52_653, 0));
}

#[test]
fn the_bundled_set_says_what_the_debian_tracker_says() {
    let Some(shared) = crate::support::shared() else { return };
    let key = |it: &Advisory| (it.release.key, it.package.clone(), it.cve.clone());
    let tracker = crate::support::input(&crate::support::tracker(&shared)).parsed.advisories;
    let tracker: BTreeMap<_, State> = tracker.iter().map(|it| (key(it), it.state.clone())).collect();
    let ours: Vec<_> = bundled::inputs().unwrap().into_iter().flat_map(|input| input.parsed.advisories).collect();
    let mut compared = 0;
    for advisory in &ours {
        let Some(state) = tracker.get(&key(advisory)) else { continue };
        assert_eq!(&advisory.state, state, "{:?}", key(advisory));
        compared += 1;
    }
    assert!(compared > 90, "{compared}");
}

#[test]
fn all_errata_of_almalinux_are_read_and_those_without_a_cve_are_counted() {
    let Some(shared) = crate::support::shared() else { return };
    let file = shared.join("feeds/almalinux-osv/almalinux-osv-2026-08-21.tar.zst");
    let parsed = crate::support::input(&file).parsed;
    let distinct: std::collections::BTreeSet<_> =
        parsed.advisories.iter().map(|it| (it.release.key, it.package.split('@').next(), &it.cve)).collect();
    let hidden = parsed.advisories.iter().filter(|it| it.package.ends_with("@?")).count();
    assert_eq!((parsed.records, distinct.len(), hidden, parsed.skipped.len()), (71_329, 227_354, 323, 9));
}

#[test]
fn every_piece_of_amazons_updateinfo_is_read() {
    let Some(shared) = crate::support::shared() else { return };
    // Records and statements as another XML reader counts them: distinct packages times CVEs.
    for (file, records, advisories) in [
        ("updateinfo_1", 1, 1),
        ("updateinfo_2", 1, 2),
        ("updateinfo_2_kernel-5.15", 1, 208),
        ("updateinfo_2023", 1, 42),
        ("updateinfo_2023_kernel-livepatch", 1, 1),
        ("updateinfo_2023_nvidia", 1, 6),
        ("updateinfo-al2-selected", 4, 24),
        ("updateinfo-al2-2018-verbatim", 2, 260),
        ("updateinfo-al2023-selected", 4, 119),
    ] {
        let parsed = crate::support::input(&shared.join(format!("feeds/amazon-alas/{file}.xml.gz"))).parsed;
        assert_eq!((parsed.records, parsed.advisories.len(), parsed.skipped.len()), (records, advisories, 0), "{file}");
    }
}

#[test]
fn every_file_of_alpines_secdb_of_2020_is_read() {
    let Some(shared) = crate::support::shared() else { return };
    let archive = crate::support::read(&shared.join("feeds/alpine-secdb-2020/alpine-secdb-2020-06-08.tar.zst"));
    let (mut files, mut records, mut advisories, mut skipped) = (0, 0, 0, 0);
    for entry in tar::Archive::new(archive.as_slice()).entries().unwrap() {
        let mut text = String::new();
        let mut entry = entry.unwrap();
        if entry.path().unwrap().extension().is_none_or(|suffix| suffix != "yaml") {
            continue;
        }
        entry.read_to_string(&mut text).unwrap();
        // The community repository of 3.3 has no package.
        let Some((feed, _)) = recognise("x", &text.as_bytes()[..text.len().min(HEAD_BYTES)]) else { continue };
        let parsed = (feed.parse)(text.as_bytes()).unwrap();
        files += 1;
        records += parsed.records;
        advisories += parsed.advisories.len();
        skipped += parsed.skipped.len();
    }
    // Another YAML reader counts as many records. What is skipped names no CVE or a version such as `1.18.-r2`.
    assert_eq!((files, records, advisories, skipped), (17, 12_028, 11_905, 170));
}

#[test]
fn every_cve_of_ubuntus_tracker_is_read() {
    let Some(shared) = crate::support::shared() else { return };
    let file = shared.join("feeds/ubuntu-cve-tracker/ubuntu-cve-tracker-active-retired-2024-02-16.tar.zst");
    let parsed = crate::support::input(&file).parsed;
    let words: std::collections::BTreeSet<_> = parsed.advisories.iter().map(|it| &it.word).collect();
    assert!(words.len() < 1000, "{}", words.len());
    let jammy = parsed.advisories.iter().filter(|it| it.release.key == "ubuntu:22.04").count();
    assert_eq!((parsed.records, parsed.advisories.len(), jammy, parsed.skipped.len()), (46_773, 449_352, 62_398, 22));
}

#[test]
fn every_definition_of_azure_linux_and_mariner_is_read() {
    let Some(shared) = crate::support::shared() else { return };
    for (file, document, definitions, skipped) in [
        ("azurelinux-3.0-oval-2024-10-10", "azurelinux-3.0", 1222, 2),
        ("cbl-mariner-1.0-oval-2024-10-10", "mariner-1.0", 2252, 0),
    ] {
        let input = crate::support::input(&shared.join(format!("feeds/azurelinux-oval/{file}.xml.zst")));
        let parsed = input.parsed;
        let counts = (parsed.records, parsed.advisories.len(), parsed.skipped.len());
        assert_eq!((input.document.as_str(), counts), (document, (definitions, definitions, skipped)));
        assert!(parsed.advisories.iter().all(|it| it.release.key.replace(':', "-") == document));
    }
}

#[test]
fn samples_of_oracle_suse_and_red_hat_are_read_with_their_releases_and_modules() {
    let Some(shared) = crate::support::shared() else { return };
    let samples = shared.join("feeds/format-samples");
    let rows = |path: &str, feed: &str| {
        let bytes = crate::support::read(&samples.join(path));
        let (found, _) = recognise("oval.xml", &bytes[..bytes.len().min(HEAD_BYTES)]).unwrap();
        assert_eq!(found.id, feed, "{path}");
        let parsed = (found.parse)(&bytes).unwrap();
        let keys: std::collections::BTreeSet<_> = parsed.advisories.iter().map(|it| it.release.key).collect();
        format!(
            "{} {} {} {}",
            parsed.records,
            parsed.advisories.len(),
            parsed.skipped.len(),
            keys.into_iter().collect::<Vec<_>>().join(",")
        )
    };
    let found = [
        rows("vunnel/tests/unit/providers/oracle/test-fixtures/mock_ksplice_data", "oracle-linux"),
        rows("vunnel/tests/unit/providers/sles/test-fixtures/suse_truncated.xml", "suse"),
        rows("vunnel/tests/unit/providers/mariner/test-fixtures/mariner-truncated-2.0-oval.xml", "azure-linux"),
    ];
    assert_eq!(found, ["1 20 0 oracle:8", "4 12 1 sles:15,sles:15.1", "5 6 1 mariner:2.0"]);
}

#[test]
fn the_ends_of_life_of_every_distribution_are_read() {
    let Some(shared) = crate::support::shared() else { return };
    let folder = shared.join("feeds/endoflife");
    let mut counts = Vec::new();
    let pages = std::fs::read_dir(folder.join("products")).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = pages.chain(["debian.csv", "ubuntu.csv"].map(|name| folder.join(name))).collect();
    files.sort();
    for file in files {
        let bytes = crate::support::read(&file);
        let name = file.file_name().unwrap().to_str().unwrap();
        let Some((feed, document)) = recognise(name, &bytes[..bytes.len().min(HEAD_BYTES)]) else { continue };
        let parsed = feed.read(&document, &bytes).unwrap();
        let newest = parsed.lifetimes.iter().map(|it| format!("{} {}", it.system, it.until)).next_back();
        counts.push(format!("{document} {} {} {}", parsed.records, parsed.skipped.len(), newest.unwrap_or_default()));
    }
    assert_eq!(
        counts,
        [
            "debian.csv 7 0 debian:13 2030-06-30",
            "almalinux.md 3 0 almalinux:8 2029-05-31",
            "alpine-linux.md 22 0 alpine:3.2 2017-05-01",
            "amazon-linux.md 3 0 amazon:1 2023-12-31",
            "centos.md 4 0 centos:5 2017-03-31",
            "debian.md 7 0 debian:7 2018-05-31",
            "oracle-linux.md 4 0 oracle:6 2021-03-31",
            "rhel.md 6 0 rhel:5 2017-03-31",
            "rocky-linux.md 3 0 rocky:8 2029-05-31",
            "sles.md 14 0 sles:11.3 2016-01-31",
            "ubuntu.md 13 0 ubuntu:12.04 2017-04-28",
            "ubuntu.csv 13 0 ubuntu:26.04 2031-05-29",
        ]
    );
}

#[test]
fn every_line_of_debians_lists_of_support_is_read() {
    let Some(shared) = crate::support::shared() else { return };
    let mut counts = Vec::new();
    for name in ["security-support-ended.deb11", "security-support-ended.deb12", "security-support-limited"] {
        let bytes = crate::support::read(&shared.join("feeds/debian-security-support").join(name));
        let (feed, document) = recognise(name, &bytes).unwrap();
        let parsed = feed.read(&document, &bytes).unwrap();
        let systems: std::collections::BTreeSet<_> = parsed.lifetimes.iter().map(|it| it.system.as_str()).collect();
        counts.push(format!("{systems:?} {} {}", parsed.records, parsed.skipped.len()));
    }
    assert_eq!(counts, ["{} 1 0", r#"{"debian:12"} 17 0"#, r#"{"debian"} 33 0"#]);
}

#[test]
fn samples_of_ubuntus_osv_are_read() {
    let Some(shared) = crate::support::shared() else { return };
    let folder = shared.join("feeds/format-samples/vunnel/tests/unit/providers/ubuntu/test-fixtures");
    let mut archive = tar::Builder::new(Vec::new());
    for part in ["osv", "osv-esm-cases"] {
        archive.append_dir_all(part, folder.join(part)).unwrap();
    }
    let bytes = archive.into_inner().unwrap();
    let (feed, document) = recognise("osv-all.tar", &bytes[..HEAD_BYTES]).unwrap();
    assert_eq!((feed.id, document.as_str()), ("ubuntu-cve-tracker", "ubuntu-cve-tracker.tar"));
    let parsed = (feed.parse)(&bytes).unwrap();
    let wayland: Vec<_> = parsed.advisories.iter().filter(|it| it.package == "wayland").collect();
    let wayland: Vec<_> = wayland.iter().map(|it| format!("{} {}", it.release.key, it.word)).collect();
    assert_eq!((parsed.records, parsed.advisories.len(), parsed.skipped.len()), (8, 45, 0));
    assert_eq!(
        wayland,
        [
            "ubuntu:16.04 released in Ubuntu Pro only (Ubuntu Pro), medium",
            "ubuntu:18.04 released, medium",
            "ubuntu:20.04 released, medium",
            "ubuntu:22.04 released, medium",
        ]
    );
}
