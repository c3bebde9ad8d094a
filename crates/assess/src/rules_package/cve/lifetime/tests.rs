use inspector_vuln::database::{Database, Input, build};
use inspector_vuln::feed::Parsed;

use inspector_model::assessment::Assessment;
use inspector_model::coverage::OutcomeWord;

use super::super::tests::{assess, full_inputs, host, os, package, rows};
use super::*;

fn lifetime(system: &str, package: &str, until: &str) -> Lifetime {
    let [system, package, until] = [system, package, until].map(str::to_owned);
    Lifetime { system, package, until, note: "so they say".to_owned() }
}

fn judged(system: (&str, &str), packages: Vec<Package>, lifetimes: Vec<Lifetime>) -> Assessment {
    let mut inputs = full_inputs();
    let parsed = Parsed { records: lifetimes.len(), lifetimes, ..Parsed::default() };
    inputs.push(Input { feed: "end-of-life", document: "d".to_owned(), sha256: String::new(), dated: None, parsed });
    let database = Database::open(build(inputs).unwrap()).unwrap();
    assess(&HostFacts { os: os(system.0, system.1), ..host(packages) }, &database)
}

fn titles(assessment: &Assessment) -> Vec<String> {
    let own = assessment.findings.iter().filter(|it| !it.rule.starts_with("CVE-"));
    own.map(|it| format!("{} {} {}", it.severity, it.rule, it.title)).collect()
}

#[test]
fn a_release_after_its_last_day_is_a_finding_and_before_it_is_a_pass() {
    let end = |day| vec![lifetime("debian:12", "", day)];
    let ended = judged(("debian", "12"), Vec::new(), end("2026-01-02"));
    let wanted = "High end-of-life Instance i-1 runs A System, which gets no security updates any more";
    assert_eq!(titles(&ended), [wanted]);
    // Facts were collected on the last day itself, and before an end that another source puts later.
    for lifetimes in [end("2026-01-03"), [end("2026-01-02"), end("2028-06-30")].concat()] {
        let going_on = judged(("debian", "12"), Vec::new(), lifetimes);
        assert_eq!(titles(&going_on), [""; 0]);
        assert_eq!(rows(&going_on), [("end-of-life", OutcomeWord::Pass)]);
    }
}

#[test]
fn of_a_release_that_nobody_speaks_of_nothing_is_said() {
    let other = judged(("debian", "12"), Vec::new(), vec![lifetime("debian:11", "", "2020-01-01")]);
    assert_eq!(titles(&other), [""; 0]);
}

#[test]
fn packages_without_support_are_one_finding_with_every_binary() {
    let packages =
        vec![package("foo", "openfoo", "1:2.0-1"), package("golang-bar", "golang-bar", "1"), package("b", "b", "1")];
    let lifetimes = vec![
        lifetime("debian:12", "openfoo", "2025-10-01"),
        lifetime("debian:12", "b", "2027-01-01"),
        lifetime("debian", "golang.*", ""),
    ];
    let assessment = judged(("debian", "12"), packages, lifetimes);
    assert_eq!(
        titles(&assessment),
        [
            "Medium end-of-life-packages Instance i-1 has packages that get no security updates any more",
            "Informational limited-support-packages Instance i-1 has packages that get security updates only within limits",
        ]
    );
    let of_packages = assessment.findings.iter().flat_map(|it| it.packages());
    let words: Vec<_> =
        of_packages.filter(|it| it.advisory == "d").map(|it| format!("{} {}", it.name, it.status)).collect();
    assert!(words.iter().any(|it| it == "foo support ended 2025-10-01; so they say"), "{words:?}");
}
