//! Proposed edits do what they promise, on small random networks; and the laws that any edit obeys.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic like the test itself")]

#[path = "support/random_network.rs"]
#[expect(dead_code, reason = "shared with the tests of the prover, which use all of it")]
mod random_network;

use inspector_model::network::{Network, RouteDestination};
use inspector_reachability::change::Change;
use inspector_reachability::difference::differences;
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::index::Index;
use inspector_reachability::prove::{facts, facts_with_edits};
use inspector_reachability::question::Question;
use proptest::prelude::*;
use random_network::{behind_a_vpn, network, peered};

fn explained(network: &Network) -> Vec<Fact> {
    facts_with_edits(&Index::new(network), &Question::default())
}

/// The answer after the changes. A protocol that only a revoked rule named is not asked about any more.
fn after(network: &Network, changes: &[Change], fact: &Fact) -> Verdict {
    let mut changed = network.clone();
    changes.iter().for_each(|change| change.apply(&mut changed).unwrap());
    // A gateway that is attached gives the question its name.
    let asked = |fact: &Fact| (fact.eni.clone(), fact.edge, fact.family, fact.protocol);
    let facts = facts(&changed, &Question::default());
    facts.iter().find(|other| asked(other) == asked(fact)).map_or(Verdict::Blocked, |fact| fact.outcome)
}

/// Every set of edits that leaves out one of `changes`.
fn all_but_one(changes: &[Change]) -> impl Iterator<Item = Vec<Change>> + use<'_> {
    (0..changes.len()).map(|left_out| {
        changes.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, change)| change.clone()).collect()
    })
}

/// The network as AWS can keep it: entries numbered from 1 up with room before the first, one written route for each
/// destination, and no prefix list for the VPC's own route.
fn as_kept(mut network: Network) -> Network {
    for table in &mut network.route_tables {
        let mut written = Vec::new();
        table.routes.retain(|route| {
            let own_list = route.target == "local" && matches!(route.destination, RouteDestination::PrefixList(_));
            let twin = !route.propagated && written.contains(&route.destination);
            written.extend((!route.propagated).then(|| route.destination.clone()));
            !own_list && !twin
        });
    }
    for acl in &mut network.network_acls {
        for (entry, number) in acl.entries.iter_mut().zip(10..) {
            entry.number = number;
        }
    }
    network
}

fn edits_keep_their_promise(network: Network) -> Result<(), TestCaseError> {
    let network = &as_kept(network);
    for fact in explained(network) {
        for changes in &fact.closes {
            let closed = after(network, changes, &fact);
            prop_assert!(closed != Verdict::Reachable, "{changes:?} left {closed:?}");
        }
        let Some(opens) = &fact.opens else { continue };
        prop_assert_eq!(opens.edits, opens.changes.len() + opens.also.len());
        if opens.also.is_empty() {
            // What is not known may still stand in the way, and is then said.
            let opened = after(network, &opens.changes, &fact);
            let told = matches!(opened, Verdict::Reachable | Verdict::NotAssessed);
            prop_assert!(told, "{:?} left {opened:?} of {fact:?}", opens.changes);
            for fewer in all_but_one(&opens.changes) {
                prop_assert!(after(network, &fewer, &fact) != Verdict::Reachable, "{fewer:?} was enough for {fact:?}");
            }
        }
    }
    Ok(())
}

/// A rule that goes, an entry that denies: neither lets anything in.
fn allows_gone(network: &Network) -> Vec<Network> {
    let mut smaller = Vec::new();
    for (at, group) in network.security_groups.iter().enumerate() {
        for rule in 0..group.ingress.len() {
            let mut network = network.clone();
            network.security_groups[at].ingress.remove(rule);
            smaller.push(network);
        }
    }
    for (at, acl) in network.network_acls.iter().enumerate() {
        for entry in (0..acl.entries.len()).filter(|entry| acl.entries[*entry].allow) {
            let mut network = network.clone();
            network.network_acls[at].entries[entry].allow = false;
            smaller.push(network);
        }
    }
    smaller
}

/// Every range of every security group rule and network ACL entry, cut in two halves.
fn split(network: &Network) -> Network {
    let halves = |range: &ipnet::IpNet| match range.subnets(range.prefix_len() + 1) {
        Ok(halves) => halves.collect::<Vec<_>>(),
        Err(_) => vec![*range],
    };
    let mut network = network.clone();
    for group in &mut network.security_groups {
        for rule in group.ingress.iter_mut().chain(&mut group.egress) {
            rule.ranges = rule.ranges.iter().flat_map(halves).collect();
        }
    }
    for acl in &mut network.network_acls {
        let entries = std::mem::take(&mut acl.entries);
        let cut = |entry: inspector_model::network::AclEntry| {
            halves(&entry.range)
                .into_iter()
                .map(move |range| inspector_model::network::AclEntry { range, ..entry.clone() })
        };
        acl.entries = entries.into_iter().flat_map(cut).collect();
    }
    network
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn edits_do_what_they_promise_and_none_is_idle(network in network()) {
        edits_keep_their_promise(network)?;
    }

    #[test]
    fn edits_do_what_they_promise_behind_a_vpn(network in behind_a_vpn()) {
        edits_keep_their_promise(network)?;
    }

    #[test]
    fn edits_do_what_they_promise_over_a_peering(network in peered()) {
        edits_keep_their_promise(network)?;
    }

    #[test]
    fn removing_an_allow_never_adds_reach(network in network()) {
        let before = facts(&network, &Question::default());
        for smaller in allows_gone(&network) {
            for difference in differences(before.clone(), facts(&smaller, &Question::default())) {
                let certain = difference.before.as_ref().is_some_and(|fact| fact.outcome != Verdict::NotAssessed);
                prop_assert!(!(certain && difference.opens()), "{difference:?}");
            }
        }
    }

    #[test]
    fn splitting_a_range_changes_nothing(network in peered()) {
        let found = differences(facts(&network, &Question::default()), facts(&split(&network), &Question::default()));
        prop_assert_eq!(found, vec![]);
    }
}
