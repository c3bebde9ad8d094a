//! One module per rules package: facts and content in, an [`crate::Evaluation`] out.

pub mod cve;
