//! Errata of rpm distributions in the form of OSV (<https://ossf.github.io/osv-schema/>), one file per advisory in an
//! archive: `{id, summary, withdrawn, related, aliases, upstream, affected: [{package, ranges: [{events}]}]}`.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{FeedError, Parsed, archive};
use crate::advisory::{Advisory, State, Version, is_cve_id};
use crate::release::Release;
use crate::stream;

/// One advisory.
#[derive(Deserialize)]
pub(super) struct Record {
    pub(super) id: String,
    #[serde(default)]
    pub(super) summary: String,
    #[serde(default)]
    pub(super) details: String,
    pub(super) withdrawn: Option<String>,
    #[serde(default)]
    pub(super) related: Vec<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) upstream: Vec<String>,
    #[serde(default)]
    pub(super) severity: Vec<Severity>,
    #[serde(default)]
    pub(super) affected: Vec<Affected>,
}

/// A vector of CVSS, or a word of the publisher.
#[derive(Deserialize)]
pub(super) struct Severity {
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    pub(super) score: String,
}

#[derive(Deserialize)]
pub(super) struct Affected {
    /// Absent where an advisory speaks of commits alone.
    #[serde(default)]
    pub(super) package: Package,
    #[serde(default)]
    pub(super) ranges: Vec<Range>,
    #[serde(default)]
    pub(super) versions: Vec<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct Package {
    pub(super) ecosystem: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct Range {
    #[serde(default, rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) events: Vec<Event>,
}

/// One of the three; another event has none.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) introduced: Option<String>,
    pub(super) fixed: Option<String>,
    pub(super) last_affected: Option<String>,
}

/// Whose errata an archive holds.
#[derive(Clone, Copy)]
pub(super) struct Publisher {
    /// How its advisories are named.
    pub(super) prefix: &'static str,
    /// What stands before the colon of the ecosystems it speaks of.
    pub(super) ecosystem: &'static str,
    /// What stands before the colon of its releases' keys.
    pub(super) distribution: &'static str,
}

/// Reads a publisher's archive. A record is what one advisory says about one package.
pub(super) fn parse(bytes: &[u8], publisher: Publisher) -> Result<Parsed, FeedError> {
    let mut parsed = Parsed::default();
    archive::each_file(bytes, &mut |name, content| {
        if !name.ends_with(".json") {
            return;
        }
        match serde_json::from_slice::<Record>(content) {
            Ok(record) => {
                parsed.records += record.affected.len().max(1);
                read(&record, publisher, &mut parsed);
            }
            Err(error) => {
                parsed.records += 1;
                parsed.skip(name, error.to_string());
            }
        }
    })?;
    parsed.unless_empty()
}

fn read(record: &Record, publisher: Publisher, parsed: &mut Parsed) {
    // Errata for bugs and enhancements say nothing about vulnerabilities.
    if record.withdrawn.is_some() || !record.id.starts_with(publisher.prefix) {
        return;
    }
    let named = record.related.iter().chain(&record.aliases).chain(&record.upstream);
    let cves: BTreeSet<&String> = named.filter(|id| is_cve_id(id)).collect();
    if cves.is_empty() {
        parsed.skip(&record.id, "it names no CVE");
        return;
    }
    for affected in &record.affected {
        let Some(release) = release(&affected.package.ecosystem, publisher) else {
            let why = format!("`{}` is no known release", affected.package.ecosystem);
            parsed.skip(format!("{} {}", record.id, affected.package.name), why);
            continue;
        };
        for (package, state, word) in statements(record, affected, release, parsed) {
            parsed.advisories.extend(cves.iter().map(|cve| Advisory {
                release,
                package: package.clone(),
                cve: (*cve).clone(),
                introduced: None,
                state: state.clone(),
                word: word.clone(),
                advisory: record.id.clone(),
            }));
        }
    }
}

/// `Rocky Linux:8` is `rocky:8`: what one distribution has fixed says nothing about another.
fn release(text: &str, publisher: Publisher) -> Option<&'static Release> {
    let number = text.strip_prefix(publisher.ecosystem)?.strip_prefix(':')?;
    Release::by_key(&format!("{}:{number}", publisher.distribution))
}

/// What a record says about one package: the name to keep it under, the state, the word.
fn statements(
    record: &Record,
    affected: &Affected,
    release: &Release,
    parsed: &mut Parsed,
) -> Vec<(String, State, String)> {
    let name = &affected.package.name;
    let word = severity_word(&record.summary).to_owned();
    let state = match state(affected, release) {
        Ok(state) => state,
        Err(why) => {
            parsed.skip(format!("{} {name}", record.id), why.clone());
            return of_every_stream(name, State::Undetermined, format!("{word}, but {why}"));
        }
    };
    match &state {
        State::Fixed(version) if stream::is_modular(version.as_str()) => {
            let streams = streams(&record.summary);
            if streams.is_empty() {
                let word = format!("{word}, but the advisory does not name its module stream");
                return vec![(stream::name(name, stream::UNKNOWN), State::Undetermined, word)];
            }
            streams.iter().map(|it| (stream::name(name, it), state.clone(), word.clone())).collect()
        }
        State::Fixed(_) => vec![(name.clone(), state, word)],
        State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open => {
            of_every_stream(name, state, word)
        }
    }
}

/// Without a version nothing tells whether a package of a module is meant, so of those nobody knows.
fn of_every_stream(name: &str, state: State, word: String) -> Vec<(String, State, String)> {
    vec![(stream::name(name, stream::UNKNOWN), State::Undetermined, word.clone()), (name.to_owned(), state, word)]
}

/// One range from the beginning, with or without an end; others have no place in errata.
pub(super) fn state(affected: &Affected, release: &Release) -> Result<State, String> {
    let events: Vec<_> = affected.ranges.iter().flat_map(|range| &range.events).collect();
    let events: Vec<_> = events.iter().map(|it| (it.introduced.as_deref(), it.fixed.as_deref())).collect();
    match events.as_slice() {
        [(Some("0"), None), (None, Some(version))] => {
            Version::parse(release, version).map(State::Fixed).map_err(|error| error.to_string())
        }
        [(Some("0"), None)] => Ok(State::Open),
        _ => Err("its versions are not one range from the beginning".to_owned()),
    }
}

/// The word before the summary's colon: `Important: openssl security update`.
fn severity_word(summary: &str) -> &str {
    let word = summary.split_once(": ").map_or("", |(word, _)| word);
    if word.is_empty() || word.contains(' ') { "fixed" } else { word }
}

/// The module streams that a summary names: `nodejs:18` of `Important: nodejs:18 security update`.
fn streams(summary: &str) -> Vec<&str> {
    let words = summary.split_whitespace().map(|word| word.trim_end_matches([',', ';', ':', '.']));
    words
        .filter(|word| word.split_once(':').is_some_and(|(name, stream)| !name.is_empty() && !stream.is_empty()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::archive::tar;

    /// In OSV's form, written by hand; packages and advisories are made up.
    const RECORD: &str = include_str!("osv.json");

    const TEST: Publisher = Publisher { prefix: "TEST", ecosystem: "TestLinux", distribution: "rocky" };

    fn parsed(edit: impl Fn(&str) -> String) -> Result<Parsed, FeedError> {
        let keeps = ("good/TEST-2020:0000.json", RECORD);
        parse(&tar(&[keeps, ("x/TEST-2020:0001.json", &edit(RECORD))]), TEST)
    }

    fn package(parsed: &Parsed, name: &str) -> Vec<(State, String)> {
        let of = parsed.advisories.iter().filter(|it| it.package == name);
        of.map(|it| (it.state.clone(), it.word.clone())).collect()
    }

    fn fixed(text: &str) -> State {
        State::Fixed(Version::parse(Release::by_key("rocky:8").unwrap(), text).unwrap())
    }

    #[test]
    fn every_cve_of_an_advisory_concerns_every_package_of_it() {
        let parsed = parse(&tar(&[("TEST-2020:0000.json", RECORD)]), TEST).unwrap();
        let rows: Vec<_> =
            parsed.advisories.iter().map(|it| format!("{} {} {}", it.package, it.cve, it.advisory)).collect();
        assert!(parsed.advisories.iter().all(|it| it.release.key == "rocky:8"));
        assert_eq!(
            rows,
            [
                "example CVE-2020-0001 TEST-2020:0000",
                "example CVE-2020-0002 TEST-2020:0000",
                "example-libs CVE-2020-0001 TEST-2020:0000",
                "example-libs CVE-2020-0002 TEST-2020:0000"
            ]
        );
        assert_eq!(package(&parsed, "example").first(), Some(&(fixed("1:1.2-3.el8"), "Important".to_owned())));
        assert_eq!((parsed.records, parsed.skipped.len()), (2, 0));
    }

    #[test]
    fn a_module_keeps_to_its_streams_and_without_one_nobody_knows() {
        let modular = |summary: &str| {
            let summary = summary.to_owned();
            parsed(move |text| {
                text.replace("Important: example security update", &summary)
                    .replace("1.2-3.el8\"", "1.2-3.module_el8.6.0+1+a\"")
                    .replace("example\"", "modular\"")
            })
            .unwrap()
        };
        let two = modular("Moderate: example:DL1, and example:client update");
        for name in ["modular@example:DL1", "modular@example:client"] {
            assert_eq!(package(&two, name).len(), 2, "{name}");
        }
        assert_eq!(package(&two, "modular"), []);
        let hidden = package(&modular("Moderate: example update"), "modular@?");
        assert_eq!(hidden.len(), 2);
        assert!(hidden.iter().all(|(state, _)| *state == State::Undetermined));
    }

    #[test]
    fn what_is_withdrawn_or_no_security_advisory_says_nothing() {
        for (from, to) in [("\"summary\"", "\"withdrawn\": \"2020-01-01T00:00:00Z\", \"summary\""), ("TEST-", "BUGS-")]
        {
            let parsed = parsed(|text| text.replace(from, to)).unwrap();
            assert_eq!((parsed.records, parsed.advisories.len(), parsed.skipped.len()), (4, 4, 0), "{to}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_counted_and_never_clean() {
        for (from, to, advisories, skipped) in [
            ("CVE-", "BUG-", 4, 1),
            ("TestLinux:8", "TestLinux:99", 4, 2),
            ("\"affected\"", "\"affected\": 1, \"x\"", 4, 1),
            ("\"introduced\": \"0\"", "\"introduced\": \"1.0\"", 12, 2),
            ("1.2-3.el8", "1/2", 10, 1),
        ] {
            let parsed = parsed(|text| text.replace(from, to)).unwrap();
            assert_eq!((parsed.advisories.len(), parsed.skipped.len()), (advisories, skipped), "{to}");
            let clean = |it: &&Advisory| it.state == State::NotAffected;
            assert_eq!(parsed.advisories.iter().find(clean), None, "{to}");
        }
    }
}
