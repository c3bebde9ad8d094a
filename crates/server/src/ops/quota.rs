//! The documented quotas of the original, per account and Region (AWS user guide, "Service limits").

/// Assessment targets.
pub(super) const TARGETS: i64 = 50;

/// Assessment templates.
pub(super) const TEMPLATES: i64 = 500;

/// Topics that hear of one template. The original published no number; its lists hold 50.
pub(super) const TOPICS: i64 = 50;
