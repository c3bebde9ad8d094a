//! The result of one assessment, from `inspector scan` and from a run of the service alike.

use serde::{Deserialize, Serialize};

use crate::coverage::Coverage;
use crate::exclusion::Exclusion;
use crate::finding::Finding;
use crate::rules_package::PackageKey;
use crate::time::Timestamp;

/// What was assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Subject {
    /// One host: this machine, or a root directory.
    #[serde(rename_all = "camelCase")]
    Host {
        /// Instance id or host name.
        id: String,
        /// `PRETTY_NAME` of its release file, where it could be read.
        operating_system: Option<String>,
    },
    /// One network snapshot.
    Network {
        /// Where it was read from.
        id: String,
        /// How many instances it holds.
        instances: usize,
    },
    /// An assessment run of the service.
    Run {
        /// Its ARN.
        id: String,
        /// How many instances it holds.
        instances: usize,
    },
}

/// Findings, exclusions and the ledger, in an order that depends on their content alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// When collection started.
    pub started_at: Timestamp,
    /// When evaluation ended.
    pub completed_at: Timestamp,
    /// What was assessed.
    pub subject: Subject,
    /// What was asked for.
    pub packages: Vec<PackageKey>,
    /// What failed.
    pub findings: Vec<Finding>,
    /// What could not be checked.
    pub exclusions: Vec<Exclusion>,
    /// Everything that was looked at.
    pub coverage: Coverage,
}
