//! `PermitRootLogin` of `sshd_config(5)`.
//!
//! `forced-commands-only` passes, because it lets root run only what a public key is bound to. `prohibit-password` does
//! not: a key of its own still is a root login.

use inspector_model::Severity;

use super::{Rule, ssh};

pub(super) const RULE: Rule = Rule {
    key: "ssh-root-login",
    id: "Disable root login over SSH",
    title: "Instance {i} is configured to allow root to log in over SSH.",
    severity: Severity::Medium,
    description: "Root has a well-known name and every right, so it is the first account that an attacker tries. What is \
                  done in a shared root login cannot be traced to a person either.",
    recommendation: "Set `PermitRootLogin no` in `/etc/ssh/sshd_config`, remove `Match` blocks that say otherwise, and \
                     reload sshd. Log in under your own name and use `sudo`.",
    check: |host| ssh::judge(host, &WANTED),
};

const WANTED: ssh::Wanted = ssh::Wanted {
    keyword: "PermitRootLogin",
    values: &["no", "false", "forced-commands-only"],
    told: "no, or forced-commands-only",
};
