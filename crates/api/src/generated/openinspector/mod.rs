//! The `OpenInspector` service, version 2026-11-24.
// Written by `cargo xtask generate` from the service model. Do not edit.

mod enums;
mod errors;
mod operations;
mod service;
mod shapes;
mod structures;

pub use enums::*;
pub use errors::*;
pub use operations::*;
pub use service::*;
pub use structures::*;
