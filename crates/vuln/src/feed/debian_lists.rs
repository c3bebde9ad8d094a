//! The lists of Debian's security advisories, `data/DSA/list` and `data/DLA/list` of
//! <https://salsa.debian.org/security-tracker-team/security-tracker>:
//!
//! ```text
//! [21 Aug 2026] DSA-1-1 package - security update
//!     {CVE-2026-0001 CVE-2026-0002}
//!     [bookworm] - package 1.0-1+deb12u1
//! ```
//!
//! They name only what has a fix, and keep releases whose support has ended. An advisory that names no CVE, such as one
//! about a new list of time zones, speaks under its own id.

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Advisory, State, Version, is_cve_id};
use crate::release::Release;

/// Debian's advisories.
pub(super) const FEED: Feed = Feed { id: "debian-advisories", title: "Debian security advisories", document, parse };

/// `DSA-list` or `DLA-list`, after the first advisory.
fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let (id, ..) = header(head.lines().find(|line| !line.trim().is_empty())?)?;
    id.split_once('-').map(|(kind, _)| format!("{kind}-list"))
}

/// Id, package and description of `[21 Aug 2026] DSA-1-1 package - security update`.
fn header(line: &str) -> Option<(&str, &str)> {
    let (date, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let (id, rest) = rest.split_once(' ')?;
    let number = id.strip_prefix("DSA-").or_else(|| id.strip_prefix("DLA-"))?;
    let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let description = rest.split_once(" - ").map_or(rest, |(_, description)| description);
    (date.len() <= 20 && !number.is_empty() && plain).then_some((id, description.trim()))
}

/// One advisory while its lines are read.
struct Record<'a> {
    id: &'a str,
    description: &'a str,
    cves: Vec<&'a str>,
    fixes: Vec<(&'static Release, &'a str, &'a str)>,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let text = std::str::from_utf8(bytes).map_err(|error| FeedError::Shape { why: error.to_string() })?;
    if !text.is_empty() && !text.ends_with('\n') {
        return Err(FeedError::Truncated { why: "its last line has no end".to_owned() });
    }
    let mut parsed = Parsed::default();
    let mut current: Option<Record<'_>> = None;
    for line in text.lines() {
        if line.starts_with('[') {
            current.take().into_iter().for_each(|record| write(record, &mut parsed));
            parsed.records += 1;
            match header(line) {
                Some((id, description)) => {
                    current = Some(Record { id, description, cves: Vec::new(), fixes: Vec::new() });
                }
                None => parsed.skip(line.chars().take(60).collect::<String>(), "this is no advisory"),
            }
        } else if let Some(record) = &mut current {
            read(line.trim(), record, &mut parsed);
        }
    }
    current.into_iter().for_each(|record| write(record, &mut parsed));
    parsed.unless_empty()
}

/// One indented line of an advisory. What is neither a list of CVEs nor a fix says nothing about versions.
fn read<'a>(line: &'a str, record: &mut Record<'a>, parsed: &mut Parsed) {
    if let Some(cves) = line.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        record.cves.extend(cves.split_whitespace().filter(|id| is_cve_id(id)));
        return;
    }
    let Some((suite, rest)) = line.strip_prefix('[').and_then(|rest| rest.split_once("] - ")) else { return };
    let mut words = rest.split_whitespace();
    let (Some(package), Some(version)) = (words.next(), words.next()) else {
        parsed.skip_part(record.id, format!("`{}` names no version", line.chars().take(60).collect::<String>()));
        return;
    };
    // `<unfixed>`, `<end-of-life>` and the like: the tracker says more about those.
    if let (false, Some(release)) = (version.starts_with('<'), Release::by_codename("debian", suite)) {
        record.fixes.push((release, package, version));
    }
}

fn write(record: Record<'_>, parsed: &mut Parsed) {
    let Record { id, description, cves, fixes } = record;
    let ids = if cves.is_empty() { vec![id] } else { cves };
    for (release, package, version) in fixes {
        let (state, word) = match Version::parse(release, version) {
            Ok(version) => (State::Fixed(version), description.to_owned()),
            Err(error) => {
                parsed.skip_part(format!("{id} {package}"), error.to_string());
                (State::Undetermined, format!("{description}, but {error}"))
            }
        };
        parsed.advisories.extend(ids.iter().map(|cve| Advisory {
            release,
            package: package.to_owned(),
            cve: (*cve).to_owned(),
            introduced: None,
            state: state.clone(),
            word: word.clone(),
            advisory: id.to_owned(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the lists' form, written by hand; the packages are made up.
    const LIST: &str = include_str!("debian_lists.txt");

    fn rows(parsed: &Parsed) -> Vec<String> {
        let state = |it: &Advisory| match &it.state {
            State::Fixed(version) => version.as_str().to_owned(),
            other @ (State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open) => {
                format!("{other:?}")
            }
        };
        let row = |it: &Advisory| format!("{} {} {} {} {}", it.release.key, it.package, it.cve, state(it), it.advisory);
        parsed.advisories.iter().map(row).collect()
    }

    #[test]
    fn every_fix_of_a_known_suite_is_a_statement_per_cve() {
        let parsed = parse(LIST.as_bytes()).unwrap();
        assert_eq!(
            rows(&parsed),
            [
                "debian:12 example CVE-2026-0001 1.0-1+deb12u1 DSA-9001-1",
                "debian:12 example CVE-2026-0002 1.0-1+deb12u1 DSA-9001-1",
                "debian:10 zones DSA-9000-1 2026a-0+deb10u1 DSA-9000-1",
                "debian:10 broken CVE-2026-0003 Undetermined DSA-8999-1",
            ]
        );
        assert_eq!(document("list", LIST.as_bytes()).as_deref(), Some("DSA-list"));
        assert_eq!(document("x", b"[1, 2]"), None);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let parsed = parse(LIST.as_bytes()).unwrap();
        let skipped: Vec<_> = parsed.skipped.iter().map(|it| it.record.as_str()).collect();
        assert_eq!((parsed.records, skipped), (4, vec!["DSA-8999-1 broken", "[1 Jan 2026] MALFORMED"]));
    }

    #[test]
    fn a_list_that_ends_within_a_line_is_refused() {
        let cut = LIST.trim_end();
        assert!(matches!(parse(cut.as_bytes()), Err(FeedError::Truncated { .. })));
    }
}
