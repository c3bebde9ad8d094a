use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::OutcomeWord;
use inspector_model::host::InventoryProblem;
use inspector_model::language::LanguageInventory;
use inspector_model::{Place, Timestamp};
use inspector_vuln::advisory::{Advisory, State, Version};
use inspector_vuln::database::{Input, build};
use inspector_vuln::feed::Parsed;
use inspector_vuln::release::Release;

use super::*;
use crate::evaluation::Span;
use crate::rules_package::cve;

fn advisory(registry: &str, package: &str, cve: &str, state: State) -> Advisory {
    let release = Release::by_key(registry).unwrap();
    let (package, cve) = (package.to_owned(), cve.to_owned());
    Advisory { release, package, cve, introduced: None, state, word: "high".to_owned(), advisory: "GHSA-1".to_owned() }
}

fn fixed(registry: &str, version: &str) -> State {
    State::Fixed(Version::parse(Release::by_key(registry).unwrap(), version).unwrap())
}

/// Advisories about one package of npm, Go and Python each, of this day.
fn database(day: &str) -> Database {
    let advisories = vec![
        advisory("npm", "left-pad", "CVE-2020-0001", fixed("npm", "1.2.0")),
        advisory("npm", "left-pad", "CVE-2020-0002", fixed("npm", "1.0.0")),
        advisory("npm", "left-pad", "CVE-2020-0003", State::Undetermined),
        advisory("golang", "a.org/b", "CVE-2020-0001", fixed("golang", "1.5.0")),
        advisory("pypi", "foo", "CVE-2020-0004", State::Open),
    ];
    let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
    let dated = Some(format!("{day}T00:00:00Z").parse().unwrap());
    let input = Input { feed: "osv", document: "d".to_owned(), sha256: String::new(), dated, parsed };
    Database::open(build(vec![input]).unwrap()).unwrap()
}

fn package(ecosystem: Ecosystem, name: &str, version: &str) -> LanguagePackage {
    let (name, version, at) = (name.to_owned(), version.to_owned(), Place::whole("/app/x"));
    LanguagePackage { ecosystem, name, version, at, owned: false }
}

fn host(packages: Vec<LanguagePackage>) -> HostFacts {
    let now: Timestamp = "2026-01-03T00:00:00Z".parse().unwrap();
    let languages = Some(LanguageInventory { packages, problems: Vec::new() });
    HostFacts { languages, ..HostFacts::of_document("bom.json", now) }
}

fn assess(host: &HostFacts, database: &Database) -> Assessment {
    let subject = Subject::Host { id: "web-1".to_owned(), operating_system: None };
    let moment = Timestamp::from_millis(0);
    let evaluation = cve::evaluate(host, "web-1", database);
    evaluation.finish(subject, vec![KEY], Span { started_at: moment, completed_at: moment })
}

fn rows(assessment: &Assessment) -> Vec<(&str, OutcomeWord)> {
    let (_, part) = assessment.coverage.parts().next().unwrap();
    part.rules.iter().map(|row| (row.rule.as_str(), row.outcome)).collect()
}

#[test]
fn each_ecosystem_has_findings_of_its_own_and_a_row_for_every_advisory() {
    use OutcomeWord::{Fail, NotAssessed, Pass};
    let packages = vec![package(Ecosystem::Go, "a.org/b", "v1.4.9"), package(Ecosystem::Npm, "left-pad", "1.1.0")];
    let assessment = assess(&host(packages), &database("2026-01-02"));
    assert_eq!(
        rows(&assessment),
        [
            ("CVE-2020-0001 (Go)", Fail),
            ("CVE-2020-0001 (npm)", Fail),
            ("CVE-2020-0002 (npm)", Pass),
            ("CVE-2020-0003 (npm)", NotAssessed),
            ("advisories (Go)", Pass),
            ("advisories (npm)", Pass),
        ]
    );
    let [go, npm] = assessment.findings.as_slice() else { panic!("{:?}", assessment.findings) };
    assert_eq!((go.rule.as_str(), npm.rule.as_str()), ("CVE-2020-0001", "CVE-2020-0001"));
    assert_ne!(inspector_model::fingerprint::fingerprint(go), inspector_model::fingerprint::fingerprint(npm));
    assert!(npm.recommendation.starts_with("Update left-pad 1.1.0 to 1.2.0 or later"), "{}", npm.recommendation);
    let [proof] = npm.packages() else { panic!("one package") };
    assert_eq!((proof.source.as_str(), proof.at.as_ref().unwrap().path.as_str()), ("pkg:npm/left-pad@1.1.0", "/app/x"));
}

#[test]
fn packages_that_no_advisory_names_were_looked_up() {
    let assessment = assess(&host(vec![package(Ecosystem::Npm, "other", "1.0.0")]), &database("2026-01-02"));
    assert_eq!(rows(&assessment), [("advisories (npm)", OutcomeWord::Pass)]);
    assert!(assessment.coverage.complete());
}

#[test]
fn what_the_system_brought_is_left_to_the_distribution() {
    let owned = LanguagePackage { owned: true, ..package(Ecosystem::Npm, "left-pad", "1.1.0") };
    let assessment = assess(&host(vec![owned]), &database("2026-01-02"));
    assert!(assessment.findings.is_empty() && rows(&assessment).is_empty());
    assert!(!assessment.coverage.complete(), "nothing was looked at");
}

#[test]
fn what_cannot_be_judged_is_named_and_never_clean() {
    let npm = |version: &str| package(Ecosystem::Npm, "left-pad", version);
    let old = assess(&host(vec![npm("2.0.0")]), &database("2025-01-02"));
    assert!(rows(&old).contains(&("advisories (npm)", OutcomeWord::NotAssessed)));
    for (packages, why) in [
        (
            vec![package(Ecosystem::RubyGems, "rack", "1.0")],
            "advisories about packages of RubyGems have not been imported",
        ),
        (vec![npm("latest")], "`pkg:npm/left-pad@latest` at `/app/x`"),
        (vec![package(Ecosystem::PyPI, "foo", "one"), npm("2.0.0")], "one"),
    ] {
        let assessment = assess(&host(packages), &database("2026-01-02"));
        assert!(!assessment.coverage.complete(), "{why}");
        let told: String = assessment.exclusions.iter().map(|it| it.description.clone()).collect();
        assert!(told.contains(why), "{why}: {told}");
    }
    let mut broken = host(vec![npm("2.0.0")]);
    let problem = InventoryProblem { at: Place::whole("/opt/a.jar"), why: "is no archive".to_owned() };
    broken.languages.as_mut().unwrap().problems.push(problem);
    assert!(rows(&assess(&broken, &database("2026-01-02"))).contains(&("language-package", OutcomeWord::NotAssessed)));
}

#[test]
fn a_host_without_a_system_and_without_packages_has_nothing_assessed() {
    let assessment = assess(&host(Vec::new()), &database("2026-01-02"));
    assert_eq!(rows(&assessment), [("*", OutcomeWord::NotAssessed)]);
    // A system that cannot be read is not one that is absent.
    let packages = vec![package(Ecosystem::Npm, "other", "1.0.0")];
    let at = Place::whole("/etc/os-release");
    let unread = HostFacts { os: Fact::Unreadable { at, why: "torn".to_owned() }, ..host(packages) };
    let assessment = assess(&unread, &database("2026-01-02"));
    assert_eq!(rows(&assessment), [("*", OutcomeWord::NotAssessed), ("advisories (npm)", OutcomeWord::Pass)]);
}
