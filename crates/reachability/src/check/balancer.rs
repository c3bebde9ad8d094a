//! Proofs of paths through a load balancer.
//!
//! A proof holds the packet that the target sees. A client is looked for by walking one from every range that a rule on
//! the way names: where none gets through, the proof is not refuted, because another client may.

use std::collections::BTreeSet;
use std::net::IpAddr;

use inspector_model::network::{Listener, LoadBalancer, Network, NetworkInterface, TargetGroup, TargetKind};
use ipnet::IpNet;

use super::{Claim, Judgement, wrong};
use crate::reference::balancer::{Visit, visit};
use crate::reference::{Probe, Walk};

/// Clients that are walked for one proof.
const MAX_CLIENTS: usize = 48;

pub(super) fn examine(
    network: &Network,
    name: &str,
    interface: &NetworkInterface,
    claim: &Claim<'_>,
    probe: &Probe,
) -> Result<(), Judgement> {
    let named = |balancer: &&LoadBalancer| balancer.dns_name.as_deref() == Some(name);
    let Some(balancer) = network.load_balancers.iter().find(named) else {
        return wrong(format!("the load balancer `{name}` is not in the snapshot"));
    };
    for hop in &claim.proof.path {
        if hop.component != balancer.name && !known(network, &hop.component) {
            return wrong(format!("`{}` on the path is not in the snapshot", hop.component));
        }
    }
    let forwards = forwards(network, balancer, interface, probe.port);
    if forwards.is_empty() {
        let (interface, port) = (&interface.id, probe.port);
        return wrong(format!("no listener of `{}` forwards to `{interface}` at port {port}", balancer.name));
    }
    if probe.protocol != 6 || !probe.source.is_ipv4() {
        return Err(Judgement::Unchecked("only TCP over IPv4 is walked through load balancers".to_owned()));
    }
    let nodes: Vec<&NetworkInterface> = network.interfaces.iter().filter(|node| is_node(node, balancer)).collect();
    let seen = |node: &&&NetworkInterface| node.addresses.iter().any(|own| own.address == probe.source);
    let from_node = nodes.iter().any(|node| seen(&node));
    let clients = if from_node { clients(network, balancer, &nodes) } else { vec![probe.source] };
    let mut stop = None;
    for node in nodes.iter().filter(|node| !from_node || seen(node)) {
        for (listener, group) in &forwards {
            for client in &clients {
                let packet = Visit { client: *client, client_port: 49152, node_port: probe.client_port };
                let target = (interface, probe.port);
                match visit(network, (balancer, listener), node, group, target, &packet) {
                    Walk::Answered => return Ok(()),
                    Walk::Dropped(at) | Walk::NoReply(at) | Walk::Unknown(at) => stop = Some(at),
                }
            }
        }
    }
    let last = stop.map(|at| format!(": the last one stopped at the {at}")).unwrap_or_default();
    Err(Judgement::Unchecked(format!("no client was found whose packets `{}` passes on{last}", balancer.name)))
}

/// A node is described by what its load balancer's ARN ends with, or a Classic one's name.
fn is_node(interface: &NetworkInterface, balancer: &LoadBalancer) -> bool {
    let whose = interface.balancer.as_deref();
    whose.is_some_and(|whose| balancer.id == whose || balancer.id.ends_with(&format!(":loadbalancer/{whose}")))
}

fn known(network: &Network, id: &str) -> bool {
    network.interfaces.iter().any(|known| known.id == id)
        || network.security_groups.iter().any(|known| known.id == id)
        || network.network_acls.iter().any(|known| known.id == id)
        || network.route_tables.iter().any(|known| known.id == id)
        || network.internet_gateways.iter().any(|known| known.id == id)
        || network.load_balancers.iter().any(|known| known.name == id || known.id == id)
        || network.target_groups.iter().any(|known| known.id == id)
}

/// Listeners and target groups with the interface registered at `port`.
fn forwards<'n>(
    network: &'n Network,
    balancer: &'n LoadBalancer,
    interface: &NetworkInterface,
    port: u16,
) -> Vec<(&'n Listener, &'n TargetGroup)> {
    let registered = |group: &&TargetGroup| {
        group.targets.iter().flatten().any(|target| {
            let is = match group.kind {
                TargetKind::Instance => interface.instance.as_ref() == Some(&target.id),
                TargetKind::Ip => interface.addresses.iter().any(|own| own.address.to_string() == target.id),
                TargetKind::Alb | TargetKind::Lambda => false,
            };
            is && target.port.or(group.port) == Some(port)
        })
    };
    let listeners = balancer.listeners.iter().flatten();
    let groups = listeners.flat_map(|listener| {
        let groups = network.target_groups.iter().filter(|group| listener.forwards.contains(&group.id));
        groups.map(move |group| (listener, group))
    });
    groups.filter(|(_, group)| registered(group)).collect()
}

/// The first address of every range that a rule in front of the balancer names, and one of no range in particular.
fn clients(network: &Network, balancer: &LoadBalancer, nodes: &[&NetworkInterface]) -> Vec<IpAddr> {
    let groups = network.security_groups.iter().filter(|group| balancer.security_groups.contains(&group.id));
    let groups = groups.flat_map(|group| &group.ingress);
    let lists = |ids: &[String]| {
        let lists = network.prefix_lists.iter().filter(|list| ids.contains(&list.id));
        lists.flat_map(|list| list.ranges.clone()).collect::<Vec<IpNet>>()
    };
    let ranges = groups.flat_map(|rule| rule.ranges.iter().copied().chain(lists(&rule.prefix_lists)));
    let guards = network.network_acls.iter().filter(|acl| nodes.iter().any(|node| acl.subnets.contains(&node.subnet)));
    let entries = guards.flat_map(|acl| acl.entries.iter().map(|entry| entry.range));
    let mut clients: BTreeSet<IpAddr> = ranges.chain(entries).map(|range| range.network()).collect();
    clients.insert(IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 7)));
    clients.into_iter().filter(IpAddr::is_ipv4).take(MAX_CLIENTS).collect()
}
