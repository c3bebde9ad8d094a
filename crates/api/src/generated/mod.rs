//! Made from the service models.
// Written by `cargo xtask generate` from the service model. Do not edit.

pub mod inspector;
pub mod openinspector;
