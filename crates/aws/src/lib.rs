//! Reads AWS into the documents of a snapshot: the same that AWS CLI prints and that the offline reader takes.
//!
//! One generic client serves every operation. What it asks, and how requests and answers are spelt, stands in tables made by
//! `cargo xtask generate` from the service models in `model/`. Credentials and signatures are those of the official
//! libraries. An answer that is denied or fails is never an empty one: it is named in the snapshot's `errors.json`.

mod answer;
mod call;
mod client;
mod endpoint;
mod failure;
mod generated;
pub mod permission;
mod publish;
mod request;
mod session;
mod snapshot;
mod table;
mod transport;

#[cfg(test)]
mod tests;

pub use client::Patience;
pub use failure::Failure;
pub use publish::Publisher;
pub use session::{SessionError, Settings};
pub use snapshot::{Document, Gap, Taken, take};
