//! AWS Network Firewall by addresses, ports and protocol (AWS Network Firewall Developer Guide, "Rule evaluation").
//!
//! Ports are cut where some rule begins or ends; in each cell that is left every rule matches all ports or none, so what
//! passes is a set of sources.

use inspector_model::network::{Firewall, FirewallAction, FirewallPolicy, FirewallRule, FirewallRuleGroup, Network};
use ipnet::IpNet;

use crate::address::Address;
use crate::fact::Doubt;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;

/// Cells above which a firewall is not followed.
const MOST_CELLS: usize = 4096;

/// What passes between some service ports and some client ports.
#[derive(Debug)]
pub(super) struct Cell<A> {
    /// First and last service port.
    pub(super) ports: (u16, u16),
    /// First and last client port.
    pub(super) client_ports: (u16, u16),
    /// Sources whose requests pass.
    pub(super) sent: IntervalSet<A>,
    /// Those of them to which replies pass.
    pub(super) answered: IntervalSet<A>,
}

/// What `firewall` lets through between `sources` and address `to`.
pub(super) fn cells<A: Address>(
    network: &Network,
    firewall: &Firewall,
    to: A,
    protocol: Protocol,
    sources: &IntervalSet<A>,
) -> Result<Vec<Cell<A>>, Doubt> {
    let policy = Policy::of(network, firewall)?;
    let rules = || policy.stateless.iter().chain(&policy.stateful).map(|(rule, _)| *rule);
    let named: Vec<(u16, u16)> =
        rules().flat_map(|rule| rule.destination_ports.iter().chain(&rule.source_ports)).copied().collect();
    let services = cut(protocol.service_ports(), &named);
    let clients = cut(protocol.client_ports(), &named);
    if services.len().saturating_mul(clients.len()) > MOST_CELLS {
        let what = format!("firewall `{}` names too many different ports", firewall.id);
        return Err(Doubt::not_modelled(what));
    }
    let pairs = services.iter().flat_map(|ports| clients.iter().map(move |client_ports| (*ports, *client_ports)));
    pairs
        .map(|(ports, client_ports)| {
            let packet = Packet { to, protocol, port: ports.0, client_port: client_ports.0 };
            let (sent, answered) = policy.passes(&packet, sources).ok_or_else(|| {
                let what = format!("firewall `{}` judges replies by other rules than requests", firewall.id);
                Doubt::not_modelled(what)
            })?;
            Ok(Cell { ports, client_ports, sent, answered })
        })
        .collect()
}

/// The parts of `whole` between the borders of `intervals`.
fn cut(whole: (u16, u16), intervals: &[(u16, u16)]) -> Vec<(u16, u16)> {
    let mut starts = vec![whole.0];
    starts.extend(intervals.iter().flat_map(|(low, high)| [Some(*low), high.checked_add(1)]).flatten());
    starts.retain(|start| whole.0 <= *start && *start <= whole.1);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([whole.1]);
    starts.iter().copied().zip(ends).collect()
}

/// Packets of one cell.
struct Packet<A> {
    to: A,
    protocol: Protocol,
    port: u16,
    client_port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Request,
    Reply,
}

/// A policy with its rules at hand; drop rules that only raise alerts say so.
struct Policy<'n> {
    policy: &'n FirewallPolicy,
    stateless: Vec<(&'n FirewallRule, FirewallAction)>,
    stateful: Vec<(&'n FirewallRule, FirewallAction)>,
}

impl<'n> Policy<'n> {
    fn of(network: &'n Network, firewall: &Firewall) -> Result<Self, Doubt> {
        let id = firewall.policy.as_deref();
        let policy = id.and_then(|id| network.firewall_policies.iter().find(|policy| policy.id == id));
        let Some(policy) = policy else { return Err(missing(network, "FirewallPolicies", "policy", &firewall.id)) };
        if let Some(what) = &policy.not_modelled {
            return Err(Doubt::not_modelled(format!("firewall policy `{}`: {what}, which is not followed", policy.id)));
        }
        let of_group = |id: &str| -> Result<&'n FirewallRuleGroup, Doubt> {
            let group = network.firewall_rule_groups.iter().find(|group| group.id == id);
            let group = group.ok_or_else(|| missing(network, "RuleGroups", "rule group", id))?;
            match &group.not_modelled {
                Some(what) => {
                    let what = format!("rule group `{id}` of firewall `{}`: {what}, not followed", firewall.id);
                    Err(Doubt::not_modelled(what))
                }
                None => Ok(group),
            }
        };
        let (mut stateless, mut stateful) = (Vec::new(), Vec::new());
        for id in &policy.stateless_groups {
            stateless.extend(of_group(id)?.rules.iter().map(|rule| (rule, rule.action)));
        }
        for group in &policy.stateful_groups {
            let noted = |rule: &FirewallRule| rule.action == FirewallAction::Drop && group.drop_to_alert;
            let action = |rule: &FirewallRule| if noted(rule) { FirewallAction::Alert } else { rule.action };
            stateful.extend(of_group(&group.id)?.rules.iter().map(|rule| (rule, action(rule))));
        }
        Ok(Self { policy, stateless, stateful })
    }

    /// Sources whose requests pass, and to which replies pass; `None` where a reply is judged without its request.
    fn passes<A: Address>(
        &self,
        packet: &Packet<A>,
        sources: &IntervalSet<A>,
    ) -> Option<(IntervalSet<A>, IntervalSet<A>)> {
        let (passed, forwarded) = self.stateless(packet, Direction::Request, sources);
        let (chosen, rest) = self.stateful(packet, Direction::Request, &forwarded);
        let sent = passed.union(&chosen).union(&rest);
        let (back, looked_at) = self.stateless(packet, Direction::Reply, &sent);
        if looked_at.meets(&passed) {
            return None;
        }
        // A flow that a rule chose to pass passes both ways; any other is judged packet by packet.
        let known = looked_at.intersection(&chosen);
        let (again, other) = self.stateful(packet, Direction::Reply, &looked_at.difference(&chosen));
        Some((sent, back.union(&known).union(&again).union(&other)))
    }

    /// Sources whose packets pass at once, and those whose packets the stateful rules look at.
    fn stateless<A: Address>(
        &self,
        packet: &Packet<A>,
        direction: Direction,
        sources: &IntervalSet<A>,
    ) -> (IntervalSet<A>, IntervalSet<A>) {
        let (mut left, mut pass, mut forward) = (sources.clone(), IntervalSet::empty(), IntervalSet::empty());
        let mut take = |action, taken: &IntervalSet<A>| match action {
            FirewallAction::Pass | FirewallAction::Alert => pass = pass.union(taken),
            FirewallAction::Forward => forward = forward.union(taken),
            FirewallAction::Drop => {}
        };
        for (rule, action) in &self.stateless {
            let taken = matched(rule, packet, direction, &left);
            left = left.difference(&taken);
            take(*action, &taken);
        }
        take(self.policy.stateless_default, &left);
        (pass, forward)
    }

    /// Sources whose packets a rule passes, and those whose packets pass because no rule drops them.
    fn stateful<A: Address>(
        &self,
        packet: &Packet<A>,
        direction: Direction,
        sources: &IntervalSet<A>,
    ) -> (IntervalSet<A>, IntervalSet<A>) {
        let (mut left, mut pass) = (sources.clone(), IntervalSet::empty());
        let mut run = |wanted: &[FirewallAction]| {
            for (rule, action) in self.stateful.iter().filter(|(_, action)| wanted.contains(action)) {
                let taken = matched(rule, packet, direction, &left);
                left = left.difference(&taken);
                if *action == FirewallAction::Pass {
                    pass = pass.union(&taken);
                }
            }
        };
        if self.policy.strict {
            run(&[FirewallAction::Pass, FirewallAction::Drop]);
        } else {
            run(&[FirewallAction::Pass]);
            run(&[FirewallAction::Drop]);
        }
        (pass, if self.policy.drops { IntervalSet::empty() } else { left })
    }
}

fn missing(network: &Network, answer: &str, kind: &str, id: &str) -> Doubt {
    Doubt::missing(match network.failure(answer) {
        Some(why) => format!("{kind} of `{id}`: {why}"),
        None => format!("{kind} of `{id}` is not in the snapshot"),
    })
}

/// The sources between which and `packet.to` a rule matches packets of that direction.
fn matched<A: Address>(
    rule: &FirewallRule,
    packet: &Packet<A>,
    direction: Direction,
    sources: &IntervalSet<A>,
) -> IntervalSet<A> {
    if !rule.protocols.is_empty() && !rule.protocols.contains(&number::<A>(packet.protocol)) {
        return IntervalSet::empty();
    }
    let along = one_way(rule, packet, direction == Direction::Request, sources);
    if rule.both_ways { along.union(&one_way(rule, packet, direction == Direction::Reply, sources)) } else { along }
}

/// `outside` tells whether the rule's own source is the one outside.
fn one_way<A: Address>(
    rule: &FirewallRule,
    packet: &Packet<A>,
    outside: bool,
    sources: &IntervalSet<A>,
) -> IntervalSet<A> {
    let (ours, our_ports, theirs, their_ports) = if outside {
        (&rule.destinations, &rule.destination_ports, &rule.sources, &rule.source_ports)
    } else {
        (&rule.sources, &rule.source_ports, &rule.destinations, &rule.destination_ports)
    };
    let here = ours.is_empty() || ours.iter().any(|range: &IpNet| range.contains(&packet.to.ip()));
    let at = |ports: &Vec<(u16, u16)>, port| {
        let named = ports.iter().any(|(low, high)| packet.protocol.has_ports() && *low <= port && port <= *high);
        ports.is_empty() || named
    };
    if !here || !at(our_ports, packet.port) || !at(their_ports, packet.client_port) {
        return IntervalSet::empty();
    }
    if theirs.is_empty() { sources.clone() } else { sources.intersection(&A::set(theirs)) }
}

/// The IANA protocol number.
const fn number<A: Address>(protocol: Protocol) -> u8 {
    match protocol {
        Protocol::Tcp => 6,
        Protocol::Udp => 17,
        Protocol::IcmpEcho => A::ECHO.protocol,
        Protocol::Other(number) => number,
    }
}
