//! The facts about one interface behind load balancers.

#![expect(clippy::disallowed_types, reason = "caches that are looked up by key only, so no order can leak")]

use std::collections::HashMap;
use std::rc::Rc;

use inspector_model::network::{BalancerKind, Edge, LoadBalancer, NetworkInterface};

use super::attempt::{Attempt, Setting};
use super::entrance::{self, Entrance};
use super::explain;
use super::node::{self, Node};
use super::registry::{Chain, Gap, LISTENERS, Registration, Registry, Stage, TARGETS, failed};
use crate::address::{self, Address, Family};
use crate::fact::{Blocker, Doubt, Fact, Opening, Verdict, Witness};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;
use crate::prove::endpoint;
use crate::prove::internet::{self, Sources};
use crate::prove::way::Way;
use crate::question::{End, Question};

type Entrances<A> = Rc<Vec<Entrance<A>>>;
type Nodes<'n, A> = Rc<(Vec<Node<'n, A>>, Vec<Doubt>)>;

/// What is compiled once and used for many interfaces.
pub(in crate::prove) struct Balancers<'n, A> {
    sources: Sources<A>,
    port: Option<u16>,
    internet: bool,
    private: bool,
    nodes: HashMap<&'n str, Nodes<'n, A>>,
    ways: HashMap<String, Way<'n, A>>,
    entrances: HashMap<(&'n str, u16, Protocol), Entrances<A>>,
}

impl<'n, A: Address> Balancers<'n, A> {
    pub(in crate::prove) fn new(question: &Question) -> Self {
        let via_gateway = match &question.from {
            None => true,
            Some(End::Range(_)) => question.means_internet(),
            Some(End::Component(id)) => id.starts_with("igw-"),
        };
        Self {
            sources: Sources::of(question),
            port: question.port,
            internet: via_gateway,
            private: question.from.is_none(),
            nodes: HashMap::new(),
            ways: HashMap::new(),
            entrances: HashMap::new(),
        }
    }

    /// Adds the facts about every load balancer that may send packets to `interface`.
    pub(in crate::prove) fn answer(
        &mut self,
        index: &Index<'n>,
        registry: &Registry<'n>,
        interface: &'n NetworkInterface,
        instance: &str,
        facts: &mut Vec<Fact>,
    ) {
        let registrations: Vec<&Registration<'n>> = registry
            .registrations(&interface.id)
            .iter()
            .filter(|registration| self.means(&registration.chain, registration.address))
            .collect();
        let mut gaps: Vec<&Gap<'n>> =
            registry.gaps(&interface.vpc).iter().filter(|gap| self.asks(gap.service.is_some())).collect();
        if registrations.is_empty() && gaps.is_empty() && !(registry.has_balancer(&interface.vpc) && self.internet) {
            return;
        }
        let subject = Subject { index, registry, interface, instance };
        let mut done: Vec<Chain<'n>> = Vec::new();
        for registration in &registrations {
            if done.iter().any(|chain| same_listener(chain, &registration.chain)) {
                continue;
            }
            done.push(registration.chain.clone());
            let together: Vec<&Registration<'n>> = registrations
                .iter()
                .copied()
                .filter(|other| same_listener(&other.chain, &registration.chain))
                .collect();
            let beside: Vec<Doubt> =
                gaps.iter().filter(|gap| gap.is_of(&registration.chain)).map(|gap| gap.doubt.clone()).collect();
            for &protocol in transports(&registration.chain.first) {
                facts.push(self.of_listener(&subject, &together, &beside, protocol));
            }
        }
        if !subject.speaks(A::FAMILY) {
            return;
        }
        gaps.retain(|gap| !done.iter().any(|chain| gap.is_of(chain)));
        facts.extend(subject.of_gaps::<A>(&gaps));
        let mut heads: Vec<(Option<&str>, &LoadBalancer)> = Vec::new();
        for chain in &done {
            let head = (chain.service.map(|service| service.id.as_str()), chain.first.balancer);
            if !heads.contains(&head) {
                heads.push(head);
            }
        }
        for (service, balancer) in heads {
            facts.extend(Protocol::ALWAYS.map(|protocol| subject.other_ports::<A>(service, balancer, protocol)));
        }
        if done.is_empty() && self.internet {
            let open = |gap: &&Gap<'n>| gap.service.is_none();
            let perhaps: Vec<Protocol> = gaps.iter().copied().filter(open).flat_map(gap_protocols).copied().collect();
            let rest = Protocol::ALWAYS.into_iter().filter(|protocol| !perhaps.contains(protocol));
            facts.extend(rest.map(|protocol| subject.unregistered::<A>(protocol)));
        }
    }

    /// Whether the question and this family are about a chain.
    fn means(&self, chain: &Chain<'_>, target: std::net::IpAddr) -> bool {
        let family = Family::of(target) == A::FAMILY;
        let mixed = chain.first.balancer.dual_stack && chain.service.is_none();
        self.asks(chain.service.is_some()) && (family || mixed)
    }

    fn asks(&self, service: bool) -> bool {
        if service { self.private } else { self.internet }
    }

    fn of_listener(
        &mut self,
        subject: &Subject<'_, 'n>,
        registrations: &[&Registration<'n>],
        beside: &[Doubt],
        protocol: Protocol,
    ) -> Fact {
        let mut found = Found { doubts: beside.to_vec(), ..Found::default() };
        let standing = endpoint::interface(subject.index, subject.interface, subject.instance);
        for registration in registrations {
            if self.port.is_some() && registration.port.is_some() && registration.port != self.port {
                found.blockers.push(Blocker::new(
                    "TARGET_PORT_RESTRICTION",
                    &registration.chain.first.balancer.name,
                    "the target is registered at another port",
                ));
            } else {
                match (A::FAMILY, Family::of(registration.address)) {
                    (Family::Ipv4, Family::Ipv4) | (Family::Ipv6, Family::Ipv6) => {
                        self.of_registration(subject, registration, protocol, &mut found);
                    }
                    (Family::Ipv6, Family::Ipv4) => {
                        self.translated::<u32>(subject, registration, protocol, &mut found);
                    }
                    (Family::Ipv4, Family::Ipv6) => {
                        self.translated::<u128>(subject, registration, protocol, &mut found);
                    }
                }
            }
        }
        if !standing.blockers.is_empty() {
            found = Found { blockers: standing.blockers, ..Found::default() };
        } else if !standing.unknown.is_empty() {
            found = Found { doubts: standing.unknown, ..Found::default() };
        }
        found.assumptions.extend(standing.assumptions);
        subject.fact::<A>(registrations, protocol, found)
    }

    fn of_registration(
        &mut self,
        subject: &Subject<'_, 'n>,
        registration: &Registration<'n>,
        protocol: Protocol,
        found: &mut Found,
    ) {
        let first = registration.chain.first;
        let nodes = self.nodes(subject, first.balancer);
        let entrances = match registration.chain.service {
            None => Some(self.entrances(subject, first, protocol)),
            Some(_) => None,
        };
        let inner = registration.chain.second.map(|second| self.nodes(subject, second.balancer));
        found.doubts.extend(nodes.1.iter().cloned());
        found.doubts.extend(inner.iter().flat_map(|inner| inner.1.iter().cloned()));
        for (at, node) in nodes.0.iter().enumerate() {
            let entrance = entrances.as_ref().and_then(|entrances| entrances.get(at));
            let inner: Vec<Option<&Node<'n, A>>> = match &inner {
                Some(inner) => inner.0.iter().map(Some).collect(),
                None => vec![None],
            };
            for inner in inner {
                let setting = Setting {
                    index: subject.index,
                    registry: subject.registry,
                    registration,
                    interface: subject.interface,
                    protocol,
                    node,
                    entrance,
                    inner,
                    translated: false,
                };
                found.take(&setting, setting.attempt());
            }
        }
    }

    /// Clients of one family at targets of the other: targets see a node's address of their own.
    fn translated<T: Address>(
        &mut self,
        subject: &Subject<'_, 'n>,
        registration: &Registration<'n>,
        protocol: Protocol,
        found: &mut Found,
    ) {
        let (index, registry, first) = (subject.index, subject.registry, registration.chain.first);
        found.doubts.extend(self.nodes(subject, first.balancer).1.iter().cloned());
        let entrances = self.entrances(subject, first, protocol);
        let (nodes, _) = node::nodes::<T>(index, registry, first.balancer);
        let inner = registration.chain.second.map(|second| node::nodes::<T>(index, registry, second.balancer));
        found.doubts.extend(inner.iter().flat_map(|inner| inner.1.iter().cloned()));
        // Both families have the same nodes in the same order.
        for (node, entrance) in nodes.iter().zip(entrances.iter()) {
            let entrance = entrance.translated();
            let inner: Vec<Option<&Node<'n, T>>> = match &inner {
                Some(inner) => inner.0.iter().map(Some).collect(),
                None => vec![None],
            };
            for inner in inner {
                let setting = Setting {
                    index,
                    registry,
                    registration,
                    interface: subject.interface,
                    protocol,
                    node,
                    entrance: Some(&entrance),
                    inner,
                    translated: true,
                };
                found.take(&setting, setting.attempt());
            }
        }
    }

    fn nodes(&mut self, subject: &Subject<'_, 'n>, balancer: &'n LoadBalancer) -> Nodes<'n, A> {
        let make = || Rc::new(node::nodes(subject.index, subject.registry, balancer));
        Rc::clone(self.nodes.entry(&balancer.id).or_insert_with(make))
    }

    fn entrances(&mut self, subject: &Subject<'_, 'n>, first: Stage<'n>, protocol: Protocol) -> Entrances<A> {
        let nodes = self.nodes(subject, first.balancer);
        let key = (first.balancer.id.as_str(), first.listener.port, protocol);
        let (ways, sources, index) = (&mut self.ways, &self.sources, subject.index);
        let make = || {
            let of_node = |node: &Node<'n, A>| {
                let subnet = &node.interface.subnet;
                let way = ways.entry(subnet.clone()).or_insert_with(|| {
                    Way::new(index, &first.balancer.vpc, subnet, |table| {
                        internet::entry(index, (&first.balancer.vpc, subnet), table, sources)
                    })
                });
                entrance::from_internet(index, way, first.balancer, node, protocol, first.listener.port)
            };
            Rc::new(nodes.0.iter().map(of_node).collect())
        };
        Rc::clone(self.entrances.entry(key).or_insert_with(make))
    }
}

/// An opening and its proof.
type Proved = (Opening, inspector_model::proof::NetworkProof);

/// What the attempts of one listener found together.
#[derive(Debug)]
struct Found {
    openings: Vec<Proved>,
    gateway: Option<String>,
    arrive: IntervalSet<u16>,
    blockers: Vec<Blocker>,
    doubts: Vec<Doubt>,
    assumptions: Vec<String>,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            openings: Vec::new(),
            gateway: None,
            arrive: IntervalSet::empty(),
            blockers: Vec::new(),
            doubts: Vec::new(),
            assumptions: Vec::new(),
        }
    }
}

impl Found {
    /// Blocked holds whatever is unknown; what passes counts only where everything on its path is known.
    fn take<A: Address>(&mut self, setting: &Setting<'_, '_, A>, attempt: Attempt<A>) {
        self.gateway = self.gateway.take().or_else(|| setting.entrance?.gateway.clone());
        let port = setting.registration.port.unwrap_or_default();
        let blocked = !attempt.blockers.is_empty();
        if !attempt.doubts.is_empty() && (!blocked || attempt.arrives) {
            self.doubts.extend(attempt.doubts.into_iter().chain(attempt.perhaps));
            self.assumptions.extend(attempt.assumptions);
        } else if !blocked {
            self.doubts.extend(attempt.perhaps);
            for passed in &attempt.passed {
                let opening = Opening {
                    group: passed.group.clone(),
                    address: setting.registration.address,
                    ports: (port, port),
                    sources: passed.sources.intervals().iter().map(|(low, high)| (low.ip(), high.ip())).collect(),
                    client_ports: passed.client_ports,
                };
                self.arrive = self.arrive.union(&IntervalSet::between(port, port));
                if self.openings.iter().all(|(known, _)| *known != opening) {
                    let proof = explain::proof(setting, &opening, &attempt.assumptions);
                    self.openings.extend(proof.map(|proof| (opening, proof)));
                }
            }
            self.assumptions.extend(attempt.assumptions);
        } else {
            if attempt.arrives {
                self.arrive = self.arrive.union(&IntervalSet::between(port, port));
            }
            self.blockers.extend(attempt.blockers);
            self.assumptions.extend(attempt.assumptions);
        }
    }

    fn verdict(&self) -> Verdict {
        match (self.openings.is_empty(), self.doubts.is_empty(), self.arrive.is_empty()) {
            (false, _, _) => Verdict::Reachable,
            (true, false, _) => Verdict::NotAssessed,
            (true, true, false) => Verdict::OneWay,
            (true, true, true) => Verdict::Blocked,
        }
    }
}

/// The interface that is asked about.
struct Subject<'s, 'n> {
    index: &'s Index<'n>,
    registry: &'s Registry<'n>,
    interface: &'n NetworkInterface,
    instance: &'s str,
}

impl<'n> Subject<'_, 'n> {
    fn fact<A: Address>(&self, registrations: &[&Registration<'n>], protocol: Protocol, mut found: Found) -> Fact {
        let outcome = found.verdict();
        let chain = registrations.first().map(|registration| &registration.chain);
        let mut fact = self.empty::<A>(
            chain.and_then(|chain| chain.service.map(|service| service.id.as_str())),
            protocol,
            outcome,
        );
        if let Some(chain) = chain {
            fact.via = fact.via.or_else(|| Some(chain.first.balancer.name.clone()));
            fact.listener_port = Some(chain.first.listener.port);
            if chain.service.is_none() {
                fact.balancer_dns.clone_from(&chain.first.balancer.dns_name);
                fact.classic_balancer = chain.first.balancer.kind == BalancerKind::Classic;
            }
        }
        fact.gateway = found.gateway;
        found.assumptions.sort();
        found.assumptions.dedup();
        found.blockers.sort();
        found.blockers.dedup();
        found.doubts.sort();
        found.doubts.dedup();
        fact.assumptions = found.assumptions;
        fact.unknown = found.doubts;
        found.openings.sort_by(|(a, _), (b, _)| {
            (&a.ports, &a.group, a.address, &a.sources).cmp(&(&b.ports, &b.group, b.address, &b.sources))
        });
        match outcome {
            Verdict::Reachable => {
                fact.source = Some(self.sources(&found.openings));
                let openings = || found.openings.iter().map(|(opening, _)| opening);
                if protocol.has_ports() {
                    fact.ports = IntervalSet::of(openings().map(|opening| opening.ports).collect());
                    fact.client_ports = IntervalSet::of(openings().map(|opening| opening.client_ports).collect());
                    fact.one_way_ports = found.arrive.difference(&fact.ports);
                }
                fact.allowed_by = openings().map(|opening| opening.group.clone()).collect();
                fact.allowed_by.sort();
                fact.allowed_by.dedup();
                fact.openings = openings().cloned().collect();
                if let Some((opening, proof)) = found.openings.first() {
                    fact.private_ip = Some(opening.address);
                    fact.path.clone_from(&proof.path);
                    fact.witness = Some(Witness { request: proof.request.clone(), reply: proof.reply.clone() });
                }
                fact.proofs = found.openings;
            }
            Verdict::OneWay => {
                fact.one_way_ports = found.arrive;
                fact.blocked_by = found.blockers;
            }
            Verdict::Blocked => fact.blocked_by = found.blockers,
            Verdict::NotAssessed => {}
        }
        fact
    }

    /// The sources that targets see, of either family.
    fn sources(&self, openings: &[Proved]) -> String {
        let own = self.index.vpc(&self.interface.vpc).map_or(&[][..], |vpc| &vpc.ranges);
        let texts = [told::<u32>(openings, own), told::<u128>(openings, own)];
        let mut texts: Vec<String> = texts.into_iter().flatten().collect();
        texts.dedup();
        texts.join(",")
    }

    /// Whether the interface is asked about in a family.
    fn speaks(&self, family: Family) -> bool {
        let has = |family| self.interface.addresses.iter().any(|address| Family::of(address.address) == family);
        has(family) || (family == Family::Ipv4 && !has(Family::Ipv6))
    }

    /// One fact for each listener and protocol that something is not known of.
    fn of_gaps<A: Address>(&self, gaps: &[&Gap<'_>]) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        for gap in gaps {
            for protocol in gap_protocols(gap) {
                let fact = self.of_gap::<A>(gap, *protocol);
                let key = |fact: &Fact| (fact.edge, fact.via.clone(), fact.protocol, fact.listener_port);
                match facts.iter_mut().find(|known| key(known) == key(&fact)) {
                    Some(known) => known.unknown.extend(fact.unknown),
                    None => facts.push(fact),
                }
            }
        }
        for fact in &mut facts {
            fact.unknown.sort();
            fact.unknown.dedup();
        }
        facts
    }

    fn of_gap<A: Address>(&self, gap: &Gap<'_>, protocol: Protocol) -> Fact {
        let service = gap.service.map(|service| service.id.as_str());
        let mut fact = self.empty::<A>(service, protocol, Verdict::NotAssessed);
        fact.via = fact.via.or_else(|| Some(gap.balancer.name.clone()));
        fact.listener_port = gap.listener.map(|listener| listener.port);
        fact.unknown = vec![gap.doubt.clone()];
        fact
    }

    /// Every port at which the load balancer does not listen.
    fn other_ports<A: Address>(&self, service: Option<&str>, balancer: &LoadBalancer, protocol: Protocol) -> Fact {
        // Listeners of a Classic load balancer are part of its own description.
        let answers = if balancer.kind == BalancerKind::Classic { &[][..] } else { &LISTENERS };
        let mut fact = self.blocked_unless_failed::<A>(service, protocol, answers);
        fact.via = fact.via.or_else(|| Some(balancer.name.clone()));
        if fact.outcome == Verdict::NotAssessed {
            return fact;
        }
        let listeners = balancer.listeners.iter().flatten();
        let of_protocol = listeners.filter(|listener| transports_of(&listener.protocol).contains(&protocol));
        let ports = IntervalSet::of(of_protocol.map(|listener| (listener.port, listener.port)).collect());
        let detail = if ports.is_empty() {
            format!("no listener takes {protocol}")
        } else {
            format!("no other listener takes {protocol} than those at {ports}")
        };
        let code = match balancer.kind {
            BalancerKind::Classic => "ELB_LISTENERS_MISMATCH",
            BalancerKind::Application | BalancerKind::Network | BalancerKind::Gateway => "ELBV2_LISTENERS_MISMATCH",
        };
        fact.blocked_by.push(Blocker::new(code, &balancer.name, detail));
        fact
    }

    fn unregistered<A: Address>(&self, protocol: Protocol) -> Fact {
        let answers = [&LISTENERS[..], &["TargetGroups"], &TARGETS].concat();
        let mut fact = self.blocked_unless_failed::<A>(None, protocol, &answers);
        fact.unknown.extend(self.registry.unreadable(self.index, self.interface));
        if !fact.unknown.is_empty() {
            fact.outcome = Verdict::NotAssessed;
            return fact;
        }
        let detail = format!("no load balancer of `{}` forwards to the interface", self.interface.vpc);
        fact.blocked_by.push(Blocker::new("UNASSOCIATED_COMPONENT", &self.interface.id, detail));
        fact
    }

    /// A fact that something does not exist, which holds only if none of `answers` failed or broke off.
    fn blocked_unless_failed<A: Address>(&self, service: Option<&str>, protocol: Protocol, answers: &[&str]) -> Fact {
        let doubt = failed(self.index.network, answers);
        let outcome = if doubt.is_some() { Verdict::NotAssessed } else { Verdict::Blocked };
        let mut fact = self.empty::<A>(service, protocol, outcome);
        fact.unknown.extend(doubt);
        fact
    }

    fn empty<A: Address>(&self, service: Option<&str>, protocol: Protocol, outcome: Verdict) -> Fact {
        let edge = if service.is_some() { Edge::EndpointService } else { Edge::LoadBalancer };
        let own = self.interface.addresses.iter().map(|address| address.address);
        Fact {
            instance: self.instance.to_owned(),
            instance_name: self.index.instance(self.instance).and_then(|instance| instance.name()).map(str::to_owned),
            private_ip: own.clone().find(|address| Family::of(*address) == A::FAMILY).or_else(|| own.clone().next()),
            eni: self.interface.id.clone(),
            via: service.map(str::to_owned),
            source_edge: service.is_none().then_some(Edge::Internet),
            reachable: outcome == Verdict::Reachable,
            ..Fact::unanswered(edge, A::FAMILY, protocol, outcome)
        }
    }
}

/// The sources of one family, where there are some. `own` are the ranges of the VPC.
fn told<A: Address>(openings: &[Proved], own: &[ipnet::IpNet]) -> Option<String> {
    let ranges = openings.iter().flat_map(|(opening, _)| &opening.sources);
    let sources = IntervalSet::of(ranges.filter_map(|(low, high)| A::of_ip(*low).zip(A::of_ip(*high))).collect());
    let everybody = sources == A::internet().difference(&A::set(own));
    let text = || if everybody { "internet".to_owned() } else { address::describe(&sources) };
    (!sources.is_empty()).then(text)
}

fn same_listener(a: &Chain<'_>, b: &Chain<'_>) -> bool {
    let id = |chain: &Chain<'_>| chain.service.map(|service| service.id.clone());
    id(a) == id(b) && a.first.balancer.id == b.first.balancer.id && a.first.listener == b.first.listener
}

fn gap_protocols(gap: &Gap<'_>) -> &'static [Protocol] {
    gap.listener.map_or(&[Protocol::Tcp, Protocol::Udp], |listener| transports_of(&listener.protocol))
}

fn transports(stage: &Stage<'_>) -> &'static [Protocol] {
    transports_of(&stage.listener.protocol)
}

/// The transport protocols that a listener takes.
fn transports_of(protocol: &str) -> &'static [Protocol] {
    match protocol {
        "UDP" | "QUIC" | "GENEVE" => &[Protocol::Udp],
        "TCP_UDP" | "TCP_QUIC" => &[Protocol::Tcp, Protocol::Udp],
        _ => &[Protocol::Tcp],
    }
}
