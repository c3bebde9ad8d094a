//! The Network Reachability package on the example account, and on small changes to it.

#![expect(clippy::unwrap_used, reason = "a test's helpers may panic like the test itself")]

use std::collections::{BTreeMap, BTreeSet};

use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::network_reachability::evaluate;
use inspector_model::assessment::{Assessment, Subject};
use inspector_model::host::{HostFacts, HostScope, Listener, Process, Transport};
use inspector_model::network::{FailedAnswer, Network};
use inspector_model::{Fact, PackageKey, Place, Proof, ReasonCode, Timestamp};
use inspector_reachability::aws::{self, Document};

macro_rules! example {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../examples/aws-account/accounts/000000000000/us-east-1/", $name)))),+]
    };
}

const BASTION: &str = "i-0a3f8c61d7e952b04";
const DATABASE: &str = "i-0b6e27d9f4c8a1350";
const WEB: &str = "i-0c92a5e7b1d4f8630";
const WEB_2: &str = "i-0d15f8b3c6e9a7420";
const REPORTS: &str = "i-0f48b6e3d9c2a7150";

fn network() -> Network {
    let files = example![
        "Addresses.json",
        "InternetGateways.json",
        "LoadBalancerAttributes.json",
        "LoadBalancerListeners.json",
        "LoadBalancerTargetHealth.json",
        "LoadBalancers.json",
        "NetworkAcls.json",
        "NetworkInterfaces.json",
        "PrefixLists.json",
        "Reservations.json",
        "RouteTables.json",
        "SecurityGroups.json",
        "Subnets.json",
        "TargetGroups.json",
        "VpcPeeringConnections.json",
        "Vpcs.json",
    ];
    aws::read(files.map(|(path, text)| Document { path, bytes: text.as_bytes() })).unwrap().network
}

fn assess(network: &Network, asked: Option<&BTreeSet<String>>, hosts: &BTreeMap<String, &HostFacts>) -> Assessment {
    let moment = Timestamp::from_millis(0);
    let subject = Subject::Network { id: "example".into(), instances: network.instances.len() };
    let span = Span { started_at: moment, completed_at: moment };
    evaluate(network, asked, hosts).finish(subject, vec![PackageKey::NetworkReachability], span)
}

/// A host of which only the listeners are known.
fn host(listeners: Vec<Listener>) -> HostFacts {
    HostFacts {
        scope: HostScope::Live,
        listeners: Fact::Seen { value: listeners, at: Place::whole("/proc/net/tcp") },
        ..HostFacts::of_document("test", Timestamp::from_millis(0))
    }
}

fn listener(address: &str, port: u16, process: Option<(u32, &str, &str)>) -> Listener {
    let process = process.map(|(pid, name, path)| Process { pid, name: name.into(), path: path.into() });
    Listener {
        transport: Transport::Tcp,
        address: address.parse().unwrap(),
        port,
        process,
        package: None,
        container: None,
    }
}

fn told(assessment: &Assessment) -> Vec<String> {
    let line =
        |finding: &inspector_model::Finding| format!("{} {} {}", finding.severity, finding.subject, finding.rule);
    assessment.findings.iter().map(line).collect()
}

#[test]
fn the_example_account_has_an_exposed_ssh_a_database_and_a_web_tier_behind_its_balancer() {
    let assessment = assess(&network(), None, &BTreeMap::new());
    let expected = [
        format!("Medium {BASTION} Recognized port reachable from internet"),
        format!("Medium {DATABASE} Recognized port reachable from internet"),
        format!("Low {REPORTS} Recognized port reachable from a Peered VPC"),
        format!("Informational {REPORTS} Network exposure from a Peered VPC"),
        format!("Informational {BASTION} Network exposure from the internet"),
        format!("Informational {DATABASE} Network exposure from the internet"),
        format!("Informational {WEB} Network exposure from the internet"),
        format!("Informational {WEB_2} Network exposure from the internet"),
        format!("Informational {REPORTS} Recognized port reachable from a Peered VPC"),
        format!("Informational {WEB} Recognized port reachable from internet"),
        format!("Informational {WEB_2} Recognized port reachable from internet"),
    ];
    assert_eq!(told(&assessment), expected);
    let attributes: Vec<String> =
        assessment.findings[1].attributes.iter().map(|a| format!("{}={}", a.key, a.value)).collect();
    let expected = [
        "ACL=acl-0a94c7e2f5b1d8306",
        "ENI=eni-0c4f9b72e8d1a6530",
        "IGW=igw-08e4b1d6a72c9f305",
        "INSTANCE_ID=i-0b6e27d9f4c8a1350",
        "PORT=5432",
        "PORT_GROUP_NAME=PostgreSQL",
        "PROTOCOL=TCP",
        "REACHABILITY_TYPE=Internet",
        "RULE_TYPE=RecognizedPortNoAgent",
        "SECURITY_GROUP=sg-0b91e5c7a4d28f360",
        "VPC=vpc-0a1f3c5d7e9b20461",
    ];
    assert_eq!(attributes, expected);
    let Proof::Network(proof) = &assessment.findings[1].proof else { panic!("no path") };
    assert_eq!((proof.request.destination_port, proof.reply.source_port), (5432, 5432));
}

#[test]
fn a_finding_over_a_peering_names_the_connection_and_the_other_vpc() {
    let assessment = assess(&network(), None, &BTreeMap::new());
    let finding = assessment.findings.iter().find(|finding| finding.subject == REPORTS).unwrap();
    let attribute = |key| finding.attribute(key).unwrap();
    assert_eq!((attribute("PCX"), attribute("PCX_VPC")), ("pcx-04d9f7a2b6c815e30", "vpc-0a1f3c5d7e9b20461"));
    assert_eq!(attribute("REACHABILITY_TYPE"), "PeeredVpc");
    assert!(
        finding.description.ends_with("and VPC Peering Connection pcx-04d9f7a2b6c815e30"),
        "{}",
        finding.description
    );
}

#[test]
fn the_ledger_has_a_row_for_every_edge_of_every_instance() {
    let assessment = assess(&network(), None, &BTreeMap::new());
    let counts = assessment.coverage.counts(PackageKey::NetworkReachability).unwrap();
    // Internet: 2 fail, 4 pass. Peering: 1 fails, 5 pass. The balancer: 2 of the 5 instances of its VPC fail.
    assert_eq!((counts.fail, counts.pass, counts.not_assessed, counts.not_applicable), (5, 12, 0, 0));
    assert!(assessment.exclusions.is_empty());
}

/// The attributes of a finding that the original exported in 2020: HTTP through a load balancer with no process listening.
#[test]
fn a_port_behind_a_balancer_is_told_as_the_original_told_it() {
    let quiet = host(Vec::new());
    let assessment = assess(&network(), None, &BTreeMap::from([(WEB.to_owned(), &quiet)]));
    let rule = "Recognized port with no listener reachable from internet";
    let finding = assessment.findings.iter().find(|finding| finding.subject == WEB && finding.rule == rule).unwrap();
    assert_eq!(finding.severity, inspector_model::Severity::Informational);
    let attributes: Vec<String> = finding.attributes.iter().map(|a| format!("{}={}", a.key, a.value)).collect();
    let expected = [
        "ACL=acl-0b2f6d8e41c97a503",
        "ELB2=demo-web-1847203956.us-east-1.elb.amazonaws.com",
        "ENI=eni-0d6a1e8c3f7b95240",
        "IGW=igw-08e4b1d6a72c9f305",
        "INSTANCE_ID=i-0c92a5e7b1d4f8630",
        "PORT=80",
        "PORT_GROUP_NAME=HTTP",
        "PROTOCOL=TCP",
        "REACHABILITY_TYPE=Internet",
        "RULE_TYPE=RecognizedPortNoListener",
        "SECURITY_GROUP=sg-0d84b6c1f9e37a502",
        "VPC=vpc-0a1f3c5d7e9b20461",
    ];
    assert_eq!(attributes, expected);
    assert_eq!(
        finding.description,
        "On this instance, TCP port 80, which is associated with HTTP, is reachable from the internet with no process \
         listening. The instance i-0c92a5e7b1d4f8630 is located in VPC vpc-0a1f3c5d7e9b20461 and has an attached ENI \
         eni-0d6a1e8c3f7b95240 which uses network ACL acl-0b2f6d8e41c97a503. The port is reachable from the internet \
         through Security Group sg-0d84b6c1f9e37a502 and IGW igw-08e4b1d6a72c9f305"
    );
    let Proof::Network(proof) = &finding.proof else { panic!("no path") };
    assert!(proof.path.iter().any(|hop| hop.component == "demo-web"), "{:?}", proof.path);
}

#[test]
fn listeners_decide_the_kind_of_finding() {
    let sshd = host(vec![listener("0.0.0.0", 22, Some((811, "sshd", "/usr/sbin/sshd")))]);
    let assessment = assess(&network(), None, &BTreeMap::from([(BASTION.to_owned(), &sshd)]));
    let finding = assessment.findings.iter().find(|finding| finding.subject == BASTION).unwrap();
    assert_eq!(finding.rule, "Recognized port with listener reachable from internet");
    let attribute = |key| finding.attribute(key).unwrap();
    assert_eq!((attribute("PROCESS_NAME"), attribute("PROCESS_PID")), ("sshd", "811"));
    assert_eq!(attribute("RULE_TYPE"), "RecognizedPortWithListener");
}

#[test]
fn a_listener_on_loopback_or_another_address_is_none() {
    for address in ["127.0.0.1", "::1", "10.99.0.1"] {
        let local = host(vec![listener(address, 5432, None)]);
        let assessment = assess(&network(), None, &BTreeMap::from([(DATABASE.to_owned(), &local)]));
        let expected = format!("Informational {DATABASE} Recognized port with no listener reachable from internet");
        assert!(told(&assessment).contains(&expected), "{address}: {:?}", told(&assessment));
    }
    for address in ["0.0.0.0", "::", "10.20.1.20", "::ffff:10.20.1.20"] {
        let open = host(vec![listener(address, 5432, None)]);
        let assessment = assess(&network(), None, &BTreeMap::from([(DATABASE.to_owned(), &open)]));
        let expected = format!("Medium {DATABASE} Recognized port with listener reachable from internet");
        assert!(told(&assessment).contains(&expected), "{address}: {:?}", told(&assessment));
    }
}

#[test]
fn an_unrecognized_port_counts_only_where_somebody_listens() {
    let mut network = network();
    let group = network.security_groups.iter_mut().find(|group| group.name == "demo-bastion").unwrap();
    group.ingress[0].traffic = inspector_model::network::Traffic::Ports { protocol: 6, from: 1190, to: 1200 };
    let nobody = told(&assess(&network, None, &BTreeMap::new()));
    assert!(!nobody.iter().any(|line| line.contains(BASTION) && line.contains("port")), "{nobody:?}");
    let vpn = host(vec![listener("0.0.0.0", 1194, Some((9, "openvpn", "/usr/sbin/openvpn")))]);
    let somebody = told(&assess(&network, None, &BTreeMap::from([(BASTION.to_owned(), &vpn)])));
    assert!(somebody.contains(&format!("Low {BASTION} Unrecognized port with listener reachable from internet")));
}

#[test]
fn only_the_instances_asked_for_are_in_the_ledger() {
    let asked = BTreeSet::from([REPORTS.to_owned(), "i-unheard-of".to_owned()]);
    let assessment = assess(&network(), Some(&asked), &BTreeMap::new());
    assert!(assessment.findings.iter().all(|finding| finding.subject == REPORTS));
    let (_, part) = assessment.coverage.parts().next().unwrap();
    let rows: Vec<String> =
        part.rules.iter().map(|row| format!("{} {} {:?}", row.rule, row.subject, row.outcome)).collect();
    let expected = [
        "* i-unheard-of NotAssessed".to_owned(),
        format!("Internet {REPORTS} Pass"),
        format!("PeeredVPC {REPORTS} Fail"),
    ];
    assert_eq!(rows, expected);
    assert!(assessment.exclusions.iter().any(|exclusion| exclusion.reason.code == ReasonCode::NotInSnapshot));
}

#[test]
fn findings_stand_beside_what_else_is_unknown() {
    let mut network = network();
    let interface = network.interfaces.iter_mut().find(|i| i.instance.as_deref() == Some(BASTION)).unwrap();
    interface.security_groups.push("sg-gone".into());
    let asked = BTreeSet::from([BASTION.to_owned()]);
    let assessment = assess(&network, Some(&asked), &BTreeMap::new());
    assert_eq!(assessment.findings.len(), 2);
    let missing = assessment.exclusions.iter().find(|e| e.reason.code == ReasonCode::NetworkDataMissing).unwrap();
    assert!(missing.description.contains("`sg-gone` is not in the snapshot"), "{}", missing.description);
}

#[test]
fn a_list_of_instances_that_broke_off_is_never_wholly_assessed() {
    for answer in ["Reservations", "NetworkInterfaces"] {
        let mut network = network();
        let why = "`ec2:X` is not allowed".to_owned();
        network.failed = vec![FailedAnswer { answer: answer.to_owned(), why: why.clone() }];
        let assessment = assess(&network, None, &BTreeMap::new());
        assert!(!assessment.coverage.complete());
        let told = format!("there may be more in `{answer}`: {why}");
        assert!(assessment.exclusions.iter().any(|exclusion| format!("{exclusion:?}").contains(&told)), "{answer}");
    }
}

#[test]
fn an_instance_without_interfaces_is_not_a_safe_one() {
    let mut network = network();
    network.interfaces.retain(|interface| interface.instance.as_deref() != Some(REPORTS));
    let asked = BTreeSet::from([REPORTS.to_owned()]);
    let assessment = assess(&network, Some(&asked), &BTreeMap::new());
    assert!(!assessment.coverage.complete());
    network.instances.iter_mut().for_each(|instance| instance.state = Some("terminated".into()));
    let assessment = assess(&network, Some(&asked), &BTreeMap::new());
    assert_eq!(assessment.coverage.counts(PackageKey::NetworkReachability).unwrap().not_applicable, 1);
}
