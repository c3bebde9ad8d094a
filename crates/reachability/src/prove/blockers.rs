//! Everything that stands in the way of one protocol, not only the first.

use inspector_model::network::{Edge, NetworkInterface};

use super::endpoint::Target;
use super::groups::Admissions;
use super::way::{Way, meets};
use crate::address::{self, Address};
use crate::fact::Blocker;
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;

/// Packets by destination ports and sources.
type Packets<A> = Vec<((u16, u16), IntervalSet<A>)>;

/// What the filters and routes stop. Network ACL and routes are judged by the packets that the security groups admit,
/// or by any packet from the internet where they admit none.
pub(super) fn of_filters<'n, A: Address>(
    index: &Index<'n>,
    interface: &NetworkInterface,
    way: &Way<'n, A>,
    targets: &[&Target<'_, 'n, A>],
    protocol: Protocol,
    admitted: &[(&str, &Admissions<A>)],
) -> Vec<Blocker> {
    let mut blockers = way.notes.blockers.clone();
    if way.sources.is_empty() {
        blockers.push(no_source(interface, way));
        return blockers;
    }
    let mut packets: Packets<A> = admitted
        .iter()
        .flat_map(|(_, admissions)| &admissions.known)
        .map(|admission| (admission.ports, admission.sources.intersection(&way.sources)))
        .filter(|(_, sources)| !sources.is_empty())
        .collect();
    if packets.is_empty() && admitted.iter().all(|(_, admissions)| admissions.unknown.is_empty()) {
        blockers.extend(of_groups(index, interface, way.entry.edge, protocol));
    }
    if packets.is_empty() {
        packets.push((protocol.service_ports(), way.sources.clone()));
    }
    let sources = packets.iter().fold(IntervalSet::empty(), |all, (_, sources)| all.union(sources));
    if !way.entry.origins.iter().all(|origin| origin.same_subnet) {
        blockers.extend(of_acl(way, protocol, &packets, &sources));
        let detours = targets.iter().filter_map(|target| Some((A::of_ip(target.address.address)?, target.detour()?)));
        let detours: Vec<_> = detours.collect();
        if detours.is_empty() || detours.len() < targets.len() {
            blockers.extend(of_routes(way, &sources));
        }
        for (to, detour) in detours {
            blockers.extend(detour.blockers(index, way, interface, to, protocol, &packets));
        }
    }
    blockers.extend(of_senders(index, interface, way, protocol));
    blockers
}

/// What is said where nothing stands in the way alone.
pub(super) fn together(interface: &NetworkInterface) -> Blocker {
    let detail = "groups, network ACL and routes each let some packets through, and none passes all of them";
    Blocker::new("NO_PATH", &interface.id, detail)
}

fn no_source<A: Address>(interface: &NetworkInterface, way: &Way<'_, A>) -> Blocker {
    let component = way.entry.via.unwrap_or(&interface.vpc);
    match way.entry.edge {
        Edge::Internet => {
            let detail = "none of the sources asked about is on the internet";
            Blocker::new("IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS", component, detail)
        }
        Edge::LoadBalancer
        | Edge::PeeredVPC
        | Edge::VGW
        | Edge::DirectConnect
        | Edge::VPN
        | Edge::TransitGateway
        | Edge::ClientVPN
        | Edge::EndpointService
        | Edge::IntraVPC => Blocker::new("NO_PATH", component, "none of the sources asked about is behind it"),
    }
}

/// Where packets come from, for a person.
fn whence(edge: Edge) -> &'static str {
    match edge {
        Edge::Internet => "the internet",
        Edge::PeeredVPC => "the peered VPC",
        Edge::IntraVPC => "the VPC",
        Edge::LoadBalancer => "the load balancer",
        Edge::EndpointService => "the endpoint service",
        Edge::VGW | Edge::DirectConnect | Edge::VPN | Edge::TransitGateway | Edge::ClientVPN => {
            "the sources behind the gateway"
        }
    }
}

/// Where replies have to go, for a person.
fn back<A>(way: &Way<'_, A>) -> String {
    match way.entry.back {
        Some(target) => format!("`{target}`"),
        None => "an internet gateway".to_owned(),
    }
}

fn of_groups(index: &Index<'_>, interface: &NetworkInterface, edge: Edge, protocol: Protocol) -> Vec<Blocker> {
    if interface.security_groups.is_empty() {
        return vec![Blocker::new("SG_HAS_NO_RULES", &interface.id, "the interface has no security group")];
    }
    let of_group = |id: &String| match index.group(id) {
        Some(group) if group.ingress.is_empty() => Blocker::new("SG_HAS_NO_RULES", id, "the group has no inbound rule"),
        Some(_) | None => {
            let detail = format!("no inbound rule admits {protocol} from {}", whence(edge));
            Blocker::new("ENI_SG_RULES_MISMATCH", id, detail)
        }
    };
    interface.security_groups.iter().map(of_group).collect()
}

fn of_acl<A: Address>(
    way: &Way<'_, A>,
    protocol: Protocol,
    packets: &Packets<A>,
    sources: &IntervalSet<A>,
) -> Vec<Blocker> {
    let Some(acl) = way.acl else { return Vec::new() };
    let mut blockers = Vec::new();
    let filter = way.near(protocol);
    let arrives = |(ports, from): &((u16, u16), IntervalSet<A>)| {
        filter.requests.iter().any(|passage| meets(*ports, passage.ports) && from.meets(&passage.arrive))
    };
    if !packets.iter().any(arrives) {
        let detail = format!("no inbound entry lets the {protocol} requests in");
        blockers.push(Blocker::new("SUBNET_ACL_RESTRICTION", &acl.id, detail));
    }
    if !filter.replies.iter().any(|slice| slice.addresses.meets(sources)) {
        let ports = if protocol.has_ports() { " to any client port from 1024 to 65535" } else { "" };
        let detail = format!("no outbound entry lets the {protocol} replies out{ports}");
        blockers.push(Blocker::new("SUBNET_ACL_RESTRICTION", &acl.id, detail));
    }
    blockers
}

fn of_routes<A: Address>(way: &Way<'_, A>, sources: &IntervalSet<A>) -> Vec<Blocker> {
    let Some(table) = way.table.filter(|_| !way.routes.wanted.meets(sources)) else { return Vec::new() };
    let gateway = back(way);
    let mut blockers = Vec::new();
    if way.routes.dropped.meets(sources) {
        let detail = "the route that replies would take is in state blackhole";
        blockers.push(Blocker::new("BAD_STATE_ROUTE", &table.id, detail));
    }
    for (target, taken) in &way.routes.elsewhere {
        if taken.meets(sources) {
            let detail = format!("replies go to `{target}`, not back to {gateway}");
            blockers.push(Blocker::new("CANNOT_ROUTE", &table.id, detail));
        }
    }
    if blockers.is_empty() {
        let detail = format!("no route to {} by {gateway}", brief(sources, way));
        blockers.push(Blocker::new("NO_ROUTE_TO_DESTINATION", &table.id, detail));
    }
    blockers
}

/// What the senders' own side stops, and what stands between it and the VPC, where it stops all of them.
fn of_senders<A: Address>(
    index: &Index<'_>,
    interface: &NetworkInterface,
    way: &Way<'_, A>,
    protocol: Protocol,
) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    for address in interface.addresses.iter().filter_map(|address| A::of_ip(address.address)) {
        for origin in &way.entry.origins {
            let far = origin.far.iter().flat_map(|far| far.passed(index, interface, address, protocol).blockers);
            let mut of_origin: Vec<Blocker> = far.collect();
            if let Some(between) = &origin.between {
                of_origin.extend(between.blockers(&origin.sources, address, protocol));
            }
            if of_origin.is_empty() {
                return Vec::new();
            }
            blockers.extend(of_origin);
        }
    }
    blockers
}

/// Sources for a person: three ranges say what is meant.
fn brief<A: Address>(sources: &IntervalSet<A>, way: &Way<'_, A>) -> String {
    match sources.intervals() {
        _ if *sources == way.sources && !way.entry.narrowed => whence(way.entry.edge).to_owned(),
        ranges if ranges.len() > 3 => {
            let first = IntervalSet::of(ranges.iter().take(3).copied().collect());
            format!("{} and {} more ranges", address::describe(&first), ranges.len() - 3)
        }
        _ => address::describe(sources),
    }
}
