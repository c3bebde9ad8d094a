//! The documented quotas of the original, per account and Region (AWS user guide, "Service limits").

/// Assessment targets.
pub(super) const TARGETS: i64 = 50;

/// Assessment templates.
pub(super) const TEMPLATES: i64 = 500;
