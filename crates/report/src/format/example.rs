//! One small assessment that the tests of all formats render.

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::Coverage;
use inspector_model::exclusion::Exclusion;
use inspector_model::proof::{Proof, SettingProof, VersionComparison};
use inspector_model::{Attribute, Finding, Outcome, PackageKey, Place, Reason, ReasonCode, Severity, Timestamp};

/// A host with one failed setting, one vulnerable package and one package that could not look.
pub(crate) fn assessment() -> Assessment {
    let findings = vec![cve(), root_login()];
    let mut coverage = Coverage::default();
    for finding in &findings {
        coverage.record(finding.package, &finding.rule, &finding.subject, &Outcome::Fail(finding.proof.clone()));
    }
    coverage.record(PackageKey::BestPractices, "enable-aslr", "web-1", &Outcome::Pass);
    coverage.record_unassessed(PackageKey::NetworkReachability, "web-1", not_in_snapshot());
    Assessment {
        started_at: Timestamp::from_millis(1_779_264_000_000),
        completed_at: Timestamp::from_millis(1_779_264_001_250),
        subject: Subject::Host { id: "web-1".into(), operating_system: Some("Debian GNU/Linux 12 (bookworm)".into()) },
        packages: vec![PackageKey::NetworkReachability, PackageKey::Cve, PackageKey::BestPractices],
        findings,
        exclusions: vec![Exclusion {
            package: Some(PackageKey::NetworkReachability),
            subject: Some("web-1".into()),
            reason: not_in_snapshot(),
            title: "Network Reachability error".into(),
            description: "The instance is in no imported network snapshot.".into(),
            recommendation: "Import a snapshot.".into(),
            attributes: vec![Attribute::new("INSTANCE_ID", "web-1")],
        }],
        coverage: coverage.sorted(),
    }
}

fn not_in_snapshot() -> Reason {
    Reason::new(ReasonCode::NotInSnapshot, "`web-1`")
}

fn cve() -> Finding {
    Finding {
        package: PackageKey::Cve,
        rule: "CVE-2021-3156".into(),
        subject: "web-1".into(),
        severity: Severity::High,
        title: "Instance web-1 is vulnerable to CVE-2021-3156".into(),
        description: "A heap overflow in sudo gives any local user root rights. <script>alert(1)</script>".into(),
        recommendation: "Use your operating system's update feature to update package sudo-0:1.9.5p1-1.".into(),
        attributes: vec![Attribute::new("CVE_ID", "CVE-2021-3156"), Attribute::new("INSTANCE_ID", "web-1")],
        proof: Proof::Packages {
            comparisons: vec![VersionComparison {
                name: "sudo".into(),
                version: "1.9.5p1-1".into(),
                source: "sudo".into(),
                source_version: "1.9.5p1-1".into(),
                fixed_version: Some("1.9.5p2-1".into()),
                status: "resolved".into(),
                advisory: "CVE-2021-3156".into(),
                feed: "debian-tracker 2026-08-21".into(),
                at: Some(Place::line("/var/lib/dpkg/status", 812)),
            }],
        },
    }
}

fn root_login() -> Finding {
    Finding {
        package: PackageKey::BestPractices,
        rule: "disable-root-login-over-ssh".into(),
        subject: "web-1".into(),
        severity: Severity::Medium,
        title: "Instance web-1 is configured to allow users to log in with root credentials over SSH".into(),
        description: "Root may log in over SSH.".into(),
        recommendation: "Set `PermitRootLogin no`, then reload sshd.".into(),
        attributes: vec![Attribute::new("INSTANCE_ID", "web-1")],
        proof: Proof::Settings {
            settings: vec![SettingProof {
                setting: "PermitRootLogin".into(),
                at: Place::line("/etc/ssh/sshd_config", 33),
                found: Some("yes".into()),
                wanted: "no".into(),
            }],
        },
    }
}
