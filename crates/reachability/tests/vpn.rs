//! A virtual private gateway on one small network, one change each.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;

/// A private instance with a propagated default route to a gateway whose connection learns by BGP.
const SNAPSHOT: &str = r#"{
  "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}],
  "Reservations": [{"Instances": [
    {"InstanceId": "i-1", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1",
     "Status": "in-use", "SubnetId": "subnet-1", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-1"}],
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.1.0.5"}]}]}]}],
  "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22,
     "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
  "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": [
      {"RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 1, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]}],
  "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vgw-1", "State": "active",
       "Origin": "EnableVgwRoutePropagation"}]}],
  "InternetGateways": [],
  "VirtualInterfaces": [], "DirectConnectGatewayAssociations": [],
  "VpnGateways": [{"VpnGatewayId": "vgw-1", "State": "available",
    "VpcAttachments": [{"VpcId": "vpc-1", "State": "attached"}]}],
  "VpnConnections": [{"VpnConnectionId": "vpn-1", "State": "available", "VpnGatewayId": "vgw-1",
    "Options": {"StaticRoutesOnly": false}, "Routes": [{"DestinationCidrBlock": "172.16.0.0/12", "State": "available"},
    {"DestinationCidrBlock": "172.31.0.0/16", "State": "deleted"}]}]
}"#;

fn tcp(changes: &[(&str, &str)], from: Option<&str>) -> Fact {
    let mut text = SNAPSHOT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    let network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
    let question = Question { from: from.map(|from| from.parse().unwrap()), ..Question::default() };
    let mut facts = facts(&network, &question).into_iter();
    facts.find(|fact| fact.edge.as_str() == "VGW" && fact.protocol.to_string() == "tcp").unwrap()
}

#[test]
fn ranges_learnt_by_bgp_are_any_address_and_that_is_said() {
    let fact = tcp(&[], None);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22"));
    assert_eq!(fact.assumptions, ["`vpn-1` learns its ranges by BGP: taken to lead to any address"]);
    assert_eq!(fact.path.first().unwrap().rule, "passes on unchanged");
    assert_eq!(tcp(&[], Some("8.8.8.8")).source.as_deref(), Some("8.8.8.8"));
}

#[test]
fn static_routes_are_the_only_sources() {
    let by_hand = [(r#""StaticRoutesOnly": false"#, r#""StaticRoutesOnly": true"#)];
    let fact = tcp(&by_hand, None);
    assert_eq!((fact.outcome, fact.source.as_deref()), (Verdict::Reachable, Some("172.16.0.0-172.31.255.255")));
    assert!(fact.assumptions.is_empty());
    assert_eq!(tcp(&by_hand, Some("192.168.0.1")).outcome, Verdict::Blocked);
}

/// What to replace in the snapshot's text, the verdict and the blocker that follow.
type Case<'a> = (&'a [(&'a str, &'a str)], Verdict, &'a str);

#[test]
fn each_part_can_close_the_way() {
    let connection = r#""VpnConnectionId": "vpn-1", "State": "available""#;
    let gateway = r#""VpnGatewayId": "vgw-1", "State": "available""#;
    let elsewhere = [(r#""GatewayId": "vgw-1", "State""#, r#""GatewayId": "igw-1", "State""#)];
    let cases: [Case<'_>; 4] = [
        (&[(connection, &connection.replace("available", "deleted"))], Verdict::Blocked, "BAD_STATE_VPN"),
        (&[(gateway, &gateway.replace("available", "deleting"))], Verdict::Blocked, "BAD_STATE"),
        (
            &[(r#""State": "available", "VpnGatewayId": "vgw-1""#, r#""State": "available", "VpnGatewayId": "vgw-2""#)],
            Verdict::Blocked,
            "NO_PATH",
        ),
        (&elsewhere, Verdict::OneWay, "CANNOT_ROUTE"),
    ];
    for (changes, outcome, code) in cases {
        let fact = tcp(changes, None);
        assert_eq!(fact.outcome, outcome, "{code}: {fact:?}");
        assert!(fact.blocked_by.iter().any(|blocker| blocker.code == code), "{code}: {:?}", fact.blocked_by);
    }
}

#[test]
fn direct_connect_that_was_not_collected_is_not_taken_for_absent() {
    let gone = r#""VpnConnectionId": "vpn-1", "State": "available""#;
    let fact = tcp(&[(gone, &gone.replace("available", "deleted")), (r#""VirtualInterfaces": [], "#, "")], None);
    assert_eq!(fact.outcome, Verdict::NotAssessed);
}
