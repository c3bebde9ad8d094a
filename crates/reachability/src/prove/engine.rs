//! Where ways and security groups meet: the internet edge of one family.

use std::collections::BTreeMap;
use std::net::IpAddr;

use inspector_model::network::{Edge, InterfaceAddress, NetworkInterface, Traffic};
use ipnet::IpNet;

use super::endpoint::{self, Standing};
use super::groups::{self, Admissions};
use super::way::{Filter, Way, meets};
use super::{blockers, explain};
use crate::address::{self, Address};
use crate::fact::{Doubt, Fact, Opening, Verdict};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// What is compiled once and used for many interfaces.
pub(super) struct Engine<'n, A> {
    sources: IntervalSet<A>,
    to: Option<IpNet>,
    port: Option<u16>,
    ways: BTreeMap<(&'n str, &'n str), Way<'n, A>>,
    admissions: BTreeMap<(&'n str, Protocol), Admissions<A>>,
}

/// What the groups of an interface and the way to it let through together.
#[derive(Debug, Default)]
pub(super) struct Meeting<A> {
    /// Reachable packets by group: ports, sources, client ports.
    pub(super) open: Vec<Open<A>>,
    /// Ports at which some request arrives.
    pub(super) arrive: IntervalSet<u16>,
    /// Components that replies may or may not come back through.
    pub(super) perhaps: Vec<Doubt>,
    /// Groups and lists that may admit more.
    pub(super) unknown: Vec<Doubt>,
}

/// Reachable packets that one group admits.
#[derive(Debug)]
pub(super) struct Open<A> {
    pub(super) group: String,
    pub(super) ports: (u16, u16),
    pub(super) sources: IntervalSet<A>,
    pub(super) client_ports: (u16, u16),
}

impl<'n, A: Address> Engine<'n, A> {
    pub(super) fn new(question: &Question) -> Self {
        let sources = match &question.from {
            Some(End::Range(range)) => A::set([range]),
            Some(End::Component(_)) | None => IntervalSet::full(),
        };
        let to = match &question.to {
            Some(End::Range(range)) => Some(*range),
            Some(End::Component(_)) | None => None,
        };
        Self { sources, to, port: question.port, ways: BTreeMap::new(), admissions: BTreeMap::new() }
    }

    /// Adds the facts about the internet edge of `interface`.
    pub(super) fn answer(
        &mut self,
        index: &Index<'n>,
        interface: &'n NetworkInterface,
        instance: &str,
        facts: &mut Vec<Fact>,
    ) {
        let place = (interface.vpc.as_str(), interface.subnet.as_str());
        let sources = &self.sources;
        let way = self.ways.entry(place).or_insert_with(|| Way::new(index, place.0, place.1, sources));
        let standing = endpoint::interface(index, interface, instance);
        let to = self.to;
        let asked = |address: &&InterfaceAddress| {
            to.is_none_or(|to| {
                to.contains(&address.address) || address.public.is_some_and(|public| to.contains(&public))
            })
        };
        let addresses: Vec<(&InterfaceAddress, Standing)> = interface
            .addresses
            .iter()
            .filter(|address| A::of_ip(address.address).is_some())
            .filter(asked)
            .map(|address| (address, endpoint::address::<A>(index, interface, address, way.gateway)))
            .collect();
        for protocol in protocols(index, interface) {
            for id in &interface.security_groups {
                let compile = || groups::admissions(index, id, protocol);
                self.admissions.entry((id, protocol)).or_insert_with(compile);
            }
            let admitted: Vec<(&str, &Admissions<A>)> = interface
                .security_groups
                .iter()
                .filter_map(|id| Some((id.as_str(), self.admissions.get(&(id.as_str(), protocol))?)))
                .collect();
            let meeting = meet(&admitted, &way.filter(protocol), way, self.port);
            let subject = Subject { index, interface, instance, way, standing: &standing, addresses: &addresses };
            facts.push(subject.fact(protocol, meeting, &admitted));
        }
    }
}

/// The protocols that every interface is asked about, and those that its groups name by number.
fn protocols(index: &Index<'_>, interface: &NetworkInterface) -> Vec<Protocol> {
    let rules = interface.security_groups.iter().filter_map(|id| index.group(id)).flat_map(|group| &group.ingress);
    let named = rules.filter_map(|rule| match rule.traffic {
        Traffic::Protocol { protocol } => Some(Protocol::Other(protocol)),
        Traffic::All | Traffic::Ports { .. } | Traffic::Icmp { .. } => None,
    });
    let mut protocols: Vec<Protocol> = Protocol::ALWAYS.into_iter().chain(named).collect();
    protocols.sort_unstable();
    protocols.dedup();
    protocols
}

fn meet<A: Address>(
    admitted: &[(&str, &Admissions<A>)],
    filter: &Filter<A>,
    way: &Way<'_, A>,
    port: Option<u16>,
) -> Meeting<A> {
    let mut meeting =
        Meeting { unknown: Vec::new(), open: Vec::new(), perhaps: Vec::new(), arrive: IntervalSet::empty() };
    let mut arrive = Vec::new();
    for (group, admissions) in admitted {
        meeting.unknown.extend(admissions.unknown.iter().cloned());
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let both = (passage.ports.0.max(admission.ports.0), passage.ports.1.min(admission.ports.1));
                let Some(ports) = narrowed(both, port) else { continue };
                if admission.sources.meets(&passage.arrive) {
                    arrive.push(ports);
                }
                for (component, through) in &way.routes.perhaps {
                    if passage.perhaps.intersection(through).meets(&admission.sources) {
                        let what = format!("replies go through `{component}`, which is not modelled");
                        meeting.perhaps.push(Doubt::not_modelled(what));
                    }
                }
                let sources = admission.sources.intersection(&passage.answered);
                for reply in filter.replies.iter().filter(|reply| reply.addresses.meets(&sources)) {
                    let sources = sources.intersection(&reply.addresses);
                    meeting.open.push(Open { group: (*group).to_owned(), ports, sources, client_ports: reply.ports });
                }
            }
        }
    }
    meeting.arrive = IntervalSet::of(arrive);
    meeting.perhaps.sort();
    meeting.perhaps.dedup();
    meeting.unknown.sort();
    meeting.unknown.dedup();
    meeting
}

/// The ports asked about; protocols without ports have the interval 0-0, which a port does not narrow.
fn narrowed(ports: (u16, u16), asked: Option<u16>) -> Option<(u16, u16)> {
    match asked {
        Some(_) if ports == (0, 0) => Some(ports),
        Some(port) => (ports.0 <= port && port <= ports.1).then_some((port, port)),
        None => Some(ports),
    }
}

/// One interface and all that is known about it.
struct Subject<'s, 'n, A> {
    index: &'s Index<'n>,
    interface: &'n NetworkInterface,
    instance: &'s str,
    way: &'s Way<'n, A>,
    standing: &'s Standing,
    addresses: &'s [(&'n InterfaceAddress, Standing)],
}

impl<A: Address> Subject<'_, '_, A> {
    fn fact(&self, protocol: Protocol, meeting: Meeting<A>, admitted: &[(&str, &Admissions<A>)]) -> Fact {
        let unblocked = || self.addresses.iter().filter(|(_, standing)| standing.blockers.is_empty());
        // Among addresses that can be reached, one without doubts speaks first.
        let best = unblocked().min_by_key(|(_, standing)| standing.unknown.len());
        let closed = best.is_none() && !self.addresses.is_empty();
        let closed = closed || !self.standing.blockers.is_empty() || !self.way.blockers.is_empty();
        let mut doubts: Vec<Doubt> = self.standing.unknown.iter().chain(&self.way.unknown).cloned().collect();
        if self.addresses.is_empty() {
            doubts.push(Doubt::missing(format!("interface `{}` has no address in the snapshot", self.interface.id)));
        }
        doubts.extend(best.iter().flat_map(|(_, standing)| standing.unknown.iter().cloned()));
        let outcome = self.verdict(protocol, &meeting, closed, &doubts);

        let mut fact = self.empty(protocol, best.map(|(address, _)| address.address), outcome);
        match outcome {
            Verdict::Reachable => {
                let open: Vec<IpAddr> = unblocked()
                    .filter(|(_, standing)| standing.unknown.is_empty())
                    .map(|(address, _)| address.address)
                    .collect();
                self.fill(&mut fact, &meeting, &open);
                fact.unknown = meeting.unknown.into_iter().chain(meeting.perhaps).collect();
            }
            Verdict::OneWay => {
                if protocol.has_ports() {
                    fact.one_way_ports = meeting.arrive;
                }
                fact.blocked_by = self.blockers(protocol, admitted);
            }
            Verdict::Blocked => fact.blocked_by = self.blockers(protocol, admitted),
            Verdict::NotAssessed => {
                fact.unknown = doubts.into_iter().chain(meeting.unknown).chain(meeting.perhaps).collect();
            }
        }
        if outcome != Verdict::Blocked {
            fact.assumptions = self.standing.assumptions.iter().chain(&self.way.assumptions).cloned().collect();
        }
        fact
    }

    /// Blocked holds whatever the unknown turns out to be; reachable needs every part of the path to be known.
    fn verdict(&self, protocol: Protocol, meeting: &Meeting<A>, closed: bool, doubts: &[Doubt]) -> Verdict {
        if closed {
            return Verdict::Blocked;
        }
        let certain = doubts.is_empty();
        if !meeting.open.is_empty() {
            return if certain { Verdict::Reachable } else { Verdict::NotAssessed };
        }
        let passes = || self.way.filter(protocol).requests.iter().any(|passage| !passage.arrive.is_empty());
        if !meeting.perhaps.is_empty() || (!meeting.unknown.is_empty() && passes()) {
            return Verdict::NotAssessed;
        }
        match (meeting.arrive.is_empty(), certain) {
            (true, _) => Verdict::Blocked,
            (false, true) => Verdict::OneWay,
            (false, false) => Verdict::NotAssessed,
        }
    }

    fn fill(&self, fact: &mut Fact, meeting: &Meeting<A>, addresses: &[IpAddr]) {
        let ports = IntervalSet::of(meeting.open.iter().map(|open| open.ports).collect());
        let sources = meeting.open.iter().fold(IntervalSet::empty(), |all, open| all.union(&open.sources));
        fact.source = Some(if sources == self.way.internet && !self.way.narrowed {
            "internet".to_owned()
        } else {
            address::describe(&sources)
        });
        if fact.protocol.has_ports() {
            fact.client_ports = IntervalSet::of(meeting.open.iter().map(|open| open.client_ports).collect());
            fact.one_way_ports = meeting.arrive.difference(&ports);
            fact.ports = ports;
        }
        fact.allowed_by = meeting.open.iter().map(|open| open.group.clone()).collect();
        fact.allowed_by.sort();
        fact.allowed_by.dedup();
        for &address in addresses {
            fact.openings.extend(meeting.open.iter().map(|open| Opening {
                group: open.group.clone(),
                address,
                ports: open.ports,
                sources: open.sources.intervals().iter().map(|(low, high)| (low.ip(), high.ip())).collect(),
                client_ports: open.client_ports,
            }));
        }
        fact.openings.sort_by(|a, b| (&a.ports, &a.group, a.address).cmp(&(&b.ports, &b.group, b.address)));
        explain::witness(self.index, fact);
    }

    fn blockers(&self, protocol: Protocol, admitted: &[(&str, &Admissions<A>)]) -> Vec<crate::fact::Blocker> {
        let mut all = self.standing.blockers.clone();
        if self.addresses.iter().all(|(_, standing)| !standing.blockers.is_empty()) {
            all.extend(self.addresses.iter().flat_map(|(_, standing)| standing.blockers.iter().cloned()));
        }
        all.extend(blockers::of_filters(self.index, self.interface, self.way, protocol, admitted));
        all.sort();
        all.dedup();
        all
    }

    fn empty(&self, protocol: Protocol, address: Option<IpAddr>, outcome: Verdict) -> Fact {
        let first = self.addresses.first().map(|(address, _)| address.address);
        let primary = || self.interface.addresses.first().map(|address| address.address);
        Fact {
            instance: self.instance.to_owned(),
            instance_name: self.index.instance(self.instance).and_then(|instance| instance.name()).map(str::to_owned),
            private_ip: address.or(first).or_else(primary),
            eni: self.interface.id.clone(),
            via: self.way.gateway.map(str::to_owned),
            reachable: outcome == Verdict::Reachable,
            ..Fact::unanswered(Edge::Internet, A::FAMILY, protocol, outcome)
        }
    }
}
