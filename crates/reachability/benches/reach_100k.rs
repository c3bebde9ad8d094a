//! Scenario `reach-100k`: 100,000 interfaces, 20,000 security groups, 200,000 rules, 4,000 network ACLs, JSON in to
//! totals out. Prints one line of figures. `cargo bench -p inspector-reachability --bench reach_100k`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock and prints, and its generator's numbers are small"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use inspector_reachability::aws::{self, Document};
use inspector_reachability::prove;
use inspector_reachability::question::Question;

const INTERFACES: u32 = 100_000;
const GROUPS: u32 = 20_000;
const RULES: u32 = 200_000;
const ACLS: u32 = 4_000;
const VPCS: u32 = 100;
const REPEATS: usize = 5;

fn main() {
    let documents = generate();
    let bytes: usize = documents.iter().map(|(_, text)| text.len()).sum();
    let mut best: Option<Figures> = None;
    for _ in 0..REPEATS {
        let figures = measure(&documents);
        if best.as_ref().is_none_or(|best| figures.whole < best.whole) {
            best = Some(figures);
        }
    }
    let Figures { read, whole, read_work, work, totals } = best.unwrap();
    println!(
        "reach-100k: {:.3} s JSON to totals, {:.3} s of it analysis ({:.2} and {:.2} s of processor time); {} MB, {} interfaces, {} reachable, peak {} MB",
        whole.as_secs_f64(),
        (whole - read).as_secs_f64(),
        work,
        work - read_work,
        bytes / 1_000_000,
        totals.interfaces,
        totals.reachable_interfaces,
        peak_megabytes()
    );
}

/// One run. On a busy machine the processor time says more than the clock.
struct Figures {
    read: Duration,
    whole: Duration,
    /// Processor seconds, over all threads.
    read_work: f64,
    work: f64,
    totals: prove::Totals,
}

fn measure(documents: &[(String, String)]) -> Figures {
    let (start, before) = (Instant::now(), processor_seconds());
    let borrowed = documents.iter().map(|(path, text)| Document { path, bytes: text.as_bytes() });
    let network = aws::read(borrowed).unwrap().network;
    let (read, read_work) = (start.elapsed(), processor_seconds() - before);
    let totals = prove::totals(&network, &Question::default());
    Figures { read, whole: start.elapsed(), read_work, work: processor_seconds() - before, totals }
}

/// `utime` and `stime` of proc(5), which counts in hundredths of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u32 = fields.skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}

/// `VmHWM` of proc(5).
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes / 1024)
}

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

fn generate() -> Vec<(String, String)> {
    let mut random = Random(20_260_520);
    vec![
        ("Vpcs.json".to_owned(), list("Vpcs", (0..VPCS).map(vpc))),
        ("InternetGateways.json".to_owned(), list("InternetGateways", (0..VPCS).map(gateway))),
        ("RouteTables.json".to_owned(), list("RouteTables", (0..ACLS).map(table))),
        ("NetworkAcls.json".to_owned(), list("NetworkAcls", (0..ACLS).map(|at| acl(at, &mut random)))),
        ("SecurityGroups.json".to_owned(), list("SecurityGroups", (0..GROUPS).map(|at| group(at, &mut random)))),
        (
            "NetworkInterfaces.json".to_owned(),
            list("NetworkInterfaces", (0..INTERFACES).map(|at| interface(at, &mut random))),
        ),
        ("Reservations.json".to_owned(), list("Reservations", (0..INTERFACES).map(reservation))),
    ]
}

fn list(key: &str, records: impl Iterator<Item = String>) -> String {
    let mut text = format!("{{\n    \"{key}\": [");
    for (at, record) in records.enumerate() {
        text.push_str(if at == 0 { "\n        " } else { ",\n        " });
        text.push_str(&record);
    }
    text.push_str("\n    ]\n}\n");
    text
}

/// One subnet for each ACL; the subnet's VPC.
fn vpc_of(subnet: u32) -> u32 {
    subnet % VPCS
}

fn vpc(at: u32) -> String {
    format!(
        r#"{{"CidrBlock": "10.{at}.0.0/16", "DhcpOptionsId": "dopt-0123456789abcdef0", "State": "available", "VpcId": "vpc-{at:017x}", "OwnerId": "123456789012", "CidrBlockAssociationSet": [{{"AssociationId": "vpc-cidr-assoc-{at:017x}", "CidrBlock": "10.{at}.0.0/16", "CidrBlockState": {{"State": "associated"}}}}], "IsDefault": false}}"#
    )
}

fn gateway(at: u32) -> String {
    format!(
        r#"{{"Attachments": [{{"State": "available", "VpcId": "vpc-{at:017x}"}}], "InternetGatewayId": "igw-{at:017x}", "OwnerId": "123456789012", "Tags": []}}"#
    )
}

/// Two tables of three lead to the internet gateway.
fn table(at: u32) -> String {
    let vpc = vpc_of(at);
    let default = if at.is_multiple_of(3) {
        format!(r#""NatGatewayId": "nat-{vpc:017x}""#)
    } else {
        format!(r#""GatewayId": "igw-{vpc:017x}""#)
    };
    format!(
        r#"{{"Associations": [{{"Main": false, "RouteTableAssociationId": "rtbassoc-{at:017x}", "RouteTableId": "rtb-{at:017x}", "SubnetId": "subnet-{at:017x}", "AssociationState": {{"State": "associated"}}}}], "PropagatingVgws": [], "RouteTableId": "rtb-{at:017x}", "Routes": [{{"DestinationCidrBlock": "10.{vpc}.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"}}, {{"DestinationCidrBlock": "0.0.0.0/0", {default}, "Origin": "CreateRoute", "State": "active"}}], "Tags": [], "VpcId": "vpc-{vpc:017x}", "OwnerId": "123456789012"}}"#
    )
}

/// Twenty entries in each direction, some of which deny, and the rest allowed.
fn acl(at: u32, random: &mut Random) -> String {
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
    let vpc = vpc_of(at);
    format!(
        r#"{{"Associations": [{{"NetworkAclAssociationId": "aclassoc-{at:017x}", "NetworkAclId": "acl-{at:017x}", "SubnetId": "subnet-{at:017x}"}}], "Entries": [{entries}], "IsDefault": false, "NetworkAclId": "acl-{at:017x}", "Tags": [], "VpcId": "vpc-{vpc:017x}", "OwnerId": "123456789012"}}"#
    )
}

/// Ten rules: private ranges, other groups, and now and then the internet or a part of it.
fn group(at: u32, random: &mut Random) -> String {
    let mut permissions = String::new();
    for rule in 0..RULES / GROUPS {
        let port = [22, 80, 443, 3306, 5432, 8080, 9200, 27017][random.below(8) as usize] + rule;
        let (pairs, ranges) = match random.below(4) {
            0 => (
                format!(r#"{{"GroupId": "sg-{:017x}", "UserId": "123456789012"}}"#, random.below(GROUPS)),
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
        at % VPCS
    )
}

/// Two interfaces of five have a public address; interfaces of a subnet share some of the groups.
fn interface(at: u32, random: &mut Random) -> String {
    let subnet = random.below(ACLS);
    let vpc = vpc_of(subnet);
    let mut groups = String::new();
    for number in 0..=random.below(3) {
        let comma = if number == 0 { "" } else { ", " };
        let group = (random.below(GROUPS / VPCS) * VPCS) + vpc;
        let _infallible = write!(groups, r#"{comma}{{"GroupName": "group-{group}", "GroupId": "sg-{group:017x}"}}"#);
    }
    let address = format!("10.{vpc}.{}.{}", at / 256 % 256, at % 256);
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
