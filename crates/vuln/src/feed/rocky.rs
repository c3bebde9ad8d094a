//! Rocky Linux errata: <https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip>.

use super::{Feed, archive, osv};

/// Rocky Linux errata.
pub(super) const FEED: Feed = Feed {
    id: "rocky",
    title: "Rocky Linux errata",
    document: |_name, head| archive::has_member(head, "RLSA-").then(|| "osv".to_owned()),
    parse: |bytes| osv::parse(bytes, PUBLISHER),
};

const PUBLISHER: osv::Publisher = osv::Publisher { prefix: "RLSA-", ecosystem: "Rocky Linux", distribution: "rocky" };
