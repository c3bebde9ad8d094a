//! Red Hat's OVAL documents, version 2, one per product and major release, such as `rhel-8-including-unpatched.oval.xml`.
//! Red Hat ended them in favour of CSAF; sites that keep copies can still import them.

use super::{Feed, oval};
use crate::release::Release;

/// Red Hat, in its older form.
pub(super) const FEED: Feed = Feed {
    id: "redhat-oval",
    title: "Red Hat OVAL",
    document: |name, head| {
        let known = oval::is_of(head, "Red Hat OVAL Patch Definition Merger");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        (known && (1..=80).contains(&name.len()) && name.bytes().all(plain)).then(|| name.to_owned())
    },
    parse: |bytes| oval::parse(bytes, &PUBLISHER),
};

const PUBLISHER: oval::Publisher =
    oval::Publisher { releases, release_of_version: |_evr| None, advisory_prefixes: &["RHSA-"] };

/// `Red Hat Enterprise Linux 8 is installed`
fn releases(comment: &str, _package: &str, _version: &str) -> Vec<&'static Release> {
    let number = comment.strip_prefix("Red Hat Enterprise Linux ").and_then(|it| it.strip_suffix(" is installed"));
    number.and_then(|number| Release::by_key(&format!("rhel:{number}"))).into_iter().collect()
}
