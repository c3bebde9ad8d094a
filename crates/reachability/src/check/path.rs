//! The hops of a packet, looked up one by one.

use std::net::IpAddr;

use inspector_model::network::{
    Network, NetworkAcl, NetworkInterface, RouteDestination, RouteTable, SecurityGroup, SecurityGroupRule,
};
use inspector_model::proof::{Direction, Hop};

use super::middlebox::Middlebox;
use super::{Claim, Entrance, Judgement, wrong};
use crate::reference::{
    Crossing, Probe, admits, deciding_entry, lookup, speaks_of_request, table_of_gateway, table_of_subnet,
};

/// A component that the packet or its reply passes, and what a hop has to say of it.
#[derive(Debug)]
pub(super) struct Expected {
    direction: Direction,
    component: String,
    /// Words that follow each other in the hop's rule: one of these phrases must be there.
    phrases: Vec<String>,
}

/// Every component on the path, in order.
pub(super) fn expected(
    network: &Network,
    claim: &Claim<'_>,
    interface: &NetworkInterface,
    sender: Option<&NetworkInterface>,
    probe: &Probe,
) -> Vec<Expected> {
    let mut path = Path { network, probe, hops: Vec::new() };
    let border = sender.is_none_or(|sender| sender.subnet != interface.subnet || sender.vpc != interface.vpc);
    let gateway = match claim.entrance {
        Entrance::InternetGateway(id)
        | Entrance::Peering(id)
        | Entrance::VpnGateway(id)
        | Entrance::DirectConnect(id) => Some(id),
        Entrance::Inside | Entrance::Balancer(_) | Entrance::Other(_) => None,
    };
    let public = interface.addresses.iter().find(|own| own.address == probe.destination).and_then(|own| own.public);
    let public = public.filter(|_| matches!(claim.entrance, Entrance::InternetGateway(_)));
    if let Some(sender) = sender {
        path.sent(sender, interface, border);
    }
    if let Some(gateway) = gateway {
        let phrase = public.map(|public| format!("delivers {public} to {}", probe.destination));
        path.hop(Direction::Request, gateway, phrase);
        path.route(Direction::Request, table_of_gateway(network, gateway), probe.destination);
    }
    let middlebox = gateway.and_then(|gateway| Middlebox::behind(network, gateway, probe.destination));
    if let Some(middlebox) = &middlebox {
        middlebox.request(&mut path, interface);
    }
    let border = border && middlebox.as_ref().is_none_or(|middlebox| middlebox.subnet != interface.subnet);
    if border {
        path.entry(Direction::Request, &interface.subnet, probe.source, Crossing::In);
    }
    path.group(claim.group, sender);
    path.hop(Direction::Request, &interface.id, Some(claim.instance.to_owned()));
    if border {
        path.entry(Direction::Reply, &interface.subnet, probe.source, Crossing::BackOut);
    }
    if border || middlebox.is_some() {
        path.route(Direction::Reply, table_of(network, interface), probe.source);
    }
    if let Some(middlebox) = &middlebox {
        middlebox.reply(&mut path, interface);
    }
    if let Some(gateway) = gateway {
        path.hop(Direction::Reply, gateway, public.map(|public| format!("sends from {public}")));
    }
    if let Some(sender) = sender.filter(|_| border) {
        path.entry(Direction::Reply, &sender.subnet, probe.destination, Crossing::BackIn);
    }
    path.hops
}

pub(super) struct Path<'n> {
    pub(super) network: &'n Network,
    pub(super) probe: &'n Probe,
    hops: Vec<Expected>,
}

impl Path<'_> {
    pub(super) fn hop(&mut self, direction: Direction, component: &str, phrase: Option<String>) {
        self.hops.push(Expected { direction, component: component.to_owned(), phrases: phrase.into_iter().collect() });
    }

    /// The sender's own side.
    fn sent(&mut self, sender: &NetworkInterface, interface: &NetworkInterface, border: bool) {
        self.hop(Direction::Request, &sender.id, Some(format!("sends from {}", self.probe.source)));
        self.leaves(sender, interface);
        if border {
            self.entry(Direction::Request, &sender.subnet, self.probe.destination, Crossing::Out);
            self.route(Direction::Request, table_of(self.network, sender), self.probe.destination);
        }
    }

    /// An outbound rule of a group of `sender`. Where several groups admit it, any of them may be named; the first one that
    /// does is.
    pub(super) fn leaves(&mut self, sender: &NetworkInterface, interface: &NetworkInterface) {
        let to = self.probe.destination;
        self.admitted(sender, |group| &group.egress, to, Some(interface), "to");
    }

    /// An inbound rule of a group of `receiver`, in the same way.
    pub(super) fn enters(&mut self, receiver: &NetworkInterface) {
        self.admitted(receiver, |group| &group.ingress, self.probe.source, None, "from");
    }

    fn admitted(
        &mut self,
        own: &NetworkInterface,
        rules: fn(&SecurityGroup) -> &Vec<SecurityGroupRule>,
        other: IpAddr,
        interface: Option<&NetworkInterface>,
        arrow: &str,
    ) {
        let groups = self.network.security_groups.iter().filter(|group| own.security_groups.contains(&group.id));
        let admitting = |rule: &&SecurityGroupRule| {
            speaks_of_request(rule.traffic, self.probe) && admits(self.network, rule, other, interface) == Some(true)
        };
        let mut groups = groups.map(|group| (group, rules(group).iter().filter(admitting).collect::<Vec<_>>()));
        if let Some((group, rules)) = groups.find(|(_, rules)| !rules.is_empty()) {
            let phrases = rules.into_iter().flat_map(|rule| others(self.network, rule, other, interface, arrow));
            let (component, phrases) = (group.id.clone(), phrases.collect());
            self.hops.push(Expected { direction: Direction::Request, component, phrases });
        }
    }

    pub(super) fn entry(&mut self, direction: Direction, subnet: &str, other: IpAddr, crossing: Crossing) {
        let guards = |acl: &&NetworkAcl| acl.subnets.iter().any(|guarded| guarded == subnet);
        let Some(acl) = self.network.network_acls.iter().find(guards) else { return };
        let seen = Probe { source: other, ..*self.probe };
        let side = if matches!(crossing, Crossing::Out | Crossing::BackOut) { "outbound" } else { "inbound" };
        if let Some(entry) = deciding_entry(acl, &seen, crossing) {
            self.hop(direction, &acl.id, Some(format!("{side} entry {} allows", entry.number)));
        }
    }

    pub(super) fn route(&mut self, direction: Direction, table: Option<&RouteTable>, destination: IpAddr) {
        let Some(table) = table else { return };
        if let Ok(Some(route)) = lookup(self.network, table, destination) {
            let to = match &route.destination {
                RouteDestination::Range(range) => range.to_string(),
                RouteDestination::PrefixList(id) => id.clone(),
            };
            self.hop(direction, &table.id, Some(format!("route {to} to {}", route.target)));
        }
    }

    fn group(&mut self, id: &str, sender: Option<&NetworkInterface>) {
        let group = self.network.security_groups.iter().find(|group| group.id == id);
        let rules = group.into_iter().flat_map(|group| &group.ingress);
        let rules = rules.filter(|rule| speaks_of_request(rule.traffic, self.probe));
        let phrases = rules.flat_map(|rule| others(self.network, rule, self.probe.source, sender, "from")).collect();
        self.hops.push(Expected { direction: Direction::Request, component: id.to_owned(), phrases });
    }
}

/// How a rule may name the other end.
fn others(
    network: &Network,
    rule: &SecurityGroupRule,
    other: IpAddr,
    interface: Option<&NetworkInterface>,
    arrow: &str,
) -> Vec<String> {
    let ranges = rule.ranges.iter().filter(|range| range.contains(&other)).map(|range| format!("{arrow} {range}"));
    let member = |id: &&String| interface.is_some_and(|interface| interface.security_groups.contains(id));
    let groups = rule.groups.iter().filter(member).map(|id| format!("{arrow} members of {id}"));
    let lists = network.prefix_lists.iter().filter(|list| rule.prefix_lists.contains(&list.id));
    let lists = lists.filter(|list| list.ranges.iter().any(|range| range.contains(&other)));
    let lists = lists.map(|list| format!("prefix list {}", list.id));
    ranges.chain(groups).chain(lists).collect()
}

fn table_of<'n>(network: &'n Network, interface: &NetworkInterface) -> Option<&'n RouteTable> {
    table_of_subnet(network, &interface.subnet, &interface.vpc)
}

/// Hop by hop; the first that differs is told.
pub(super) fn compare(expected: &[Expected], claimed: &[Hop]) -> Result<(), Judgement> {
    for (at, expected) in expected.iter().enumerate() {
        let number = at + 1;
        let Some(hop) = claimed.get(at) else {
            return wrong(format!("the path ends before `{}`, which the packet passes", expected.component));
        };
        if hop.component != expected.component || hop.direction != expected.direction {
            let (said, passed) = (&hop.component, &expected.component);
            return wrong(format!("hop {number} names `{said}`, and there the packet passes `{passed}`"));
        }
        if !expected.phrases.is_empty() && !expected.phrases.iter().any(|phrase| says(&hop.rule, phrase)) {
            let (component, phrases) = (&hop.component, expected.phrases.join("` or `"));
            return wrong(format!("hop {number} says `{}` of `{component}`, which decides by `{phrases}`", hop.rule));
        }
    }
    match claimed.get(expected.len()) {
        Some(more) => wrong(format!("the path goes on to `{}`, which the packet does not pass", more.component)),
        None => Ok(()),
    }
}

/// Whether the words of `phrase` follow each other in `text`.
fn says(text: &str, phrase: &str) -> bool {
    let (text, phrase): (Vec<&str>, Vec<&str>) = (text.split(' ').collect(), phrase.split(' ').collect());
    text.windows(phrase.len()).any(|words| words == phrase.as_slice())
}
