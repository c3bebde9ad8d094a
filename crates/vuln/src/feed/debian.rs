//! The Debian security tracker, <https://security-tracker.debian.org/tracker/data/json>:
//! `{package: {cve: {description, releases: {suite: {status, fixed_version, urgency, nodsa_reason}}}}}`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Advisory, State, Version, Vulnerability};
use crate::release::Release;

/// Debian security tracker.
pub(super) const FEED: Feed = Feed { id: "debian-security-tracker", title: "Debian security tracker", document, parse };

/// The tracker's file has no name of its own, so its beginning decides.
fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let looks_so = head.trim_start().starts_with('{')
        && ["\"releases\"", "\"repositories\"", "\"urgency\""].iter().all(|key| head.contains(key));
    looks_so.then(|| "tracker.json".to_owned())
}

/// Entries are read one by one, so that one in words of tomorrow takes no other with it.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(default, borrow)]
    description: Option<&'a RawValue>,
    #[serde(borrow)]
    releases: BTreeMap<String, &'a RawValue>,
}

#[derive(Deserialize)]
struct Entry {
    status: Status,
    fixed_version: Option<String>,
    #[serde(default)]
    urgency: String,
    nodsa_reason: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Status {
    Resolved,
    Open,
    Undetermined,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let packages: BTreeMap<String, BTreeMap<String, &RawValue>> = serde_json::from_slice(bytes)?;
    let mut parsed = Parsed::default();
    let mut texts = BTreeMap::new();
    let mut unreadable = Vec::new();
    for (package, records) in &packages {
        for (cve, raw) in records {
            parsed.records += 1;
            if !is_id(cve) {
                parsed.skip(format!("{package} {cve}"), "this is no id of a vulnerability");
                continue;
            }
            match serde_json::from_str::<Record>(raw.get()) {
                Ok(record) => {
                    read(package, cve, &record, &mut parsed);
                    texts.entry(cve.clone()).or_insert_with(|| record.text());
                }
                Err(error) => {
                    parsed.skip(format!("{package} {cve}"), error.to_string());
                    unreadable.push((package, cve));
                }
            }
        }
    }
    // What such a record concerns is unknown, so it may be any release that the document speaks of.
    let spoken_of: BTreeMap<_, _> = parsed.advisories.iter().map(|it| (it.release.key, it.release)).collect();
    for (package, cve) in unreadable {
        let word = "the record cannot be read";
        parsed.advisories.extend(spoken_of.values().map(|release| undetermined(release, package, cve, word)));
    }
    if parsed.advisories.is_empty() && parsed.unreadable < parsed.records {
        return Err(FeedError::Shape { why: "no record speaks of a known release".to_owned() });
    }
    parsed.vulnerabilities = texts
        .into_iter()
        .filter(|(_, description)| !description.is_empty())
        .map(|(cve, description)| Vulnerability { cve, description, ..Vulnerability::default() })
        .collect();
    parsed.unless_empty()
}

/// A CVE id, or the tracker's own while there is none. The lists know placeholders such as `CVE-2006-NNN0`.
fn is_id(text: &str) -> bool {
    let rest = text.strip_prefix("CVE-").or_else(|| text.strip_prefix("TEMP-"));
    let plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.len() <= 40 && rest.is_some_and(plain)
}

fn read(package: &str, cve: &str, record: &Record<'_>, parsed: &mut Parsed) {
    let (mut readable, mut problems) = (false, false);
    for (suite, raw) in &record.releases {
        let name = || format!("{package} {cve} {suite}");
        let Some(release) = Release::by_codename("debian", suite) else {
            parsed.skip_part(name(), format!("`{suite}` is no known release"));
            continue;
        };
        let (advisory, problem) = statement(release, package, cve, raw);
        parsed.advisories.push(advisory);
        match problem {
            None => readable = true,
            Some(why) => {
                problems = true;
                parsed.skip_part(name(), why);
            }
        }
    }
    // A suite that is not known yet says nothing about whether the rest can be read.
    if problems && !readable {
        parsed.unreadable += 1;
    }
}

/// What one entry says, and what is wrong with it, if something is: then nobody knows what it says.
fn statement(release: &'static Release, package: &str, cve: &str, raw: &RawValue) -> (Advisory, Option<String>) {
    let entry: Entry = match serde_json::from_str(raw.get()) {
        Ok(entry) => entry,
        Err(error) => {
            return (undetermined(release, package, cve, "the entry cannot be read"), Some(error.to_string()));
        }
    };
    match entry.state(release) {
        Ok(state) => (Advisory { state, ..undetermined(release, package, cve, &entry.word()) }, None),
        Err(why) => (undetermined(release, package, cve, &format!("{}, but {why}", entry.word())), Some(why)),
    }
}

fn undetermined(release: &'static Release, package: &str, cve: &str, word: &str) -> Advisory {
    let (package, cve, word) = (package.to_owned(), cve.to_owned(), word.to_owned());
    Advisory { release, package, cve, introduced: None, state: State::Undetermined, word, advisory: String::new() }
}

impl Record<'_> {
    /// The description; empty where there is none that can be read.
    fn text(&self) -> String {
        self.description.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default()
    }
}

impl Entry {
    fn state(&self, release: &Release) -> Result<State, String> {
        match (self.status, self.fixed_version.as_deref()) {
            (Status::Resolved, Some("0")) => Ok(State::NotAffected),
            (Status::Resolved, Some(version)) => {
                Version::parse(release, version).map(State::Fixed).map_err(|error| error.to_string())
            }
            (Status::Resolved, None) => Err("no fixed version is named".to_owned()),
            (Status::Open, _) => Ok(State::Open),
            (Status::Undetermined, _) => Ok(State::Undetermined),
        }
    }

    /// The tracker's own words: the status, then the urgency and the reason for no advisory where they say something.
    fn word(&self) -> String {
        let status = match self.status {
            Status::Resolved => "resolved",
            Status::Open => "open",
            Status::Undetermined => "undetermined",
        };
        let urgency = Some(self.urgency.as_str()).filter(|urgency| !urgency.is_empty());
        let reason = self.nodsa_reason.as_deref().filter(|reason| !reason.is_empty());
        [Some(status), urgency, reason].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the tracker's form, written by hand; the package is made up.
    const TRACKER: &str = include_str!("debian.json");

    fn advisory<'a>(parsed: &'a Parsed, cve: &str, release: &str) -> &'a Advisory {
        parsed.advisories.iter().find(|it| it.cve == cve && it.release.key == release).unwrap()
    }

    #[test]
    fn a_tracker_file_is_recognised_by_its_beginning() {
        assert_eq!(document("json", TRACKER.as_bytes()), Some("tracker.json".to_owned()));
        assert_eq!(document("json", b"{\"urgency\":1}"), None);
    }

    #[test]
    fn every_status_keeps_its_meaning_and_its_words() {
        let parsed = parse(TRACKER.as_bytes()).unwrap();
        let fixed = |text| State::Fixed(Version::parse(Release::by_key("debian:12").unwrap(), text).unwrap());
        for (cve, release, state, word) in [
            ("CVE-2020-0001", "debian:12", fixed("1.2-3+deb12u1"), "resolved, medium"),
            ("CVE-2020-0001", "debian:sid", State::NotAffected, "resolved, unimportant"),
            ("CVE-2020-0002", "debian:12", State::Open, "open, not yet assigned, postponed"),
            ("CVE-2020-0003", "debian:12", State::Undetermined, "undetermined, end-of-life"),
        ] {
            let advisory = advisory(&parsed, cve, release);
            assert_eq!((&advisory.state, advisory.word.as_str()), (&state, word), "{cve} {release}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_counted_and_never_clean() {
        let parsed = parse(TRACKER.as_bytes()).unwrap();
        let skipped: Vec<_> = parsed.skipped.iter().map(|problem| problem.record.as_str()).collect();
        assert_eq!(
            skipped,
            [
                "example CVE-2020-0003 atlantis",
                "example CVE-2020-0004 bookworm",
                "example CVE-2020-0005 bookworm",
                "example CVE-2020-0006 bookworm",
                "example drop table"
            ]
        );
        for cve in ["CVE-2020-0004", "CVE-2020-0005", "CVE-2020-0006"] {
            assert_eq!(advisory(&parsed, cve, "debian:12").state, State::Undetermined, "{cve}");
        }
        assert_eq!(parsed.records, 8);
        assert_eq!(advisory(&parsed, "TEMP-0000001-ABCDEF", "debian:12").state, State::Open);
    }

    #[test]
    fn a_record_that_cannot_be_read_is_undetermined_in_every_release_of_the_document() {
        let text = r#"{"a": {"CVE-2020-0001": {"releases": ["bookworm"]}},
            "b": {"CVE-2020-0001": {"description": 7, "releases": {
                "bookworm": {"status": "open", "urgency": "low"},
                "bullseye": {"status": "open", "urgency": ["low"]}}}}}"#;
        let parsed = parse(text.as_bytes()).unwrap();
        let found: Vec<_> =
            parsed.advisories.iter().map(|it| (it.package.as_str(), it.release.key, it.state.clone())).collect();
        let (open, undetermined) = (State::Open, State::Undetermined);
        assert_eq!(
            found,
            [
                ("b", "debian:12", open),
                ("b", "debian:11", undetermined.clone()),
                ("a", "debian:11", undetermined.clone()),
                ("a", "debian:12", undetermined),
            ]
        );
        assert_eq!((parsed.records, parsed.unreadable, parsed.skipped.len()), (2, 1, 2));
    }

    #[test]
    fn a_suite_that_is_not_known_yet_makes_no_record_unreadable() {
        let known = r#""bookworm": {"status": "open", "urgency": "low"}"#;
        let entries = |suites: &str| format!(r#"{{"a": {{"CVE-2020-0001": {{"releases": {{{suites}}}}}}}}}"#);
        let parsed = parse(entries(&format!(r#"{known}, "atlantis": 1, "lemuria": {{}}"#)).as_bytes()).unwrap();
        assert_eq!((parsed.records, parsed.unreadable, parsed.skipped.len()), (1, 0, 2));
        for refused in [r#""bookworm": {"status": "a word of tomorrow"}, "atlantis": 1"#, r#""atlantis": 1"#] {
            let error = parse(entries(refused).as_bytes()).unwrap_err();
            assert!(matches!(error, FeedError::Shape { .. }), "{refused}: {error}");
        }
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error() {
        for length in (0..TRACKER.trim_end().len()).step_by(7) {
            assert!(parse(&TRACKER.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}
