//! The subnets of a VPC attachment: packets pass one of them, by Availability Zone, in either direction.

use inspector_model::network::{NetworkAcl, TransitAttachment};

use super::super::between::Crossed;
use super::super::way::{self, Notes};
use crate::fact::{Blocker, Doubt};
use crate::index::Index;

/// How packets of one subnet get to an attachment of its VPC.
#[derive(Debug)]
pub(super) enum Exit<'n> {
    /// By the attachment's subnet in their own zone.
    By(&'n str),
    /// By a subnet that is not known.
    Somehow,
    /// Not at all.
    Closed(Blocker),
    /// Nobody can tell.
    Unknown(Doubt),
}

/// How packets from `subnet` of `vpc` leave it by `attachment`: only zones in which the attachment has a subnet can send to a
/// transit gateway (Amazon VPC Transit Gateways guide, "Availability Zones").
pub(super) fn exit<'n>(
    index: &Index<'n>,
    attachment: &'n TransitAttachment,
    vpc: &str,
    subnet: &str,
    notes: &mut Notes,
) -> Exit<'n> {
    let Some(subnets) = &attachment.subnets else {
        let what = format!("the subnets of `{}`", attachment.id);
        let mut own = Notes::default();
        own.missing(index, "TransitGatewayVpcAttachments", &what, "taken to have one in every Availability Zone");
        notes.assume(own.assumptions);
        return own.unknown.into_iter().next().map_or(Exit::Somehow, Exit::Unknown);
    };
    if let Some(own) = subnets.iter().find(|id| *id == subnet) {
        return Exit::By(own);
    }
    let zone = |id: &str| index.subnets(vpc).iter().find(|known| known.id == id)?.zone.as_deref();
    let unknown =
        |id: &str| Exit::Unknown(Doubt::missing(format!("the Availability Zone of `{id}` is not in the snapshot")));
    let Some(here) = zone(subnet) else { return unknown(subnet) };
    if let Some(beside) = subnets.iter().find(|id| zone(id) == Some(here)) {
        return Exit::By(beside);
    }
    if let Some(nowhere) = subnets.iter().find(|id| zone(id).is_none()) {
        return unknown(nowhere);
    }
    let detail = format!("no subnet of the attachment is in the Availability Zone {here} of `{subnet}`");
    Exit::Closed(Blocker::new("TGW_ATTACH_VPC_AZ_RESTRICTION", &attachment.id, detail))
}

/// The subnets that packets to `subnet` may come in by. A transit gateway keeps packets in the zone `from` that they come
/// from, where it can and is not told otherwise by appliance mode.
pub(super) fn entrances<'n>(
    index: &Index<'n>,
    attachment: &'n TransitAttachment,
    vpc: &str,
    subnet: &str,
    from: Option<&str>,
    notes: &mut Notes,
) -> Vec<Crossed<'n>> {
    let zone = |id: &str| index.subnets(vpc).iter().find(|known| known.id == id)?.zone.as_deref();
    let all: Vec<&String> = attachment.subnets.iter().flatten().collect();
    let from = from.filter(|_| !attachment.appliance_mode);
    let same: Vec<&String> = all.iter().copied().filter(|id| from.is_some() && zone(id) == from).collect();
    let may = if same.is_empty() { all } else { same };
    may.into_iter().map(|id| Crossed { own: id == subnet, acl: acl(index, id, notes) }).collect()
}

/// The network ACL of an attachment's subnet; assumptions about it are added once.
pub(super) fn acl<'n>(index: &Index<'n>, subnet: &str, notes: &mut Notes) -> Option<&'n NetworkAcl> {
    let mut own = Notes::default();
    let acl = way::acl(index, subnet, &mut own);
    notes.assume(own.assumptions);
    notes.unknown.extend(own.unknown);
    acl
}

/// The zone of a subnet, by its name.
pub(super) fn zone<'n>(index: &Index<'n>, vpc: &str, subnet: &str) -> Option<&'n str> {
    index.subnets(vpc).iter().find(|known| known.id == subnet)?.zone.as_deref()
}
