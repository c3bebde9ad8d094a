//! The releases of distributions that advisories speak of, and which one a host is.

use inspector_model::host::OsRelease;

use crate::version::{ALPM, APK, COMPOSER, DPKG, GEM, MAVEN, Order, PEP440, RPM, SEMVER};

/// One release of one distribution: the border inside which package names and versions mean the same thing.
#[derive(Debug)]
pub struct Release {
    /// Its key in files, for example `debian:12`.
    pub key: &'static str,
    /// How its versions are ordered.
    pub order: &'static Order,
    /// By what advisories name packages.
    pub naming: Naming,
    /// `ID` of `os-release(5)`.
    ids: &'static [&'static str],
    /// What `VERSION_ID` starts with, up to a dot or the end; empty where the release has none.
    version: &'static str,
    /// `VERSION_CODENAME`, by which Debian's and Ubuntu's trackers name it; empty where there is none.
    pub codename: &'static str,
}

/// By what a distribution's advisories name the packages they concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// By the source package; the source version is compared.
    Source,
    /// By the binary package; its own version is compared.
    Binary,
}

/// Equal keys are equal releases.
impl PartialEq for Release {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Release {}

const fn debian(key: &'static str, version: &'static str, codename: &'static str) -> Release {
    Release { key, order: &DPKG, naming: Naming::Source, ids: &["debian"], version, codename }
}

const fn ubuntu(key: &'static str, version: &'static str, codename: &'static str) -> Release {
    Release { key, order: &DPKG, naming: Naming::Source, ids: &["ubuntu"], version, codename }
}

/// CentOS has Red Hat's own packages.
const fn rhel(key: &'static str, version: &'static str) -> Release {
    Release { key, order: &RPM, naming: Naming::Binary, ids: &["rhel", "centos"], version, codename: "" }
}

/// A distribution that rebuilds Red Hat's packages and publishes errata of its own.
const fn rebuild(key: &'static str, ids: &'static [&'static str], version: &'static str) -> Release {
    Release { key, order: &RPM, naming: Naming::Binary, ids, version, codename: "" }
}

/// Packages under names of their own, as the distribution's errata name them.
const fn rpm(key: &'static str, ids: &'static [&'static str], version: &'static str) -> Release {
    Release { key, order: &RPM, naming: Naming::Binary, ids, version, codename: "" }
}

/// Errata that name source packages.
const fn rpm_source(key: &'static str, ids: &'static [&'static str], version: &'static str) -> Release {
    Release { key, order: &RPM, naming: Naming::Source, ids, version, codename: "" }
}

/// A distribution that always has one release, whatever its release file says; its packages are those of apk.
const fn rolling_apk(key: &'static str, ids: &'static [&'static str]) -> Release {
    Release { key, order: &APK, naming: Naming::Source, ids, version: "", codename: "" }
}

/// A service pack is a release of its own; `12` alone covers none of them.
const fn sles(key: &'static str, version: &'static str) -> Release {
    Release { key, order: &RPM, naming: Naming::Binary, ids: &["sles", "sles_sap", "sled"], version, codename: "" }
}

const fn amazon(key: &'static str, version: &'static str) -> Release {
    Release { key, order: &RPM, naming: Naming::Binary, ids: &["amzn"], version, codename: "" }
}

/// Packages are judged by their origin, as the security database names them.
const fn alpine(key: &'static str, version: &'static str) -> Release {
    Release { key, order: &APK, naming: Naming::Source, ids: &["alpine"], version, codename: "" }
}

/// A registry of packages of a language, keyed by the type of its package URLs
/// (<https://github.com/package-url/purl-spec>). No host is one.
const fn language(key: &'static str, order: &'static Order) -> Release {
    Release { key, order, naming: Naming::Binary, ids: &[], version: "", codename: "" }
}

/// Every release that is known. `debian:sid` is the rolling one and names no version.
pub const RELEASES: &[Release] = &[
    alpine("alpine:3.2", "3.2"),
    alpine("alpine:3.3", "3.3"),
    alpine("alpine:3.4", "3.4"),
    alpine("alpine:3.5", "3.5"),
    alpine("alpine:3.6", "3.6"),
    alpine("alpine:3.7", "3.7"),
    alpine("alpine:3.8", "3.8"),
    alpine("alpine:3.9", "3.9"),
    alpine("alpine:3.10", "3.10"),
    alpine("alpine:3.11", "3.11"),
    alpine("alpine:3.12", "3.12"),
    alpine("alpine:3.13", "3.13"),
    alpine("alpine:3.14", "3.14"),
    alpine("alpine:3.15", "3.15"),
    alpine("alpine:3.16", "3.16"),
    alpine("alpine:3.17", "3.17"),
    alpine("alpine:3.18", "3.18"),
    alpine("alpine:3.19", "3.19"),
    alpine("alpine:3.20", "3.20"),
    alpine("alpine:3.21", "3.21"),
    alpine("alpine:3.22", "3.22"),
    alpine("alpine:3.23", "3.23"),
    rebuild("almalinux:8", &["almalinux"], "8"),
    rebuild("almalinux:9", &["almalinux"], "9"),
    rebuild("almalinux:10", &["almalinux"], "10"),
    Release { key: "arch", order: &ALPM, naming: Naming::Binary, ids: &["arch"], version: "", codename: "" },
    amazon("amazon:1", "2018"),
    amazon("amazon:2", "2"),
    amazon("amazon:2023", "2023"),
    rpm_source("azurelinux:3.0", &["azurelinux"], "3.0"),
    rolling_apk("chainguard", &["chainguard"]),
    debian("debian:7", "7", "wheezy"),
    debian("debian:8", "8", "jessie"),
    debian("debian:9", "9", "stretch"),
    debian("debian:10", "10", "buster"),
    debian("debian:11", "11", "bullseye"),
    debian("debian:12", "12", "bookworm"),
    debian("debian:13", "13", "trixie"),
    debian("debian:14", "14", "forky"),
    debian("debian:15", "15", "duke"),
    debian("debian:sid", "", "sid"),
    rpm_source("mariner:1.0", &["mariner", "cbl-mariner"], "1.0"),
    rpm_source("mariner:2.0", &["mariner", "cbl-mariner"], "2.0"),
    rpm("opensuse-leap:15.4", &["opensuse-leap"], "15.4"),
    rpm("opensuse-leap:15.5", &["opensuse-leap"], "15.5"),
    rpm("opensuse-leap:15.6", &["opensuse-leap"], "15.6"),
    rpm("oracle:5", &["ol"], "5"),
    rpm("oracle:6", &["ol"], "6"),
    rpm("oracle:7", &["ol"], "7"),
    rpm("oracle:8", &["ol"], "8"),
    rpm("oracle:9", &["ol"], "9"),
    rpm("oracle:10", &["ol"], "10"),
    rpm_source("photon:1.0", &["photon"], "1.0"),
    rpm_source("photon:2.0", &["photon"], "2.0"),
    rpm_source("photon:3.0", &["photon"], "3.0"),
    rpm_source("photon:4.0", &["photon"], "4.0"),
    rpm_source("photon:5.0", &["photon"], "5.0"),
    rhel("rhel:5", "5"),
    rhel("rhel:6", "6"),
    rhel("rhel:7", "7"),
    rhel("rhel:8", "8"),
    rhel("rhel:9", "9"),
    rhel("rhel:10", "10"),
    rebuild("rocky:8", &["rocky"], "8"),
    rebuild("rocky:9", &["rocky"], "9"),
    rebuild("rocky:10", &["rocky"], "10"),
    sles("sles:11.3", "11.3"),
    sles("sles:11.4", "11.4"),
    sles("sles:12", "12"),
    sles("sles:12.1", "12.1"),
    sles("sles:12.2", "12.2"),
    sles("sles:12.3", "12.3"),
    sles("sles:12.4", "12.4"),
    sles("sles:12.5", "12.5"),
    sles("sles:15", "15"),
    sles("sles:15.1", "15.1"),
    sles("sles:15.2", "15.2"),
    sles("sles:15.3", "15.3"),
    sles("sles:15.4", "15.4"),
    sles("sles:15.5", "15.5"),
    sles("sles:15.6", "15.6"),
    sles("sles:15.7", "15.7"),
    ubuntu("ubuntu:12.04", "12.04", "precise"),
    ubuntu("ubuntu:14.04", "14.04", "trusty"),
    ubuntu("ubuntu:16.04", "16.04", "xenial"),
    ubuntu("ubuntu:16.10", "16.10", "yakkety"),
    ubuntu("ubuntu:17.10", "17.10", "artful"),
    ubuntu("ubuntu:18.04", "18.04", "bionic"),
    ubuntu("ubuntu:19.04", "19.04", "disco"),
    ubuntu("ubuntu:20.04", "20.04", "focal"),
    ubuntu("ubuntu:22.04", "22.04", "jammy"),
    ubuntu("ubuntu:24.04", "24.04", "noble"),
    ubuntu("ubuntu:25.04", "25.04", "plucky"),
    ubuntu("ubuntu:25.10", "25.10", "questing"),
    ubuntu("ubuntu:26.04", "26.04", "resolute"),
    // Judged by updates, not by versions: see `crate::windows`.
    Release { key: "windows", order: &DPKG, naming: Naming::Binary, ids: &[], version: "", codename: "" },
    rolling_apk("wolfi", &["wolfi"]),
    language("cargo", &SEMVER),
    language("composer", &COMPOSER),
    language("gem", &GEM),
    language("golang", &SEMVER),
    language("maven", &MAVEN),
    language("npm", &SEMVER),
    language("pypi", &PEP440),
];

impl Release {
    /// Whether it is a registry of packages of a language, see [`crate::language`].
    pub fn is_registry(&self) -> bool {
        self.ids.is_empty() && self.key != "windows"
    }

    /// The release with this key.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        RELEASES.iter().find(|release| release.key == key)
    }

    /// The release of distribution `id` with this code name.
    pub fn by_codename(id: &str, codename: &str) -> Option<&'static Self> {
        RELEASES.iter().find(|release| release.ids.contains(&id) && release.codename == codename)
    }

    /// The release that a host's release file names; `None` where it is not one of [`RELEASES`].
    ///
    /// A version decides; a code name alone decides where there is no version, as on Debian's coming release.
    pub fn of(os: &OsRelease) -> Option<&'static Self> {
        let of_distribution = |release: &&Self| release.ids.contains(&os.id.as_str());
        if let Some(rolling) = RELEASES.iter().filter(of_distribution).find(|release| release.is_rolling()) {
            return Some(rolling);
        }
        match (os.version_id.as_deref(), os.codename.as_deref()) {
            (Some(version), _) => RELEASES.iter().filter(of_distribution).find(|release| release.covers(version)),
            (None, Some(codename)) if !codename.is_empty() => Self::by_codename(&os.id, codename),
            (None, _) => None,
        }
    }

    /// The distribution has one release alone.
    fn is_rolling(&self) -> bool {
        self.version.is_empty() && self.codename.is_empty() && !self.is_registry()
    }

    fn covers(&self, version: &str) -> bool {
        if self.key.starts_with("sles:") || self.version.is_empty() {
            return version == self.version && !version.is_empty();
        }
        version.strip_prefix(self.version).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The releases that rebuild this one's packages under the same versions.
    pub(crate) fn rebuilds(&self) -> impl Iterator<Item = &'static Self> {
        let number = self.key.strip_prefix("rhel:");
        RELEASES.iter().filter(move |release| {
            let of = |distribution| release.key.strip_prefix(distribution);
            number.is_some() && number == of("almalinux:").or_else(|| of("rocky:"))
        })
    }

    /// Whether extras put other version lines beside the packages of the release, under the same names.
    pub(crate) fn has_extras(&self) -> bool {
        self.key == "amazon:2"
    }

    /// Whether the words of Amazon's advisories stand in for a missing NVD score.
    pub fn has_alas_words(&self) -> bool {
        self.ids.contains(&"amzn")
    }

    /// Whether it is of Oracle, which builds some packages in several flavours.
    pub(crate) fn is_oracle(&self) -> bool {
        self.ids.contains(&"ol")
    }

    /// Whether the distribution is Debian itself.
    pub(crate) fn is_debian(&self) -> bool {
        self.ids.contains(&"debian")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(id: &str, version: Option<&str>, codename: Option<&str>) -> OsRelease {
        OsRelease {
            id: id.to_owned(),
            version_id: version.map(str::to_owned),
            codename: codename.map(str::to_owned),
            pretty_name: String::new(),
            id_like: Vec::new(),
        }
    }

    #[test]
    fn a_release_file_leads_to_its_release() {
        for (id, version, codename, wanted) in [
            ("debian", Some("12"), Some("bookworm"), Some("debian:12")),
            ("debian", None, Some("trixie"), Some("debian:13")),
            ("ubuntu", Some("22.04"), None, Some("ubuntu:22.04")),
            ("rocky", Some("9.4"), None, Some("rocky:9")),
            ("almalinux", Some("8.10"), None, Some("almalinux:8")),
            ("rhel", Some("9.4"), None, Some("rhel:9")),
            ("centos", Some("8"), None, Some("rhel:8")),
            ("almalinux", Some("7"), None, None),
            ("amzn", Some("2"), None, Some("amazon:2")),
            ("amzn", Some("2023"), None, Some("amazon:2023")),
            ("amzn", Some("2018.03"), None, Some("amazon:1")),
            ("amzn", Some("2022"), None, None),
            ("debian", Some("1"), None, None),
            ("debian", Some("99"), None, None),
            ("debian", None, None, None),
            ("debian", None, Some(""), None),
            ("alpine", Some("3.19.1"), None, Some("alpine:3.19")),
            ("alpine", Some("3.2"), None, Some("alpine:3.2")),
            ("ol", Some("8.4"), None, Some("oracle:8")),
            ("sles", Some("12"), None, Some("sles:12")),
            ("sles", Some("12.5"), None, Some("sles:12.5")),
            ("sles", Some("12.9"), None, None),
            ("azurelinux", Some("3.0"), None, Some("azurelinux:3.0")),
            ("wolfi", Some("20230201"), None, Some("wolfi")),
            ("wolfi", None, None, Some("wolfi")),
            ("npm", Some("1"), None, None),
            ("alpine", Some("3.21_alpha20240807"), None, None),
            ("linuxmint", Some("21"), Some("vanessa"), None),
        ] {
            let release = Release::of(&os(id, version, codename));
            assert_eq!(release.map(|release| release.key), wanted, "{id} {version:?} {codename:?}");
        }
    }

    #[test]
    fn keys_are_sorted_within_a_distribution_and_unique() {
        let mut keys: Vec<_> = RELEASES.iter().map(|release| release.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), RELEASES.len());
    }
}
