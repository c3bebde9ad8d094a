//! One packet and its reply through a middlebox that the route table of a gateway names.
//!
//! Sources: Amazon VPC User Guide, "Gateway route tables", "Middlebox routing"; AWS Network Firewall Developer Guide, "Rule
//! evaluation order".

use std::net::IpAddr;

use inspector_model::network::{Firewall, FirewallAction, FirewallPolicy, FirewallRule, Network, NetworkInterface};

use super::{
    Crossing, Probe, Walk, acl, check, groups, lookup, middlebox, outbound, routed, table_of_subnet, up, worst,
};

/// A middlebox: the interface that packets pass, or one made up in the subnet of an endpoint.
struct Middlebox<'n> {
    place: NetworkInterface,
    appliance: bool,
    firewall: Option<&'n Firewall>,
}

/// How far `probe` gets that a gateway hands to `target` instead of the subnet: what `near` says of the subnet itself
/// counts beside it.
pub(super) fn walk_through(
    network: &Network,
    (gateway, target): (&str, &str),
    interface: &NetworkInterface,
    probe: &Probe,
    near: &[Result<(), Walk>],
) -> Walk {
    let middlebox = match find(network, target, interface) {
        Ok(middlebox) => middlebox,
        Err(stop) => {
            let all: Vec<Result<(), Walk>> =
                near.iter().cloned().chain([groups(network, interface, probe, None), Err(stop)]).collect();
            return worst(&all).unwrap_or(Walk::Answered);
        }
    };
    let place = &middlebox.place;
    let border = place.subnet != interface.subnet;
    let seen = Probe { source: probe.destination, ..*probe };
    let passes = |at: &NetworkInterface, packet: &Probe, crossing, stop| {
        acl(network, at, packet, crossing).and_then(|ok| check(ok, stop))
    };
    let mut request = near.to_vec();
    request.push(passes(place, probe, Crossing::In, Walk::Dropped("network ACL of the middlebox")));
    if middlebox.appliance {
        request.push(up(network, place));
        request.push(check(!place.source_dest_check, Walk::Dropped("source/destination check")));
        let public = place.addresses.iter().any(|address| address.public.is_some());
        request
            .push(check(!gateway.starts_with("igw-") || probe.source.is_ipv6() || public, Walk::Dropped("appliance")));
        request.push(groups(network, place, probe, None));
        request.push(outbound(network, place, Some(interface), &seen));
    }
    request.push(stays(network, place, probe.destination));
    if border {
        request.push(passes(place, &seen, Crossing::Out, Walk::Dropped("network ACL of the middlebox")));
        request.push(passes(interface, probe, Crossing::In, Walk::Dropped("network ACL")));
    }
    request.push(groups(network, interface, probe, None));
    let mut reply = Vec::new();
    if let Some(firewall) = middlebox.firewall {
        let (sent, answered) = judge(network, firewall, probe);
        request.push(sent);
        reply.push(answered);
    }
    if border {
        reply.push(passes(interface, probe, Crossing::BackOut, Walk::NoReply("network ACL")));
        reply.push(passes(place, &seen, Crossing::BackIn, Walk::NoReply("network ACL of the middlebox")));
    }
    reply.push(routed(network, interface, probe.source, target, Walk::NoReply("route")));
    reply.push(passes(place, probe, Crossing::BackOut, Walk::NoReply("network ACL of the middlebox")));
    reply.push(routed(network, place, probe.source, gateway, Walk::NoReply("route of the middlebox")));
    worst(&request).or_else(|| worst(&reply)).unwrap_or(Walk::Answered)
}

fn find<'n>(network: &'n Network, target: &str, interface: &NetworkInterface) -> Result<Middlebox<'n>, Walk> {
    if let Some(appliance) = network.interfaces.iter().find(|known| known.id == target && known.instance.is_some()) {
        return Ok(Middlebox { place: appliance.clone(), appliance: true, firewall: None });
    }
    let at = |subnet: &str| NetworkInterface { id: target.to_owned(), subnet: subnet.to_owned(), ..interface.clone() };
    for firewall in &network.firewalls {
        if let Some(endpoint) = firewall.endpoints.iter().find(|endpoint| endpoint.endpoint == target) {
            check(endpoint.status.as_deref() == Some("READY"), Walk::Dropped("endpoint"))?;
            return Ok(Middlebox { place: at(&endpoint.subnet), appliance: false, firewall: Some(firewall) });
        }
    }
    let endpoint = network.vpc_endpoints.iter().find(|endpoint| endpoint.id == target);
    let endpoint = endpoint.filter(|endpoint| endpoint.kind.as_deref() == Some("GatewayLoadBalancer"));
    let Some(endpoint) = endpoint else { return Err(Walk::Unknown("middlebox")) };
    check(endpoint.state.as_deref() == Some("available"), Walk::Dropped("endpoint"))?;
    let place = at(endpoint.subnets.first().ok_or(Walk::Unknown("endpoint"))?);
    Ok(Middlebox { place, appliance: false, firewall: None })
}

/// Whether a packet that leaves the middlebox stays inside the VPC.
fn stays(network: &Network, place: &NetworkInterface, destination: IpAddr) -> Result<(), Walk> {
    let table = table_of_subnet(network, &place.subnet, &place.vpc).ok_or(Walk::Unknown("route table"))?;
    match lookup(network, table, destination) {
        Err(()) => Err(Walk::Unknown("prefix list")),
        Ok(None) => Ok(()),
        Ok(Some(route)) if route.target == "local" && !route.blackhole => Ok(()),
        Ok(Some(route)) if !route.blackhole && middlebox(route) => Err(Walk::Unknown("second middlebox")),
        Ok(Some(_)) => Err(Walk::Dropped("route of the middlebox")),
    }
}

/// What the rules of a firewall do with the request and its reply.
fn judge(network: &Network, firewall: &Firewall, probe: &Probe) -> (Result<(), Walk>, Result<(), Walk>) {
    let unknown = || Err(Walk::Unknown("firewall"));
    let policy = network.firewall_policies.iter().find(|policy| Some(&policy.id) == firewall.policy.as_ref());
    let Some(policy) = policy.filter(|policy| policy.not_modelled.is_none()) else { return (unknown(), unknown()) };
    let ids = policy.stateless_groups.iter().chain(policy.stateful_groups.iter().map(|group| &group.id));
    for id in ids {
        let group = network.firewall_rule_groups.iter().find(|group| group.id == *id);
        if group.is_none_or(|group| group.not_modelled.is_some()) {
            return (unknown(), unknown());
        }
    }
    let (request, reply) = (header(probe, false), header(probe, true));
    let at_once = stateless(network, policy, &request);
    let looked = || stateful(network, policy, &request);
    let sent = match at_once {
        FirewallAction::Drop => Err(Walk::Dropped("firewall")),
        FirewallAction::Forward => check(looked() != Some(FirewallAction::Drop), Walk::Dropped("firewall")),
        FirewallAction::Pass | FirewallAction::Alert => Ok(()),
    };
    let answered = match (stateless(network, policy, &reply), at_once) {
        (FirewallAction::Drop, _) => Err(Walk::NoReply("firewall")),
        (FirewallAction::Forward, FirewallAction::Forward) if looked() == Some(FirewallAction::Pass) => Ok(()),
        (FirewallAction::Forward, FirewallAction::Forward) => {
            let judged = stateful(network, policy, &reply);
            check(judged != Some(FirewallAction::Drop), Walk::NoReply("firewall"))
        }
        (FirewallAction::Forward, _) => Err(Walk::Unknown("firewall")),
        (FirewallAction::Pass | FirewallAction::Alert, _) => Ok(()),
    };
    (sent, answered)
}

/// Source, source port, destination, destination port, protocol.
type Header = ((IpAddr, u16), (IpAddr, u16), u8);

fn header(probe: &Probe, reply: bool) -> Header {
    let (client, server) = ((probe.source, probe.client_port), (probe.destination, probe.port));
    if reply { (server, client, probe.protocol) } else { (client, server, probe.protocol) }
}

fn stateless(network: &Network, policy: &FirewallPolicy, header: &Header) -> FirewallAction {
    for id in &policy.stateless_groups {
        let group = network.firewall_rule_groups.iter().find(|group| group.id == *id);
        let rules = group.map_or(&[][..], |group| &group.rules);
        if let Some(rule) = rules.iter().find(|rule| matches(rule, header)) {
            return rule.action;
        }
    }
    policy.stateless_default
}

/// What the first rule says; `None` where none does and packets pass by default.
fn stateful(network: &Network, policy: &FirewallPolicy, header: &Header) -> Option<FirewallAction> {
    let mut actions = Vec::new();
    for reference in &policy.stateful_groups {
        let group = network.firewall_rule_groups.iter().find(|group| group.id == reference.id);
        for rule in group.map_or(&[][..], |group| &group.rules).iter().filter(|rule| matches(rule, header)) {
            let noted = rule.action == FirewallAction::Drop && reference.drop_to_alert;
            actions.push(if noted { FirewallAction::Alert } else { rule.action });
        }
    }
    actions.retain(|action| matches!(action, FirewallAction::Pass | FirewallAction::Drop));
    if !policy.strict {
        actions.sort();
    }
    actions.first().copied().or(policy.drops.then_some(FirewallAction::Drop))
}

fn matches(rule: &FirewallRule, (source, destination, protocol): &Header) -> bool {
    let ports = matches!(protocol, 6 | 17);
    let end = |ranges: &[ipnet::IpNet], spans: &[(u16, u16)], (address, port): &(IpAddr, u16)| {
        let within = spans.iter().any(|(low, high)| ports && low <= port && port <= high);
        (ranges.is_empty() || ranges.iter().any(|range| range.contains(address))) && (spans.is_empty() || within)
    };
    let along =
        |from, to| end(&rule.sources, &rule.source_ports, from) && end(&rule.destinations, &rule.destination_ports, to);
    (rule.protocols.is_empty() || rule.protocols.contains(protocol))
        && (along(source, destination) || (rule.both_ways && along(destination, source)))
}
