//! Arch Linux: <https://security.archlinux.org/all.json>, a list of groups
//! `{name, packages, status, severity, affected, fixed, issues, advisories}`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Advisory, State, Version, is_cve_id};
use crate::release::Release;

/// Arch Linux.
pub(super) const FEED: Feed = Feed { id: "arch-linux", title: "Arch Linux security tracker", document, parse };

fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let known = head.trim_start().starts_with('[') && head.contains("\"AVG-") && head.contains("\"issues\"");
    known.then(|| "all.json".to_owned())
}

#[derive(Deserialize)]
struct Group {
    name: String,
    packages: Vec<String>,
    status: String,
    #[serde(default)]
    severity: String,
    fixed: Option<String>,
    issues: Vec<String>,
    #[serde(default)]
    advisories: Vec<String>,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let groups: Vec<&RawValue> = serde_json::from_slice(bytes)?;
    let mut parsed = Parsed::default();
    let release = Release::by_key("arch").ok_or_else(|| FeedError::Shape { why: "no release is known".to_owned() })?;
    for (at, raw) in groups.iter().enumerate() {
        parsed.records += 1;
        match serde_json::from_str::<Group>(raw.get()) {
            Ok(group) => read(release, &group, &mut parsed),
            Err(error) => parsed.skip(format!("group {at}"), error.to_string()),
        }
    }
    parsed.unless_empty()
}

fn read(release: &'static Release, group: &Group, parsed: &mut Parsed) {
    let mut word = format!("{}, {}", group.status.to_lowercase(), group.severity.to_lowercase());
    let state = match (group.status.as_str(), &group.fixed) {
        ("Not affected", _) => State::NotAffected,
        ("Vulnerable", None) => State::Open,
        ("Fixed" | "Testing" | "Vulnerable", Some(fixed)) => match Version::parse(release, fixed) {
            Ok(version) => State::Fixed(version),
            Err(error) => {
                parsed.skip_part(&group.name, error.to_string());
                word = format!("{word}, but {error}");
                State::Undetermined
            }
        },
        // `Unknown`, and whatever word comes tomorrow.
        _ => State::Undetermined,
    };
    for cve in group.issues.iter().filter(|id| is_cve_id(id)) {
        parsed.advisories.extend(group.packages.iter().map(|package| Advisory {
            release,
            package: package.clone(),
            cve: cve.clone(),
            introduced: None,
            state: state.clone(),
            word: word.clone(),
            advisory: group.advisories.first().unwrap_or(&group.name).clone(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_keeps_its_meaning() {
        let group = |name: &str, status: &str, fixed: &str| {
            format!(
                r#"{{"name": "{name}", "packages": ["example"], "status": "{status}", "severity": "High", "affected": "1-1",
                    "fixed": {fixed}, "issues": ["CVE-2020-0001", "x"], "advisories": []}}"#
            )
        };
        let text = format!(
            "[{}, {}, {}, {}, {}, 7]",
            group("AVG-1", "Fixed", "\"2-1\""),
            group("AVG-2", "Vulnerable", "null"),
            group("AVG-3", "Not affected", "null"),
            group("AVG-4", "Unknown", "null"),
            group("AVG-5", "Fixed", "\"?\""),
        );
        let parsed = parse(text.as_bytes()).unwrap();
        let fixed = State::Fixed(Version::parse(Release::by_key("arch").unwrap(), "2-1").unwrap());
        let states: Vec<_> = parsed.advisories.iter().map(|it| it.state.clone()).collect();
        let unknown = State::Undetermined;
        assert_eq!(states, [fixed, State::Open, State::NotAffected, unknown.clone(), unknown]);
        let skipped: Vec<_> = parsed.skipped.iter().map(|it| it.record.as_str()).collect();
        assert_eq!(skipped, ["AVG-5", "group 5"]);
        assert_eq!(document("all.json", text.as_bytes()).as_deref(), Some("all.json"));
    }
}
