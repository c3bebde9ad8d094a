//! Advisories: one module per feed, one per version order, the compiled database and the matcher.
