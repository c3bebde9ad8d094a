//! One connection through a load balancer: the client's packet to a node, the node's to a target, and back.
//!
//! Sources: Elastic Load Balancing User Guide, "How Elastic Load Balancing works"; Network Load Balancers, "Client IP
//! preservation"; Application Load Balancers, "Security groups".

use std::net::IpAddr;

use inspector_model::network::{
    BalancerKind, Instance, Listener, LoadBalancer, Network, NetworkInterface, SecurityGroup, SecurityGroupRule,
    TargetGroup, Traffic,
};

use super::{Crossing, Probe, Walk, admits, check, lookup, middlebox, speaks_of, table_of_subnet, walk};

/// A client that connects to a listener over TCP, of either family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The client.
    pub client: IpAddr,
    /// Its port.
    pub client_port: u16,
    /// The port that the node sends from, where it opens a connection of its own.
    pub node_port: u16,
}

/// Sends `visit` to `listener` through the node `node`, on to `target` at `port`.
pub fn visit(
    network: &Network,
    (balancer, listener): (&LoadBalancer, &Listener),
    node: &NetworkInterface,
    group: &TargetGroup,
    (target, port): (&NetworkInterface, u16),
    visit: &Visit,
) -> Walk {
    follow(network, (balancer, listener), node, group, (target, port), visit).err().unwrap_or(Walk::Answered)
}

fn follow(
    network: &Network,
    (balancer, listener): (&LoadBalancer, &Listener),
    node: &NetworkInterface,
    group: &TargetGroup,
    (target, port): (&NetworkInterface, u16),
    visit: &Visit,
) -> Result<(), Walk> {
    let there = address(target, target.addresses.first().is_none_or(|own| own.address.is_ipv4()));
    let there = there.ok_or(Walk::Dropped("address"))?;
    let entry = address(node, visit.client.is_ipv4()).ok_or(Walk::Dropped("address"))?;
    let own = address(node, there.is_ipv4()).ok_or(Walk::Dropped("address"))?;
    check(balancer.internet_facing, Walk::Dropped("scheme"))?;
    let own_zone = zone(network, &target.subnet);
    check(balancer.subnets.iter().any(|subnet| zone(network, subnet) == own_zone), Walk::Dropped("zone"))?;
    let crosses = group.cross_zone.or(balancer.cross_zone).unwrap_or(balancer.kind == BalancerKind::Application);
    check(crosses || zone(network, &node.subnet) == own_zone, Walk::Dropped("zone"))?;
    let request = Probe {
        source: visit.client,
        client_port: visit.client_port,
        destination: entry,
        port: listener.port,
        protocol: 6,
    };
    match walk(&as_endpoint(network, balancer, node), &endpoint(node), &request) {
        Walk::Answered => {}
        stop @ (Walk::Dropped(_) | Walk::NoReply(_) | Walk::Unknown(_)) => return Err(stop),
    }
    let same_family = visit.client.is_ipv4() == there.is_ipv4();
    let preserved = same_family && balancer.kind == BalancerKind::Network && group.preserves_client == Some(true);
    let (source, client_port) = if preserved { (visit.client, visit.client_port) } else { (own, visit.node_port) };
    let onward = Probe { source, client_port, destination: there, port, protocol: 6 };
    cross(network, balancer, node, target, &onward, preserved)
}

fn address(interface: &NetworkInterface, ipv4: bool) -> Option<IpAddr> {
    let own = interface.addresses.iter().map(|address| address.address);
    own.into_iter().find(|address| address.is_ipv4() == ipv4)
}

fn zone<'n>(network: &'n Network, subnet: &str) -> Option<&'n str> {
    network.subnets.iter().find(|known| known.id == subnet).and_then(|subnet| subnet.zone.as_deref())
}

const NODE: &str = "node";
const OPEN: &str = "open";

/// The network with the node as an instance of its own, behind a group that admits all where it has none.
fn as_endpoint(network: &Network, balancer: &LoadBalancer, node: &NetworkInterface) -> Network {
    let mut network = network.clone();
    network.instances.push(Instance {
        id: NODE.to_owned(),
        account: None,
        region: None,
        state: Some("running".to_owned()),
        image: None,
        tags: Vec::new(),
        public_dns_name: None,
    });
    if node.security_groups.is_empty() && balancer.kind == BalancerKind::Network {
        let ranges = ["0.0.0.0/0", "::/0"].iter().filter_map(|range| range.parse().ok()).collect();
        let all = SecurityGroupRule { traffic: Traffic::All, ranges, prefix_lists: Vec::new(), groups: Vec::new() };
        network.security_groups.push(SecurityGroup {
            id: OPEN.to_owned(),
            name: String::new(),
            vpc: None,
            ingress: vec![all],
            egress: Vec::new(),
        });
    }
    network
}

fn endpoint(node: &NetworkInterface) -> NetworkInterface {
    let mut node = node.clone();
    node.instance = Some(NODE.to_owned());
    if node.security_groups.is_empty() {
        node.security_groups.push(OPEN.to_owned());
    }
    node
}

/// From the node to the target and back, all inside the VPC.
fn cross(
    network: &Network,
    balancer: &LoadBalancer,
    node: &NetworkInterface,
    target: &NetworkInterface,
    probe: &Probe,
    preserved: bool,
) -> Result<(), Walk> {
    let running = network
        .instances
        .iter()
        .any(|instance| Some(&instance.id) == target.instance.as_ref() && instance.state.as_deref() == Some("running"));
    check(running && target.status.as_deref() == Some("in-use"), Walk::Dropped("state"))?;
    if !balancer.security_groups.is_empty() {
        let leaves = |group: &SecurityGroup, unknown: &mut bool| {
            passes(network, &group.egress, probe, probe.destination, &target.security_groups, unknown)
        };
        any_group(network, &balancer.security_groups, leaves)?;
    }
    stays(network, node, probe.destination)?;
    let border = node.subnet != target.subnet;
    if border {
        let packet = (probe.destination, probe.port);
        check(entry(network, node, true, packet)?, Walk::Dropped("network ACL of the node, out"))?;
        check(
            entry(network, target, false, (probe.source, probe.port))?,
            Walk::Dropped("network ACL of the target, in"),
        )?;
    }
    let enters = |group: &SecurityGroup, unknown: &mut bool| {
        passes(network, &group.ingress, probe, probe.source, &balancer.security_groups, unknown)
    };
    any_group(network, &target.security_groups, enters)?;
    if border {
        let out = entry(network, target, true, (probe.source, probe.client_port))?;
        check(out, Walk::NoReply("network ACL of the target, out"))?;
        let back = entry(network, node, false, (probe.destination, probe.client_port))?;
        check(back, Walk::NoReply("network ACL of the node, in"))?;
    }
    if preserved { Ok(()) } else { stays(network, target, probe.source) }
}

fn any_group(
    network: &Network,
    groups: &[String],
    lets: impl Fn(&SecurityGroup, &mut bool) -> bool,
) -> Result<(), Walk> {
    let mut unknown = false;
    for id in groups {
        match network.security_groups.iter().find(|group| group.id == *id) {
            Some(group) if lets(group, &mut unknown) => return Ok(()),
            Some(_) => {}
            None => unknown = true,
        }
    }
    Err(if unknown { Walk::Unknown("security group") } else { Walk::Dropped("security group") })
}

fn passes(
    network: &Network,
    rules: &[SecurityGroupRule],
    probe: &Probe,
    other: IpAddr,
    groups_of_other: &[String],
    unknown: &mut bool,
) -> bool {
    rules.iter().filter(|rule| speaks_of(rule.traffic, probe, Crossing::In)).any(|rule| {
        let member = rule.groups.iter().any(|group| groups_of_other.contains(group));
        let admitted = admits(network, rule, other, None);
        *unknown |= admitted.is_none();
        member || admitted == Some(true)
    })
}

/// Whether the first entry that matches lets a TCP packet through.
fn entry(
    network: &Network,
    interface: &NetworkInterface,
    egress: bool,
    (other, port): (IpAddr, u16),
) -> Result<bool, Walk> {
    let acl = network.network_acls.iter().find(|acl| acl.subnets.contains(&interface.subnet));
    let mut entries: Vec<_> = acl.ok_or(Walk::Unknown("network ACL"))?.entries.iter().collect();
    entries.sort_by_key(|entry| entry.number);
    let matches = |traffic| match traffic {
        Traffic::All => true,
        Traffic::Ports { protocol, from, to } => protocol == 6 && from <= port && port <= to,
        Traffic::Icmp { .. } | Traffic::Protocol { .. } => false,
    };
    let first = entries
        .into_iter()
        .find(|entry| entry.egress == egress && entry.range.contains(&other) && matches(entry.traffic));
    Ok(first.is_some_and(|entry| entry.allow))
}

/// Whether a packet from the subnet of `from` stays inside the VPC.
fn stays(network: &Network, from: &NetworkInterface, destination: IpAddr) -> Result<(), Walk> {
    let table = table_of_subnet(network, &from.subnet, &from.vpc).ok_or(Walk::Unknown("route table"))?;
    let local = table.routes.iter().any(|route| route.target == "local");
    match lookup(network, table, destination) {
        Err(()) => Err(Walk::Unknown("prefix list")),
        Ok(None) => Ok(()), // the VPC's own route always exists, also where an answer leaves it out
        Ok(Some(route)) if route.blackhole => Err(Walk::Dropped("blackhole")),
        Ok(Some(route)) if route.target == "local" => Ok(()),
        Ok(Some(route)) if middlebox(route) => Err(Walk::Unknown("middlebox")),
        Ok(Some(_)) if local => Err(Walk::Dropped("more specific route")),
        Ok(Some(_)) => Ok(()),
    }
}
