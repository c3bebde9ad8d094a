//! Counts over a whole network.

use std::collections::BTreeMap;

use inspector_model::network::{Edge, Network};
use serde::Serialize;

use super::balancer::{Balancers, Registry};
use super::engine::Engine;
use super::places::{self, Member, Place};
use super::{Compiled, edges, gates};
use crate::fact::Verdict;
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::map::Map;
use crate::protocol::Protocol;
use crate::question::Question;

/// Counts of one edge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Questions with a reachable answer: interface, gateway, family and protocol make one.
    pub reachable: u64,
    /// Requests arrive, no reply gets back.
    pub one_way: u64,
    /// Nothing arrives.
    pub blocked: u64,
    /// Could not tell.
    pub not_assessed: u64,
    /// Reachable pairs of interface and port.
    pub ports: u64,
}

/// Counts over a whole network, by edge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Instances with at least one interface.
    pub instances: u64,
    /// Interfaces of instances.
    pub interfaces: u64,
    /// Interfaces of which some port can be reached.
    pub reachable_interfaces: u64,
    /// By edge.
    pub edges: BTreeMap<&'static str, Counts>,
}

/// Answers everything that [`facts`](super::facts) answers and counts it. Uses the processor's cores; the totals do not
/// depend on how many.
pub fn totals(network: &Network, question: &Question) -> Totals {
    let (index, (places, instances)) = std::thread::scope(|scope| {
        let places = scope.spawn(|| {
            let places = places::places(network, question);
            let instances = instances(&places);
            (places, instances)
        });
        let index = Index::new(network);
        (index, places.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let registry = Registry::new(network);
    let compiled = Compiled::new(&index);
    let parts = places::share_out(&places, |turns| counted(&index, question, &compiled, &registry, turns));
    let mut totals = parts.into_iter().fold(Totals::default(), Totals::plus);
    totals.instances = instances;
    totals
}

/// How many instances the interfaces of some places have.
fn instances(places: &[Place<'_>]) -> u64 {
    let interfaces = places.iter().map(|place| place.members.len()).sum();
    let mut seen: Map<&str, ()> = Map::with_capacity_and_hasher(interfaces, Default::default());
    seen.extend(places.iter().flat_map(|place| &place.members).map(|member| (member.instance, ())));
    u64::try_from(seen.len()).unwrap_or(u64::MAX)
}

fn counted<'p, 'n: 'p>(
    index: &Index<'n>,
    question: &Question,
    compiled: &Compiled,
    registry: &Registry<'n>,
    places: &mut dyn Iterator<Item = &'p Place<'n>>,
) -> Totals {
    let mut counter = Counter {
        index,
        question,
        registry,
        ipv4: Engine::new(index, question, &compiled.named, &compiled.ipv4),
        ipv6: Engine::new(index, question, &compiled.named, &compiled.ipv6),
        balancers: Balancers::new(question),
        balancers6: Balancers::new(question),
        totals: Totals::default(),
    };
    places.for_each(|place| counter.count(place));
    counter.totals
}

struct Counter<'e, 'n> {
    index: &'e Index<'n>,
    question: &'e Question,
    registry: &'e Registry<'n>,
    ipv4: Engine<'e, 'n, u32>,
    ipv6: Engine<'e, 'n, u128>,
    balancers: Balancers<'n, u32>,
    balancers6: Balancers<'n, u128>,
    totals: Totals,
}

impl<'n> Counter<'_, 'n> {
    fn count(&mut self, place: &Place<'n>) {
        let mut reached = vec![false; place.members.len()];
        self.totals.interfaces += u64::try_from(reached.len()).unwrap_or(u64::MAX);
        self.totals.edges.entry(Edge::Internet.as_str()).or_default();
        for gate in gates::of(self.index, self.question, place.vpc) {
            let counts = self.totals.edges.entry(gate.edge().as_str()).or_default();
            let (mut way, mut way6) = (None, None);
            for (member, reached) in place.members.iter().zip(&mut reached) {
                let mut tell = |verdict: Verdict, ports: IntervalSet<u16>| {
                    *reached |= verdict == Verdict::Reachable;
                    counts.ports += u64::try_from(ports.len()).unwrap_or(u64::MAX);
                    *counts.of(verdict) += 1;
                };
                if member.ipv4 {
                    let way = way.get_or_insert_with(|| self.ipv4.way(gate, place.vpc, place.subnet));
                    self.ipv4.outline(way, member, &mut tell);
                }
                if member.ipv6 {
                    let way = way6.get_or_insert_with(|| self.ipv6.way(gate, place.vpc, place.subnet));
                    self.ipv6.outline(way, member, &mut tell);
                }
            }
        }
        for (member, reached) in place.members.iter().zip(&mut reached) {
            *reached |= self.through_balancers(member);
        }
        let asked = edges::asked(self.index, self.question, place.vpc);
        if !asked.is_empty() {
            let families = place.members.iter().map(|member| edges::families(member.interface).count());
            let number = families.sum::<usize>() * Protocol::ALWAYS.len();
            for (edge, _) in asked {
                let counts = self.totals.edges.entry(edge.as_str()).or_default();
                counts.not_assessed += u64::try_from(number).unwrap_or(u64::MAX);
            }
        }
        let reached = reached.into_iter().filter(|reached| *reached).count();
        self.totals.reachable_interfaces += u64::try_from(reached).unwrap_or(u64::MAX);
    }

    fn through_balancers(&mut self, &Member { instance, interface, .. }: &Member<'n>) -> bool {
        let mut facts = Vec::new();
        self.balancers.answer(self.index, self.registry, interface, instance, &mut facts);
        self.balancers6.answer(self.index, self.registry, interface, instance, &mut facts);
        for fact in &facts {
            let counts = self.totals.edges.entry(fact.edge.as_str()).or_default();
            counts.ports += u64::try_from(fact.ports.len()).unwrap_or(u64::MAX);
            *counts.of(fact.outcome) += 1;
        }
        facts.iter().any(|fact| fact.reachable)
    }
}

impl Counts {
    fn of(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Reachable => &mut self.reachable,
            Verdict::OneWay => &mut self.one_way,
            Verdict::Blocked => &mut self.blocked,
            Verdict::NotAssessed => &mut self.not_assessed,
        }
    }
}

impl Totals {
    fn plus(mut self, other: Self) -> Self {
        self.interfaces += other.interfaces;
        self.reachable_interfaces += other.reachable_interfaces;
        for (edge, more) in other.edges {
            let counts = self.edges.entry(edge).or_default();
            counts.reachable += more.reachable;
            counts.one_way += more.one_way;
            counts.blocked += more.blocked;
            counts.not_assessed += more.not_assessed;
            counts.ports += more.ports;
        }
        self
    }
}
