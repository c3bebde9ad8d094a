//! Paths through load balancers: one small network, one change each. The shapes are those of the AWS CLI.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic like the test itself")]

use inspector_model::network::*;
use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::{facts, proof, totals};
use inspector_reachability::question::Question;

/// A balancer of any kind in zone a with a public node, listening at 443, and an instance in zone a that it sends to at
/// 8080. Every answer that is asked for is there.
const SNAPSHOT: &str = r#"{
  "Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}}]}],
  "NetworkInterfaces": [
    {"NetworkInterfaceId": "eni-1", "Status": "in-use", "SubnetId": "subnet-b", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-web"}],
     "Attachment": {"InstanceId": "i-1", "DeviceIndex": 0, "Status": "attached"},
     "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.1.5"}]},
    {"NetworkInterfaceId": "eni-n", "Status": "in-use", "SubnetId": "subnet-a", "VpcId": "vpc-1", "Groups": [{"GroupId": "sg-lb"}],
     "Description": "ELB app/web/1", "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.0.0.9",
     "Association": {"PublicIp": "3.3.3.3"}}]}],
  "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
  "Subnets": [{"SubnetId": "subnet-a", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "us-east-1a"},
    {"SubnetId": "subnet-b", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1a"}],
  "SecurityGroups": [
    {"GroupId": "sg-lb", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
     "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
    {"GroupId": "sg-web", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080,
     "UserIdGroupPairs": [{"GroupId": "sg-lb"}]}]}],
  "NetworkAcls": [
    {"NetworkAclId": "acl-a", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-a"}], "Entries": [
     {"RuleNumber": 100, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
     {"RuleNumber": 100, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]},
    {"NetworkAclId": "acl-b", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-b"}], "Entries": [
     {"RuleNumber": 100, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"},
     {"RuleNumber": 100, "Egress": true, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"}]}],
  "RouteTables": [
    {"RouteTableId": "rtb-a", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-a"}], "Routes": [
     {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]},
    {"RouteTableId": "rtb-b", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
     {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]}],
  "VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"},
  "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
  "LoadBalancers": [{"LoadBalancerArn": "arn:aws:elasticloadbalancing:r:1:loadbalancer/app/web/1", "LoadBalancerName": "web",
    "DNSName": "web.example", "Scheme": "internet-facing", "Type": "application", "State": {"Code": "active"}, "VpcId": "vpc-1",
    "IpAddressType": "ipv4", "AvailabilityZones": [{"SubnetId": "subnet-a"}], "SecurityGroups": ["sg-lb"]}],
  "LoadBalancerAttributes": [{"LoadBalancerArn": "arn:aws:elasticloadbalancing:r:1:loadbalancer/app/web/1",
    "Attributes": [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]}],
  "Listeners": [{"ListenerArn": "arn:aws:elasticloadbalancing:r:1:listener/app/web/1/2", "Port": 443, "Protocol": "HTTPS",
    "LoadBalancerArn": "arn:aws:elasticloadbalancing:r:1:loadbalancer/app/web/1",
    "DefaultActions": [{"Type": "fixed-response"}]}],
  "Rules": [{"RuleArn": "arn:aws:elasticloadbalancing:r:1:listener-rule/app/web/1/2/3", "Actions": [{"Type": "authenticate-oidc"},
    {"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "tg-1", "Weight": 1}, {"TargetGroupArn": "tg-0", "Weight": 0}]}}]},
    {"RuleArn": "arn:aws:elasticloadbalancing:r:1:listener-rule/app/web/1/2/4", "Actions": [{"Type": "redirect"}]}],
  "TargetGroups": [{"TargetGroupArn": "tg-1", "TargetType": "instance", "Protocol": "HTTP", "Port": 80,
    "LoadBalancerArns": ["arn:aws:elasticloadbalancing:r:1:loadbalancer/app/web/1"]}],
  "TargetGroupAttributes": [{"TargetGroupArn": "tg-1", "Attributes": [
    {"Key": "load_balancing.cross_zone.enabled", "Value": "use_load_balancer_configuration"}]}],
  "LoadBalancerTargetHealth": [{"TargetGroupArn": "tg-1", "TargetHealthDescriptions": [
    {"Target": {"Id": "i-1", "Port": 8080}, "TargetHealth": {"State": "unhealthy"}}]}]
}"#;

fn network() -> Network {
    let snapshot = aws::read([Document { path: "all.json", bytes: SNAPSHOT.as_bytes() }]).unwrap();
    assert_eq!(snapshot.skipped, Vec::<String>::new());
    snapshot.network
}

/// The fact about the listener, else the one about all its other ports.
fn through(network: &Network) -> Fact {
    let mut facts: Vec<Fact> = facts(network, &Question::default())
        .into_iter()
        .filter(|fact| fact.edge != Edge::Internet && fact.protocol.to_string() == "tcp")
        .collect();
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.listener_port));
    facts.swap_remove(0)
}

fn network_balancer(network: &mut Network) {
    network.load_balancers[0].kind = BalancerKind::Network;
    network.load_balancers[0].listeners.as_mut().unwrap()[0].protocol = "TCP".into();
}

fn range(text: &str) -> ipnet::IpNet {
    text.parse().unwrap()
}

fn admit(network: &mut Network, text: &str) {
    let group = network.security_groups.iter_mut().find(|group| group.id == "sg-web").unwrap();
    group.ingress[0].groups.clear();
    group.ingress[0].ranges = vec![range(text)];
}

fn deny(network: &mut Network, acl: usize, egress: bool, from: u16, to: u16) {
    let traffic = Traffic::Ports { protocol: 6, from, to };
    let entry = AclEntry { number: 1, egress, allow: false, traffic, range: range("0.0.0.0/0") };
    network.network_acls[acl].entries.insert(0, entry);
}

#[test]
fn the_whole_path_is_told_from_the_gateway_to_the_target_and_back() {
    let network = network();
    let fact = through(&network);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "8080"), "{fact:#?}");
    assert_eq!(
        (fact.listener_port, fact.via.as_deref(), fact.source.as_deref()),
        (Some(443), Some("web"), Some("10.0.0.9"))
    );
    assert_eq!((fact.source_edge, fact.allowed_by.as_slice()), (Some(Edge::Internet), &["sg-web".to_owned()][..]));
    let path: Vec<String> = fact.path.iter().map(|hop| format!("{}: {}", hop.component, hop.rule)).collect();
    let expected = [
        "igw-1: delivers to a node of web",
        "acl-a: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "sg-lb: inbound tcp 443 to the load balancer",
        "web: listener HTTPS 443 forwards to tg-1",
        "eni-n: sends to 10.0.1.5 port 8080, unhealthy",
        "acl-a: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "acl-b: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "sg-web: inbound tcp 8080 from members of sg-lb",
        "eni-1: interface of i-1",
        "acl-b: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "acl-a: inbound entry 100 allows all traffic from 0.0.0.0/0",
        "eni-n: answers as web",
        "acl-a: outbound entry 100 allows all traffic to 0.0.0.0/0",
        "rtb-a: route 0.0.0.0/0 to igw-1",
        "igw-1: sends from the node's public address",
    ];
    assert_eq!(path, expected);
    assert_eq!(fact.assumptions, Vec::<String>::new());
    let index = inspector_reachability::index::Index::new(&network);
    let proved = proof(&index, &fact, &fact.openings[0], 8080).unwrap();
    assert_eq!((proved.path, Some(proved.request)), (fact.path, fact.witness.map(|witness| witness.request)));
}

type Change = fn(&mut Network);

/// Rules 16 to 21: what lets the chain through, and each condition that closes it, by its name.
#[test]
fn every_condition_of_the_chain_decides() {
    let cases: &[(&str, Change, Verdict, &str)] = &[
        ("unhealthy targets count", |_| {}, Verdict::Reachable, ""),
        ("internal", |n| n.load_balancers[0].internet_facing = false, Verdict::Blocked, "NO_PATH"),
        ("not active", |n| n.load_balancers[0].state = Some("provisioning".into()), Verdict::Blocked, "BAD_STATE"),
        ("stopped target", |n| n.instances[0].state = Some("stopped".into()), Verdict::Blocked, "BAD_STATE"),
        (
            "node without public address",
            |n| n.interfaces.iter_mut().for_each(|i| i.addresses[0].public = None),
            Verdict::Blocked,
            "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        ),
        ("no route of the node", |n| n.route_tables[0].routes.truncate(1), Verdict::Blocked, "NO_ROUTE_TO_DESTINATION"),
        ("no gateway", |n| n.internet_gateways[0].vpcs.clear(), Verdict::Blocked, "NO_PATH"),
        ("node's replies dropped", |n| deny(n, 0, true, 1024, 65535), Verdict::Blocked, "SUBNET_ACL_RESTRICTION"),
        (
            "listener's port not admitted",
            |n| n.security_groups[0].ingress[0].traffic = Traffic::Ports { protocol: 6, from: 80, to: 80 },
            Verdict::Blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
        (
            "no way out of the groups",
            |n| n.security_groups[0].egress.clear(),
            Verdict::Blocked,
            "ENI_SG_RULES_MISMATCH",
        ),
        ("target admits others", |n| admit(n, "10.0.9.0/24"), Verdict::Blocked, "ENI_SG_RULES_MISMATCH"),
        ("target admits the node's subnet", |n| admit(n, "10.0.0.0/24"), Verdict::Reachable, ""),
        ("target admits clients only", |n| admit(n, "8.0.0.0/8"), Verdict::Blocked, "ENI_SG_RULES_MISMATCH"),
        ("requests stopped at the target", |n| deny(n, 1, false, 8080, 8080), Verdict::Blocked, "ELB_ACL_RESTRICTION"),
        ("replies stopped at the target", |n| deny(n, 1, true, 1024, 65535), Verdict::OneWay, "ELB_ACL_RESTRICTION"),
        (
            "no listener",
            |n| n.load_balancers[0].listeners = Some(Vec::new()),
            Verdict::Blocked,
            "UNASSOCIATED_COMPONENT",
        ),
        (
            "not registered",
            |n| n.target_groups[0].targets = Some(Vec::new()),
            Verdict::Blocked,
            "UNASSOCIATED_COMPONENT",
        ),
        (
            "functions are no instances",
            |n| n.target_groups[0].kind = TargetKind::Lambda,
            Verdict::Blocked,
            "UNASSOCIATED_COMPONENT",
        ),
        (
            "another zone, crossing",
            |n| n.subnets[0].zone = Some("us-east-1b".into()),
            Verdict::Blocked,
            "ELBV2_NO_TARGETS_IN_AZ",
        ),
        (
            "the group's own setting",
            |n| {
                n.load_balancers[0].subnets.push("subnet-b".into());
                n.subnets[0].zone = Some("us-east-1b".into());
                n.target_groups[0].cross_zone = Some(false);
                n.security_groups[1].ingress[0].groups.clear();
                n.security_groups[1].ingress[0].ranges = vec![range("10.0.0.0/24")];
            },
            Verdict::Blocked,
            "ELBV2_NO_TARGETS_IN_AZ",
        ),
        (
            "more specific than local",
            |n| {
                let destination = RouteDestination::Range(range("10.0.1.0/24"));
                let target = "nat-1".to_owned();
                n.route_tables[0].routes.push(Route { destination, target, blackhole: false, propagated: false });
            },
            Verdict::Blocked,
            "MORE_SPECIFIC_ROUTE",
        ),
    ];
    for (name, change, verdict, code) in cases {
        let mut network = network();
        change(&mut network);
        let fact = through(&network);
        assert_eq!(fact.outcome, *verdict, "{name}: {fact:#?}");
        let told = code.is_empty() || fact.blocked_by.iter().any(|blocker| blocker.code == *code);
        assert!(told, "{name}: {:?}", fact.blocked_by);
    }
}

/// Refused, never read or not modelled: never an answer.
#[test]
fn what_is_unknown_is_never_an_answer() {
    let cases: &[(&str, Change, &str)] = &[
        ("listeners", |n| n.load_balancers[0].listeners = None, "`Listeners` of `web` are not in the snapshot"),
        ("targets", |n| n.target_groups[0].targets = None, "`TargetHealthDescriptions` of `tg-1`"),
        ("target groups", |n| n.target_groups.clear(), "`TargetGroups` of `tg-1`"),
        (
            "rules",
            |n| {
                n.answered.retain(|answer| answer != "Rules");
                n.load_balancers[0].listeners.as_mut().unwrap()[0].forwards.clear();
            },
            "`Rules` of `web`",
        ),
        ("groups", |n| n.security_groups.retain(|group| group.id != "sg-lb"), "`sg-lb` is not in the snapshot"),
        (
            "target's groups",
            |n| n.security_groups.retain(|group| group.id != "sg-web"),
            "`sg-web` is not in the snapshot",
        ),
        ("subnets", |n| n.load_balancers[0].subnets.clear(), "the subnets of load balancer `web`"),
        ("ACLs", |n| n.network_acls.clear(), "the network ACL of `subnet-a`"),
        (
            "port",
            |n| {
                n.target_groups[0].port = None;
                n.target_groups[0].targets.as_mut().unwrap()[0].port = None;
            },
            "the port of `eni-1`",
        ),
        (
            "primary interface",
            |n| {
                let mut second = n.interfaces[0].clone();
                second.id = "eni-2".into();
                n.interfaces[0].device = None;
                second.device = None;
                n.interfaces.insert(1, second);
            },
            "which interface of `i-1` is the primary one",
        ),
    ];
    for (name, change, what) in cases {
        let mut network = network();
        change(&mut network);
        let facts = facts(&network, &Question::default());
        let told = facts.iter().filter(|fact| fact.outcome == Verdict::NotAssessed).flat_map(|fact| &fact.unknown);
        assert!(told.clone().any(|doubt| doubt.what.contains(what)), "{name}: {:?}", told.collect::<Vec<_>>());
        assert!(!facts.iter().any(|fact| fact.reachable), "{name}");
    }
}

#[test]
fn a_network_balancer_shows_the_client_to_instances_and_the_node_to_addresses() {
    let mut network = network();
    network_balancer(&mut network);
    admit(&mut network, "8.0.0.0/8");
    assert_eq!(through(&network).source.as_deref(), Some("8.0.0.0-8.255.255.255"));
    network.target_groups[0].preserves_client = Some(false);
    assert_eq!(through(&network).outcome, Verdict::Blocked);
    admit(&mut network, "10.0.0.9/32");
    assert_eq!(through(&network).source.as_deref(), Some("10.0.0.9"));
    network.target_groups[0].preserves_client = None;
    network.target_groups[0].kind = TargetKind::Ip;
    network.target_groups[0].protocol = "TCP".into();
    network.target_groups[0].targets.as_mut().unwrap()[0].id = "10.0.1.5".into();
    let fact = through(&network);
    assert_eq!(fact.source.as_deref(), Some("10.0.0.9"));
    assert!(fact.assumptions.iter().any(|what| what.contains("the node's address")), "{:?}", fact.assumptions);
}

#[test]
fn a_network_balancer_may_have_no_groups_and_is_not_cross_zone_by_itself() {
    let mut network = network();
    network_balancer(&mut network);
    network.load_balancers[0].security_groups.clear();
    network.interfaces[1].security_groups.clear();
    admit(&mut network, "0.0.0.0/0");
    assert_eq!(through(&network).source.as_deref(), Some("internet"));
    network.load_balancers[0].cross_zone = None;
    network.load_balancers[0].subnets.push("subnet-b".into());
    network.subnets[0].zone = Some("us-east-1b".into());
    network.interfaces[1].addresses[0].public = Some("3.3.3.3".parse().unwrap());
    let fact = through(&network);
    assert_ne!(fact.outcome, Verdict::Reachable, "{fact:#?}");
    assert!(fact.blocked_by.iter().any(|blocker| blocker.code == "ELBV2_NO_TARGETS_IN_AZ"), "{fact:#?}");
}

#[test]
fn a_node_that_is_not_in_the_snapshot_may_have_any_address_of_its_subnet() {
    let mut network = network();
    network.interfaces.truncate(1);
    let fact = through(&network);
    assert_eq!((fact.outcome, fact.source.as_deref()), (Verdict::Reachable, Some("10.0.0.0-10.0.0.255")));
    assert!(
        fact.assumptions.iter().any(|what| what.contains("taken to be any of the subnet")),
        "{:?}",
        fact.assumptions
    );
}

#[test]
fn a_network_balancer_reaches_instances_through_an_application_balancer() {
    let mut network = network();
    network.load_balancers[0].internet_facing = false;
    network.interfaces[1].addresses[0].public = None;
    let mut front = network.load_balancers[0].clone();
    front.id = "arn:aws:elasticloadbalancing:r:1:loadbalancer/net/front/9".into();
    front.name = "front".into();
    front.kind = BalancerKind::Network;
    front.internet_facing = true;
    front.security_groups.clear();
    let forwards = vec!["tg-9".to_owned()];
    front.listeners = Some(vec![Listener { port: 80, protocol: "TCP".into(), id: "l9".into(), forwards }]);
    let target = Target { id: network.load_balancers[0].id.clone(), port: Some(443), health: None };
    network.target_groups.push(TargetGroup {
        id: "tg-9".into(),
        kind: TargetKind::Alb,
        port: Some(443),
        protocol: "TCP".into(),
        load_balancers: vec![front.id.clone()],
        cross_zone: None,
        preserves_client: None,
        targets: Some(vec![target]),
    });
    network.load_balancers.push(front);
    let of_front = |network: &Network| {
        let mut all = facts(network, &Question::default());
        all.retain(|fact| fact.via.as_deref() == Some("front") && fact.listener_port.is_some());
        all.swap_remove(0)
    };
    let fact = of_front(&network);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "8080"), "{fact:#?}");
    assert_eq!(fact.source.as_deref(), Some("10.0.0.9"));
    network.security_groups[0].ingress[0].ranges = vec![range("10.0.0.0/8")];
    assert_eq!(of_front(&network).outcome, Verdict::Blocked, "the inner one sees clients, not the outer node");
}

#[test]
fn an_endpoint_service_leads_from_its_consumers_to_the_targets_of_its_balancer() {
    let mut network = network();
    network_balancer(&mut network);
    network.load_balancers[0].internet_facing = false;
    let connections = |state: &str| Some(vec![ConsumerConnection { endpoint: "vpce-1".into(), state: state.into() }]);
    network.endpoint_services.push(EndpointService {
        id: "vpce-svc-1".into(),
        state: Some("Available".into()),
        load_balancers: vec![network.load_balancers[0].id.clone()],
        connections: connections("available"),
    });
    let private = |network: &Network| {
        let mut all = facts(network, &Question::default());
        all.retain(|fact| fact.edge == Edge::EndpointService && fact.listener_port.is_some());
        all.swap_remove(0)
    };
    let fact = private(&network);
    assert_eq!((fact.outcome, fact.via.as_deref()), (Verdict::Reachable, Some("vpce-svc-1")), "{fact:#?}");
    assert_eq!((fact.source.as_deref(), fact.source_edge), (Some("10.0.0.9"), None));
    network.endpoint_services[0].connections = connections("pendingAcceptance");
    assert_eq!(private(&network).blocked_by[0].code, "NO_SOURCE_OR_DESTINATION");
    network.endpoint_services[0].connections = None;
    let fact = private(&network);
    assert!(fact.reachable && fact.assumptions.iter().any(|what| what.contains("VpcEndpointConnections")));
    let told = |fact: &Fact| fact.assumptions.iter().any(|what| what.contains("OnPrivateLinkTraffic"));
    assert!(told(&fact), "{:?}", fact.assumptions);
    network.load_balancers[0].guards_private_link = Some(true);
    network.security_groups[0].ingress.clear();
    assert_eq!(private(&network).blocked_by[0].code, "ENI_SG_RULES_MISMATCH");
    network.load_balancers[0].guards_private_link = Some(false);
    let fact = private(&network);
    assert!(fact.reachable && !told(&fact), "{fact:#?}");
}

/// Appliances behind a Gateway Load Balancer get what the endpoints of its service take, packed in GENEVE, from its nodes.
#[test]
fn a_gateway_balancer_sends_geneve_to_its_appliances_and_takes_nothing_from_the_internet() {
    let changes = [
        (
            "\"DNSName\": \"web.example\", \"Scheme\": \"internet-facing\", \"Type\": \"application\"",
            "\"Type\": \"gateway\"",
        ),
        ("\"Port\": 443, \"Protocol\": \"HTTPS\",", ""),
        ("app/web/1", "gwy/web/1"),
        ("\"SecurityGroups\": [\"sg-lb\"]}],", "\"SecurityGroups\": null}],"),
        ("[{\"Type\": \"fixed-response\"}]", "[{\"Type\": \"forward\", \"TargetGroupArn\": \"tg-1\"}]"),
        ("{\"Id\": \"i-1\", \"Port\": 8080}", "{\"Id\": \"i-1\", \"Port\": 6081}"),
        (
            "\"LoadBalancerAttributes\"",
            "\"ServiceConfigurations\": [{\"ServiceId\": \"vpce-svc-1\", \"ServiceState\": \"Available\",
                \"GatewayLoadBalancerArns\": [\"arn:aws:elasticloadbalancing:r:1:loadbalancer/gwy/web/1\"]}],
             \"VpcEndpointConnections\": [{\"ServiceId\": \"vpce-svc-1\", \"VpcEndpointId\": \"vpce-1\",
                \"VpcEndpointState\": \"available\"}], \"LoadBalancerAttributes\"",
        ),
    ];
    let mut text = SNAPSHOT.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    let mut network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
    let listened = |network: &Network, edge: Edge| {
        let mut all = facts(network, &Question::default());
        all.retain(|fact| fact.edge == edge && fact.listener_port.is_some());
        assert_eq!(all.len(), 1, "{all:#?}");
        all.swap_remove(0)
    };
    assert_eq!(listened(&network, Edge::EndpointService).blocked_by[0].code, "ENI_SG_RULES_MISMATCH");
    let rule = &mut network.security_groups[1].ingress[0];
    (rule.traffic, rule.ranges) = (Traffic::Ports { protocol: 17, from: 6081, to: 6081 }, vec![range("10.0.0.0/24")]);
    let fact = listened(&network, Edge::EndpointService);
    assert_eq!((fact.outcome, fact.protocol.to_string().as_str()), (Verdict::Reachable, "udp"), "{fact:#?}");
    assert_eq!((fact.ports.to_string().as_str(), fact.source.as_deref()), ("6081", Some("10.0.0.9")));
    assert_eq!(listened(&network, Edge::LoadBalancer).outcome, Verdict::Blocked);
}

#[test]
fn whether_groups_are_asked_about_private_link_is_read() {
    let attribute = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
    for (word, expected) in [("on", Some(true)), ("off", Some(false))] {
        let text = SNAPSHOT.replace("\"Scheme\"", &format!("\"{attribute}\": \"{word}\", \"Scheme\""));
        let network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
        assert_eq!(network.load_balancers[0].guards_private_link, expected);
    }
    assert_eq!(network().load_balancers[0].guards_private_link, None);
}

/// A table whose prefix list is not in the snapshot may send replies anywhere; a doubt about one part hides no other.
#[test]
fn an_unknown_list_in_a_route_table_between_node_and_target_is_no_certain_way() {
    for table in [0, 1] {
        let mut network = network();
        network.route_tables[table].routes.push(Route {
            destination: RouteDestination::PrefixList("pl-9".into()),
            target: "eni-9".into(),
            blackhole: false,
            propagated: false,
        });
        let fact = through(&network);
        assert_eq!(fact.outcome, Verdict::NotAssessed, "{fact:#?}");
        assert!(fact.unknown.iter().any(|doubt| doubt.what.contains("pl-9")), "{fact:#?}");
    }
    let mut network = network();
    network.security_groups[1].ingress.push(SecurityGroupRule {
        traffic: Traffic::All,
        ranges: Vec::new(),
        prefix_lists: vec!["pl-9".into()],
        groups: Vec::new(),
    });
    let fact = through(&network);
    assert_eq!(fact.outcome, Verdict::Reachable);
    assert!(fact.unknown.iter().any(|doubt| doubt.what.contains("pl-9")), "{fact:#?}");
}

/// A blocked reply is one-way only if the request arrives for certain.
#[test]
fn a_request_that_may_not_arrive_is_not_one_way() {
    let mut network = network();
    deny(&mut network, 1, true, 0, 65535);
    assert_eq!(through(&network).outcome, Verdict::OneWay);
    network.target_groups[0].targets.as_mut().unwrap()[0].port = None;
    network.target_groups[0].port = None;
    assert_eq!(through(&network).outcome, Verdict::NotAssessed);
    let mut network = self::network();
    deny(&mut network, 1, true, 0, 65535);
    network.unreadable.push(UnreadableRecord { id: "tg-1".into(), why: "broken".into() });
    assert_eq!(through(&network).outcome, Verdict::NotAssessed);
}

/// Answers that were never asked for, and records that were not read whole: who is behind a balancer is not known then.
#[test]
fn nobody_is_said_to_be_behind_no_balancer_while_targets_are_missing() {
    let unregistered: Change = |n| n.target_groups[0].targets = Some(Vec::new());
    let cases: &[(&str, &[Change])] = &[
        ("target groups", &[|n| n.target_groups.clear()]),
        ("target health", &[|n| n.target_groups[0].targets = None]),
        ("listeners", &[|n| n.load_balancers[0].listeners = None]),
        (
            "rules and target groups",
            &[|n| {
                n.target_groups.clear();
                n.load_balancers[0].listeners.as_mut().unwrap()[0].forwards.clear();
                n.answered.retain(|answer| answer != "Rules" && answer != "TargetGroups");
            }],
        ),
        (
            "a target without an id",
            &[unregistered, |n| {
                n.unreadable.push(UnreadableRecord { id: "tg-1".into(), why: "a target has no `Id`".into() });
            }],
        ),
        (
            "the interface",
            &[unregistered, |n| {
                n.unreadable.push(UnreadableRecord { id: "eni-1".into(), why: "no address".into() });
            }],
        ),
    ];
    for (what, changes) in cases {
        let mut network = network();
        changes.iter().for_each(|change| change(&mut network));
        let mut all = facts(&network, &Question::default());
        all.retain(|fact| fact.edge == Edge::LoadBalancer && fact.protocol.to_string() == "tcp");
        assert_eq!(all.len(), 1, "{what}: {all:#?}");
        assert_eq!(all[0].outcome, Verdict::NotAssessed, "{what}: {all:#?}");
        assert!(!all[0].unknown.is_empty(), "{what}");
    }
}

#[test]
fn zones_and_nodes_that_were_refused_are_not_assumed() {
    let cases: &[(&str, Change)] = &[
        ("Subnets", |n| n.subnets.clear()),
        ("Subnets", |n| n.subnets[0].zone = None),
        ("NetworkInterfaces", |n| n.interfaces.truncate(1)),
    ];
    for (answer, change) in cases {
        let mut network = network();
        change(&mut network);
        fail(&mut network, answer);
        let fact = through(&network);
        assert_eq!(fact.outcome, Verdict::NotAssessed, "{answer}: {fact:#?}");
        assert!(fact.unknown.iter().any(|doubt| doubt.what.contains("AccessDenied")), "{answer}: {fact:#?}");
    }
}

fn fail(network: &mut Network, answer: &str) {
    network.failed.push(FailedAnswer { answer: answer.into(), why: "AccessDenied".into() });
}

/// An answer that was refused is no answer that was never asked for: nothing is assumed in its place.
#[test]
fn attributes_and_consumers_that_failed_are_not_assumed() {
    let two_zones: Change = |n| {
        n.load_balancers[0].cross_zone = None;
        n.load_balancers[0].subnets.push("subnet-b".into());
        n.subnets[0].zone = Some("us-east-1b".into());
        n.interfaces[1].addresses[0].public = Some("3.3.3.3".parse().unwrap());
    };
    let shown: Change = |n| {
        network_balancer(n);
        admit(n, "8.0.0.0/8");
    };
    let hidden: Change = |n| {
        network_balancer(n);
        admit(n, "10.0.0.9/32");
    };
    let service: Change = |n| {
        network_balancer(n);
        n.load_balancers[0].internet_facing = false;
        let load_balancers = vec![n.load_balancers[0].id.clone()];
        let connections = Some(Vec::new());
        n.endpoint_services.push(EndpointService { id: "vpce-svc-1".into(), state: None, load_balancers, connections });
    };
    let never_asked: Change = |n| n.endpoint_services[0].connections = None;
    let cases: &[(&str, &[Change], Edge)] = &[
        ("LoadBalancerAttributes", &[two_zones], Edge::LoadBalancer),
        ("TargetGroupAttributes", &[two_zones], Edge::LoadBalancer),
        ("TargetGroupAttributes", &[shown], Edge::LoadBalancer),
        ("TargetGroupAttributes", &[hidden], Edge::LoadBalancer),
        ("VpcEndpointConnections", &[service], Edge::EndpointService),
        ("VpcEndpointConnections", &[service, never_asked], Edge::EndpointService),
    ];
    for (answer, changes, edge) in cases {
        let mut network = network();
        changes.iter().for_each(|change| change(&mut network));
        fail(&mut network, answer);
        let mut all = facts(&network, &Question::default());
        all.retain(|fact| fact.edge == *edge && fact.listener_port.is_some());
        assert_eq!(all.len(), 1, "{answer}");
        assert_eq!(all[0].outcome, Verdict::NotAssessed, "{answer}: {:#?}", all[0]);
        let told = format!("`{answer}`: AccessDenied");
        assert!(all[0].unknown.iter().any(|doubt| doubt.what == told), "{answer}: {:?}", all[0].unknown);
    }
}

/// What is there of an answer that broke off does not tell what is not there.
#[test]
fn no_listener_and_no_registration_are_not_told_from_answers_that_broke_off() {
    let registered: Change = |_| {};
    let unregistered: Change = |n| n.target_groups[0].targets = Some(Vec::new());
    let cases: &[(&str, Change)] = &[
        ("Listeners", registered),
        ("LoadBalancerListeners", registered),
        ("Listeners", unregistered),
        ("LoadBalancerListeners", unregistered),
        ("TargetGroups", unregistered),
        ("TargetHealthDescriptions", unregistered),
        ("LoadBalancerTargetHealth", unregistered),
    ];
    for (answer, change) in cases {
        let mut network = network();
        change(&mut network);
        let of_the_rest = |network: &Network| {
            let mut all = facts(network, &Question::default());
            all.retain(|fact| fact.edge == Edge::LoadBalancer && fact.listener_port.is_none());
            all
        };
        assert!(of_the_rest(&network).iter().all(|fact| fact.outcome == Verdict::Blocked), "{answer}");
        fail(&mut network, answer);
        let all = of_the_rest(&network);
        assert!(!all.is_empty(), "{answer}");
        for fact in all {
            assert_eq!(fact.outcome, Verdict::NotAssessed, "{answer}: {fact:#?}");
            assert_eq!(fact.unknown[0].what, format!("`{answer}`: AccessDenied"));
            assert_eq!(fact.blocked_by, Vec::new(), "{answer}");
        }
    }
}

#[test]
fn a_classic_balancer_sends_to_its_instance_port_and_asks_the_acl_inside_one_subnet() {
    let classic = r#"{"LoadBalancerDescriptions": [{"LoadBalancerName": "old", "DNSName": "old.example", "VPCId": "vpc-1",
        "Scheme": "internet-facing", "Subnets": ["subnet-b"], "SecurityGroups": ["sg-lb"],
        "ListenerDescriptions": [{"Listener": {"LoadBalancerPort": 443, "InstancePort": 8080, "Protocol": "HTTPS"}}],
        "Instances": [{"InstanceId": "i-1"}]}],
        "LoadBalancerAttributes": {"CrossZoneLoadBalancing": {"Enabled": true}}}"#;
    let all = SNAPSHOT.replace("\"LoadBalancers\": [{", "\"LoadBalancers\": [], \"Other\": [{");
    let all = all.replace(r#""DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}]}]"#,
        r#""DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]}]"#);
    let documents = [("all.json", all.as_str()), ("classic.json", classic)];
    let documents = documents.map(|(path, text)| Document { path, bytes: text.as_bytes() });
    let mut network = aws::read(documents).unwrap().network;
    let fact = through(&network);
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "8080"), "{fact:#?}");
    assert_eq!((fact.via.as_deref(), fact.listener_port), (Some("old"), Some(443)));
    deny(&mut network, 1, true, 8080, 8080);
    let fact = through(&network);
    assert_eq!(fact.blocked_by[0].code, "ELB_ACL_RESTRICTION", "{fact:#?}");
}

/// Targets see the node's address of their own family; the client needs an address, a rule and a route of its.
#[test]
fn clients_of_another_family_than_the_target_come_from_the_node() {
    let mut network = network();
    network.load_balancers[0].dual_stack = true;
    let of = |network: &Network, family: &str| {
        let mut all = facts(network, &Question::default());
        all.retain(|fact| fact.listener_port.is_some() && format!("{:?}", fact.family) == family);
        all.swap_remove(0)
    };
    assert_eq!(of(&network, "Ipv4").outcome, Verdict::Reachable);
    assert_eq!(of(&network, "Ipv6").outcome, Verdict::Blocked, "the node has no IPv6 address");
    network.interfaces[1].addresses.push(InterfaceAddress { address: "2600:ffff::9".parse().unwrap(), public: None });
    network.security_groups[0].ingress[0].ranges.push(range("::/0"));
    let all = range("::/0");
    for egress in [false, true] {
        network.network_acls[0].entries.push(AclEntry {
            number: 101,
            egress,
            allow: true,
            traffic: Traffic::All,
            range: all,
        });
    }
    assert_eq!(of(&network, "Ipv6").outcome, Verdict::Blocked, "no route back to the client");
    network.route_tables[0].routes.push(Route {
        destination: RouteDestination::Range(all),
        target: "igw-1".into(),
        blackhole: false,
        propagated: false,
    });
    let fact = of(&network, "Ipv6");
    assert_eq!((fact.outcome, fact.source.as_deref()), (Verdict::Reachable, Some("10.0.0.9")), "{fact:#?}");
    assert!(fact.path.iter().any(|hop| hop.rule.contains("::/0")), "the client's side is told: {:#?}", fact.path);
}

#[test]
fn totals_count_the_same_facts() {
    let network = network();
    let counted = totals(&network, &Question::default()).edges["LoadBalancer"];
    let told = facts(&network, &Question::default());
    let told = |verdict| {
        u64::try_from(told.iter().filter(|fact| fact.edge == Edge::LoadBalancer && fact.outcome == verdict).count())
            .unwrap()
    };
    assert_eq!((counted.reachable, counted.blocked), (told(Verdict::Reachable), told(Verdict::Blocked)));
    assert_eq!((counted.reachable, counted.ports), (1, 1));
}
