//! The re-check accepts what the prover proves, on random networks, and rejects it once it was tampered with.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic like the test itself")]

#[path = "support/random_network.rs"]
#[expect(dead_code, reason = "shared with the tests of the prover, which use all of it")]
mod random_network;

use inspector_model::network::{Edge, Network};
use inspector_model::proof::NetworkProof;
use inspector_reachability::check::{Claim, Entrance, Judgement, judge};
use inspector_reachability::fact::Fact;
use inspector_reachability::index::Index;
use inspector_reachability::prove::{facts, proof};
use inspector_reachability::question::Question;
use proptest::prelude::*;
use random_network::{behind_a_middlebox, behind_a_vpn, behind_direct_connect, network, peered, together};

fn entrance(fact: &Fact) -> Entrance<'_> {
    let via = fact.via.as_deref().unwrap();
    match fact.edge {
        Edge::Internet => Entrance::InternetGateway(via),
        Edge::PeeredVPC => Entrance::Peering(via),
        Edge::VGW => Entrance::VpnGateway(via),
        Edge::IntraVPC => Entrance::Inside,
        Edge::DirectConnect => Entrance::DirectConnect(via),
        Edge::LoadBalancer | Edge::VPN | Edge::TransitGateway | Edge::ClientVPN | Edge::EndpointService => {
            Entrance::Other(via)
        }
    }
}

fn judged(network: &Network, fact: &Fact, group: &str, proof: &NetworkProof) -> Judgement {
    judge(network, &Claim { entrance: entrance(fact), instance: &fact.instance, interface: &fact.eni, group, proof })
}

/// The proof with one thing changed, each with a word for what.
fn forgeries(proof: &NetworkProof) -> Vec<(&'static str, NetworkProof)> {
    let changed = |change: fn(&mut NetworkProof, usize), at| {
        let mut proof = proof.clone();
        change(&mut proof, at);
        proof
    };
    let mut forgeries = vec![
        ("reply", changed(|proof, _| proof.reply.destination_port ^= 1, 0)),
        ("address", changed(|proof, _| proof.request.destination = "10.9.9.9".parse().unwrap(), 0)),
        ("family", changed(|proof, _| proof.request.source = "fe80::1".parse().unwrap(), 0)),
        ("protocol", changed(|proof, _| proof.request.protocol = "tcp?".to_owned(), 0)),
        ("longer", changed(|proof, _| proof.path.push(proof.path[0].clone()), 0)),
    ];
    for at in 0..proof.path.len() {
        forgeries.push(("missing hop", changed(|proof, at| drop(proof.path.remove(at)), at)));
        forgeries.push(("other component", changed(|proof, at| proof.path[at].component.push('0'), at)));
        if proof.path[at].rule.contains(" entry ") {
            forgeries.push((
                "other entry",
                changed(|p, at| p.path[at].rule = p.path[at].rule.replace("entry ", "entry 7"), at),
            ));
        }
        if proof.path[at].rule.starts_with("route ") {
            forgeries.push(("other route", changed(|proof, at| proof.path[at].rule.push('0'), at)));
        }
    }
    forgeries
}

fn check(network: &Network, question: &Question) -> Result<(), TestCaseError> {
    let index = Index::new(network);
    for fact in facts(network, question) {
        for opening in &fact.openings {
            let proof = proof(&index, &fact, opening, opening.ports.0).unwrap();
            prop_assert_eq!(judged(network, &fact, &opening.group, &proof), Judgement::Holds, "{:?}", proof);
            prop_assert!(matches!(judged(network, &fact, "sg-0", &proof), Judgement::Wrong(_)));
        }
        let Some(opening) = fact.openings.first() else { continue };
        let proof = proof(&index, &fact, opening, opening.ports.0).unwrap();
        for (what, forged) in forgeries(&proof) {
            let judgement = judged(network, &fact, &opening.group, &forged);
            prop_assert!(matches!(judgement, Judgement::Wrong(_)), "{what}: {judgement:?} of {forged:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proven_from_the_internet_holds_until_it_is_forged(network in network()) {
        check(&network, &Question::default())?;
    }

    #[test]
    fn what_is_proven_over_a_peering_holds_until_it_is_forged(network in peered()) {
        check(&network, &Question::default())?;
    }

    #[test]
    fn what_is_proven_behind_a_vpn_holds_until_it_is_forged(network in behind_a_vpn()) {
        check(&network, &Question::default())?;
    }

    #[test]
    fn what_is_proven_through_a_middlebox_holds_until_it_is_forged(network in behind_a_middlebox()) {
        check(&network, &Question::default())?;
    }

    #[test]
    fn what_is_proven_behind_direct_connect_holds_until_it_is_forged(network in behind_direct_connect()) {
        check(&network, &Question::default())?;
    }

    #[test]
    fn what_is_proven_inside_a_vpc_holds_until_it_is_forged(network in together()) {
        check(&network, &Question { from: Some("i-2".parse().unwrap()), ..Question::default() })?;
    }
}
