//! Feeds: one module each, all of the same shape. A feed is how to recognise its documents and how to read one.
//!
//! To add a feed, write `<feed>.rs` with a `FEED` constant, and name it twice below.

use inspector_model::Timestamp;

use crate::advisory::{Advisory, Lifetime, Vulnerability};

pub mod address;
mod almalinux;
mod alpine;
mod amazon;
mod arch;
mod archive;
mod azure;
pub mod bundled;
mod cve_records;
mod debian;
mod debian_lists;
mod debian_support;
mod end_of_life;
mod epss;
mod kev;
mod languages;
mod nvd;
mod oracle;
mod osv;
mod oval;
mod redhat;
mod redhat_oval;
mod rocky;
mod suse;
mod ubuntu;
mod ubuntu_osv;
mod wesng;
mod wolfi;

/// Every feed that files are recognised for.
pub const FEEDS: &[&Feed] = &[
    &almalinux::FEED,
    &alpine::FEED,
    &amazon::FEED,
    &arch::FEED,
    &azure::FEED,
    &cve_records::FEED,
    &debian::FEED,
    &debian_lists::FEED,
    &debian_support::FEED,
    &end_of_life::FEED,
    &epss::FEED,
    &kev::FEED,
    &languages::FEED,
    &nvd::FEED,
    &oracle::FEED,
    &redhat::FEED,
    &redhat_oval::FEED,
    &rocky::FEED,
    &suse::FEED,
    &ubuntu::FEED,
    &ubuntu_osv::FEED,
    &wesng::FEED,
    &wolfi::FEED,
];

/// One source of advisories or scores.
pub struct Feed {
    /// Its name in files and messages.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name of the document that a file is, from its name without folder and compression suffix and from its first
    /// kilobytes; `None` where the file is not of this feed. A later file of the same document replaces the earlier.
    pub document: fn(name: &str, head: &[u8]) -> Option<String>,
    /// Reads one document, uncompressed.
    pub parse: fn(&[u8]) -> Result<Parsed, FeedError>,
}

impl Feed {
    /// Reads one document under its name, which tells of some feeds what no line does.
    ///
    /// # Errors
    /// As [`Feed::parse`].
    pub fn read(&self, document: &str, bytes: &[u8]) -> Result<Parsed, FeedError> {
        let mut parsed = (self.parse)(bytes)?;
        for lifetime in parsed.lifetimes.iter_mut().filter(|it| it.system.is_empty()) {
            debian_support::system(document).clone_into(&mut lifetime.system);
        }
        Ok(parsed)
    }

    /// Whether one document may come in several files, each with other records: Amazon's advisories of one repository.
    pub fn comes_in_pieces(&self) -> bool {
        self.id == amazon::FEED.id
    }
}

/// The name of the piece number `nth` of a document; the first has the document's own.
pub fn piece(document: &str, nth: usize) -> String {
    if nth == 1 { document.to_owned() } else { format!("{document}+{nth}") }
}

/// The document that a piece is of.
pub fn whole(piece: &str) -> &str {
    match piece.rsplit_once('+') {
        Some((document, nth)) if nth.bytes().all(|byte| byte.is_ascii_digit()) => document,
        Some(_) | None => piece,
    }
}

/// How many bytes of a file [`Feed::document`] wants to see.
pub const HEAD_BYTES: usize = 64 << 10;

/// The feed and document that a file is; `None` where no feed knows it.
pub fn recognise(name: &str, head: &[u8]) -> Option<(&'static Feed, String)> {
    FEEDS.iter().find_map(|feed| (feed.document)(name, head).map(|document| (*feed, document)))
}

/// What one document holds. What could not be read is here too, counted and named.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// When the feed says it was made; `None` where it does not say.
    pub made_at: Option<Timestamp>,
    /// How many records were read or skipped.
    pub records: usize,
    /// Statements about packages.
    pub advisories: Vec<Advisory>,
    /// Texts and scores.
    pub vulnerabilities: Vec<Vulnerability>,
    /// Updates and those that they take the place of.
    pub supersedes: Vec<(String, String)>,
    /// Until when releases and packages get security updates.
    pub lifetimes: Vec<Lifetime>,
    /// How many of the records could not be read at all.
    pub unreadable: usize,
    /// Records, and parts of records, that could not be read.
    pub skipped: Vec<Problem>,
}

impl Parsed {
    /// Notes a record that could not be read.
    fn skip(&mut self, record: impl Into<String>, why: impl Into<String>) {
        self.unreadable += 1;
        self.skip_part(record, why);
    }

    /// Notes a part of a record that could not be read.
    fn skip_part(&mut self, record: impl Into<String>, why: impl Into<String>) {
        self.skipped.push(Problem { record: record.into(), why: why.into() });
    }

    /// The document, unless it says nothing: an empty feed would make everything look clean.
    fn unless_empty(self) -> Result<Self, FeedError> {
        if self.records == 0 {
            return Err(FeedError::Empty);
        }
        if self.unreadable >= self.records {
            let why = self.skipped.first().map(|problem| format!("{}: {}", problem.record, problem.why));
            return Err(FeedError::Shape { why: format!("no record is readable: {}", why.unwrap_or_default()) });
        }
        Ok(self)
    }
}

/// One record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The record, for example `openssl CVE-2014-0160`.
    pub record: String,
    /// What is wrong with it.
    pub why: String,
}

/// Why a whole document is refused. The caller knows the file and names it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The text ends in the middle.
    #[error("it is cut short: {why}")]
    Truncated {
        /// The parser's message.
        why: String,
    },
    /// The text is not what this feed looks like.
    #[error("it does not have the form of this feed: {why}")]
    Shape {
        /// What is different.
        why: String,
    },
    /// No record at all.
    #[error("it holds no record")]
    Empty,
}

impl From<serde_json::Error> for FeedError {
    fn from(error: serde_json::Error) -> Self {
        let why = error.to_string();
        if error.is_eof() { Self::Truncated { why } } else { Self::Shape { why } }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIXTURES: &[&str] = &[
        include_str!("alpine.json"),
        include_str!("alpine.yaml"),
        include_str!("amazon.xml"),
        include_str!("debian.json"),
        include_str!("debian_lists.txt"),
        include_str!("nvd.json"),
        include_str!("oval/oracle.xml"),
    ];

    proptest! {
        #[test]
        fn damaged_documents_are_read_or_refused_and_never_panic(
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            fixture in 0..FIXTURES.len(),
        ) {
            let mut bytes = FIXTURES[fixture].as_bytes().to_vec();
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            for feed in FEEDS {
                if let Ok(parsed) = (feed.parse)(&bytes) {
                    prop_assert!(parsed.records > 0);
                }
            }
        }
    }

    #[test]
    fn a_document_nested_without_end_is_refused() {
        let deep = format!("{{\"a\": {{\"CVE-2020-0001\": {}", "[".repeat(100_000));
        for feed in FEEDS {
            assert!((feed.parse)(deep.as_bytes()).is_err(), "{}", feed.id);
        }
    }

    #[test]
    fn every_feed_refuses_what_is_cut_short_empty_or_something_else() {
        for feed in FEEDS {
            for (text, what) in
                [("{}", "empty"), ("[]", "a list"), ("", "nothing"), ("{\"a\":", "cut"), ("\u{0}", "no text")]
            {
                assert!((feed.parse)(text.as_bytes()).is_err(), "{}: {what}", feed.id);
            }
        }
    }

    #[test]
    fn a_file_of_no_feed_is_not_recognised() {
        assert!(recognise("README.md", b"# Vulnerability feeds").is_none());
        assert!(recognise("package.json", br#"{"name":"x"}"#).is_none());
    }
}
