//! Advisories about packages of languages in the form of OSV (<https://ossf.github.io/osv-schema/>), one archive per
//! registry: <https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip>, `PyPI`, `Maven`, `Go`, `crates.io`,
//! `RubyGems`, `Packagist`.
//!
//! An advisory that knows CVE ids speaks under them, so that those of several databases about one vulnerability meet.

use std::collections::BTreeSet;

use super::osv::{Affected, Record};
use super::{Feed, FeedError, Parsed, archive};
use crate::advisory::{Advisory, Score, ScoreSource, State, Version, Vulnerability, is_cve_id};
use crate::cvss;
use crate::language::normal_name;
use crate::release::Release;

/// OSV for languages.
pub(super) const FEED: Feed = Feed { id: "osv", title: "OSV for languages", document, parse };

/// OSV's names of ecosystems and our keys of their registries.
const ECOSYSTEMS: &[(&str, &str)] = &[
    ("Go", "golang"),
    ("Maven", "maven"),
    ("Packagist", "composer"),
    ("PyPI", "pypi"),
    ("RubyGems", "gem"),
    ("crates.io", "cargo"),
    ("npm", "npm"),
];

/// `npm`: the registry that all of the first advisories speak of.
fn document(_name: &str, head: &[u8]) -> Option<String> {
    if !archive::is_archive(head) {
        return None;
    }
    let mut common: Option<BTreeSet<&str>> = None;
    for record in archive::first_files(head).iter().filter_map(|file| serde_json::from_slice::<Record>(file).ok()) {
        let registries = record.affected.iter().filter_map(|it| registry(&it.package.ecosystem)).map(|it| it.key);
        let registries: BTreeSet<&str> = registries.collect();
        common = Some(common.map_or_else(|| registries.clone(), |known| &known & &registries));
    }
    common?.pop_first().map(str::to_owned)
}

/// `Maven:https://repo1…` is Maven.
fn registry(ecosystem: &str) -> Option<&'static Release> {
    let name = ecosystem.split(':').next().unwrap_or(ecosystem);
    ECOSYSTEMS.iter().find(|(osv, _)| *osv == name).and_then(|(_, key)| Release::by_key(key))
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    archive::each_file(bytes, &mut |name, content| {
        if !name.ends_with(".json") {
            return;
        }
        parsed.records += 1;
        match serde_json::from_slice::<Record>(content) {
            Ok(record) if record.withdrawn.is_some() => {}
            Ok(record) => read(record, &mut parsed),
            Err(error) => parsed.skip(name, error.to_string()),
        }
    })?;
    if parsed.advisories.is_empty() && parsed.unreadable < parsed.records {
        return Err(FeedError::Shape { why: "no record speaks of a known registry".to_owned() });
    }
    parsed.unless_empty()
}

fn read(record: Record, parsed: &mut Parsed) {
    let ids: BTreeSet<&String> = record.aliases.iter().filter(|id| is_cve_id(id)).collect();
    let ids = if ids.is_empty() { BTreeSet::from([&record.id]) } else { ids };
    let word = word(&record);
    for affected in &record.affected {
        let Some(release) = registry(&affected.package.ecosystem) else { continue };
        let package = normal_name(release, &affected.package.name).into_owned();
        let ranges = ranges(affected, release).unwrap_or_else(|why| {
            parsed.skip_part(format!("{} {package}", record.id), why.clone());
            vec![(None, State::Undetermined)]
        });
        for (introduced, state) in ranges {
            parsed.advisories.extend(ids.iter().map(|id| Advisory {
                release,
                package: package.clone(),
                cve: (*id).clone(),
                introduced: introduced.clone(),
                state: state.clone(),
                word: word.clone(),
                advisory: record.id.clone(),
            }));
        }
    }
    let mut scores = Vec::new();
    for severity in &record.severity {
        match cvss::score(&severity.score) {
            Ok((version, cvss)) => scores.push(Score { source: ScoreSource::Vendor, version, cvss }),
            Err(error) => parsed.skip_part(record.id.clone(), error.to_string()),
        }
    }
    let description = if record.summary.is_empty() { &record.details } else { &record.summary };
    parsed.vulnerabilities.extend(ids.iter().map(|id| Vulnerability {
        cve: (*id).clone(),
        description: description.clone(),
        scores: scores.clone(),
        ..Vulnerability::default()
    }));
}

/// What kind of advisory it is: malware is not a vulnerability that a later version mends.
fn word(record: &Record) -> String {
    if record.id.starts_with("MAL-") { "malicious".to_owned() } else { "affected".to_owned() }
}

/// Where it begins and how it ends.
type Ranges = Vec<(Option<Version>, State)>;

/// The ranges of an entry, and the versions that it lists beside them. What it says of commits is left aside.
fn ranges(affected: &Affected, release: &Release) -> Result<Ranges, String> {
    let parse = |text: &str| Version::parse(release, text).map_err(|error| error.to_string());
    let mut found = Ranges::new();
    for range in affected.ranges.iter().filter(|range| range.kind != "GIT") {
        let mut bounds = Vec::new();
        for event in &range.events {
            // The beginning comes first, and an end before a beginning at the same version.
            let introduced = event.introduced.as_deref().filter(|text| *text != "0");
            if event.introduced.as_deref() == Some("0") {
                bounds.push((None, Bound::Begin));
            } else if let Some(text) = introduced {
                bounds.push((Some(parse(text)?), Bound::Begin));
            } else if let Some(text) = &event.fixed {
                bounds.push((Some(parse(text)?), Bound::Before));
            } else if let Some(text) = &event.last_affected {
                bounds.push((Some(parse(text)?), Bound::With));
            }
        }
        bounds.sort();
        found.extend(between(bounds));
    }
    for text in &affected.versions {
        match Version::parse(release, text) {
            Ok(version) if !found.iter().any(|range| covers(range, &version)) => {
                found.push((Some(version.clone()), State::LastAffected(version)));
            }
            Ok(_) => {}
            // A version that the order cannot read is none that an inventory could be compared with.
            Err(error) if found.is_empty() => return Err(error.to_string()),
            Err(_) => {}
        }
    }
    if found.is_empty() { Err("it names no range of versions".to_owned()) } else { Ok(found) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Before,
    Begin,
    With,
}

/// The ranges between bounds that stand in order.
fn between(bounds: Vec<(Option<Version>, Bound)>) -> Ranges {
    let mut ranges = Ranges::new();
    let mut open: Option<Option<Version>> = None;
    for (version, bound) in bounds {
        let state = match (bound, version) {
            (Bound::Begin, version) => {
                open.get_or_insert(version);
                continue;
            }
            (Bound::Before, Some(version)) => State::Fixed(version),
            (Bound::With, Some(version)) => State::LastAffected(version),
            (Bound::Before | Bound::With, None) => continue,
        };
        if let Some(begin) = open.take() {
            ranges.push((begin, state));
        }
    }
    ranges.extend(open.map(|begin| (begin, State::Open)));
    ranges
}

fn covers((begin, state): &(Option<Version>, State), version: &Version) -> bool {
    let begun = begin.as_ref().is_none_or(|begin| begin.key() <= version.key());
    begun && state.end().is_none_or(|end| version.key() < &*end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::archive::tar;

    /// In OSV's form, written by hand; the package and the advisory are made up.
    const RECORD: &str = include_str!("languages.json");

    fn parsed(edit: impl Fn(&str) -> String) -> Parsed {
        let other = RECORD.replace("GHSA-0000-0000-0001", "GHSA-0000-0000-0002");
        parse(&tar(&[("GHSA-0000-0000-0001.json", &edit(RECORD)), ("GHSA-0000-0000-0002.json", &other)])).unwrap()
    }

    fn rows(parsed: &Parsed) -> Vec<String> {
        let of_first = parsed.advisories.iter().filter(|it| it.advisory == "GHSA-0000-0000-0001");
        let row = |it: &Advisory| {
            let begin = it.introduced.as_ref().map_or("", Version::as_str);
            let end = match &it.state {
                State::Fixed(version) => format!("before {}", version.as_str()),
                State::LastAffected(version) => format!("until {}", version.as_str()),
                state @ (State::NotAffected | State::Undetermined | State::Open) => format!("{state:?}"),
            };
            format!("{} {} {} from {begin}: {end}", it.release.key, it.package, it.cve)
        };
        of_first.map(row).collect()
    }

    #[test]
    fn every_range_is_a_statement_under_the_cve() {
        let parsed = parsed(str::to_owned);
        assert_eq!(
            rows(&parsed),
            [
                "npm example CVE-2020-0001 from : before 1.2.3",
                "npm example CVE-2020-0001 from 2.0.0-rc.1: until 2.1.0",
                "npm example CVE-2020-0001 from 3.0.0: Open",
                "npm example CVE-2020-0001 from 2.5.0: until 2.5.0",
                "pypi ex-am-ple CVE-2020-0001 from 1.0: before 1.5",
            ]
        );
        assert_eq!((parsed.records, parsed.skipped.len()), (2, 0));
        let scores = &parsed.vulnerabilities[0].scores;
        assert_eq!(scores.iter().map(|it| it.cvss.hundredths).collect::<Vec<_>>(), [980]);
    }

    #[test]
    fn an_advisory_without_a_cve_keeps_its_own_id_and_a_withdrawn_one_vanishes() {
        let own = parsed(|text| text.replace("\"CVE-2020-0001\"", ""));
        assert!(rows(&own).iter().all(|row| row.contains(" GHSA-0000-0000-0001 ")), "{:?}", rows(&own));
        let withdrawn =
            parsed(|text| text.replace("\"modified\"", "\"withdrawn\": \"2020-02-02T00:00:00Z\", \"modified\""));
        assert_eq!((rows(&withdrawn).len(), withdrawn.skipped.len()), (0, 0));
    }

    #[test]
    fn what_cannot_be_read_is_named_and_never_clean() {
        let broken = parsed(|text| text.replace("2.1.0", "two"));
        assert!(rows(&broken).contains(&"npm example CVE-2020-0001 from : Undetermined".to_owned()));
        assert_eq!(broken.skipped[0].record, "GHSA-0000-0000-0001 example");
        let nothing = parsed(|text| text.replace("\"affected\": [", "\"affected\": 1, \"x\": ["));
        assert_eq!((nothing.unreadable, rows(&nothing).len()), (1, 0));
    }

    #[test]
    fn an_archive_is_known_by_the_registry_that_its_records_share() {
        let only = |ecosystem: &str| RECORD.replace("\"PyPI\"", &format!("\"{ecosystem}\""));
        let archive = tar(&[("a.json", RECORD), ("b.json", &only("npm"))]);
        assert_eq!(document("all.zip", &archive).as_deref(), Some("npm"));
        assert_eq!(document("all.zip", &tar(&[("a.json", "{}")])), None);
    }
}
