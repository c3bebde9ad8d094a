//! An assessment rendered for people and for machines, one module per format.
//!
//! A format is a name and a pure function; texts from findings are hostile input and are made inert by each format in
//! its own way.

pub mod format;
pub mod meta;
pub mod result;

mod inert;
mod page;
mod vulnerability;

#[cfg(test)]
extern crate self as inspector_report;

pub use format::{FORMATS, Format, Options};
pub use meta::{Instance, ReportKind, ReportMeta};
