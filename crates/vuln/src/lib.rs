//! Advisories: one module per feed, one per version order, the compiled database and the matcher.

pub mod version;
