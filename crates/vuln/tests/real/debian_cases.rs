//! The two Debian hosts whose findings other programs agree on, matched with the same tracker file.

use std::collections::{BTreeMap, BTreeSet};

use inspector_vuln::database::{Database, build};
use inspector_vuln::matcher::{Host, Verdict, match_host};

/// (binary package, CVE)
type Pairs = BTreeSet<(String, String)>;

fn expected(text: &str) -> Pairs {
    text.lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| (row["package"].as_str().unwrap().to_owned(), row["cve"].as_str().unwrap().to_owned()))
        .collect()
}

fn check(case: &str, version: &str, count: usize, third_party: &[(&str, usize)]) {
    let Some(shared) = crate::support::shared() else { return };
    let folder = shared.join("cve-cases").join(case);
    let database =
        Database::open(build(vec![crate::support::input(&crate::support::tracker(&shared))]).unwrap()).unwrap();
    let status = String::from_utf8(crate::support::read(&folder.join("dpkg-status.gz"))).unwrap();
    let inventory = crate::support::inventory(&status);
    let os = crate::support::debian(version);
    let matched = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None }).unwrap();
    let found: Pairs = matched
        .statements(&database)
        .map(|statement| statement.unwrap())
        .filter(|statement| statement.verdict == Verdict::Affected)
        .map(|statement| {
            let name = inventory.packages[statement.package].name.clone();
            (name, database.cve_id(statement.entry.cve).unwrap().to_owned())
        })
        .collect();
    let expected = expected(&String::from_utf8(crate::support::read(&folder.join("expected.jsonl"))).unwrap());
    assert_eq!(expected.len(), count);
    assert_eq!(expected.difference(&found).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "missed");
    assert_eq!(found.difference(&expected).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "too many");
    assert_eq!(matched.unassessed, []);
    let mut marks = BTreeMap::new();
    matched.third_party.iter().for_each(|it| *marks.entry(it.mark).or_insert(0) += 1);
    assert_eq!(marks.into_iter().collect::<Vec<_>>(), third_party);
}

#[test]
fn debian_11_minimal_has_exactly_the_findings_that_others_agree_on() {
    check("debian-11-minimal", "11", 148, &[]);
}

#[test]
fn debian_12_workstation_has_exactly_the_findings_of_the_recorded_set() {
    check(
        "debian-12-workstation",
        "12",
        467,
        &[("google cloud cli authors", 15), ("kubernetes authors", 1), ("nodesource", 1)],
    );
}
