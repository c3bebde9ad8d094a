//! `ind:environmentvariable`: the scanner's own environment, as `environmentvariable58` gives it without a process.

use super::{Source, environmentvariable58};

pub(super) const SOURCE: Source = Source { kind: "environmentvariable", ..environmentvariable58::SOURCE };
