//! Where ways and security groups meet: the edges of one family.

#![expect(clippy::disallowed_types, reason = "caches that are looked up by key only, so no order can leak")]

use std::collections::HashMap;

use inspector_model::network::{Edge, InterfaceAddress, NetworkInterface, Traffic};
use ipnet::IpNet;

use super::endpoint;
use super::entry::Scope;
use super::groups::{self, Admissions};
use super::internet::{self, Sources};
use super::subject::Subject;
use super::way::{Filter, Way, meets};
use super::{client_vpn, direct_connect, intra, peering, transit, vpn};
use crate::address::Address;
use crate::fact::{Doubt, Fact, Verdict};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// What is compiled once and used for many interfaces.
pub(super) struct Engine<'n, A> {
    question: Question,
    sources: Sources<A>,
    to: Option<IpNet>,
    port: Option<u16>,
    ways: HashMap<(Gate<'n>, &'n str, &'n str), Way<'n, A>>,
    admissions: HashMap<(&'n str, Protocol, Scope<'n>), Admissions<A>>,
}

/// A way in, by what it is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Gate<'n> {
    /// The internet gateway of the interface's VPC.
    Internet,
    /// A VPC peering connection.
    Peering(&'n str),
    /// A virtual private gateway, from behind its VPN connections.
    Vpn(&'n str),
    /// A virtual private gateway, from behind Direct Connect.
    DirectConnect(&'n str),
    /// A transit gateway, from what the edge says.
    Transit(Edge, &'n str),
    /// A Client VPN endpoint.
    ClientVpn(&'n str),
    /// Inside the interface's VPC, from where the question says.
    Intra,
}

/// What the groups of an interface and the way to it let through together.
#[derive(Debug)]
pub(super) struct Meeting<A> {
    /// Reachable packets by group: ports, sources, client ports.
    pub(super) open: Vec<Open<A>>,
    /// Ports at which some request arrives.
    pub(super) arrive: Vec<(u16, u16)>,
    /// Components that replies may or may not come back through.
    pub(super) perhaps: Vec<Doubt>,
    /// Groups and lists that may admit more.
    pub(super) unknown: Vec<Doubt>,
}

/// Reachable packets that one group admits.
#[derive(Debug)]
pub(super) struct Open<A> {
    pub(super) group: String,
    /// The only address that they go to; `None` is any of the interface.
    pub(super) to: Option<A>,
    pub(super) ports: (u16, u16),
    pub(super) sources: IntervalSet<A>,
    pub(super) client_ports: (u16, u16),
}

/// Whether the sets of a [`Meeting`] are empty, and the reachable ports.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) open: Vec<(u16, u16)>,
    pub(super) arrives: bool,
    pub(super) perhaps: bool,
    pub(super) unknown: bool,
}

impl Gate<'_> {
    /// What kind of way.
    pub(super) const fn edge(self) -> Edge {
        match self {
            Self::Internet => Edge::Internet,
            Self::Peering(_) => Edge::PeeredVPC,
            Self::Vpn(_) => Edge::VGW,
            Self::DirectConnect(_) => Edge::DirectConnect,
            Self::Transit(edge, _) => edge,
            Self::ClientVpn(_) => Edge::ClientVPN,
            Self::Intra => Edge::IntraVPC,
        }
    }
}

impl<'n, A: Address> Engine<'n, A> {
    pub(super) fn new(question: &Question) -> Self {
        let to = match &question.to {
            Some(End::Range(range)) => Some(*range),
            Some(End::Component(_)) | None => None,
        };
        let sources = Sources::of(question);
        Self {
            question: question.clone(),
            sources,
            to,
            port: question.port,
            ways: HashMap::new(),
            admissions: HashMap::new(),
        }
    }

    /// Adds the facts about one way to `interface`.
    pub(super) fn answer(
        &mut self,
        index: &Index<'n>,
        gate: Gate<'n>,
        interface: &'n NetworkInterface,
        instance: &str,
        facts: &mut Vec<Fact>,
    ) {
        let protocols = protocols(index, interface);
        self.compile_way(index, gate, interface);
        self.compile_groups(index, gate, interface, &protocols);
        let Some(subject) = self.subject(index, gate, interface, instance) else { return };
        let targets = subject.open_targets();
        for protocol in protocols {
            let filters = subject.way.filters(index, interface, &targets, protocol);
            let mut meeting = Meeting::default();
            let port = self.port.filter(|_| protocol.has_ports());
            for filter in filters.iter() {
                let admitted = self.admitted(interface, protocol, subject.way.entry.scope(filter.members));
                meet(&admitted, filter, subject.way, port, &mut meeting);
            }
            meeting.tidy();
            let admitted = self.admitted_from_anywhere(interface, protocol, subject.way);
            facts.push(subject.fact(protocol, meeting, &filters, &admitted));
        }
    }

    /// Tells verdicts and reachable ports as [`Engine::answer`] would find them, without their proofs.
    pub(super) fn outline(
        &mut self,
        index: &Index<'n>,
        gate: Gate<'n>,
        interface: &'n NetworkInterface,
        instance: &str,
        mut tell: impl FnMut(Verdict, IntervalSet<u16>),
    ) {
        let protocols = protocols(index, interface);
        self.compile_way(index, gate, interface);
        if self.subject(index, gate, interface, instance).is_some_and(|subject| subject.closed()) {
            protocols.iter().for_each(|_| tell(Verdict::Blocked, IntervalSet::empty()));
            return;
        }
        self.compile_groups(index, gate, interface, &protocols);
        let Some(subject) = self.subject(index, gate, interface, instance) else { return };
        let certain = subject.doubts().is_empty();
        let targets = subject.open_targets();
        for protocol in protocols {
            let admitted = self.admitted_from_anywhere(interface, protocol, subject.way);
            let silent = admitted.iter().all(|(_, admissions)| admissions.is_empty());
            if silent && !subject.in_doubt() {
                tell(Verdict::Blocked, IntervalSet::empty());
                continue;
            }
            let filters = subject.way.filters(index, interface, &targets, protocol);
            let mut outlined = Outline::default();
            let port = self.port.filter(|_| protocol.has_ports());
            for filter in filters.iter() {
                let admitted = self.admitted(interface, protocol, subject.way.entry.scope(filter.members));
                outline(&admitted, filter, port, &mut outlined);
            }
            let verdict = subject.verdict(false, certain, &outlined, &filters);
            let ports = match verdict {
                Verdict::Reachable if protocol.has_ports() => IntervalSet::of(outlined.open),
                Verdict::Reachable | Verdict::OneWay | Verdict::Blocked | Verdict::NotAssessed => IntervalSet::empty(),
            };
            tell(verdict, ports);
        }
    }

    fn compile_way(&mut self, index: &Index<'n>, gate: Gate<'n>, interface: &'n NetworkInterface) {
        let (vpc, subnet) = place(interface);
        let (sources, question) = (&self.sources, &self.question);
        self.ways.entry((gate, vpc, subnet)).or_insert_with(|| {
            Way::new(index, vpc, subnet, |table| match gate {
                Gate::Internet => internet::entry(index, (vpc, subnet), table, sources),
                Gate::Peering(id) => peering::entry(index, id, vpc, question),
                Gate::Vpn(id) => vpn::entry(index, id, vpc, question),
                Gate::DirectConnect(id) => direct_connect::entry(index, id, vpc, question),
                Gate::Transit(edge, id) => transit::entry(index, (edge, id), (vpc, subnet), table, question),
                Gate::ClientVpn(id) => client_vpn::entry(index, id, (vpc, subnet), question),
                Gate::Intra => intra::entry(index, vpc, subnet, question),
            })
        });
    }

    fn compile_groups(
        &mut self,
        index: &Index<'n>,
        gate: Gate<'n>,
        interface: &'n NetworkInterface,
        protocols: &[Protocol],
    ) {
        let (vpc, subnet) = place(interface);
        let Some(way) = self.ways.get(&(gate, vpc, subnet)) else { return };
        let within = Some(self.sources.internet()).filter(|_| gate == Gate::Internet);
        for id in &interface.security_groups {
            for &protocol in protocols {
                for scope in way.entry.scopes() {
                    let compile = || groups::admissions(index, id, protocol, scope.members, within);
                    self.admissions.entry((id, protocol, scope)).or_insert_with(compile);
                }
            }
        }
    }

    fn subject<'s>(
        &'s self,
        index: &'s Index<'n>,
        gate: Gate<'n>,
        interface: &'n NetworkInterface,
        instance: &'s str,
    ) -> Option<Subject<'s, 'n, A>> {
        let (vpc, subnet) = place(interface);
        let way = self.ways.get(&(gate, vpc, subnet))?;
        let asked = |address: &&InterfaceAddress| {
            A::of_ip(address.address).is_some()
                && self.to.is_none_or(|to| {
                    to.contains(&address.address) || address.public.is_some_and(|public| to.contains(&public))
                })
        };
        let addresses = interface.addresses.iter().filter(asked);
        let addresses = addresses.map(|address| endpoint::address::<A>(index, interface, address, &way.entry));
        Some(Subject {
            index,
            interface,
            instance,
            way,
            standing: endpoint::interface(index, interface, instance),
            addresses: addresses.collect(),
        })
    }

    fn admitted(&self, interface: &'n NetworkInterface, protocol: Protocol, scope: Scope<'n>) -> Admitted<'_, A> {
        let ids = interface.security_groups.iter();
        ids.filter_map(|id| Some((id.as_str(), self.admissions.get(&(id.as_str(), protocol, scope))?))).collect()
    }

    /// What the groups admit, whatever VPC a reference to a group means.
    fn admitted_from_anywhere(
        &self,
        interface: &'n NetworkInterface,
        protocol: Protocol,
        way: &Way<'n, A>,
    ) -> Admitted<'_, A> {
        way.entry.scopes().into_iter().flat_map(|scope| self.admitted(interface, protocol, scope)).collect()
    }
}

/// What the groups of an interface admit, by group.
pub(super) type Admitted<'s, A> = Vec<(&'s str, &'s Admissions<A>)>;

impl<A> Default for Meeting<A> {
    fn default() -> Self {
        Self { open: Vec::new(), arrive: Vec::new(), perhaps: Vec::new(), unknown: Vec::new() }
    }
}

impl<A> Meeting<A> {
    fn tidy(&mut self) {
        for doubts in [&mut self.perhaps, &mut self.unknown] {
            doubts.sort();
            doubts.dedup();
        }
    }
}

fn place(interface: &NetworkInterface) -> (&str, &str) {
    (&interface.vpc, &interface.subnet)
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

pub(super) fn meet<A: Address>(
    admitted: &[(&str, &Admissions<A>)],
    filter: &Filter<'_, A>,
    way: &Way<'_, A>,
    port: Option<u16>,
    meeting: &mut Meeting<A>,
) {
    for (group, admissions) in admitted {
        meeting.unknown.extend(admissions.unknown.iter().cloned());
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let Some(ports) = common(passage.ports, admission.ports, port) else { continue };
                let arrives = admission.sources.meets(&passage.arrive);
                if arrives && !filter.unknown.is_empty() {
                    meeting.perhaps.extend(filter.unknown.iter().cloned());
                    continue;
                }
                if arrives {
                    meeting.arrive.push(ports);
                }
                for (component, through) in &way.routes.perhaps {
                    if passage.perhaps.intersection(through).meets(&admission.sources) {
                        let what = format!("replies go through `{component}`, which is not modelled");
                        meeting.perhaps.push(Doubt::not_modelled(what));
                    }
                }
                let sources = admission.sources.intersection(&passage.answered);
                for reply in filter.replies.iter().filter(|reply| reply.addresses.meets(&sources)) {
                    meeting.open.push(Open {
                        group: (*group).to_owned(),
                        to: filter.to,
                        ports,
                        sources: sources.intersection(&reply.addresses),
                        client_ports: reply.ports,
                    });
                }
            }
        }
    }
}

fn outline<A: Address>(
    admitted: &[(&str, &Admissions<A>)],
    filter: &Filter<'_, A>,
    port: Option<u16>,
    outline: &mut Outline,
) {
    let replied = filter.replies.iter().fold(IntervalSet::empty(), |all, reply| all.union(&reply.addresses));
    for (_, admissions) in admitted {
        outline.unknown |= !admissions.unknown.is_empty();
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let Some(ports) = common(passage.ports, admission.ports, port) else { continue };
                let arrives = admission.sources.meets(&passage.arrive);
                if arrives && !filter.unknown.is_empty() {
                    outline.perhaps = true;
                    continue;
                }
                if admission.sources.intersection(&passage.answered).meets(&replied) {
                    outline.open.push(ports);
                }
                outline.arrives |= arrives;
                outline.perhaps = outline.perhaps || admission.sources.meets(&passage.perhaps);
            }
        }
    }
}

/// The ports of both intervals that are asked about; `asked` is `None` for a protocol without ports.
fn common(a: (u16, u16), b: (u16, u16), asked: Option<u16>) -> Option<(u16, u16)> {
    let ports = (a.0.max(b.0), a.1.min(b.1));
    match asked {
        Some(port) => (ports.0 <= port && port <= ports.1).then_some((port, port)),
        None => Some(ports),
    }
}
