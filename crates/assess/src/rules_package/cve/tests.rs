use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::{Counts, OutcomeWord};
use inspector_model::host::{HostScope, InventoryProblem, Kernel, Update, Windows};
use inspector_model::{Place, Timestamp};
use inspector_vuln::advisory::{Advisory, State};
use inspector_vuln::database::{Input, build};
use inspector_vuln::feed::{FEEDS, Parsed, bundled};

use super::*;
use crate::evaluation::Span;

/// In the Debian tracker's form, written by hand; package and CVEs are made up.
const TRACKER: &str = r#"{"openfoo": {
  "CVE-2020-0001": {"description": "Foo trusts bar.", "releases": {
    "bookworm": {"status": "resolved", "repositories": {}, "fixed_version": "1:2.0-1+deb12u1", "urgency": "low"}}},
  "CVE-2020-0002": {"releases": {"bookworm": {"status": "open", "repositories": {}, "urgency": "unimportant"}}},
  "CVE-2020-0003": {"releases": {"bookworm": {"status": "undetermined", "repositories": {}, "urgency": "low"}}},
  "CVE-2020-0004": {"releases": {
    "bookworm": {"status": "resolved", "repositories": {}, "fixed_version": "0", "urgency": "low"}}}},
 "linux": {"CVE-2020-0005": {"releases": {
    "bookworm": {"status": "resolved", "repositories": {}, "fixed_version": "6.1.90-1", "urgency": "low"}}}}}"#;

/// In NVD's form, written by hand.
const NVD: &str = r#"{"format": "NVD_CVE", "version": "2.0", "timestamp": "2024-10-24T00:00:00.000", "vulnerabilities": [
 {"cve": {"id": "CVE-2020-0001", "descriptions": [{"lang": "en", "value": "Foo trusts bar too much."}], "metrics": {
  "cvssMetricV31": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"vectorString": "CVSS:3.1/AV:N", "baseScore": 4.3}}],
  "cvssMetricV2": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"vectorString": "AV:N", "baseScore": 9}}]}}}]}"#;

fn input(feed: &str, text: &str) -> Input {
    dated(feed, text, Some("2026-01-02T00:00:00Z"))
}

fn dated(feed: &str, text: &str, dated: Option<&str>) -> Input {
    let feed = FEEDS.iter().find(|it| it.id == feed).unwrap();
    let parsed = (feed.parse)(text.as_bytes()).unwrap();
    let dated = dated.map(|dated| dated.parse().unwrap());
    Input { feed: feed.id, document: "d".to_owned(), sha256: String::new(), dated, parsed }
}

fn database(inputs: Vec<Input>) -> Database {
    Database::open(build(inputs).unwrap()).unwrap()
}

pub(super) fn full_inputs() -> Vec<Input> {
    vec![input("debian-security-tracker", TRACKER), input("nvd", NVD)]
}

fn full() -> Database {
    database(full_inputs())
}

pub(super) fn package(name: &str, source: &str, version: &str) -> Package {
    Package {
        name: name.to_owned(),
        version: version.to_owned(),
        architecture: "amd64".to_owned(),
        source: source.to_owned(),
        source_version: version.to_owned(),
        maintainer: None,
        module: None,
        at: None,
    }
}

fn foo() -> Vec<Package> {
    vec![package("foo", "openfoo", "1:2.0-1"), package("libfoo1", "openfoo", "1:2.0-1")]
}

fn seen<T>(value: T) -> Fact<T> {
    Fact::Seen { value, at: Place::whole("/there") }
}

fn absent<T>() -> Fact<T> {
    Fact::Absent { at: Place::whole("/there") }
}

pub(super) fn os(id: &str, version: &str) -> Fact<OsRelease> {
    seen(OsRelease {
        id: id.to_owned(),
        version_id: Some(version.to_owned()),
        codename: None,
        pretty_name: "A System".to_owned(),
        id_like: Vec::new(),
    })
}

pub(super) fn host(packages: Vec<Package>) -> HostFacts {
    HostFacts {
        scope: HostScope::Live,
        os: os("debian", "12"),
        packages: seen(Inventory { packages, problems: Vec::new() }),
        ..HostFacts::of_document("test", "2026-01-03T00:00:00Z".parse().unwrap())
    }
}

pub(super) fn assess(host: &HostFacts, database: &Database) -> Assessment {
    let moment = Timestamp::from_millis(0);
    let subject = Subject::Host { id: "i-1".to_owned(), operating_system: None };
    evaluate(host, "i-1", database).finish(subject, vec![KEY], Span { started_at: moment, completed_at: moment })
}

pub(super) fn rows(assessment: &Assessment) -> Vec<(&str, OutcomeWord)> {
    let parts = assessment.coverage.parts().flat_map(|(_, part)| &part.rules);
    parts.map(|row| (row.rule.as_str(), row.outcome)).collect()
}

/// The only reason for which something was not assessed.
fn reason(assessment: &Assessment) -> &Reason {
    let [exclusion] = assessment.exclusions.as_slice() else { panic!("{:?}", assessment.exclusions) };
    &exclusion.reason
}

#[test]
fn a_package_of_an_unknown_stream_is_not_assessed_and_hides_no_other() {
    let rpm = |name: &str, module: Option<&str>| Package {
        module: module.map(str::to_owned),
        ..package(name, "openssl", "1:3.0.1-41.el9_0")
    };
    let packages = vec![rpm("openssl", Some("crypto")), rpm("openssl-libs", None)];
    let host = HostFacts { os: os("rhel", "9.0"), ..host(packages) };
    let assessment = assess(&host, &inspector_vuln::feed::bundled::database().unwrap());
    let rows = rows(&assessment);
    assert!(rows.contains(&("package:openssl", OutcomeWord::NotAssessed)), "{rows:?}");
    let named: Vec<_> = assessment.findings.iter().map(|finding| &finding.proof).collect();
    assert!(!named.is_empty());
    for proof in named {
        let Proof::Packages { comparisons } = proof else { panic!("{proof:?}") };
        assert!(comparisons.iter().all(|it| it.name == "openssl-libs"), "{comparisons:?}");
    }
}

#[test]
fn a_fix_in_another_version_line_of_an_extra_is_not_assessed_and_says_why() {
    let update = r#"<updates><update type="security"><id>ALAS2PHP8.2-2023-001</id><severity>low</severity>
      <references><reference id="CVE-2020-0001"/></references>
      <pkglist><collection><package name="php" epoch="0" version="8.2.9" release="1.amzn2"/></collection></pkglist>
      </update></updates>"#;
    let host = HostFacts { os: os("amzn", "2"), ..host(vec![package("php", "php", "7.4.30-1.amzn2")]) };
    let assessment = assess(&host, &database(vec![input("amazon-linux", update), input("nvd", NVD)]));
    assert_eq!(rows(&assessment), [("CVE-2020-0001", OutcomeWord::NotAssessed)]);
    let reason = reason(&assessment);
    assert_eq!(reason.code, ReasonCode::Undetermined);
    assert!(reason.detail.contains("`php`, but in another version line than 7.4.30-1.amzn2"), "{}", reason.detail);
}

#[test]
fn a_finding_says_what_the_original_said() {
    let assessment = assess(&host(foo()), &full());
    let finding = assessment.findings.iter().find(|it| it.rule == "CVE-2020-0001").unwrap();
    assert_eq!(finding.title, "Instance i-1 is vulnerable to CVE-2020-0001");
    assert_eq!(finding.severity, Severity::Medium);
    assert!(finding.description.starts_with("Foo trusts bar"));
    assert_eq!(
        finding.recommendation,
        "Use the update feature of your operating system to update foo-1:2.0-1, libfoo1-1:2.0-1. For more information see \
         https://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2020-0001"
    );
    let attributes: Vec<_> = finding.attributes.iter().map(|it| (it.key.as_str(), it.value.as_str())).collect();
    assert_eq!(
        attributes,
        [
            ("CVE_ID", "CVE-2020-0001"),
            ("INSTANCE_ID", "i-1"),
            ("package_name", "foo, libfoo1"),
            ("CVSS2_SCORE", "9.0"),
            ("CVSS2_VECTOR", "AV:N"),
            ("CVSS3_SCORE", "4.3"),
            ("CVSS3_VECTOR", "CVSS:3.1/AV:N"),
        ]
    );
}

#[test]
fn a_fix_that_needs_ubuntu_pro_is_recommended_as_such() {
    let comparison = |name: &str, status: &str| VersionComparison {
        name: name.to_owned(),
        version: "1.0-1".to_owned(),
        source: name.to_owned(),
        source_version: "1.0-1".to_owned(),
        fixed_version: Some("1.0-2".to_owned()),
        status: status.to_owned(),
        advisory: "CVE-2020-0001".to_owned(),
        feed: "f d".to_owned(),
        at: None,
    };
    let both = [comparison("foo", "released, low"), comparison("bar", "released in esm-infra only (Ubuntu Pro), low")];
    assert_eq!(
        recommendation("CVE-2020-0001", &both, None),
        "Use the update feature of your operating system to update foo-0:1.0-1. The fix for bar-0:1.0-1 needs Ubuntu Pro: \
         attach the instance to it, then update. For more information see \
         https://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2020-0001"
    );
}

#[test]
fn the_proof_names_versions_source_status_and_feed() {
    let assessment = assess(&host(foo()), &full());
    let finding = assessment.findings.iter().find(|it| it.rule == "CVE-2020-0001").unwrap();
    let [first, _] = finding.packages() else { panic!("two packages") };
    let expected = VersionComparison {
        name: "foo".to_owned(),
        version: "1:2.0-1".to_owned(),
        source: "openfoo".to_owned(),
        source_version: "1:2.0-1".to_owned(),
        fixed_version: Some("1:2.0-1+deb12u1".to_owned()),
        status: "resolved, low".to_owned(),
        advisory: "CVE-2020-0001".to_owned(),
        feed: "debian-security-tracker d of 2026-01-02T00:00:00Z".to_owned(),
        at: Some(Place::whole("/there")),
    };
    assert_eq!(first, &expected);
}

#[test]
fn every_cve_of_an_installed_package_has_a_row() {
    let assessment = assess(&host(foo()), &full());
    assert_eq!(
        rows(&assessment),
        [
            ("CVE-2020-0001", OutcomeWord::Fail),
            ("CVE-2020-0002", OutcomeWord::Fail),
            ("CVE-2020-0003", OutcomeWord::NotAssessed),
            ("CVE-2020-0004", OutcomeWord::Pass),
        ]
    );
}

#[test]
fn what_the_distribution_does_not_know_is_one_exclusion_and_never_a_pass() {
    let assessment = assess(&host(foo()), &full());
    assert_eq!(reason(&assessment).code, ReasonCode::Undetermined);
}

#[test]
fn an_unscored_cve_without_a_fix_is_undefined_and_says_so() {
    let assessment = assess(&host(foo()), &full());
    let finding = assessment.findings.iter().find(|it| it.rule == "CVE-2020-0002").unwrap();
    assert_eq!(finding.severity, Severity::Undefined);
    assert_eq!(finding.description, "No feed describes CVE-2020-0002 yet.");
    assert!(
        finding.recommendation.contains("no fix yet for foo-1:2.0-1, libfoo1-1:2.0-1"),
        "{}",
        finding.recommendation
    );
}

#[test]
fn a_fixed_host_passes() {
    let fixed = vec![package("foo", "openfoo", "1:2.0-1+deb12u1")];
    let assessment = assess(&host(fixed), &full());
    assert!(rows(&assessment).contains(&("CVE-2020-0001", OutcomeWord::Pass)));
}

#[test]
fn an_unknown_system_and_a_missing_inventory_are_not_assessed() {
    let unknown = HostFacts { os: os("beos", "5"), ..host(foo()) };
    let nowhere = HostFacts { os: absent(), ..host(foo()) };
    let unreadable = Fact::Unreadable { at: Place::whole("/var/lib/dpkg/status"), why: "permission denied".to_owned() };
    let broken = HostFacts { packages: unreadable, ..host(Vec::new()) };
    let empty = HostFacts { packages: absent(), ..host(Vec::new()) };
    for (host, code, what) in [
        (unknown, ReasonCode::UnsupportedOs, "`beos 5` (`A System`)"),
        (nowhere, ReasonCode::UnsupportedOs, "no release file"),
        (broken, ReasonCode::Unreadable, "/var/lib/dpkg/status"),
        (empty, ReasonCode::UnsupportedOs, "no package database"),
    ] {
        let assessment = assess(&host, &full());
        assert_eq!(rows(&assessment), [("*", OutcomeWord::NotAssessed)]);
        assert_eq!(reason(&assessment).code, code);
        assert!(reason(&assessment).detail.contains(what), "{:?}", reason(&assessment));
    }
}

#[test]
fn a_release_without_advisories_is_not_assessed() {
    let host = HostFacts { os: os("debian", "14"), ..host(foo()) };
    let assessment = assess(&host, &full());
    assert_eq!(reason(&assessment).code, ReasonCode::AdvisoriesMissing);
    assert!(assessment.findings.is_empty());
}

#[test]
fn the_bundled_set_alone_judges_and_says_loudly_what_is_missing() {
    let assessment = assess(&host(vec![package("sudo", "sudo", "1.9.0-1")]), &bundled::database().unwrap());
    assert!(!assessment.coverage.complete());
    let reason = reason(&assessment);
    assert_eq!(reason.code, ReasonCode::AdvisoriesMissing);
    assert!(reason.detail.contains("have not been synced"));
    assert!(assessment.exclusions.iter().all(|it| it.recommendation.contains("inspector feeds import")));
}

#[test]
fn the_bundled_set_finds_regresshion_on_an_old_debian_12() {
    let old = vec![package("openssh-server", "openssh", "1:9.2p1-2+deb12u2")];
    let assessment = assess(&host(old), &bundled::database().unwrap());
    assert!(assessment.findings.iter().any(|finding| finding.rule == "CVE-2024-6387"));
}

#[test]
fn without_nvd_the_unknown_severities_are_said() {
    let only_debian = database(vec![input("debian-security-tracker", TRACKER)]);
    let fixed = HostFacts { kernel: absent(), ..host(Vec::new()) };
    let assessment = assess(&fixed, &only_debian);
    assert!(reason(&assessment).detail.contains("no scores of NVD"));
}

#[test]
fn advisories_older_than_a_week_or_of_unknown_age_judge_and_are_said_to_be() {
    let made = Some("2026-01-02T00:00:00Z");
    for (dated_at, collected_at, said) in [
        (made, "2026-01-09T00:00:00Z", None),
        (made, "2026-01-01T00:00:00Z", None),
        (made, "2026-01-09T00:00:01Z", Some("of 2026-01-02T00:00:00Z` was 7 days old, and 7 days are the limit")),
        (made, "2026-02-01T00:00:00Z", Some("was 30 days old")),
        (None, "2026-01-09T00:00:00Z", Some("`debian-security-tracker d` is of unknown age")),
    ] {
        let database = database(vec![dated("debian-security-tracker", TRACKER, dated_at), input("nvd", NVD)]);
        let facts = HostFacts { collected_at: collected_at.parse().unwrap(), ..host(foo()) };
        let assessment = assess(&facts, &database);
        let is_stale = |it: &&inspector_model::exclusion::Exclusion| it.reason.code == ReasonCode::AdvisoriesStale;
        let found: Vec<_> = assessment.exclusions.iter().filter(is_stale).map(|it| it.reason.detail.as_str()).collect();
        assert_eq!(found.len(), usize::from(said.is_some()), "{dated_at:?} {collected_at}: {found:?}");
        assert!(found.iter().all(|detail| detail.contains(said.unwrap())), "{dated_at:?} {collected_at}: {found:?}");
        assert_eq!(rows(&assessment).contains(&("advisories", OutcomeWord::NotAssessed)), said.is_some());
        assert_eq!(assessment.findings.len(), 2, "judgements stay");
    }
}

#[test]
fn old_scores_of_nvd_leave_the_advisories_fresh() {
    let nvd = dated("nvd", NVD, Some("2024-10-24T00:00:00Z"));
    let database = database(vec![input("debian-security-tracker", TRACKER), nvd]);
    assert!(!rows(&assess(&host(foo()), &database)).contains(&("advisories", OutcomeWord::NotAssessed)));
}

#[test]
fn a_third_party_package_is_not_assessed_and_judged_only_where_advisories_name_it() {
    let vendors =
        vec![package("kubectl", "kubectl", "1.30.1-1~bookworm"), package("foo", "openfoo", "1:1.0-1nodesource1")];
    let assessment = assess(&host(vendors), &full());
    let [kubectl, foo] = ["package:kubectl", "package:foo"];
    for (rule, said) in [(kubectl, "no advisory names it"), (foo, "it is judged by the distribution's advisories")] {
        assert!(rows(&assessment).contains(&(rule, OutcomeWord::NotAssessed)), "{rule}");
        let mut reasons = assessment.exclusions.iter().filter(|it| it.reason.code == ReasonCode::ThirdParty);
        assert!(reasons.any(|it| it.reason.detail.contains(said)), "{said}: {:?}", assessment.exclusions);
    }
    assert!(assessment.findings.iter().any(|finding| finding.rule == "CVE-2020-0001"));
}

#[test]
fn records_and_versions_that_make_no_sense_are_rows_of_their_own() {
    let problem = InventoryProblem { at: Place::line("/var/lib/dpkg/status", 7), why: "no version".to_owned() };
    let inventory = Inventory { packages: vec![package("foo", "openfoo", "one")], problems: vec![problem] };
    let assessment = assess(&HostFacts { packages: seen(inventory), ..host(Vec::new()) }, &full());
    assert_eq!(
        rows(&assessment),
        [("package-record", OutcomeWord::NotAssessed), ("package:foo", OutcomeWord::NotAssessed)]
    );
    assert!(assessment.findings.is_empty());
}

/// Three kernels, the last of which has the fix of CVE-2020-0005.
fn kernels(running: &str) -> HostFacts {
    let kernels = ["6.1.0-10 6.1.38-1", "6.1.0-18 6.1.76-1", "6.1.0-21 6.1.90-1"].map(|it| {
        let (abi, version) = it.split_once(' ').unwrap();
        package(&format!("linux-image-{abi}-amd64"), "linux-signed-amd64", version)
    });
    let kernel = seen(Kernel { release: running.to_owned(), foreign: false });
    HostFacts { kernel, ..host(kernels.to_vec()) }
}

#[test]
fn only_the_running_and_the_newest_kernel_are_judged() {
    let assessment = assess(&kernels("6.1.0-21-amd64"), &full());
    let expected = Counts { pass: 1, fail: 0, not_applicable: 2, not_assessed: 0 };
    assert_eq!(assessment.coverage.counts(KEY), Some(expected));
    let ledger = format!("{:?}", assessment.coverage);
    let said = "linux-image-6.1.0-18-amd64 6.1.76-1 is installed, not running; applies after a reboot into it";
    assert!(ledger.contains(said), "{ledger}");
}

#[test]
fn a_reboot_suffices_where_only_the_running_kernel_lacks_the_fix() {
    let running_old = kernels("6.1.0-18-amd64");
    let mut with_tools = running_old.clone();
    let Fact::Seen { value: inventory, .. } = &mut with_tools.packages else { panic!("packages") };
    inventory.packages.push(package("linux-perf", "linux", "6.1.85-1"));
    for (host, suffices) in [(running_old, true), (with_tools, false)] {
        let assessment = assess(&host, &full());
        let [finding] = assessment.findings.as_slice() else { panic!("{:?}", assessment.findings) };
        let said = "A reboot suffices: linux-image-6.1.0-21-amd64 6.1.90-1 is installed and not affected.";
        assert_eq!(finding.recommendation.contains(said), suffices, "{}", finding.recommendation);
        assert_eq!(finding.recommendation.contains("to update"), !suffices, "{}", finding.recommendation);
    }
}

#[test]
fn a_damaged_database_judges_nothing() {
    let mut bytes = build(vec![input("debian-security-tracker", TRACKER), input("nvd", NVD)]).unwrap();
    // The id of the first CVE, out of its text's reach: a letter that is no UTF-8.
    let at = bytes.windows(13).rposition(|window| window == b"CVE-2020-0001").unwrap();
    bytes[at] = 0xff;
    let assessment = assess(&host(foo()), &Database::open(bytes).unwrap());
    assert_eq!(rows(&assessment), [("*", OutcomeWord::NotAssessed)]);
    assert_eq!(reason(&assessment).code, ReasonCode::EvaluationError);
}

#[test]
fn many_names_stay_within_the_bound_of_an_attribute() {
    let packages: Vec<_> = (10..99).map(|it| package(&format!("libfoo{it}"), "openfoo", "1:1-1")).collect();
    let assessment = assess(&host(packages), &full());
    let names = assessment.findings.first().and_then(|finding| finding.attribute("package_name")).unwrap();
    assert!((200..=256).contains(&names.len()) && names.ends_with(|last: char| last.is_ascii_digit()), "{names}");
}

fn assess_under(host: &HostFacts, database: &Database, policy: &Policy) -> Assessment {
    let moment = Timestamp::from_millis(0);
    let subject = Subject::Host { id: "i-1".to_owned(), operating_system: None };
    let span = Span { started_at: moment, completed_at: moment };
    evaluate_under(host, "i-1", database, policy).finish(subject, vec![KEY], span)
}

#[test]
fn what_a_vex_document_answers_is_not_applicable_with_its_words_and_never_a_pass() {
    let vex = |product: &str| {
        let text = format!(
            r#"{{"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{{"vulnerability": {{"name": "CVE-2020-0001"}},
                "products": [{{"@id": "{product}"}}], "status": "not_affected", "justification": "code_not_reachable"}}]}}"#
        );
        let mut vex = Vex::default();
        vex.add(text.as_bytes(), "mine.json").unwrap();
        Policy { vex, ..Policy::default() }
    };
    for (product, wanted) in [
        ("pkg:deb/debian/openfoo", OutcomeWord::NotApplicable),
        ("pkg:deb/debian/openfoo@1:2.0-1", OutcomeWord::NotApplicable),
        // One of the two packages stays affected.
        ("pkg:deb/debian/foo", OutcomeWord::Fail),
        ("pkg:deb/debian/openfoo@1:1.0-1", OutcomeWord::Fail),
    ] {
        let assessment = assess_under(&host(foo()), &full(), &vex(product));
        assert!(rows(&assessment).contains(&("CVE-2020-0001", wanted)), "{product}: {:?}", rows(&assessment));
        let ledger = format!("{:?}", assessment.coverage);
        let said = ledger.contains("`mine.json` says not_affected of foo 1:2.0-1: code_not_reachable");
        assert_eq!(said, wanted == OutcomeWord::NotApplicable, "{product}");
    }
}

/// Scores of the authority that assigned a CVE, exploitation and its likelihood.
#[test]
fn a_score_of_another_than_nvd_is_used_by_default_and_named_and_exploitation_is_told() {
    let scores = r#"{"format": "NVD_CVE", "version": "2.0", "timestamp": "2024-10-24T00:00:00.000", "vulnerabilities": [
        {"cve": {"id": "CVE-2020-0002", "metrics": {"cvssMetricV31": [
        {"source": "cna@example.com", "type": "Secondary", "cvssData": {"vectorString": "x", "baseScore": 4.3}}]}}}]}"#;
    let kev = r#"{"catalogVersion": "1", "dateReleased": "2026-01-01T00:00:00Z", "count": 1, "vulnerabilities": [
        {"cveID": "CVE-2020-0002", "dateAdded": "2021-11-03", "dueDate": "2021-11-17"}]}"#;
    let epss =
        "#model_version:v1,score_date:2026-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2020-0002,0.00383,0.73\n";
    let inputs = [("nvd", scores), ("cisa-kev", kev), ("epss", epss), ("debian-security-tracker", TRACKER)];
    let database = database(inputs.map(|(feed, text)| input(feed, text)).into());
    let by_default = Policy::default();
    let as_classic = Policy { severities: Preference::classic(), ..Policy::default() };
    for (policy, severity, source) in
        [(by_default, Severity::Medium, Some("cna CVSS 3.1")), (as_classic, Severity::Undefined, None)]
    {
        let assessment = assess_under(&host(foo()), &database, &policy);
        let finding = assessment.findings.iter().find(|it| it.rule == "CVE-2020-0002").unwrap();
        assert_eq!((finding.severity, finding.attribute("SEVERITY_SOURCE")), (severity, source));
        let told =
            ["EPSS_SCORE", "EPSS_PERCENTILE", "KEV_DATE_ADDED", "KEV_DUE_DATE"].map(|key| finding.attribute(key));
        assert_eq!(told, [Some("0.00383"), Some("0.73000"), Some("2021-11-03"), Some("2021-11-17")]);
    }
}

/// A Windows Server 2022 with these updates, and a database of two bulletins about it.
fn windows_server(updates: &[&str]) -> (HostFacts, Database) {
    let at = || Place::line("systeminfo.txt", 31);
    let windows = Windows {
        version: "10.0".to_owned(),
        build: 20_348,
        revision: None,
        service_pack: None,
        machine: "x64".to_owned(),
        updates: updates.iter().map(|kb| Update { kb: (*kb).to_owned(), at: at() }).collect(),
    };
    let Fact::Seen { value, at: place } = os("windows", "10.0.20348") else { panic!("os") };
    let os = OsRelease { pretty_name: "Microsoft Windows Server 2022 Standard".to_owned(), ..value };
    let os = Fact::Seen { value: os, at: place };
    let host = HostFacts { os, packages: absent(), windows: Some(seen(windows)), ..host(Vec::new()) };
    let release = inspector_vuln::release::Release::by_key("windows").unwrap();
    let statement = |cve: &str, update: &str| Advisory {
        release,
        package: "Windows Server 2022".to_owned(),
        cve: cve.to_owned(),
        introduced: None,
        state: State::Open,
        word: "important".to_owned(),
        advisory: update.to_owned(),
    };
    let advisories = vec![statement("CVE-2021-0001", "KB1000001"), statement("CVE-2021-0002", "KB1000002")];
    let parsed = Parsed { records: 2, advisories, ..Parsed::default() };
    let dated = Some("2026-01-02T00:00:00Z".parse().unwrap());
    let input = Input { feed: "microsoft", document: "wesng".to_owned(), sha256: String::new(), dated, parsed };
    (host, database(vec![input]))
}

#[test]
fn a_windows_host_lacks_the_updates_that_it_has_not_installed() {
    let (host, database) = windows_server(&["KB1000001"]);
    let assessment = assess(&host, &database);
    assert_eq!(rows(&assessment), [("CVE-2021-0001", OutcomeWord::Pass), ("CVE-2021-0002", OutcomeWord::Fail)]);
    let [finding] = assessment.findings.as_slice() else { panic!("{:?}", assessment.findings) };
    assert_eq!((finding.severity, finding.attribute("SEVERITY_SOURCE")), (Severity::High, Some("microsoft")));
    assert!(finding.recommendation.starts_with("Install the update KB1000002, or a later one"));
    let [comparison] = finding.packages() else { panic!("{:?}", finding.proof) };
    assert_eq!((comparison.version.as_str(), comparison.advisory.as_str()), ("10.0.20348", "KB1000002"));
    assert_eq!(comparison.at, Some(Place::line("systeminfo.txt", 31)));
    assert_eq!(unmatched_host(&host, &database), None);
}

#[test]
fn a_windows_host_without_bulletins_or_of_an_unknown_build_is_not_assessed() {
    let (host, database) = windows_server(&[]);
    assert_eq!(reason(&assess(&host, &full())).code, ReasonCode::AdvisoriesMissing);
    let mut unknown = host;
    let Some(Fact::Seen { value, .. }) = &mut unknown.windows else { panic!("windows") };
    value.build = 1;
    let assessment = assess(&unknown, &database);
    assert_eq!(reason(&assessment).code, ReasonCode::UnsupportedOs);
    assert!(assessment.findings.is_empty());
}
