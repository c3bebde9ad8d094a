//! The prover: which packets from outside reach which interfaces and are answered.
//!
//! A [`Way`] is compiled for each subnet and family, a list of admissions for each security group; what an interface
//! lets in is where they meet.

mod balancer;
mod between;
mod blockers;
mod classes;
mod client_vpn;
mod detour;
mod direct_connect;
mod edges;
mod endpoint;
mod engine;
mod entry;
mod explain;
mod firewall;
mod gates;
mod groups;
mod inside;
mod internet;
mod intra;
mod peering;
mod public_access;
mod routes;
mod subject;
mod totals;
mod transit;
mod vpn;
mod way;

use inspector_model::network::Network;

use crate::address::Family;
use crate::fact::Fact;
use crate::index::Index;
use crate::question::Question;
use balancer::{Balancers, Registry};
use engine::Engine;

pub use explain::proof;
pub use totals::{Totals, totals};

/// Answers `question` about every interface of an instance that it asks about, in the order of instances, interfaces,
/// edges, families and protocols.
pub fn facts(network: &Network, question: &Question) -> Vec<Fact> {
    facts_of(&Index::new(network), question)
}

/// The same, over an index that the caller keeps for [`proof`].
pub fn facts_of(index: &Index<'_>, question: &Question) -> Vec<Fact> {
    let mut ipv4 = Engine::<u32>::new(question);
    let mut ipv6 = Engine::<u128>::new(question);
    let registry = Registry::new(index.network);
    let (mut balancers, mut balancers6) = (Balancers::<u32>::new(question), Balancers::<u128>::new(question));
    let mut facts = Vec::new();
    for interface in index.network.interfaces.iter().filter(|interface| question.asks_about(interface)) {
        let Some(instance) = interface.instance.as_deref() else { continue };
        let has = |family| interface.addresses.iter().any(|address| Family::of(address.address) == family);
        for gate in gates::of(index, question, interface) {
            if has(Family::Ipv4) || !has(Family::Ipv6) {
                ipv4.answer(index, gate, interface, instance, &mut facts);
            }
            if has(Family::Ipv6) {
                ipv6.answer(index, gate, interface, instance, &mut facts);
            }
        }
        balancers.answer(index, &registry, interface, instance, &mut facts);
        balancers6.answer(index, &registry, interface, instance, &mut facts);
        edges::unmodelled(index, question, interface, instance, &mut facts);
    }
    facts.sort_by(|a, b| {
        let a = (&a.instance, &a.eni, a.edge, &a.via, a.family, a.protocol, a.listener_port);
        a.cmp(&(&b.instance, &b.eni, b.edge, &b.via, b.family, b.protocol, b.listener_port))
    });
    facts
}
