//! Which systems can be judged, and by which feeds: generated from the lists that matching itself uses.

use crate::feed::FEEDS;
use crate::release::{RELEASES, Release};

/// One distribution, product or registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supported {
    /// Its name for people.
    pub name: &'static str,
    /// Its releases, in the order of the list; empty where it has one that always goes on.
    pub releases: Vec<&'static str>,
    /// The titles of the feeds that speak of it.
    pub feeds: Vec<&'static str>,
}

/// What stands before the colon of a release's key, the name for people, and the ids of the feeds that speak of it.
const SYSTEMS: &[(&str, &str, &[&str])] = &[
    ("almalinux", "AlmaLinux", &["almalinux"]),
    ("alpine", "Alpine Linux", &["alpine-secdb"]),
    ("amazon", "Amazon Linux", &["amazon-linux"]),
    ("arch", "Arch Linux", &["arch-linux"]),
    ("azurelinux", "Azure Linux", &["azure-linux"]),
    ("cargo", "Rust crates (crates.io)", &["osv"]),
    ("chainguard", "Chainguard", &["wolfi"]),
    ("composer", "PHP packages (Packagist)", &["osv"]),
    ("debian", "Debian", &["debian-advisories", "debian-security-tracker"]),
    ("gem", "Ruby gems (RubyGems)", &["osv"]),
    ("golang", "Go modules", &["osv"]),
    ("mariner", "CBL-Mariner", &["azure-linux"]),
    ("maven", "Java artifacts (Maven)", &["osv"]),
    ("npm", "JavaScript packages (npm)", &["osv"]),
    ("opensuse-leap", "openSUSE Leap", &["suse"]),
    ("oracle", "Oracle Linux", &["oracle-linux"]),
    ("pypi", "Python packages (PyPI)", &["osv"]),
    ("rhel", "Red Hat Enterprise Linux, CentOS", &["redhat", "redhat-oval"]),
    ("rocky", "Rocky Linux", &["rocky"]),
    ("sles", "SUSE Linux Enterprise", &["suse"]),
    ("ubuntu", "Ubuntu", &["ubuntu-cve-tracker"]),
    ("windows", "Windows 7 and later, Windows Server 2008 and later", &["microsoft"]),
    ("wolfi", "Wolfi", &["wolfi"]),
];

/// Everything that vulnerabilities are looked for in. What no feed speaks of yet is known, and not assessed.
pub fn systems() -> Vec<Supported> {
    let system = |(key, name, ids): &(&str, &'static str, &'static [&'static str])| {
        let number = |release: &'static str| release.split_once(':').filter(|(of, _)| of == key).map(|(_, it)| it);
        let titles = |id: &'static &str| FEEDS.iter().filter(move |feed| feed.id == *id).map(|feed| feed.title);
        Supported {
            name,
            releases: RELEASES.iter().filter_map(|release| number(release.key)).collect(),
            feeds: ids.iter().flat_map(titles).collect(),
        }
    };
    SYSTEMS.iter().map(system).filter(|it| !it.feeds.is_empty()).collect()
}

/// The ids of the feeds that speak of a release.
pub fn feeds_of(release: &Release) -> &'static [&'static str] {
    let system = release.key.split(':').next().unwrap_or_default();
    SYSTEMS.iter().find(|(key, ..)| *key == system).map_or(&[], |(_, _, ids)| ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_of_a_release_are_those_of_its_system() {
        for (release, wanted) in [
            ("debian:12", &["debian-advisories", "debian-security-tracker"][..]),
            ("npm", &["osv"]),
            ("photon:3.0", &[]),
        ] {
            assert_eq!(feeds_of(Release::by_key(release).unwrap()), wanted, "{release}");
        }
    }

    #[test]
    fn every_release_is_of_a_system_and_every_feed_of_one_exists() {
        for release in RELEASES.iter().filter(|it| !it.key.starts_with("photon")) {
            let of = release.key.split(':').next().unwrap_or_default();
            assert!(SYSTEMS.iter().any(|(key, ..)| *key == of), "{}", release.key);
        }
        for (key, _, ids) in SYSTEMS {
            assert!(ids.iter().all(|id| FEEDS.iter().any(|feed| feed.id == *id)), "{key}");
            assert!(RELEASES.iter().any(|release| release.key.split(':').next() == Some(key)), "{key}");
        }
        assert!(SYSTEMS.is_sorted_by_key(|(key, ..)| *key));
    }
}
