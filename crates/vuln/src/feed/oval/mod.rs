//! Advisories of rpm distributions as OVAL 5 definitions (<https://oval.mitre.org/language/version5.11/>): for each a tree
//! of tests such as `openssl is earlier than 1:1.1.1k-5` under the release that it is about.
//!
//! Only what tells affected versions is read: tests of rpm versions, of releases and of modules. Tests of signatures and
//! architectures are left aside, so a package is judged whoever signed it and for whatever machine it was built. Nothing
//! is evaluated here; a statement is what stands under one release.

mod document;
mod statements;

use super::{FeedError, Parsed};
use crate::release::Release;

/// Who publishes a document.
#[derive(Clone, Copy)]
pub(super) struct Publisher {
    /// The releases that a test of the release is about, from the comment of the criterion, and from the package and
    /// version that the test looks for where it does; empty where it is no such test or about another product.
    pub(super) releases: fn(comment: &str, package: &str, version: &str) -> Vec<&'static Release>,
    /// The release that a fixed version is of, where no test names one.
    pub(super) release_of_version: fn(evr: &str) -> Option<&'static Release>,
    /// What stands at the beginning of the ids of advisories; other references are none.
    pub(super) advisory_prefixes: &'static [&'static str],
}

/// Reads a document. A record is a definition.
pub(super) fn parse(bytes: &[u8], publisher: &Publisher) -> Result<Parsed, FeedError> {
    let document = document::read(bytes)?;
    let mut parsed = Parsed { made_at: document.made_at, ..Parsed::default() };
    for definition in &document.definitions {
        parsed.records += 1;
        statements::write(definition, &document, publisher, &mut parsed);
    }
    parsed.unless_empty()
}

/// Whether a file that begins so is an OVAL document whose generator calls itself like `product`.
pub(super) fn is_of(head: &[u8], product: &str) -> bool {
    let head = String::from_utf8_lossy(head);
    let name = head.split_once("product_name>").map(|(_, rest)| rest.split('<').next().unwrap_or_default());
    head.contains("<oval_definitions") && name.is_some_and(|name| name.contains(product))
}
