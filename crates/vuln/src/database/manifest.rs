//! What a database says about its own making.

use std::collections::BTreeSet;

use inspector_model::Timestamp;

use super::Input;
use crate::feed::{Problem, whole};

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
    pub dated: Option<Timestamp>,
    /// Of its uncompressed text, in hexadecimal.
    pub sha256: String,
    /// Records in it.
    pub records: usize,
    /// Advisories out of it.
    pub advisories: usize,
    /// Records, and parts of records, that could not be read.
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

/// Why a document may not take the place of the one in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It lost more records than a feed loses.
    #[error("it holds {records} records, and the one in use holds {in_use}")]
    Shrunken {
        /// Its records.
        records: usize,
        /// Those of the document in use.
        in_use: usize,
    },
    /// It was made before the one in use.
    #[error("it is of {dated}, and the one in use is of {in_use}")]
    Older {
        /// When it was made.
        dated: Timestamp,
        /// When the document in use was made.
        in_use: Timestamp,
    },
}

/// A document that loses more than this many records per hundred is refused.
const SHRINK_PERCENT: usize = 20;

impl Manifest {
    /// Whether `input` may take the place of the same document in this manifest. A truncated or stale feed would make
    /// hosts look clean.
    pub fn accept(&self, input: &Input) -> Result<(), Refusal> {
        self.accept_pieces(&[input])
    }

    /// Whether a whole database may take the place of the one that this manifest is of.
    ///
    /// # Errors
    /// Where one of its documents is much smaller or older than in the one in use, or missing.
    pub fn accept_manifest(&self, other: &Self) -> Result<(), Refusal> {
        let names: BTreeSet<_> = self.documents.iter().map(|it| (&it.feed, whole(&it.document))).collect();
        for name in names {
            let of = |manifest: &Self| -> (usize, Option<Timestamp>, Vec<String>) {
                let own = manifest.documents.iter().filter(|it| (&it.feed, whole(&it.document)) == name);
                let own: Vec<_> = own.collect();
                let records = own.iter().map(|it| it.records).sum();
                (records, own.iter().filter_map(|it| it.dated).max(), own.iter().map(|it| it.sha256.clone()).collect())
            };
            let ((in_use, was_dated, known), (records, dated, digests)) = (of(self), of(other));
            if known != digests {
                replaces((in_use, was_dated), (records, dated))?;
            }
        }
        Ok(())
    }

    /// Whether all pieces of one document together may take the place of its pieces in this manifest.
    pub fn accept_pieces(&self, inputs: &[&Input]) -> Result<(), Refusal> {
        let Some(first) = inputs.first() else { return Ok(()) };
        let same = |it: &&Document| it.feed == first.feed && whole(&it.document) == whole(&first.document);
        let known: Vec<&Document> = self.documents.iter().filter(same).collect();
        let is_known = |input: &&Input| known.iter().any(|it| it.sha256 == input.sha256);
        if known.is_empty() || (known.len() == inputs.len() && inputs.iter().all(is_known)) {
            return Ok(());
        }
        let records = inputs.iter().map(|input| input.parsed.records).sum::<usize>();
        let in_use = known.iter().map(|it| it.records).sum::<usize>();
        // The newest piece says how new the document is.
        let newest = inputs.iter().filter_map(|input| input.dated).max();
        replaces((in_use, known.iter().filter_map(|it| it.dated).max()), (records, newest))
    }
}

/// Whether so many records of such a day may take the place of those in use.
fn replaces(in_use: (usize, Option<Timestamp>), new: (usize, Option<Timestamp>)) -> Result<(), Refusal> {
    let ((in_use, was_dated), (records, dated)) = (in_use, new);
    if records * 100 < in_use * (100 - SHRINK_PERCENT) {
        return Err(Refusal::Shrunken { records, in_use });
    }
    match (dated, was_dated) {
        (Some(dated), Some(in_use)) if dated < in_use => Err(Refusal::Older { dated, in_use }),
        (Some(_) | None, _) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Parsed;

    fn day(day: u32) -> Timestamp {
        format!("2026-01-{day:02}T00:00:00Z").parse().unwrap()
    }

    fn input(sha256: &str, records: usize, dated: Option<Timestamp>) -> Input {
        let parsed = Parsed { records, ..Parsed::default() };
        Input { feed: "f", document: "d".to_owned(), sha256: sha256.to_owned(), dated, parsed }
    }

    #[test]
    fn what_takes_the_place_of_a_document_is_neither_older_nor_much_smaller() {
        let in_use = input("a", 100, Some(day(10))).manifest_entry();
        let manifest = Manifest { documents: vec![in_use] };
        for (sha256, records, dated, wanted) in [
            ("b", 100, Some(day(10)), Ok(())),
            ("b", 80, Some(day(11)), Ok(())),
            ("b", 79, Some(day(11)), Err(Refusal::Shrunken { records: 79, in_use: 100 })),
            ("b", 100, Some(day(9)), Err(Refusal::Older { dated: day(9), in_use: day(10) })),
            ("b", 100, None, Ok(())),
            // The very same text again, whatever its file's date.
            ("a", 100, Some(day(1)), Ok(())),
        ] {
            assert_eq!(manifest.accept(&input(sha256, records, dated)), wanted, "{sha256} {records} {dated:?}");
        }
    }

    #[test]
    fn pieces_of_a_document_are_accepted_together() {
        let piece = |document: &str, sha256: &str, records| Input {
            document: document.to_owned(),
            ..input(sha256, records, Some(day(10)))
        };
        let documents = [piece("d", "a", 60), piece("d+2", "b", 40)].map(|it| it.manifest_entry());
        let manifest = Manifest { documents: documents.into() };
        let whole = piece("d", "c", 100);
        assert_eq!(manifest.accept_pieces(&[&whole]), Ok(()));
        let part = piece("d", "c", 60);
        assert_eq!(manifest.accept_pieces(&[&part]), Err(Refusal::Shrunken { records: 60, in_use: 100 }));
        assert_eq!(manifest.accept_pieces(&[&part, &piece("d+2", "e", 30)]), Ok(()));
    }

    #[test]
    fn a_whole_database_is_accepted_where_each_of_its_documents_would_be() {
        let manifest = |parts: &[(&str, usize, u32)]| Manifest {
            documents: parts
                .iter()
                .map(|(sha, records, at)| input(sha, *records, Some(day(*at))).manifest_entry())
                .collect(),
        };
        let in_use = manifest(&[("a", 100, 10)]);
        assert_eq!(in_use.accept_manifest(&manifest(&[("a", 100, 10)])), Ok(()));
        assert_eq!(in_use.accept_manifest(&manifest(&[("b", 90, 11)])), Ok(()));
        let missing = Err(Refusal::Shrunken { records: 0, in_use: 100 });
        assert_eq!(in_use.accept_manifest(&Manifest::default()), missing);
        let older = in_use.accept_manifest(&manifest(&[("b", 100, 9)]));
        assert!(matches!(older, Err(Refusal::Older { .. })), "{older:?}");
        assert_eq!(Manifest::default().accept_manifest(&in_use), Ok(()));
    }

    #[test]
    fn a_document_that_is_new_is_accepted() {
        assert_eq!(Manifest::default().accept(&input("a", 1, None)), Ok(()));
    }
}
