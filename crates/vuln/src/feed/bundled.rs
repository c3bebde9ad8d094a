//! The bundled set: well-known vulnerabilities with their fixed versions, so that a machine without feeds still finds
//! something. Facts in our own words, in `content/advisories/*.toml`; never a substitute for the full feeds.
//!
//! To add a file, name it in [`FILES`].

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{FeedError, Parsed};
use crate::advisory::{Advisory, Cvss, CvssVersion, Score, ScoreSource, State, Version, Vulnerability, is_cve_id};
use crate::database::{BuildError, Database, Input, OpenError, build};
use crate::release::Release;

/// The set's id among feeds.
pub const ID: &str = "bundled";

macro_rules! files {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../../../content/advisories/", $name, ".toml")))),+]
    };
}

/// The files by name.
const FILES: &[(&str, &str)] = files! {
    "apache"
    "bash"
    "bind"
    "curl"
    "dnsmasq"
    "exim"
    "expat"
    "git"
    "glibc"
    "gnutls"
    "kernel"
    "libwebp"
    "libxml2"
    "nginx"
    "openssh"
    "openssl"
    "pam"
    "polkit"
    "rsync"
    "runc"
    "samba"
    "sqlite"
    "sudo"
    "systemd"
    "tar"
    "vim"
    "zlib"
};

/// The bundled set cannot be used: the program was built with broken content.
#[derive(Debug, thiserror::Error)]
pub enum BundledError {
    /// A file is unreadable.
    #[error("the bundled advisories `{file}` are broken")]
    File {
        /// Its name.
        file: &'static str,
        /// What is wrong.
        source: FeedError,
    },
    /// It does not compile.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// What was compiled does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// The set's files, to be compiled beside imported documents.
pub fn inputs() -> Result<Vec<Input>, BundledError> {
    FILES
        .iter()
        .map(|(file, text)| {
            let parsed = parse(text.as_bytes()).map_err(|source| BundledError::File { file, source })?;
            let sha256 = hex::encode(Sha256::digest(text));
            Ok(Input { feed: ID, document: format!("{file}.toml"), sha256, dated: None, parsed })
        })
        .collect()
}

/// A database of the bundled set alone.
pub fn database() -> Result<Database, BundledError> {
    Ok(Database::open(build(inputs()?)?)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advisory: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    cve: String,
    description: String,
    cvss2: Option<Scored>,
    cvss3: Option<Scored>,
    /// Package to release to the first fixed version; `0` where the release was never affected, `open` while there is no
    /// fix.
    fixed: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scored {
    score: f64,
    vector: String,
}

fn parse(bytes: &[u8]) -> Result<Parsed, FeedError> {
    let shape = |why: String| FeedError::Shape { why };
    let text = std::str::from_utf8(bytes).map_err(|error| shape(error.to_string()))?;
    let file: File = toml::from_str(text).map_err(|error| shape(error.message().to_owned()))?;
    let mut parsed = Parsed::default();
    for record in file.advisory {
        parsed.records += 1;
        read(record, &mut parsed).map_err(shape)?;
    }
    parsed.unless_empty()
}

/// Our own writing has no excuse: one wrong record refuses the file.
fn read(record: Record, parsed: &mut Parsed) -> Result<(), String> {
    let Record { cve, description, cvss2, cvss3, fixed } = record;
    if !is_cve_id(&cve) {
        return Err(format!("`{cve}` is no CVE id"));
    }
    for (package, releases) in fixed {
        for (key, fixed) in releases {
            let release = Release::by_key(&key).ok_or_else(|| format!("{cve}: `{key}` is no known release"))?;
            let (state, word) = match fixed.as_str() {
                "0" => (State::NotAffected, "not affected"),
                "open" => (State::Open, "open"),
                version => {
                    let version = Version::parse(release, version).map_err(|error| format!("{cve}: {error}"))?;
                    (State::Fixed(version), "resolved")
                }
            };
            // What Red Hat fixed is fixed by those who rebuild it; their own errata take the place of this.
            parsed.advisories.extend(release.rebuilds().chain([release]).map(|release| Advisory {
                release,
                package: package.clone(),
                cve: cve.clone(),
                introduced: None,
                state: state.clone(),
                word: word.to_owned(),
                advisory: String::new(),
            }));
        }
    }
    let score = |score: Option<Scored>| {
        score
            .map(|it| Cvss::new(it.score, it.vector).ok_or_else(|| format!("{cve}: {} is no score", it.score)))
            .transpose()
    };
    let versions = [(CvssVersion::V2, score(cvss2)?), (CvssVersion::V31, score(cvss3)?)];
    let scores = versions
        .into_iter()
        .filter_map(|(version, cvss)| Some(Score { source: ScoreSource::Nvd, version, cvss: cvss? }));
    let scores = scores.collect();
    parsed.vulnerabilities.push(Vulnerability { cve, description, scores, ..Vulnerability::default() });
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_in_the_list_and_the_list_is_sorted() {
        #[expect(clippy::disallowed_methods, reason = "compares the list with the folder")]
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/advisories")).unwrap();
        let mut names: Vec<_> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        let listed: Vec<_> = FILES.iter().map(|(name, _)| format!("{name}.toml")).collect();
        assert_eq!(listed, names);
    }

    #[test]
    fn the_whole_set_is_readable_and_each_vulnerability_stands_once() {
        let inputs = inputs().unwrap();
        let all: Vec<_> = inputs.iter().flat_map(|input| &input.parsed.vulnerabilities).collect();
        let ids: BTreeSet<_> = all.iter().map(|it| &it.cve).collect();
        assert!(ids.len() >= 100, "{}", ids.len());
        assert_eq!(ids.len(), all.len());
        for it in all {
            assert!(it.description.ends_with('.') && it.description.len() > 20, "{}", it.cve);
        }
    }

    #[test]
    fn every_family_of_releases_has_advisories() {
        let inputs = inputs().unwrap();
        let keys: BTreeSet<_> =
            inputs.iter().flat_map(|input| &input.parsed.advisories).map(|it| it.release.key).collect();
        for key in [
            "almalinux:8",
            "amazon:2",
            "amazon:2023",
            "debian:11",
            "debian:12",
            "rhel:8",
            "rhel:9",
            "rocky:9",
            "ubuntu:20.04",
            "ubuntu:22.04",
        ] {
            assert!(keys.contains(key), "{key}");
        }
    }

    #[test]
    fn the_compiled_set_never_counts_as_complete() {
        let database = database().unwrap();
        assert!(!database.release("debian:12").unwrap().unwrap().complete());
        database.verify().unwrap();
    }

    #[test]
    fn one_wrong_record_refuses_the_file_by_name() {
        let record = |cve: &str, fixed: &str, score: &str| {
            format!(
                "[[advisory]]\ncve = '{cve}'\ndescription = 'x'\ncvss2 = {{ score = {score}, vector = '' }}\n[advisory.fixed.a]\n{fixed}\n"
            )
        };
        assert!(parse(record("CVE-2020-0001", "'debian:12' = '1.0-1'", "5.0").as_bytes()).is_ok());
        for (text, what) in [
            (record("CVE-20", "", "5.0"), "`CVE-20`"),
            (record("CVE-2020-0001", "'debian:1' = '1.0-1'", "5.0"), "`debian:1`"),
            (record("CVE-2020-0001", "'debian:12' = 'one'", "5.0"), "`one`"),
            (record("CVE-2020-0001", "", "50.0"), "50 is no score"),
            (String::new(), "advisory"),
        ] {
            let error = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
    }
}
