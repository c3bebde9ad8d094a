//! Amazon Linux Security Advisories, as each repository's `updateinfo.xml` publishes them:
//! `updates/update[@type=security]: id, severity, references/reference[@type=cve], pkglist/collection/package`.
//!
//! Amazon's advisories name only what has a fix. Each repository is a document of its own: an extra's packages stand
//! beside the core's under the same names, so they are kept by stream (see [`crate::stream`]).

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Feed, FeedError, Parsed};
use crate::advisory::{Advisory, State, Version, is_cve_id};
use crate::release::Release;
use crate::stream;

/// Amazon Linux.
pub(super) const FEED: Feed = Feed { id: "amazon-linux", title: "Amazon Linux advisories", document, parse };

/// The repository, out of the first advisory's id: `ALAS2KERNEL-5.15-2022-001` is of `ALAS2KERNEL-5.15`.
fn document(_name: &str, head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let id = head.split_once("<updates")?.1.split_once("<id>ALAS")?.1.split_once("</id>")?.0;
    repository(&format!("ALAS{id}")).map(str::to_owned)
}

/// An id without its year and number.
fn repository(id: &str) -> Option<&str> {
    let (rest, number) = id.rsplit_once('-')?;
    let (repository, year) = rest.rsplit_once('-')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = repository.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    (digits(number) && digits(year) && plain && repository.len() <= 60).then_some(repository)
}

#[derive(Deserialize)]
struct Updates {
    #[serde(default)]
    update: Vec<Update>,
}

#[derive(Deserialize)]
struct Update {
    #[serde(rename = "@type", default)]
    kind: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    references: References,
    #[serde(default)]
    pkglist: PackageList,
}

#[derive(Deserialize, Default)]
struct References {
    #[serde(default)]
    reference: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(rename = "@id", default)]
    id: String,
}

#[derive(Deserialize, Default)]
struct PackageList {
    #[serde(default)]
    collection: Vec<Collection>,
}

#[derive(Deserialize)]
struct Collection {
    #[serde(default)]
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(rename = "@name", default)]
    name: String,
    #[serde(rename = "@epoch", default)]
    epoch: String,
    #[serde(rename = "@version", default)]
    version: String,
    #[serde(rename = "@release", default)]
    release: String,
}

impl Package {
    fn evr(&self) -> String {
        let epoch = if self.epoch.is_empty() { "0" } else { &self.epoch };
        format!("{epoch}:{}-{}", self.version, self.release)
    }
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let text = std::str::from_utf8(bytes).map_err(|error| FeedError::Shape { why: error.to_string() })?;
    // The reader takes the end of the text for the end of what is open, so the end is looked for here.
    let ends = text.trim_end().ends_with("</updates>");
    if text.contains("<updates") && !ends {
        return Err(FeedError::Truncated { why: "`</updates>` is missing".to_owned() });
    }
    let updates: Updates =
        quick_xml::de::from_str(text).map_err(|error| FeedError::Shape { why: error.to_string() })?;
    let mut parsed = Parsed::default();
    for update in &updates.update {
        parsed.records += 1;
        if let Err(why) = read(update, &mut parsed) {
            parsed.skip(&update.id, why);
        }
    }
    parsed.unless_empty()
}

/// The release that an advisory is about, and the extra of Amazon Linux 2 whose packages it names.
fn release(id: &str) -> Option<(&'static Release, bool)> {
    let repository = repository(id)?.strip_prefix("ALAS")?;
    let number = repository.bytes().take_while(u8::is_ascii_digit).count();
    let (number, extra) = repository.split_at_checked(number)?;
    let key = match number {
        "" => "amazon:1",
        "2" => "amazon:2",
        "2023" => "amazon:2023",
        _ => return None,
    };
    Some((Release::by_key(key)?, number == "2" && !extra.is_empty()))
}

fn read(update: &Update, parsed: &mut Parsed) -> Result<(), String> {
    let (release, extra) = release(&update.id).ok_or("its id names no known release")?;
    if update.kind != "security" {
        return Ok(());
    }
    let cves: BTreeSet<&str> =
        update.references.reference.iter().map(|it| it.id.as_str()).filter(|id| is_cve_id(id)).collect();
    if cves.is_empty() {
        return Err("it names no CVE".to_owned());
    }
    let packages = update.pkglist.collection.iter().flat_map(|it| &it.package);
    let packages: BTreeSet<(&str, String)> = packages.map(|it| (it.name.as_str(), it.evr())).collect();
    if packages.iter().all(|(name, _)| name.is_empty()) {
        return Err("it names no package".to_owned());
    }
    for (name, evr) in packages {
        let (state, word) = match Version::parse(release, &evr) {
            Ok(version) => (State::Fixed(version), update.severity.to_lowercase()),
            Err(error) => {
                parsed.skip(format!("{} {name}", update.id), error.to_string());
                (State::Undetermined, format!("{}, but {error}", update.severity))
            }
        };
        let stream = if extra { stream::extra(name, &evr) } else { None };
        let again = stream.as_ref().and_then(|_| stream::any_extra(name));
        let package = stream.map_or_else(|| name.to_owned(), |stream| stream::name(name, &stream));
        for package in [Some(package), again].into_iter().flatten() {
            parsed.advisories.extend(cves.iter().map(|cve| Advisory {
                release,
                package: package.clone(),
                cve: (*cve).to_owned(),
                introduced: None,
                state: state.clone(),
                word: word.clone(),
                advisory: update.id.clone(),
            }));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the form of Amazon's repositories, written by hand; packages and advisories are made up.
    const UPDATES: &str = include_str!("amazon.xml");

    #[test]
    fn a_repository_is_a_document_of_its_own() {
        for (id, wanted) in [
            ("ALAS-2011-1", Some("ALAS")),
            ("ALAS2-2018-939", Some("ALAS2")),
            ("ALAS2KERNEL-5.15-2022-001", Some("ALAS2KERNEL-5.15")),
            ("ALAS2023LIVEPATCH-2023-001", Some("ALAS2023LIVEPATCH")),
            ("ALAS2-x/../y-2018-1", None),
            ("ALAS2", None),
        ] {
            let head = format!("<?xml version=\"1.0\"?>\n<updates><update><id>{id}</id>");
            assert_eq!(document("updateinfo.xml", head.as_bytes()).as_deref(), wanted, "{id}");
        }
    }

    #[test]
    fn an_extra_keeps_to_its_stream_and_the_word_is_the_severity() {
        let parsed = parse(UPDATES.as_bytes()).unwrap();
        let rows: Vec<_> = parsed
            .advisories
            .iter()
            .map(|it| format!("{} {} {} {}", it.release.key, it.package, it.cve, it.word))
            .collect();
        assert_eq!(
            rows,
            [
                "amazon:2 example CVE-2020-0001 important",
                "amazon:2 example CVE-2020-0002 important",
                "amazon:2 kernel@5.15 CVE-2020-0003 medium",
                "amazon:2023 kernel-livepatch-6.1.12 CVE-2020-0003 low",
                "amazon:2023 strange CVE-2020-0004 low, but `0:1/2-1` is not a rpm version: it holds a character \
                 that versions do not have",
            ]
        );
        let version = |text| Version::parse(Release::by_key("amazon:2").unwrap(), text).unwrap();
        assert_eq!(parsed.advisories[0].state, State::Fixed(version("1:1.2-3.amzn2")));
        assert_eq!(parsed.advisories[4].state, State::Undetermined);
    }

    #[test]
    fn what_an_extra_says_is_kept_once_more_for_other_lines_except_of_kernels() {
        let php = UPDATES.replace("ALAS2KERNEL-5.15-", "ALAS2PHP8.2-").replace("\"kernel\"", "\"php\"");
        let names = |text: &str| {
            let advisories = parse(text.as_bytes()).unwrap().advisories;
            let of = advisories.into_iter().filter(|it| it.cve == "CVE-2020-0003" && it.release.key == "amazon:2");
            of.map(|it| it.package).collect::<Vec<_>>()
        };
        assert_eq!(names(UPDATES), ["kernel@5.15"]);
        assert_eq!(names(&php), ["php@5", "php@*"]);
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let parsed = parse(UPDATES.as_bytes()).unwrap();
        let skipped: Vec<_> = parsed.skipped.iter().map(|problem| problem.record.as_str()).collect();
        assert_eq!(skipped, ["ALAS2023-2023-003 strange", "ALAS2022-2021-001", "ALAS2-2020-003", "ALAS2-2020-004"]);
        assert_eq!(parsed.records, 8);
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error() {
        for length in (0..UPDATES.trim_end().len()).step_by(7) {
            assert!(parse(&UPDATES.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}
