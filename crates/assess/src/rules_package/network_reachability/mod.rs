//! Network Reachability: which ports of which instances can be reached from outside their VPC.
//!
//! Findings are those of the original: one for each instance, interface, security group, protocol and port that is
//! recognised or listened at, and one aggregate for each interface and group. In the ledger the rule is the edge and the
//! subject the instance.

mod findings;
mod listeners;
pub mod ports;
pub mod retold;
pub mod route;
pub mod text;

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::host::HostFacts;
use inspector_model::network::{Edge, Instance, Network};
use inspector_model::{Outcome, PackageKey, Reason, ReasonCode};
use inspector_reachability::fact::{Cause, Doubt, Fact, Verdict};
use inspector_reachability::index::Index;
use inspector_reachability::prove;
use inspector_reachability::question::Question;

use crate::Evaluation;

const PACKAGE: PackageKey = PackageKey::NetworkReachability;

/// Evaluates the instances named in `asked`, or all of the network. `hosts` are the facts of those instances, by id,
/// whose agents have delivered.
pub fn evaluate(
    network: &Network,
    asked: Option<&BTreeSet<String>>,
    hosts: &BTreeMap<String, &HostFacts>,
) -> Evaluation {
    let index = Index::new(network);
    let facts = prove::facts_of(&index, &Question::default());
    let mut by_instance: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in &facts {
        by_instance.entry(&fact.instance).or_default().push(fact);
    }
    let mut evaluation = Evaluation::of(&[PACKAGE]);
    for instance in network.instances.iter().filter(|instance| asked.is_none_or(|asked| asked.contains(&instance.id))) {
        match by_instance.remove(instance.id.as_str()) {
            Some(facts) => {
                let host = hosts.get(&instance.id).copied();
                of_instance(&index, &instance.id, &facts, host, &mut evaluation);
            }
            None => without_interface(instance, network, &mut evaluation),
        }
    }
    // Interfaces may name instances of which the snapshot holds no record, and targets ones of which it holds nothing.
    for (instance, facts) in by_instance {
        if asked.is_none_or(|asked| asked.contains(instance)) {
            of_instance(&index, instance, &facts, hosts.get(instance).copied(), &mut evaluation);
        }
    }
    if asked.is_none() {
        perhaps_more(network, &mut evaluation);
    }
    for id in asked.into_iter().flatten() {
        let known = network.instances.iter().any(|instance| instance.id == *id)
            || network.interfaces.iter().any(|interface| interface.instance.as_ref() == Some(id));
        if !known {
            evaluation.unassessed(PACKAGE, id, Reason::new(ReasonCode::NotInSnapshot, format!("`{id}`")));
        }
    }
    evaluation
}

/// Which instances there are is told by two answers. At the rest of a list that broke off nobody has looked.
fn perhaps_more(network: &Network, evaluation: &mut Evaluation) {
    for answer in ["Reservations", "NetworkInterfaces"] {
        if let Some(why) = network.failure(answer) {
            let reason = Reason::new(ReasonCode::NetworkDataMissing, format!("there may be more in `{answer}`: {why}"));
            evaluation.nothing_to_assess(PACKAGE, reason);
        }
    }
}

fn without_interface(instance: &Instance, network: &Network, evaluation: &mut Evaluation) {
    if instance.state.as_deref() == Some("terminated") {
        let why = "the instance is terminated".to_owned();
        evaluation.record(PACKAGE, Edge::Internet.as_str(), &instance.id, &Outcome::NotApplicable(why));
        return;
    }
    let why = network.failure("NetworkInterfaces").unwrap_or("none is in the snapshot");
    let reason = Reason::new(ReasonCode::NetworkDataMissing, format!("network interfaces of `{}`: {why}", instance.id));
    evaluation.record(PACKAGE, Edge::Internet.as_str(), &instance.id, &Outcome::NotAssessed(reason));
}

fn of_instance(
    index: &Index<'_>,
    instance: &str,
    facts: &[&Fact],
    host: Option<&HostFacts>,
    evaluation: &mut Evaluation,
) {
    let mut by_edge: BTreeMap<Edge, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        by_edge.entry(fact.edge).or_default().push(fact);
    }
    for (edge, facts) in by_edge {
        let findings = findings::of_edge(index, edge, &facts, host);
        let doubts: BTreeSet<&Doubt> = facts.iter().flat_map(|fact| &fact.unknown).collect();
        let rule = edge.as_str();
        match findings.first() {
            Some(first) => {
                evaluation.record(PACKAGE, rule, instance, &Outcome::Fail(first.proof.clone()));
                findings.into_iter().for_each(|finding| evaluation.add_finding(finding));
                if !doubts.is_empty() {
                    // The findings stand; what else might be open is a question of its own.
                    evaluation.record(PACKAGE, &format!("{rule}, the rest"), instance, &unassessed(&doubts));
                }
            }
            None if !doubts.is_empty() => evaluation.record(PACKAGE, rule, instance, &unassessed(&doubts)),
            None if facts.iter().all(|fact| matches!(fact.outcome, Verdict::Blocked | Verdict::OneWay)) => {
                evaluation.record(PACKAGE, rule, instance, &Outcome::Pass);
            }
            None => nothing_to_report(&facts, rule, instance, evaluation),
        }
    }
}

/// Reachable, and no finding of the original covers it: only protocols without ports, which the original did not look
/// at, can end here.
fn nothing_to_report(facts: &[&Fact], rule: &str, instance: &str, evaluation: &mut Evaluation) {
    let outcome = if facts.iter().any(|fact| fact.reachable && fact.protocol.has_ports()) {
        Outcome::NotAssessed(Reason::new(ReasonCode::EvaluationError, format!("`{rule}` is reachable without a proof")))
    } else {
        Outcome::Pass
    };
    evaluation.record(PACKAGE, rule, instance, &outcome);
}

fn unassessed(doubts: &BTreeSet<&Doubt>) -> Outcome {
    let missing = doubts.iter().any(|doubt| doubt.cause == Cause::Missing);
    let code = if missing { ReasonCode::NetworkDataMissing } else { ReasonCode::NotModelled };
    let texts: BTreeSet<&str> = doubts.iter().map(|doubt| doubt.what.as_str()).collect();
    Outcome::NotAssessed(Reason::new(code, texts.into_iter().collect::<Vec<_>>().join("; ")))
}
