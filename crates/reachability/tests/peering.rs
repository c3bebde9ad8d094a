//! VPC peering on one small network, one change each.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_model::network::{FailedAnswer, Network};
use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;

/// A receiver in `vpc-1` and a sender in `vpc-2`, peered; everything is open but the receiver's group.
const SNAPSHOT: &str = r#"{
  "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}, {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}],
  "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.1.0.0/24"},
    {"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.2.0.0/24"}],
  "Reservations": [{"Instances": [
    {"InstanceId": "i-1", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1",
     "Status": "in-use", "SubnetId": "subnet-1", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-1"}],
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.1.0.5"}]}]},
    {"InstanceId": "i-2", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-2",
     "Status": "in-use", "SubnetId": "subnet-2", "VpcId": "vpc-2", "Groups": [{"GroupId": "sg-2"}],
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.2.0.5"}]}]}]}],
  "SecurityGroups": [
    {"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
     "UserIdGroupPairs": [{"GroupId": "sg-2"}]}], "IpPermissionsEgress": []},
    {"GroupId": "sg-2", "VpcId": "vpc-2", "IpPermissions": [], "IpPermissionsEgress": [{"IpProtocol": "-1",
     "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
  "NetworkAcls": [
    {"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": [
      {"RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 1, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]},
    {"NetworkAclId": "acl-2", "VpcId": "vpc-2", "Associations": [{"SubnetId": "subnet-2"}], "Entries": [
      {"RuleNumber": 2, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 2, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]}],
  "RouteTables": [
    {"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "10.2.0.0/16", "VpcPeeringConnectionId": "pcx-1", "State": "active"}]},
    {"RouteTableId": "rtb-2", "VpcId": "vpc-2", "Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": "pcx-1", "State": "active"}]}],
  "InternetGateways": [],
  "VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
    "RequesterVpcInfo": {"VpcId": "vpc-1", "Region": "us-east-1", "CidrBlockSet": [{"CidrBlock": "10.1.0.0/16"}]},
    "AccepterVpcInfo": {"VpcId": "vpc-2", "Region": "us-east-1", "CidrBlockSet": [{"CidrBlock": "10.2.0.0/16"}]}}]
}"#;

/// The TCP fact of `i-1` over the peering, after replacing texts that must be there.
fn tcp_from(changes: &[(&str, &str)], from: Option<&str>) -> Fact {
    let mut text = SNAPSHOT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    let network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
    let question = Question { from: from.map(|from| from.parse().unwrap()), ..Question::default() };
    let mut facts = facts(&network, &question).into_iter();
    facts.find(|f| f.instance == "i-1" && f.edge.as_str() == "PeeredVPC" && f.protocol.to_string() == "tcp").unwrap()
}

fn tcp(changes: &[(&str, &str)]) -> Fact {
    tcp_from(changes, None)
}

#[test]
fn a_reference_to_a_group_of_the_peer_admits_its_members() {
    let fact = tcp(&[]);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22"));
    assert_eq!((fact.via.as_deref(), fact.source.as_deref()), (Some("pcx-1"), Some("10.2.0.5")));
    let path: Vec<String> = fact.path.iter().map(|hop| format!("{}: {}", hop.component, hop.rule)).collect();
    let expected = [
        "eni-2: sends from 10.2.0.5",
        "sg-2: outbound all traffic to 0.0.0.0/0",
        "acl-2: outbound entry 2 allows all traffic to 0.0.0.0/0",
        "rtb-2: route 10.1.0.0/16 to pcx-1",
        "pcx-1: passes on unchanged",
        "acl-1: inbound entry 1 allows all traffic from 0.0.0.0/0",
        "sg-1: inbound tcp 22 from members of sg-2",
        "eni-1: interface of i-1",
        "acl-1: outbound entry 1 allows all traffic to 0.0.0.0/0",
        "rtb-1: route 10.2.0.0/16 to pcx-1",
        "pcx-1: passes on unchanged",
        "acl-2: inbound entry 2 allows all traffic from 0.0.0.0/0",
    ];
    assert_eq!(path, expected);
}

#[test]
fn each_part_of_either_side_can_close_the_way() {
    let out = r#""RuleNumber": 2, "Egress": true, "Protocol": "-1", "RuleAction": "allow""#;
    let back = r#""RuleNumber": 2, "Egress": false, "Protocol": "-1", "RuleAction": "allow""#;
    let deny = |entry: &str| entry.replace("allow", "deny");
    let region = r#""VpcId": "vpc-2", "Region": "us-east-1""#;
    let cases = [
        ("connection deleted", r#"{"Code": "active"}"#, r#"{"Code": "deleted"}"#, Verdict::Blocked, "BAD_STATE"),
        (
            "sender's group",
            r#"IpPermissionsEgress": [{"IpProtocol": "-1""#,
            r#"IpPermissionsEgress": [{"IpProtocol": "17""#,
            Verdict::Blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
        ("sender's ACL out", out, &deny(out), Verdict::Blocked, "SUBNET_ACL_RESTRICTION"),
        ("sender's ACL back in", back, &deny(back), Verdict::OneWay, "SUBNET_ACL_RESTRICTION"),
        (
            "sender's route",
            r#""DestinationCidrBlock": "10.1.0.0/16""#,
            r#""DestinationCidrBlock": "10.1.0.0/30""#,
            Verdict::Blocked,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (
            "our route",
            r#""DestinationCidrBlock": "10.2.0.0/16""#,
            r#""DestinationCidrBlock": "10.9.0.0/16""#,
            Verdict::OneWay,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (
            "sender stopped",
            r#""InstanceId": "i-2", "State": {"Name": "running"}"#,
            r#""InstanceId": "i-2", "State": {"Name": "stopped"}"#,
            Verdict::Blocked,
            "NO_PATH",
        ),
        (
            "group of another Region",
            region,
            r#""VpcId": "vpc-2", "Region": "us-west-2""#,
            Verdict::Blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
    ];
    for (name, old, new, outcome, code) in cases {
        let fact = tcp(&[(old, new)]);
        assert_eq!(fact.outcome, outcome, "{name}: {fact:?}");
        assert!(fact.blocked_by.iter().any(|blocker| blocker.code == code), "{name}: {:?}", fact.blocked_by);
    }
}

#[test]
fn a_peer_that_is_not_in_the_snapshot_may_send_from_its_whole_range() {
    let unknown = [
        (r#", {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}"#, ""),
        (r#""UserIdGroupPairs": [{"GroupId": "sg-2"}]"#, r#""IpRanges": [{"CidrIp": "10.0.0.0/8"}]"#),
    ];
    let fact = tcp(&unknown);
    assert_eq!((fact.outcome, fact.source.as_deref()), (Verdict::Reachable, Some("10.2.0.0-10.2.255.255")));
    assert_eq!(fact.assumptions.len(), 1, "{:?}", fact.assumptions);
    // Nobody knows who is in a group of an account that is not in the snapshot.
    let group = tcp(&[unknown[0], (r#""GroupId": "sg-2"}]}]"#, r#""GroupId": "sg-far"}]}]"#)]);
    assert_eq!(group.outcome, Verdict::NotAssessed);
    assert!(group.unknown.iter().any(|doubt| doubt.what.contains("`sg-far` in `vpc-2`")), "{:?}", group.unknown);
}

#[test]
fn a_question_may_name_the_sender_and_peering_passes_nobody_else() {
    for (from, outcome) in [
        ("i-2", Verdict::Reachable),
        ("vpc-2", Verdict::Reachable),
        ("pcx-1", Verdict::Reachable),
        ("10.2.0.5", Verdict::Reachable),
        ("10.2.0.6", Verdict::Blocked),
        ("vpc-3", Verdict::Blocked),
        ("8.8.8.8", Verdict::Blocked),
    ] {
        assert_eq!(tcp_from(&[], Some(from)).outcome, outcome, "{from}");
    }
}

/// Senders of which AWS said nothing may be anyone in their VPC; a stopped instance sends nothing.
#[test]
fn senders_that_were_refused_are_not_taken_for_absent() {
    let network = |change: fn(&mut Network)| {
        let mut network = aws::read([Document { path: "all.json", bytes: SNAPSHOT.as_bytes() }]).unwrap().network;
        change(&mut network);
        let facts = facts(&network, &Question::default()).into_iter();
        facts
            .filter(|f| f.instance == "i-1" && f.edge.as_str() == "PeeredVPC")
            .find(|f| f.protocol.to_string() == "tcp")
            .unwrap()
    };
    let fact = network(|network| {
        network.interfaces.retain(|interface| interface.id == "eni-1");
        let (answer, why) = ("NetworkInterfaces".to_owned(), "AccessDenied".to_owned());
        network.failed.push(FailedAnswer { answer, why });
    });
    assert_eq!(fact.outcome, Verdict::NotAssessed, "{fact:#?}");
    let fact = network(|network| network.instances.retain(|instance| instance.id == "i-1"));
    assert_eq!(fact.outcome, Verdict::Reachable);
    assert!(fact.assumptions.iter().any(|what| what.contains("taken to be running")), "{:?}", fact.assumptions);
}
