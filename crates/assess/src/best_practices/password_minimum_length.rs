//! `minlen` of the password quality module: at least 14.

use inspector_model::host::HostFacts;
use inspector_model::{Outcome, Severity};

use super::{Rule, pass_unless, password_quality::Stack};

pub(super) const RULE: Rule = Rule {
    key: "password-minimum-length",
    id: "Configure password minimum length",
    title: "Instance {i} is configured to accept passwords of fewer than 14 characters.",
    severity: Severity::Medium,
    description: "Each further character multiplies the work of whoever tries passwords.",
    recommendation: "Install the PAM module `pam_pwquality` and set `minlen = 14` in `/etc/security/pwquality.conf`; with \
                     the older `pam_cracklib`, write `minlen=14` behind it in the password stack under `/etc/pam.d`.",
    check,
};

const LEAST: i64 = 14;

fn check(host: &HostFacts) -> Outcome {
    let asked = match Stack::of(host).and_then(|stack| stack.quality("minlen")) {
        Ok(asked) => asked,
        Err(outcome) => return outcome,
    };
    let enough = asked.number().is_some_and(|length| length >= LEAST);
    pass_unless(if enough { Vec::new() } else { vec![asked.proof("minlen", "14 or more")] })
}
