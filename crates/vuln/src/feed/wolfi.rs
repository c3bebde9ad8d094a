//! Wolfi and Chainguard: <https://packages.wolfi.dev/os/security.json> and
//! <https://packages.cgr.dev/chainguard/security.json>, in the form of Alpine's security database. Both always have one
//! release.

use serde::Deserialize;

use super::alpine::{Item, parse_packages};
use super::{Feed, FeedError, Parsed};
use crate::release::Release;

/// Wolfi and Chainguard.
pub(super) const FEED: Feed = Feed { id: "wolfi", title: "Wolfi and Chainguard security database", document, parse };

/// Where the packages lie, and the release that they are of.
const PUBLISHERS: &[(&str, &str)] = &[("packages.wolfi.dev", "wolfi"), ("packages.cgr.dev", "chainguard")];

/// The key of the release that a document with this text is about.
pub(super) fn publisher(text: &str) -> Option<&'static str> {
    let (_, url) = text.split_once("\"urlprefix\"")?;
    let url: String = url.chars().take(100).collect();
    PUBLISHERS.iter().find(|(host, _)| url.contains(host)).map(|(_, key)| *key)
}

fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    head.contains("secfixes").then(|| publisher(&head).map(str::to_owned)).flatten()
}

#[derive(Deserialize)]
struct Database {
    urlprefix: String,
    packages: Vec<Item>,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let database: Database = serde_json::from_slice(bytes)?;
    let of = PUBLISHERS.iter().find(|(host, _)| database.urlprefix.contains(host));
    let release = of.and_then(|(_, key)| Release::by_key(key)).ok_or_else(|| FeedError::Shape {
        why: format!("`{}` is no known publisher", database.urlprefix.chars().take(60).collect::<String>()),
    })?;
    parse_packages(release, &database.packages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advisory::State;

    const DATABASE: &str = r#"{"apkurl": "x", "archs": ["x86_64"], "reponame": "os",
        "urlprefix": "https://packages.wolfi.dev", "packages": [
        {"pkg": {"name": "example", "secfixes": {"1.2-r0": ["CVE-2020-0001"], "0": ["CVE-2020-0002"]}}}]}"#;

    #[test]
    fn a_database_is_of_the_publisher_that_it_names() {
        let parsed = parse(DATABASE.as_bytes()).unwrap();
        assert!(parsed.advisories.iter().all(|it| it.release.key == "wolfi"));
        let clean = parsed.advisories.iter().filter(|it| it.state == State::NotAffected).count();
        assert_eq!((parsed.advisories.len(), clean), (2, 1));
        let chainguard = DATABASE.replace("wolfi.dev", "cgr.dev/chainguard");
        for (text, wanted) in [(DATABASE, "wolfi"), (&chainguard, "chainguard")] {
            assert_eq!(document("security.json", text.as_bytes()).as_deref(), Some(wanted));
            let recognised = crate::feed::recognise("security.json", text.as_bytes());
            assert_eq!(recognised.map(|(feed, _)| feed.id), Some("wolfi"));
        }
    }
}
