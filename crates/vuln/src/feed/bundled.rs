//! The bundled set: well-known vulnerabilities with their fixed versions, so that a machine without feeds still finds
//! something. Facts in our own words, in `content/advisories/*.toml`; never a substitute for the full feeds.
//!
//! To add a file, name it in [`FILES`].

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{FeedError, Parsed};
use crate::advisory::{Advisory, Cvss, Scores, State, Version, Vulnerability, is_cve_id};
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
const FILES: &[(&str, &str)] = files!["openssl"];

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
    cvss2: Option<Score>,
    cvss3: Option<Score>,
    /// Package to release to the first fixed version; `0` where the release was never affected, `open` while there is no
    /// fix.
    fixed: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Score {
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
            let (package, cve, word) = (package.clone(), cve.clone(), word.to_owned());
            parsed.advisories.push(Advisory { release, package, cve, state, word, advisory: String::new() });
        }
    }
    let score = |score: Option<Score>| {
        score
            .map(|it| Cvss::new(it.score, it.vector).ok_or_else(|| format!("{cve}: {} is no score", it.score)))
            .transpose()
    };
    let scores = Scores { v2: score(cvss2)?, v3: score(cvss3)? };
    parsed.vulnerabilities.push(Vulnerability { cve, description, scores, secondary_only: false });
    Ok(())
}
