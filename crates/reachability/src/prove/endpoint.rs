//! What can be said of an interface and its addresses, whatever the filters let through.

use inspector_model::network::{Edge, InterfaceAddress, NetworkInterface};

use super::detour::{self, Detour};
use super::entry::Entry;
use super::routes;
use crate::address::{Address, Family};
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;

/// Blockers, doubts and assumptions about one interface or address.
#[derive(Debug, Default)]
pub(super) struct Standing {
    pub(super) blockers: Vec<Blocker>,
    pub(super) unknown: Vec<Doubt>,
    pub(super) assumptions: Vec<String>,
}

/// The interface and its instance: both must be up.
pub(super) fn interface(index: &Index<'_>, interface: &NetworkInterface, instance: &str) -> Standing {
    let mut standing = Standing::default();
    standing.unknown.extend(
        index.unreadable(&interface.id).map(|why| Doubt::missing(format!("interface `{}`: {why}", interface.id))),
    );
    let state = index.instance(instance).map(|instance| instance.state.as_deref());
    match state {
        _ if index.unreadable(instance).is_some() => standing
            .unknown
            .extend(index.unreadable(instance).map(|why| Doubt::missing(format!("instance `{instance}`: {why}")))),
        Some(Some("running")) => {}
        Some(Some(state)) => {
            standing.blockers.push(Blocker::new("BAD_STATE", instance, format!("the instance is {state}")));
        }
        Some(None) | None => match index.network.failure("Reservations") {
            Some(why) => standing.unknown.push(Doubt::missing(format!("the state of `{instance}`: {why}"))),
            None => {
                standing.assumptions.push(format!("the state of `{instance}` was not collected: taken to be running"))
            }
        },
    }
    let sure = index.unreadable(&interface.id).is_none();
    if let Some(status) = interface.status.as_deref().filter(|status| sure && *status != "in-use") {
        let detail = format!("the interface is {status}");
        standing.blockers.push(Blocker::new("BAD_STATE_ATTACHMENT", &interface.id, detail));
    }
    standing
}

/// Whether a route table can be associated with a gateway (Amazon VPC User Guide, "Gateway route tables").
fn has_tables(gateway: &str) -> bool {
    ["igw-", "vgw-"].iter().any(|prefix| gateway.starts_with(prefix))
}

/// Whether packets that come in by `entry` can be meant for the address: an internet gateway translates public IPv4
/// addresses and passes global IPv6 ones.
pub(super) fn is_known_outside<A: Address>(address: &InterfaceAddress, entry: &Entry<'_, A>) -> bool {
    match A::FAMILY {
        _ if entry.edge != Edge::Internet => true,
        Family::Ipv4 => address.public.is_some(),
        Family::Ipv6 => A::of_ip(address.address).is_some_and(|own| A::internet().contains(own)),
    }
}

impl Standing {
    pub(super) fn add(&mut self, other: Self) {
        self.blockers.extend(other.blockers);
        self.unknown.extend(other.unknown);
        self.assumptions.extend(other.assumptions);
    }
}

/// One address of an interface, and what can be said of it on one way.
#[derive(Debug)]
pub(super) struct Target<'i, 'n, A> {
    pub(super) address: &'i InterfaceAddress,
    pub(super) standing: Standing,
    pub(super) course: Course<'n, A>,
}

/// How packets get from a gateway to an address.
#[derive(Debug)]
pub(super) enum Course<'n, A> {
    /// Straight to its subnet.
    Direct,
    /// Through a middlebox.
    Through(Box<Detour<'n, A>>),
    /// Through something that is not known, so that not even the border of a subnet is certain.
    Lost,
}

impl<'n, A> Target<'_, 'n, A> {
    /// The middlebox that the gateway sends its packets through.
    pub(super) fn detour(&self) -> Option<&Detour<'n, A>> {
        match &self.course {
            Course::Through(detour) => Some(detour),
            Course::Direct | Course::Lost => None,
        }
    }

    pub(super) const fn is_direct(&self) -> bool {
        matches!(self.course, Course::Direct)
    }
}

/// One address: an internet gateway must know it, and every gateway deliver to it without a detour.
pub(super) fn address<'i, 'n, A: Address>(
    index: &Index<'n>,
    interface: &NetworkInterface,
    address: &'i InterfaceAddress,
    entry: &Entry<'_, A>,
) -> Target<'i, 'n, A> {
    let mut standing = Standing::default();
    let course = course(index, interface, address, entry, &mut standing);
    Target { address, standing, course }
}

fn course<'n, A: Address>(
    index: &Index<'n>,
    interface: &NetworkInterface,
    address: &InterfaceAddress,
    entry: &Entry<'_, A>,
    standing: &mut Standing,
) -> Course<'n, A> {
    let Some(own) = A::of_ip(address.address) else { return Course::Direct };
    if !is_known_outside(address, entry) {
        let detail = match A::FAMILY {
            Family::Ipv4 => format!("no public address stands for `{}`", address.address),
            Family::Ipv6 => format!("`{}` is not a global address", address.address),
        };
        standing.blockers.push(Blocker::new("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", &interface.id, detail));
    }
    let Some(gateway) = entry.via else { return Course::Direct };
    let Some(table) = index.gateway_table(gateway) else {
        // A table may be associated with the gateway in the part of the answer that is missing.
        let why = index.network.failure("RouteTables").filter(|_| has_tables(gateway));
        standing.unknown.extend(why.map(|why| Doubt::missing(format!("the route table of `{gateway}`: {why}"))));
        return Course::Direct;
    };
    standing
        .unknown
        .extend(index.unreadable(&table.id).map(|why| Doubt::missing(format!("route table `{}`: {why}", table.id))));
    let here = IntervalSet::between(own, own);
    let routes = routes::split(index, table, Some("local"), &here);
    if !routes.unknown.is_empty() {
        let what = format!("a prefix list in route table `{}` is not in the snapshot", table.id);
        standing.unknown.push(Doubt::missing(what));
        return Course::Lost;
    } else if let Some(target) = routes::target(index, table, own).filter(|_| !routes.perhaps.is_empty()) {
        let found = detour::find(index, &interface.vpc, entry, target, own, standing);
        return found.map_or(Course::Lost, |detour| Course::Through(Box::new(detour)));
    } else if !routes.wanted.contains(own) && (!routes.dropped.is_empty() || !routes.elsewhere.is_empty()) {
        let detail = format!("packets from the gateway to `{}` do not go to the subnet", address.address);
        standing.blockers.push(Blocker::new("INGRESS_RTB_TRAFFIC_REDIRECTION", &table.id, detail));
    }
    Course::Direct
}
