//! One module per rules package: facts and content in, an [`crate::Evaluation`] out.

pub mod best_practices;
pub mod cis;
pub mod cve;
pub mod network_reachability;
pub mod runtime_behavior;
