//! A large network of many distinct classes as AWS CLI JSON, the same in every run.

use std::fmt::Write as _;
use std::io::Write;

/// How many of what a network has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) interfaces: u32,
}

impl Shape {
    pub(crate) const fn groups(self) -> u32 {
        self.interfaces / 5
    }

    pub(crate) const fn acls(self) -> u32 {
        self.interfaces / 25
    }

    const fn vpcs(self) -> u32 {
        self.interfaces.div_ceil(1000)
    }

    /// One subnet for each ACL; the subnet's VPC.
    const fn vpc_of(self, subnet: u32) -> u32 {
        subnet % self.vpcs()
    }
}

/// Rules of one group.
const RULES: u32 = 10;

/// xorshift64*, so that every run measures the same network.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % u64::from(bound)) as u32
    }
}

/// Writes each document to what `sink` gives for its name.
pub(crate) fn write<W: Write>(shape: Shape, mut sink: impl FnMut(&str) -> W) -> std::io::Result<()> {
    let mut random = Random(20_260_520);
    let Shape { interfaces } = shape;
    list(sink("Vpcs.json"), "Vpcs", (0..shape.vpcs()).map(vpc))?;
    list(sink("InternetGateways.json"), "InternetGateways", (0..shape.vpcs()).map(gateway))?;
    list(sink("RouteTables.json"), "RouteTables", (0..shape.acls()).map(|at| table(shape, at)))?;
    list(sink("NetworkAcls.json"), "NetworkAcls", (0..shape.acls()).map(|at| acl(shape, at, &mut random)))?;
    list(sink("SecurityGroups.json"), "SecurityGroups", (0..shape.groups()).map(|at| group(shape, at, &mut random)))?;
    let all = (0..interfaces).map(|at| interface(shape, at, &mut random));
    list(sink("NetworkInterfaces.json"), "NetworkInterfaces", all)?;
    list(sink("Reservations.json"), "Reservations", (0..interfaces).map(reservation))
}

fn list(mut to: impl Write, key: &str, records: impl Iterator<Item = String>) -> std::io::Result<()> {
    write!(to, "{{\n    \"{key}\": [")?;
    for (at, record) in records.enumerate() {
        to.write_all(if at == 0 { b"\n        " } else { b",\n        " })?;
        to.write_all(record.as_bytes())?;
    }
    to.write_all(b"\n    ]\n}\n")?;
    to.flush()
}

fn vpc(at: u32) -> String {
    let second = at % 256;
    format!(
        r#"{{"CidrBlock": "10.{second}.0.0/16", "DhcpOptionsId": "dopt-0123456789abcdef0", "State": "available", "VpcId": "vpc-{at:017x}", "OwnerId": "123456789012", "CidrBlockAssociationSet": [{{"AssociationId": "vpc-cidr-assoc-{at:017x}", "CidrBlock": "10.{second}.0.0/16", "CidrBlockState": {{"State": "associated"}}}}], "IsDefault": false}}"#
    )
}

fn gateway(at: u32) -> String {
    format!(
        r#"{{"Attachments": [{{"State": "available", "VpcId": "vpc-{at:017x}"}}], "InternetGatewayId": "igw-{at:017x}", "OwnerId": "123456789012", "Tags": []}}"#
    )
}

/// Two tables of three lead to the internet gateway.
fn table(shape: Shape, at: u32) -> String {
    let vpc = shape.vpc_of(at);
    let second = vpc % 256;
    let default = if at.is_multiple_of(3) {
        format!(r#""NatGatewayId": "nat-{vpc:017x}""#)
    } else {
        format!(r#""GatewayId": "igw-{vpc:017x}""#)
    };
    format!(
        r#"{{"Associations": [{{"Main": false, "RouteTableAssociationId": "rtbassoc-{at:017x}", "RouteTableId": "rtb-{at:017x}", "SubnetId": "subnet-{at:017x}", "AssociationState": {{"State": "associated"}}}}], "PropagatingVgws": [], "RouteTableId": "rtb-{at:017x}", "Routes": [{{"DestinationCidrBlock": "10.{second}.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"}}, {{"DestinationCidrBlock": "0.0.0.0/0", {default}, "Origin": "CreateRoute", "State": "active"}}], "Tags": [], "VpcId": "vpc-{vpc:017x}", "OwnerId": "123456789012"}}"#
    )
}

/// Twenty entries in each direction, some of which deny, and the rest allowed.
fn acl(shape: Shape, at: u32, random: &mut Random) -> String {
    let mut entries = String::new();
    for egress in [false, true] {
        for number in 1..20 {
            let action = if random.below(3) == 0 { "deny" } else { "allow" };
            let (a, length) = (random.below(223) + 1, 8 + random.below(17));
            let port = random.below(10_000);
            let _infallible = write!(
                entries,
                r#"{{"CidrBlock": "{a}.{}.0.0/{length}", "Egress": {egress}, "PortRange": {{"From": {port}, "To": {}}}, "Protocol": "{}", "RuleAction": "{action}", "RuleNumber": {}}}, "#,
                random.below(256),
                port + random.below(2000),
                if random.below(4) == 0 { 17 } else { 6 },
                number * 10
            );
        }
        let _infallible = write!(
            entries,
            r#"{{"CidrBlock": "0.0.0.0/0", "Egress": {egress}, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 1000}}, {{"CidrBlock": "0.0.0.0/0", "Egress": {egress}, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767}}{}"#,
            if egress { "" } else { ", " }
        );
    }
    let vpc = shape.vpc_of(at);
    format!(
        r#"{{"Associations": [{{"NetworkAclAssociationId": "aclassoc-{at:017x}", "NetworkAclId": "acl-{at:017x}", "SubnetId": "subnet-{at:017x}"}}], "Entries": [{entries}], "IsDefault": false, "NetworkAclId": "acl-{at:017x}", "Tags": [], "VpcId": "vpc-{vpc:017x}", "OwnerId": "123456789012"}}"#
    )
}

/// Ten rules: private ranges, other groups, and now and then the internet or a part of it.
fn group(shape: Shape, at: u32, random: &mut Random) -> String {
    let mut permissions = String::new();
    for rule in 0..RULES {
        let port = [22, 80, 443, 3306, 5432, 8080, 9200, 27017][random.below(8) as usize] + rule;
        let (pairs, ranges) = match random.below(4) {
            0 => (
                format!(r#"{{"GroupId": "sg-{:017x}", "UserId": "123456789012"}}"#, random.below(shape.groups())),
                String::new(),
            ),
            1 => (
                String::new(),
                format!(
                    r#"{{"CidrIp": "{}.{}.0.0/16", "Description": "office"}}"#,
                    random.below(223) + 1,
                    random.below(256)
                ),
            ),
            2 => (String::new(), format!(r#"{{"CidrIp": "10.{}.0.0/16"}}"#, random.below(256))),
            _ if random.below(8) == 0 => (String::new(), r#"{"CidrIp": "0.0.0.0/0"}"#.to_owned()),
            _ => (String::new(), format!(r#"{{"CidrIp": "192.168.{}.0/24"}}"#, random.below(256))),
        };
        let comma = if rule == 0 { "" } else { ", " };
        let _infallible = write!(
            permissions,
            r#"{comma}{{"FromPort": {port}, "IpProtocol": "tcp", "IpRanges": [{ranges}], "Ipv6Ranges": [], "PrefixListIds": [], "ToPort": {}, "UserIdGroupPairs": [{pairs}]}}"#,
            port + random.below(3)
        );
    }
    format!(
        r#"{{"Description": "group {at}", "GroupName": "group-{at}", "IpPermissions": [{permissions}], "OwnerId": "123456789012", "GroupId": "sg-{at:017x}", "IpPermissionsEgress": [{{"IpProtocol": "-1", "IpRanges": [{{"CidrIp": "0.0.0.0/0"}}], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}}], "VpcId": "vpc-{:017x}"}}"#,
        at % shape.vpcs()
    )
}

/// Two interfaces of five have a public address; interfaces of a subnet share some of the groups.
fn interface(shape: Shape, at: u32, random: &mut Random) -> String {
    let subnet = random.below(shape.acls());
    let vpc = shape.vpc_of(subnet);
    let mut groups = String::new();
    for number in 0..=random.below(3) {
        let comma = if number == 0 { "" } else { ", " };
        let group = (random.below(shape.groups() / shape.vpcs()) * shape.vpcs()) + vpc;
        let _infallible = write!(groups, r#"{comma}{{"GroupName": "group-{group}", "GroupId": "sg-{group:017x}"}}"#);
    }
    let address = format!("10.{}.{}.{}", vpc % 256, at / 256 % 256, at % 256);
    let association = if at % 5 < 2 {
        format!(
            r#""Association": {{"IpOwnerId": "amazon", "PublicDnsName": "ec2-3-{0}-{1}-{2}.compute-1.amazonaws.com", "PublicIp": "3.{0}.{1}.{2}"}}, "#,
            at / 65536 % 256,
            at / 256 % 256,
            at % 256
        )
    } else {
        String::new()
    };
    format!(
        r#"{{{association}"Attachment": {{"AttachTime": "2026-01-01T00:00:00+00:00", "AttachmentId": "eni-attach-{at:017x}", "DeleteOnTermination": true, "DeviceIndex": 0, "InstanceId": "i-{at:017x}", "InstanceOwnerId": "123456789012", "Status": "attached"}}, "AvailabilityZone": "us-east-1a", "Description": "", "Groups": [{groups}], "InterfaceType": "interface", "Ipv6Addresses": [], "MacAddress": "0e:00:00:00:00:00", "NetworkInterfaceId": "eni-{at:017x}", "OwnerId": "123456789012", "PrivateDnsName": "ip-{address}.ec2.internal", "PrivateIpAddress": "{address}", "PrivateIpAddresses": [{{{association}"Primary": true, "PrivateDnsName": "ip-{address}.ec2.internal", "PrivateIpAddress": "{address}"}}], "RequesterManaged": false, "SourceDestCheck": true, "Status": "in-use", "SubnetId": "subnet-{subnet:017x}", "TagSet": [{{"Key": "Name", "Value": "host-{at}"}}], "VpcId": "vpc-{vpc:017x}"}}"#
    )
}

fn reservation(at: u32) -> String {
    format!(
        r#"{{"Groups": [], "Instances": [{{"AmiLaunchIndex": 0, "ImageId": "ami-0123456789abcdef0", "InstanceId": "i-{at:017x}", "InstanceType": "t3.micro", "LaunchTime": "2026-01-01T00:00:00+00:00", "Monitoring": {{"State": "disabled"}}, "Placement": {{"AvailabilityZone": "us-east-1a", "GroupName": "", "Tenancy": "default"}}, "ProductCodes": [], "PublicDnsName": "", "State": {{"Code": 16, "Name": "running"}}, "StateTransitionReason": "", "Architecture": "x86_64", "BlockDeviceMappings": [{{"DeviceName": "/dev/xvda", "Ebs": {{"AttachTime": "2026-01-01T00:00:00+00:00", "DeleteOnTermination": true, "Status": "attached", "VolumeId": "vol-{at:017x}"}}}}], "EbsOptimized": false, "EnaSupport": true, "Hypervisor": "xen", "NetworkInterfaces": [], "RootDeviceName": "/dev/xvda", "RootDeviceType": "ebs", "SourceDestCheck": true, "Tags": [{{"Key": "Name", "Value": "host-{at}"}}], "VirtualizationType": "hvm"}}], "OwnerId": "123456789012", "ReservationId": "r-{at:017x}"}}"#
    )
}
