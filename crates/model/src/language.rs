//! Packages of programming languages: a source of its own beside the package manager of the system.

use serde::{Deserialize, Serialize};

use crate::fact::Place;
use crate::host::InventoryProblem;
use crate::percent::encoded;

/// The packages of programming languages that lie on a host, whoever put them there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LanguageInventory {
    /// Sorted by ecosystem, name, version and place.
    pub packages: Vec<LanguagePackage>,
    /// What could not be read or named; each may be packages that were not assessed.
    pub problems: Vec<InventoryProblem>,
}

/// One package, as its own language names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LanguagePackage {
    /// Where it is published.
    pub ecosystem: Ecosystem,
    /// Its name there; for Maven `group:artifact`.
    pub name: String,
    /// Its version as it stands.
    pub version: String,
    /// The file that says so; in an archive inside an archive with `!/` between the two.
    pub at: Place,
    /// A package of the system's package manager brought that file: advisories of the distribution speak of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owned: bool,
}

/// Where packages of a language are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ecosystem {
    /// Rust.
    #[serde(rename = "crates.io")]
    CratesIo,
    /// Go modules.
    Go,
    /// Java and its relatives.
    Maven,
    /// JavaScript.
    #[serde(rename = "npm")]
    Npm,
    /// PHP.
    Packagist,
    /// Python.
    PyPI,
    /// Ruby.
    RubyGems,
}

impl Ecosystem {
    /// Every one of them.
    pub const ALL: [Self; 7] =
        [Self::CratesIo, Self::Go, Self::Maven, Self::Npm, Self::Packagist, Self::PyPI, Self::RubyGems];

    /// The name by which OSV's advisories call it (<https://ossf.github.io/osv-schema/#defined-ecosystems>).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CratesIo => "crates.io",
            Self::Go => "Go",
            Self::Maven => "Maven",
            Self::Npm => "npm",
            Self::Packagist => "Packagist",
            Self::PyPI => "PyPI",
            Self::RubyGems => "RubyGems",
        }
    }

    /// The type of its package URLs (<https://github.com/package-url/purl-spec>).
    pub const fn purl_type(self) -> &'static str {
        match self {
            Self::CratesIo => "cargo",
            Self::Go => "golang",
            Self::Maven => "maven",
            Self::Npm => "npm",
            Self::Packagist => "composer",
            Self::PyPI => "pypi",
            Self::RubyGems => "gem",
        }
    }
}

impl std::fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl LanguagePackage {
    /// The package URL, for example `pkg:npm/%40angular/core@17.0.1`.
    pub fn purl(&self) -> String {
        let name = match self.ecosystem {
            Ecosystem::Maven => self.name.replacen(':', "/", 1),
            Ecosystem::CratesIo
            | Ecosystem::Go
            | Ecosystem::Npm
            | Ecosystem::Packagist
            | Ecosystem::PyPI
            | Ecosystem::RubyGems => self.name.clone(),
        };
        let name: Vec<String> = name.split('/').map(|part| encoded(part, b"")).collect();
        format!("pkg:{}/{}@{}", self.ecosystem.purl_type(), name.join("/"), encoded(&self.version, b""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_url_names_the_package_as_its_ecosystem_does() {
        for (ecosystem, name, version, purl) in [
            (Ecosystem::Npm, "@angular/core", "17.0.1", "pkg:npm/%40angular/core@17.0.1"),
            (Ecosystem::Maven, "org.a:b", "1.0", "pkg:maven/org.a/b@1.0"),
            (Ecosystem::Go, "github.com/a/b", "v1.2.3", "pkg:golang/github.com/a/b@v1.2.3"),
            (Ecosystem::PyPI, "pip", "1+x", "pkg:pypi/pip@1%2Bx"),
        ] {
            let (name, version, at) = (name.to_owned(), version.to_owned(), Place::whole("/x"));
            assert_eq!(LanguagePackage { ecosystem, name, version, at, owned: false }.purl(), purl);
        }
    }
}
