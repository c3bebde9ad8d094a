use proptest::prelude::*;

use super::*;
use crate::advisory::{Advisory, State, Version, Vulnerability};
use crate::feed::{Parsed, Problem, bundled};
use crate::release::Release;

fn advisory(release: &str, package: &str, cve: &str, state: State) -> Advisory {
    let release = Release::by_key(release).unwrap();
    let (package, cve) = (package.to_owned(), cve.to_owned());
    Advisory {
        release,
        package,
        cve,
        introduced: None,
        state,
        word: "resolved, low".to_owned(),
        advisory: "DSA-1".to_owned(),
    }
}

fn fixed(text: &str) -> State {
    State::Fixed(Version::parse(Release::by_key("debian:12").unwrap(), text).unwrap())
}

fn vulnerability(cve: &str, description: &str, v3: Option<f64>) -> Vulnerability {
    let cvss = v3.and_then(|score| Cvss::new(score, "CVSS:3.1/AV:N"));
    let score = |cvss| Score { source: ScoreSource::Nvd, version: CvssVersion::V31, cvss };
    let (cve, description) = (cve.to_owned(), description.to_owned());
    Vulnerability { cve, description, scores: cvss.map(score).into_iter().collect(), ..Vulnerability::default() }
}

fn input(feed: &'static str, advisories: Vec<Advisory>, vulnerabilities: Vec<Vulnerability>) -> Input {
    let skipped = vec![Problem { record: "r".to_owned(), why: "w".to_owned() }];
    let parsed = Parsed { records: 3, advisories, vulnerabilities, skipped, ..Parsed::default() };
    let dated = Some("2024-01-02T03:04:05Z".parse().unwrap());
    Input { feed, document: "d".to_owned(), sha256: "00".to_owned(), dated, parsed }
}

fn example() -> Vec<Input> {
    vec![
        input(
            "debian-security-tracker",
            vec![
                advisory("debian:12", "a", "CVE-2020-0001", fixed("1.0")),
                advisory("debian:12", "a", "CVE-2020-0002", State::Open),
                advisory("debian:12", "b", "CVE-2020-0002", State::NotAffected),
                advisory("debian:11", "a", "CVE-2020-0001", State::Undetermined),
            ],
            vec![vulnerability("CVE-2020-0001", "The tracker's text.", None)],
        ),
        input(
            "nvd",
            Vec::new(),
            vec![
                vulnerability("CVE-2020-0001", "NVD's text.", Some(7.5)),
                vulnerability("CVE-2020-0009", "Of no package.", Some(9.8)),
            ],
        ),
        input(
            bundled::ID,
            vec![
                advisory("debian:12", "a", "CVE-2020-0003", State::Open),
                advisory("debian:10", "a", "CVE-2020-0003", State::Open),
            ],
            vec![
                vulnerability("CVE-2020-0001", "Ours.", Some(1.0)),
                vulnerability("CVE-2020-0003", "Ours.", Some(3.0)),
            ],
        ),
    ]
}

fn open(inputs: Vec<Input>) -> Database {
    Database::open(build(inputs).unwrap()).unwrap()
}

/// Every statement about a package: CVE, state, word, advisory, feed.
fn statements(database: &Database, release: &str, package: &str) -> Vec<String> {
    let release = database.release(release).unwrap().unwrap();
    let Some(runs) = database.lookup(release, package, &[]).unwrap() else { return Vec::new() };
    (runs.before.start..runs.affecting.end)
        .map(|index| database.entry(index).unwrap())
        .map(|it| {
            let cve = database.cve_id(it.cve).unwrap();
            format!("{cve} {:?} {} {} {}", it.state, it.word, it.advisory, it.document.feed)
        })
        .collect()
}

#[test]
fn the_documents_that_speak_of_a_release_are_told() {
    let database = open(example());
    let feeds = |key| -> Vec<_> {
        let index = database.release(key).unwrap().unwrap();
        database.documents(index).unwrap().into_iter().map(|it| it.feed.as_str()).collect()
    };
    assert_eq!(feeds("debian:11"), ["debian-security-tracker"]);
    assert_eq!(feeds("debian:12"), ["debian-security-tracker"]);
    assert_eq!(feeds("debian:10"), [bundled::ID]);
}

#[test]
fn what_was_compiled_is_read_back() {
    let database = open(example());
    assert_eq!(
        statements(&database, "debian:12", "a"),
        [
            "CVE-2020-0001 Fixed(\"1.0\") resolved, low DSA-1 debian-security-tracker",
            "CVE-2020-0002 Open resolved, low DSA-1 debian-security-tracker"
        ]
    );
    assert_eq!(statements(&database, "debian:12", "c"), Vec::<String>::new());
    assert_eq!(database.release("debian:9").unwrap(), None);
    assert_eq!(database.advisory_count(), 5);
    database.verify().unwrap();
}

#[test]
fn the_manifest_names_every_document_with_its_counts() {
    let database = open(example());
    let [tracker, nvd, ours] = database.manifest().documents.as_slice() else { panic!("three documents") };
    assert_eq!(
        (tracker.feed.as_str(), tracker.records, tracker.advisories, tracker.skipped),
        ("debian-security-tracker", 3, 4, 1)
    );
    assert_eq!((nvd.feed.as_str(), ours.feed.as_str()), ("nvd", bundled::ID));
    assert_eq!(tracker.line(), "debian-security-tracker d of 2024-01-02T03:04:05Z");
    assert!(database.has_feed("nvd") && !database.has_feed("alpine"));
}

#[test]
fn the_bundled_set_speaks_only_where_no_feed_does() {
    let database = open(example());
    assert!(database.release("debian:12").unwrap().unwrap().complete());
    assert!(!database.release("debian:10").unwrap().unwrap().complete());
    assert_eq!(statements(&database, "debian:10", "a").len(), 1);
}

#[test]
fn scores_come_from_the_feed_that_has_them_and_the_bundled_set_fills_gaps() {
    let database = open(example());
    let ids: Vec<_> = (0..3).map(|index| database.cve_id(index).unwrap()).collect();
    assert_eq!(ids, ["CVE-2020-0001", "CVE-2020-0002", "CVE-2020-0003"]);
    let score = |index| database.scores(index).unwrap().0.v3.map(|score| score.hundredths);
    assert_eq!([score(0), score(1), score(2)], [Some(750), None, Some(300)]);
    assert_eq!(database.description(0).unwrap(), "The tracker's text.");
    assert_eq!(database.description(1).unwrap(), "");
}

#[test]
fn the_order_of_arrival_does_not_show() {
    let mut turned = example();
    turned.reverse();
    for input in &mut turned {
        input.parsed.advisories.reverse();
    }
    assert_eq!(build(example()).unwrap(), build(turned).unwrap());
}

#[test]
fn a_newer_schema_is_named() {
    let mut bytes = build(example()).unwrap();
    bytes[8] = 9;
    let error = Database::open(bytes).unwrap_err();
    assert_eq!(error, OpenError::Schema { found: 9 });
    assert!(error.to_string().contains("version 9"), "{error}");
}

#[test]
fn another_file_is_no_database() {
    assert_eq!(Database::open(b"# README".to_vec()).unwrap_err(), OpenError::NotADatabase);
    assert_eq!(Database::open(Vec::new()).unwrap_err(), OpenError::NotADatabase);
}

#[test]
fn a_file_cut_anywhere_does_not_open() {
    let bytes = build(example()).unwrap();
    for length in 0..bytes.len() {
        assert!(Database::open(bytes[..length].to_vec()).is_err(), "{length}");
    }
}

/// Reads everything that can be read; what is damaged may fail, and nothing may panic.
fn read_all(database: &Database) {
    for key in crate::release::RELEASES.iter().map(|release| release.key) {
        let Ok(Some(release)) = database.release(key) else { continue };
        for package in ["a", "b", "c"] {
            let Ok(Some(runs)) = database.lookup(release, package, &[0, 0, 0, 0, 2, 1]) else { continue };
            for index in runs.before.chain(runs.affecting) {
                if let Ok(entry) = database.entry(index) {
                    let _ = (database.cve_id(entry.cve), database.scores(entry.cve), database.description(entry.cve));
                }
            }
        }
    }
}

#[test]
fn one_wrong_bit_anywhere_never_panics_and_verify_sees_it() {
    let bytes = build(example()).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        if let Ok(database) = Database::open(damaged) {
            read_all(&database);
            assert!(database.verify().is_err(), "bit {bit}");
        }
    }
}

/// The rest of a file that lies in memory.
#[derive(Debug)]
struct Tail(Vec<u8>);

impl Rest for Tail {
    fn read(&self, range: Range<usize>) -> Option<Vec<u8>> {
        self.0.get(range).map(<[u8]>::to_vec)
    }
}

/// A database of which only the head is in memory.
fn open_head(bytes: &[u8], rest: Vec<u8>) -> Result<Database, OpenError> {
    let head = Database::head_length(&bytes[..Database::BEGINNING], bytes.len())?;
    Database::open_head(bytes[..head].to_vec(), bytes.len(), Box::new(Tail(rest)))
}

#[test]
fn descriptions_are_read_on_demand_and_verify_reads_the_rest() {
    let bytes = build(example()).unwrap();
    let database = open_head(&bytes, bytes.clone()).unwrap();
    assert_eq!(statements(&database, "debian:12", "a").len(), 2);
    assert_eq!(database.description(0).unwrap(), "The tracker's text.");
    assert_eq!(database.description(1).unwrap(), "");
    database.verify().unwrap();
    let mut damaged = bytes.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert!(open_head(&bytes, damaged).unwrap().verify().is_err());
}

#[test]
fn a_rest_that_has_gone_is_an_error_and_not_an_empty_text() {
    let bytes = build(example()).unwrap();
    let database = open_head(&bytes, Vec::new()).unwrap();
    assert!(database.description(0).is_err() && database.verify().is_err());
}

#[test]
fn a_head_that_is_cut_short_does_not_open() {
    let bytes = build(example()).unwrap();
    let head = Database::head_length(&bytes, bytes.len()).unwrap();
    for length in 0..head {
        let opened = Database::open_head(bytes[..length].to_vec(), bytes.len(), Box::new(Tail(Vec::new())));
        assert!(opened.is_err(), "{length}");
    }
}

proptest! {
    #[test]
    fn many_wrong_bytes_never_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = build(example()).unwrap();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(database) = Database::open(bytes) {
            read_all(&database);
        }
    }
}

#[test]
fn a_vulnerability_is_found_by_its_id_with_every_entry_about_it() {
    let database = Database::open(build(example()).unwrap()).unwrap();
    for index in 0.. {
        let Ok(id) = database.cve_id(index) else { break };
        assert_eq!(database.vulnerability(id).unwrap(), Some(index), "{id}");
    }
    for absent in ["", "CVE-2020-0000", "CVE-2020-0009", "CVE-2020-00015", "CVE-9"] {
        assert_eq!(database.vulnerability(absent).unwrap(), None, "{absent}");
    }
    let release = database.release("debian:12").unwrap().unwrap();
    let cve = database.vulnerability("CVE-2020-0002").unwrap().unwrap();
    let found = database.entries_about(release, cve).unwrap();
    let found: Vec<_> = found.iter().map(|(package, entry)| (*package, entry.state)).collect();
    assert_eq!(found, [("a", EntryState::Open), ("b", EntryState::NotAffected)]);
}

#[test]
fn a_signed_file_is_the_same_database_and_every_change_shows() {
    let plain = build(example()).unwrap();
    let signature = Signature { key: [1; 32], signature: [2; 64] };
    let signed = signature.put(plain.clone()).unwrap();
    assert_eq!((Signature::of(&plain).unwrap(), Signature::of(&signed).unwrap()), (None, Some(signature)));
    assert_eq!(Signature::message(&plain).unwrap(), Signature::message(&signed).unwrap());
    // Signed anew, the earlier signature is gone.
    assert_eq!(signature.put(signed.clone()).unwrap(), signed);
    Database::open(signed.clone()).unwrap().verify().unwrap();
    for at in 0..plain.len() {
        let mut changed = signed.clone();
        changed[at] ^= 1;
        let unchanged = Database::open(changed).map(|it| it.verify().is_ok()).unwrap_or_default();
        assert!(!unchanged, "{at}");
    }
    for length in plain.len() + 1..signed.len() {
        assert!(Database::open(signed[..length].to_vec()).is_err(), "{length}");
    }
}
