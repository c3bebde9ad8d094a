//! Where ways and security groups meet: the internet edge of one family.

#![expect(clippy::disallowed_types, reason = "caches that are looked up by key only, so no order can leak")]

use std::collections::HashMap;

use inspector_model::network::{InterfaceAddress, NetworkInterface, Traffic};
use ipnet::IpNet;

use super::endpoint;
use super::groups::{self, Admissions};
use super::subject::Subject;
use super::way::{Filter, Sources, Way, meets};
use crate::address::Address;
use crate::fact::{Doubt, Fact, Verdict};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// What is compiled once and used for many interfaces.
pub(super) struct Engine<'n, A> {
    sources: Sources<A>,
    to: Option<IpNet>,
    port: Option<u16>,
    ways: HashMap<(&'n str, &'n str), Way<'n, A>>,
    admissions: HashMap<(&'n str, Protocol), Admissions<A>>,
}

/// What the groups of an interface and the way to it let through together.
#[derive(Debug)]
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

/// Whether the sets of a [`Meeting`] are empty, and the reachable ports.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) open: Vec<(u16, u16)>,
    pub(super) arrives: bool,
    pub(super) perhaps: bool,
    pub(super) unknown: bool,
}

impl<'n, A: Address> Engine<'n, A> {
    pub(super) fn new(question: &Question) -> Self {
        let to = match &question.to {
            Some(End::Range(range)) => Some(*range),
            Some(End::Component(_)) | None => None,
        };
        let sources = Sources::of(question);
        Self { sources, to, port: question.port, ways: HashMap::new(), admissions: HashMap::new() }
    }

    /// Adds the facts about the internet edge of `interface`.
    pub(super) fn answer(
        &mut self,
        index: &Index<'n>,
        interface: &'n NetworkInterface,
        instance: &str,
        facts: &mut Vec<Fact>,
    ) {
        let protocols = protocols(index, interface);
        self.compile_way(index, interface);
        self.compile_groups(index, interface, &protocols);
        let Some(subject) = self.subject(index, interface, instance) else { return };
        for protocol in protocols {
            let admitted = self.admitted(interface, protocol);
            let meeting = meet(&admitted, &subject.way.filter(protocol), subject.way, self.port);
            facts.push(subject.fact(protocol, meeting, &admitted));
        }
    }

    /// Tells verdicts and reachable ports as [`Engine::answer`] would find them, without their proofs.
    pub(super) fn outline(
        &mut self,
        index: &Index<'n>,
        interface: &'n NetworkInterface,
        instance: &str,
        mut tell: impl FnMut(Verdict, IntervalSet<u16>),
    ) {
        let protocols = protocols(index, interface);
        self.compile_way(index, interface);
        if self.subject(index, interface, instance).is_some_and(|subject| subject.closed()) {
            protocols.iter().for_each(|_| tell(Verdict::Blocked, IntervalSet::empty()));
            return;
        }
        self.compile_groups(index, interface, &protocols);
        let Some(subject) = self.subject(index, interface, instance) else { return };
        let certain = subject.doubts().is_empty();
        for protocol in protocols {
            let admitted = self.admitted(interface, protocol);
            let silent = admitted.iter().all(|(_, admissions)| admissions.is_empty());
            if silent {
                tell(Verdict::Blocked, IntervalSet::empty());
                continue;
            }
            let filter = subject.way.filter(protocol);
            let outline = outline(&admitted, &filter, self.port);
            let verdict = subject.verdict(false, certain, &outline, &filter);
            let ports = match verdict {
                Verdict::Reachable if protocol.has_ports() => IntervalSet::of(outline.open),
                Verdict::Reachable | Verdict::OneWay | Verdict::Blocked | Verdict::NotAssessed => IntervalSet::empty(),
            };
            tell(verdict, ports);
        }
    }

    fn compile_way(&mut self, index: &Index<'n>, interface: &'n NetworkInterface) {
        let (place, sources) = (place(interface), &self.sources);
        self.ways.entry(place).or_insert_with(|| Way::new(index, place.0, place.1, sources));
    }

    fn compile_groups(&mut self, index: &Index<'n>, interface: &'n NetworkInterface, protocols: &[Protocol]) {
        let internet = self.sources.internet();
        for id in &interface.security_groups {
            for &protocol in protocols {
                let compile = || groups::admissions(index, id, protocol, internet);
                self.admissions.entry((id, protocol)).or_insert_with(compile);
            }
        }
    }

    fn subject<'s>(
        &'s self,
        index: &'s Index<'n>,
        interface: &'n NetworkInterface,
        instance: &'s str,
    ) -> Option<Subject<'s, 'n, A>> {
        let way = self.ways.get(&place(interface))?;
        let asked = |address: &&InterfaceAddress| {
            A::of_ip(address.address).is_some()
                && self.to.is_none_or(|to| {
                    to.contains(&address.address) || address.public.is_some_and(|public| to.contains(&public))
                })
        };
        let addresses = interface.addresses.iter().filter(asked);
        let addresses =
            addresses.map(|address| (address, endpoint::address::<A>(index, interface, address, way.gateway)));
        Some(Subject {
            index,
            interface,
            instance,
            way,
            standing: endpoint::interface(index, interface, instance),
            addresses: addresses.collect(),
        })
    }

    fn admitted(&self, interface: &'n NetworkInterface, protocol: Protocol) -> Vec<(&'n str, &Admissions<A>)> {
        let ids = interface.security_groups.iter();
        ids.filter_map(|id| Some((id.as_str(), self.admissions.get(&(id.as_str(), protocol))?))).collect()
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

fn meet<A: Address>(
    admitted: &[(&str, &Admissions<A>)],
    filter: &Filter<A>,
    way: &Way<'_, A>,
    port: Option<u16>,
) -> Meeting<A> {
    let (mut open, mut arrive, mut perhaps, mut unknown) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (group, admissions) in admitted {
        unknown.extend(admissions.unknown.iter().cloned());
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let Some(ports) = common(passage.ports, admission.ports, port) else { continue };
                if admission.sources.meets(&passage.arrive) {
                    arrive.push(ports);
                }
                for (component, through) in &way.routes.perhaps {
                    if passage.perhaps.intersection(through).meets(&admission.sources) {
                        let what = format!("replies go through `{component}`, which is not modelled");
                        perhaps.push(Doubt::not_modelled(what));
                    }
                }
                let sources = admission.sources.intersection(&passage.answered);
                for reply in filter.replies.iter().filter(|reply| reply.addresses.meets(&sources)) {
                    let sources = sources.intersection(&reply.addresses);
                    open.push(Open { group: (*group).to_owned(), ports, sources, client_ports: reply.ports });
                }
            }
        }
    }
    for doubts in [&mut perhaps, &mut unknown] {
        doubts.sort();
        doubts.dedup();
    }
    Meeting { open, arrive: IntervalSet::of(arrive), perhaps, unknown }
}

fn outline<A: Address>(admitted: &[(&str, &Admissions<A>)], filter: &Filter<A>, port: Option<u16>) -> Outline {
    let mut outline = Outline::default();
    for (_, admissions) in admitted {
        outline.unknown |= !admissions.unknown.is_empty();
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let Some(ports) = common(passage.ports, admission.ports, port) else { continue };
                if admission.sources.meets(&passage.answered) {
                    outline.open.push(ports);
                    outline.arrives = true;
                }
                outline.arrives = outline.arrives || admission.sources.meets(&passage.arrive);
                outline.perhaps = outline.perhaps || admission.sources.meets(&passage.perhaps);
            }
        }
    }
    outline
}

/// The ports of both intervals that are asked about. Protocols without ports have the interval 0-0, which a port does
/// not narrow.
fn common(a: (u16, u16), b: (u16, u16), asked: Option<u16>) -> Option<(u16, u16)> {
    let ports = (a.0.max(b.0), a.1.min(b.1));
    match asked {
        Some(_) if ports == (0, 0) => Some(ports),
        Some(port) => (ports.0 <= port && port <= ports.1).then_some((port, port)),
        None => Some(ports),
    }
}
