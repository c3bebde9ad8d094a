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
mod edits;
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
mod places;
mod prepared;
mod public_access;
mod routes;
mod subject;
mod totals;
mod transit;
mod vpn;
mod way;

use inspector_model::network::Network;

use crate::fact::Fact;
use crate::index::Index;
use crate::question::Question;
use balancer::{Balancers, Registry};
use engine::Engine;
use groups::{Named, Table};
use places::{Member, Place};

pub use explain::proof;
pub use prepared::Prepared;
pub use totals::{Totals, totals};

/// Answers `question` about every interface of an instance that it asks about, in the order of instances, interfaces,
/// edges, families and protocols.
pub fn facts(network: &Network, question: &Question) -> Vec<Fact> {
    facts_of(&Index::new(network), question)
}

/// The same, over an index that the caller keeps for [`proof`].
pub fn facts_of(index: &Index<'_>, question: &Question) -> Vec<Fact> {
    answers(index, question, false)
}

/// The same, and which edits would open what is closed and close what is open.
pub fn facts_with_edits(index: &Index<'_>, question: &Question) -> Vec<Fact> {
    answers(index, question, true)
}

fn answers(index: &Index<'_>, question: &Question, edits: bool) -> Vec<Fact> {
    let compiled = Compiled::new(index);
    let registry = Registry::new(index.network);
    let places = places::places(index.network, question);
    let parts = places::share_out(&places, |turns| answered(index, question, &compiled, &registry, edits, turns));
    let mut facts: Vec<Fact> = parts.into_iter().flatten().collect();
    facts.sort_by(|a, b| a.question().cmp(&b.question()));
    facts
}

/// What all workers share.
struct Compiled {
    named: Named,
    ipv4: Table<u32>,
    ipv6: Table<u128>,
}

impl Compiled {
    fn new(index: &Index<'_>) -> Self {
        Self { named: Named::new(index), ipv4: Table::new(), ipv6: Table::new() }
    }
}

/// The facts about the interfaces of some places.
fn answered<'p, 'n: 'p>(
    index: &Index<'n>,
    question: &Question,
    compiled: &Compiled,
    registry: &Registry<'n>,
    edits: bool,
    places: &mut dyn Iterator<Item = &'p Place<'n>>,
) -> Vec<Fact> {
    let mut ipv4 = Engine::new(index, question, &compiled.named, &compiled.ipv4);
    let mut ipv6 = Engine::new(index, question, &compiled.named, &compiled.ipv6);
    if edits {
        (ipv4, ipv6) = (ipv4.with_edits(), ipv6.with_edits());
    }
    let (mut balancers, mut balancers6) = (Balancers::<u32>::new(question), Balancers::<u128>::new(question));
    let mut facts = Vec::new();
    for place in places {
        for gate in gates::of(index, question, place.vpc) {
            let (mut way, mut way6) = (None, None);
            for Member { instance, interface, ipv4: asked, ipv6: asked6, .. } in &place.members {
                if *asked {
                    let way = way.get_or_insert_with(|| ipv4.way(gate, place.vpc, place.subnet));
                    ipv4.answer(way, interface, instance, &mut facts);
                }
                if *asked6 {
                    let way = way6.get_or_insert_with(|| ipv6.way(gate, place.vpc, place.subnet));
                    ipv6.answer(way, interface, instance, &mut facts);
                }
            }
        }
        for Member { instance, interface, .. } in &place.members {
            balancers.answer(index, registry, interface, instance, &mut facts);
            balancers6.answer(index, registry, interface, instance, &mut facts);
            edges::unmodelled(index, question, interface, instance, &mut facts);
        }
    }
    facts
}
