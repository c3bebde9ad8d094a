//! Counts over a whole network.

use std::collections::BTreeMap;

use inspector_model::network::{Edge, Network, NetworkInterface};
use serde::Serialize;

use super::balancer::{Balancers, Registry};
use super::engine::Engine;
use super::{edges, gates};
use crate::address::Family;
use crate::fact::Verdict;
use crate::index::Index;
use crate::interval::IntervalSet;
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
    let index = Index::new(network);
    let registry = Registry::new(network);
    let mut asked: Vec<(&str, &NetworkInterface)> = network
        .interfaces
        .iter()
        .filter(|interface| question.asks_about(interface))
        .filter_map(|interface| Some((interface.instance.as_deref()?, interface)))
        .collect();
    // Neighbours share a way, so each is compiled by one worker only.
    asked.sort_unstable_by_key(|(_, interface)| (&interface.subnet, &interface.vpc));
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(asked.len().div_ceil(SHARE)).max(1);
    let share = asked.len().div_ceil(workers).max(1);
    let (index, registry) = (&index, &registry);
    let parts: Vec<Totals> = std::thread::scope(|scope| {
        let workers: Vec<_> =
            asked.chunks(share).map(|part| scope.spawn(move || count(index, registry, question, part))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut totals = parts.into_iter().fold(Totals::default(), Totals::plus);
    let mut instances: Vec<&str> = asked.iter().map(|(instance, _)| *instance).collect();
    instances.sort_unstable();
    instances.dedup();
    totals.instances = u64::try_from(instances.len()).unwrap_or(u64::MAX);
    totals
}

/// Interfaces below which a second worker is not worth its start.
const SHARE: usize = 512;

fn count<'n>(
    index: &Index<'n>,
    registry: &Registry<'n>,
    question: &Question,
    interfaces: &[(&'n str, &'n NetworkInterface)],
) -> Totals {
    let (mut balancers, mut balancers6) = (Balancers::<u32>::new(question), Balancers::<u128>::new(question));
    let mut through = Vec::new();
    let mut ipv4 = Engine::<u32>::new(question);
    let mut ipv6 = Engine::<u128>::new(question);
    let mut totals = Totals::default();
    for (instance, interface) in interfaces {
        totals.interfaces += 1;
        let mut reached = false;
        let has = |family| interface.addresses.iter().any(|address| Family::of(address.address) == family);
        totals.edges.entry(Edge::Internet.as_str()).or_default();
        for gate in gates::of(index, question, interface) {
            let counts = totals.edges.entry(gate.edge().as_str()).or_default();
            let mut tell = |verdict: Verdict, ports: IntervalSet<u16>| {
                reached |= verdict == Verdict::Reachable;
                counts.ports += u64::try_from(ports.len()).unwrap_or(u64::MAX);
                *counts.of(verdict) += 1;
            };
            if has(Family::Ipv4) || !has(Family::Ipv6) {
                ipv4.outline(index, gate, interface, instance, &mut tell);
            }
            if has(Family::Ipv6) {
                ipv6.outline(index, gate, interface, instance, &mut tell);
            }
        }
        balancers.answer(index, registry, interface, instance, &mut through);
        balancers6.answer(index, registry, interface, instance, &mut through);
        for fact in through.drain(..) {
            reached |= fact.reachable;
            let counts = totals.edges.entry(fact.edge.as_str()).or_default();
            counts.ports += u64::try_from(fact.ports.len()).unwrap_or(u64::MAX);
            *counts.of(fact.outcome) += 1;
        }
        totals.reachable_interfaces += u64::from(reached);
        for (edge, number) in edges::count(index, question, interface) {
            let counts = totals.edges.entry(edge.as_str()).or_default();
            counts.not_assessed += u64::try_from(number).unwrap_or(u64::MAX);
        }
    }
    totals
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
