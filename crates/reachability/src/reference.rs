//! The specification of the prover: one packet and its reply, hop by hop, as the AWS documents describe it.
//!
//! No sets, no compilation, no cache, and no code of the prover: only the words of the model. Slow on purpose.
//! Sources: Amazon VPC User Guide, "Internet gateways", "Network ACLs", "Security groups", "Route priority".

use std::net::IpAddr;

use inspector_model::network::{
    AclEntry, Network, NetworkInterface, Route, RouteDestination, RouteTable, SecurityGroupRule, Traffic,
};

/// A request from the internet to an address of an interface. Ports are zero where the protocol has none; ICMP means
/// an echo request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// Who sends it.
    pub source: IpAddr,
    /// From which port, and so to which port the reply goes.
    pub client_port: u16,
    /// The address of the interface, as the interface knows it.
    pub destination: IpAddr,
    /// To which port.
    pub port: u16,
    /// IANA protocol number.
    pub protocol: u8,
}

/// How far a probe gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walk {
    /// The request is dropped there.
    Dropped(&'static str),
    /// The request arrives and its reply is dropped there.
    NoReply(&'static str),
    /// The reply gets back.
    Answered,
    /// What decides is not in the network or not modelled.
    Unknown(&'static str),
}

/// Sends `probe` to `interface` through the internet gateway.
pub fn walk(network: &Network, interface: &NetworkInterface, probe: &Probe) -> Walk {
    match request(network, interface, probe) {
        Ok(gateway) => match reply(network, interface, probe, gateway) {
            Ok(()) => Walk::Answered,
            Err(stop) => stop,
        },
        Err(stop) => stop,
    }
}

fn request<'n>(network: &'n Network, interface: &NetworkInterface, probe: &Probe) -> Result<&'n str, Walk> {
    let running = network.instances.iter().any(|instance| {
        Some(&instance.id) == interface.instance.as_ref() && instance.state.as_deref() == Some("running")
    });
    check(running && interface.status.as_deref() == Some("in-use"), Walk::Dropped("state"))?;
    check(public(probe.source), Walk::Dropped("source"))?;
    let vpc = network.vpcs.iter().find(|vpc| vpc.id == interface.vpc).ok_or(Walk::Unknown("vpc"))?;
    check(!vpc.ranges.iter().any(|range| range.contains(&probe.source)), Walk::Dropped("source"))?;
    let gateway = network
        .internet_gateways
        .iter()
        .find(|gateway| gateway.vpcs.contains(&interface.vpc))
        .ok_or(Walk::Dropped("gateway"))?;
    let address = interface.addresses.iter().find(|address| address.address == probe.destination);
    let address = address.ok_or(Walk::Dropped("address"))?;
    match probe.destination {
        IpAddr::V4(_) => check(address.public.is_some(), Walk::Dropped("address"))?,
        IpAddr::V6(_) => check(public(probe.destination), Walk::Dropped("address"))?,
    }
    if let Some(table) = network.route_tables.iter().find(|table| table.gateways.contains(&gateway.id)) {
        match lookup(network, table, probe.destination) {
            Ok(Some(route)) if route.blackhole => return Err(Walk::Dropped("gateway route")),
            Ok(Some(route)) if route.target == "local" => {}
            Ok(Some(route)) if middlebox(route) => return Err(Walk::Unknown("middlebox")),
            Ok(Some(_)) => return Err(Walk::Dropped("gateway route")),
            Ok(None) => {} // the VPC's own route always exists, also where an answer leaves it out
            Err(()) => return Err(Walk::Unknown("prefix list")),
        }
    }
    check(acl(network, interface, probe, Crossing::In)?, Walk::Dropped("network ACL"))?;
    groups(network, interface, probe)?;
    Ok(&gateway.id)
}

fn reply(network: &Network, interface: &NetworkInterface, probe: &Probe, gateway: &str) -> Result<(), Walk> {
    // Security groups remember the request; network ACLs and routes do not.
    check(acl(network, interface, probe, Crossing::Out)?, Walk::NoReply("network ACL"))?;
    let explicit = network.route_tables.iter().find(|table| table.subnets.contains(&interface.subnet));
    let main = || network.route_tables.iter().find(|table| table.main && table.vpc == interface.vpc);
    let table = explicit.or_else(main).ok_or(Walk::Unknown("route table"))?;
    match lookup(network, table, probe.source) {
        Err(()) => Err(Walk::Unknown("prefix list")),
        Ok(None) => Err(Walk::NoReply("no route")),
        Ok(Some(route)) if route.blackhole => Err(Walk::NoReply("blackhole")),
        Ok(Some(route)) if route.target == gateway => Ok(()),
        Ok(Some(route)) if middlebox(route) => Err(Walk::Unknown("middlebox")),
        Ok(Some(_)) => Err(Walk::NoReply("route elsewhere")),
    }
}

fn check(ok: bool, stop: Walk) -> Result<(), Walk> {
    if ok { Ok(()) } else { Err(stop) }
}

/// Whether packets with this address exist on the internet.
fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let protocol = (a, b, c) == (192, 0, 0);
            !(a == 0 || a >= 224 || shared || protocol)
                && !(address.is_private() || address.is_loopback() || address.is_link_local())
        }
        IpAddr::V6(address) => matches!(address.octets(), [0x20..=0x3f, ..]),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Crossing {
    In,
    Out,
}

fn acl(network: &Network, interface: &NetworkInterface, probe: &Probe, crossing: Crossing) -> Result<bool, Walk> {
    let acl = network.network_acls.iter().find(|acl| acl.subnets.contains(&interface.subnet));
    let mut entries: Vec<&AclEntry> = acl.ok_or(Walk::Unknown("network ACL"))?.entries.iter().collect();
    entries.sort_by_key(|entry| entry.number);
    for entry in entries {
        let direction = entry.egress == (crossing == Crossing::Out);
        if direction && entry.range.contains(&probe.source) && speaks_of(entry.traffic, probe, crossing) {
            return Ok(entry.allow);
        }
    }
    Ok(false)
}

/// Whether a rule speaks of the request (in) or the reply (out).
fn speaks_of(traffic: Traffic, probe: &Probe, crossing: Crossing) -> bool {
    let port = if crossing == Crossing::In { probe.port } else { probe.client_port };
    let echo = match (probe.source, crossing) {
        (IpAddr::V4(_), Crossing::In) => 8,
        (IpAddr::V4(_), Crossing::Out) => 0,
        (IpAddr::V6(_), Crossing::In) => 128,
        (IpAddr::V6(_), Crossing::Out) => 129,
    };
    match traffic {
        Traffic::All => true,
        Traffic::Ports { protocol, from, to } => protocol == probe.protocol && from <= port && port <= to,
        Traffic::Icmp { protocol, icmp_type, icmp_code } => {
            protocol == probe.protocol && icmp_type.is_none_or(|is| is == echo) && icmp_code.is_none_or(|is| is == 0)
        }
        Traffic::Protocol { protocol } => protocol == probe.protocol,
    }
}

fn groups(network: &Network, interface: &NetworkInterface, probe: &Probe) -> Result<(), Walk> {
    let mut unknown = false;
    for id in &interface.security_groups {
        let Some(group) = network.security_groups.iter().find(|group| group.id == *id) else {
            unknown = true;
            continue;
        };
        for rule in group.ingress.iter().filter(|rule| speaks_of(rule.traffic, probe, Crossing::In)) {
            match admits(network, rule, probe.source) {
                Some(true) => return Ok(()),
                Some(false) => {}
                None => unknown = true,
            }
        }
    }
    Err(if unknown { Walk::Unknown("security group") } else { Walk::Dropped("security group") })
}

/// A group on the other side means private addresses of its members, never a source on the internet.
fn admits(network: &Network, rule: &SecurityGroupRule, source: IpAddr) -> Option<bool> {
    if rule.ranges.iter().any(|range| range.contains(&source)) {
        return Some(true);
    }
    let mut known = Some(false);
    for id in &rule.prefix_lists {
        match network.prefix_lists.iter().find(|list| list.id == *id) {
            Some(list) if list.ranges.iter().any(|range| range.contains(&source)) => return Some(true),
            Some(_) => {}
            None => known = None,
        }
    }
    known
}

/// An interface, an instance or a Gateway Load Balancer endpoint; a prefix list to an endpoint is a gateway endpoint.
fn middlebox(route: &Route) -> bool {
    let gateway_endpoint =
        matches!(route.destination, RouteDestination::PrefixList(_)) && route.target.starts_with("vpce-");
    !gateway_endpoint && ["eni-", "i-", "vpce-"].iter().any(|prefix| route.target.starts_with(prefix))
}

/// The route that carries a packet to `destination`; an error where an unknown prefix list might be that route.
fn lookup<'n>(network: &'n Network, table: &'n RouteTable, destination: IpAddr) -> Result<Option<&'n Route>, ()> {
    let mut best: Option<(u8, u8, &Route)> = None;
    for route in &table.routes {
        let ranges = match &route.destination {
            RouteDestination::Range(range) => vec![*range],
            RouteDestination::PrefixList(id) => match network.prefix_lists.iter().find(|list| list.id == *id) {
                Some(list) => list.ranges.clone(),
                None if route.target.starts_with("vpce-") => continue,
                None => return Err(()),
            },
        };
        let by_list = matches!(route.destination, RouteDestination::PrefixList(_));
        let priority = match (route.target == "local", route.propagated, by_list) {
            (true, _, _) => 3,
            (false, false, false) => 2,
            (false, false, true) => 1,
            (false, true, _) => 0,
        };
        for range in ranges.into_iter().filter(|range| range.contains(&destination)) {
            if best.is_none_or(|(length, rank, _)| (range.prefix_len(), priority) > (length, rank)) {
                best = Some((range.prefix_len(), priority, route));
            }
        }
    }
    Ok(best.map(|(_, _, route)| route))
}
