//! Appliances and firewalls that a gateway's route table sends packets through: one small network, one change each.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;

/// An instance in subnet-b whose packets pass the firewall in subnet-f both ways; subnet-f also has an appliance and an
/// endpoint of a Gateway Load Balancer.
const SNAPSHOT: &str = r#"{
  "Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}},
    {"InstanceId": "i-f", "State": {"Name": "running"}}]}],
  "NetworkInterfaces": [
    {"NetworkInterfaceId": "eni-1", "Status": "in-use", "SubnetId": "subnet-b", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-1"}],
     "Attachment": {"InstanceId": "i-1", "DeviceIndex": 0, "Status": "attached"}, "PrivateIpAddresses": [{"Primary": true,
     "PrivateIpAddress": "10.0.1.5", "Association": {"PublicIp": "3.3.3.3"}}]},
    {"NetworkInterfaceId": "eni-f", "Status": "in-use", "SubnetId": "subnet-f", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-f"}],
     "Attachment": {"InstanceId": "i-f", "DeviceIndex": 0, "Status": "attached"}, "SourceDestCheck": false,
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.9.9", "Association": {"PublicIp": "3.3.3.9"}}]}],
  "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
  "SecurityGroups": [
    {"GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
    {"GroupId": "sg-f", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
     "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
  "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-b"}, {"SubnetId": "subnet-f"}],
    "Entries": [{"RuleNumber": 100, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
     {"RuleNumber": 100, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]}],
  "RouteTables": [
    {"RouteTableId": "rtb-b", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-b"}], "Routes": [
     {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vpce-f"}]},
    {"RouteTableId": "rtb-f", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-f"}], "Routes": [
     {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]},
    {"RouteTableId": "rtb-e", "VpcId": "vpc-1", "Associations": [{"GatewayId": "igw-1"}], "Routes": [
     {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}, {"DestinationCidrBlock": "10.0.1.0/24", "GatewayId": "vpce-f"}]}],
  "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
  "VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"},
  "VpcEndpoints": [{"VpcEndpointId": "vpce-g", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-1", "State": "available",
    "SubnetIds": ["subnet-f"], "ServiceName": "com.amazonaws.vpce.r.vpce-svc-1"}],
  "Firewalls": [{"Firewall": {"FirewallArn": "arn:fw", "FirewallPolicyArn": "arn:policy", "VpcId": "vpc-1"},
    "FirewallStatus": {"SyncStates": {"us-east-1a": {"Attachment": {"SubnetId": "subnet-f", "EndpointId": "vpce-f",
    "Status": "READY"}}}}}],
  "FirewallPolicies": [{"FirewallPolicyResponse": {"FirewallPolicyArn": "arn:policy"}, "FirewallPolicy": {
    "StatelessRuleGroupReferences": [{"ResourceArn": "arn:stateless", "Priority": 1}],
    "StatelessDefaultActions": ["aws:forward_to_sfe"], "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER"},
    "StatefulRuleGroupReferences": [{"ResourceArn": "arn:stateful", "Priority": 1}],
    "StatefulDefaultActions": ["aws:drop_strict", "aws:alert_strict"]}}],
  "RuleGroups": [
    {"RuleGroupResponse": {"RuleGroupArn": "arn:stateless"}, "RuleGroup": {"RulesSource": {"StatelessRulesAndCustomActions":
     {"StatelessRules": [{"Priority": 1, "RuleDefinition": {"Actions": ["aws:drop"], "MatchAttributes": {
      "Sources": [{"AddressDefinition": "8.0.0.0/8"}], "Protocols": [6]}}}]}}}},
    {"RuleGroupResponse": {"RuleGroupArn": "arn:stateful"}, "RuleGroup": {"RulesSource": {"StatefulRules": [
     {"Action": "PASS", "Header": {"Protocol": "TCP", "Source": "ANY", "SourcePort": "ANY", "Direction": "FORWARD",
      "Destination": "10.0.1.0/24", "DestinationPort": "[22,443:8443]"}, "RuleOptions": [{"Keyword": "sid", "Settings": ["1"]}]}]}}}]
}"#;

/// Texts to replace, and what they are replaced by.
type Changes = &'static [(&'static str, &'static str)];
/// Name, changes, outcome, and the code or name that tells why.
type Case = (&'static str, Changes, Verdict, &'static str);

fn tcp(changes: &[(&str, &str)]) -> Fact {
    let mut text = SNAPSHOT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    let snapshot = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap();
    assert_eq!(snapshot.skipped, Vec::<String>::new());
    let mut facts = facts(&snapshot.network, &Question::default());
    facts.retain(|fact| fact.instance == "i-1" && fact.protocol.to_string() == "tcp");
    facts.swap_remove(0)
}

const APPLIANCE: (&str, &str) = ("\"GatewayId\": \"vpce-f\"", "\"NetworkInterfaceId\": \"eni-f\"");
const ENDPOINT: (&str, &str) = ("\"GatewayId\": \"vpce-f\"", "\"GatewayId\": \"vpce-g\"");

const BACK: (&str, &str) = ("\"0.0.0.0/0\", \"GatewayId\": \"vpce-f\"", "\"0.0.0.0/0\", \"GatewayId\": \"igw-1\"");
const HOME: (&str, &str) = ("\"0.0.0.0/0\", \"GatewayId\": \"igw-1\"", "\"0.0.0.0/0\", \"NatGatewayId\": \"nat-1\"");

#[test]
fn the_path_through_a_firewall_is_told_both_ways() {
    let fact = tcp(&[]);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22,443"), "{fact:#?}");
    let from = |text: &str| {
        let source: std::net::IpAddr = text.parse().unwrap();
        let within = |(low, high): &(_, _)| *low <= source && source <= *high;
        fact.openings.iter().any(|opening| opening.sources.iter().any(within))
    };
    assert_eq!((from("9.9.9.9"), from("8.8.8.8")), (true, false), "a stateless rule drops the second");
    let path: Vec<String> = fact.path.iter().map(|hop| format!("{}: {}", hop.component, hop.rule)).collect();
    let expected = [
        "igw-1: delivers 3.3.3.3 to 10.0.1.5",
        "rtb-e: route 10.0.1.0/24 to vpce-f",
        "acl-1: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "vpce-f: the rules of firewall arn:fw pass it",
        "acl-1: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "acl-1: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "sg-1: inbound tcp 22-443 from 0.0.0.0/0",
        "eni-1: interface of i-1",
        "acl-1: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "rtb-b: route 0.0.0.0/0 to vpce-f",
        "acl-1: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "vpce-f: passes it back",
        "acl-1: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "rtb-f: route 0.0.0.0/0 to igw-1",
        "igw-1: sends from 3.3.3.3",
    ];
    assert_eq!(path, expected);
    assert_eq!(fact.assumptions, Vec::<String>::new());
}

/// Rules 10 and 14: each condition of a middlebox and of its firewall, by its name.
#[test]
fn every_condition_of_a_middlebox_decides() {
    let (unmodelled, reachable) = (Verdict::NotAssessed, Verdict::Reachable);
    let (blocked, one_way) = (Verdict::Blocked, Verdict::OneWay);
    let cases: &[Case] = &[
        ("an appliance", &[APPLIANCE], reachable, ""),
        (
            "source/destination check",
            &[APPLIANCE, ("\"SourceDestCheck\": false", "\"SourceDestCheck\": true")],
            blocked,
            "ENI_SOURCE_DEST_CHECK_RESTRICTION",
        ),
        (
            "a stopped appliance",
            &[
                APPLIANCE,
                ("\"i-f\", \"State\": {\"Name\": \"running\"}", "\"i-f\", \"State\": {\"Name\": \"stopped\"}"),
            ],
            blocked,
            "BAD_STATE",
        ),
        (
            "a private appliance",
            &[APPLIANCE, (", \"Association\": {\"PublicIp\": \"3.3.3.9\"}", "")],
            blocked,
            "INGRESS_RTB_NO_PUBLIC_IP",
        ),
        (
            "the appliance's group",
            &[
                APPLIANCE,
                ("\"IpPermissions\": [{\"IpProtocol\": \"-1\"", "\"IpPermissions\": [{\"IpProtocol\": \"udp\""),
            ],
            blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
        (
            "its outbound rules",
            &[
                APPLIANCE,
                (
                    "\"IpPermissionsEgress\": [{\"IpProtocol\": \"-1\"",
                    "\"IpPermissionsEgress\": [{\"IpProtocol\": \"udp\"",
                ),
            ],
            blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
        (
            "an appliance nobody knows",
            &[("\"GatewayId\": \"vpce-f\"", "\"NetworkInterfaceId\": \"eni-x\"")],
            unmodelled,
            "`eni-x`",
        ),
        ("replies past it", &[BACK], one_way, "INGRESS_RTB_TRAFFIC_REDIRECTION"),
        ("replies from it to nowhere", &[HOME], one_way, "NO_ROUTE_TO_DESTINATION"),
        ("an endpoint of appliances", &[ENDPOINT], reachable, ""),
        (
            "one that is pending",
            &[ENDPOINT, ("\"State\": \"available\",\n    \"SubnetIds\"", "\"State\": \"pending\",\n    \"SubnetIds\"")],
            blocked,
            "BAD_STATE",
        ),
        (
            "one that nobody knows",
            &[("\"GatewayId\": \"vpce-f\"", "\"GatewayId\": \"vpce-x\"")],
            unmodelled,
            "`vpce-x`",
        ),
        ("a firewall's endpoint that is not ready", &[("READY", "FAILED")], blocked, "BAD_STATE"),
        ("no rule that passes", &[("[22,443:8443]", "8080")], blocked, "FIREWALL_RULES_RESTRICTION"),
        ("every source dropped", &[("8.0.0.0/8", "0.0.0.0/0")], blocked, "FIREWALL_RULES_RESTRICTION"),
        (
            "Suricata rules",
            &[("\"StatefulRules\": [", "\"RulesString\": \"drop ip any any\", \"StatefulRules\": [")],
            unmodelled,
            "Suricata",
        ),
        ("a keyword", &[("\"Keyword\": \"sid\"", "\"Keyword\": \"flow\"")], unmodelled, "option `flow`"),
        (
            "a protocol of applications",
            &[("\"Protocol\": \"TCP\"", "\"Protocol\": \"TLS\"")],
            unmodelled,
            "protocol `TLS`",
        ),
        (
            "a variable",
            &[("\"10.0.1.0/24\", \"DestinationPort\"", "\"$HOME_NET\", \"DestinationPort\"")],
            unmodelled,
            "$HOME_NET",
        ),
        ("established flows", &[("aws:drop_strict", "aws:drop_established")], unmodelled, "aws:drop_established"),
        (
            "a missing rule group",
            &[("{\"RuleGroupArn\": \"arn:stateful\"}", "{\"RuleGroupArn\": \"arn:other\"}")],
            unmodelled,
            "arn:stateful",
        ),
        (
            "a firewall without policy",
            &[("{\"FirewallPolicyArn\": \"arn:policy\"}", "{\"FirewallPolicyArn\": \"arn:other\"}")],
            unmodelled,
            "arn:fw",
        ),
    ];
    for (name, changes, expected, told) in cases {
        let fact = tcp(changes);
        assert_eq!(fact.outcome, *expected, "{name}: {fact:#?}");
        let by_code = fact.blocked_by.iter().any(|blocker| blocker.code == *told);
        let by_name = fact.unknown.iter().any(|doubt| doubt.what.contains(told));
        assert!(told.is_empty() || by_code || by_name, "{name}: {fact:#?}");
        let assumed = fact.assumptions.iter().any(|what| what.contains("taken to pass packets on"));
        assert!(*expected != reachable || assumed, "{name}: {:?}", fact.assumptions);
    }
}

/// Without a gateway route table nothing sends requests through the firewall, and what it makes of replies alone is open.
#[test]
fn replies_that_alone_pass_a_middlebox_are_not_assessed() {
    let fact = tcp(&[(
        "{\"DestinationCidrBlock\": \"10.0.1.0/24\", \"GatewayId\": \"vpce-f\"}",
        "{\"DestinationCidrBlock\": \"10.0.1.0/24\", \"GatewayId\": \"local\"}",
    )]);
    assert_eq!(fact.outcome, Verdict::NotAssessed);
    assert!(fact.unknown[0].what.contains("`vpce-f`"), "{:?}", fact.unknown);
}

/// AWS gives each of these answers by itself, and a saved one is a document of its own.
#[test]
fn answers_of_one_firewall_may_be_documents_of_their_own() {
    let documents = [
        (
            "firewall.json",
            r#"{"UpdateToken": "t", "Firewall": {"FirewallArn": "arn:fw", "FirewallPolicyArn": "arn:policy"},
            "FirewallStatus": {"SyncStates": {"a": {"Attachment": {"SubnetId": "s", "EndpointId": "vpce-f"}}}}}"#,
        ),
        (
            "list.json",
            r#"{"Firewalls": [{"FirewallName": "fw", "FirewallArn": "arn:fw"}, {"FirewallArn": "arn:other"}]}"#,
        ),
        (
            "policy.json",
            r#"{"FirewallPolicyResponse": {"FirewallPolicyArn": "arn:policy"}, "FirewallPolicy": {
            "StatelessDefaultActions": ["aws:pass", "count"]}}"#,
        ),
        (
            "group.json",
            r#"{"RuleGroup": {"RulesSource": {"RulesSourceList": {"Targets": ["example.com"]}}},
            "RuleGroupResponse": {"RuleGroupArn": "arn:domains"}}"#,
        ),
    ];
    let documents = documents.map(|(path, text)| Document { path, bytes: text.as_bytes() });
    let snapshot = aws::read(documents).unwrap();
    assert_eq!(snapshot.skipped, Vec::<String>::new());
    let network = snapshot.network;
    let firewalls: Vec<_> =
        network.firewalls.iter().map(|f| (f.id.as_str(), f.policy.as_deref(), f.endpoints.len())).collect();
    assert_eq!(firewalls, [("arn:fw", Some("arn:policy"), 1), ("arn:other", None, 0)]);
    assert_eq!(network.firewall_policies[0].id, "arn:policy");
    assert_eq!(network.firewall_rule_groups[0].not_modelled.as_deref(), Some("a domain list"));
}
