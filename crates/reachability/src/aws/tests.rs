//! What the reader makes of documents: whole snapshots in, networks out.

use inspector_model::network::{Edge, RouteDestination, Traffic};

use super::{Document, ReadError, Snapshot, read};

fn snapshot(documents: &[(&str, &str)]) -> Snapshot {
    try_snapshot(documents).unwrap()
}

fn try_snapshot(documents: &[(&str, &str)]) -> Result<Snapshot, ReadError> {
    read(documents.iter().map(|(path, text)| Document { path, bytes: text.as_bytes() }))
}

const GROUP: &str = r#"{"GroupId": "sg-1", "GroupName": "web", "VpcId": "vpc-1", "IpPermissions": [
    {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "2.2.2.2/28"}],
     "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "PrefixListIds": [{"PrefixListId": "pl-1"}],
     "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "000000000000"}]},
    {"IpProtocol": "-1", "UserIdGroupPairs": []}]}"#;

#[test]
fn a_security_group_keeps_every_other_side() {
    let text = format!(r#"{{"SecurityGroups": [{GROUP}]}}"#);
    let network = snapshot(&[("SecurityGroups.json", &text)]).network;
    let group = &network.security_groups[0];
    assert_eq!((group.id.as_str(), group.vpc.as_deref()), ("sg-1", Some("vpc-1")));
    let rule = &group.ingress[0];
    assert_eq!(rule.traffic, Traffic::Ports { protocol: 6, from: 22, to: 22 });
    let ranges: Vec<String> = rule.ranges.iter().map(ToString::to_string).collect();
    assert_eq!(ranges, ["2.2.2.0/28", "::/0"], "host bits are dropped");
    assert_eq!(
        (rule.prefix_lists.as_slice(), rule.groups.as_slice()),
        (&["pl-1".to_owned()][..], &["sg-2".to_owned()][..])
    );
    assert_eq!(group.ingress[1].traffic, Traffic::All);
}

#[test]
fn answers_of_one_key_are_joined_and_duplicates_dropped() {
    let one = format!(r#"{{"SecurityGroups": [{GROUP}]}}"#);
    let two = format!(r#"{{"SecurityGroups": [{GROUP}, {{"GroupId": "sg-0", "GroupName": "db"}}]}}"#);
    let network = snapshot(&[("b.json", &two), ("a.json", &one)]).network;
    let ids: Vec<&str> = network.security_groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ids, ["sg-0", "sg-1"], "sorted by id");
    assert_eq!(network.answered, ["SecurityGroups"]);
    assert!(network.unreadable.is_empty());
}

#[test]
fn duplicates_that_disagree_are_in_doubt() {
    let network = snapshot(&[
        ("a.json", r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}"#),
        ("b.json", r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}]}"#),
    ])
    .network;
    assert_eq!(network.vpcs.len(), 1);
    assert_eq!(network.unreadable("vpc-1"), Some("`vpc-1` is described twice, and differently"));
}

#[test]
fn the_order_of_documents_does_not_show() {
    let documents = [
        ("a.json", r#"{"Vpcs": [{"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}], "Unknown": 1}"#),
        ("b.json", r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.1.0.0/16"}], "Subnets": []}"#),
    ];
    let mut turned = documents;
    turned.reverse();
    assert_eq!(snapshot(&documents), snapshot(&turned));
}

#[test]
fn other_cases_nulls_and_bare_instances_are_understood() {
    let network = snapshot(&[(
        "resources.json",
        r#"{"provider": "aws", "network_acls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": null,
             "Associations": null, "Entries": [{"CidrBlock": "0.0.0.0/0", "Ipv6CidrBlock": null, "PortRange": null,
             "IcmpTypeCode": null, "Egress": false, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 5}]}],
            "instances": [{"InstanceId": "i-1", "State": {"Name": "running"}, "Tags": null, "NetworkInterfaces": [
             {"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.0.5",
              "Association": {"PublicIp": "1.0.0.1"}, "Groups": [{"GroupId": "sg-1"}], "Ipv6Addresses": null}]}]}"#,
    )])
    .network;
    assert_eq!(network.answered, ["NetworkAcls", "Reservations"]);
    assert_eq!(network.network_acls[0].entries.len(), 1);
    let interface = &network.interfaces[0];
    assert_eq!(interface.instance.as_deref(), Some("i-1"), "an instance's own list is used where no other is");
    assert_eq!(interface.addresses[0].public, Some("1.0.0.1".parse().unwrap()));
}

#[test]
fn the_interface_answer_wins_over_the_instance_and_elastic_addresses_fill_gaps() {
    let network = snapshot(&[
        (
            "Reservations.json",
            r#"{"Reservations": [{"OwnerId": "123456789012", "Instances": [{"InstanceId": "i-1",
                "Placement": {"AvailabilityZone": "us-east-2b"}, "Tags": [{"Key": "Name", "Value": "web"}],
                "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-old", "VpcId": "vpc-1"}]}]}]}"#,
        ),
        (
            "NetworkInterfaces.json",
            r#"{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
                "Attachment": {"InstanceId": "i-1", "Status": "attached"}, "Status": "in-use", "PrivateIpAddresses": [
                {"Primary": false, "PrivateIpAddress": "10.0.0.4"}, {"Primary": true, "PrivateIpAddress": "10.0.0.9"}]}]}"#,
        ),
        (
            "Addresses.json",
            r#"{"Addresses": [{"PublicIp": "3.3.3.3", "NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.0.4"},
                {"PublicIp": "3.3.3.4", "AllocationId": "eipalloc-1"}]}"#,
        ),
    ])
    .network;
    let interface = &network.interfaces[0];
    assert_eq!((network.interfaces.len(), interface.subnet.as_str()), (1, "subnet-1"));
    let addresses: Vec<String> = interface.addresses.iter().map(|a| format!("{} {:?}", a.address, a.public)).collect();
    assert_eq!(addresses, ["10.0.0.9 None", "10.0.0.4 Some(3.3.3.3)"], "the primary address comes first");
    let instance = &network.instances[0];
    assert_eq!(instance.account.as_ref().unwrap().to_string(), "123456789012");
    assert_eq!(instance.region.as_ref().unwrap().as_str(), "us-east-2");
    assert_eq!(instance.name(), Some("web"));
}

#[test]
fn two_instances_that_claim_one_interface_are_both_believed() {
    let instance = |id: &str, address: &str| {
        format!(
            r#"{{"InstanceId": "{id}", "NetworkInterfaces": [{{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1",
                "VpcId": "vpc-1", "PrivateIpAddress": "{address}"}}]}}"#
        )
    };
    let text = format!(r#"{{"Instances": [{}, {}]}}"#, instance("i-1", "10.0.0.1"), instance("i-2", "10.0.0.2"));
    let network = snapshot(&[("Instances.json", &text)]).network;
    let owners: Vec<_> = network.interfaces.iter().map(|interface| interface.instance.as_deref().unwrap()).collect();
    assert_eq!(owners, ["i-1", "i-2"]);
}

#[test]
fn routes_keep_target_state_and_origin() {
    let network = snapshot(&[(
        "RouteTables.json",
        r#"{"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"Main": true},
            {"SubnetId": "subnet-1", "AssociationState": {"State": "associated"}},
            {"SubnetId": "subnet-2", "AssociationState": {"State": "disassociated"}}, {"GatewayId": "igw-1"}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "blackhole"},
            {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1", "State": "active"},
            {"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1", "State": "active"},
            {"DestinationCidrBlock": "10.9.0.0/16", "GatewayId": "vgw-1", "State": "active",
             "Origin": "EnableVgwRoutePropagation"},
            {"DestinationCidrBlock": "10.8.0.0/16", "InstanceId": "i-1", "NetworkInterfaceId": "eni-1"}]}]}"#,
    )])
    .network;
    let table = &network.route_tables[0];
    assert!(table.main);
    assert_eq!(
        (table.subnets.as_slice(), table.gateways.as_slice()),
        (&["subnet-1".to_owned()][..], &["igw-1".to_owned()][..])
    );
    let routes: Vec<_> =
        table.routes.iter().map(|route| (route.target.as_str(), route.blackhole, route.propagated)).collect();
    let expected = [
        ("igw-1", true, false),
        ("vpce-1", false, false),
        ("eigw-1", false, false),
        ("vgw-1", false, true),
        ("eni-1", false, false),
    ];
    assert_eq!(routes, expected);
    assert_eq!(table.routes[1].destination, RouteDestination::PrefixList("pl-1".to_owned()));
}

#[test]
fn a_record_with_an_unreadable_part_is_kept_and_named() {
    let bad_group = r#"{"GroupId": "sg-1", "IpPermissions": [
        {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "everywhere"}, {"CidrIp": "1.0.0.0/8"}]}]}"#;
    let text = format!(r#"{{"SecurityGroups": [{{"GroupId": "sg-0"}}, {bad_group}]}}"#);
    let network = snapshot(&[("x/SecurityGroups.json", &text)]).network;
    assert_eq!(network.security_groups[1].ingress[0].ranges.len(), 1, "what can be read is kept");
    let why = network.unreadable("sg-1").unwrap();
    assert_eq!(why, "`SecurityGroups[1]` in `x/SecurityGroups.json`: `everywhere` is not an address range");
}

#[test]
fn each_kind_of_nonsense_is_named_with_its_record() {
    let cases = [
        (
            "acl-1",
            r#"{"NetworkAcls": [{"NetworkAclId": "acl-1", "Entries": [{"RuleNumber": 1, "Egress": true, "Protocol": "6",
            "RuleAction": "maybe", "CidrBlock": "0.0.0.0/0"}]}]}"#,
            "entry 1: `maybe` is neither allow nor deny",
        ),
        (
            "acl-1",
            r#"{"NetworkAcls": [{"NetworkAclId": "acl-1", "Entries": [{"RuleNumber": 1, "Egress": true, "Protocol": "6",
            "RuleAction": "deny"}]}]}"#,
            "entry 1: no range",
        ),
        (
            "rtb-1",
            r#"{"RouteTables": [{"RouteTableId": "rtb-1", "Routes": [{"DestinationCidrBlock": "0.0.0.0/0"}]}]}"#,
            "a route has no target that is known here",
        ),
        (
            "rtb-1",
            r#"{"RouteTables": [{"RouteTableId": "rtb-1", "Routes": [{"GatewayId": "igw-1"}]}]}"#,
            "a route has no destination",
        ),
        (
            "eni-1",
            r#"{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
            "PrivateIpAddress": "10.0.0.256"}]}"#,
            "`10.0.0.256` is not an address",
        ),
        ("eni-1", r#"{"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1"}]}"#, "no `VpcId`"),
        (
            "vpc-1",
            r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/99"}]}"#,
            "`10.0.0.0/99` is not an address range",
        ),
        ("pl-1", r#"{"PrefixLists": [{"PrefixListId": "pl-1", "Cidrs": ["x"]}]}"#, "`x` is not an address range"),
    ];
    for (id, text, expected) in cases {
        let network = snapshot(&[("a.json", text)]).network;
        let why = network.unreadable(id).unwrap_or_default();
        assert!(why.ends_with(expected), "{id}: {why}");
    }
}

#[test]
fn a_record_without_an_id_makes_its_answer_incomplete() {
    let network = snapshot(&[("a.json", r#"{"SecurityGroups": [{"GroupName": "web"}]}"#)]).network;
    assert_eq!(network.failure("SecurityGroups"), Some("`SecurityGroups[0]` in `a.json` has no `GroupId`"));
}

#[test]
fn what_failed_is_the_answer_whatever_its_document_is_called() {
    for (told, answer) in [
        ("ManagedPrefixListEntries", "PrefixLists"),
        ("LoadBalancerListeners", "Listeners"),
        ("directConnectGatewayAssociations", "DirectConnectGatewayAssociations"),
        ("network_acls", "NetworkAcls"),
    ] {
        let text = format!(r#"{{"Errors": [{{"Answer": "{told}", "Why": "denied", "Permission": "ec2:X"}}]}}"#);
        assert_eq!(snapshot(&[("errors.json", &text)]).network.failure(answer), Some("denied"), "{told}");
    }
}

#[test]
fn refused_answers_are_listed_and_open_every_vpc_to_doubt() {
    let network = snapshot(&[
        ("errors.json", r#"{"Errors": [{"Answer": "VpcPeeringConnections", "Why": "UnauthorizedOperation"}]}"#),
        ("Vpcs.json", r#"{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}]}"#),
    ])
    .network;
    assert_eq!(network.failure("VpcPeeringConnections"), Some("UnauthorizedOperation"));
    let edge = &network.unmodelled_edges[0];
    assert_eq!((edge.edge, edge.vpcs.as_slice()), (Edge::PeeredVPC, &["vpc-1".to_owned()][..]));
}

#[test]
fn ways_that_are_not_followed_are_known_by_name() {
    let network = snapshot(&[(
        "all.json",
        r#"{"VpcPeeringConnections": [
              {"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
               "RequesterVpcInfo": {"VpcId": "vpc-1"}, "AccepterVpcInfo": {"VpcId": "vpc-2"}},
              {"VpcPeeringConnectionId": "pcx-2", "Status": {"Code": "deleted"},
               "RequesterVpcInfo": {"VpcId": "vpc-1"}, "AccepterVpcInfo": {"VpcId": "vpc-3"}}],
            "VpnGateways": [{"VpnGatewayId": "vgw-1", "VpcAttachments": [{"VpcId": "vpc-1", "State": "attached"},
              {"VpcId": "vpc-2", "State": "detached"}]}],
            "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-3", "Routes": [
              {"DestinationCidrBlock": "10.0.0.0/8", "VpcPeeringConnectionId": "pcx-9", "State": "active"}]}]}"#,
    )])
    .network;
    let edges: Vec<String> = network
        .unmodelled_edges
        .iter()
        .map(|edge| format!("{} {} {}", edge.edge, edge.via, edge.vpcs.join(",")))
        .collect();
    let expected = ["PeeredVPC pcx-9 vpc-3"];
    assert_eq!(edges, expected);
}

#[test]
fn an_unknown_prefix_list_is_not_an_empty_one() {
    let network = snapshot(&[(
        "PrefixLists.json",
        r#"{"PrefixLists": [{"PrefixListId": "pl-1", "MaxEntries": 5}, {"PrefixListId": "pl-2", "Cidrs": []}],
            "ManagedPrefixListEntries": [{"PrefixListId": "pl-3", "Entries": [{"Cidr": "8.8.8.0/24"}]}]}"#,
    )])
    .network;
    let lists: Vec<_> = network.prefix_lists.iter().map(|list| (list.id.as_str(), list.ranges.len())).collect();
    assert_eq!(lists, [("pl-2", 0), ("pl-3", 1)]);
}

#[test]
fn block_public_access_counts_unless_it_is_off() {
    let vpcs = |mode: &str| {
        let options = format!(
            r#"{{"VpcBlockPublicAccessOptions": {{"AwsAccountId": "111111111111", "AwsRegion": "us-east-1",
                "InternetGatewayBlockMode": "{mode}"}}}}"#
        );
        let vpcs = r#"{"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "111111111111"}, {"VpcId": "vpc-2", "OwnerId": "222222222222"}]}"#;
        let elsewhere = r#"{"Vpcs": [{"VpcId": "vpc-3", "OwnerId": "111111111111"}]}"#;
        let documents = [("a/bpa.json", &*options), ("a/vpcs.json", vpcs), ("a/eu-west-1/vpcs.json", elsewhere)];
        let blocks = snapshot(&documents).network.public_access_blocks.into_iter();
        blocks.map(|block| (block.mode, block.vpcs)).collect::<Vec<_>>()
    };
    assert_eq!(vpcs("off"), []);
    let expected = ("block-bidirectional".to_owned(), vec!["vpc-1".to_owned()]);
    assert_eq!(vpcs("block-bidirectional"), [expected], "only those of its own account and Region");
}

#[test]
fn broken_documents_are_refused_with_file_and_object() {
    let cases: [(&str, &str); 5] = [
        ("{\"Vpcs\": [", "cannot read `a.json`: not JSON: EOF"),
        ("", "cannot read `a.json`: not JSON: EOF"),
        ("{} {}", "cannot read `a.json`: not JSON: trailing characters"),
        (
            r#"{"Vpcs": {"VpcId": "vpc-1"}}"#,
            "cannot read `Vpcs[0]` in `a.json`: invalid type: map, expected a list of records",
        ),
        (
            r#"{"SecurityGroups": [{"GroupId": "sg-1"}, {"GroupId": 7}]}"#,
            "cannot read `SecurityGroups[1]` in `a.json`: invalid type: integer `7`, expected a string",
        ),
    ];
    for (text, expected) in cases {
        let error = try_snapshot(&[("a.json", text)]).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn nesting_however_deep_costs_no_stack() {
    let deep = |key: &str| format!("{{\"{key}\": {}1{}}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(try_snapshot(&[("a.json", &deep("Other"))]).is_ok(), "skipped");
    assert!(try_snapshot(&[("a.json", &deep("Vpcs"))]).is_err(), "refused at the first list inside");
}

#[test]
fn what_is_no_aws_answer_is_skipped_by_name() {
    let read = snapshot(&[("list.json", "[1]"), ("other.json", r#"{"Facts": [], "NatGateways": []}"#)]);
    assert_eq!(read.skipped, ["`list.json`: not an object of AWS answers", "`other.json`: `Facts` is not used"]);
    assert!(read.network.answered.is_empty());
}
