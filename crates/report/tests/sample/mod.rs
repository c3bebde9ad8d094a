//! One assessment of everything that a report can show. Ids and versions are made up after the forms that AWS and Debian
//! use; addresses are those set aside for documents (RFC 5737).

#![allow(clippy::unwrap_used, reason = "a fixed sample")]

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::Coverage;
use inspector_model::exclusion::Exclusion;
use inspector_model::proof::{Direction, Hop, NetworkProof, Packet, Proof, SettingProof, VersionComparison};
use inspector_model::{Attribute, Finding, Outcome, PackageKey, Place, Reason, ReasonCode, Severity, Timestamp};
use inspector_report::{Instance, ReportKind, ReportMeta};

/// A moment of the sample's day.
pub(crate) fn at(time: &str) -> Timestamp {
    format!("2026-05-20T{time}Z").parse().unwrap()
}

/// The cover of a run's report.
pub(crate) fn meta(kind: ReportKind) -> ReportMeta {
    let instance = |id: &str, name: &str, system: Option<&str>| Instance {
        id: id.into(),
        name: Some(name.into()),
        operating_system: system.map(Into::into),
    };
    ReportMeta {
        kind,
        generated_at: at("09:30:00"),
        run: Some("Nightly run of 20 May".into()),
        template: Some("Nightly, all packages".into()),
        target: Some("Web shop".into()),
        target_tags: vec![Attribute::new("Environment", "production"), Attribute::new("Service", "shop")],
        instances: vec![
            instance("i-0aaaaaaaaaaaaaaa1", "web-1", Some("Debian GNU/Linux 12 (bookworm)")),
            instance("i-0bbbbbbbbbbbbbbb2", "db-1", None),
        ],
    }
}

/// Findings of three packages, two causes of exclusion, and a ledger with every outcome.
pub(crate) fn assessment() -> Assessment {
    let findings = vec![network(), vulnerability("i-0aaaaaaaaaaaaaaa1"), setting()];
    let mut coverage = Coverage::default();
    for finding in &findings {
        coverage.record(finding.package, &finding.rule, &finding.subject, &Outcome::Fail(finding.proof.clone()));
    }
    let web = "i-0aaaaaaaaaaaaaaa1";
    coverage.record(PackageKey::BestPractices, "Configure password complexity", web, &Outcome::Pass);
    let absent = Outcome::NotApplicable("no SSH server is installed".into());
    coverage.record(PackageKey::BestPractices, "Support SSH version 2 only", web, &absent);
    let exclusions: Vec<Exclusion> =
        [PackageKey::Cve, PackageKey::BestPractices].into_iter().map(|package| no_agent(Some(package))).collect();
    for exclusion in &exclusions {
        let package = exclusion.package.unwrap();
        coverage.record_unassessed(package, "i-0bbbbbbbbbbbbbbb2", exclusion.reason.clone());
    }
    Assessment {
        started_at: at("08:00:00.125"),
        completed_at: at("09:00:07"),
        subject: Subject::Run { id: RUN.into(), instances: 2 },
        packages: vec![PackageKey::NetworkReachability, PackageKey::Cve, PackageKey::BestPractices],
        findings,
        exclusions,
        coverage: coverage.sorted(),
    }
}

/// One rule looked at and passed, nothing left out.
pub(crate) fn clean() -> Assessment {
    let mut coverage = Coverage::default();
    coverage.record(PackageKey::Cve, "CVE-2023-38408", "web-1", &Outcome::Pass);
    Assessment {
        started_at: at("08:00:00"),
        completed_at: at("08:00:01"),
        subject: Subject::Host { id: "web-1".into(), operating_system: Some("Debian GNU/Linux 12 (bookworm)".into()) },
        packages: vec![PackageKey::Cve],
        findings: Vec::new(),
        exclusions: Vec::new(),
        coverage,
    }
}

/// An instance whose agent never reported.
pub(crate) fn no_agent(package: Option<PackageKey>) -> Exclusion {
    Exclusion {
        package,
        subject: Some("i-0bbbbbbbbbbbbbbb2".into()),
        reason: Reason::new(ReasonCode::AgentNotFound, "no message since the run started"),
        title: "Agent not found".into(),
        description: "No agent has reported from the instance, so nothing on the host was checked.".into(),
        recommendation: "Install the agent on the instance, enroll it, then run the assessment again.".into(),
        attributes: vec![Attribute::new("INSTANCE_ID", "i-0bbbbbbbbbbbbbbb2")],
    }
}

/// A CVE finding with two binary packages of one source.
pub(crate) fn vulnerability(subject: &str) -> Finding {
    let comparison = |name: &str| VersionComparison {
        name: name.into(),
        version: "1:9.2p1-2".into(),
        source: "openssh".into(),
        source_version: "1:9.2p1-2".into(),
        fixed_version: Some("1:9.2p1-2+deb12u3".into()),
        status: "resolved".into(),
        advisory: "DSA-5724-1".into(),
        feed: "debian-tracker 2026-05-19".into(),
        at: Some(Place::line("/var/lib/dpkg/status", 2913)),
    };
    Finding {
        package: PackageKey::Cve,
        rule: "CVE-2024-6387".into(),
        subject: subject.into(),
        severity: Severity::Medium,
        title: format!("Instance {subject} is vulnerable to CVE-2024-6387"),
        description: "A race in the signal handler of sshd lets a remote client run code as root.".into(),
        recommendation: "Update the packages `openssh-server` and `openssh-client`.".into(),
        attributes: vec![Attribute::new("CVE_ID", "CVE-2024-6387"), Attribute::new("CVSS3_SCORE", "8.1")],
        proof: Proof::Packages { comparisons: vec![comparison("openssh-client"), comparison("openssh-server")] },
    }
}

fn network() -> Finding {
    let instance = "i-0bbbbbbbbbbbbbbb2";
    let hop =
        |direction, component: &str, rule: &str| Hop { direction, component: component.into(), rule: rule.into() };
    let (inside, outside) = ([10, 0, 1, 20].into(), [203, 0, 113, 7].into());
    let packet = |source, source_port, destination, destination_port| Packet {
        protocol: "tcp".into(),
        source,
        source_port,
        destination,
        destination_port,
    };
    let proof = NetworkProof {
        path: vec![
            hop(
                Direction::Request,
                "igw-0c0c0c0c",
                "attached to vpc-0d0d0d0d; 198.51.100.20 is eipalloc-1 of 10.0.1.20",
            ),
            hop(Direction::Request, "acl-0e0e0e0e", "inbound entry 100: allow all from 0.0.0.0/0"),
            hop(Direction::Request, "sg-0f0f0f0f", "ingress: tcp 5432 from 0.0.0.0/0"),
            hop(Direction::Request, "eni-0a0a0a0a", "10.0.1.20"),
            hop(Direction::Reply, "sg-0f0f0f0f", "reply to a tracked connection"),
            hop(Direction::Reply, "acl-0e0e0e0e", "outbound entry 100: allow all to 0.0.0.0/0"),
            hop(Direction::Reply, "rtb-0b0b0b0b", "0.0.0.0/0 to igw-0c0c0c0c"),
        ],
        request: packet(outside, 49152, inside, 5432),
        reply: packet(inside, 5432, outside, 49152),
        assumptions: vec!["no VPC encryption control is set".into()],
    };
    Finding {
        package: PackageKey::NetworkReachability,
        rule: "Recognized port reachable from internet".into(),
        subject: instance.into(),
        severity: Severity::High,
        title: format!(
            "On instance {instance}, TCP port 5432 which is associated with 'PostgreSQL' is reachable from the internet"
        ),
        description: "Anyone on the internet can open a connection to TCP port 5432 of this instance.".into(),
        recommendation: "Edit the security group sg-0f0f0f0f to remove access from the internet on port 5432.".into(),
        attributes: vec![
            Attribute::new("INSTANCE_ID", instance),
            Attribute::new("PORT", "5432"),
            Attribute::new("REACHABILITY_TYPE", "Internet"),
        ],
        proof: Proof::Network(Box::new(proof)),
    }
}

fn setting() -> Finding {
    let wrong = SettingProof {
        setting: "PermitRootLogin".into(),
        at: Place::line("/etc/ssh/sshd_config.d/10-root.conf", 3),
        found: Some("yes".into()),
        wanted: "no".into(),
    };
    Finding {
        package: PackageKey::BestPractices,
        rule: "Disable root login over SSH".into(),
        subject: "i-0aaaaaaaaaaaaaaa1".into(),
        severity: Severity::Medium,
        title: "Root may log in over SSH".into(),
        description: "The SSH server lets root log in, so one password guards the whole system.".into(),
        recommendation: "Set `PermitRootLogin no` and reload sshd.".into(),
        attributes: Vec::new(),
        proof: Proof::Settings { settings: vec![wrong] },
    }
}

const RUN: &str = "arn:aws:inspector:us-east-1:123456789012:target/0-0kFIPusq/template/0-4r1V2mAw/run/0-MKkpXXPE";
