//! What can be said of an interface and its addresses, whatever the filters let through.

use inspector_model::network::{Edge, InterfaceAddress, NetworkInterface};

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
    if let Some(status) = interface.status.as_deref().filter(|status| *status != "in-use") {
        let detail = format!("the interface is {status}");
        standing.blockers.push(Blocker::new("BAD_STATE_ATTACHMENT", &interface.id, detail));
    }
    standing
}

/// Whether a route table can be associated with a gateway (Amazon VPC User Guide, "Gateway route tables").
fn has_tables(gateway: &str) -> bool {
    ["igw-", "vgw-"].iter().any(|prefix| gateway.starts_with(prefix))
}

/// One address: an internet gateway must know it, and every gateway deliver to it without a detour.
pub(super) fn address<A: Address>(
    index: &Index<'_>,
    interface: &NetworkInterface,
    address: &InterfaceAddress,
    entry: &Entry<'_, A>,
) -> Standing {
    let mut standing = Standing::default();
    let Some(own) = A::of_ip(address.address) else { return standing };
    match A::FAMILY {
        _ if entry.edge != Edge::Internet => {}
        Family::Ipv4 if address.public.is_none() => {
            let detail = format!("no public address stands for `{}`", address.address);
            standing.blockers.push(Blocker::new("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", &interface.id, detail));
        }
        Family::Ipv6 if !A::internet().contains(own) => {
            let detail = format!("`{}` is not a global address", address.address);
            standing.blockers.push(Blocker::new("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", &interface.id, detail));
        }
        Family::Ipv4 | Family::Ipv6 => {}
    }
    let Some(gateway) = entry.via else { return standing };
    let Some(table) = index.gateway_table(gateway) else {
        // A table may be associated with the gateway in the part of the answer that is missing.
        let why = index.network.failure("RouteTables").filter(|_| has_tables(gateway));
        standing.unknown.extend(why.map(|why| Doubt::missing(format!("the route table of `{gateway}`: {why}"))));
        return standing;
    };
    standing
        .unknown
        .extend(index.unreadable(&table.id).map(|why| Doubt::missing(format!("route table `{}`: {why}", table.id))));
    let here = IntervalSet::between(own, own);
    let routes = routes::split(index, table, Some("local"), &here);
    if !routes.unknown.is_empty() {
        let what = format!("a prefix list in route table `{}` is not in the snapshot", table.id);
        standing.unknown.push(Doubt::missing(what));
    } else if let Some((target, _)) = routes.perhaps.first() {
        let detail = format!("`{}` sends packets to `{own}` through `{target}`", table.id, own = address.address);
        standing.unknown.push(Doubt::not_modelled(format!("{detail}, which is not modelled")));
    } else if !routes.wanted.contains(own) && (!routes.dropped.is_empty() || !routes.elsewhere.is_empty()) {
        let detail = format!("packets from the gateway to `{}` do not go to the subnet", address.address);
        standing.blockers.push(Blocker::new("INGRESS_RTB_TRAFFIC_REDIRECTION", &table.id, detail));
    }
    standing
}
