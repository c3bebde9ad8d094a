//! Advisories and other content that evaluation reads.

/// The content of one service.
#[derive(Debug, Default)]
pub struct Content {}
