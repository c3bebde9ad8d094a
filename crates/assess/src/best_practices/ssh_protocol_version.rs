//! `Protocol` of `sshd_config(5)`.
//!
//! OpenSSH 7.4 removed protocol 1 from the server (its release notes); from then on the keyword means nothing and the rule
//! passes whatever it says.

use inspector_model::host::HostFacts;
use inspector_model::openssh::Release;
use inspector_model::{Fact, Outcome, Severity};

use super::{Rule, ssh};

pub(super) const RULE: Rule = Rule {
    key: "ssh-protocol-version",
    id: "Support SSH version 2 only",
    title: "Instance {i} is configured to support version 1 of the SSH protocol.",
    severity: Severity::Medium,
    description: "Version 1 of the protocol has flaws by design: traffic can be altered and sessions taken over.",
    recommendation: "Set `Protocol 2` in `/etc/ssh/sshd_config` and reload sshd, or install OpenSSH 7.4 or later, which \
                     knows version 2 only.",
    check,
};

/// The first release whose server cannot speak protocol 1.
const WITHOUT_PROTOCOL_1: Release = Release { major: 7, minor: 4 };

const WANTED: ssh::Wanted = ssh::Wanted { keyword: "Protocol", values: &["2"], told: "2" };

fn check(host: &HostFacts) -> Outcome {
    match &host.sshd {
        Fact::Seen { value, .. } if value.version >= Some(WITHOUT_PROTOCOL_1) => Outcome::Pass,
        Fact::Seen { .. } | Fact::Absent { .. } | Fact::Unreadable { .. } => ssh::judge(host, &WANTED),
    }
}
