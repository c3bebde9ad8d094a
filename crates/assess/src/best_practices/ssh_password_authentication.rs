//! `PasswordAuthentication` of `sshd_config(5)`, which is on by default.

use inspector_model::Severity;

use super::{Rule, ssh};

pub(super) const RULE: Rule = Rule {
    key: "ssh-password-authentication",
    id: "Disable password authentication over SSH",
    title: "Instance {i} is configured to support password authentication over SSH.",
    severity: Severity::Medium,
    description: "Passwords can be guessed from anywhere that reaches the port, and people reuse them. A key cannot be \
                  guessed.",
    recommendation: "Give every user a key, set `PasswordAuthentication no` in `/etc/ssh/sshd_config`, remove `Match` \
                     blocks that say otherwise, and reload sshd. Restrict the addresses that may reach the port.",
    check: |host| ssh::judge(host, &WANTED),
};

const WANTED: ssh::Wanted = ssh::Wanted { keyword: "PasswordAuthentication", values: &["no", "false"], told: "no" };
