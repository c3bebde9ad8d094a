//! Middleboxes: what the route table of a gateway sends packets through before they get to a subnet.
//!
//! The direct path is closed then: replies have to leave by the same middlebox (Amazon VPC User Guide, "Gateway route
//! tables" and "Middlebox routing"). An appliance is taken to pass on what gets to it; the rules of a Network Firewall are
//! followed.

use inspector_model::network::{
    BalancerKind, Edge, Firewall, LoadBalancer, NetworkAcl, NetworkInterface, TargetGroup, VpcEndpoint,
};

use super::endpoint::{self, Standing};
use super::entry::{Entry, egress};
use super::routes::{self, Routes};
use super::way::{self, Filter, Notes, Side, Way, meets};
use super::{firewall, groups};
use crate::address::{Address, Family};
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::packet_set::Slice;
use crate::protocol::Protocol;

/// A middlebox on the way to one address.
#[derive(Debug)]
pub(super) struct Detour<'n, A> {
    /// The target of the gateway's route: `eni-…` or `vpce-…`.
    pub(super) id: &'n str,
    /// Its subnet.
    pub(super) subnet: &'n str,
    /// The network ACL of its subnet, where it is known.
    pub(super) acl: Option<&'n NetworkAcl>,
    /// The interface of an appliance.
    pub(super) appliance: Option<&'n NetworkInterface>,
    /// The firewall behind an endpoint.
    pub(super) firewall: Option<&'n Firewall>,
    /// Where its subnet sends replies.
    home: Routes<A>,
}

/// Where a middlebox is, and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'n> {
    pub(super) subnet: &'n str,
    pub(super) appliance: Option<&'n NetworkInterface>,
    pub(super) firewall: Option<&'n Firewall>,
}

/// The middlebox that a route's target names, whatever may be wrong with it.
pub(super) fn place<'n>(index: &Index<'n>, target: &str) -> Option<Place<'n>> {
    if let Some(appliance) = index.interface_by_id(target) {
        return Some(Place { subnet: &appliance.subnet, appliance: Some(appliance), firewall: None });
    }
    for firewall in &index.network.firewalls {
        if let Some(endpoint) = firewall.endpoints.iter().find(|endpoint| endpoint.endpoint == target) {
            return Some(Place { subnet: &endpoint.subnet, appliance: None, firewall: Some(firewall) });
        }
    }
    let endpoint = index.network.vpc_endpoints.iter().find(|endpoint| endpoint.id == target)?;
    Some(Place { subnet: endpoint.subnets.first()?, appliance: None, firewall: None })
}

/// Packets by port and source, in one direction, and what is said where none of them passes.
struct Condition<A> {
    reply: bool,
    slices: Vec<Slice<A>>,
    blocker: Blocker,
}

/// The middlebox `target` between the gateway of `entry` and address `to` in `vpc`. What closes it, what is not known of it
/// and what is taken for granted goes to `standing`.
pub(super) fn find<'n, A: Address>(
    index: &Index<'n>,
    vpc: &str,
    entry: &Entry<'_, A>,
    target: &'n str,
    to: A,
    standing: &mut Standing,
) -> Option<Detour<'n, A>> {
    let (subnet, appliance, firewall) = match target.split_once('-')?.0 {
        "eni" => {
            let appliance = appliance::<A>(index, vpc, entry.edge, target, standing)?;
            (appliance.subnet.as_str(), Some(appliance), None)
        }
        "vpce" => {
            let (subnet, firewall) = behind_endpoint(index, target, standing)?;
            (subnet, None, firewall)
        }
        _ => {
            let what = format!("packets to `{}` go through `{target}`, which is not modelled", to.ip());
            standing.unknown.push(Doubt::not_modelled(what));
            return None;
        }
    };
    let mut notes = Notes::default();
    let acl = way::acl(index, subnet, &mut notes);
    let table = way::table(index, vpc, subnet, &mut notes);
    let sources = entry.sources();
    let home = match table {
        Some(table) => {
            onward(index, table, to, standing);
            routes::split(index, table, entry.back, &sources)
        }
        None => way::everything_back(&sources),
    };
    let of_list =
        |list| Doubt::missing(format!("prefix list `{list}` in the routes of `{subnet}` is not in the snapshot"));
    standing.unknown.extend(home.unknown.iter().map(of_list));
    standing.unknown.extend(notes.unknown);
    standing.assumptions.extend(notes.assumptions);
    Some(Detour { id: target, subnet, acl, appliance, firewall, home })
}

/// An appliance has to run, to pass on packets that are not its own, and to be known to the internet gateway.
fn appliance<'n, A: Address>(
    index: &Index<'n>,
    vpc: &str,
    edge: Edge,
    id: &'n str,
    standing: &mut Standing,
) -> Option<&'n NetworkInterface> {
    let Some(interface) = index.interface_by_id(id).filter(|interface| interface.vpc == vpc) else {
        let why = index.network.failure("NetworkInterfaces").unwrap_or("not in the snapshot");
        standing.unknown.push(Doubt::missing(format!("appliance `{id}`: {why}")));
        return None;
    };
    let Some(instance) = interface.instance.as_deref() else {
        let what = format!("`{id}` passes packets on and belongs to no instance, which is not modelled");
        standing.unknown.push(Doubt::not_modelled(what));
        return None;
    };
    standing.add(endpoint::interface(index, interface, instance));
    if interface.source_dest_check {
        let detail = format!("source/destination check is on: `{instance}` drops packets that are not its own");
        standing.blockers.push(Blocker::new("ENI_SOURCE_DEST_CHECK_RESTRICTION", id, detail));
    }
    if edge == Edge::Internet && A::FAMILY == Family::Ipv4 && interface.addresses.iter().all(|own| own.public.is_none())
    {
        let detail = "no public address stands for the appliance that the gateway sends packets to";
        standing.blockers.push(Blocker::new("INGRESS_RTB_NO_PUBLIC_IP", id, detail));
    }
    standing.assumptions.push(format!("appliance `{instance}` is taken to pass packets on through `{id}`"));
    Some(interface)
}

/// The subnet of an endpoint and the firewall behind it; an endpoint with neither of AWS's firewalls leads to appliances.
fn behind_endpoint<'n>(
    index: &Index<'n>,
    id: &'n str,
    standing: &mut Standing,
) -> Option<(&'n str, Option<&'n Firewall>)> {
    let network = index.network;
    for firewall in &network.firewalls {
        let Some(endpoint) = firewall.endpoints.iter().find(|endpoint| endpoint.endpoint == id) else { continue };
        if let Some(status) = endpoint.status.as_deref().filter(|status| *status != "READY") {
            standing.blockers.push(Blocker::new("BAD_STATE", id, format!("the firewall's endpoint is {status}")));
        }
        return Some((&endpoint.subnet, Some(firewall)));
    }
    if let Some(why) = ["Firewalls", "FirewallNames", "VpcEndpoints"].iter().find_map(|it| network.failure(it)) {
        standing.unknown.push(Doubt::missing(format!("what is behind endpoint `{id}`: {why}")));
        return None;
    }
    let endpoint = network.vpc_endpoints.iter().find(|endpoint| endpoint.id == id);
    let subnet =
        endpoint.filter(|it| it.kind.as_deref() == Some("GatewayLoadBalancer")).and_then(|it| it.subnets.first());
    let Some((endpoint, subnet)) = endpoint.zip(subnet) else {
        standing.unknown.push(Doubt::missing(format!("endpoint `{id}` and what is behind it is not in the snapshot")));
        return None;
    };
    if network.firewalls.iter().any(|firewall| firewall.policy.is_none()) {
        let what = format!("whether a firewall that is known by name only is behind `{id}` is not in the snapshot");
        standing.unknown.push(Doubt::missing(what));
        return None;
    }
    if let Some(state) = endpoint.state.as_deref().filter(|state| !state.eq_ignore_ascii_case("available")) {
        standing.blockers.push(Blocker::new("BAD_STATE", id, format!("the endpoint is {state}")));
    }
    if let Some(balancer) = balancer_behind(index, endpoint).filter(|balancer| nobody_behind(index, balancer)) {
        let detail = format!("no appliance is registered with the load balancer behind `{id}`");
        standing.blockers.push(Blocker::new("ELBV2_LISTENER_HAS_NO_TG", &balancer.name, detail));
    }
    let mut what = format!("appliances behind `{id}` are taken to pass packets on");
    if !network.has_answer("Firewalls") {
        what = format!("`Firewalls` were not collected: {what}");
    }
    standing.assumptions.push(what);
    Some((subnet, None))
}

/// The Gateway Load Balancer of the endpoint's service, where it is one of ours.
fn balancer_behind<'n>(index: &Index<'n>, endpoint: &VpcEndpoint) -> Option<&'n LoadBalancer> {
    let name = endpoint.service.as_deref()?;
    let service = index.network.endpoint_services.iter().find(|service| name.ends_with(&service.id))?;
    let ours = |balancer: &&LoadBalancer| service.load_balancers.contains(&balancer.id);
    index.network.load_balancers.iter().filter(|balancer| balancer.kind == BalancerKind::Gateway).find(ours)
}

/// Whether it is known for certain that nothing is registered with a load balancer.
fn nobody_behind(index: &Index<'_>, balancer: &LoadBalancer) -> bool {
    let empty = |id: &String| {
        let group = index.network.target_groups.iter().find(|group| group.id == *id);
        let targets = group.and_then(|group: &TargetGroup| group.targets.as_ref());
        targets.is_some_and(Vec::is_empty) && index.unreadable(id).is_none()
    };
    balancer.listeners.as_ref().is_some_and(|all| all.iter().flat_map(|listener| &listener.forwards).all(empty))
}

/// What comes out of the middlebox has to stay inside the VPC.
fn onward<A: Address>(index: &Index<'_>, table: &inspector_model::network::RouteTable, to: A, standing: &mut Standing) {
    let there = routes::split(index, table, Some("local"), &IntervalSet::between(to, to));
    if let Some((next, _)) = there.perhaps.first() {
        let what = format!("`{}` sends packets to `{}` on through `{next}`", table.id, to.ip());
        standing.unknown.push(Doubt::not_modelled(format!("{what}: two middleboxes in a row are not modelled")));
    } else if there.unknown.is_empty() && (!there.wanted.contains(to) || !there.elsewhere.is_empty()) {
        let detail = format!("packets to `{}` do not go from the middlebox to their subnet", to.ip());
        standing.blockers.push(Blocker::new("MORE_SPECIFIC_ROUTE", &table.id, detail));
    }
}

impl<'n, A: Address> Detour<'n, A> {
    /// What passes between the gateway of `way` and address `to` of `interface`.
    pub(super) fn filters(
        &self,
        index: &Index<'n>,
        way: &Way<'n, A>,
        interface: &NetworkInterface,
        to: A,
        protocol: Protocol,
    ) -> Vec<Filter<'n, A>> {
        let mut filter = way.detoured(index, self.id, self.subnet == interface.subnet, protocol);
        filter.to = Some(to);
        for condition in self.conditions(index, way, interface, to, protocol, &mut filter.unknown) {
            if condition.reply {
                filter.cut_replies(&condition.slices);
            } else {
                filter.cut_requests(&condition.slices);
            }
        }
        filter.answer_only(&self.home.wanted);
        if self.home.perhaps.iter().any(|(_, sources)| sources.meets(&way.sources)) {
            let what = format!("replies leave `{}` through another middlebox, which is not modelled", self.subnet);
            filter.unknown.push(Doubt::not_modelled(what));
        }
        let Some(firewall) = self.firewall else { return vec![filter] };
        match firewall::cells(index.network, firewall, to, protocol, &way.sources) {
            Ok(cells) => cells.iter().map(|cell| filter.of_cell(cell)).collect(),
            Err(doubt) => {
                filter.unknown.push(doubt);
                vec![filter]
            }
        }
    }

    /// Everything on the middlebox and its subnet that a packet passes, but for its routes and a firewall's rules.
    fn conditions(
        &self,
        index: &Index<'n>,
        way: &Way<'n, A>,
        interface: &NetworkInterface,
        to: A,
        protocol: Protocol,
        unknown: &mut Vec<Doubt>,
    ) -> Vec<Condition<A>> {
        let mut conditions = Vec::new();
        let border = self.subnet != interface.subnet;
        let all = |ports: IntervalSet<u16>| -> Vec<Slice<A>> {
            let ports = ports.intervals().iter();
            ports.map(|ports| Slice { ports: *ports, addresses: way.sources.clone() }).collect()
        };
        if let Some(acl) = self.acl {
            let mut add = |reply, slices, detail: String| {
                let blocker = Blocker::new("SUBNET_ACL_RESTRICTION", &acl.id, detail);
                conditions.push(Condition { reply, slices, blocker });
            };
            let of = |what: &str| format!("no entry lets {protocol} {what} the subnet of `{}`", self.id);
            add(false, way::slices(acl, protocol, Side::In, &way.sources), of("requests into"));
            add(true, way::slices(acl, protocol, Side::BackOut, &way.sources), of("replies out of"));
            if border {
                add(false, all(way::acl_ports(acl, protocol, Side::Out, to)), of("requests on out of"));
                add(true, all(way::acl_ports(acl, protocol, Side::BackIn, to)), of("replies back into"));
            }
        }
        if let Some(appliance) = self.appliance {
            let ids = appliance.security_groups.join(",");
            let mut admitted = Vec::new();
            for id in &appliance.security_groups {
                let admissions = groups::admissions(index, id, protocol, None, Some(&way.sources));
                if !admissions.unknown.is_empty() {
                    // What is not known is taken to let everything through, and said.
                    unknown.extend(admissions.unknown);
                    admitted.extend(all(IntervalSet::between(0, u16::MAX)));
                }
                let of_rule = |rule: groups::Admission<A>| Slice {
                    ports: rule.ports,
                    addresses: rule.sources.intersection(&way.sources),
                };
                admitted.extend(admissions.known.into_iter().map(of_rule));
            }
            let detail = format!("no inbound rule of the appliance admits {protocol}");
            let blocker = Blocker::new("ENI_SG_RULES_MISMATCH", &ids, detail);
            conditions.push(Condition { reply: false, slices: admitted, blocker });
            let out = egress(index, &appliance.security_groups, &interface.security_groups, to, protocol, unknown);
            let detail = format!("no outbound rule of the appliance admits {protocol} to `{}`", to.ip());
            let blocker = Blocker::new("ENI_SG_RULES_MISMATCH", ids, detail);
            conditions.push(Condition { reply: false, slices: all(out), blocker });
        }
        conditions
    }

    /// Everything that stands in the way of packets to ports of `packets` from their sources.
    pub(super) fn blockers(
        &self,
        index: &Index<'n>,
        way: &Way<'n, A>,
        interface: &NetworkInterface,
        to: A,
        protocol: Protocol,
        packets: &[((u16, u16), IntervalSet<A>)],
    ) -> Vec<Blocker> {
        let sent = |slice: &Slice<A>| {
            packets.iter().any(|(ports, from)| meets(*ports, slice.ports) && from.meets(&slice.addresses))
        };
        let sources = packets.iter().fold(IntervalSet::empty(), |all, (_, sources)| all.union(sources));
        let mut blockers = Vec::new();
        for condition in self.conditions(index, way, interface, to, protocol, &mut Vec::new()) {
            let passes = |slice: &Slice<A>| if condition.reply { slice.addresses.meets(&sources) } else { sent(slice) };
            if !condition.slices.iter().any(passes) {
                blockers.push(condition.blocker);
            }
        }
        let returns = way.detoured(index, self.id, true, protocol);
        if !returns.requests.iter().any(|passage| passage.answered.meets(&sources)) {
            let gateway = way.entry.back.unwrap_or("the gateway");
            let detail = format!(
                "packets come through `{}`, and replies do not go back to it but past it to {gateway}",
                self.id
            );
            let table = way.table.map_or(interface.subnet.as_str(), |table| &table.id);
            blockers.push(Blocker::new("INGRESS_RTB_TRAFFIC_REDIRECTION", table, detail));
        }
        if !self.home.wanted.meets(&sources) {
            let detail = "no route takes replies from the middlebox back to the gateway";
            blockers.push(Blocker::new("NO_ROUTE_TO_DESTINATION", self.subnet, detail));
        }
        blockers.extend(self.of_firewall(index, way, to, protocol, packets));
        blockers
    }

    fn of_firewall(
        &self,
        index: &Index<'n>,
        way: &Way<'n, A>,
        to: A,
        protocol: Protocol,
        packets: &[((u16, u16), IntervalSet<A>)],
    ) -> Option<Blocker> {
        let firewall = self.firewall?;
        let cells = firewall::cells(index.network, firewall, to, protocol, &way.sources).ok()?;
        let some = |pick: fn(&firewall::Cell<A>) -> &IntervalSet<A>| {
            let meets = |cell: &firewall::Cell<A>| {
                packets.iter().any(|(ports, from)| meets(*ports, cell.ports) && from.meets(pick(cell)))
            };
            cells.iter().any(meets)
        };
        let what = match (some(|cell| &cell.sent), some(|cell| &cell.answered)) {
            (false, _) => "requests",
            (true, false) => "replies",
            (true, true) => return None,
        };
        let detail = format!("the rules of the firewall let no {protocol} {what} through");
        Some(Blocker::new("FIREWALL_RULES_RESTRICTION", &firewall.id, detail))
    }
}
