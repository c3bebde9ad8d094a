//! Where feeds are published: the one table of addresses.

use serde::Deserialize;

/// Where one feed's documents lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// The feed's id.
    pub feed: &'static str,
    /// The address, in which `{}` stands for what [`Address::each`] counts up.
    url: &'static str,
    each: Each,
    find: Find,
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

/// Where the document is, seen from its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Find {
    /// There.
    There,
    /// The address is of a text that holds the document's name; the document lies beside it.
    NamedByText,
    /// The address is of a list of mirrors of a package repository, one a line, whose metadata name the document: see
    /// [`updateinfo`].
    InRepository,
}

/// One document to fetch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The feed's id.
    pub feed: &'static str,
    /// Its address, or where that is to be found.
    pub url: String,
    /// Which of them.
    pub find: Find,
    /// The address of a text with a line `sha256:…` of the unpacked document, where one is published.
    pub digest_url: Option<String>,
}

const fn once(feed: &'static str, url: &'static str) -> Address {
    Address { feed, url, each: Each::Once, find: Find::There, digest: None }
}

const fn each(feed: &'static str, url: &'static str, names: &'static [&'static str]) -> Address {
    Address { feed, url, each: Each::Name(names), find: Find::There, digest: None }
}

const fn repositories(url: &'static str, names: &'static [&'static str]) -> Address {
    Address { feed: "amazon-linux", url, each: Each::Name(names), find: Find::InRepository, digest: None }
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

/// Extras of Amazon Linux 2 that have advisories of their own.
const EXTRAS: &[&str] = &[
    "ansible2",
    "aws-nitro-enclaves-cli",
    "corretto8",
    "docker",
    "ecs",
    "firefox",
    "haproxy2",
    "kernel-5.10",
    "kernel-5.15",
    "kernel-5.4",
    "livepatch",
    "mariadb10.5",
    "nginx1",
    "php8.1",
    "php8.2",
    "postgresql13",
    "postgresql14",
    "python3.8",
    "redis6",
    "tomcat8.5",
    "tomcat9",
];

const SUSE: &[&str] = &[
    "opensuse.leap.15.4",
    "opensuse.leap.15.5",
    "opensuse.leap.15.6",
    "suse.linux.enterprise.server.11",
    "suse.linux.enterprise.server.12",
    "suse.linux.enterprise.server.15",
];

/// Every address that is known.
pub const ADDRESSES: &[Address] = &[
    once("almalinux", "https://osv-vulnerabilities.storage.googleapis.com/AlmaLinux/all.zip"),
    each("alpine-secdb", "https://secdb.alpinelinux.org/{}.json", ALPINE),
    repositories("https://cdn.amazonlinux.com/2/{}/latest/x86_64/mirror.list", &["core"]),
    repositories("https://cdn.amazonlinux.com/2/extras/{}/latest/x86_64/mirror.list", EXTRAS),
    repositories(
        "https://cdn.amazonlinux.com/al2023/{}/mirrors/latest/x86_64/mirror.list",
        &["core", "kernel-livepatch"],
    ),
    once("arch-linux", "https://security.archlinux.org/all.json"),
    each(
        "azure-linux",
        "https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/{}-oval.xml",
        &["azurelinux-3.0", "cbl-mariner-1.0", "cbl-mariner-2.0"],
    ),
    once("cisa-kev", "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
    once("cve-records", "https://github.com/CVEProject/cvelistV5/archive/refs/heads/main.zip"),
    each(
        "debian-advisories",
        "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data/{}/list",
        &["DLA", "DSA"],
    ),
    each(
        "debian-security-support",
        "https://salsa.debian.org/debian/debian-security-support/-/raw/master/{}",
        &["security-support-ended.deb11", "security-support-ended.deb12", "security-support-limited"],
    ),
    once("debian-security-tracker", "https://security-tracker.debian.org/tracker/data/json"),
    each("end-of-life", "https://salsa.debian.org/debian/distro-info-data/-/raw/main/{}.csv", &["debian", "ubuntu"]),
    once("end-of-life", "https://endoflife.date/api/v1/products/full"),
    once("epss", "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"),
    once("microsoft", "https://raw.githubusercontent.com/bitsadmin/wesng/master/definitions.zip"),
    Address {
        feed: "nvd",
        url: "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-{}.json.gz",
        each: Each::Year(2002),
        find: Find::There,
        digest: Some((".json.gz", ".meta")),
    },
    once("oracle-linux", "https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2"),
    each("osv", "https://osv-vulnerabilities.storage.googleapis.com/{}/all.zip", OSV),
    Address {
        feed: "redhat",
        url: "https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt",
        each: Each::Once,
        find: Find::NamedByText,
        digest: None,
    },
    once("rocky", "https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip"),
    each("suse", "https://ftp.suse.com/pub/projects/security/oval/{}.xml.gz", SUSE),
    once("ubuntu-cve-tracker", "https://security-metadata.canonical.com/osv/osv-all.tar.xz"),
    once("wolfi", "https://packages.wolfi.dev/os/security.json"),
    once("wolfi", "https://packages.cgr.dev/chainguard/security.json"),
];

/// The name in a text of [`Find::NamedByText`]: one word, without folders.
pub fn named_document(text: &str) -> Option<&str> {
    let name = text.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (!name.is_empty() && name.len() <= 128 && name.bytes().all(plain) && !name.starts_with('.')).then_some(name)
}

/// The first mirror of a list.
pub fn first_mirror(list: &str) -> Option<&str> {
    let mut lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().map(|mirror| mirror.trim_end_matches('/')).filter(|mirror| mirror.starts_with("http"))
}

/// Where a repository's advisories lie, seen from its root, and the SHA-256 of them as they lie there: out of its
/// `repodata/repomd.xml` (<https://en.opensuse.org/openSUSE:Standards_Rpm_Metadata>).
pub fn updateinfo(repomd: &str) -> Option<(String, String)> {
    let repomd: Repomd = quick_xml::de::from_str(repomd).ok()?;
    let data = repomd.data.into_iter().find(|data| data.kind == "updateinfo")?;
    let inside = !data.location.href.split('/').any(|part| part.is_empty() || part == "..");
    (inside && data.checksum.kind == "sha256").then_some((data.location.href, data.checksum.digest))
}

#[derive(Deserialize)]
struct Repomd {
    #[serde(default)]
    data: Vec<RepositoryFile>,
}

#[derive(Deserialize)]
struct RepositoryFile {
    #[serde(rename = "@type")]
    kind: String,
    location: Href,
    checksum: Checksum,
}

#[derive(Deserialize)]
struct Href {
    #[serde(rename = "@href")]
    href: String,
}

#[derive(Deserialize)]
struct Checksum {
    #[serde(rename = "@type")]
    kind: String,
    #[serde(rename = "$text")]
    digest: String,
}

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
            Location { feed: self.feed, url, find: self.find, digest_url }
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
    fn every_feed_that_is_still_published_has_an_address() {
        let without: Vec<_> = FEEDS.iter().filter(|feed| ADDRESSES.iter().all(|it| it.feed != feed.id)).collect();
        // Red Hat publishes OVAL no more.
        assert_eq!(without.iter().map(|feed| feed.id).collect::<Vec<_>>(), ["redhat-oval"]);
    }

    #[test]
    fn a_name_and_a_mirror_are_plain_or_refused() {
        assert_eq!(named_document("csaf_vex_2026-11-23.tar.zst\n"), Some("csaf_vex_2026-11-23.tar.zst"));
        for bad in ["", "../a", "a/b", "<html>a</html>", ".", "a b"] {
            assert_eq!(named_document(bad), None, "{bad}");
        }
        assert_eq!(first_mirror("\nhttps://a.example/x/\nhttps://b.example/\n"), Some("https://a.example/x"));
        assert_eq!(first_mirror("<html>"), None);
    }

    #[test]
    fn the_metadata_of_a_repository_lead_to_its_advisories() {
        let repomd = |kind: &str, href: &str| {
            format!(
                r#"<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision>
                <data type="primary"><checksum type="sha256">aa</checksum><location href="repodata/p.xml.gz"/></data>
                <data type="updateinfo"><checksum type="{kind}">bb</checksum><open-checksum type="sha256">cc</open-checksum>
                <location href="{href}"/></data></repomd>"#
            )
        };
        let wanted = Some(("repodata/u.xml.gz".to_owned(), "bb".to_owned()));
        assert_eq!(updateinfo(&repomd("sha256", "repodata/u.xml.gz")), wanted);
        for (kind, href) in [("md5", "repodata/u.xml.gz"), ("sha256", "../u.xml.gz"), ("sha256", "/etc/passwd")] {
            assert_eq!(updateinfo(&repomd(kind, href)), None, "{kind} {href}");
        }
        assert_eq!(updateinfo("<repomd/>"), None);
    }

    #[test]
    fn yearly_files_are_counted_up_and_their_digests_lie_beside_them() {
        let nvd = ADDRESSES.iter().find(|it| it.feed == "nvd").unwrap().locations(2004);
        assert_eq!(nvd.len(), 3);
        let wanted = "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-2004.meta";
        assert_eq!(nvd[2].digest_url.as_deref(), Some(wanted));
    }
}
