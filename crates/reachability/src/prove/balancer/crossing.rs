//! From the node of a load balancer to a target inside the VPC, and back.

use inspector_model::network::{BalancerKind, LoadBalancer, NetworkAcl, SecurityGroupRule};

use super::node::Node;
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::packet_set::{Rule, Slice, first_match};
use crate::protocol::Protocol;
use crate::prove::routes;
use crate::prove::way::{self, Notes};

/// Where packets go to: an interface, or the node of another load balancer.
#[derive(Debug)]
pub(super) struct End<'e, A> {
    pub(super) id: &'e str,
    pub(super) vpc: &'e str,
    pub(super) subnet: &'e str,
    pub(super) groups: &'e [String],
    /// Nothing guards it: the node of a Network Load Balancer without groups.
    pub(super) unguarded: bool,
    pub(super) addresses: IntervalSet<A>,
    pub(super) port: u16,
}

/// Packets as the target sees them.
#[derive(Debug, Clone)]
pub(super) struct Seen<A> {
    pub(super) sources: IntervalSet<A>,
    pub(super) client_ports: (u16, u16),
    /// Whether the sources are the node's own addresses.
    pub(super) of_node: bool,
}

/// Packets that arrive and are answered.
#[derive(Debug)]
pub(super) struct Passed<A> {
    pub(super) group: String,
    pub(super) sources: IntervalSet<A>,
    pub(super) client_ports: (u16, u16),
}

/// What gets from a node to an end.
#[derive(Debug)]
pub(super) struct Crossing<A> {
    pub(super) open: Vec<Passed<A>>,
    /// Some request arrives, whatever becomes of its reply.
    pub(super) arrives: bool,
    pub(super) blockers: Vec<Blocker>,
    /// What makes all of it uncertain.
    pub(super) doubts: Vec<Doubt>,
    /// Why more may pass than is known to.
    pub(super) perhaps: Vec<Doubt>,
    pub(super) assumptions: Vec<String>,
}

/// Follows `seen` from `node` of `balancer` to `end`.
pub(super) fn cross<A: Address>(
    index: &Index<'_>,
    balancer: &LoadBalancer,
    node: &Node<'_, A>,
    end: &End<'_, A>,
    seen: &Seen<A>,
    protocol: Protocol,
) -> Crossing<A> {
    let mut crossing = Crossing {
        open: Vec::new(),
        arrives: false,
        blockers: Vec::new(),
        doubts: Vec::new(),
        perhaps: Vec::new(),
        assumptions: Vec::new(),
    };
    leave_groups(index, balancer, end, protocol, &mut crossing);
    let mut notes = Notes::default();
    let from = way::acl(index, &node.interface.subnet, &mut notes);
    let to = way::acl(index, end.subnet, &mut notes);
    crossing.doubts.extend(notes.unknown);
    crossing.assumptions.extend(notes.assumptions);
    let inside = node.interface.subnet == end.subnet;
    // Inside one subnet no network ACL applies, except that those of Classic load balancers are asked on the way out.
    let (out_of_node, into_node) = match (inside, balancer.kind) {
        (false, _) => (from, from),
        (true, BalancerKind::Classic) => (from, None),
        (true, _) => (None, None),
    };
    let to = to.filter(|_| !inside);
    let at = |port| (port, port);
    let pass =
        |acl: Option<&NetworkAcl>, hop, ports, others: &IntervalSet<A>| passes(acl, hop, protocol, ports, others);
    let ports = at(if protocol.has_ports() { end.port } else { 0 });

    let leaves = pass(out_of_node, Hop { egress: true, reply: false }, ports, &end.addresses);
    if leaves.is_empty() {
        restricted(&mut crossing, out_of_node, "no outbound entry lets the requests out to the target");
    }
    let arriving = addresses(&pass(to, Hop { egress: false, reply: false }, ports, &seen.sources));
    if arriving.is_empty() {
        restricted(&mut crossing, to, "no inbound entry lets the requests of the load balancer in");
    }
    local(index, &node.interface.vpc, &node.interface.subnet, &end.addresses, &mut crossing);
    let admitted = enter_groups(index, balancer, end, seen, protocol, &mut crossing);
    let admitted: Vec<(String, IntervalSet<A>)> =
        admitted.into_iter().map(|(group, sources)| (group, sources.intersection(&arriving))).collect();
    crossing.arrives = crossing.blockers.is_empty() && admitted.iter().any(|(_, sources)| !sources.is_empty());

    let home = local_replies(index, end, seen, &mut crossing);
    let replies = pass(to, Hop { egress: true, reply: true }, seen.client_ports, &home);
    let into = pass(into_node, Hop { egress: false, reply: true }, seen.client_ports, &end.addresses);
    let arrives = crossing.arrives;
    if arrives && replies.is_empty() {
        restricted(&mut crossing, to, "no outbound entry lets the replies out");
    }
    if arrives && into.is_empty() {
        restricted(&mut crossing, into_node, "no inbound entry lets the replies back to the load balancer");
    }
    if crossing.blockers.is_empty() {
        for (group, sources) in admitted {
            for reply in &replies {
                for back in &into {
                    let client_ports = (reply.ports.0.max(back.ports.0), reply.ports.1.min(back.ports.1));
                    let sources = sources.intersection(&reply.addresses);
                    if client_ports.0 <= client_ports.1 && !sources.is_empty() {
                        crossing.open.push(Passed { group: group.clone(), sources, client_ports });
                    }
                }
            }
        }
        if crossing.open.is_empty() {
            crossing.doubts.append(&mut crossing.perhaps);
        }
        if crossing.open.is_empty() && crossing.doubts.is_empty() {
            let detail = "groups and network ACLs each let some packets through, and none passes all of them";
            crossing.blockers.push(Blocker::new("NO_PATH", end.id, detail));
        }
    }
    crossing
}

fn restricted<A>(crossing: &mut Crossing<A>, acl: Option<&NetworkAcl>, detail: &str) {
    let Some(acl) = acl else { return };
    crossing.blockers.push(Blocker::new("ELB_ACL_RESTRICTION", &acl.id, detail));
}

/// Which of the four passages of a network ACL.
#[derive(Debug, Clone, Copy)]
struct Hop {
    egress: bool,
    reply: bool,
}

/// What an ACL lets through; none, or one that is not known, lets everything through.
fn passes<A: Address>(
    acl: Option<&NetworkAcl>,
    hop: Hop,
    protocol: Protocol,
    ports: (u16, u16),
    others: &IntervalSet<A>,
) -> Vec<Slice<A>> {
    let Some(acl) = acl else {
        let all = Slice { ports, addresses: others.clone() };
        return if others.is_empty() { Vec::new() } else { vec![all] };
    };
    let entries = acl.entries.iter().filter(|entry| entry.egress == hop.egress);
    let rules: Vec<Rule<A>> = entries
        .filter_map(|entry| {
            let ports = if hop.reply {
                protocol.replies::<A>(entry.traffic)?
            } else {
                protocol.requests::<A>(entry.traffic)?
            };
            Some(Rule { ports, range: A::of_range(&entry.range)?, allow: entry.allow })
        })
        .collect();
    first_match(&rules, ports, others)
}

fn addresses<A: Address>(slices: &[Slice<A>]) -> IntervalSet<A> {
    slices.iter().fold(IntervalSet::empty(), |all, slice| all.union(&slice.addresses))
}

/// The members of `to` that a subnet's table leaves inside the VPC. The VPC's own route always exists, also where an
/// answer leaves it out; a more specific one beats it.
fn local<A: Address>(
    index: &Index<'_>,
    vpc: &str,
    subnet: &str,
    to: &IntervalSet<A>,
    crossing: &mut Crossing<A>,
) -> IntervalSet<A> {
    let mut notes = Notes::default();
    let table = way::table(index, vpc, subnet, &mut notes);
    crossing.doubts.extend(notes.unknown);
    crossing.assumptions.extend(notes.assumptions);
    let Some(table) = table else { return to.clone() };
    let routes = routes::split(index, table, Some("local"), to);
    if !routes.unknown.is_empty() {
        let of_list = |list| format!("prefix list `{list}` in route table `{}` is not in the snapshot", table.id);
        crossing.doubts.extend(routes.unknown.iter().map(|list| Doubt::missing(of_list(list))));
        return to.clone();
    }
    let written = table.routes.iter().any(|route| route.target == "local");
    let mut stay = to.difference(&routes.dropped);
    for (_, taken) in routes.elsewhere.iter().filter(|_| written) {
        stay = stay.difference(taken);
    }
    for (_, taken) in &routes.perhaps {
        stay = stay.difference(taken);
    }
    let through = routes.perhaps.iter().map(|(target, _)| {
        let what = format!("packets of the load balancer go through `{target}`, which is not modelled");
        Doubt::not_modelled(what)
    });
    if !stay.is_empty() {
        crossing.perhaps.extend(through);
    } else if routes.perhaps.is_empty() {
        let detail = format!("packets from `{subnet}` between load balancer and target do not stay inside the VPC");
        crossing.blockers.push(Blocker::new("MORE_SPECIFIC_ROUTE", &table.id, detail));
    } else {
        crossing.doubts.extend(through);
    }
    stay
}

/// The sources that replies get back to. A client's own address is remembered by the load balancer's network, so the
/// target's route table is not asked for it (Elastic Load Balancing User Guide, "Client IP preservation").
fn local_replies<A: Address>(
    index: &Index<'_>,
    end: &End<'_, A>,
    seen: &Seen<A>,
    crossing: &mut Crossing<A>,
) -> IntervalSet<A> {
    if seen.of_node { local(index, end.vpc, end.subnet, &seen.sources, crossing) } else { seen.sources.clone() }
}

/// The load balancer's own groups must let its packets out.
fn leave_groups<A: Address>(
    index: &Index<'_>,
    balancer: &LoadBalancer,
    end: &End<'_, A>,
    protocol: Protocol,
    crossing: &mut Crossing<A>,
) {
    if balancer.security_groups.is_empty() {
        return;
    }
    let mut doubts = Vec::new();
    for id in &balancer.security_groups {
        let Some(group) = known_group(index, id, &mut doubts) else { continue };
        let rules = group.egress.iter().filter(|rule| covers::<A>(rule, protocol, end.port));
        let mut meets = |rule: &SecurityGroupRule| {
            rule.groups.iter().any(|group| end.groups.contains(group))
                || ranges::<A>(index, rule, &mut doubts).meets(&end.addresses)
        };
        if rules.into_iter().any(&mut meets) {
            return;
        }
    }
    if doubts.is_empty() {
        for id in &balancer.security_groups {
            let detail = format!("no outbound rule lets {protocol} {} out to the target", end.port);
            crossing.blockers.push(Blocker::new("ENI_SG_RULES_MISMATCH", id, detail));
        }
    }
    crossing.doubts.extend(doubts);
}

/// What the end's groups admit, by group.
fn enter_groups<A: Address>(
    index: &Index<'_>,
    balancer: &LoadBalancer,
    end: &End<'_, A>,
    seen: &Seen<A>,
    protocol: Protocol,
    crossing: &mut Crossing<A>,
) -> Vec<(String, IntervalSet<A>)> {
    if end.unguarded {
        return vec![(String::new(), seen.sources.clone())];
    }
    let (mut admitted, mut doubts) = (Vec::new(), Vec::new());
    for id in end.groups {
        let Some(group) = known_group(index, id, &mut doubts) else { continue };
        let mut sources = IntervalSet::empty();
        for rule in group.ingress.iter().filter(|rule| covers::<A>(rule, protocol, end.port)) {
            if rule.groups.iter().any(|group| balancer.security_groups.contains(group)) {
                sources = seen.sources.clone();
            }
            sources = sources.union(&ranges::<A>(index, rule, &mut doubts).intersection(&seen.sources));
        }
        if !sources.is_empty() {
            admitted.push((id.clone(), sources));
        }
    }
    if admitted.is_empty() && doubts.is_empty() {
        let what = if seen.of_node { "the load balancer's nodes" } else { "clients" };
        for id in end.groups {
            let detail = format!("no inbound rule admits {protocol} {} from {what}", end.port);
            crossing.blockers.push(Blocker::new("ENI_SG_RULES_MISMATCH", id, detail));
        }
        if end.groups.is_empty() {
            crossing.blockers.push(Blocker::new("SG_HAS_NO_RULES", end.id, "the interface has no security group"));
        }
    }
    let doubtful = if admitted.is_empty() { &mut crossing.doubts } else { &mut crossing.perhaps };
    doubtful.extend(doubts);
    admitted
}

fn known_group<'n>(
    index: &Index<'n>,
    id: &str,
    doubts: &mut Vec<Doubt>,
) -> Option<&'n inspector_model::network::SecurityGroup> {
    let group = index.group(id);
    if group.is_none() {
        doubts.push(Doubt::missing(match index.network.failure("SecurityGroups") {
            Some(why) => format!("security group `{id}`: {why}"),
            None => format!("security group `{id}` is not in the snapshot"),
        }));
    }
    doubts.extend(index.unreadable(id).map(|why| Doubt::missing(format!("security group `{id}`: {why}"))));
    group
}

fn covers<A: Address>(rule: &SecurityGroupRule, protocol: Protocol, port: u16) -> bool {
    let ports = protocol.requests::<A>(rule.traffic);
    ports.is_some_and(|(low, high)| !protocol.has_ports() || (low <= port && port <= high))
}

fn ranges<A: Address>(index: &Index<'_>, rule: &SecurityGroupRule, doubts: &mut Vec<Doubt>) -> IntervalSet<A> {
    let mut ranges = A::set(&rule.ranges);
    for id in &rule.prefix_lists {
        match index.prefix_list(id) {
            Some(list) => ranges = ranges.union(&A::set(&list.ranges)),
            None => doubts.push(Doubt::missing(format!("prefix list `{id}` is not in the snapshot"))),
        }
        doubts.extend(index.unreadable(id).map(|why| Doubt::missing(format!("prefix list `{id}`: {why}"))));
    }
    ranges
}
