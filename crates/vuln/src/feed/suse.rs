//! SUSE Linux Enterprise and openSUSE Leap: <https://ftp.suse.com/pub/projects/security/oval/>, one OVAL document per
//! product, of which those with `affected` in their name speak of vulnerabilities without a fix too.
//!
//! A fix that is published for long-term support alone is taken like any other, because nothing tells whether a host has
//! subscribed to it.

use super::{Feed, oval};
use crate::release::Release;

/// SUSE.
pub(super) const FEED: Feed = Feed {
    id: "suse",
    title: "SUSE OVAL",
    document: |name, head| {
        let known = oval::is_of(head, "Marcus Updateinfo to OVAL Converter");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        (known && (1..=80).contains(&name.len()) && name.bytes().all(plain)).then(|| name.to_owned())
    },
    parse: |bytes| oval::parse(bytes, &PUBLISHER),
};

const PUBLISHER: oval::Publisher =
    oval::Publisher { releases, release_of_version: |_evr| None, advisory_prefixes: &["SUSE-SU", "openSUSE-SU"] };

/// By the package that a product has: `sles-release` in version `15.1`, `sle-module-basesystem-release`,
/// `openSUSE-release`.
fn releases(_comment: &str, package: &str, version: &str) -> Vec<&'static Release> {
    let lower = package.to_ascii_lowercase();
    let Some(product) = lower.strip_suffix("-release") else { return Vec::new() };
    let key = match product {
        "opensuse" => format!("opensuse-leap:{version}"),
        "sles" | "sled" | "sles_sap" | "sles-ltss" | "sle_hpc" => format!("sles:{version}"),
        module if module.starts_with("sle-module-") => format!("sles:{version}"),
        _ => return Vec::new(),
    };
    Release::by_key(&key).into_iter().collect()
}
