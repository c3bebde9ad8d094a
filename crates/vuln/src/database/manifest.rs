//! What a database says about its own making.

use crate::feed::Problem;

/// What a database was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Sorted by feed and document, the bundled set last.
    pub documents: Vec<Document>,
}

/// One document of one feed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The feed's id.
    pub feed: String,
    /// The document's name within the feed.
    pub document: String,
    /// When it was made; where the feed does not say, when its file was last changed.
    pub dated: Option<inspector_model::Timestamp>,
    /// Of its uncompressed text, in hexadecimal.
    pub sha256: String,
    /// Records in it.
    pub records: usize,
    /// Advisories out of it.
    pub advisories: usize,
    /// Records that could not be read.
    pub skipped: usize,
    /// The first of them.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Feed, document and date in one line, as proofs name them.
    pub fn line(&self) -> String {
        match self.dated {
            Some(dated) => format!("{} {} of {dated}", self.feed, self.document),
            None => format!("{} {}", self.feed, self.document),
        }
    }
}
