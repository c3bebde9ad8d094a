//! Where feeds are published: the one table of addresses.

/// Where one feed's documents lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// The feed's id.
    pub feed: &'static str,
    /// The address, in which `{}` stands for what [`Address::each`] counts up.
    url: &'static str,
    each: Each,
    /// What stands in the place of the end of the address of the document that holds its digest.
    digest: Option<(&'static str, &'static str)>,
}

/// How many documents there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Each {
    Once,
    /// One for each year from this one on.
    Year(u16),
    /// One for each of these.
    Name(&'static [&'static str]),
}

/// One document to fetch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The feed's id.
    pub feed: &'static str,
    /// Its address.
    pub url: String,
    /// The address of a text with a line `sha256:…` of the unpacked document, where one is published.
    pub digest_url: Option<String>,
}

const fn once(feed: &'static str, url: &'static str) -> Address {
    Address { feed, url, each: Each::Once, digest: None }
}

const ALPINE: &[&str] = &[
    "v3.12/main",
    "v3.12/community",
    "v3.13/main",
    "v3.13/community",
    "v3.14/main",
    "v3.14/community",
    "v3.15/main",
    "v3.15/community",
    "v3.16/main",
    "v3.16/community",
    "v3.17/main",
    "v3.17/community",
    "v3.18/main",
    "v3.18/community",
    "v3.19/main",
    "v3.19/community",
    "v3.20/main",
    "v3.20/community",
    "v3.21/main",
    "v3.21/community",
    "v3.22/main",
    "v3.22/community",
    "v3.23/main",
    "v3.23/community",
];

const OSV: &[&str] = &["Go", "Maven", "Packagist", "PyPI", "RubyGems", "crates.io", "npm"];

/// Every address that is known. Feeds whose newest document has a name of its own each day, such as Red Hat's archive, are
/// imported from a file.
pub const ADDRESSES: &[Address] = &[
    once("almalinux", "https://osv-vulnerabilities.storage.googleapis.com/AlmaLinux/all.zip"),
    Address {
        feed: "alpine-secdb",
        url: "https://secdb.alpinelinux.org/{}.json",
        each: Each::Name(ALPINE),
        digest: None,
    },
    once("arch-linux", "https://security.archlinux.org/all.json"),
    once("cisa-kev", "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
    once(
        "debian-advisories",
        "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data/DSA/list",
    ),
    once(
        "debian-advisories",
        "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data/DLA/list",
    ),
    once("debian-security-tracker", "https://security-tracker.debian.org/tracker/data/json"),
    once("epss", "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"),
    Address {
        feed: "nvd",
        url: "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-{}.json.gz",
        each: Each::Year(2002),
        digest: Some((".json.gz", ".meta")),
    },
    Address {
        feed: "osv",
        url: "https://osv-vulnerabilities.storage.googleapis.com/{}/all.zip",
        each: Each::Name(OSV),
        digest: None,
    },
    once("rocky", "https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip"),
    once("wolfi", "https://packages.wolfi.dev/os/security.json"),
    once("wolfi", "https://packages.cgr.dev/chainguard/security.json"),
];

impl Address {
    /// Its documents in `year`.
    pub fn locations(&self, year: u16) -> Vec<Location> {
        let names: Vec<String> = match self.each {
            Each::Once => vec![String::new()],
            Each::Year(first) => (first..=year).map(|year| year.to_string()).collect(),
            Each::Name(names) => names.iter().map(|&name| name.to_owned()).collect(),
        };
        let location = |name: &String| {
            let url = self.url.replace("{}", name);
            let digest_url = self.digest.and_then(|(end, other)| Some(format!("{}{other}", url.strip_suffix(end)?)));
            Location { feed: self.feed, url, digest_url }
        };
        names.iter().map(location).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::FEEDS;

    #[test]
    fn every_address_is_of_a_feed_and_stands_in_order() {
        for address in ADDRESSES {
            assert!(FEEDS.iter().any(|feed| feed.id == address.feed), "{address:?}");
            assert!(address.locations(2026).iter().all(|it| it.url.starts_with("https://") && !it.url.contains('{')));
        }
        assert!(ADDRESSES.is_sorted_by_key(|it| it.feed));
    }

    #[test]
    fn yearly_files_are_counted_up_and_their_digests_lie_beside_them() {
        let nvd = ADDRESSES.iter().find(|it| it.feed == "nvd").unwrap().locations(2004);
        assert_eq!(nvd.len(), 3);
        let wanted = "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2004.meta";
        assert_eq!(nvd[2].digest_url.as_deref(), Some(wanted));
    }
}
