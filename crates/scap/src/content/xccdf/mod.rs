//! XCCDF 1.2 (NIST IR 7275 revision 4): what a benchmark asks, which rules a profile selects, and what the checks mean.

pub mod evaluate;
pub mod model;
pub mod read;
pub mod score;
pub mod select;

pub use model::{Benchmark, Rule};

/// The namespace of benchmarks, tailorings and results.
pub const NAMESPACE: &str = "http://checklists.nist.gov/xccdf/1.2";

/// The namespace of XCCDF 1.1, whose benchmarks read alike.
pub const NAMESPACE_1_1: &str = "http://checklists.nist.gov/xccdf/1.1";

/// The pseudo-profile that selects everything.
pub const ALL: &str = "(all)";
