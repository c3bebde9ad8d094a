//! AlmaLinux errata: the tree of <https://github.com/AlmaLinux/osv-database> as tar, or
//! <https://osv-vulnerabilities.storage.googleapis.com/AlmaLinux/all.zip>.

use super::{Feed, archive, osv};

/// AlmaLinux errata.
pub(super) const FEED: Feed = Feed {
    id: "almalinux",
    title: "AlmaLinux errata",
    document: |_name, head| archive::has_member(head, "ALSA-").then(|| "osv".to_owned()),
    parse: |bytes| osv::parse(bytes, PUBLISHER),
};

const PUBLISHER: osv::Publisher = osv::Publisher { prefix: "ALSA-", ecosystem: "AlmaLinux", distribution: "almalinux" };
