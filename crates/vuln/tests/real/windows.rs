//! Windows machines that wesng looked at, judged by the bulletins that it used.

use std::collections::BTreeSet;
use std::path::Path;

use inspector_model::Place;
use inspector_model::host::{Update, Windows};
use inspector_vuln::database::{Database, build};
use inspector_vuln::matcher::Verdict;
use inspector_vuln::windows::match_windows;

use crate::support;

/// What `systeminfo` says, as far as these tests need it.
fn machine(file: &Path) -> (String, Windows) {
    let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
    let after =
        |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(|it| it.trim().to_owned()).unwrap();
    let update = |line: &str| {
        let (_, rest) = line.split_once("]: KB")?;
        let kb = format!("KB{}", rest.trim());
        Some(Update { kb, at: Place::whole("systeminfo") })
    };
    let version = after("OS Version:");
    let windows = Windows {
        version: "10.0".to_owned(),
        build: version.rsplit(' ').next().unwrap().parse().unwrap(),
        revision: None,
        service_pack: None,
        machine: "x64".to_owned(),
        updates: text.lines().filter_map(update).collect(),
    };
    (after("OS Name:"), windows)
}

/// The CVEs that wesng reports.
fn expected(file: &Path) -> BTreeSet<String> {
    let bytes = support::read(file);
    let text = String::from_utf8_lossy(&bytes);
    text.lines()
        .skip(1)
        .filter_map(|line| line.split("\",\"").nth(1))
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn windows_machines_are_judged_by_updates_and_what_wesng_drops_is_told_apart() {
    let Some(shared) = support::shared() else { return };
    let input = support::input(&shared.join("feeds/windows-wesng/wesng-definitions-2026-06-28.zip"));
    assert_eq!((input.parsed.records, input.parsed.skipped.len()), (608_900, 0));
    let database = Database::open(build(vec![input]).unwrap()).unwrap();
    let mut found = Vec::new();
    for case in ["10_22H2_x64_enterprise_en-us", "srv_2012r2_u1", "srv_2022"] {
        let folder = shared.join("cve-cases/windows-hotfix");
        let (name, windows) = machine(&folder.join(format!("{case}_systeminfo.txt")));
        let expected = expected(&folder.join(format!("{case}.expected.csv.gz")));
        let matched = match_windows(&database, &name, &windows).unwrap();
        let of = |verdict| -> BTreeSet<String> {
            let of = matched.statements.iter().filter(|it| it.verdict == verdict);
            of.map(|it| database.cve_id(it.entry.cve).unwrap().to_owned()).collect()
        };
        let (affected, unknown) = (of(Verdict::Affected), of(Verdict::Undetermined));
        let missed = expected.iter().filter(|it| !affected.contains(*it) && !unknown.contains(*it)).count();
        found.push(format!(
            "{case}: {} of {} affected, {} not assessed, {missed} not; {} more",
            expected.intersection(&affected).count(),
            expected.len(),
            expected.iter().filter(|it| !affected.contains(*it) && unknown.contains(*it)).count(),
            affected.difference(&expected).count(),
        ));
    }
    // What is more and what is not: `docs/accuracy.md`.
    assert_eq!(
        found,
        [
            "10_22H2_x64_enterprise_en-us: 1758 of 1794 affected, 35 not assessed, 1 not; 370 more",
            "srv_2012r2_u1: 3809 of 3942 affected, 93 not assessed, 40 not; 304 more",
            "srv_2022: 2550 of 2699 affected, 37 not assessed, 112 not; 466 more",
        ]
    );
}
