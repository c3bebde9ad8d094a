//! The specification of the prover: one packet and its reply, hop by hop, as the AWS documents describe it.
//!
//! No sets, no compilation, no cache, and no code of the prover: only the words of the model. Slow on purpose.
//! Sources: Amazon VPC User Guide, "Internet gateways", "Network ACLs", "Security groups", "Route priority".

use std::net::IpAddr;

use inspector_model::network::{
    AclEntry, Network, NetworkAcl, NetworkInterface, Route, RouteDestination, RouteTable, SecurityGroupRule, Traffic,
    VpnConnection, VpnGateway,
};

pub mod balancer;
pub mod direct_connect;
mod middlebox;
pub mod transit;

/// A request to an address of an interface. Ports are zero where the protocol has none; ICMP means
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

/// Sends `probe` to `interface` through the VPC peering connection `id`, from the interface that has its source address.
pub fn walk_peering(network: &Network, id: &str, interface: &NetworkInterface, probe: &Probe) -> Walk {
    let Some(peering) = network.peerings.iter().find(|peering| peering.id == id) else {
        return Walk::Unknown("peering");
    };
    let theirs = peering.sides.iter().find(|side| side.vpc != interface.vpc).map(|side| side.vpc.as_str());
    let sender = network.interfaces.iter().find(|sender| {
        Some(sender.vpc.as_str()) == theirs && sender.addresses.iter().any(|address| address.address == probe.source)
    });
    let Some(sender) = sender else { return Walk::Dropped("source") };
    let active = check(peering.status.as_deref() == Some("active"), Walk::Dropped("peering"));
    between(network, sender, interface, probe, active, id)
}

/// Sends `probe` to `interface` through the virtual private gateway `id`, from behind one of its VPN connections.
pub fn walk_vpn(network: &Network, id: &str, interface: &NetworkInterface, probe: &Probe) -> Walk {
    let attached =
        |gateway: &VpnGateway| gateway.id == id && gateway.vpcs.contains(&interface.vpc) && available(&gateway.state);
    let behind = |connection: &VpnConnection| {
        let routes = connection.static_routes.as_ref();
        connection.vpn_gateway.as_deref() == Some(id)
            && available(&connection.state)
            && routes.is_none_or(|ranges| ranges.iter().any(|range| range.contains(&probe.source)))
    };
    let here = [
        up(network, interface),
        check(probe.source.is_ipv4(), Walk::Dropped("family")),
        check(network.vpn_gateways.iter().any(attached), Walk::Dropped("gateway")),
        check(network.vpn_connections.iter().any(behind), Walk::Dropped("source")),
    ];
    deliver(network, id, interface, probe, &here)
}

fn available(state: &Option<String>) -> bool {
    state.as_deref() == Some("available")
}

/// Sends `probe` to `interface` from the interface of its own VPC that has its source address.
pub fn walk_inside(network: &Network, interface: &NetworkInterface, probe: &Probe) -> Walk {
    let sender = network.interfaces.iter().find(|sender| {
        sender.vpc == interface.vpc && sender.addresses.iter().any(|address| address.address == probe.source)
    });
    let Some(sender) = sender else { return Walk::Dropped("source") };
    if sender.subnet != interface.subnet {
        return between(network, sender, interface, probe, Ok(()), "local");
    }
    // Inside a subnet neither network ACLs nor routes are passed.
    let seen = Probe { source: probe.destination, ..*probe };
    let request = [
        up(network, interface),
        up(network, sender),
        outbound(network, sender, Some(interface), &seen),
        groups(network, interface, probe, Some(sender)),
    ];
    worst(&request).unwrap_or(Walk::Answered)
}

/// Between two interfaces whose routes have to name `target`.
fn between(
    network: &Network,
    sender: &NetworkInterface,
    interface: &NetworkInterface,
    probe: &Probe,
    gateway: Result<(), Walk>,
    target: &str,
) -> Walk {
    let seen = Probe { source: probe.destination, ..*probe };
    let request = [
        up(network, interface),
        up(network, sender),
        gateway,
        outbound(network, sender, Some(interface), &seen),
        acl(network, sender, &seen, Crossing::Out).and_then(|allow| check(allow, Walk::Dropped("sender's ACL"))),
        routed(network, sender, probe.destination, target, Walk::Dropped("sender's route")),
        acl(network, interface, probe, Crossing::In).and_then(|allow| check(allow, Walk::Dropped("network ACL"))),
        groups(network, interface, probe, Some(sender)),
    ];
    let reply = [
        acl(network, interface, probe, Crossing::BackOut).and_then(|allow| check(allow, Walk::NoReply("network ACL"))),
        routed(network, interface, probe.source, target, Walk::NoReply("route")),
        acl(network, sender, &seen, Crossing::BackIn).and_then(|allow| check(allow, Walk::NoReply("sender's ACL"))),
    ];
    worst(&request).or_else(|| worst(&reply)).unwrap_or(Walk::Answered)
}

/// A certain stop outweighs every doubt.
fn worst(checks: &[Result<(), Walk>]) -> Option<Walk> {
    let stops = || checks.iter().filter_map(|check| check.as_ref().err());
    stops().find(|stop| !matches!(stop, Walk::Unknown(_))).or_else(|| stops().next()).cloned()
}

fn up(network: &Network, interface: &NetworkInterface) -> Result<(), Walk> {
    let running = network.instances.iter().any(|instance| {
        Some(&instance.id) == interface.instance.as_ref() && instance.state.as_deref() == Some("running")
    });
    check(running && interface.status.as_deref() == Some("in-use"), Walk::Dropped("state"))
}

/// Whether the table of the interface's subnet sends packets to `destination` to `target`.
fn routed(
    network: &Network,
    interface: &NetworkInterface,
    destination: IpAddr,
    target: &str,
    otherwise: Walk,
) -> Result<(), Walk> {
    let table = table_of_subnet(network, &interface.subnet, &interface.vpc).ok_or(Walk::Unknown("route table"))?;
    match lookup(network, table, destination) {
        Err(()) => Err(Walk::Unknown("prefix list")),
        Ok(Some(route)) if route.blackhole => Err(otherwise),
        Ok(Some(route)) if route.target == target => Ok(()),
        Ok(Some(route)) if middlebox(route) => Err(Walk::Unknown("middlebox")),
        Ok(None) if target == "local" => Ok(()), // the VPC's own route always exists
        Ok(Some(_) | None) => Err(otherwise),
    }
}

/// Whether some group of the sender admits its packet: `seen` has the receiver as the other end, which a rule may mean by its
/// groups where `receiver` tells them.
fn outbound(
    network: &Network,
    sender: &NetworkInterface,
    receiver: Option<&NetworkInterface>,
    seen: &Probe,
) -> Result<(), Walk> {
    let mut unknown = false;
    for id in &sender.security_groups {
        let Some(group) = network.security_groups.iter().find(|group| group.id == *id) else {
            unknown = true;
            continue;
        };
        for rule in group.egress.iter().filter(|rule| speaks_of(rule.traffic, seen, Crossing::Out)) {
            match admits(network, rule, seen.source, receiver) {
                Some(true) => return Ok(()),
                Some(false) => {}
                None => unknown = true,
            }
        }
    }
    Err(if unknown { Walk::Unknown("sender's group") } else { Walk::Dropped("sender's group") })
}

/// Sends `probe` to `interface` through the internet gateway.
pub fn walk(network: &Network, interface: &NetworkInterface, probe: &Probe) -> Walk {
    let Some(vpc) = network.vpcs.iter().find(|vpc| vpc.id == interface.vpc) else { return Walk::Unknown("vpc") };
    let gateway = network.internet_gateways.iter().find(|gateway| gateway.vpcs.contains(&interface.vpc));
    let Some(gateway) = gateway else { return Walk::Dropped("gateway") };
    let here = [
        up(network, interface),
        check(public(probe.source), Walk::Dropped("source")),
        check(!vpc.ranges.iter().any(|range| range.contains(&probe.source)), Walk::Dropped("source")),
        check(known_to_gateway(interface, probe), Walk::Dropped("address")),
        check(!shut(network, interface), Walk::Dropped("public access")),
    ];
    deliver(network, &gateway.id, interface, probe, &here)
}

/// From a gateway to the interface and back, where `here` holds of both.
fn deliver(
    network: &Network,
    gateway: &str,
    interface: &NetworkInterface,
    probe: &Probe,
    here: &[Result<(), Walk>],
) -> Walk {
    let handed = delivered(network, gateway, probe);
    if let Ok(Some(target)) = handed {
        return middlebox::walk_through(network, (gateway, target), interface, probe, here);
    }
    let mut request = here.to_vec();
    request.extend([
        handed.map(|_| ()),
        acl(network, interface, probe, Crossing::In).and_then(|allow| check(allow, Walk::Dropped("network ACL"))),
        groups(network, interface, probe, None),
    ]);
    let reply = [
        // Security groups remember the request; network ACLs and routes do not.
        acl(network, interface, probe, Crossing::BackOut).and_then(|allow| check(allow, Walk::NoReply("network ACL"))),
        routed(network, interface, probe.source, gateway, Walk::NoReply("route")),
    ];
    worst(&request).or_else(|| worst(&reply)).unwrap_or(Walk::Answered)
}

/// Whether VPC Block Public Access stops packets from the internet to the interface.
fn shut(network: &Network, interface: &NetworkInterface) -> bool {
    let blocked = network.public_access_blocks.iter().any(|block| block.vpcs.contains(&interface.vpc));
    let excluded = network.public_access_exclusions.iter().any(|exclusion| {
        [&interface.vpc, &interface.subnet].contains(&&exclusion.resource)
            && exclusion.mode == "allow-bidirectional"
            && exclusion.state.as_deref() == Some("create-complete")
    });
    blocked && !excluded
}

/// A public address stands for the private one, or the address is a global one itself.
fn known_to_gateway(interface: &NetworkInterface, probe: &Probe) -> bool {
    let address = interface.addresses.iter().find(|address| address.address == probe.destination);
    address.is_some_and(|address| match probe.destination {
        IpAddr::V4(_) => address.public.is_some(),
        IpAddr::V6(_) => public(probe.destination),
    })
}

/// The middlebox that the gateway's own route table, where it has one, hands the packet to instead of the subnet.
fn delivered<'n>(network: &'n Network, gateway: &str, probe: &Probe) -> Result<Option<&'n str>, Walk> {
    let Some(table) = table_of_gateway(network, gateway) else { return Ok(None) };
    match lookup(network, table, probe.destination) {
        Ok(Some(route)) if route.blackhole => Err(Walk::Dropped("gateway route")),
        Ok(Some(route)) if route.target == "local" => Ok(None),
        Ok(Some(route)) if middlebox(route) => Ok(Some(&route.target)),
        Ok(Some(_)) => Err(Walk::Dropped("gateway route")),
        Ok(None) => Ok(None), // the VPC's own route always exists, also where an answer leaves it out
        Err(()) => Err(Walk::Unknown("prefix list")),
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

/// Which border of a subnet a packet crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crossing {
    In,
    Out,
    BackOut,
    BackIn,
}

fn acl(network: &Network, interface: &NetworkInterface, probe: &Probe, crossing: Crossing) -> Result<bool, Walk> {
    let acl = network.network_acls.iter().find(|acl| acl.subnets.contains(&interface.subnet));
    let acl = acl.ok_or(Walk::Unknown("network ACL"))?;
    Ok(deciding_entry(acl, probe, crossing).is_some_and(|entry| entry.allow))
}

/// The first entry, by number, that speaks of the packet; `source` of `probe` is the other end.
pub(crate) fn deciding_entry<'n>(acl: &'n NetworkAcl, probe: &Probe, crossing: Crossing) -> Option<&'n AclEntry> {
    let mut entries: Vec<&AclEntry> = acl.entries.iter().collect();
    entries.sort_by_key(|entry| entry.number);
    let egress = matches!(crossing, Crossing::Out | Crossing::BackOut);
    entries.into_iter().find(|entry| {
        entry.egress == egress && entry.range.contains(&probe.source) && speaks_of(entry.traffic, probe, crossing)
    })
}

/// Whether a rule speaks of the request.
pub(crate) fn speaks_of_request(traffic: Traffic, probe: &Probe) -> bool {
    speaks_of(traffic, probe, Crossing::In)
}

/// Whether a rule speaks of the request, or of the reply on its way back.
fn speaks_of(traffic: Traffic, probe: &Probe, crossing: Crossing) -> bool {
    let request = matches!(crossing, Crossing::In | Crossing::Out);
    let port = if request { probe.port } else { probe.client_port };
    let echo = match (probe.source, request) {
        (IpAddr::V4(_), true) => 8,
        (IpAddr::V4(_), false) => 0,
        (IpAddr::V6(_), true) => 128,
        (IpAddr::V6(_), false) => 129,
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

fn groups(
    network: &Network,
    interface: &NetworkInterface,
    probe: &Probe,
    sender: Option<&NetworkInterface>,
) -> Result<(), Walk> {
    let mut unknown = false;
    for id in &interface.security_groups {
        let Some(group) = network.security_groups.iter().find(|group| group.id == *id) else {
            unknown = true;
            continue;
        };
        for rule in group.ingress.iter().filter(|rule| speaks_of(rule.traffic, probe, Crossing::In)) {
            match admits(network, rule, probe.source, sender) {
                Some(true) => return Ok(()),
                Some(false) => {}
                None => unknown = true,
            }
        }
    }
    Err(if unknown { Walk::Unknown("security group") } else { Walk::Dropped("security group") })
}

/// A group on the other side means private addresses of its members, never a source on the internet.
pub(crate) fn admits(
    network: &Network,
    rule: &SecurityGroupRule,
    source: IpAddr,
    other: Option<&NetworkInterface>,
) -> Option<bool> {
    if other.is_some_and(|other| rule.groups.iter().any(|id| other.security_groups.contains(id))) {
        return Some(true);
    }
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

/// The route table of a subnet: its own, else the main one of its VPC.
pub(crate) fn table_of_subnet<'n>(network: &'n Network, subnet: &str, vpc: &str) -> Option<&'n RouteTable> {
    let explicit = network.route_tables.iter().find(|table| table.subnets.iter().any(|id| id == subnet));
    explicit.or_else(|| network.route_tables.iter().find(|table| table.main && table.vpc == vpc))
}

/// The route table of a gateway, where it has one.
pub(crate) fn table_of_gateway<'n>(network: &'n Network, gateway: &str) -> Option<&'n RouteTable> {
    network.route_tables.iter().find(|table| table.gateways.iter().any(|id| id == gateway))
}

/// The route that carries a packet to `destination`; an error where an unknown prefix list might be that route.
pub(crate) fn lookup<'n>(
    network: &'n Network,
    table: &'n RouteTable,
    destination: IpAddr,
) -> Result<Option<&'n Route>, ()> {
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
