//! Everything that stands in the way of one protocol, not only the first.

use inspector_model::network::NetworkInterface;

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
pub(super) fn of_filters<A: Address>(
    index: &Index<'_>,
    interface: &NetworkInterface,
    way: &Way<'_, A>,
    protocol: Protocol,
    admitted: &[(&str, &Admissions<A>)],
) -> Vec<Blocker> {
    let mut blockers = way.blockers.clone();
    if way.internet.is_empty() {
        let component = way.gateway.unwrap_or(&interface.vpc);
        let detail = "none of the sources asked about is on the internet";
        blockers.push(Blocker::new("IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS", component, detail));
        return blockers;
    }
    let mut packets: Packets<A> = admitted
        .iter()
        .flat_map(|(_, admissions)| &admissions.known)
        .map(|admission| (admission.ports, admission.sources.intersection(&way.internet)))
        .filter(|(_, sources)| !sources.is_empty())
        .collect();
    if packets.is_empty() && admitted.iter().all(|(_, admissions)| admissions.unknown.is_empty()) {
        blockers.extend(of_groups(index, interface, protocol));
    }
    if packets.is_empty() {
        packets.push((protocol.service_ports(), way.internet.clone()));
    }
    let sources = packets.iter().fold(IntervalSet::empty(), |all, (_, sources)| all.union(sources));
    blockers.extend(of_acl(way, protocol, &packets, &sources));
    blockers.extend(of_routes(way, &sources));
    if blockers.is_empty() {
        let detail = "groups, network ACL and routes each let some packets through, and none passes all of them";
        blockers.push(Blocker::new("NO_PATH", &interface.id, detail));
    }
    blockers
}

fn of_groups(index: &Index<'_>, interface: &NetworkInterface, protocol: Protocol) -> Vec<Blocker> {
    if interface.security_groups.is_empty() {
        return vec![Blocker::new("SG_HAS_NO_RULES", &interface.id, "the interface has no security group")];
    }
    let of_group = |id: &String| match index.group(id) {
        Some(group) if group.ingress.is_empty() => Blocker::new("SG_HAS_NO_RULES", id, "the group has no inbound rule"),
        Some(_) | None => {
            let detail = format!("no inbound rule admits {protocol} from the internet");
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
    let filter = way.filter(protocol);
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
    let mut blockers = Vec::new();
    if way.routes.dropped.meets(sources) {
        let detail = "the route that replies would take is in state blackhole";
        blockers.push(Blocker::new("BAD_STATE_ROUTE", &table.id, detail));
    }
    for (target, taken) in &way.routes.elsewhere {
        if taken.meets(sources) {
            let detail = format!("replies go to `{target}`, not back through the internet gateway");
            blockers.push(Blocker::new("CANNOT_ROUTE", &table.id, detail));
        }
    }
    if blockers.is_empty() {
        let gateway = way.gateway.map_or_else(|| "an internet gateway".to_owned(), |gateway| format!("`{gateway}`"));
        let detail = format!("no route to {} by {gateway}", brief(sources, way));
        blockers.push(Blocker::new("NO_ROUTE_TO_DESTINATION", &table.id, detail));
    }
    blockers
}

/// Sources for a person: three ranges say what is meant.
fn brief<A: Address>(sources: &IntervalSet<A>, way: &Way<'_, A>) -> String {
    match sources.intervals() {
        _ if *sources == way.internet && !way.narrowed => "the internet".to_owned(),
        ranges if ranges.len() > 3 => {
            let first = IntervalSet::of(ranges.iter().take(3).copied().collect());
            format!("{} and {} more ranges", address::describe(&first), ranges.len() - 3)
        }
        _ => address::describe(sources),
    }
}
