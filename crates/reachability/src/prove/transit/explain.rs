//! The way of one packet through transit gateways, hop by hop.

use inspector_model::network::{Edge, NetworkInterface, TransitAttachment};
use inspector_model::proof::Packet;

use super::super::explain::{first_entry, tell_entry};
use super::super::way::{Notes, Side};
use super::follow::{Fate, Fates, follow};
use super::zones::{self, Exit};
use crate::address::Address;
use crate::fact::Fact;
use crate::hubs::outside;
use crate::index::Index;
use crate::interval::IntervalSet;

/// Components and their rules.
type Hops = Vec<(String, String)>;

/// What lies between the sender's subnet and the receiver's.
#[derive(Debug, Default)]
pub(in super::super) struct Route {
    /// The request on its way to the gateway.
    pub(in super::super) leave: Hops,
    /// The request from there on.
    pub(in super::super) request: Hops,
    /// The reply on its way to the gateway.
    pub(in super::super) reply_leave: Hops,
    /// The reply from there on.
    pub(in super::super) reply: Hops,
    /// The request comes in by the receiver's own subnet: its network ACL does not look at it.
    pub(in super::super) own: bool,
    /// The reply comes in by the sender's own subnet.
    pub(in super::super) far_own: bool,
}

/// One packet that a fact tells of.
struct Told<'i, 'n> {
    index: &'i Index<'n>,
    fact: &'i Fact,
    interface: &'i NetworkInterface,
    sender: Option<&'i NetworkInterface>,
    request: &'i Packet,
}

/// The route of `request` to an address of `interface`, and of its reply; empty for other edges.
pub(in super::super) fn route(
    index: &Index<'_>,
    fact: &Fact,
    interface: &NetworkInterface,
    sender: Option<&NetworkInterface>,
    request: &Packet,
) -> Route {
    if !matches!(fact.edge, Edge::TransitGateway | Edge::VPN | Edge::DirectConnect) {
        return Route::default();
    }
    let told = Told { index, fact, interface, sender, request };
    if request.source.is_ipv4() { told.route::<u32>() } else { told.route::<u128>() }.unwrap_or_default()
}

impl<'n> Told<'_, 'n> {
    fn route<A: Address>(&self) -> Option<Route> {
        let (source, to) = (A::of_ip(self.request.source)?, A::of_ip(self.request.destination)?);
        let hubs = self.index.hubs();
        let mine = |attachment: &&&TransitAttachment| Some(attachment.gateway.as_str()) == self.fact.via.as_deref();
        let ours = hubs.of_vpc(&self.interface.vpc).iter().find(mine).copied()?;
        let is_ours = |one: &TransitAttachment| one.gateway == ours.gateway && one.id == ours.id;
        let mut from = self.index.network.transit_attachments.iter().filter(|one| self.is_theirs(one));
        let (from, tables) = from.find_map(|from| {
            let fates = follow(self.index, from, &IntervalSet::between(to, to));
            Some((from, hops(&fates, is_ours)?.0))
        })?;
        let back = std::iter::once(ours).chain(hubs.of_vpc(&self.interface.vpc).iter().copied());
        let mut back = back.filter_map(|back| {
            let fates = follow(self.index, back, &IntervalSet::between(source, source));
            let (tables, theirs) = hops(&fates, |one| self.is_theirs(one))?;
            Some((back, tables, theirs))
        });
        let (back, back_tables, theirs) = back.next()?;
        let mut route = Route::default();
        if let Some(sender) = self.sender {
            let leave = self.exit(from, sender);
            route.leave.extend(leave.and_then(|subnet| self.guard(subnet, self.request.source, Side::In)));
        }
        route.request.extend(tables);
        let (own, acl) = self.entrance(ours, self.interface, self.request.destination, Side::Out);
        route.own = own;
        route.request.extend(acl);
        let leave = self.exit(back, self.interface);
        route.reply_leave.extend(leave.and_then(|subnet| self.guard(subnet, self.request.destination, Side::BackIn)));
        route.reply.extend(back_tables);
        if let Some(sender) = self.sender {
            let (own, acl) = self.entrance(theirs, sender, self.request.source, Side::BackOut);
            route.far_own = own;
            route.reply.extend(acl);
        }
        Some(route)
    }

    fn is_theirs(&self, attachment: &TransitAttachment) -> bool {
        match attachment.resource.vpc() {
            Some(vpc) => {
                let sender = self.sender.map(|sender| sender.vpc.as_str());
                let edge = self.fact.edge == Edge::TransitGateway;
                edge && vpc != self.interface.vpc && sender.is_none_or(|sender| sender == vpc)
            }
            None => outside(&attachment.resource) == Some(self.fact.edge),
        }
    }

    /// The subnet by which packets of an interface get to an attachment.
    fn exit(&self, attachment: &'n TransitAttachment, interface: &NetworkInterface) -> Option<&'n str> {
        let mut notes = Notes::default();
        match zones::exit(self.index, attachment, &interface.vpc, &interface.subnet, &mut notes) {
            Exit::By(subnet) => Some(subnet),
            Exit::Somehow | Exit::Closed(_) | Exit::Unknown(_) => None,
        }
    }

    /// How packets to an interface come in by an attachment: by its own subnet, or past the network ACL of another one.
    fn entrance(
        &self,
        attachment: &TransitAttachment,
        interface: &NetworkInterface,
        other: std::net::IpAddr,
        side: Side,
    ) -> (bool, Option<(String, String)>) {
        let subnets = attachment.subnets.as_deref().unwrap_or_default();
        if subnets.contains(&interface.subnet) {
            return (true, None);
        }
        (false, subnets.iter().find_map(|subnet| self.guard(subnet, other, side)))
    }

    /// The entry that lets the packet past the network ACL of an attachment's subnet.
    fn guard(&self, subnet: &str, other: std::net::IpAddr, side: Side) -> Option<(String, String)> {
        let acl = self.index.acl(subnet)?;
        let port = if side.requests() { self.request.destination_port } else { self.request.source_port };
        let entry = first_entry(&acl.entries, self.fact, other, port, side).filter(|entry| entry.allow)?;
        Some((acl.id.clone(), tell_entry(entry)))
    }
}

/// The route tables on the way to an attachment that `wanted` picks, and that attachment.
fn hops<'n, A>(
    fates: &Fates<'n, A>,
    wanted: impl Fn(&TransitAttachment) -> bool,
) -> Option<(Hops, &'n TransitAttachment)> {
    let legs = fates.legs.iter().filter_map(|leg| match leg.fate {
        Fate::Out(attachment) => Some((attachment, &leg.hops)),
        Fate::Dropped(_) | Fate::Unknown(_) => None,
    });
    let learned = fates.learned.iter().map(|learned| (learned.attachment, &learned.hops));
    let (attachment, hops) = legs.chain(learned).find(|(attachment, _)| wanted(attachment))?;
    Some((hops.iter().map(|(table, route)| ((*table).to_owned(), route.clone())).collect(), attachment))
}
