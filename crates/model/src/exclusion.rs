//! What an assessment could not check, told to a person.

use serde::{Deserialize, Serialize};

use crate::finding::Attribute;
use crate::outcome::Reason;
use crate::rules_package::PackageKey;

/// One thing that was not assessed. Titles follow the original's list (AWS user guide, "Assessment exclusions").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exclusion {
    /// The rules package that could not look; `None` where no package could.
    pub package: Option<PackageKey>,
    /// The instance id or host name; `None` where the whole assessment is meant.
    pub subject: Option<String>,
    /// The cause, by which equal exclusions are one.
    pub reason: Reason,
    /// One line.
    pub title: String,
    /// What was not checked and why.
    pub description: String,
    /// What to do.
    pub recommendation: String,
    /// At most 50.
    pub attributes: Vec<Attribute>,
}
