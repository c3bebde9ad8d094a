//! Advisories and other content that evaluation reads.

use inspector_api::openinspector::Feed;

/// The content of one service.
#[derive(Debug, Default)]
pub(crate) struct Content {}

impl Content {
    /// What it was made from.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        Vec::new()
    }
}
