//! `minlen` of the password quality module: at least 14, where the module's refusal holds.

use inspector_model::host::HostFacts;
use inspector_model::{Outcome, Severity};

use super::{Rule, fail, pass_unless, password_quality::Stack};

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
    Stack::of(host).and_then(|stack| judge(&stack)).unwrap_or_else(|outcome| outcome)
}

fn judge(stack: &Stack) -> Result<Outcome, Outcome> {
    let asked = stack.quality("minlen")?;
    let enough = asked.number().is_some_and(|length| length >= LEAST);
    if enough {
        return Ok(pass_unless(Vec::from_iter(stack.warns_only()?)));
    }
    // Too short is wrong enough, whether or not the module could be told to warn only.
    let warns_only = stack.warns_only().ok().flatten();
    Ok(fail(warns_only.into_iter().chain([asked.proof("minlen", "14 or more")]).collect()))
}
