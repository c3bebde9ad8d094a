//! The AWS JSON contract: generated shapes and trait, codec, signature check.
//!
//! Only this crate knows AWS's JSON. [`inspector`] is the Classic API, [`openinspector`] our own operations on the same
//! protocol; both are made by `cargo xtask generate` from the models in `model/`. A server implements the trait of each
//! and calls its `dispatch`; a client encodes an input, signs with [`sign`], decodes the output.

pub mod generated;
pub use generated::{inspector, openinspector};

pub mod caller;
pub mod cloudformation;
pub mod codec;
pub mod error;
pub mod operation;
pub mod shape;

pub mod canonical;
pub mod sign;
pub mod signature;

pub mod policy;
pub mod query;
pub mod sts;

mod choice;
pub mod epoch;
mod percent;
mod sensitive;
mod strict;

pub use caller::Caller;
pub use sensitive::Sensitive;
