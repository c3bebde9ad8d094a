//! Debian's packages without full security support, <https://salsa.debian.org/debian/debian-security-support>: lines of
//! `source version day note` in `security-support-ended.deb<release>`, and of `source note` in `security-support-limited`.

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Lifetime, is_day};
use crate::release::Release;

/// Debian's list of packages without full support.
pub(super) const FEED: Feed = Feed { id: "debian-security-support", title: "Debian security support", document, parse };

const ENDED: &str = "List of packages whose security support ends before the distribution EOL";
const LIMITED: &str = "List of packages where security support is limited";

/// By name and first comment.
fn document(name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let marked = if release(name).is_some() { head.contains(ENDED) } else { head.contains(LIMITED) };
    let known = release(name).is_some() || name == "security-support-limited";
    (known && marked).then(|| name.to_owned())
}

/// The release that the name of a list of ended support speaks of.
fn release(name: &str) -> Option<&'static Release> {
    Release::by_key(&format!("debian:{}", name.strip_prefix("security-support-ended.deb")?))
}

/// The system that a list speaks of: its name tells, and nothing in it does.
pub(super) fn system(document: &str) -> &'static str {
    release(document).map_or("debian", |release| release.key)
}

/// Of which system the lines are is left open, see [`system`].
fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let shape = |why: String| FeedError::Shape { why };
    let text = std::str::from_utf8(bytes).map_err(|error| shape(error.to_string()))?;
    let limited = text.contains(LIMITED);
    if !limited && !text.contains(ENDED) {
        return Err(shape("it does not say which list it is".to_owned()));
    }
    // That nothing ended before the release does is a word too: the list itself is a record.
    let mut parsed = Parsed { records: 1, ..Parsed::default() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        parsed.records += 1;
        match lifetime(line, limited) {
            Some(lifetime) => parsed.lifetimes.push(lifetime),
            None => parsed.skip(line.chars().take(40).collect::<String>(), "it has no source, version and day"),
        }
    }
    parsed.unless_empty()
}

fn lifetime(line: &str, limited: bool) -> Option<Lifetime> {
    let (package, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (until, note) = if limited {
        (String::new(), rest.trim().to_owned())
    } else {
        let mut words = rest.trim_start().splitn(2, char::is_whitespace);
        let (version, rest) = (words.next().filter(|it| !it.is_empty())?, words.next()?.trim_start());
        let (day, note) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let note = format!("last supported version {version}; {}", note.trim());
        (day.to_owned(), note.trim_end_matches("; ").to_owned())
    };
    let named = package.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.*".contains(&byte));
    let dated = limited || is_day(&until);
    (named && dated).then(|| Lifetime { system: String::new(), package: package.to_owned(), until, note })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ended_support_has_a_day_and_limited_support_a_reason() {
        let ended = format!("# {ENDED}\n\nnamed\t1.0-1\t\t2025-10-01  no more\nfamily.*  0 2025-03-22\nbroken 1.0\n");
        let parsed = parse(ended.as_bytes()).unwrap();
        let rows: Vec<_> = parsed.lifetimes.iter().map(|it| (&*it.package, &*it.until, &*it.note)).collect();
        let wanted = [
            ("named", "2025-10-01", "last supported version 1.0-1; no more"),
            ("family.*", "2025-03-22", "last supported version 0"),
        ];
        assert_eq!(rows, wanted);
        assert_eq!((parsed.records, parsed.skipped.len()), (4, 1));
        let parsed = parse(format!("# {LIMITED}\nadns  Stub resolver\n").as_bytes()).unwrap();
        assert_eq!((&*parsed.lifetimes[0].package, &*parsed.lifetimes[0].until), ("adns", ""));
    }

    #[test]
    fn a_list_is_of_the_release_in_its_name() {
        for (name, first, wanted) in [
            ("security-support-ended.deb12", ENDED, Some("debian:12")),
            ("security-support-limited", LIMITED, Some("debian")),
            ("security-support-ended.deb99", ENDED, None),
            ("security-support-ended.deb12", LIMITED, None),
        ] {
            let found = document(name, format!("# {first}\n").as_bytes());
            assert_eq!(found.as_deref().map(system), wanted, "{name}");
        }
    }
}
