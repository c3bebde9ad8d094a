//! Transit gateways on one small network, one change each.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;

/// Two VPCs behind one transit gateway, each with a subnet for the attachment beside that of its instance; a VPN connection
/// and a Direct Connect gateway, both of which learn by BGP; a second gateway, peered with the first.
const SNAPSHOT: &str = r#"{
  "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}, {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}],
  "Subnets": [
    {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.1.0.0/24", "AvailabilityZone": "z-a"},
    {"SubnetId": "subnet-1t", "VpcId": "vpc-1", "CidrBlock": "10.1.9.0/24", "AvailabilityZone": "z-a"},
    {"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.2.0.0/24", "AvailabilityZone": "z-a"},
    {"SubnetId": "subnet-2t", "VpcId": "vpc-2", "CidrBlock": "10.2.9.0/24", "AvailabilityZone": "z-a"}],
  "Reservations": [{"Instances": [
    {"InstanceId": "i-1", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1",
     "Status": "in-use", "SubnetId": "subnet-1", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-1"}],
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.1.0.5"}]}]},
    {"InstanceId": "i-2", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-2",
     "Status": "in-use", "SubnetId": "subnet-2", "VpcId": "vpc-2", "Groups": [{"GroupId": "sg-2"}],
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.2.0.5"}]}]}]}],
  "SecurityGroups": [
    {"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
      {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": "sg-2"}]}]},
    {"GroupId": "sg-2", "VpcId": "vpc-2", "IpPermissions": [], "IpPermissionsEgress": [
      {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
  "NetworkAcls": [
    {"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": [
      {"RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 1, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]},
    {"NetworkAclId": "acl-1t", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1t"}], "Entries": [
      {"RuleNumber": 2, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.1.0.0/16"},
      {"RuleNumber": 3, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.1.0.0/16"}]},
    {"NetworkAclId": "acl-2", "VpcId": "vpc-2", "Associations": [{"SubnetId": "subnet-2"}], "Entries": [
      {"RuleNumber": 4, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 4, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]},
    {"NetworkAclId": "acl-2t", "VpcId": "vpc-2", "Associations": [{"SubnetId": "subnet-2t"}], "Entries": [
      {"RuleNumber": 5, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.2.0.0/16"},
      {"RuleNumber": 6, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.2.0.0/16"}]}],
  "RouteTables": [
    {"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "tgw-1", "State": "active"}]},
    {"RouteTableId": "rtb-2", "VpcId": "vpc-2", "Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "10.1.0.0/16", "TransitGatewayId": "tgw-1", "State": "active"}]}],
  "InternetGateways": [],
  "TransitGateways": [{"TransitGatewayId": "tgw-1", "State": "available", "Options": {
    "SecurityGroupReferencingSupport": "enable"}}, {"TransitGatewayId": "tgw-2", "State": "available"}],
  "TransitGatewayAttachments": [
    {"TransitGatewayAttachmentId": "a-1", "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": "vpc-1",
     "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-1", "State": "associated"}},
    {"TransitGatewayAttachmentId": "a-2", "TransitGatewayId": "tgw-1", "ResourceType": "vpc", "ResourceId": "vpc-2",
     "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-2", "State": "associated"}},
    {"TransitGatewayAttachmentId": "a-vpn", "TransitGatewayId": "tgw-1", "ResourceType": "vpn", "ResourceId": "vpn-1",
     "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-2", "State": "associated"}},
    {"TransitGatewayAttachmentId": "a-dx", "TransitGatewayId": "tgw-1", "ResourceType": "direct-connect-gateway",
     "ResourceId": "dx-1", "State": "available",
     "Association": {"TransitGatewayRouteTableId": "tgw-rtb-2", "State": "associated"}},
    {"TransitGatewayAttachmentId": "a-p", "TransitGatewayId": "tgw-1", "ResourceType": "peering", "ResourceId": "tgw-2",
     "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-2", "State": "associated"}},
    {"TransitGatewayAttachmentId": "a-p", "TransitGatewayId": "tgw-2", "ResourceType": "peering", "ResourceId": "tgw-1",
     "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-3", "State": "associated"}}],
  "TransitGatewayVpcAttachments": [
    {"TransitGatewayAttachmentId": "a-1", "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "State": "available",
     "SubnetIds": ["subnet-1t"], "Options": {"SecurityGroupReferencingSupport": "enable", "Ipv6Support": "disable"}},
    {"TransitGatewayAttachmentId": "a-2", "TransitGatewayId": "tgw-1", "VpcId": "vpc-2", "State": "available",
     "SubnetIds": ["subnet-2t"], "Options": {"SecurityGroupReferencingSupport": "enable"}}],
  "TransitGatewayRouteTables": [
    {"TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayId": "tgw-1", "State": "available"},
    {"TransitGatewayRouteTableId": "tgw-rtb-2", "TransitGatewayId": "tgw-1", "State": "available"},
    {"TransitGatewayRouteTableId": "tgw-rtb-3", "TransitGatewayId": "tgw-2", "State": "available"}],
  "TransitGatewayPropagations": [
    {"TransitGatewayRouteTableId": "tgw-rtb-1", "TransitGatewayRouteTablePropagations": [
      {"TransitGatewayAttachmentId": "a-2", "State": "enabled"},
      {"TransitGatewayAttachmentId": "a-vpn", "State": "enabled"},
      {"TransitGatewayAttachmentId": "a-dx", "State": "enabled"}]},
    {"TransitGatewayRouteTableId": "tgw-rtb-2", "TransitGatewayRouteTablePropagations": [
      {"TransitGatewayAttachmentId": "a-1", "State": "enabled"}]}],
  "TransitGatewayStaticRoutes": [
    {"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": []},
    {"TransitGatewayRouteTableId": "tgw-rtb-2", "Routes": []},
    {"TransitGatewayRouteTableId": "tgw-rtb-3", "Routes": []}],
  "VpnConnections": [{"VpnConnectionId": "vpn-1", "State": "available", "TransitGatewayId": "tgw-1",
    "Options": {"StaticRoutesOnly": false}, "Routes": []}],
  "VirtualInterfaces": [{"virtualInterfaceId": "dxvif-1", "virtualInterfaceType": "transit",
    "virtualInterfaceState": "available", "directConnectGatewayId": "dx-1"}],
  "DirectConnectGatewayAssociations": [{"associationId": "as-1", "directConnectGatewayId": "dx-1",
    "associatedGateway": {"id": "tgw-1"}, "associationState": "associated",
    "allowedPrefixesToDirectConnectGateway": [{"cidr": "10.1.0.0/16"}]}]
}"#;

fn snapshot(changes: &[(&str, &str)]) -> String {
    let mut text = SNAPSHOT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

/// The TCP fact of `i-1` over an edge, after replacing the first of each text.
fn tcp(edge: &str, changes: &[(&str, &str)], from: Option<&str>) -> Fact {
    let text = snapshot(changes);
    let network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
    let question = Question { from: from.map(|from| from.parse().unwrap()), ..Question::default() };
    let mut facts = facts(&network, &question).into_iter();
    facts.find(|f| f.instance == "i-1" && f.edge.as_str() == edge && f.protocol.to_string() == "tcp").unwrap()
}

const STATIC: &str = r#"{"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": []}"#;
const STATIC_2: &str = r#"{"TransitGatewayRouteTableId": "tgw-rtb-2", "Routes": []}"#;

#[test]
fn another_vpc_gets_in_through_every_guard_on_the_way() {
    let fact = tcp("TransitGateway", &[], None);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22,80"));
    assert_eq!((fact.via.as_deref(), fact.source.as_deref()), (Some("tgw-1"), Some("10.2.0.5")));
    let path: Vec<String> = fact.path.iter().map(|hop| format!("{}: {}", hop.component, hop.rule)).collect();
    let expected = [
        "eni-2: sends from 10.2.0.5",
        "sg-2: outbound all traffic to 0.0.0.0/0",
        "acl-2: outbound entry 4 allows all traffic to 0.0.0.0/0",
        "rtb-2: route 10.1.0.0/16 to tgw-1",
        "acl-2t: inbound entry 5 allows all traffic from 10.2.0.0/16",
        "tgw-1: passes on unchanged",
        "tgw-rtb-2: propagated route 10.1.0.0/16 to a-1",
        "acl-1t: outbound entry 3 allows all traffic to 10.1.0.0/16",
        "acl-1: inbound entry 1 allows all traffic from 0.0.0.0/0",
        "sg-1: inbound tcp 22 from 0.0.0.0/0",
        "eni-1: interface of i-1",
        "acl-1: outbound entry 1 allows all traffic to 0.0.0.0/0",
        "rtb-1: route 0.0.0.0/0 to tgw-1",
        "acl-1t: inbound entry 2 allows all traffic from 10.1.0.0/16",
        "tgw-1: passes on unchanged",
        "tgw-rtb-1: propagated route 10.2.0.0/16 to a-2",
        "acl-2t: outbound entry 6 allows all traffic to 10.2.0.0/16",
        "acl-2: inbound entry 4 allows all traffic from 0.0.0.0/0",
    ];
    assert_eq!(path, expected);
}

/// A name, texts to replace, the verdict, and a blocker's code or a part of what could not be told.
type Case<'t> = (&'t str, &'t [(&'t str, &'t str)], Verdict, &'t str);

#[test]
fn each_part_can_close_the_way_from_another_vpc() {
    use Verdict::{Blocked, NotAssessed, OneWay};
    let zone = r#""SubnetId": "subnet-1t", "VpcId": "vpc-1", "CidrBlock": "10.1.9.0/24", "AvailabilityZone": "z-a""#;
    let zone_2 = r#""SubnetId": "subnet-2t", "VpcId": "vpc-2", "CidrBlock": "10.2.9.0/24", "AvailabilityZone": "z-a""#;
    let ours = r#""ResourceId": "vpc-1",
     "State": "available""#;
    let propagated = r#"{"TransitGatewayAttachmentId": "a-1", "State": "enabled"}"#;
    let back = r#"{"TransitGatewayAttachmentId": "a-2", "State": "enabled"},"#;
    let tables = r#"{"TransitGatewayRouteTableId": "tgw-rtb-2", "TransitGatewayId": "tgw-1", "State": "available"}"#;
    let dropped = r#"{"TransitGatewayRouteTableId": "tgw-rtb-2", "Routes": [
      {"DestinationCidrBlock": "10.1.0.0/24", "Type": "static", "State": "blackhole"}]}"#;
    let elsewhere = r#"{"TransitGatewayRouteTableId": "tgw-rtb-2", "Routes": [{"DestinationCidrBlock": "10.1.0.0/24",
      "Type": "static", "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-vpn"}]}]}"#;
    let circle = r#"{"TransitGatewayRouteTableId": "tgw-rtb-2", "Routes": [{"DestinationCidrBlock": "10.1.0.0/24",
      "Type": "static", "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-p"}]}]}"#;
    let and_back = r#"{"TransitGatewayRouteTableId": "tgw-rtb-3", "Routes": [{"DestinationCidrBlock": "10.0.0.0/8",
      "Type": "static", "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-p"}]}]}"#;
    let static_3 = r#"{"TransitGatewayRouteTableId": "tgw-rtb-3", "Routes": []}"#;
    let denied = r#""Errors": [{"Answer": "TransitGatewayStaticRoutes", "Why": "UnauthorizedOperation"}], "TransitGatewayStaticRoutes": [
    {"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": []}], "Other": ["#;
    let cases: &[Case<'_>] = &[
        (
            "gateway deleted",
            &[(r#""tgw-1", "State": "available", "Options""#, r#""tgw-1", "State": "deleted", "Options""#)],
            Blocked,
            "BAD_STATE",
        ),
        ("our attachment", &[(ours, &ours.replace("available", "deleting"))], NotAssessed, "described twice"),
        (
            "no association",
            &[(
                r#""Association": {"TransitGatewayRouteTableId": "tgw-rtb-2", "State": "associated"}"#,
                r#""Tags": []"#,
            )],
            Blocked,
            "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
        ),
        ("no propagation", &[(propagated, "")], Blocked, "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
        ("blackhole", &[(STATIC_2, dropped)], Blocked, "TGW_RTB_BAD_STATE_ROUTE"),
        ("static before propagated", &[(STATIC_2, elsewhere)], Blocked, "TGW_RTB_CANNOT_ROUTE"),
        ("a circle", &[(STATIC_2, circle), (static_3, and_back)], Blocked, "TGW_RTB_CANNOT_ROUTE"),
        (
            "table unknown",
            &[
                (tables, r#"{"TransitGatewayRouteTableId": "tgw-rtb-9"}"#),
                (STATIC_2, static_3),
                (
                    r#"{"TransitGatewayRouteTableId": "tgw-rtb-2", "TransitGatewayRouteTablePropagations": ["#,
                    r#"{"TransitGatewayRouteTableId": "tgw-rtb-9", "TransitGatewayRouteTablePropagations": ["#,
                ),
            ],
            NotAssessed,
            "`tgw-rtb-2`",
        ),
        (
            "static routes denied",
            &[(r#""TransitGatewayStaticRoutes": ["#, denied)],
            NotAssessed,
            "UnauthorizedOperation",
        ),
        ("sender's zone", &[(zone_2, &zone_2.replace("z-a", "z-b"))], Blocked, "TGW_ATTACH_VPC_AZ_RESTRICTION"),
        ("our zone", &[(zone, &zone.replace("z-a", "z-b"))], OneWay, "TGW_ATTACH_VPC_AZ_RESTRICTION"),
        (
            "zone unknown",
            &[(zone, &zone.replace(r#", "AvailabilityZone": "z-a""#, ""))],
            NotAssessed,
            "Availability Zone",
        ),
        (
            "sender's route",
            &[(r#""10.1.0.0/16", "TransitGatewayId""#, r#""10.1.8.0/24", "TransitGatewayId""#)],
            Blocked,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (
            "our route",
            &[(r#""0.0.0.0/0", "TransitGatewayId""#, r#""10.3.0.0/16", "TransitGatewayId""#)],
            OneWay,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (
            "no way back",
            &[
                (back, ""),
                (r#"{"TransitGatewayAttachmentId": "a-vpn", "State": "enabled"},"#, ""),
                (r#"{"TransitGatewayAttachmentId": "a-dx", "State": "enabled"}"#, ""),
            ],
            OneWay,
            "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
        ),
        (
            "attachment's ACL out",
            &[(
                r#""RuleNumber": 3, "Egress": true, "Protocol": "-1", "RuleAction": "allow""#,
                r#""RuleNumber": 3, "Egress": true, "Protocol": "-1", "RuleAction": "deny""#,
            )],
            Blocked,
            "SUBNET_ACL_RESTRICTION",
        ),
        (
            "attachment's ACL in",
            &[(
                r#""RuleNumber": 2, "Egress": false, "Protocol": "-1", "RuleAction": "allow""#,
                r#""RuleNumber": 2, "Egress": false, "Protocol": "-1", "RuleAction": "deny""#,
            )],
            OneWay,
            "SUBNET_ACL_RESTRICTION",
        ),
        (
            "sender's attachment's ACL in",
            &[(
                r#""RuleNumber": 5, "Egress": false, "Protocol": "-1", "RuleAction": "allow""#,
                r#""RuleNumber": 5, "Egress": false, "Protocol": "-1", "RuleAction": "deny""#,
            )],
            Blocked,
            "SUBNET_ACL_RESTRICTION",
        ),
        (
            "sender's attachment's ACL out",
            &[(
                r#""RuleNumber": 6, "Egress": true, "Protocol": "-1", "RuleAction": "allow""#,
                r#""RuleNumber": 6, "Egress": true, "Protocol": "-1", "RuleAction": "deny""#,
            )],
            OneWay,
            "SUBNET_ACL_RESTRICTION",
        ),
    ];
    for (name, changes, outcome, why) in cases {
        let fact = tcp("TransitGateway", changes, None);
        assert_eq!(fact.outcome, *outcome, "{name}: {fact:?}");
        let told = fact.blocked_by.iter().any(|blocker| blocker.code == *why)
            || fact.unknown.iter().any(|doubt| doubt.what.contains(why));
        assert!(told, "{name}: {:?} {:?}", fact.blocked_by, fact.unknown);
    }
}

#[test]
fn groups_may_be_referred_to_only_where_all_three_parts_say_so() {
    let without: [&[(&str, &str)]; 3] = [
        &[(r#""SecurityGroupReferencingSupport": "enable"}}"#, r#""SecurityGroupReferencingSupport": "disable"}}"#)],
        &[(
            r#"["subnet-1t"], "Options": {"SecurityGroupReferencingSupport": "enable", "#,
            r#"["subnet-1t"], "Options": {"#,
        )],
        &[(
            r#"["subnet-2t"], "Options": {"SecurityGroupReferencingSupport": "enable"}"#,
            r#"["subnet-2t"], "Options": {}"#,
        )],
    ];
    for changes in without {
        assert_eq!(tcp("TransitGateway", changes, None).ports.to_string(), "22", "{changes:?}");
    }
}

#[test]
fn the_attachment_may_be_in_the_subnet_of_the_instance() {
    // No network ACL looks at what the transit gateway brings into the instance's own subnet.
    let own = [(r#""SubnetIds": ["subnet-1t"]"#, r#""SubnetIds": ["subnet-1"]"#)];
    let closed = (
        r#""RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0""#,
        r#""RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.1.0.0/16""#,
    );
    let fact = tcp("TransitGateway", &[own[0], closed], None);
    assert_eq!(fact.outcome, Verdict::Reachable, "{fact:?}");
    assert_eq!(tcp("TransitGateway", &[closed], None).outcome, Verdict::Blocked);
}

#[test]
fn packets_follow_static_routes_over_a_peering_both_ways() {
    let moved = [
        (
            r#""TransitGatewayAttachmentId": "a-2", "TransitGatewayId": "tgw-1", "ResourceType": "vpc""#,
            r#""TransitGatewayAttachmentId": "a-2", "TransitGatewayId": "tgw-2", "ResourceType": "vpc""#,
        ),
        (r#""tgw-rtb-2", "State": "associated"}}"#, r#""tgw-rtb-3", "State": "associated"}}"#),
        (
            r#""TransitGatewayAttachmentId": "a-2", "TransitGatewayId": "tgw-1", "VpcId""#,
            r#""TransitGatewayAttachmentId": "a-2", "TransitGatewayId": "tgw-2", "VpcId""#,
        ),
        (r#""10.1.0.0/16", "TransitGatewayId": "tgw-1""#, r#""10.1.0.0/16", "TransitGatewayId": "tgw-2""#),
        (r#"{"TransitGatewayAttachmentId": "a-2", "State": "enabled"},"#, ""),
        (
            r#"{"TransitGatewayRouteTableId": "tgw-rtb-3", "Routes": []}"#,
            r#"{"TransitGatewayRouteTableId": "tgw-rtb-3", "Routes": [
          {"DestinationCidrBlock": "10.1.0.0/16", "Type": "static", "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-p"}]},
          {"DestinationCidrBlock": "10.2.0.0/16", "Type": "propagated", "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-2"}]}]}"#,
        ),
        (
            STATIC,
            r#"{"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [{"DestinationCidrBlock": "10.2.0.0/16", "Type": "static",
          "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-p"}]}]}"#,
        ),
    ];
    let fact = tcp("TransitGateway", &moved, None);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22"), "{fact:?}");
    let tables: Vec<&str> =
        fact.path.iter().map(|hop| hop.component.as_str()).filter(|id| id.starts_with("tgw-rtb")).collect();
    assert_eq!(tables, ["tgw-rtb-3", "tgw-rtb-2", "tgw-rtb-1", "tgw-rtb-3"]);
    let gone = [
        &moved[..],
        &[(
            r#""ResourceType": "peering", "ResourceId": "tgw-1",
     "State": "available""#,
            r#""ResourceType": "peering", "ResourceId": "tgw-1",
     "State": "deleting""#,
        )],
    ]
    .concat();
    assert_eq!(tcp("TransitGateway", &gone, None).outcome, Verdict::Blocked);
}

#[test]
fn ranges_learnt_by_bgp_are_taken_and_said() {
    for (edge, attachment) in [("VPN", "a-vpn"), ("DirectConnect", "a-dx")] {
        let fact = tcp(edge, &[], None);
        assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22"), "{edge} {fact:?}");
        let said = |assumption: &String| assumption.contains(&format!("`{attachment}` announces its ranges by BGP"));
        assert!(fact.assumptions.iter().any(said), "{:?}", fact.assumptions);
        assert_eq!(tcp(edge, &[], Some("172.16.0.1")).source.as_deref(), Some("172.16.0.1"));
        assert_eq!(tcp(edge, &[], Some("10.2.0.5")).outcome, Verdict::Blocked, "an address of a VPC");
    }
}

#[test]
fn a_wider_static_route_may_or_may_not_win_over_bgp() {
    let wide = |to: &str| {
        format!(
            r#"{{"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [{{"DestinationCidrBlock": "172.16.0.0/12", "Type": "static",
          "State": "active", "TransitGatewayAttachments": [{{"TransitGatewayAttachmentId": "{to}"}}]}}]}}"#
        )
    };
    let changes = [(STATIC, wide("a-vpn"))];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(old, new)| (*old, new.as_str())).collect();
    assert_eq!(tcp("VPN", &changes, Some("172.16.0.1")).outcome, Verdict::Reachable);
    let fact = tcp("DirectConnect", &changes, Some("172.16.0.1"));
    assert_eq!(fact.outcome, Verdict::NotAssessed, "{fact:?}");
    assert!(
        fact.unknown.iter().any(|doubt| doubt.what.contains("`a-dx` announces a longer prefix")),
        "{:?}",
        fact.unknown
    );
}

#[test]
fn connections_from_outside_must_be_up_and_announced() {
    let cases = [
        (
            "VPN",
            r#""VpnConnectionId": "vpn-1", "State": "available""#,
            r#""VpnConnectionId": "vpn-1", "State": "deleted""#,
            Verdict::Blocked,
            "TGW_BAD_STATE_VPN",
        ),
        (
            "DirectConnect",
            r#""virtualInterfaceState": "available""#,
            r#""virtualInterfaceState": "down""#,
            Verdict::Blocked,
            "BAD_STATE",
        ),
        (
            "DirectConnect",
            r#""directConnectGatewayId": "dx-1"}"#,
            r#""directConnectGatewayId": "dx-9"}"#,
            Verdict::NotAssessed,
            "another account or Region",
        ),
        (
            "DirectConnect",
            r#""associationState": "associated""#,
            r#""associationState": "disassociated""#,
            Verdict::Blocked,
            "BAD_STATE",
        ),
        (
            "DirectConnect",
            r#"[{"cidr": "10.1.0.0/16"}]"#,
            r#"[{"cidr": "10.7.0.0/16"}]"#,
            Verdict::Blocked,
            "NO_ROUTE_TO_DESTINATION",
        ),
    ];
    for (edge, old, new, outcome, why) in cases {
        let fact = tcp(edge, &[(old, new)], None);
        assert_eq!(fact.outcome, outcome, "{edge} {new}: {fact:?}");
        let told = fact.blocked_by.iter().any(|blocker| blocker.code == why)
            || fact.unknown.iter().any(|doubt| doubt.what.contains(why));
        assert!(told, "{edge} {new}: {:?} {:?}", fact.blocked_by, fact.unknown);
    }
}

#[test]
fn answers_that_were_never_asked_for_are_assumed_and_said() {
    let only_vpcs = [
        (r#""TransitGatewayAttachments": ["#, r#""Elsewhere1": ["#),
        (r#""TransitGatewayPropagations": ["#, r#""Elsewhere2": ["#),
        (
            r#""SecurityGroupReferencingSupport": "enable"}}"#,
            r#""AssociationDefaultRouteTableId": "tgw-rtb-1", "DefaultRouteTableAssociation": "enable",
          "PropagationDefaultRouteTableId": "tgw-rtb-1", "DefaultRouteTablePropagation": "enable"}}"#,
        ),
    ];
    let fact = tcp("TransitGateway", &only_vpcs, None);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22,80"), "{fact:?}");
    for answer in ["TransitGatewayAttachments", "TransitGatewayPropagations"] {
        assert!(fact.assumptions.iter().any(|said| said.contains(answer)), "{answer}: {:?}", fact.assumptions);
    }
}

#[test]
fn a_vpc_that_is_not_in_the_snapshot_may_send_from_what_leads_to_it() {
    let foreign = [
        (r#", {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}"#, ""),
        (
            STATIC,
            r#"{"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [{"DestinationCidrBlock": "10.2.0.0/16", "Type": "static",
          "State": "active", "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "a-2"}]}]}"#,
        ),
        (r#"{"TransitGatewayAttachmentId": "a-2", "State": "enabled"},"#, ""),
    ];
    let fact = tcp("TransitGateway", &foreign, Some("10.2.0.0/15"));
    assert_eq!((fact.outcome, fact.source.as_deref()), (Verdict::Reachable, Some("10.2.0.0-10.2.255.255")), "{fact:?}");
    assert!(
        fact.assumptions.iter().any(|said| said.contains("`vpc-2` is not in the snapshot")),
        "{:?}",
        fact.assumptions
    );
}
