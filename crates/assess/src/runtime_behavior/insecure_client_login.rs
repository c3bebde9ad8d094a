//! Logins to other machines over protocols that send passwords in the clear.

use inspector_model::Severity;

use super::{Rule, clients};

pub(super) const RULE: Rule = Rule {
    key: "insecure-client-login",
    id: "Insecure client protocols (login)",
    title: "Instance {i} uses insecure protocols to log in to remote machines.",
    severity: Severity::Medium,
    description: "The instance opened connections with a protocol that sends the password and everything that follows in \
                  the clear, so whoever can see the traffic can log in as well.",
    recommendation: "Log in with SSH, or another protocol that encrypts, and remove the client of the insecure one.",
    check: |host| clients::check(host, |protocol| protocol.login),
};
