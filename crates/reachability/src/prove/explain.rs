//! One concrete packet, and each component that lets it and its reply through.

mod detour;

use std::net::IpAddr;

use inspector_model::network::{AclEntry, Edge, NetworkInterface, Route, RouteDestination, SecurityGroupRule, Traffic};
use inspector_model::proof::{Direction, Hop, NetworkProof, Packet};
use ipnet::IpNet;

use super::transit;
use super::way::Side;
use crate::address::{Address, Family};
use crate::fact::{Fact, Opening, Witness};
use crate::index::Index;
use crate::protocol::Protocol;

/// A client port that real clients use (RFC 6335), preferred where it is among those that get replies.
const USUAL_CLIENT_PORT: u16 = 49152;

/// Path and packets for one port of one opening of a reachable fact.
pub fn proof(index: &Index<'_>, fact: &Fact, opening: &Opening, port: u16) -> Option<NetworkProof> {
    if let Some((_, proof)) = fact.proofs.iter().find(|(of, _)| of == opening && opening.ports.0 == port) {
        return Some(proof.clone());
    }
    let (request, reply) = packets(fact.protocol, opening, port)?;
    let interface = index.interface(&fact.eni, &fact.instance)?;
    let path = path(index, interface, fact, opening, &request);
    Some(NetworkProof { path, request, reply, assumptions: fact.assumptions.clone() })
}

/// Fills path and witness of `fact` from its first opening.
pub(super) fn witness(index: &Index<'_>, fact: &mut Fact) {
    let Some(opening) = fact.openings.first().cloned() else { return };
    fact.private_ip = Some(opening.address);
    if let Some(proof) = proof(index, fact, &opening, opening.ports.0) {
        fact.path = proof.path;
        fact.witness = Some(Witness { request: proof.request, reply: proof.reply });
    }
}

pub(super) fn packets(protocol: Protocol, opening: &Opening, port: u16) -> Option<(Packet, Packet)> {
    let (source, _) = opening.sources.first()?;
    let (low, high) = opening.client_ports;
    let client = if low <= USUAL_CLIENT_PORT && USUAL_CLIENT_PORT <= high { USUAL_CLIENT_PORT } else { low };
    let request = Packet {
        protocol: protocol.to_string(),
        source: *source,
        source_port: client,
        destination: opening.address,
        destination_port: port,
    };
    let reply = Packet {
        protocol: protocol.to_string(),
        source: opening.address,
        source_port: port,
        destination: *source,
        destination_port: client,
    };
    Some((request, reply))
}

fn path(index: &Index<'_>, interface: &NetworkInterface, fact: &Fact, opening: &Opening, request: &Packet) -> Vec<Hop> {
    let mut path = Vec::new();
    let public = interface.addresses.iter().find(|a| a.address == opening.address).and_then(|address| address.public);
    let public = public.filter(|_| fact.edge == Edge::Internet);
    let sender = sender(index, interface, fact, request.source);
    let inside = fact.edge == Edge::IntraVPC;
    let client = fact.edge == Edge::ClientVPN;
    let beside = inside && sender.is_some_and(|sender| sender.subnet == interface.subnet);
    let border = !(beside || client && in_subnet(index, interface, request.source));
    let transit = transit::route(index, fact, interface, sender, request);
    let gateway = fact.via.as_deref().unwrap_or("internet gateway");
    let mut hop = |direction, component: &str, rule: String| {
        path.push(Hop { direction, component: component.to_owned(), rule });
    };
    let own = opening.address;
    let translated = |arrow: &str| {
        public.map_or_else(
            || match (fact.edge, arrow) {
                (Edge::ClientVPN, "in") => format!("sends from {}", request.source),
                (Edge::ClientVPN, _) => "takes the reply".to_owned(),
                _ => "passes on unchanged".to_owned(),
            },
            |public| match arrow {
                "in" => format!("delivers {public} to {own}"),
                _ => format!("sends from {public}"),
            },
        )
    };
    if let Some(sender) = sender {
        far_request(index, sender, interface, fact, request, border, &mut hop);
    }
    for (component, rule) in &transit.leave {
        hop(Direction::Request, component, rule.clone());
    }
    if !inside {
        hop(Direction::Request, gateway, translated("in"));
    }
    for (component, rule) in &transit.request {
        hop(Direction::Request, component, rule.clone());
    }
    let mut detour = None;
    if let Some(table) = index.gateway_table(gateway)
        && let Some(route) = best_route(index, &table.routes, own)
    {
        hop(Direction::Request, &table.id, tell_route(route));
        detour = detour::Passed::of(index, fact, interface, request, &route.target);
    }
    if let Some(detour) = &detour {
        detour.request(&mut hop);
    }
    let acl = index.acl(&interface.subnet).filter(|_| border && detour.as_ref().is_none_or(detour::Passed::border));
    if let Some((acl, entry)) = acl.filter(|_| !transit.own).and_then(|acl| {
        Some((acl, first_entry(&acl.entries, fact, request.source, request.destination_port, Side::In)?))
    }) {
        hop(Direction::Request, &acl.id, tell_entry(entry));
    }
    let group = index.group(&opening.group);
    if let Some(rule) = group.and_then(|group| admitting(index, &group.ingress, fact, request, sender)) {
        hop(Direction::Request, &opening.group, rule);
    }
    hop(Direction::Request, &interface.id, format!("interface of {}", fact.instance));
    if let Some((acl, entry)) = acl.and_then(|acl| {
        Some((acl, first_entry(&acl.entries, fact, request.source, request.source_port, Side::BackOut)?))
    }) {
        hop(Direction::Reply, &acl.id, tell_entry(entry));
    }
    let table = index.explicit_table(&interface.subnet).or_else(|| index.main_table(&interface.vpc));
    let table = table.filter(|_| border);
    if let Some((table, route)) =
        table.and_then(|table| Some((table, best_route(index, &table.routes, request.source)?)))
    {
        hop(Direction::Reply, &table.id, tell_route(route));
    }
    for (component, rule) in &transit.reply_leave {
        hop(Direction::Reply, component, rule.clone());
    }
    if let Some(detour) = &detour {
        detour.reply(&mut hop);
    }
    if !inside {
        hop(Direction::Reply, gateway, translated("out"));
    }
    for (component, rule) in &transit.reply {
        hop(Direction::Reply, component, rule.clone());
    }
    if let Some((acl, entry)) = sender.filter(|_| border && !transit.far_own).and_then(|sender| {
        let acl = index.acl(&sender.subnet)?;
        Some((acl, first_entry(&acl.entries, fact, opening.address, request.source_port, Side::BackIn)?))
    }) {
        hop(Direction::Reply, &acl.id, tell_entry(entry));
    }
    path
}

/// The interface inside a VPC that sends the packet, where it is known.
fn sender<'n>(
    index: &Index<'n>,
    interface: &NetworkInterface,
    fact: &Fact,
    source: IpAddr,
) -> Option<&'n NetworkInterface> {
    let has = |sender: &&&NetworkInterface| sender.addresses.iter().any(|address| address.address == source);
    let within = |vpc: &str| index.interfaces(vpc).iter().find(has).copied();
    match fact.edge {
        Edge::IntraVPC => within(&interface.vpc),
        Edge::PeeredVPC => {
            let peering = index.peering(fact.via.as_deref()?)?;
            within(&peering.sides.iter().find(|side| side.vpc != interface.vpc)?.vpc)
        }
        Edge::TransitGateway => {
            let attached = index.network.transit_attachments.iter().filter_map(|one| one.resource.vpc());
            attached.filter(|vpc| *vpc != interface.vpc).find_map(within)
        }
        Edge::Internet
        | Edge::LoadBalancer
        | Edge::VGW
        | Edge::DirectConnect
        | Edge::VPN
        | Edge::ClientVPN
        | Edge::EndpointService => None,
    }
}

fn in_subnet(index: &Index<'_>, interface: &NetworkInterface, address: IpAddr) -> bool {
    let own = index.subnets(&interface.vpc).iter().find(|subnet| subnet.id == interface.subnet);
    own.is_some_and(|subnet| subnet.ranges.iter().any(|range| range.contains(&address)))
}

/// The sender's own side: its group, its network ACL, its route.
fn far_request(
    index: &Index<'_>,
    sender: &NetworkInterface,
    interface: &NetworkInterface,
    fact: &Fact,
    request: &Packet,
    border: bool,
    hop: &mut impl FnMut(Direction, &str, String),
) {
    hop(Direction::Request, &sender.id, format!("sends from {}", request.source));
    let groups = sender.security_groups.iter().filter_map(|id| index.group(id));
    let rules = groups.flat_map(|group| group.egress.iter().map(move |rule| (group, rule)));
    let mut rules = rules.filter(|(_, rule)| covers(fact, rule.traffic, request.destination_port, false));
    if let Some((group, what)) =
        rules.find_map(|(group, rule)| Some((group, named(index, rule, request.destination, Some(interface))?)))
    {
        hop(Direction::Request, &group.id, format!("outbound {}", what.replacen(" from ", " to ", 1)));
    }
    if !border {
        return;
    }
    let acl = index.acl(&sender.subnet);
    if let Some((acl, entry)) = acl.and_then(|acl| {
        Some((acl, first_entry(&acl.entries, fact, request.destination, request.destination_port, Side::Out)?))
    }) {
        hop(Direction::Request, &acl.id, tell_entry(entry));
    }
    let table = index.explicit_table(&sender.subnet).or_else(|| index.main_table(&sender.vpc));
    if let Some((table, route)) =
        table.and_then(|table| Some((table, best_route(index, &table.routes, request.destination)?)))
    {
        hop(Direction::Request, &table.id, tell_route(route));
    }
}

/// The entry that decides about one packet.
pub(super) fn first_entry<'n>(
    entries: &'n [AclEntry],
    fact: &Fact,
    other: IpAddr,
    port: u16,
    side: Side,
) -> Option<&'n AclEntry> {
    entries
        .iter()
        .filter(|entry| entry.egress == side.egress() && entry.range.contains(&other))
        .find(|entry| covers(fact, entry.traffic, port, !side.requests()))
}

fn covers(fact: &Fact, traffic: Traffic, port: u16, reply: bool) -> bool {
    let ports = match (fact.family, reply) {
        (Family::Ipv4, false) => fact.protocol.requests::<u32>(traffic),
        (Family::Ipv4, true) => fact.protocol.replies::<u32>(traffic),
        (Family::Ipv6, false) => fact.protocol.requests::<u128>(traffic),
        (Family::Ipv6, true) => fact.protocol.replies::<u128>(traffic),
    };
    ports.is_some_and(|(low, high)| !fact.protocol.has_ports() || (low <= port && port <= high))
}

fn admitting(
    index: &Index<'_>,
    rules: &[SecurityGroupRule],
    fact: &Fact,
    request: &Packet,
    sender: Option<&NetworkInterface>,
) -> Option<String> {
    let mut rules = rules.iter().filter(|rule| covers(fact, rule.traffic, request.destination_port, false));
    rules.find_map(|rule| named(index, rule, request.source, sender)).map(|what| format!("inbound {what}"))
}

/// How a rule names the other end, if it does.
fn named(
    index: &Index<'_>,
    rule: &SecurityGroupRule,
    other: IpAddr,
    interface: Option<&NetworkInterface>,
) -> Option<String> {
    let what = tell_traffic(rule.traffic);
    if let Some(range) = rule.ranges.iter().find(|range| range.contains(&other)) {
        return Some(format!("{what} from {range}"));
    }
    let member = |id: &&String| interface.is_some_and(|interface| interface.security_groups.contains(id));
    if let Some(group) = rule.groups.iter().find(member) {
        return Some(format!("{what} from members of {group}"));
    }
    let lists = rule.prefix_lists.iter().filter_map(|id| index.prefix_list(id));
    let mut ranges = lists.flat_map(|list| list.ranges.iter().map(move |range| (list, range)));
    let (list, range) = ranges.find(|(_, range)| range.contains(&other))?;
    Some(format!("{what} from {range} of prefix list {}", list.id))
}

pub(super) fn best_route<'n>(index: &Index<'n>, routes: &'n [Route], destination: IpAddr) -> Option<&'n Route> {
    let length = |route: &Route| -> Option<u8> {
        let ranges: &[IpNet] = match &route.destination {
            RouteDestination::Range(range) => std::slice::from_ref(range),
            RouteDestination::PrefixList(id) => index.prefix_list(id).map_or(&[], |list| list.ranges.as_slice()),
        };
        ranges.iter().filter(|range| range.contains(&destination)).map(IpNet::prefix_len).max()
    };
    let rank = |route: &Route| match (&route.destination, route.propagated) {
        _ if route.target == "local" => 3,
        (RouteDestination::Range(_), false) => 2,
        (RouteDestination::PrefixList(_), false) => 1,
        (_, true) => 0,
    };
    let matching = routes.iter().filter_map(|route| Some((length(route)?, rank(route), route)));
    matching.rev().max_by_key(|(length, rank, _)| (*length, *rank)).map(|(_, _, route)| route)
}

pub(super) fn tell_route(route: &Route) -> String {
    let destination = match &route.destination {
        RouteDestination::Range(range) => range.to_string(),
        RouteDestination::PrefixList(id) => id.clone(),
    };
    format!("route {destination} to {}", route.target)
}

pub(super) fn tell_entry(entry: &AclEntry) -> String {
    let (direction, side) = if entry.egress { ("outbound", "to") } else { ("inbound", "from") };
    format!("{direction} entry {} allows {} {side} {}", entry.number, tell_traffic(entry.traffic), entry.range)
}

pub(super) fn tell_traffic(traffic: Traffic) -> String {
    match traffic {
        Traffic::All => "all traffic".to_owned(),
        Traffic::Ports { protocol, from, to } => {
            let name = if protocol == 6 { "tcp" } else { "udp" };
            if from == to { format!("{name} {from}") } else { format!("{name} {from}-{to}") }
        }
        Traffic::Icmp { protocol, icmp_type, icmp_code } => {
            let name = if protocol == <u32 as Address>::ECHO.protocol { "icmp" } else { "icmpv6" };
            let any = |value: Option<u8>| value.map_or_else(|| "any".to_owned(), |value| value.to_string());
            format!("{name} type {} code {}", any(icmp_type), any(icmp_code))
        }
        Traffic::Protocol { protocol } => format!("protocol {protocol}"),
    }
}
