//! Rules packages, runs, targets, findings and coverage: the service without its server.
//!
//! Everything here is a value in and a value out, so the same code serves `inspector scan`, the service and its tests.

pub mod benchmark;
pub mod best_practices;
pub mod evaluation;
pub mod exclusion;
mod host_rule;
pub mod preview;
pub mod rules_package;
pub mod run;
pub mod runtime_behavior;
pub mod target;
pub mod verify;

pub use evaluation::Evaluation;
pub use host_rule::HostRule;
