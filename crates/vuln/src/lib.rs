//! Advisories: one module per feed, one per version order, the compiled database and the matcher.
//!
//! Feeds are read into [`advisory`] statements, compiled once into a [`database`], and matched against hosts without
//! being read again. Nothing here does IO: bytes come in and values go out.

pub mod release;
pub mod version;

pub mod advisory;
pub mod cvss;
pub mod feed;

pub mod database;
pub mod fleet;
pub mod kernel;
pub mod language;
pub mod matcher;
pub mod reference;
pub mod severity;
pub mod stream;
pub mod support;
pub mod third_party;
pub mod vex;
pub mod windows;
