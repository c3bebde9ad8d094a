//! Counts over a whole network.

use std::collections::BTreeMap;

use inspector_model::network::Network;
use serde::Serialize;

use crate::fact::{Fact, Verdict};
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

/// Computes every fact and counts them.
pub fn totals(network: &Network, question: &Question) -> Totals {
    of(&super::facts(network, question))
}

fn of(facts: &[Fact]) -> Totals {
    let mut totals = Totals::default();
    let (mut instance, mut interface, mut reached) = ("", "", "");
    for fact in facts {
        if instance != fact.instance {
            instance = &fact.instance;
            totals.instances += 1;
        }
        if interface != fact.eni {
            interface = &fact.eni;
            totals.interfaces += 1;
        }
        if fact.reachable && reached != fact.eni {
            reached = &fact.eni;
            totals.reachable_interfaces += 1;
        }
        let counts = totals.edges.entry(fact.edge.as_str()).or_default();
        counts.ports += u64::try_from(fact.ports.len()).unwrap_or(u64::MAX);
        *match fact.outcome {
            Verdict::Reachable => &mut counts.reachable,
            Verdict::OneWay => &mut counts.one_way,
            Verdict::Blocked => &mut counts.blocked,
            Verdict::NotAssessed => &mut counts.not_assessed,
        } += 1;
    }
    totals
}
