//! Packets through transit gateways. Sources: Amazon VPC Transit Gateways guide, "How transit gateways work", "Network ACLs",
//! "Availability Zones".

use std::net::IpAddr;

use inspector_model::network::{
    Edge, Network, NetworkInterface, Subnet, TransitAssociation, TransitAttachment, TransitListing, TransitResource,
    TransitRouteTable,
};

use super::{
    Crossing, Probe, Walk, acl, check, groups, lookup, middlebox, outbound, routed, table_of_subnet, up, worst,
};

/// What becomes of a packet that comes in by an attachment.
enum End<'n> {
    /// It leaves by this one.
    Out(&'n TransitAttachment),
    /// It leaves by this one if that announces a longer prefix than anybody knows.
    Perhaps(&'n TransitAttachment),
    Dropped,
    Unknown,
}

/// Sends `probe` to `interface` through transit gateway `id` from what `edge` says: the interface of another VPC that has its
/// source address, or a network outside AWS.
pub fn walk_transit(network: &Network, edge: Edge, id: &str, interface: &NetworkInterface, probe: &Probe) -> Walk {
    let mine = |one: &&TransitAttachment| one.gateway == id && one.resource.vpc() == Some(&interface.vpc);
    let Some(ours) = network.transit_attachments.iter().find(mine) else { return Walk::Unknown("attachment") };
    if edge != Edge::TransitGateway {
        return from_outside(network, edge, ours, interface, probe);
    }
    let sender = network.interfaces.iter().find(|sender| {
        sender.vpc != interface.vpc && sender.addresses.iter().any(|address| address.address == probe.source)
    });
    let Some(sender) = sender else { return Walk::Dropped("source") };
    let theirs = network.transit_attachments.iter().filter(|one| one.resource.vpc() == Some(&sender.vpc));
    let request: Vec<Result<(), Walk>> =
        theirs.map(|from| sent(network, from, ours, sender, interface, probe)).collect();
    let request = [up(network, interface), up(network, sender), usable(network, ours, probe), any(request)];
    let reply = [replied(network, ours, interface, probe, |end| end.resource.vpc() == Some(&sender.vpc), Some(sender))];
    worst(&request).or_else(|| worst(&reply)).unwrap_or(Walk::Answered)
}

fn from_outside(
    network: &Network,
    edge: Edge,
    ours: &TransitAttachment,
    interface: &NetworkInterface,
    probe: &Probe,
) -> Walk {
    let kind = |one: &TransitAttachment| match one.resource {
        TransitResource::Vpn(_) | TransitResource::Connect(_) => edge == Edge::VPN,
        TransitResource::DirectConnect(_) => edge == Edge::DirectConnect,
        TransitResource::Vpc(_) | TransitResource::Peering(_) | TransitResource::Other(_) => false,
    };
    let in_a_vpc = network.transit_attachments.iter().any(|one| {
        let vpc = network.vpcs.iter().find(|vpc| one.resource.vpc() == Some(&vpc.id));
        vpc.is_some_and(|vpc| vpc.ranges.iter().any(|range| range.contains(&probe.source)))
    });
    let request: Vec<Result<(), Walk>> = network
        .transit_attachments
        .iter()
        .filter(|one| kind(one))
        .map(|from| {
            let checks = [
                carries(network, from, probe),
                leads(deliver(network, from, probe.destination, &mut Vec::new()), network, probe.destination, |end| {
                    same(end, ours)
                }),
                entered(network, ours, interface, probe, None, Enter::Request),
            ];
            worst(&checks).map_or(Ok(()), Err)
        })
        .collect();
    let request = [
        up(network, interface),
        check(!in_a_vpc, Walk::Dropped("source")),
        usable(network, ours, probe),
        any(request),
        groups(network, interface, probe, None),
    ];
    let reply = [replied(network, ours, interface, probe, kind, None)];
    worst(&request).or_else(|| worst(&reply)).unwrap_or(Walk::Answered)
}

/// Whether a connection from outside is there and carries packets to the destination.
fn carries(network: &Network, from: &TransitAttachment, probe: &Probe) -> Result<(), Walk> {
    check(in_use(from.state.as_deref()), Walk::Dropped("attachment"))?;
    match &from.resource {
        TransitResource::Vpn(id) => {
            let connection = network.vpn_connections.iter().find(|one| one.id == *id);
            let connection = connection.ok_or(Walk::Unknown("connection"))?;
            check(connection.state.as_deref() == Some("available"), Walk::Dropped("connection"))
        }
        TransitResource::DirectConnect(id) => {
            let mut interfaces =
                network.virtual_interfaces.iter().filter(|one| one.direct_connect_gateway.as_ref() == Some(id));
            let up = interfaces.clone().any(|one| one.state.as_deref() == Some("available"));
            interfaces.next().ok_or(Walk::Unknown("virtual interface"))?;
            check(up, Walk::Dropped("virtual interface"))?;
            let mut associations = network.direct_connect_associations.iter();
            let association = associations.find(|one| one.direct_connect_gateway == *id && one.gateway == from.gateway);
            let association = association.ok_or(Walk::Unknown("association"))?;
            check(association.state.as_deref() == Some("associated"), Walk::Dropped("association"))?;
            let allowed = association.allowed.as_deref();
            let named = |ranges: &[ipnet::IpNet]| ranges.iter().any(|range| range.contains(&probe.destination));
            check(allowed.is_none_or(named), Walk::Dropped("allowed prefixes"))
        }
        TransitResource::Vpc(_)
        | TransitResource::Peering(_)
        | TransitResource::Connect(_)
        | TransitResource::Other(_) => Ok(()),
    }
}

fn in_use(state: Option<&str>) -> bool {
    matches!(state, None | Some("available" | "modifying"))
}

fn usable(network: &Network, ours: &TransitAttachment, probe: &Probe) -> Result<(), Walk> {
    let gateway = network.transit_gateways.iter().find(|gateway| gateway.id == ours.gateway);
    check(in_use(ours.state.as_deref()), Walk::Dropped("attachment"))?;
    check(gateway.is_none_or(|gateway| in_use(gateway.state.as_deref())), Walk::Dropped("transit gateway"))?;
    check(probe.destination.is_ipv4() || ours.ipv6 != Some(false), Walk::Dropped("family"))
}

fn same(one: &TransitAttachment, other: &TransitAttachment) -> bool {
    one.id == other.id && one.gateway == other.gateway
}

/// From the sender to our attachment, into our VPC.
fn sent(
    network: &Network,
    from: &TransitAttachment,
    ours: &TransitAttachment,
    sender: &NetworkInterface,
    interface: &NetworkInterface,
    probe: &Probe,
) -> Result<(), Walk> {
    let seen = Probe { source: probe.destination, ..*probe };
    let gateway = network.transit_gateways.iter().find(|gateway| gateway.id == ours.gateway);
    let referred = from.gateway == ours.gateway
        && from.group_references == Some(true)
        && ours.group_references == Some(true)
        && gateway.is_none_or(|gateway| gateway.group_references != Some(false));
    let left = exit(network, from, sender, Walk::Dropped("sender's zone"));
    let guarded = match &left {
        Ok(Some(subnet)) => guarded(network, subnet, sender, probe, Crossing::In, Walk::Dropped("attachment's ACL")),
        Ok(None) => Ok(()),
        Err(_) => Ok(()),
    };
    let same_names = from.owner.is_none() || ours.owner.is_none() || from.owner == ours.owner;
    let zone = zone(network, &sender.subnet).filter(|_| same_names);
    let delivered = deliver(network, from, probe.destination, &mut Vec::new());
    let checks = [
        check(in_use(from.state.as_deref()), Walk::Dropped("sender's attachment")),
        check(probe.destination.is_ipv4() || from.ipv6 != Some(false), Walk::Dropped("family")),
        outbound(network, sender, None, &seen), // only inbound rules may refer to groups over a transit gateway
        acl(network, sender, &seen, Crossing::Out).and_then(|allow| check(allow, Walk::Dropped("sender's ACL"))),
        routed(network, sender, probe.destination, &from.gateway, Walk::Dropped("sender's route")),
        left.map(|_| ()),
        guarded,
        leads(delivered, network, probe.destination, |end| same(end, ours)),
        entered(network, ours, interface, probe, zone, Enter::Request),
        groups(network, interface, probe, referred.then_some(sender)),
    ];
    worst(&checks).map_or(Ok(()), Err)
}

/// From the receiver back to an attachment that `wanted` picks, and to the sender.
fn replied(
    network: &Network,
    ours: &TransitAttachment,
    interface: &NetworkInterface,
    probe: &Probe,
    wanted: impl Fn(&TransitAttachment) -> bool,
    sender: Option<&NetworkInterface>,
) -> Result<(), Walk> {
    let out = acl(network, interface, probe, Crossing::BackOut);
    let out = out.and_then(|allow| check(allow, Walk::NoReply("network ACL")));
    let by = network
        .transit_attachments
        .iter()
        .filter(|one| one.resource.vpc() == Some(&interface.vpc) && (same(one, ours) || in_use(one.state.as_deref())));
    let ways: Vec<Result<(), Walk>> = by
        .map(|by| {
            routed(network, interface, probe.source, &by.gateway, Walk::NoReply("route"))?;
            if let Some(subnet) = exit(network, by, interface, Walk::NoReply("zone"))? {
                let seen = Probe { source: probe.destination, ..*probe };
                let stop = Walk::NoReply("attachment's ACL");
                guarded(network, subnet, interface, &seen, Crossing::BackIn, stop)?;
            }
            let ends = deliver(network, by, probe.source, &mut Vec::new());
            let reached: Vec<Result<(), Walk>> = ends
                .iter()
                .filter_map(|end| match end {
                    End::Out(end) if wanted(end) => Some(*end),
                    End::Out(_) | End::Perhaps(_) | End::Dropped | End::Unknown => None,
                })
                .map(|end| match sender {
                    Some(sender) => {
                        let same_names = end.owner.is_none() || by.owner.is_none() || end.owner == by.owner;
                        let zone = zone(network, &interface.subnet).filter(|_| same_names);
                        entered(network, end, sender, probe, zone, Enter::Reply)
                    }
                    None => Ok(()),
                })
                .collect();
            match reached.is_empty() {
                false => any(reached),
                true => leads(ends, network, probe.source, &wanted).map_err(|stop| match stop {
                    Walk::Dropped(what) => Walk::NoReply(what),
                    other @ (Walk::NoReply(_) | Walk::Answered | Walk::Unknown(_)) => other,
                }),
            }
        })
        .collect();
    let ways = any(ways);
    worst(&[out, ways]).map_or(Ok(()), Err)
}

/// Whether a packet gets to an attachment that `wanted` picks.
fn leads(
    ends: Vec<End<'_>>,
    network: &Network,
    address: IpAddr,
    wanted: impl Fn(&TransitAttachment) -> bool,
) -> Result<(), Walk> {
    let one = |end: &End<'_>| match end {
        End::Out(end) if wanted(end) => Ok(()),
        End::Perhaps(end) if wanted(end) => Err(Walk::Unknown("prefixes learnt by BGP")),
        End::Out(end) if passed_on(network, end, address) => Err(Walk::Unknown("appliance")),
        End::Unknown => Err(Walk::Unknown("transit route")),
        End::Out(_) | End::Perhaps(_) | End::Dropped => Err(Walk::Dropped("transit route")),
    };
    any(ends.iter().map(one).collect())
}

/// Whether a VPC may send a packet on that is not for itself.
fn passed_on(network: &Network, attachment: &TransitAttachment, address: IpAddr) -> bool {
    let Some(id) = attachment.resource.vpc() else { return false };
    let Some(vpc) = network.vpcs.iter().find(|vpc| vpc.id == id) else { return true };
    if vpc.ranges.iter().any(|range| range.contains(&address)) {
        return false;
    }
    let subnets = attachment.subnets.as_deref().unwrap_or_default();
    subnets.is_empty()
        || subnets.iter().any(|subnet| {
            match table_of_subnet(network, subnet, id).map(|table| lookup(network, table, address)) {
                None | Some(Err(())) => true,
                Some(Ok(route)) => route.is_some_and(|route| !route.blackhole && middlebox(route)),
            }
        })
}

/// Follows a packet from attachment to attachment.
fn deliver<'n>(
    network: &'n Network,
    from: &'n TransitAttachment,
    address: IpAddr,
    trail: &mut Vec<(&'n str, &'n str)>,
) -> Vec<End<'n>> {
    let gateway = network.transit_gateways.iter().find(|gateway| gateway.id == from.gateway);
    if !in_use(from.state.as_deref()) || gateway.is_some_and(|gateway| !in_use(gateway.state.as_deref())) {
        return vec![End::Dropped];
    }
    let table = match &from.association {
        TransitAssociation::Nothing => return vec![End::Dropped],
        TransitAssociation::Unknown => return vec![End::Unknown],
        TransitAssociation::Table(id) => network.transit_route_tables.iter().find(|table| table.id == *id),
    };
    let Some(table) = table else { return vec![End::Unknown] };
    let Some(known) = routes(network, &from.gateway, table) else { return vec![End::Unknown] };
    let mut best: Option<&(ipnet::IpNet, u8, Vec<&str>, bool)> = None;
    for route in known.0.iter().filter(|route| route.0.contains(&address)) {
        let better = |best: &(ipnet::IpNet, u8, Vec<&str>, bool)| (best.0.prefix_len(), std::cmp::Reverse(best.1));
        if best.is_none_or(|best| (route.0.prefix_len(), std::cmp::Reverse(route.1)) > better(best)) {
            best = Some(route);
        }
    }
    let attachment =
        |id: &str| network.transit_attachments.iter().find(|one| one.gateway == from.gateway && one.id == id);
    let mut ends = Vec::new();
    let to_vpc =
        best.is_some_and(|best| best.2.iter().any(|id| attachment(id).is_some_and(|one| one.resource.vpc().is_some())));
    for learner in known.1 {
        match best {
            None => ends.push(End::Out(learner)),
            Some(best) if best.0.prefix_len() == 0 => ends.push(End::Out(learner)),
            Some(_) if !to_vpc => ends.push(End::Perhaps(learner)),
            Some(_) => {}
        }
    }
    let Some((_, _, attachments, blackhole)) = best else {
        if ends.is_empty() {
            ends.push(if known.2 { End::Unknown } else { End::Dropped });
        }
        return ends;
    };
    if *blackhole {
        ends.push(End::Dropped);
        return ends;
    }
    for id in attachments {
        let Some(next) = attachment(id) else {
            ends.push(End::Unknown);
            continue;
        };
        let TransitResource::Peering(peer) = &next.resource else {
            ends.push(if in_use(next.state.as_deref()) { End::Out(next) } else { End::Dropped });
            continue;
        };
        let other = network.transit_attachments.iter().find(|one| one.gateway == *peer && one.id == next.id);
        match other {
            _ if !in_use(next.state.as_deref()) => ends.push(End::Dropped),
            None => ends.push(End::Unknown),
            Some(other) if trail.contains(&(&other.gateway, &other.id)) => ends.push(End::Dropped),
            Some(other) => {
                trail.push((&other.gateway, &other.id));
                ends.extend(deliver(network, other, address, trail));
                trail.pop();
            }
        }
    }
    ends
}

/// A table's routes with their ranks, the attachments whose ranges are not known, and whether routes may be missing; `None`
/// where nothing can be said.
#[expect(clippy::type_complexity, reason = "told to one caller, which takes it apart at once")]
fn routes<'n>(
    network: &'n Network,
    gateway: &str,
    table: &'n TransitRouteTable,
) -> Option<(Vec<(ipnet::IpNet, u8, Vec<&'n str>, bool)>, Vec<&'n TransitAttachment>, bool)> {
    use inspector_model::network::RouteDestination;
    let attachment = |id: &str| network.transit_attachments.iter().find(|one| one.gateway == gateway && one.id == id);
    let rank = |one: &TransitAttachment| match one.resource {
        TransitResource::Vpc(_) => 2,
        TransitResource::DirectConnect(_) => 3,
        TransitResource::Connect(_) => 4,
        TransitResource::Vpn(_) => 5,
        TransitResource::Peering(_) | TransitResource::Other(_) => 6,
    };
    let (mut routes, mut learners) = (Vec::new(), Vec::new());
    for route in &table.routes {
        let attachments: Vec<&str> = route.attachments.iter().map(String::as_str).collect();
        let learnt = route.attachments.first().and_then(|id| attachment(id)).map_or(2, rank);
        match &route.destination {
            RouteDestination::Range(range) => {
                let rank = if route.propagated { learnt } else { 0 };
                routes.push((*range, rank, attachments, route.blackhole));
            }
            RouteDestination::PrefixList(id) => {
                let list = network.prefix_lists.iter().find(|list| list.id == *id)?;
                let rank = if route.propagated { learnt } else { 1 };
                routes.extend(list.ranges.iter().map(|range| (*range, rank, attachments.clone(), route.blackhole)));
            }
        }
    }
    let mut gap = table.listed == TransitListing::Nothing;
    if table.listed != TransitListing::All {
        gap |= table.propagations.is_none();
        for id in table.propagations.iter().flatten() {
            let one = attachment(id)?;
            let ranges = match &one.resource {
                _ if !in_use(one.state.as_deref()) => continue,
                TransitResource::Vpc(id) => network.vpcs.iter().find(|vpc| vpc.id == *id).map(|vpc| &vpc.ranges),
                TransitResource::Vpn(id) => {
                    let connection = network.vpn_connections.iter().find(|one| one.id == *id);
                    connection.and_then(|one| one.static_routes.as_ref())
                }
                TransitResource::Peering(_) => continue,
                TransitResource::DirectConnect(_) | TransitResource::Connect(_) | TransitResource::Other(_) => None,
            };
            match ranges {
                Some(ranges) => routes.extend(ranges.iter().map(|range| (*range, rank(one), vec![id.as_str()], false))),
                None => learners.push(one),
            }
        }
    }
    Some((routes, learners, gap))
}

fn subnet<'n>(network: &'n Network, id: &str) -> Option<&'n Subnet> {
    network.subnets.iter().find(|subnet| subnet.id == id)
}

fn zone<'n>(network: &'n Network, id: &str) -> Option<&'n str> {
    subnet(network, id)?.zone.as_deref()
}

/// The attachment's subnet that packets of an interface leave by; `None` within where it is not known.
fn exit<'n>(
    network: &'n Network,
    by: &'n TransitAttachment,
    interface: &NetworkInterface,
    closed: Walk,
) -> Result<Option<&'n str>, Walk> {
    let Some(subnets) = &by.subnets else { return Err(Walk::Unknown("attachment's subnets")) };
    if let Some(own) = subnets.iter().find(|id| **id == interface.subnet) {
        return Ok(Some(own));
    }
    let here = zone(network, &interface.subnet).ok_or(Walk::Unknown("zone"))?;
    if let Some(beside) = subnets.iter().find(|id| zone(network, id) == Some(here)) {
        return Ok(Some(beside));
    }
    check(subnets.iter().all(|id| zone(network, id).is_some()), Walk::Unknown("zone"))?;
    Err(closed)
}

/// Whether the network ACL of one of an attachment's subnets lets a packet of an interface of the VPC through.
fn guarded(
    network: &Network,
    subnet: &str,
    interface: &NetworkInterface,
    probe: &Probe,
    crossing: Crossing,
    stop: Walk,
) -> Result<(), Walk> {
    let there = NetworkInterface { subnet: subnet.to_owned(), ..interface.clone() };
    acl(network, &there, probe, crossing).and_then(|allow| check(allow, stop))
}

/// What comes in: the request to the receiver or the reply to the sender.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Enter {
    Request,
    Reply,
}

/// Whether a packet gets from an attachment to an interface by any of the attachment's subnets that it may come in by.
fn entered(
    network: &Network,
    by: &TransitAttachment,
    interface: &NetworkInterface,
    probe: &Probe,
    from: Option<&str>,
    what: Enter,
) -> Result<(), Walk> {
    let seen = Probe { source: probe.destination, ..*probe };
    // Each network ACL is asked about the other end as it sees it: outbound ones about where the packet goes.
    let (out, going, inward, coming, stop) = match what {
        Enter::Request => (Crossing::Out, &seen, Crossing::In, probe, Walk::Dropped("network ACL")),
        Enter::Reply => (Crossing::BackOut, probe, Crossing::BackIn, &seen, Walk::NoReply("sender's ACL")),
    };
    let all: Vec<&String> = by.subnets.iter().flatten().collect();
    let same: Vec<&String> = all.iter().copied().filter(|id| from.is_some() && zone(network, id) == from).collect();
    let may = if same.is_empty() || by.appliance_mode { all } else { same };
    if may.is_empty() {
        return acl(network, interface, coming, inward).and_then(|allow| check(allow, stop));
    }
    let through = |id: &&String| {
        if **id == interface.subnet {
            return Ok(());
        }
        guarded(network, id, interface, going, out, stop.clone())?;
        acl(network, interface, coming, inward).and_then(|allow| check(allow, stop.clone()))
    };
    any(may.iter().map(through).collect())
}

/// One way is enough; where none is open, one of which nobody can tell outweighs those that are closed.
pub(super) fn any(ways: Vec<Result<(), Walk>>) -> Result<(), Walk> {
    let unknown = ways.iter().find(|way| matches!(way, Err(Walk::Unknown(_)))).cloned();
    let closed = ways.first().cloned();
    let nothing = || closed.unwrap_or(Err(Walk::Dropped("nothing attached")));
    ways.into_iter().find(Result::is_ok).or(unknown).unwrap_or_else(nothing)
}
