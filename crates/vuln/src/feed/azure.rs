//! Azure Linux and its predecessor CBL-Mariner: <https://github.com/microsoft/AzureLinuxVulnerabilityData>, one OVAL
//! document per release. It names source packages.

use super::{Feed, oval};
use crate::release::Release;

/// Azure Linux.
pub(super) const FEED: Feed = Feed {
    id: "azure-linux",
    title: "Azure Linux OVAL",
    document: |_name, head| {
        let generators = ["Azure Linux OVAL", "CBL-Mariner OVAL", "Mariner OVAL"];
        let known = generators.iter().any(|generator| oval::is_of(head, generator));
        let release = || fixed_versions(&String::from_utf8_lossy(head)).map(|release| release.key.replace(':', "-"));
        known.then(release).flatten()
    },
    parse: |bytes| oval::parse(bytes, &PUBLISHER),
};

const PUBLISHER: oval::Publisher = oval::Publisher {
    // No test names a release: a document is about one alone.
    releases: |_comment, _package, _version| Vec::new(),
    release_of_version: release,
    advisory_prefixes: &[],
};

/// What each release writes at the end of its versions.
const MARKS: &[(&str, &str)] = &[(".azl3", "azurelinux:3.0"), (".cm1", "mariner:1.0"), (".cm2", "mariner:2.0")];

fn release(evr: &str) -> Option<&'static Release> {
    MARKS.iter().find(|(mark, _)| evr.ends_with(mark)).and_then(|(_, key)| Release::by_key(key))
}

/// The release that a document is about. The beginning holds no version, but the name of the product or of its ids.
fn fixed_versions(head: &str) -> Option<&'static Release> {
    let id = head.split_once("<definition ").and_then(|(_, rest)| rest.split_once("id=\"")).map(|(_, id)| id)?;
    if id.starts_with("oval:com.microsoft.azurelinux:") {
        return Release::by_key("azurelinux:3.0");
    }
    let platform = head.split_once("<platform>").map(|(_, rest)| rest.split('<').next().unwrap_or_default())?;
    let key = if platform.contains('2') { "mariner:2.0" } else { "mariner:1.0" };
    Release::by_key(key)
}
