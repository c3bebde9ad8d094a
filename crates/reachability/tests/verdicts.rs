//! What the prover says where something is missing, refused or in the way: one small network, one change each.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_model::network::Network;
use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;

/// One instance that the internet reaches at TCP 22.
const SNAPSHOT: [(&str, &str); 7] = [
    (
        "Reservations",
        r#"{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}, "NetworkInterfaces": [
            {"NetworkInterfaceId": "eni-1", "Status": "in-use", "SubnetId": "subnet-1", "VpcId": "vpc-1",
             "Groups": [{"GroupId": "sg-1"}], "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.0.5",
             "Association": {"PublicIp": "3.3.3.3"}}]}]}]}"#,
    ),
    ("Vpcs", r#"{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}"#),
    (
        "SecurityGroups",
        r#"{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}"#,
    ),
    (
        "NetworkAcls",
        r#"{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": [
            {"RuleNumber": 100, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
            {"RuleNumber": 100, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]}"#,
    ),
    (
        "RouteTables",
        r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
            {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
            {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}"#,
    ),
    (
        "InternetGateways",
        r#"{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}"#,
    ),
    ("PrefixLists", ""),
];

/// Other records by answer, or whole documents by name.
type Changes<'a> = &'a [(&'a str, Option<&'a str>)];

/// The snapshot with other records for some answers; `None` leaves an answer out.
fn network(changes: Changes<'_>) -> Network {
    let changed = |key: &str| changes.iter().find(|(changed, _)| *changed == key).map(|(_, text)| *text);
    let mut documents: Vec<(String, String)> = SNAPSHOT
        .iter()
        .filter_map(|(key, record)| Some((*key, changed(key).unwrap_or(Some(record))?)))
        .map(|(key, records)| (key.to_owned(), format!("{{\"{key}\": [{records}]}}")))
        .collect();
    let more = changes.iter().filter(|(key, _)| !SNAPSHOT.iter().any(|(known, _)| known == key));
    if changed("bpa").is_none() {
        let off = r#"{"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"}}"#;
        documents.push(("bpa".to_owned(), off.to_owned()));
    }
    documents.extend(more.filter_map(|(key, text)| Some(((*key).to_owned(), (*text)?.to_owned()))));
    aws::read(documents.iter().map(|(path, text)| Document { path, bytes: text.as_bytes() })).unwrap().network
}

fn tcp(changes: Changes<'_>) -> Fact {
    facts(&network(changes), &Question::default()).into_iter().find(|fact| fact.protocol.to_string() == "tcp").unwrap()
}

#[test]
fn the_whole_path_is_told_with_a_witness() {
    let fact = tcp(&[]);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22"));
    assert_eq!((fact.source.as_deref(), fact.client_ports.to_string().as_str()), (Some("internet"), "1024-65535"));
    let path: Vec<String> = fact.path.iter().map(|hop| format!("{}: {}", hop.component, hop.rule)).collect();
    let expected = [
        "igw-1: delivers 3.3.3.3 to 10.0.0.5",
        "acl-1: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "sg-1: inbound tcp 22 from 0.0.0.0/0",
        "eni-1: interface of i-1",
        "acl-1: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "rtb-1: route 0.0.0.0/0 to igw-1",
        "igw-1: sends from 3.3.3.3",
    ];
    assert_eq!(path, expected);
    assert!(fact.assumptions.is_empty() && fact.unknown.is_empty());
}

#[test]
fn an_answer_that_was_never_asked_for_is_an_assumption() {
    let fact = tcp(&[("NetworkAcls", None)]);
    assert_eq!(fact.outcome, Verdict::Reachable);
    assert_eq!(fact.assumptions, ["`NetworkAcls` were not collected: taken to let everything through"]);
    let fact = tcp(&[("RouteTables", None), ("InternetGateways", None)]);
    assert_eq!((fact.outcome, fact.assumptions.len(), fact.via), (Verdict::Reachable, 2, None));
}

/// Refused, incomplete, dangling or not modelled: each must end as not assessed, whatever the rest says.
#[test]
fn what_is_unknown_is_never_an_answer() {
    let refused = |answer: &str| format!(r#"{{"Errors": [{{"Answer": "{answer}", "Why": "UnauthorizedOperation"}}]}}"#);
    let (acls, tables) = (refused("NetworkAcls"), refused("RouteTables"));
    let (gateways, groups) = (refused("InternetGateways"), refused("SecurityGroups"));
    let bad_entry = r#"{"NetworkAclId": "acl-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": [
        {"RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "deny", "CidrBlock": "nonsense"}]}"#;
    let bad_route = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
        {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}, {"GatewayId": "nat-1"}]}"#;
    let firewall = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
        {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vpce-1"}]}"#;
    let edge_table = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
        {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]}, {"RouteTableId": "rtb-2", "VpcId": "vpc-1",
        "Associations": [{"GatewayId": "igw-1"}], "Routes": [{"DestinationCidrBlock": "10.0.0.0/24",
        "NetworkInterfaceId": "eni-9"}]}"#;
    let list = r#"{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
        "PrefixListIds": [{"PrefixListId": "pl-9"}]}]}"#;
    let bad_group = r#"{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "?"}]}]}"#;
    let ranges = refused("Vpcs");
    let own_table = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}],
        "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]}"#;
    let lost_address = SNAPSHOT[0].1.replace("10.0.0.5", "10.0.0.5x");
    let endpoint = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
        {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"},
        {"DestinationPrefixListId": "pl-9", "GatewayId": "vpce-1"}]}"#;
    let lists = refused("PrefixLists");
    let blocked = r#"{"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "block-ingress"}}"#;
    let cases: [(&str, Changes<'_>, &str); 17] = [
        ("refused ACLs", &[("NetworkAcls", None), ("errors", Some(&acls))], "UnauthorizedOperation"),
        ("refused tables", &[("RouteTables", None), ("errors", Some(&tables))], "UnauthorizedOperation"),
        ("refused gateways", &[("InternetGateways", None), ("errors", Some(&gateways))], "UnauthorizedOperation"),
        ("refused groups", &[("SecurityGroups", None), ("errors", Some(&groups))], "UnauthorizedOperation"),
        ("dangling group", &[("SecurityGroups", Some(""))], "`sg-1` is not in the snapshot"),
        ("no ACL of the subnet", &[("NetworkAcls", Some(""))], "`subnet-1` is not in the snapshot"),
        ("named gateway without record", &[("InternetGateways", None)], "`igw-1` is the target of a route"),
        ("unreadable ACL entry", &[("NetworkAcls", Some(bad_entry))], "`nonsense` is not an address range"),
        ("unreadable route", &[("RouteTables", Some(bad_route))], "a route has no destination"),
        ("firewall on the way back", &[("RouteTables", Some(firewall))], "`vpce-1`, which is not modelled"),
        ("appliance on the way in", &[("RouteTables", Some(edge_table))], "appliance `eni-9`"),
        ("unknown prefix list", &[("SecurityGroups", Some(list))], "`pl-9`"),
        ("refused ranges", &[("Vpcs", None), ("errors", Some(&ranges))], "the ranges of `vpc-1`"),
        ("the rest of the tables", &[("RouteTables", Some(own_table)), ("errors", Some(&tables))], "table of `igw-1`"),
        ("an address that is none", &[("Reservations", Some(&lost_address))], "10.0.0.5x"),
        ("refused list of an endpoint", &[("RouteTables", Some(endpoint)), ("errors", Some(&lists))], "`pl-9`"),
        ("block public access", &[("bpa", Some(blocked))], "`block-ingress`"),
    ];
    for (name, changes, expected) in cases {
        let fact = tcp(changes);
        assert_eq!(fact.outcome, Verdict::NotAssessed, "{name}: {fact:?}");
        assert!(!fact.reachable && fact.ports.is_empty(), "{name}");
        assert!(fact.unknown.iter().any(|doubt| doubt.what.contains(expected)), "{name}: {:?}", fact.unknown);
    }
    let fact = tcp(&[("SecurityGroups", Some(bad_group))]);
    assert_eq!(fact.outcome, Verdict::NotAssessed);
}

/// Both modes stop packets from outside, and only an exclusion in force that allows both directions lets them in.
#[test]
fn public_access_that_is_blocked_closes_the_gateway_unless_excluded() {
    let outcome = |mode: &str, exclusions: Option<&str>| {
        let exclusions = exclusions
            .map_or_else(String::new, |records| format!(r#", "VpcBlockPublicAccessExclusions": [{records}]"#));
        let options =
            format!(r#"{{"VpcBlockPublicAccessOptions": {{"InternetGatewayBlockMode": "{mode}"}}{exclusions}}}"#);
        tcp(&[("bpa", Some(&options))])
    };
    let exclusion = |resource: &str, mode: &str, state: &str| {
        format!(
            r#"{{"ExclusionId": "vpcbpa-exclude-1", "InternetGatewayExclusionMode": "{mode}", "State": "{state}",
                "ResourceArn": "arn:aws:ec2:us-east-1:1:{resource}"}}"#
        )
    };
    let (both, egress) = ("allow-bidirectional", "allow-egress");
    let cases = [
        ("off", String::new(), Verdict::Reachable),
        ("block-ingress", String::new(), Verdict::Blocked),
        ("block-bidirectional", String::new(), Verdict::Blocked),
        ("block-ingress", exclusion("vpc/vpc-1", both, "create-complete"), Verdict::Reachable),
        ("block-bidirectional", exclusion("subnet/subnet-1", both, "update-complete"), Verdict::Reachable),
        ("block-ingress", exclusion("subnet/subnet-2", both, "create-complete"), Verdict::Blocked),
        ("block-ingress", exclusion("subnet/subnet-1", egress, "create-complete"), Verdict::Blocked),
        ("block-ingress", exclusion("subnet/subnet-1", both, "delete-complete"), Verdict::Blocked),
        ("block-ingress", exclusion("subnet/subnet-1", both, "create-in-progress"), Verdict::NotAssessed),
    ];
    for (mode, exclusion, expected) in cases {
        let fact = outcome(mode, Some(&exclusion));
        assert_eq!(fact.outcome, expected, "{mode} {exclusion}: {fact:#?}");
        if expected == Verdict::Blocked {
            assert_eq!(fact.blocked_by[0].code, "VPC_BLOCK_PUBLIC_ACCESS_ENABLED");
        }
    }
    assert_eq!(outcome("block-ingress", None).outcome, Verdict::NotAssessed, "exclusions that nobody asked for");
    let fact = tcp(&[("bpa", Some("{}"))]);
    assert_eq!(fact.outcome, Verdict::Reachable);
    assert!(fact.assumptions[0].contains("`VpcBlockPublicAccessOptions` were not collected"));
    let refused = r#"{"Errors": [{"Answer": "VpcBlockPublicAccessOptions", "Why": "UnauthorizedOperation"}]}"#;
    assert_eq!(tcp(&[("bpa", Some(refused))]).outcome, Verdict::NotAssessed);
}

/// Rule 12: a delegated range is an endpoint as any other address is; a gateway knows IPv6 ranges only.
#[test]
fn delegated_ranges_are_endpoints_too() {
    let change = |prefixes: &str| {
        let own = r#""PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.0.5",
             "Association": {"PublicIp": "3.3.3.3"}}]"#;
        assert!(SNAPSHOT[0].1.contains(own));
        SNAPSHOT[0].1.replace(own, prefixes)
    };
    let groups = r#"{"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
        "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]}"#;
    let acl = r#"{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": [
        {"RuleNumber": 100, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "Ipv6CidrBlock": "::/0"},
        {"RuleNumber": 100, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "Ipv6CidrBlock": "::/0"}]}"#;
    let table = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
        {"DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1"}]}"#;
    let ask = |prefixes: &str| {
        let interface = change(prefixes);
        let changes: Changes<'_> = &[
            ("Reservations", Some(&interface)),
            ("SecurityGroups", Some(groups)),
            ("NetworkAcls", Some(acl)),
            ("RouteTables", Some(table)),
        ];
        tcp(changes)
    };
    let fact = ask(r#""Ipv6Prefixes": [{"Ipv6Prefix": "2600:1f18::/80"}]"#);
    assert_eq!((fact.outcome, fact.private_ip), (Verdict::Reachable, "2600:1f18::".parse().ok()), "{fact:#?}");
    let fact = ask(r#""Ipv4Prefixes": [{"Ipv4Prefix": "10.0.0.16/28"}]"#);
    assert_eq!(fact.blocked_by[0].code, "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "{fact:#?}");
}

/// Rule 1: a stopped instance cannot be reached, and what starting it would open is said, without another excuse.
#[test]
fn a_stopped_instance_says_what_starting_it_would_open() {
    let stopped = SNAPSHOT[0].1.replace("running", "stopped");
    let fact = tcp(&[("Reservations", Some(&stopped))]);
    assert_eq!(fact.outcome, Verdict::Blocked);
    let told: Vec<_> = fact.blocked_by.iter().map(|blocker| (blocker.code, blocker.detail.as_str())).collect();
    assert_eq!(told, [("BAD_STATE", "the instance is stopped; if it were started, it could be reached at 22")]);
}

/// Rules 15 and 32: of all that a route can lead to, only the internet gateway itself takes replies back.
#[test]
fn nothing_but_the_gateway_takes_replies_back() {
    let cases = [
        (r#""NatGatewayId": "nat-1""#, "CANNOT_ROUTE"),
        (r#""EgressOnlyInternetGatewayId": "eigw-1""#, "CANNOT_ROUTE"),
        (r#""GatewayId": "vgw-9""#, "CANNOT_ROUTE"),
        (r#""TransitGatewayId": "tgw-1""#, "CANNOT_ROUTE"),
        (r#""VpcPeeringConnectionId": "pcx-1""#, "CANNOT_ROUTE"),
        (r#""GatewayId": "igw-other""#, "CANNOT_ROUTE"),
        (r#""GatewayId": "igw-1", "State": "blackhole""#, "BAD_STATE_ROUTE"),
    ];
    for (target, code) in cases {
        let table = format!(
            r#"{{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{{"Main": true}}], "Routes": [
                {{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}},
                {{"DestinationCidrBlock": "0.0.0.0/0", {target}}}]}}"#
        );
        let fact = tcp(&[("RouteTables", Some(&table))]);
        assert_eq!((fact.outcome, fact.one_way_ports.to_string().as_str()), (Verdict::OneWay, "22"), "{target}");
        assert_eq!(fact.blocked_by[0].code, code, "{target}: {fact:#?}");
    }
    // A gateway endpoint takes the replies to its service's own addresses, and no others.
    let table = r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
        {"DestinationPrefixListId": "pl-s3", "GatewayId": "vpce-1"},
        {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]}"#;
    let list = r#"{"PrefixListId": "pl-s3", "Cidrs": ["52.216.0.0/15"]}"#;
    let fact = tcp(&[("RouteTables", Some(table)), ("PrefixLists", Some(list))]);
    let from = |text: &str| {
        let source: std::net::IpAddr = text.parse().unwrap();
        let within = |(low, high): &(_, _)| *low <= source && source <= *high;
        fact.openings.iter().any(|opening| opening.sources.iter().any(within))
    };
    assert_eq!((from("52.216.1.1"), from("52.218.0.1")), (false, true));
}

/// A certain blocker outweighs every doubt.
#[test]
fn blocked_holds_whatever_is_unknown() {
    let private = SNAPSHOT[0].1.replace(r#""Association": {"PublicIp": "3.3.3.3"}"#, r#""Association": null"#);
    let fact = tcp(&[("Reservations", Some(&private)), ("NetworkAcls", Some("")), ("SecurityGroups", Some(""))]);
    assert_eq!(fact.outcome, Verdict::Blocked);
    let closed = r#"{"GroupId": "sg-1", "IpPermissions": []}"#;
    let fact = tcp(&[("SecurityGroups", Some(closed)), ("NetworkAcls", Some(""))]);
    assert_eq!(fact.outcome, Verdict::Blocked);
}

#[test]
fn every_blocker_is_named_not_only_the_first() {
    let stopped = SNAPSHOT[0].1.replace("running", "stopped").replace(r#""PublicIp": "3.3.3.3""#, "");
    let fact = tcp(&[
        ("Reservations", Some(&stopped)),
        ("SecurityGroups", Some(r#"{"GroupId": "sg-1", "IpPermissions": []}"#)),
        (
            "NetworkAcls",
            Some(r#"{"NetworkAclId": "acl-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": []}"#),
        ),
        (
            "RouteTables",
            Some(
                r#"{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
                {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"},
                {"DestinationCidrBlock": "9.0.0.0/8", "GatewayId": "igw-1", "State": "blackhole"}]}"#,
            ),
        ),
        ("InternetGateways", Some(r#"{"InternetGatewayId": "igw-1", "Attachments": []}"#)),
    ]);
    let codes: Vec<(&str, &str)> = fact.blocked_by.iter().map(|b| (b.code, b.component.as_str())).collect();
    let expected = [
        ("BAD_STATE", "i-1"),
        ("BAD_STATE_ATTACHMENT", "igw-1"),
        ("BAD_STATE_ROUTE", "rtb-1"),
        ("CANNOT_ROUTE", "rtb-1"),
        ("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "eni-1"),
        ("NO_PATH", "vpc-1"),
        ("SG_HAS_NO_RULES", "sg-1"),
        ("SUBNET_ACL_RESTRICTION", "acl-1"),
        ("SUBNET_ACL_RESTRICTION", "acl-1"),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_reachable_group_stays_reachable_beside_an_unknown_one() {
    let two = SNAPSHOT[0].1.replace(r#"[{"GroupId": "sg-1"}]"#, r#"[{"GroupId": "sg-1"}, {"GroupId": "sg-gone"}]"#);
    let fact = tcp(&[("Reservations", Some(&two))]);
    assert_eq!((fact.outcome, fact.allowed_by.as_slice()), (Verdict::Reachable, &["sg-1".to_owned()][..]));
    assert_eq!(fact.unknown.len(), 1, "and what it may admit besides is told");
}

#[test]
fn a_question_narrows_sources_targets_and_ports() {
    let ask = |from: Option<&str>, to: Option<&str>, port| {
        let end = |text: &str| text.parse().unwrap();
        facts(&network(&[]), &Question { from: from.map(end), to: to.map(end), port })
    };
    assert_eq!(ask(Some("8.8.8.8"), None, None).remove(0).source.as_deref(), Some("8.8.8.8"));
    let private = ask(Some("192.168.0.0/16"), None, None).remove(0);
    assert_eq!(private.blocked_by.first().map(|b| b.code), Some("IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS"));
    assert!(ask(None, Some("i-2"), None).is_empty());
    assert!(ask(None, Some("3.3.3.3"), None).iter().any(|fact| fact.reachable), "the public address names it too");
    assert!(!ask(None, None, Some(23)).remove(0).reachable);
    let inside = ask(Some("i-1"), None, None);
    assert!(inside.iter().all(|fact| fact.edge.as_str() == "IntraVPC" && fact.outcome == Verdict::Blocked));
}
