//! Advisories and other content that evaluation reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use inspector_api::openinspector::{Feed, FeedFailure};
use inspector_assess::benchmark::Benchmarks;
use inspector_vuln::database::Database;

/// Opens the advisory database that is in force now, or says why it cannot.
pub type AdvisoryLoader = Arc<dyn Fn() -> Result<Database, String> + Send + Sync>;

/// Reads the benchmarks that are in force now, or says why it cannot.
type BenchmarkLoader = Arc<dyn Fn() -> Result<Benchmarks, String> + Send + Sync>;

/// Reads which feeds could not be brought up to date when they were last tried.
type FeedFailureLoader = Arc<dyn Fn() -> Vec<FeedFailure> + Send + Sync>;

/// Where content comes from. Each reads files whenever it is called: not for a thread that serves others.
#[derive(Clone)]
pub struct Loaders {
    /// Called at the start and for each evaluation.
    pub advisories: AdvisoryLoader,
    /// Called for each plan and each evaluation with a benchmark.
    pub benchmarks: BenchmarkLoader,
    /// Called whenever somebody asks for the status of feeds.
    pub feed_failures: FeedFailureLoader,
}

/// The content of one evaluation. Opened anew for each, so that an import counts from the next run on.
pub(crate) struct Content {
    /// The advisories, or why there are none.
    pub(crate) advisories: Result<Database, String>,
    /// Reads the benchmarks: few runs need them.
    pub(crate) benchmarks: BenchmarkLoader,
}

impl Content {
    /// What is in force now.
    pub(crate) fn load(loaders: &Loaders) -> Self {
        Self { advisories: (loaders.advisories)(), benchmarks: loaders.benchmarks.clone() }
    }

    /// The feeds in force: the records of each by the date that they carry, which not every document does.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        let documents = self.advisories.as_ref().map(|database| database.manifest().documents.as_slice());
        let mut records: BTreeMap<_, usize> = BTreeMap::new();
        for document in documents.unwrap_or_default() {
            *records.entry((document.feed.clone(), document.dated)).or_default() += document.records;
        }
        let feed = |((id, date), records)| Feed { id, date, records: i64::try_from(records).unwrap_or(i64::MAX) };
        records.into_iter().map(feed).collect()
    }
}

#[cfg(test)]
mod tests {
    use inspector_vuln::database::{Input, build};
    use inspector_vuln::feed::Parsed;

    use super::*;

    #[test]
    fn a_feed_without_a_date_is_shown_like_the_others() {
        let input = |feed, document: &str, dated| Input {
            feed,
            document: document.to_owned(),
            sha256: String::new(),
            dated,
            parsed: Parsed { records: 3, ..Parsed::default() },
        };
        let date = Some(inspector_model::Timestamp::from_millis(0));
        let bytes =
            build(vec![input("debian", "json", date), input("nvd", "2025", None), input("nvd", "2026", None)]).unwrap();
        let benchmarks: BenchmarkLoader = Arc::new(|| Err("none".to_owned()));
        let content = Content { advisories: Ok(Database::open(bytes).unwrap()), benchmarks };
        let shown: Vec<_> = content.feeds().into_iter().map(|feed| (feed.id, feed.date, feed.records)).collect();
        assert_eq!(shown, [("debian".to_owned(), date, 3), ("nvd".to_owned(), None, 6)]);
    }
}
