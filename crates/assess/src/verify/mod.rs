//! Re-checks findings against the evidence that they were made from.
//!
//! A finding holds only if everything about it was looked at again and came out the same: its words follow from its
//! attributes, its fingerprint from its content, and its proof from the snapshot or the advisories.

mod network;
mod packages;

pub use inspector_reachability::check::Judgement;

use inspector_model::fingerprint::fingerprint;
use inspector_model::network::Network;
use inspector_model::{Finding, Proof};
use inspector_vuln::database::Database;

/// What findings are checked against; what is missing leaves findings unchecked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The network snapshot.
    pub network: Option<&'a Network>,
    /// The advisories.
    pub database: Option<&'a Database>,
}

/// Judges one finding; `claimed` is the fingerprint that came with it.
pub fn judge(finding: &Finding, claimed: &str, evidence: &Evidence<'_>) -> Judgement {
    if fingerprint(finding) != claimed {
        return Judgement::Wrong("its fingerprint is not that of its content".to_owned());
    }
    match (&finding.proof, evidence.network, evidence.database) {
        (Proof::Network(proof), Some(network), _) => network::judge(network, finding, proof),
        (Proof::Network(_), None, _) => Judgement::Unchecked("no snapshot to check it against".to_owned()),
        (Proof::Packages { comparisons }, _, Some(database)) => packages::judge(database, finding, comparisons),
        (Proof::Packages { .. }, _, None) => Judgement::Unchecked("no advisories to check it against".to_owned()),
        (Proof::Imported { .. }, _, _) => {
            Judgement::Unchecked("the original service kept the evidence to itself".to_owned())
        }
        (Proof::Settings { .. }, _, _) => {
            Judgement::Unchecked("settings can only be read again on the host".to_owned())
        }
    }
}
