//! A host with known faults, and what the engines say of it without a service.

use std::path::Path;

use inspector_assess::Evaluation;
use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::{best_practices, cve};
use inspector_collect::{Root, collect};
use inspector_model::assessment::Subject;
use inspector_model::host::HostFacts;
use inspector_model::{Finding, PackageKey, Severity, Timestamp};

/// Source packages of the bundled advisories, in a version older than every fix.
const SOURCES: [&str; 24] = [
    "apache2",
    "bash",
    "bind9",
    "curl",
    "dnsmasq",
    "exim4",
    "expat",
    "git",
    "glibc",
    "gnutls28",
    "libwebp",
    "libxml2",
    "nginx",
    "openssh",
    "openssl",
    "pam",
    "policykit-1",
    "rsync",
    "runc",
    "samba",
    "sqlite3",
    "sudo",
    "systemd",
    "vim",
];

/// The facts of a Debian 12 tree made for the test, read by the real collector.
pub(crate) fn facts(dir: &Path, at: Timestamp) -> HostFacts {
    let status: String = SOURCES
        .iter()
        .map(|name| {
            format!(
                "Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 0.1-1\n\
                 Maintainer: Nobody <nobody@example.org>\n\n"
            )
        })
        .collect();
    for (path, text) in [
        ("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\nPRETTY_NAME=\"Debian 12\"\n"),
        ("etc/hostname", "made-for-a-test\n"),
        ("etc/ssh/sshd_config", "PermitRootLogin yes\n"),
        ("var/lib/dpkg/status", &status),
    ] {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    collect(&Root::directory(dir).unwrap(), at)
}

/// Rule, instance and title of every finding that the API must show for these instances.
pub(crate) fn expected(facts: &HostFacts, instances: &[&str]) -> Vec<(String, String, String)> {
    let database = inspector_vuln::feed::bundled::database().unwrap();
    let mut evaluation = Evaluation::default();
    for id in instances {
        evaluation.merge(cve::evaluate(facts, id, &database));
        evaluation.merge(best_practices::evaluate(facts, id));
    }
    let moment = Timestamp::from_millis(0);
    let subject = Subject::Host { id: String::new(), operating_system: None };
    let assessment = evaluation.finish(subject, vec![], Span { started_at: moment, completed_at: moment });
    let shown = |finding: &Finding| finding.package != PackageKey::Cve || finding.severity != Severity::Undefined;
    let mut findings: Vec<_> = assessment
        .findings
        .into_iter()
        .filter(shown)
        .map(|finding| (finding.rule, finding.subject, finding.title))
        .collect();
    findings.sort();
    findings
}
