//! The prover against the walker of `reference.rs`, on small random networks, and laws that need no reference.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic like the test itself")]

#[path = "support/random_network.rs"]
mod random_network;

#[path = "support/balancer_agrees.rs"]
mod balancer_agrees;

#[path = "support/transit_agrees.rs"]
mod transit_agrees;

use std::collections::BTreeMap;
use std::net::IpAddr;

use inspector_model::network::{AclEntry, Edge, Network, RouteDestination};
use inspector_model::proof::Packet;
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::protocol::Protocol;
use inspector_reachability::prove::{facts, totals};
use inspector_reachability::question::Question;
use inspector_reachability::reference::direct_connect::walk_direct_connect;
use inspector_reachability::reference::{Probe, Walk, walk, walk_inside, walk_peering, walk_vpn};
use ipnet::IpNet;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use random_network::{
    CLIENT_PORTS, PEERING, PORTS, PROTOCOLS, SOURCES, VPN, behind_a_middlebox, behind_a_vpn, behind_direct_connect,
    network, peered, together,
};

/// Every packet of the small world, with the fact that speaks of it.
fn probes(network: &Network) -> Vec<Probe> {
    let interface = &network.interfaces[0];
    let mut probes = Vec::new();
    for address in &interface.addresses {
        for source in SOURCES.map(|text| text.parse::<IpAddr>().unwrap()) {
            if source.is_ipv4() != address.address.is_ipv4() {
                continue;
            }
            for protocol in PROTOCOLS {
                let ports = matches!(protocol, 6 | 17);
                let services: &[u16] = if ports { &PORTS } else { &[0] };
                let clients: &[u16] = if ports { &CLIENT_PORTS } else { &[0] };
                for &port in services {
                    for &client_port in clients {
                        probes.push(Probe { source, client_port, destination: address.address, port, protocol });
                    }
                }
            }
        }
    }
    probes
}

fn fact_about<'f>(facts: &'f [Fact], edge: Edge, probe: &Probe) -> Option<&'f Fact> {
    let ipv4 = probe.destination.is_ipv4();
    facts.iter().filter(|fact| fact.edge == edge && fact.eni == "eni-1").find(|fact| {
        number(fact.protocol, ipv4) == probe.protocol
            && (fact.family == inspector_reachability::address::Family::Ipv4) == ipv4
    })
}

fn number(protocol: Protocol, ipv4: bool) -> u8 {
    match protocol {
        Protocol::Tcp => 6,
        Protocol::Udp => 17,
        Protocol::IcmpEcho if ipv4 => 1,
        Protocol::IcmpEcho => 58,
        Protocol::Other(number) => number,
    }
}

fn in_openings(fact: &Fact, probe: &Probe) -> bool {
    fact.openings.iter().any(|opening| {
        opening.address == probe.destination
            && (opening.ports.0..=opening.ports.1).contains(&probe.port)
            && (opening.client_ports.0..=opening.client_ports.1).contains(&probe.client_port)
            && opening.sources.iter().any(|(low, high)| *low <= probe.source && probe.source <= *high)
    })
}

fn probe_of(packet: &Packet, protocol: u8) -> Probe {
    Probe {
        source: packet.source,
        client_port: packet.source_port,
        destination: packet.destination,
        port: packet.destination_port,
        protocol,
    }
}

#[test]
fn every_verdict_occurs_over_random_peerings_and_inside_random_vpcs() {
    let inside = Question { from: Some("i-2".parse().unwrap()), ..Question::default() };
    let everywhere = Question::default();
    let cases = [
        (peered().boxed(), everywhere, Edge::PeeredVPC),
        (together().boxed(), inside, Edge::IntraVPC),
        (behind_a_vpn().boxed(), Question::default(), Edge::VGW),
        (behind_a_middlebox().boxed(), Question::default(), Edge::Internet),
        (behind_direct_connect().boxed(), Question::default(), Edge::DirectConnect),
    ];
    for (networks, question, edge) in cases {
        let mut runner = TestRunner::deterministic();
        let mut seen = BTreeMap::new();
        for _ in 0..500 {
            let network = networks.new_tree(&mut runner).unwrap().current();
            for fact in facts(&network, &question).iter().filter(|fact| fact.edge == edge && fact.eni == "eni-1") {
                *seen.entry(fact.outcome).or_insert(0) += 1;
            }
        }
        assert_eq!(seen.len(), 4, "{edge}: {seen:?}");
        assert!(seen.values().all(|count| *count >= 10), "{edge}: {seen:?}");
    }
}

/// A generator that never reaches anything would make every test below pass.
#[test]
fn every_verdict_occurs_in_the_random_networks() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..500 {
        let network = network().new_tree(&mut runner).unwrap().current();
        for fact in facts(&network, &Question::default()) {
            *seen.entry(fact.outcome).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen.values().all(|count| *count >= 100), "{seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(20000), ..ProptestConfig::default() })]

    #[test]
    fn prover_agrees_with_walker(network in network()) {
        let walk = |probe: &Probe| walk(&network, &network.interfaces[0], probe);
        agree(&network, &Question::default(), Edge::Internet, walk)?;
    }

    #[test]
    fn prover_agrees_with_walker_over_a_peering(network in peered()) {
        let walk = |probe: &Probe| walk_peering(&network, PEERING, &network.interfaces[0], probe);
        agree(&network, &Question::default(), Edge::PeeredVPC, walk)?;
    }

    #[test]
    fn prover_agrees_with_walker_inside_a_vpc(network in together()) {
        let question = Question { from: Some("i-2".parse().unwrap()), ..Question::default() };
        let walk = |probe: &Probe| walk_inside(&network, &network.interfaces[0], probe);
        agree(&network, &question, Edge::IntraVPC, walk)?;
        for fact in facts(&network, &question) {
            let Some(witness) = fact.witness.filter(|_| fact.eni == "eni-1") else { continue };
            let probe = probe_of(&witness.request, number(fact.protocol, witness.request.source.is_ipv4()));
            prop_assert_eq!(walk_inside(&network, &network.interfaces[0], &probe), Walk::Answered);
        }
    }

    #[test]
    fn prover_agrees_with_walker_behind_a_vpn(network in behind_a_vpn()) {
        let walk = |probe: &Probe| walk_vpn(&network, VPN, &network.interfaces[0], probe);
        agree(&network, &Question::default(), Edge::VGW, walk)?;
    }

    #[test]
    fn prover_agrees_with_walker_behind_direct_connect(network in behind_direct_connect()) {
        let walk = |probe: &Probe| walk_direct_connect(&network, VPN, &network.interfaces[0], probe);
        agree(&network, &Question::default(), Edge::DirectConnect, walk)?;
    }

    #[test]
    fn totals_count_the_facts_of_every_edge(network in peered()) {
        let facts = facts(&network, &Question::default());
        for (edge, counts) in totals(&network, &Question::default()).edges {
            let of = |verdict| {
                let here = facts.iter().filter(|fact| fact.edge.as_str() == edge && fact.outcome == verdict);
                u64::try_from(here.count()).unwrap()
            };
            let found = (counts.reachable, counts.one_way, counts.blocked, counts.not_assessed);
            let expected = (of(Verdict::Reachable), of(Verdict::OneWay), of(Verdict::Blocked), of(Verdict::NotAssessed));
            prop_assert_eq!(found, expected, "{}", edge);
        }
    }

    #[test]
    fn every_witness_walks_over_a_peering(network in peered()) {
        for fact in facts(&network, &Question::default()) {
            let Some(witness) = fact.witness.filter(|_| fact.edge == Edge::PeeredVPC && fact.eni == "eni-1") else { continue };
            let probe = probe_of(&witness.request, number(fact.protocol, witness.request.source.is_ipv4()));
            prop_assert_eq!(walk_peering(&network, PEERING, &network.interfaces[0], &probe), Walk::Answered);
        }
    }

    #[test]
    fn totals_count_the_facts(network in network()) {
        let facts = facts(&network, &Question::default());
        let totals = totals(&network, &Question::default());
        let internet = totals.edges.values().next().copied().unwrap_or_default();
        let of = |verdict| u64::try_from(facts.iter().filter(|fact| fact.outcome == verdict).count()).unwrap();
        let found = (internet.reachable, internet.one_way, internet.blocked, internet.not_assessed);
        let expected = (of(Verdict::Reachable), of(Verdict::OneWay), of(Verdict::Blocked), of(Verdict::NotAssessed));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(internet.ports, facts.iter().map(|fact| u64::try_from(fact.ports.len()).unwrap()).sum::<u64>());
        prop_assert_eq!(totals.reachable_interfaces, u64::from(facts.iter().any(|fact| fact.reachable)));
    }

    #[test]
    fn every_witness_walks(network in network()) {
        for fact in facts(&network, &Question::default()) {
            prop_assert_eq!(fact.reachable, fact.witness.is_some());
            let Some(witness) = &fact.witness else { continue };
            let number = number(fact.protocol, witness.request.source.is_ipv4());
            let walked = walk(&network, &network.interfaces[0], &probe_of(&witness.request, number));
            prop_assert_eq!(walked, Walk::Answered);
        }
    }

    #[test]
    fn removing_an_allow_never_adds_reach(network in network(), at in any::<prop::sample::Index>()) {
        let before = facts(&network, &Question::default());
        let mut less = network.clone();
        let allows = |entry: &AclEntry| entry.allow;
        let rules: usize = network.security_groups.iter().map(|group| group.ingress.len()).sum();
        let entries = network.network_acls[0].entries.iter().filter(|entry| allows(entry)).count();
        prop_assume!(rules + entries > 0);
        let mut left = at.index(rules + entries);
        for group in &mut less.security_groups {
            if left < group.ingress.len() {
                group.ingress.remove(left);
                left = usize::MAX;
                break;
            }
            left -= group.ingress.len();
        }
        if left != usize::MAX {
            let at = network.network_acls[0].entries.iter().enumerate().filter(|(_, e)| e.allow).nth(left).unwrap().0;
            less.network_acls[0].entries.remove(at);
        }
        let after = facts(&less, &Question::default());
        for fact in &after {
            let earlier = before.iter().find(|b| (b.family, b.protocol) == (fact.family, fact.protocol));
            let Some(earlier) = earlier.filter(|earlier| earlier.outcome != Verdict::NotAssessed) else { continue };
            prop_assert!(fact.ports.difference(&earlier.ports).is_empty());
            prop_assert!(!fact.reachable || earlier.reachable);
        }
    }

    #[test]
    fn splitting_a_range_changes_nothing(network in network()) {
        let halves = |range: &IpNet| -> Vec<IpNet> {
            range.subnets(range.prefix_len() + 1).map_or_else(|_| vec![*range], Iterator::collect)
        };
        let mut split = network.clone();
        for rule in split.security_groups.iter_mut().flat_map(|group| &mut group.ingress) {
            rule.ranges = rule.ranges.iter().flat_map(halves).collect();
        }
        for list in &mut split.prefix_lists {
            let in_routes = network.route_tables.iter().flat_map(|table| &table.routes)
                .any(|route| route.destination == RouteDestination::PrefixList(list.id.clone()));
            if !in_routes {
                list.ranges = list.ranges.iter().flat_map(halves).collect();
            }
        }
        for acl in &mut split.network_acls {
            acl.entries = acl.entries.iter().flat_map(|entry| {
                halves(&entry.range).into_iter().map(|range| AclEntry { range, ..entry.clone() })
            }).collect();
        }
        let answers = |network| -> Vec<_> {
            facts(network, &Question::default()).into_iter()
                .map(|fact| (fact.family, fact.protocol, fact.ports, fact.one_way_ports, fact.client_ports, fact.source, fact.outcome))
                .collect()
        };
        prop_assert_eq!(answers(&network), answers(&split));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(5000), ..ProptestConfig::default() })]

    #[test]
    fn prover_agrees_with_walker_through_middleboxes(network in behind_a_middlebox()) {
        let walk = |probe: &Probe| walk(&network, &network.interfaces[0], probe);
        agree(&network, &Question::default(), Edge::Internet, walk)?;
        for fact in facts(&network, &Question::default()) {
            let Some(witness) = fact.witness.filter(|_| fact.eni == "eni-1") else { continue };
            let probe = probe_of(&witness.request, number(fact.protocol, witness.request.source.is_ipv4()));
            prop_assert_eq!(walk(&probe), Walk::Answered);
        }
    }

    #[test]
    fn totals_count_the_facts_behind_a_middlebox(network in behind_a_middlebox()) {
        let facts = facts(&network, &Question::default());
        let internet = totals(&network, &Question::default()).edges["Internet"];
        let of = |verdict| {
            let here = facts.iter().filter(|fact| fact.edge == Edge::Internet && fact.outcome == verdict);
            u64::try_from(here.count()).unwrap()
        };
        let found = (internet.reachable, internet.one_way, internet.blocked, internet.not_assessed);
        let expected = (of(Verdict::Reachable), of(Verdict::OneWay), of(Verdict::Blocked), of(Verdict::NotAssessed));
        prop_assert_eq!(found, expected);
    }
}

/// Every probe over one edge: what the walk says, some fact says too.
fn agree(
    network: &Network,
    question: &Question,
    edge: Edge,
    walk: impl Fn(&Probe) -> Walk,
) -> Result<(), TestCaseError> {
    let facts = facts(network, question);
    for probe in probes(network) {
        let Some(fact) = fact_about(&facts, edge, &probe) else { continue };
        let walked = walk(&probe);
        let open = in_openings(fact, &probe);
        let told = || format!("{probe:?} walked {walked:?}\n{fact:#?}\n{network:#?}");
        match walked {
            Walk::Answered => prop_assert!(open || fact.outcome == Verdict::NotAssessed, "missed: {}", told()),
            Walk::NoReply(_) => {
                prop_assert!(!open, "invented: {}", told());
                prop_assert!(!matches!(fact.outcome, Verdict::Blocked), "one-way missed: {}", told());
                let noted = fact.ports.contains(probe.port) || fact.one_way_ports.contains(probe.port);
                let portless = !fact.protocol.has_ports();
                prop_assert!(noted || portless || fact.outcome == Verdict::NotAssessed, "port missed: {}", told());
            }
            Walk::Dropped(_) => prop_assert!(!open, "invented: {}", told()),
            Walk::Unknown(_) => {
                prop_assert!(!open, "knows the unknown: {}", told());
                let honest = fact.outcome == Verdict::NotAssessed || !fact.unknown.is_empty();
                prop_assert!(honest, "unknown not told: {}", told());
            }
        }
    }
    Ok(())
}
