//! Connections to other machines over any protocol that encrypts nothing.

use inspector_model::Severity;

use super::{Rule, clients};

pub(super) const RULE: Rule = Rule {
    key: "insecure-client-general",
    id: "Insecure client protocols (general)",
    title: "Instance {i} uses insecure protocols to connect to remote machines.",
    severity: Severity::Low,
    description: "The instance opened connections with a protocol that encrypts nothing, so whoever is on the way can read \
                  and change what is sent.",
    recommendation: "Use the encrypted version of the protocol.",
    check: |host| clients::check(host, |_| true),
};
