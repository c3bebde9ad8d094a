"""Reading AWS, against moto: the documents are those of the stock AWS CLI, and a scan of them finds what is open.

moto pages nothing and lacks whole services; what it does not know it answers with an error of the server, which is one more
thing to get right. Paging, throttling, denial and failure half way are tested in `crates/aws` with a server of our own.
"""

import json
import subprocess

import boto3
import pytest

from conftest import BIN, ROOT
from moto_server import ACCOUNT, REGION, moto  # noqa: F401

# Documents, with the command of AWS CLI whose answer each is.
COMMANDS = {
    "Addresses": "ec2 describe-addresses",
    "AvailabilityZones": "ec2 describe-availability-zones",
    "CustomerGateways": "ec2 describe-customer-gateways",
    "EgressOnlyInternetGateways": "ec2 describe-egress-only-internet-gateways",
    "InternetGateways": "ec2 describe-internet-gateways",
    "ManagedPrefixLists": "ec2 describe-managed-prefix-lists",
    "NatGateways": "ec2 describe-nat-gateways",
    "NetworkAcls": "ec2 describe-network-acls",
    "NetworkInterfaces": "ec2 describe-network-interfaces",
    "Reservations": "ec2 describe-instances",
    "RouteTables": "ec2 describe-route-tables",
    "SecurityGroups": "ec2 describe-security-groups",
    "Subnets": "ec2 describe-subnets",
    "TransitGatewayAttachments": "ec2 describe-transit-gateway-attachments",
    "TransitGatewayRouteTables": "ec2 describe-transit-gateway-route-tables",
    "TransitGatewayVpcAttachments": "ec2 describe-transit-gateway-vpc-attachments",
    "TransitGateways": "ec2 describe-transit-gateways",
    "VpcEndpoints": "ec2 describe-vpc-endpoints",
    "VpcPeeringConnections": "ec2 describe-vpc-peering-connections",
    "Vpcs": "ec2 describe-vpcs",
    "VpnConnections": "ec2 describe-vpn-connections",
    "VpnGateways": "ec2 describe-vpn-gateways",
    "LoadBalancerDescriptions": "elb describe-load-balancers",
    "LoadBalancers": "elbv2 describe-load-balancers",
    "TargetGroups": "elbv2 describe-target-groups",
    "directConnectConnections": "directconnect describe-connections",
    "FirewallNames": "network-firewall list-firewalls",
}

# Documents that hold an answer for each of many things: command, the argument that names the thing, its member.
COMMANDS_FOR_EACH = {
    "ManagedPrefixListEntries": ("ec2 get-managed-prefix-list-entries --prefix-list-id", "PrefixListId"),
    "LoadBalancerListeners": ("elbv2 describe-listeners --load-balancer-arn", "LoadBalancerArn"),
    "LoadBalancerAttributes": ("elbv2 describe-load-balancer-attributes --load-balancer-arn", "LoadBalancerArn"),
    "ListenerRules": ("elbv2 describe-rules --listener-arn", "ListenerArn"),
    "LoadBalancerTargetHealth": ("elbv2 describe-target-health --target-group-arn", "TargetGroupArn"),
    "TargetGroupAttributes": ("elbv2 describe-target-group-attributes --target-group-arn", "TargetGroupArn"),
    "ClassicLoadBalancerAttributes": ("elb describe-load-balancer-attributes --load-balancer-name", "LoadBalancerName"),
    "TransitGatewayPropagations": (
        "ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id",
        "TransitGatewayRouteTableId",
    ),
}

# What moto does not have, or not with a bound on pages: it answers with status 500, so the documents are missing and named.
MISSING_IN_MOTO = {
    "AuthorizationRules", "ClientVpnEndpoints", "ClientVpnRoutes", "ClientVpnTargetNetworks",
    "SecurityGroupVpcAssociations", "TransitGatewayConnects", "TransitGatewayPrefixListReferences",
    "TransitGatewayRoutes", "VpcBlockPublicAccessExclusions",
    "VpcBlockPublicAccessOptions", "VpcEndpointConnections", "directConnectGatewayAssociations",
    "directConnectGatewayAttachments", "directConnectGateways", "virtualGateways", "virtualInterfaces",
}  # fmt: skip


@pytest.fixture(scope="module")
def network(moto):
    """A VPC with one instance that is open to the world, one that is not, and a bit of everything that moto knows."""
    ec2, elb, elbv2 = moto.client("ec2"), moto.client("elb"), moto.client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    zones = ["us-east-1a", "us-east-1b"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for n, zone in enumerate(zones)
    ]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    ec2.create_route(
        RouteTableId=tables[0]["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway
    )
    ec2.create_egress_only_internet_gateway(VpcId=vpc)
    offices = ec2.create_managed_prefix_list(
        PrefixListName="offices <&>", MaxEntries=5, AddressFamily="IPv4",
        Entries=[{"Cidr": "198.51.100.0/24", "Description": "a \"quoted\" <office> & more"}, {"Cidr": "203.0.113.0/25"}],
    )["PrefixList"]["PrefixListId"]  # fmt: skip
    open_group = ec2.create_security_group(GroupName="open", Description="to all", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=open_group,
        IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
            {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": offices}]},
            {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": open_group}]},
        ],
    )
    closed_group = ec2.create_security_group(GroupName="closed", Description="to none", VpcId=vpc)["GroupId"]

    def instance(group, subnet, name):
        tags = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}]}]
        started = ec2.run_instances(
            ImageId="ami-12c6146b", MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[group],
            TagSpecifications=tags,
        )["Instances"][0]  # fmt: skip
        ec2.associate_address(
            InstanceId=started["InstanceId"], AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"]
        )
        return started["InstanceId"]

    opened, closed = instance(open_group, subnets[0], "open"), instance(closed_group, subnets[1], "closed")
    peer = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    peering = ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=peer)["VpcPeeringConnection"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering["VpcPeeringConnectionId"])
    transit = ec2.create_transit_gateway(Description="hub")["TransitGateway"]["TransitGatewayId"]
    ec2.create_transit_gateway_vpc_attachment(TransitGatewayId=transit, VpcId=vpc, SubnetIds=subnets[:1])
    ec2.create_vpn_gateway(Type="ipsec.1")
    ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=ec2.allocate_address(Domain="vpc")["AllocationId"])
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", RouteTableIds=[])
    balancer = elbv2.create_load_balancer(Name="web", Subnets=subnets, SecurityGroups=[open_group], Scheme="internet-facing")["LoadBalancers"][0]
    targets = elbv2.create_target_group(Name="web", Protocol="HTTP", Port=8080, VpcId=vpc)["TargetGroups"][0]
    elbv2.register_targets(TargetGroupArn=targets["TargetGroupArn"], Targets=[{"Id": closed}])
    elbv2.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": targets["TargetGroupArn"]}],
    )  # fmt: skip
    listener = {"Protocol": "TCP", "LoadBalancerPort": 22, "InstancePort": 22}
    elb.create_load_balancer(LoadBalancerName="old", Listeners=[listener], Subnets=subnets)
    return {"vpc": vpc, "open": opened, "closed": closed, "gateway": gateway, "group": open_group}


@pytest.fixture(scope="module")
def folder(moto, network, tmp_path_factory):
    """A snapshot of the network, as a folder."""
    folder = tmp_path_factory.mktemp("snapshot") / "taken"
    done = moto.snapshot(folder, "--region", REGION)
    assert done.returncode == 3, done.stderr
    return folder


def document(folder, name):
    return json.loads((folder / "accounts" / ACCOUNT / REGION / f"{name}.json").read_text())


def without_tokens(answer):
    return {key: value for key, value in answer.items() if key not in ("NextToken", "nextToken", "NextMarker")}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_document_is_what_the_stock_client_prints(moto, folder, name):
    printed = without_tokens(moto.aws(COMMANDS[name]))
    written = document(folder, name)
    assert list(written.values()) == list(printed.values()), name


@pytest.mark.parametrize("name", COMMANDS_FOR_EACH)
def test_each_record_is_what_the_stock_client_prints_for_it(moto, folder, name):
    command, member = COMMANDS_FOR_EACH[name]
    (records,) = document(folder, name).values()
    assert records, name
    for record in records[:3]:
        about = record.pop(member)
        assert record == without_tokens(moto.aws(command, about)), name


def test_what_failed_is_named_and_has_no_document(folder):
    errors = document(folder, "errors")["Errors"]
    assert {error["Answer"] for error in errors} == MISSING_IN_MOTO
    for name in MISSING_IN_MOTO:
        assert not (folder / "accounts" / ACCOUNT / REGION / f"{name}.json").exists()


def test_a_scan_of_the_snapshot_and_of_the_account_are_the_same(moto, folder, network):
    offline = moto.inspector("scan", "network", folder, "--format", "json", "--coverage", "full")
    live = moto.inspector(
        "scan", "network", "--region", REGION, "--endpoint-url", moto.url, "--format", "json", "--coverage", "full"
    )
    assert offline.returncode == live.returncode == 3, live.stderr
    offline, live = json.loads(offline.stdout), json.loads(live.stdout)
    assert live["subject"]["id"] == f"{ACCOUNT} {REGION}"
    for finding in offline["findings"] + live["findings"]:
        del finding["createdAt"], finding["updatedAt"]
    # moto denies what VPC Block Public Access is set to, so nothing from the internet counts as certain.
    assert "DescribeVpcBlockPublicAccessOptions" in json.dumps(offline["exclusions"])
    for member in ("findings", "exclusions", "coverage"):
        assert offline[member] == live[member], member


def complete(folder, target):
    """The snapshot with what moto lacks answered: there is none of it."""
    place = target / "accounts" / ACCOUNT / REGION
    place.mkdir(parents=True)
    for path in (folder / "accounts" / ACCOUNT / REGION).iterdir():
        if path.name != "errors.json":
            (place / path.name).write_bytes(path.read_bytes())
    for name in MISSING_IN_MOTO - {"VpcBlockPublicAccessOptions"}:
        (place / f"{name}.json").write_text(json.dumps({name: []}))
    options = {"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"}}
    (place / "VpcBlockPublicAccessOptions.json").write_text(json.dumps(options))
    return target


def ways_in(moto, folder, instance):
    """Ports by protocol at which the internet reaches an instance, and those about which nothing could be told."""
    done = moto.inspector("reach", folder, "--to", instance, "--format", "json")
    facts = [fact for fact in json.loads(done.stdout)["facts"] if fact["edge"] == "Internet"]
    assert facts
    reachable = {fact["protocol"]: fact["ports"] for fact in facts if fact["reachable"]}
    return reachable, {fact["protocol"] for fact in facts if fact["outcome"] == "not_assessed"}


def test_a_scan_finds_what_is_open(moto, folder, network, tmp_path):
    whole = complete(folder, tmp_path / "whole")
    assert ways_in(moto, whole, network["open"]) == ({"tcp": "22,443"}, set())
    assert ways_in(moto, whole, network["closed"]) == ({}, set())


def test_a_role_is_assumed_and_its_account_read(moto, network, tmp_path):
    """The template that `aws-role` prints makes a role that can be assumed."""
    printed = moto.inspector(
        "admin", "aws-role", "--trust", ACCOUNT, "--external-id", "k-1", "--format", "cloudformation"
    )
    assert printed.returncode == 0, printed.stderr
    stacks = moto.client("cloudformation")
    stacks.create_stack(StackName="reader", TemplateBody=printed.stdout, Capabilities=["CAPABILITY_NAMED_IAM"])
    outputs = stacks.describe_stacks(StackName="reader")["Stacks"][0]["Outputs"]
    role = next(output["OutputValue"] for output in outputs if output["OutputKey"] == "RoleArn")
    policy = moto.client("iam").get_role_policy(RoleName="OpenInspectorRead", PolicyName="ReadNetworks")
    # moto keeps policies of templates as Python prints them.
    assert "ec2:DescribeInstances" in str(policy["PolicyDocument"])
    done = moto.snapshot(
        tmp_path / "s", "--region", REGION, "--region", "eu-west-1", "--account-role", role, "--external-id", "k-1"
    )
    assert done.returncode == 3, done.stderr
    assert {path.name for path in (tmp_path / "s" / "accounts" / ACCOUNT).iterdir()} == {REGION, "eu-west-1"}


def test_a_role_of_another_account_leads_there(moto, network, tmp_path):
    done = moto.snapshot(tmp_path / "s", "--region", REGION, "--account-role", "arn:aws:iam::210987654321:role/Reader")
    assert done.returncode == 3, done.stderr
    assert [path.name for path in (tmp_path / "s" / "accounts").iterdir()] == ["210987654321"]


# Two accounts that trust us. Neither is the caller's own.
READ_ACCOUNTS = ["210987654321", "310987654321"]


@pytest.fixture(scope="module")
def two_accounts(moto):
    """In each account and Region an instance that is open to the world, by (account, Region), and a group by the same."""
    opened = {}
    for account in READ_ACCOUNTS:
        role = f"arn:aws:iam::{account}:role/Reader"
        keys = moto.client("sts").assume_role(RoleArn=role, RoleSessionName="builder")["Credentials"]
        for region in (REGION, "eu-west-1"):
            ec2 = boto3.client(
                "ec2", endpoint_url=moto.url, region_name=region, aws_access_key_id=keys["AccessKeyId"],
                aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"],
            )  # fmt: skip
            vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
            subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
            gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
            ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
            (table,) = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
            ec2.create_route(
                RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway
            )
            group = ec2.create_security_group(GroupName="open", Description="to all", VpcId=vpc)["GroupId"]
            ec2.authorize_security_group_ingress(
                GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
            )
            started = ec2.run_instances(
                ImageId="ami-12c6146b", MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[group]
            )["Instances"][0]["InstanceId"]
            address = ec2.allocate_address(Domain="vpc")["AllocationId"]
            ec2.associate_address(InstanceId=started, AllocationId=address)
            opened[account, region] = started
    return opened


def test_a_scan_reads_many_accounts_and_regions_by_their_roles(moto, two_accounts, tmp_path):
    """The whole way: roles assumed, every Region of every account read, one picture judged."""
    arguments = ["--region", REGION, "--region", "eu-west-1"]
    for account in READ_ACCOUNTS:
        arguments += ["--account-role", f"arn:aws:iam::{account}:role/Reader"]
    taken = moto.snapshot(tmp_path / "taken", *arguments)
    assert taken.returncode == 3, taken.stderr
    places = {(path.parent.name, path.name) for path in (tmp_path / "taken" / "accounts").glob("*/*")}
    assert places == set(two_accounts)
    options = ["--format", "json", "--coverage", "full"]
    live = moto.inspector("scan", "network", *arguments, "--endpoint-url", moto.url, *options)
    offline = moto.inspector("scan", "network", tmp_path / "taken", *options)
    assert live.returncode == offline.returncode == 3, live.stderr
    live, offline = json.loads(live.stdout), json.loads(offline.stdout)
    assert live["subject"]["id"] == f"{', '.join(READ_ACCOUNTS)} eu-west-1, {REGION}"
    for finding in live["findings"] + offline["findings"]:
        del finding["createdAt"], finding["updatedAt"]
    for member in ("findings", "exclusions", "coverage"):
        assert live[member] == offline[member], member
    # What moto lacks is not taken for absent: each instance of each account is named with what was not read.
    excluded = json.dumps(live["exclusions"])
    assert all(instance in excluded for instance in two_accounts.values()), excluded
    # With those answers there, each is found.
    for account, region in two_accounts:
        place = tmp_path / "taken" / "accounts" / account / region
        errors = json.loads((place / "errors.json").read_text())["Errors"]
        for name in {error["Answer"] for error in errors} - {"VpcBlockPublicAccessOptions"}:
            (place / f"{name}.json").write_text(json.dumps({name: []}))
        options = {"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"}}
        (place / "VpcBlockPublicAccessOptions.json").write_text(json.dumps(options))
        (place / "errors.json").unlink()
    whole = moto.inspector("scan", "network", tmp_path / "taken", "--format", "json")
    assert whole.returncode == 0, whole.stderr
    found = {finding["assetAttributes"]["agentId"] for finding in json.loads(whole.stdout)["findings"]}
    assert found == set(two_accounts.values())


def test_two_roles_of_one_account_are_refused(moto):
    twice = ["--account-role", "arn:aws:iam::310987654321:role/Reader"] * 2
    done = moto.inspector("scan", "network", "--region", REGION, "--endpoint-url", moto.url, *twice)
    assert done.returncode == 2 and "which another role leads to already" in done.stderr and not done.stdout, done.stderr


def test_what_cannot_be_read_at_all_is_one_line_with_help(moto, tmp_path):
    nobody = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    for arguments, environment, expected in [
        (["--region", REGION], nobody, "cannot tell who asks: no credentials"),
        ([], {}, "no Region: neither the command line"),
        (["--region", REGION, "--external-id", "k"], {}, "--account-role"),
        (["--region", REGION], {"AWS_CA_BUNDLE": __file__}, "cannot use the certificates of `AWS_CA_BUNDLE`"),
        (["--region", "../../etc"], {}, "--region"),
    ]:
        done = moto.inspector(
            "snapshot", "--endpoint-url", moto.url, "--output", tmp_path / "s", *arguments, **environment
        )
        assert done.returncode == 2 and expected in done.stderr, done.stderr
        assert not (tmp_path / "s").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "Vpcs.json").write_text("{}")
    done = moto.snapshot(tmp_path / "full", "--region", REGION)
    assert done.returncode == 2 and "is not empty" in done.stderr


def test_the_role_is_printed_as_iam_takes_it():
    printed = subprocess.run(
        [str(BIN / "inspector"), "admin", "aws-role", "--trust", "arn:aws:iam::111122223333:role/OpenInspector"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    role = json.loads(printed.stdout)
    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["AWS"].endswith(":role/OpenInspector")
    actions = role["PolicyDocument"]["Statement"][0]["Action"]
    page = (ROOT / "docs" / "aws-permissions.md").read_text()
    assert len(actions) > 50 and all(f"`{action}`" in page for action in actions)
