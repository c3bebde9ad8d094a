//! Input that nobody should send: every problem has a name, nothing panics, nothing takes for ever, and what is not known for
//! certain is neither reachable nor safe.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use inspector_model::network::Network;
use inspector_reachability::aws::{self, Document};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::{facts, totals};
use inspector_reachability::question::Question;
use serde_json::{Value, json};

/// An instance with a public address, SSH open to the world.
fn snapshot() -> Value {
    let all = |egress: bool| json!({"RuleNumber": 1, "Egress": egress, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"});
    json!({
        "Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}],
        "Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.1.0.0/24"}],
        "Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}}],
        "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "Status": "in-use", "SubnetId": "subnet-1", "VpcId": "vpc-1",
            "Attachment": {"InstanceId": "i-1", "Status": "attached"}, "Groups": [{"GroupId": "sg-1"}],
            "PrivateIpAddresses": [{"Primary": true, "PrivateIpAddress": "10.1.0.5",
            "Association": {"PublicIp": "3.4.5.6"}}]}],
        "SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
        "NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}],
            "Entries": [all(false), all(true)]}],
        "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true}], "Routes": [
            {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}],
        "InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}],
        "VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"}
    })
}

fn read(documents: &[Value]) -> Network {
    let texts: Vec<String> = documents.iter().map(Value::to_string).collect();
    let names = ["a.json", "b.json", "c.json"];
    let documents = names.iter().zip(&texts).map(|(path, text)| Document { path, bytes: text.as_bytes() });
    aws::read(documents).unwrap().network
}

fn tcp(network: &Network) -> Fact {
    let mut facts = facts(network, &Question::default()).into_iter();
    facts.find(|fact| fact.edge.as_str() == "Internet" && fact.protocol.to_string() == "tcp").unwrap()
}

/// The answer is withheld, and `named` said.
fn withheld(name: &str, network: &Network, named: &str) {
    let fact = tcp(network);
    assert_eq!(fact.outcome, Verdict::NotAssessed, "{name}: {fact:?}");
    assert!(fact.unknown.iter().any(|doubt| doubt.what.contains(named)), "{name}: {:?}", fact.unknown);
    let counted = totals(network, &Question::default()).edges.get("Internet").copied().unwrap_or_default();
    assert!(counted.not_assessed >= 1, "{name}: {counted:?}");
}

#[test]
fn the_sound_snapshot_is_reachable() {
    assert_eq!(tcp(&read(&[snapshot()])).outcome, Verdict::Reachable);
}

#[test]
fn malformed_values_are_named_and_decide_nothing() {
    let cases = [
        ("a group's range", "/SecurityGroups/0/IpPermissions/0/IpRanges/0/CidrIp", json!("0.0.0.0/33"), "0.0.0.0/33"),
        ("a group's protocol", "/SecurityGroups/0/IpPermissions/0/IpProtocol", json!("tpc"), "sg-1"),
        ("a group's ports", "/SecurityGroups/0/IpPermissions/0/ToPort", json!(70000), "sg-1"),
        ("an ACL's range", "/NetworkAcls/0/Entries/0/CidrBlock", json!("10.0.0/8"), "10.0.0/8"),
        ("an ACL's action", "/NetworkAcls/0/Entries/1/RuleAction", json!("maybe"), "maybe"),
        ("a route's range", "/RouteTables/0/Routes/0/DestinationCidrBlock", json!("everywhere"), "everywhere"),
        (
            "an interface's address",
            "/NetworkInterfaces/0/PrivateIpAddresses/0/PrivateIpAddress",
            json!("10.1.0.500"),
            "eni-1",
        ),
        ("a VPC's range", "/Vpcs/0/CidrBlock", json!("10.1.0.0/-1"), "10.1.0.0/-1"),
        ("a subnet's range", "/Subnets/0/CidrBlock", json!(""), ""),
    ];
    for (name, pointer, value, named) in cases {
        let mut broken = snapshot();
        *broken.pointer_mut(pointer).unwrap() = value;
        if named.is_empty() {
            assert_eq!(tcp(&read(&[broken])).outcome, Verdict::Reachable, "{name}");
            continue;
        }
        withheld(name, &read(&[broken]), named);
    }
}

#[test]
fn records_that_are_described_twice_and_differently_decide_nothing() {
    let cases = [
        ("stopped or running", "Instances", "/Instances/0/State/Name", json!("stopped"), "i-1"),
        ("in use or not", "NetworkInterfaces", "/NetworkInterfaces/0/Status", json!("available"), "eni-1"),
        ("another group", "NetworkInterfaces", "/NetworkInterfaces/0/Groups/0/GroupId", json!("sg-2"), "eni-1"),
        (
            "no public address",
            "NetworkInterfaces",
            "/NetworkInterfaces/0/PrivateIpAddresses/0/Association",
            json!(null),
            "eni-1",
        ),
        ("closed group", "SecurityGroups", "/SecurityGroups/0/IpPermissions", json!([]), "sg-1"),
        ("closed ACL", "NetworkAcls", "/NetworkAcls/0/Entries", json!([]), "acl-1"),
        ("no route", "RouteTables", "/RouteTables/0/Routes", json!([]), "rtb-1"),
        ("detached gateway", "InternetGateways", "/InternetGateways/0/Attachments", json!([]), "igw-1"),
    ];
    for (name, answer, pointer, value, named) in cases {
        let mut other = snapshot();
        *other.pointer_mut(pointer).unwrap() = value;
        let other = json!({ answer: other[answer] });
        // Whichever comes first: the reader keeps that one and must not believe it.
        withheld(name, &read(&[snapshot(), other.clone()]), named);
        withheld(name, &read(&[other, snapshot()]), named);
    }
}

#[test]
fn what_two_records_claim_belongs_to_neither() {
    let mut twice = snapshot();
    let acl =
        json!({"NetworkAclId": "acl-2", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": []});
    twice["NetworkAcls"].as_array_mut().unwrap().push(acl);
    withheld("two network ACLs", &read(&[twice]), "claims `subnet-1` too");
    let mut twice = snapshot();
    let table = |id: &str| json!({"RouteTableId": id, "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Routes": []});
    twice["RouteTables"].as_array_mut().unwrap().extend([table("rtb-2"), table("rtb-3")]);
    withheld("two route tables", &read(&[twice]), "claims `subnet-1` too");
}

#[test]
fn references_to_what_is_not_there_are_named() {
    let cases = [
        ("group", "/NetworkInterfaces/0/Groups/0/GroupId", json!("sg-gone"), "`sg-gone` is not in the snapshot"),
        ("network ACL", "/NetworkAcls/0/Associations/0/SubnetId", json!("subnet-9"), "the network ACL of `subnet-1`"),
        ("route table", "/RouteTables/0/Associations/0/Main", json!(false), "the route table of `subnet-1`"),
        (
            "prefix list",
            "/SecurityGroups/0/IpPermissions/0",
            json!({"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
            "PrefixListIds": [{"PrefixListId": "pl-gone"}]}),
            "`pl-gone`",
        ),
        (
            "prefix list of a route",
            "/RouteTables/0/Routes/0",
            json!({"DestinationPrefixListId": "pl-gone", "GatewayId": "igw-1",
            "State": "active"}),
            "`pl-gone`",
        ),
    ];
    for (name, pointer, value, named) in cases {
        let mut broken = snapshot();
        *broken.pointer_mut(pointer).unwrap() = value;
        withheld(name, &read(&[broken]), named);
    }
}

#[test]
fn overlapping_ranges_are_the_union_of_all() {
    let mut overlapping = snapshot();
    let ranges: Vec<Value> = (0..=32).map(|length| json!({"CidrIp": format!("8.8.8.8/{length}")})).collect();
    overlapping["SecurityGroups"][0]["IpPermissions"][0]["IpRanges"] = ranges.into();
    let fact = tcp(&read(&[overlapping]));
    assert_eq!((fact.outcome, fact.openings.len()), (Verdict::Reachable, 1));
}

#[test]
fn a_security_group_of_a_hundred_thousand_ranges_is_read_and_judged() {
    let mut large = snapshot();
    // Every other address, so that no two join.
    let ranges: Vec<Value> = (0..100_000_u32)
        .map(|at| json!({"CidrIp": format!("{}/32", std::net::Ipv4Addr::from(0x0800_0000 + 2 * at))}))
        .collect();
    let rule = |ranges: &[Value]| json!({"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": ranges});
    large["SecurityGroups"][0]["IpPermissions"] = ranges.chunks(1000).map(rule).collect::<Vec<_>>().into();
    let fact = tcp(&read(&[large]));
    assert_eq!((fact.outcome, fact.ports.to_string().as_str()), (Verdict::Reachable, "22"));
}

#[test]
fn lists_that_no_account_can_have_are_named() {
    let mut long = snapshot();
    let entry = |number: u32| {
        json!({"RuleNumber": number, "Egress": false, "Protocol": "6", "RuleAction": "deny",
        "CidrBlock": "9.9.9.9/32", "PortRange": {"From": number % 60000, "To": number % 60000}})
    };
    long["NetworkAcls"][0]["Entries"].as_array_mut().unwrap().extend((2..50_000).map(entry));
    withheld("network ACL", &read(&[long]), "more than 2048 entries");
    let mut long = snapshot();
    let route = |at: u32| {
        json!({"DestinationCidrBlock": format!("{}/32", std::net::Ipv4Addr::from(0x0800_0000 + 2 * at)),
        "GatewayId": "igw-1", "State": "active"})
    };
    long["RouteTables"][0]["Routes"].as_array_mut().unwrap().extend((0..50_000).map(route));
    withheld("route table", &read(&[long]), "more than 4096 routes");
}

#[test]
fn a_long_ring_of_transit_gateways_is_followed_so_far_and_no_further() {
    let ring = |size: usize| -> Value {
        let mut all = snapshot();
        let name = |at: usize| format!("tgw-{}", at % size);
        let attachment = |id: &str, gateway: String, kind: &str, resource: String, table: usize| {
            json!({"TransitGatewayAttachmentId": id, "TransitGatewayId": gateway, "ResourceType": kind, "ResourceId": resource,
                "State": "available", "Association": {"TransitGatewayRouteTableId": format!("tgw-rtb-{}", table % size)}})
        };
        let mut attachments = vec![
            attachment("a-in", name(0), "vpc", "vpc-1".to_owned(), 0),
            attachment("a-out", name(0), "vpc", "vpc-2".to_owned(), 0),
        ];
        let mut routes = Vec::new();
        for at in 0..size {
            let id = format!("a-{at}");
            attachments.push(attachment(&id, name(at), "peering", name(at + 1), at));
            attachments.push(attachment(&id, name(at + 1), "peering", name(at), at + 1));
            routes.push(json!({"TransitGatewayRouteTableId": format!("tgw-rtb-{at}"), "Routes": [
                {"DestinationCidrBlock": "0.0.0.0/0", "Type": "static", "State": "active",
                 "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": id}]}]}));
        }
        all["Vpcs"].as_array_mut().unwrap().push(json!({"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}));
        let subnet = json!({"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.2.0.0/24"});
        all["Subnets"].as_array_mut().unwrap().push(subnet);
        all["TransitGatewayAttachments"] = attachments.into();
        all["TransitGatewayVpcAttachments"] = json!([
            {"TransitGatewayAttachmentId": "a-in", "TransitGatewayId": "tgw-0", "VpcId": "vpc-1", "SubnetIds": ["subnet-1"]},
            {"TransitGatewayAttachmentId": "a-out", "TransitGatewayId": "tgw-0", "VpcId": "vpc-2", "SubnetIds": ["subnet-2"]}]);
        all["TransitGatewayStaticRoutes"] = routes.into();
        all
    };
    let of = |size: usize| {
        let network = read(&[ring(size)]);
        let mut facts = facts(&network, &Question::default()).into_iter();
        facts.find(|fact| fact.edge.as_str() == "TransitGateway" && fact.protocol.to_string() == "tcp").unwrap()
    };
    let short = of(5);
    let circle = |fact: &Fact| fact.blocked_by.iter().any(|blocker| blocker.detail.contains("round in a circle"));
    assert!(short.outcome == Verdict::NotAssessed || circle(&short), "{short:?}");
    let long = of(2000);
    assert_eq!(long.outcome, Verdict::NotAssessed, "{long:?}");
    assert!(long.unknown.iter().any(|doubt| doubt.what.contains("in a row")), "{:?}", long.unknown);
}
