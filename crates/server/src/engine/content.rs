//! Advisories and other content that evaluation reads.

use std::sync::Arc;

use inspector_api::openinspector::Feed;
use inspector_vuln::database::Database;

/// Opens the advisory database that is in force now, or says why it cannot.
pub type AdvisoryLoader = Arc<dyn Fn() -> Result<Database, String> + Send + Sync>;

/// The content of one evaluation. Opened anew for each, so that an import counts from the next run on.
pub(crate) struct Content {
    /// The advisories, or why there are none.
    pub(crate) advisories: Result<Database, String>,
}

impl Content {
    /// What is in force now.
    pub(crate) fn load(loader: &AdvisoryLoader) -> Self {
        Self { advisories: loader() }
    }

    /// The feeds that were imported, those that carry a date.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        let documents = self.advisories.as_ref().map(|database| database.manifest().documents.as_slice());
        let feed = |document: &inspector_vuln::database::Document| {
            Some(Feed {
                id: document.feed.clone(),
                date: document.dated?,
                records: i64::try_from(document.records).unwrap_or(i64::MAX),
            })
        };
        documents.unwrap_or_default().iter().filter_map(feed).collect()
    }
}
