//! From clients on the internet to the node of a load balancer.

use std::net::IpAddr;

use inspector_model::network::{BalancerKind, LoadBalancer};

use super::node::Node;
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;
use crate::prove::endpoint::Target;
use crate::prove::engine::{Meeting, meet};
use crate::prove::groups::{self, Admission, Admissions};
use crate::prove::way::Way;
use crate::prove::{blockers, endpoint};

/// Packets that reach a node and whose replies get back to the client.
#[derive(Debug, Clone)]
pub(super) struct Clients<A> {
    /// The group of the load balancer that admits them; `None` where it has none.
    pub(super) group: Option<String>,
    pub(super) sources: IntervalSet<A>,
    pub(super) client_ports: (u16, u16),
}

/// What gets from clients to one node.
#[derive(Debug)]
pub(super) struct Entrance<A> {
    pub(super) gateway: Option<String>,
    pub(super) open: Vec<Clients<A>>,
    /// Some client of those, for the explanation: address, ports and the group that admits it.
    pub(super) someone: Option<(IpAddr, (u16, u16), Option<String>)>,
    pub(super) blockers: Vec<Blocker>,
    /// What makes all of it uncertain.
    pub(super) doubts: Vec<Doubt>,
    /// Why more may pass than is known to.
    pub(super) perhaps: Vec<Doubt>,
    pub(super) assumptions: Vec<String>,
}

/// Judges `node` as an endpoint at the listener's port, by the way of its subnet and the groups of the load balancer.
pub(super) fn from_internet<'n, A: Address>(
    index: &Index<'n>,
    way: &Way<'n, A>,
    balancer: &LoadBalancer,
    node: &Node<'_, A>,
    protocol: Protocol,
    port: u16,
) -> Entrance<A> {
    let mut entrance = Entrance {
        gateway: way.entry.via.map(str::to_owned),
        blockers: way.notes.blockers.clone(),
        doubts: way.notes.unknown.clone(),
        perhaps: Vec::new(),
        assumptions: way.notes.assumptions.iter().chain(&node.assumptions).cloned().collect(),
        open: Vec::new(),
        someone: None,
    };
    let targets = targets(index, way, node, &mut entrance);
    let targets: Vec<&Target<'_, '_, A>> = targets.iter().collect();
    let admitted = admitted(index, balancer, protocol, port);
    let admitted: Vec<(&str, &Admissions<A>)> = admitted.iter().map(|(id, admissions)| (*id, admissions)).collect();
    let mut meeting = Meeting::default();
    for filter in way.filters(index, &node.interface, &targets, protocol).iter() {
        meet(&admitted, filter, way, Some(port), &mut meeting);
    }
    let doubtful = if meeting.open.is_empty() { &mut entrance.doubts } else { &mut entrance.perhaps };
    doubtful.extend(meeting.unknown.into_iter().chain(meeting.perhaps));
    if meeting.open.is_empty() && entrance.doubts.is_empty() {
        entrance.blockers.extend(blockers::of_filters(index, &node.interface, way, &targets, protocol, &admitted));
        if entrance.blockers.is_empty() {
            entrance.blockers.push(blockers::together(&node.interface));
        }
    }
    if entrance.blockers.is_empty() {
        entrance.open = meeting
            .open
            .into_iter()
            .map(|open| Clients {
                group: Some(open.group).filter(|group| !group.is_empty()),
                sources: open.sources,
                client_ports: open.client_ports,
            })
            .collect();
        let first = entrance.open.first();
        entrance.someone = first
            .and_then(|clients| Some((clients.sources.first()?.ip(), clients.client_ports, clients.group.clone())));
    }
    entrance
}

impl<A: Address> Entrance<A> {
    /// The same for targets of the other family, which see none of the clients.
    pub(super) fn translated<T>(&self) -> Entrance<T> {
        Entrance {
            gateway: self.gateway.clone(),
            open: Vec::new(),
            someone: self.someone.clone(),
            blockers: self.blockers.clone(),
            doubts: self.doubts.clone(),
            perhaps: self.perhaps.clone(),
            assumptions: self.assumptions.clone(),
        }
    }
}

/// The node's address that clients get to best.
fn targets<'i, 'n, A: Address>(
    index: &Index<'n>,
    way: &Way<'n, A>,
    node: &'i Node<'_, A>,
    entrance: &mut Entrance<A>,
) -> Option<Target<'i, 'n, A>> {
    if !node.known {
        return None;
    }
    let own = node.interface.addresses.iter().filter(|address| A::of_ip(address.address).is_some());
    let all = own.map(|address| endpoint::address::<A>(index, &node.interface, address, &way.entry));
    let best = all.min_by_key(|target| (target.standing.blockers.len(), target.standing.unknown.len()));
    match &best {
        Some(best) => {
            entrance.blockers.extend(best.standing.blockers.iter().cloned());
            entrance.doubts.extend(best.standing.unknown.iter().cloned());
            entrance.assumptions.extend(best.standing.assumptions.iter().cloned());
        }
        None => {
            let detail = format!("the node has no {} address", A::FAMILY.as_str());
            entrance.blockers.push(Blocker::new("NO_PATH", &node.interface.id, detail));
        }
    }
    best
}

/// What the groups admit at the listener's port. A Network Load Balancer without groups admits everything, and a Gateway
/// Load Balancer never has one.
pub(super) fn admitted<'b, A: Address>(
    index: &Index<'_>,
    balancer: &'b LoadBalancer,
    protocol: Protocol,
    port: u16,
) -> Vec<(&'b str, Admissions<A>)> {
    let optional = matches!(balancer.kind, BalancerKind::Network | BalancerKind::Gateway);
    if balancer.security_groups.is_empty() && optional {
        let everything = Admission { ports: protocol.service_ports(), sources: IntervalSet::full() };
        return vec![("", Admissions { known: vec![everything], unknown: Vec::new() })];
    }
    let of_group = |id: &'b String| {
        let mut admissions = groups::admissions(index, id, protocol, None, None);
        admissions.known.retain(|admission: &Admission<A>| admission.ports.0 <= port && port <= admission.ports.1);
        (id.as_str(), admissions)
    };
    balancer.security_groups.iter().map(of_group).collect()
}
