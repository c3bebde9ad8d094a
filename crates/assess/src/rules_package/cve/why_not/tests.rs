use inspector_model::host::{Kernel, OsRelease};
use inspector_model::language::{Ecosystem, LanguageInventory};
use inspector_model::{Fact, Place};
use inspector_vuln::advisory::{Advisory, State, Version};
use inspector_vuln::database::{Input, build};
use inspector_vuln::feed::Parsed;
use inspector_vuln::vex::Vex;

use super::super::tests::{host, os, package};
use super::*;

fn advisory(release: &str, package: &str, cve: u32, state: &str) -> Advisory {
    let release = Release::by_key(release).unwrap();
    let state = match state {
        "open" => State::Open,
        "not affected" => State::NotAffected,
        "undetermined" => State::Undetermined,
        fixed => State::Fixed(Version::parse(release, fixed).unwrap()),
    };
    Advisory {
        release,
        package: package.to_owned(),
        cve: format!("CVE-2020-000{cve}"),
        introduced: None,
        state,
        word: "so".to_owned(),
        advisory: String::new(),
    }
}

fn database() -> Database {
    let advisories = vec![
        advisory("debian:12", "foo", 1, "1.0-2"),
        advisory("debian:12", "foo", 2, "not affected"),
        advisory("debian:12", "foo", 3, "undetermined"),
        advisory("debian:12", "bar", 4, "open"),
        advisory("debian:12", "linux", 5, "6.1.90-1"),
        advisory("debian:11", "foo", 6, "open"),
        advisory("debian:12", "foo", 7, "open"),
        advisory("npm", "left", 8, "2.0.0"),
        advisory("rhel:9", "nodejs@nodejs:18", 9, "1:18.0-1"),
    ];
    let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
    let dated = "2026-01-02T00:00:00Z".parse().ok();
    let input = Input { feed: "f", document: "d".to_owned(), sha256: String::new(), dated, parsed };
    let scores =
        Input { feed: "nvd", document: "d".to_owned(), sha256: String::new(), dated, parsed: Parsed::default() };
    Database::open(build(vec![input, scores]).unwrap()).unwrap()
}

fn debian() -> HostFacts {
    let kernel = |release: &str, version: &str| package(&format!("linux-image-{release}"), "linux", version);
    let packages = vec![
        package("libfoo", "foo", "1.0-2"),
        kernel("6.1.0-1", "6.1.10-1"),
        kernel("6.1.0-2", "6.1.90-1"),
        kernel("6.1.0-3", "6.1.99-1"),
        package("odd", "odd", "not a version"),
    ];
    let running = Kernel { release: "6.1.0-2".to_owned(), foreign: false };
    HostFacts { kernel: Fact::Seen { value: running, at: Place::whole("/proc") }, ..host(packages) }
}

fn ask(host: &HostFacts, cve: u32) -> (Option<OutcomeWord>, String) {
    let answer = why_not(host, "web-1", &database(), &Policy::default(), &format!("CVE-2020-000{cve}")).unwrap();
    (answer.outcome, answer.lines.join("\n"))
}

#[track_caller]
fn assert_says(host: &HostFacts, cve: u32, outcome: Option<OutcomeWord>, words: &[&str]) {
    let (found, text) = ask(host, cve);
    assert_eq!(found, outcome, "{text}");
    for word in words {
        assert!(text.contains(word), "`{word}` in: {text}");
    }
}

#[test]
fn every_way_to_be_no_finding_on_a_host_has_its_words() {
    let host = debian();
    let fixed = "libfoo 1.0-2 (source foo 1.0-2): not affected, at or above the fix 1.0-2; so, from f d of 2026-01-02";
    assert_says(&host, 1, Some(OutcomeWord::Pass), &["no installed package is affected", fixed]);
    assert_says(&host, 2, Some(OutcomeWord::Pass), &["libfoo 1.0-2", "not affected, says the advisory"]);
    assert_says(&host, 3, Some(OutcomeWord::NotAssessed), &["nobody has determined whether it is affected"]);
    assert_says(&host, 4, None, &["no advisory connects it", "`bar` is named, and not installed; so, from f d"]);
    assert_says(&host, 5, Some(OutcomeWord::Pass), &["linux-image-6.1.0-1 6.1.10-1 is a kernel that neither runs nor"]);
    assert_says(
        &host,
        6,
        None,
        &["no advisory of `debian:12` names it, in f d of", "advisories name it for `foo` of debian:11"],
    );
    assert_says(
        &host,
        7,
        Some(OutcomeWord::Fail),
        &["CVE-2020-0007 is a finding on web-1", "affected, and there is no fix"],
    );
    let unknown = why_not(&host, "web-1", &database(), &Policy::default(), "CVE-1999-0001").unwrap();
    assert!(unknown.lines.join("\n").contains("no advisory in the database names CVE-1999-0001\nlooked at: f d of"));
}

#[test]
fn a_host_without_a_feed_or_of_an_unknown_release_is_not_assessed_and_never_clean() {
    let ubuntu = HostFacts { os: os("ubuntu", "22.04"), ..debian() };
    let words = ["not everything was assessed", "holds nothing about `ubuntu:22.04`", "ubuntu-cve-tracker"];
    assert_says(&ubuntu, 1, Some(OutcomeWord::NotAssessed), &words);
    let unknown = HostFacts { os: os("plan9", "4"), ..debian() };
    assert_says(&unknown, 1, Some(OutcomeWord::NotAssessed), &["no advisories are known for `plan9 4`"]);
    let unread: Fact<OsRelease> = Fact::Unreadable { at: Place::whole("/etc/os-release"), why: "no right".to_owned() };
    assert_says(&HostFacts { os: unread, ..debian() }, 1, Some(OutcomeWord::NotAssessed), &["no right"]);
}

#[test]
fn a_module_of_another_stream_and_an_unreadable_version_are_told() {
    let module = |name: &str, version: &str, label: Option<&str>| Package {
        module: label.map(str::to_owned),
        ..package(name, name, version)
    };
    let of = |packages| HostFacts { os: os("rhel", "9"), ..host(packages) };
    let other = of(vec![module("nodejs", "1:16.0-1.module_el9", Some("nodejs:16:1:a"))]);
    assert_says(&other, 9, None, &["is not of stream `nodejs:18`, of which the advisory speaks"]);
    let unlabelled = of(vec![module("nodejs", "1:16.0-1.module_el9", None)]);
    assert_says(&unlabelled, 9, Some(OutcomeWord::NotAssessed), &["was not assessed: it belongs to a module"]);
    let same = of(vec![module("nodejs", "1:18.0-1.module_el9", Some("nodejs:18:1:a"))]);
    assert_says(&same, 9, Some(OutcomeWord::Pass), &["at or above the fix 1:18.0-1"]);
}

#[test]
fn packages_of_languages_and_documents_of_the_operator_are_told_too() {
    let left = |version: &str, owned| LanguagePackage {
        ecosystem: Ecosystem::Npm,
        name: "left".to_owned(),
        version: version.to_owned(),
        at: Place::whole("/srv/left/package.json"),
        owned,
    };
    let with = |packages| HostFacts {
        languages: Some(LanguageInventory { packages, ..LanguageInventory::default() }),
        ..debian()
    };
    let newer = with(vec![left("2.0.1", false)]);
    assert_says(&newer, 8, Some(OutcomeWord::Pass), &["pkg:npm/left@2.0.1", "at or above the fix 2.0.0"]);
    let odd = with(vec![left("not a version", false)]);
    assert_says(&odd, 8, Some(OutcomeWord::NotAssessed), &["pkg:npm/left@", "was not assessed"]);
    assert_says(&with(vec![left("1.0.0", true)]), 8, None, &["came with a package of the system"]);
    let vex = r#"{"@context": "https://openvex.dev/ns/v0.2.0", "@id": "x", "author": "a", "timestamp": "2026-01-01T00:00:00Z",
        "version": 1, "statements": [{"vulnerability": {"name": "CVE-2020-0007"}, "products": [{"@id": "pkg:deb/debian/foo"}],
        "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}]}"#;
    let mut own = Vex::default();
    own.add(vex.as_bytes(), "own.json").unwrap();
    let policy = Policy { vex: own, ..Policy::default() };
    let answer = why_not(&debian(), "web-1", &database(), &policy, "CVE-2020-0007").unwrap();
    assert_eq!(answer.outcome, Some(OutcomeWord::NotApplicable), "{answer:?}");
    assert!(answer.lines.join("\n").contains("`own.json` says not_affected"), "{answer:?}");
}
