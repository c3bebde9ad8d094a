//! Findings word for word as the original wrote them: real ones, exported to Security Hub, where they are at hand, on a
//! snapshot that is made to lead to each.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test's helpers may panic like the test itself, and this one reads the findings"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::network_reachability::evaluate;
use inspector_model::assessment::Subject;
use inspector_model::host::{HostFacts, HostScope, Listener, Process, Transport};
use inspector_model::{Fact, Finding, PackageKey, Place, Timestamp};
use inspector_reachability::aws::{self, Document};
use serde_json::{Value, json};

/// The folder of real findings, if it is there.
fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("OPENINSPECTOR_SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("data/aws-networks/inspector-findings");
    if !folder.is_dir() {
        eprintln!("skipped: no real findings at `{}`; set OPENINSPECTOR_SHARED", folder.display());
        return None;
    }
    Some(folder)
}

fn attribute<'f>(finding: &'f Value, key: &str) -> Option<&'f str> {
    finding["ProductFields"][format!("attributes/{key}")].as_str()
}

/// An instance whose one port is reachable over the edge that a finding names, with the finding's ids.
fn snapshot(finding: &Value) -> String {
    let of = |key: &str| attribute(finding, key).unwrap_or_default();
    let port: u16 = attribute(finding, "PORT").map_or(22, |port| port.parse().unwrap());
    let all = |number: u16, egress: bool| json!({"RuleNumber": number, "Egress": egress, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "0.0.0.0/0"});
    let (vpc, peer) = (of("VPC"), "vpc-peer");
    let target = match attribute(finding, "PCX") {
        Some(peering) => {
            json!({"DestinationCidrBlock": "0.0.0.0/0", "VpcPeeringConnectionId": peering, "State": "active"})
        }
        None => json!({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": of("IGW"), "State": "active"}),
    };
    let mut snapshot = json!({
        "Vpcs": [{"VpcId": vpc, "CidrBlock": "10.1.0.0/16"}],
        "Reservations": [{"Instances": [{"InstanceId": of("INSTANCE_ID"), "State": {"Name": "running"}, "NetworkInterfaces": [
            {"NetworkInterfaceId": of("ENI"), "Status": "in-use", "SubnetId": "subnet-1", "VpcId": vpc,
             "Groups": [{"GroupId": of("SECURITY_GROUP")}], "PrivateIpAddresses": [{"Primary": true,
             "PrivateIpAddress": "10.1.0.5", "Association": {"PublicIp": "3.4.5.6"}}]}]}]}],
        "SecurityGroups": [{"GroupId": of("SECURITY_GROUP"), "VpcId": vpc, "IpPermissions": [
            {"IpProtocol": of("PROTOCOL").to_lowercase(), "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
        "NetworkAcls": [{"NetworkAclId": of("ACL"), "VpcId": vpc, "Associations": [{"SubnetId": "subnet-1"}],
            "Entries": [all(1, false), all(1, true)]}],
        "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": vpc, "Associations": [{"Main": true}], "Routes": [target]}],
        "InternetGateways": []
    });
    if let Some(gateway) = attribute(finding, "IGW") {
        snapshot["InternetGateways"] =
            json!([{"InternetGatewayId": gateway, "Attachments": [{"VpcId": vpc, "State": "available"}]}]);
    }
    if let Some(peering) = attribute(finding, "PCX") {
        snapshot["VpcPeeringConnections"] = json!([{"VpcPeeringConnectionId": peering, "Status": {"Code": "active"},
            "RequesterVpcInfo": {"VpcId": vpc, "CidrBlock": "10.1.0.0/16"},
            "AccepterVpcInfo": {"VpcId": peer, "CidrBlock": "10.2.0.0/16"}}]);
    }
    snapshot.to_string()
}

/// What the instance's agent said: nothing where the finding has none.
fn host(finding: &Value) -> Option<HostFacts> {
    let process = || {
        let of = |key| attribute(finding, key).unwrap().to_owned();
        Process { pid: of("PROCESS_PID").parse().unwrap(), name: of("PROCESS_NAME"), path: of("PROCESS_PATH") }
    };
    let listeners = match attribute(finding, "RULE_TYPE")? {
        "RecognizedPortNoListener" => Vec::new(),
        kind if kind.ends_with("WithListener") => vec![Listener {
            transport: Transport::Tcp,
            address: "0.0.0.0".parse().unwrap(),
            port: attribute(finding, "PORT")?.parse().unwrap(),
            process: Some(process()),
            package: None,
            container: None,
        }],
        _ => return None,
    };
    Some(HostFacts {
        scope: HostScope::Live,
        listeners: Fact::Seen { value: listeners, at: Place::whole("/proc/net/tcp") },
        ..HostFacts::of_document("test", Timestamp::from_millis(0))
    })
}

fn findings(real: &Value) -> Vec<Finding> {
    let text = snapshot(real);
    let network = aws::read([Document { path: "all.json", bytes: text.as_bytes() }]).unwrap().network;
    let host = host(real);
    let instance = attribute(real, "INSTANCE_ID").unwrap().to_owned();
    let hosts = host.iter().map(|host| (instance.clone(), host)).collect();
    let moment = Timestamp::from_millis(0);
    let span = Span { started_at: moment, completed_at: moment };
    let subject = Subject::Network { id: "test".into(), instances: 1 };
    evaluate(&network, None, &hosts).finish(subject, vec![PackageKey::NetworkReachability], span).findings
}

#[test]
fn findings_are_word_for_word_those_of_the_original() {
    let Some(folder) = folder() else { return };
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let real: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let rule = real["ProductFields"]["aws/inspector/id"].as_str().unwrap();
        let ours = findings(&real);
        let names: Vec<&str> = ours.iter().map(|finding| finding.rule.as_str()).collect();
        let finding = ours.iter().find(|finding| finding.rule == rule);
        let finding = finding.unwrap_or_else(|| panic!("{}: `{rule}` is not among {names:?}", path.display()));
        assert_eq!(Some(finding.title.as_str()), real["Title"].as_str(), "{}", path.display());
        assert_eq!(Some(finding.description.as_str()), real["Description"].as_str(), "{}", path.display());
        let recommendation = real["Remediation"]["Recommendation"]["Text"].as_str();
        assert_eq!(Some(finding.recommendation.as_str()), recommendation, "{}", path.display());
        assert_eq!(Some(finding.severity.to_string().to_uppercase().as_str()), real["Severity"]["Label"].as_str());
        // The other VPC's id was made that of this one where the findings were exported; the balancer has a test of its own.
        let theirs = real["ProductFields"].as_object().unwrap().iter();
        let theirs = theirs.filter_map(|(key, value)| Some((key.strip_prefix("attributes/")?, value.as_str()?)));
        let theirs: BTreeMap<&str, &str> = theirs.filter(|(key, _)| !matches!(*key, "PCX_VPC" | "ELB2")).collect();
        let own = finding.attributes.iter().map(|one| (one.key.as_str(), one.value.as_str()));
        let own: BTreeMap<&str, &str> = own.filter(|(key, _)| *key != "PCX_VPC").collect();
        assert_eq!(own, theirs, "{}", path.display());
        compared += 1;
    }
    assert!(compared >= 7, "{compared}");
}
