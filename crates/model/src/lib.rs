//! The words of the domain: ids, facts, outcomes, proofs, findings, agent messages.
//!
//! Everything the other crates say to each other is said in these types. Nothing here does IO, reads a clock or decides.
//! Read the modules in the order below: who is asked about, what was seen, what was concluded.

pub mod arn;
pub mod time;

pub mod behavior;
pub mod fact;
pub mod host;
pub mod language;
pub mod network;
pub mod openssh;
pub mod percent;
pub mod running;

pub mod rules_package;
pub mod severity;

pub mod asset;
pub mod coverage;
pub mod event;
pub mod exclusion;
pub mod finding;
pub mod fingerprint;
pub mod outcome;
pub mod proof;
pub mod run;

pub mod agent;
pub mod assessment;
pub mod delivery;
pub mod sighting;

pub use fact::{Fact, Place};
pub use finding::{Attribute, Finding};
pub use outcome::{Outcome, Reason, ReasonCode};
pub use proof::Proof;
pub use rules_package::PackageKey;
pub use severity::Severity;
pub use time::Timestamp;
