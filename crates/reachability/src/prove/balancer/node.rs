//! The nodes of a load balancer: one for each enabled subnet, with the addresses that targets see.

use std::borrow::Cow;

use inspector_model::network::{LoadBalancer, NetworkInterface};

use super::registry::Registry;
use crate::address::Address;
use crate::fact::Doubt;
use crate::index::Index;
use crate::interval::IntervalSet;

/// One node.
#[derive(Debug)]
pub(super) struct Node<'n, A> {
    /// Its interface; made up where the snapshot does not hold it.
    pub(super) interface: Cow<'n, NetworkInterface>,
    /// Whether the interface is in the snapshot.
    pub(super) known: bool,
    /// Its Availability Zone.
    pub(super) zone: Option<&'n str>,
    /// Its private addresses, or the range of its subnet.
    pub(super) addresses: IntervalSet<A>,
    /// What was taken for granted.
    pub(super) assumptions: Vec<String>,
}

/// The nodes of `balancer`, and what is not known about them.
pub(super) fn nodes<'n, A: Address>(
    index: &Index<'n>,
    registry: &Registry<'n>,
    balancer: &'n LoadBalancer,
) -> (Vec<Node<'n, A>>, Vec<Doubt>) {
    let (mut nodes, mut doubts) = (Vec::new(), Vec::new());
    if balancer.subnets.is_empty() {
        doubts
            .push(Doubt::missing(format!("the subnets of load balancer `{}` are not in the snapshot", balancer.name)));
    }
    for subnet in &balancer.subnets {
        let zone = registry.zone(subnet);
        let here = registry.nodes(balancer).iter().filter(|interface| interface.subnet == *subnet);
        let known: Vec<Node<'_, A>> = here.map(|interface| known(interface, zone)).collect();
        if !known.is_empty() {
            nodes.extend(known);
            continue;
        }
        if let Some(why) = index.network.failure("NetworkInterfaces") {
            let what = format!("the interface of load balancer `{}` in `{subnet}`: {why}", balancer.name);
            doubts.push(Doubt::missing(what));
            continue;
        }
        match index.network.subnets.iter().find(|known| known.id == *subnet) {
            Some(known) => nodes.push(made_up(balancer, subnet, zone, A::set(&known.ranges))),
            None => doubts.push(Doubt::missing(format!("subnet `{subnet}` of load balancer `{}`", balancer.name))),
        }
    }
    (nodes, doubts)
}

fn known<'n, A: Address>(interface: &'n NetworkInterface, zone: Option<&'n str>) -> Node<'n, A> {
    let own = interface.addresses.iter().filter_map(|address| A::of_ip(address.address));
    Node {
        interface: Cow::Borrowed(interface),
        known: true,
        zone,
        addresses: IntervalSet::of(own.map(|address| (address, address)).collect()),
        assumptions: Vec::new(),
    }
}

fn made_up<'n, A: Address>(
    balancer: &LoadBalancer,
    subnet: &str,
    zone: Option<&'n str>,
    range: IntervalSet<A>,
) -> Node<'n, A> {
    let interface = NetworkInterface {
        id: balancer.name.clone(),
        instance: None,
        status: None,
        subnet: subnet.to_owned(),
        vpc: balancer.vpc.clone(),
        security_groups: balancer.security_groups.clone(),
        addresses: Vec::new(),
        source_dest_check: false,
        device: None,
        balancer: None,
    };
    let assumption = format!(
        "the interface of load balancer `{}` in `{subnet}` is not in the snapshot: its address is taken to be any of the \
         subnet",
        balancer.name
    );
    Node { interface: Cow::Owned(interface), known: false, zone, addresses: range, assumptions: vec![assumption] }
}
