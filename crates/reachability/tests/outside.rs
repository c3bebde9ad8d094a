//! Direct Connect at a virtual private gateway, and Client VPN, on one small network, one change each.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;

/// An instance in one subnet, a Client VPN endpoint in another, and a gateway with a private virtual interface and a Direct
/// Connect gateway.
const SNAPSHOT: &str = r#"{
  "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}],
  "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.1.0.0/24"},
    {"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.1.2.0/24"}],
  "Reservations": [{"Instances": [
    {"InstanceId": "i-1", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1",
     "Status": "in-use", "SubnetId": "subnet-1", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-1"}],
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.1.0.5"}]}]}]}],
  "SecurityGroups": [
    {"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [
      {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
      {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [{"GroupId": "sg-c"}]}]},
    {"GroupId": "sg-c", "VpcId": "vpc-1", "IpPermissionsEgress": [
      {"IpProtocol": "tcp", "FromPort": 0, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
  "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1",
    "Associations": [{"SubnetId": "subnet-1"}, {"SubnetId": "subnet-2"}], "Entries": [
      {"RuleNumber": 1, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
      {"RuleNumber": 1, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]}],
  "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-1", "State": "active",
       "Origin": "EnableVgwRoutePropagation"}]}],
  "InternetGateways": [],
  "VpnGateways": [{"VpnGatewayId": "vgw-1", "State": "available",
    "VpcAttachments": [{"VpcId": "vpc-1", "State": "attached"}]}],
  "VpnConnections": [],
  "VirtualInterfaces": [
    {"virtualInterfaceId": "dxvif-1", "virtualInterfaceType": "private", "virtualInterfaceState": "available",
     "virtualGatewayId": "vgw-1"},
    {"virtualInterfaceId": "dxvif-2", "virtualInterfaceType": "private", "virtualInterfaceState": "available",
     "directConnectGatewayId": "dx-1"}],
  "DirectConnectGatewayAssociations": [],
  "ClientVpnEndpoints": [{"ClientVpnEndpointId": "cvpn-endpoint-1", "Status": {"Code": "available"}, "VpcId": "vpc-1",
    "ClientCidrBlock": "172.16.0.0/22", "SecurityGroupIds": ["sg-c"]}],
  "ClientVpnTargetNetworks": [{"ClientVpnEndpointId": "cvpn-endpoint-1", "TargetNetworkId": "subnet-2",
    "Status": {"Code": "associated"}, "SecurityGroups": ["sg-c"]}],
  "ClientVpnRoutes": [{"ClientVpnEndpointId": "cvpn-endpoint-1", "DestinationCidr": "10.1.0.0/16",
    "TargetSubnet": "subnet-2", "Status": {"Code": "active"}}],
  "AuthorizationRules": [{"ClientVpnEndpointId": "cvpn-endpoint-1", "DestinationCidr": "10.1.0.0/24", "AccessAll": true,
    "Status": {"Code": "active"}}]
}"#;

fn all(changes: &[(&str, &str)], from: Option<&str>) -> Vec<Fact> {
    let mut text = SNAPSHOT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
    let question = Question { from: from.map(|from| from.parse().unwrap()), ..Question::default() };
    facts(&network, &question)
}

fn tcp(edge: &str, changes: &[(&str, &str)], from: Option<&str>) -> Fact {
    let mut facts = all(changes, from).into_iter();
    facts.find(|fact| fact.edge.as_str() == edge && fact.protocol.to_string() == "tcp").unwrap()
}

fn told(fact: &Fact, why: &str) -> bool {
    fact.blocked_by.iter().any(|blocker| blocker.code == why)
        || fact.unknown.iter().any(|doubt| doubt.what.contains(why))
}

const NO_INTERFACE: (&str, &str) = (r#""virtualGatewayId": "vgw-1""#, r#""virtualGatewayId": "vgw-9""#);

fn associated(what: &str) -> String {
    format!(
        r#""DirectConnectGatewayAssociations": [{{"associationId": "as-1", "directConnectGatewayId": "dx-1",
          "virtualGatewayId": "vgw-1", {what}}}]"#
    )
}

#[test]
fn a_private_virtual_interface_brings_what_replies_get_back_to() {
    let fact = tcp("DirectConnect", &[], None);
    assert_eq!((fact.outcome, fact.via.as_deref()), (Verdict::Reachable, Some("vgw-1")), "{fact:?}");
    assert_eq!((fact.ports.to_string().as_str(), fact.source.as_deref()), ("22", Some("192.168.0.0-192.168.255.255")));
    assert!(fact.assumptions.iter().any(|said| said.contains("by BGP is not known")), "{:?}", fact.assumptions);
    let other = tcp("DirectConnect", &[], Some("172.16.0.1"));
    assert_eq!(other.outcome, Verdict::OneWay, "no route leads back");
    let down = tcp(
        "DirectConnect",
        &[(r#""virtualInterfaceState": "available""#, r#""virtualInterfaceState": "down""#)],
        None,
    );
    assert!(down.outcome == Verdict::Blocked && told(&down, "BAD_STATE"), "{down:?}");
    // A gateway with Direct Connect and no VPN connection is closed for VPN only.
    assert_eq!(tcp("VGW", &[], None).outcome, Verdict::Blocked);
}

#[test]
fn a_direct_connect_gateway_announces_what_its_association_allows() {
    let empty = r#""DirectConnectGatewayAssociations": []"#;
    let cases = [
        (
            r#""associationState": "associated", "allowedPrefixesToDirectConnectGateway": [{"cidr": "10.0.0.0/8"}]"#,
            Verdict::Reachable,
            "",
        ),
        (r#""associationState": "associated", "allowedPrefixesToDirectConnectGateway": []"#, Verdict::Reachable, ""),
        (
            r#""associationState": "associated", "allowedPrefixesToDirectConnectGateway": [{"cidr": "10.1.0.0/24"}]"#,
            Verdict::Blocked,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (r#""associationState": "disassociated""#, Verdict::Blocked, "BAD_STATE"),
    ];
    for (what, outcome, why) in cases {
        let association = associated(what);
        let fact = tcp("DirectConnect", &[NO_INTERFACE, (empty, &association)], None);
        assert_eq!(fact.outcome, outcome, "{what}: {fact:?}");
        assert!(why.is_empty() || told(&fact, why), "{what}: {fact:?}");
    }
    let unknown = associated(r#""associationState": "associated""#);
    let fact = tcp(
        "DirectConnect",
        &[
            NO_INTERFACE,
            (empty, &unknown),
            (r#""directConnectGatewayId": "dx-1"}"#, r#""directConnectGatewayId": "dx-2"}"#),
        ],
        None,
    );
    assert!(fact.outcome == Verdict::NotAssessed && told(&fact, "another account or Region"), "{fact:?}");
}

/// A middlebox behind the gateway adds its own conditions and takes none away.
#[test]
fn what_a_direct_connect_gateway_announces_decides_before_a_middlebox_too() {
    let empty = r#""DirectConnectGatewayAssociations": []"#;
    let appliance = (
        r#"    {"InstanceId": "i-1", "State""#,
        r#"    {"InstanceId": "i-f", "State": {"Name": "running"}, "NetworkInterfaces": [{"NetworkInterfaceId": "eni-f",
     "Status": "in-use", "SubnetId": "subnet-2", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-f"}],
     "SourceDestCheck": false, "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.1.2.9"}]}]},
    {"InstanceId": "i-1", "State""#,
    );
    let group = (
        r#"    {"GroupId": "sg-c", "VpcId": "vpc-1", "IpPermissionsEgress": ["#,
        r#"    {"GroupId": "sg-f", "VpcId": "vpc-1",
      "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
      "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
    {"GroupId": "sg-c", "VpcId": "vpc-1", "IpPermissionsEgress": ["#,
    );
    let tables = (
        r#"  "RouteTables": ["#,
        r#"  "RouteTables": [
      {"RouteTableId": "rtb-e", "VpcId": "vpc-1", "Associations": [{"GatewayId": "vgw-1"}], "Routes": [
        {"DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "local", "State": "active"},
        {"DestinationCidrBlock": "10.1.0.0/28", "NetworkInterfaceId": "eni-f", "State": "active"}]},
      {"RouteTableId": "rtb-s", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Routes": [
        {"DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "local", "State": "active"},
        {"DestinationCidrBlock": "0.0.0.0/0", "NetworkInterfaceId": "eni-f", "State": "active"}]},"#,
    );
    let home = (
        r#""Associations": [{"Main": true}], "Routes": ["#,
        r#""Associations": [{"Main": true}], "Routes": [
      {"DestinationCidrBlock": "10.1.0.0/16", "GatewayId": "local", "State": "active"},"#,
    );
    for (allowed, addresses, outcome) in [
        ("10.0.0.0/8", "", Verdict::Reachable),
        ("10.9.0.0/16", "", Verdict::Blocked),
        // The second address is past the route of the gateway's table: packets to it take no detour.
        ("10.9.0.0/16", r#", {"Primary": false, "PrivateIpAddress": "10.1.0.99"}"#, Verdict::Blocked),
    ] {
        let association = associated(&format!(
            r#""associationState": "associated", "allowedPrefixesToDirectConnectGateway": [{{"cidr": "{allowed}"}}]"#
        ));
        let own = r#"{"Primary": true, "PrivateIpAddress": "10.1.0.5"}"#;
        let more = format!("{own}{addresses}");
        let changes = [NO_INTERFACE, appliance, group, tables, home, (empty, &association), (own, &more)];
        let mut facts = all(&changes, None).into_iter();
        let fact = facts
            .find(|fact| {
                fact.edge.as_str() == "DirectConnect" && fact.instance == "i-1" && fact.protocol.to_string() == "tcp"
            })
            .unwrap();
        assert_eq!(fact.outcome, outcome, "{allowed} {addresses}: {fact:#?}");
        assert!(outcome == Verdict::Reachable || told(&fact, "NO_ROUTE_TO_DESTINATION"), "{fact:#?}");
    }
}

#[test]
fn clients_come_from_the_associated_subnet_with_the_groups_of_the_endpoint() {
    let fact = tcp("ClientVPN", &[], None);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22,80"), "{fact:?}");
    assert_eq!((fact.via.as_deref(), fact.source.as_deref()), (Some("cvpn-endpoint-1"), Some("10.1.2.0-10.1.2.255")));
    assert_eq!(tcp("ClientVPN", &[], Some("cvpn-endpoint-1")).outcome, Verdict::Reachable);
    assert_eq!(
        tcp("ClientVPN", &[], Some("172.16.0.1")).outcome,
        Verdict::Blocked,
        "instances never see clients' addresses"
    );
}

#[test]
fn each_part_of_an_endpoint_can_close_the_way() {
    let cases = [
        (
            "state",
            r#""Status": {"Code": "available"}"#,
            r#""Status": {"Code": "pending-associate"}"#,
            Verdict::Blocked,
            "BAD_STATE",
        ),
        (
            "target",
            r#""Status": {"Code": "associated"}"#,
            r#""Status": {"Code": "disassociating"}"#,
            Verdict::Blocked,
            "NO_PATH",
        ),
        (
            "route",
            r#""DestinationCidr": "10.1.0.0/16""#,
            r#""DestinationCidr": "10.2.0.0/16""#,
            Verdict::Blocked,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (
            "authorisation",
            r#""DestinationCidr": "10.1.0.0/24""#,
            r#""DestinationCidr": "10.1.2.0/24""#,
            Verdict::Blocked,
            "CLIENT_VPN_AUTHORIZATION_RESTRICTION",
        ),
        (
            "groups",
            r#"IpPermissionsEgress": [
      {"IpProtocol": "tcp""#,
            r#"IpPermissionsEgress": [
      {"IpProtocol": "udp""#,
            Verdict::Blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
        (
            "network ACL",
            r#""Egress": true, "Protocol": "-1", "RuleAction": "allow""#,
            r#""Egress": true, "Protocol": "-1", "RuleAction": "deny""#,
            Verdict::Blocked,
            "SUBNET_ACL_RESTRICTION",
        ),
        (
            "targets unknown",
            r#""ClientVpnTargetNetworks": ["#,
            r#""Elsewhere": ["#,
            Verdict::NotAssessed,
            "cvpn-endpoint-1",
        ),
        (
            "rules of another endpoint only",
            r#""AuthorizationRules": [{"ClientVpnEndpointId": "cvpn-endpoint-1""#,
            r#""AuthorizationRules": [{"ClientVpnEndpointId": "cvpn-endpoint-2""#,
            Verdict::NotAssessed,
            "authorisation rules of `cvpn-endpoint-1`",
        ),
    ];
    for (name, old, new, outcome, why) in cases {
        let fact = tcp("ClientVPN", &[(old, new)], None);
        assert_eq!(fact.outcome, outcome, "{name}: {fact:?}");
        assert!(told(&fact, why), "{name}: {:?} {:?}", fact.blocked_by, fact.unknown);
    }
    let assumed = tcp(
        "ClientVPN",
        &[(r#""AuthorizationRules": ["#, r#""Elsewhere": ["#), (r#""ClientVpnRoutes": ["#, r#""Elsewhere2": ["#)],
        None,
    );
    assert_eq!(assumed.outcome, Verdict::Reachable);
    for answer in ["AuthorizationRules", "ClientVpnRoutes"] {
        assert!(assumed.assumptions.iter().any(|said| said.contains(answer)), "{:?}", assumed.assumptions);
    }
}

#[test]
fn clients_in_the_instances_own_subnet_pass_no_network_acl() {
    let own = (r#""TargetNetworkId": "subnet-2""#, r#""TargetNetworkId": "subnet-1""#);
    let route = (r#""TargetSubnet": "subnet-2""#, r#""TargetSubnet": "subnet-1""#);
    let closed = (
        r#""Egress": false, "Protocol": "-1", "RuleAction": "allow""#,
        r#""Egress": false, "Protocol": "-1", "RuleAction": "deny""#,
    );
    let fact = tcp("ClientVPN", &[own, route, closed], None);
    assert_eq!((fact.outcome, fact.source.as_deref()), (Verdict::Reachable, Some("10.1.0.0-10.1.0.255")), "{fact:?}");
    let path: Vec<&str> = fact.path.iter().map(|hop| hop.component.as_str()).collect();
    assert_eq!(path, ["cvpn-endpoint-1", "sg-1", "eni-1", "cvpn-endpoint-1"]);
}
