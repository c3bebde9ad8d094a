//! Packages on a dpkg system that do not come from the distribution, as far as they show it themselves.
//!
//! The database of dpkg does not say from which repository a package came, and many of Debian's own maintainers use
//! private addresses. So only a clear mark counts: one that a vendor's repository puts into its versions, or the name or
//! address of a vendor as maintainer. A package without a mark is taken for the distribution's.

use inspector_model::host::{Inventory, Package};

use crate::release::Release;
use crate::version::DPKG;

/// What repositories of others put into versions, in lower case. Debian itself writes `deb12` and `bpo12`, and never the
/// code name of a release after a tilde.
const IN_VERSIONS: Marks = Marks::new(&[
    "nodesource",
    ".pgdg",
    "sury.org",
    "+maria~",
    "~ppa",
    "dotdeb",
    "percona",
    "~wheezy",
    "~jessie",
    "~stretch",
    "~buster",
    "~bullseye",
    "~bookworm",
    "~trixie",
    "~debian.",
    "~ubuntu.",
]);

/// What maintainers of vendors' packages call themselves, in lower case.
const NAMES: Marks = Marks::new(&["google cloud cli authors", "chrome linux team", "kubernetes authors"]);

/// The end of their addresses, in lower case. No domain under which maintainers of a distribution write privately, such as
/// `google.com`.
const ADDRESSES: Marks = Marks::new(&[
    "@nodesource.com>",
    "@docker.com>",
    "@microsoft.com>",
    "@oss.oracle.com>",
    "@percona.com>",
    "@hashicorp.com>",
    "@elastic.co>",
    "@grafana.com>",
    "@puppetlabs.com>",
    "@puppet.com>",
    "@gitlab.com>",
    "@zabbix.com>",
    "@mongodb.com>",
    "@f5.com>",
    "@nginx.com>",
    "@datadoghq.com>",
    "@cloudflare.com>",
    "@tailscale.com>",
    "@amazon.com>",
]);

/// A package that another than the distribution has made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThirdParty {
    /// Its position in the inventory.
    pub package: usize,
    /// The mark by which it is known.
    pub mark: &'static str,
}

/// The packages that bear a mark of a third party, by rising position.
pub(crate) fn of(release: &Release, inventory: &Inventory) -> Vec<ThirdParty> {
    if release.order.id != DPKG.id {
        return Vec::new();
    }
    let packages = inventory.packages.iter().enumerate();
    packages.filter_map(|(position, it)| Some(ThirdParty { package: position, mark: mark(it)? })).collect()
}

/// The mark of a third party that a package of a dpkg system bears, `None` for one that is the distribution's.
pub fn mark(package: &Package) -> Option<&'static str> {
    let maintainer = package.maintainer.as_deref().unwrap_or_default();
    let of_maintainer = || NAMES.find(maintainer).or_else(|| ADDRESSES.find(maintainer));
    IN_VERSIONS.find(&package.version).or_else(of_maintainer)
}

/// Texts to look for. Every package of every host comes by here, and nearly none has a mark: their first two bytes spare
/// nearly all comparisons.
struct Marks {
    all: &'static [&'static str],
    firsts: u128,
    seconds: u128,
}

impl Marks {
    const fn new(all: &'static [&'static str]) -> Self {
        let (mut firsts, mut seconds, mut left) = (0, 0, all);
        while let [mark, rest @ ..] = left {
            if let [first, second, ..] = mark.as_bytes() {
                firsts |= 1 << *first;
                seconds |= 1 << *second;
            }
            left = rest;
        }
        Self { all, firsts, seconds }
    }

    /// The first of the marks, in their order, that `text` holds in whatever case.
    fn find(&self, text: &str) -> Option<&'static str> {
        let bytes = text.as_bytes();
        let is_in = |set: u128, byte: u8| byte.is_ascii() && set >> byte.to_ascii_lowercase() & 1 == 1;
        let mut found: Option<usize> = None;
        for (at, pair) in bytes.windows(2).enumerate() {
            if let [first, second] = *pair
                && is_in(self.firsts, first)
                && is_in(self.seconds, second)
            {
                let rest = bytes.get(at..).unwrap_or_default();
                let begins =
                    |mark: &&str| rest.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark.as_bytes()));
                found = found.into_iter().chain(self.all.iter().position(begins)).min();
            }
        }
        self.all.get(found?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(release: &str, version: &str, maintainer: &str) -> Option<&'static str> {
        let package = Package {
            name: "example".to_owned(),
            version: version.to_owned(),
            architecture: "amd64".to_owned(),
            source: "example".to_owned(),
            source_version: version.to_owned(),
            maintainer: Some(maintainer.to_owned()),
            module: None,
            at: None,
        };
        let inventory = Inventory { packages: vec![package], problems: Vec::new() };
        of(Release::by_key(release).unwrap(), &inventory).first().map(|it| it.mark)
    }

    #[test]
    fn a_vendors_package_is_known_by_its_version_or_its_maintainer() {
        for (version, maintainer, wanted) in [
            ("20.19.4-1nodesource1", "NodeSource Support <support@nodesource.com>", Some("nodesource")),
            ("16.4-1.pgdg120+1", "Debian PostgreSQL Maintainers <team+postgresql@tracker.debian.org>", Some(".pgdg")),
            ("5:27.1.1-1~debian.12~bookworm", "Docker <support@docker.com>", Some("~bookworm")),
            ("1.26.1-2~bookworm", "NGINX Packaging <nginx-packaging@f5.com>", Some("~bookworm")),
            ("1.9.0-1", "HashiCorp <hello@hashicorp.com>", Some("@hashicorp.com>")),
            ("1.92.0-1", "Microsoft Corporation <vscode-linux@microsoft.com>", Some("@microsoft.com>")),
            ("1:528.0.0-0", "Kubernetes Authors <kubernetes-dev+release@googlegroups.com>", Some("kubernetes authors")),
        ] {
            assert_eq!(marked("debian:12", version, maintainer), wanted, "{version} {maintainer}");
        }
    }

    #[test]
    fn a_private_address_a_backport_and_a_security_update_are_the_distributions() {
        for (version, maintainer) in [
            ("1.47.0-2", "Theodore Y. Ts'o <tytso@mit.edu>"),
            ("20220623.1-1", "Benjamin Barenblat <bbaren@google.com>"),
            ("1:10.0.2+ds-2+deb13u1~bpo12+1", "Debian QEMU Team <pkg-qemu-devel@lists.alioth.debian.org>"),
            ("3.0.19-1~deb12u2", "Debian OpenSSL Team <pkg-openssl-devel@alioth-lists.debian.net>"),
            ("2.34-0.1", ""),
        ] {
            assert_eq!(marked("debian:12", version, maintainer), None, "{version} {maintainer}");
        }
    }

    #[test]
    fn marks_are_looked_for_on_dpkg_systems_alone() {
        assert_eq!(marked("ubuntu:22.04", "1.0-1nodesource1", ""), Some("nodesource"));
        assert_eq!(marked("rhel:9", "1.0-1nodesource1", ""), None);
    }
}
