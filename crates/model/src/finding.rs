//! A failed rule, told to a person.

use serde::{Deserialize, Serialize};

use crate::proof::{Proof, VersionComparison};
use crate::rules_package::PackageKey;
use crate::severity::Severity;

/// One finding of one assessment. It cannot exist without a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The rules package that made it.
    pub package: PackageKey,
    /// Rule identity, `id` in the Classic API: the CVE id, or a fixed phrase. At most 128 characters.
    pub rule: String,
    /// The instance id, or the host name where there is no instance.
    pub subject: String,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub title: String,
    /// What it is and why it matters.
    pub description: String,
    /// What to do.
    pub recommendation: String,
    /// System attributes in the order of the original; at most 50.
    pub attributes: Vec<Attribute>,
    /// What made it true.
    pub proof: Proof,
}

impl Finding {
    /// The value of the system attribute `key`.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.key == key).map(|attribute| attribute.value.as_str())
    }

    /// The package comparisons of a CVE finding; empty for every other.
    pub fn packages(&self) -> &[VersionComparison] {
        match &self.proof {
            Proof::Packages { comparisons } => comparisons,
            Proof::Network(_) | Proof::Settings { .. } | Proof::Imported { .. } => &[],
        }
    }
}

/// A key and a value. The API bounds them to 128 and 256 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

impl Attribute {
    /// A pair.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}
