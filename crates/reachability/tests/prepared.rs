//! Edits tried on a part of a network tell what they tell on all of it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic like the test itself")]

#[path = "support/random_network.rs"]
#[expect(dead_code, reason = "shared with the tests of the prover, which use all of it")]
mod random_network;

use inspector_model::network::{Network, Traffic};
use inspector_reachability::change::Change;
use inspector_reachability::difference::{Difference, differences};
use inspector_reachability::prove::{Prepared, facts};
use inspector_reachability::question::Question;
use proptest::prelude::*;
use proptest::sample::select;
use random_network::{behind_a_middlebox, behind_a_vpn, network, peered};

/// Two VPCs that have nothing to do with each other.
fn two(first: Network, second: &Network) -> Network {
    let mut text = serde_json::to_string(second).unwrap();
    for (old, new) in [
        ("vpc-1", "vpc-7"),
        ("subnet-1", "subnet-7"),
        ("\"sg-1\"", "\"sg-7\""),
        ("\"sg-2\"", "\"sg-8\""),
        ("igw-1", "igw-7"),
        ("rtb-1", "rtb-7"),
        ("rtb-2", "rtb-8"),
        ("rtb-3", "rtb-9"),
        ("acl-1", "acl-7"),
        ("\"eni-1\"", "\"eni-7\""),
        ("\"i-1\"", "\"i-7\""),
    ] {
        text = text.replace(old, new);
    }
    let second: Network = serde_json::from_str(&text).unwrap();
    let mut both = first;
    both.instances.extend(second.instances);
    both.interfaces.extend(second.interfaces);
    both.vpcs.extend(second.vpcs);
    both.subnets.extend(second.subnets);
    both.security_groups.extend(second.security_groups);
    both.network_acls.extend(second.network_acls);
    both.route_tables.extend(second.route_tables);
    both.internet_gateways.extend(second.internet_gateways);
    both
}

fn any_network() -> impl Strategy<Value = Network> {
    let first = prop_oneof![4 => network(), 1 => peered(), 1 => behind_a_vpn(), 1 => behind_a_middlebox()];
    (first, network()).prop_map(|(first, second)| two(first, &second))
}

/// The protocol, and the first and last port.
fn written(traffic: Traffic) -> String {
    match traffic {
        Traffic::All => r#""protocol": "-1""#.to_owned(),
        Traffic::Ports { protocol, from, to } => format!(r#""protocol": "{protocol}", "from": {from}, "to": {to}"#),
        Traffic::Icmp { protocol, icmp_type, icmp_code } => {
            let part = |part: Option<u8>| part.map_or(-1, i64::from);
            format!(r#""protocol": "{protocol}", "from": {}, "to": {}"#, part(icmp_type), part(icmp_code))
        }
        Traffic::Protocol { protocol } => format!(r#""protocol": "{protocol}""#),
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    let group = || select(vec!["sg-1", "sg-2", "sg-7", "sg-8", "sg-unknown"]);
    let other = select(vec![
        r#""cidr": "0.0.0.0/0""#,
        r#""cidr": "::/0""#,
        r#""cidr": "8.8.0.0/16""#,
        r#""prefixList": "pl-1""#,
        r#""prefixList": "pl-2""#,
        r#""otherGroup": "sg-1""#,
    ]);
    let rule = (select(vec!["authorize", "revoke"]), group(), random_network::traffic(), other).prop_map(
        |(verb, group, traffic, other)| {
            let traffic = written(traffic);
            format!(r#"{{"{verb}": {{"group": "{group}", "direction": "ingress", {traffic}, {other}}}}}"#)
        },
    );
    let side = || select(vec!["ingress", "egress"]);
    let acl = || select(vec!["acl-1", "acl-7"]);
    let entry = (acl(), side(), 0..12_u32, any::<bool>(), random_network::traffic(), random_network::range()).prop_map(
        |(acl, side, number, allow, traffic, cidr)| {
            let name = format!(r#""acl": "{acl}", "direction": "{side}", "number": {number}"#);
            format!(r#"{{"putAclEntry": {{{name}, "allow": {allow}, {}, "cidr": "{cidr}"}}}}"#, written(traffic))
        },
    );
    let no_entry = (acl(), side(), 0..12_u32).prop_map(|(acl, side, number)| {
        format!(r#"{{"deleteAclEntry": {{"acl": "{acl}", "direction": "{side}", "number": {number}}}}}"#)
    });
    let table = || select(vec!["rtb-1", "rtb-2", "rtb-3", "rtb-7", "rtb-8", "rtb-9"]);
    let destination = || select(vec!["0.0.0.0/0", "0.0.0.0/1", "8.8.0.0/16", "::/0", "pl-1", "pl-unknown"]);
    let target = select(vec!["igw-1", "igw-7", "nat-1", "eigw-1", "tgw-1", "pcx-1", "eni-9"]);
    let route = (table(), destination(), target).prop_map(|(table, destination, target)| {
        format!(r#"{{"createRoute": {{"table": "{table}", "destination": "{destination}", "target": "{target}"}}}}"#)
    });
    let no_route = (table(), destination()).prop_map(|(table, destination)| {
        format!(r#"{{"deleteRoute": {{"table": "{table}", "destination": "{destination}"}}}}"#)
    });
    let rest = select(vec![
        r#"{"associateAddress": {"interface": "eni-1", "private": "10.0.0.5"}}"#,
        r#"{"disassociateAddress": {"interface": "eni-7", "private": "10.0.0.6"}}"#,
        r#"{"setGroups": {"interface": "eni-1", "groups": ["sg-2"]}}"#,
        r#"{"setGroups": {"interface": "eni-7", "groups": ["sg-1", "sg-unknown"]}}"#,
        r#"{"startInstance": {"instance": "i-1"}}"#,
        r#"{"stopInstance": {"instance": "i-7"}}"#,
        r#"{"attachInternetGateway": {"gateway": "igw-7", "vpc": "vpc-1"}}"#,
        r#"{"detachInternetGateway": {"gateway": "igw-1", "vpc": "vpc-1"}}"#,
        r#"{"stopInstance": {"instance": "i-unknown"}}"#,
    ])
    .prop_map(str::to_owned);
    prop_oneof![4 => rule, 2 => entry, 1 => no_entry, 2 => route, 1 => no_route, 2 => rest]
        .prop_map(|text| serde_json::from_str(&text).unwrap())
}

fn recomputed(network: &Network, question: &Question, changes: &[Change]) -> Result<Vec<Difference>, String> {
    let mut after = network.clone();
    for change in changes {
        change.apply(&mut after).map_err(|error| error.to_string())?;
    }
    Ok(differences(facts(network, question), facts(&after, question)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10000))]

    #[test]
    fn a_prepared_network_tells_what_answering_all_again_would(
        network in any_network(),
        changes in prop::collection::vec(any_change(), 1..3),
        narrow in select(vec![(None, None), (Some("8.8.0.0/16"), None), (None, Some("vpc-7")), (Some("igw-1"), None)]),
    ) {
        let end = |end: Option<&str>| end.map(|end| end.parse().unwrap());
        let question = Question { from: end(narrow.0), to: end(narrow.1), port: None };
        let quick = Prepared::new(&network).differences(&question, &changes).map_err(|error| error.to_string());
        prop_assert_eq!(quick, recomputed(&network, &question, &changes));
    }
}
