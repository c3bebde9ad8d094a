//! VPC Block Public Access (Amazon VPC User Guide, "Block public access to VPCs and subnets").

use super::way::Notes;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;

const OPTIONS: &str = "VpcBlockPublicAccessOptions";
const EXCLUSIONS: &str = "VpcBlockPublicAccessExclusions";

/// Whether packets from an internet gateway may enter `subnet` of `vpc`. Both modes stop them; only an exclusion that
/// allows both directions lets them in again.
pub(super) fn judge(index: &Index<'_>, vpc: &str, subnet: &str, notes: &mut Notes) {
    let network = index.network;
    if let Some(why) = network.failure(OPTIONS) {
        notes.unknown.push(Doubt::missing(format!("VPC Block Public Access: {why}")));
        return;
    }
    if !network.has_answer(OPTIONS) {
        notes.assumptions.push(format!("`{OPTIONS}` were not collected: public access is taken not to be blocked"));
        return;
    }
    let here = |vpcs: &[String]| vpcs.iter().any(|id| id == vpc);
    let Some(block) = network.public_access_blocks.iter().find(|block| here(&block.vpcs)) else { return };
    let ours = network.public_access_exclusions.iter();
    let ours = ours.filter(|exclusion| exclusion.resource == vpc || exclusion.resource == subnet);
    let mut unsure = None;
    for exclusion in ours.filter(|exclusion| exclusion.mode == "allow-bidirectional") {
        match exclusion.state.as_deref() {
            Some("create-complete" | "update-complete" | "update-failed" | "delete-failed") => return,
            Some("create-failed" | "delete-complete" | "disable-complete") => {}
            Some(_) | None => unsure = Some(&exclusion.id),
        }
    }
    let mode = &block.mode;
    if let Some(why) = network.failure(EXCLUSIONS) {
        let what = format!("VPC Block Public Access is `{mode}`, and its exclusions: {why}");
        notes.unknown.push(Doubt::missing(what));
    } else if !network.has_answer(EXCLUSIONS) {
        let what = format!("VPC Block Public Access is `{mode}`, and `{EXCLUSIONS}` were not collected");
        notes.unknown.push(Doubt::missing(what));
    } else if let Some(exclusion) = unsure {
        let what = format!("VPC Block Public Access is `{mode}`, and exclusion `{exclusion}` is being changed");
        notes.unknown.push(Doubt::missing(what));
    } else {
        let detail = format!("VPC Block Public Access is `{mode}`, and no exclusion lets packets in");
        notes.blockers.push(Blocker::new("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", vpc, detail));
    }
}
