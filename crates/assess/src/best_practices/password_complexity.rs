//! The four credits of the password quality module, each -1 or less, and a `remember` of 12 or more.
//!
//! A negative credit is the number of characters of a class that a password must have (`pwquality.conf(5)`); a positive one
//! only shortens the length that is asked for. `remember` belongs to `pam_unix` in the original; `pam_pwhistory`, which
//! took its place in current distributions, counts as well. A module counts only where a password that it refuses is
//! refused: by its control in the PAM stack, and with `enforcing` not turned off.

use inspector_model::host::HostFacts;
use inspector_model::{Outcome, Severity};

use super::{Rule, fail, pass_unless, password_quality::Stack};

pub(super) const RULE: Rule = Rule {
    key: "password-complexity",
    id: "Configure password complexity",
    title: "Instance {i} is configured to accept passwords that are too simple or were used before.",
    severity: Severity::Medium,
    description: "Passwords of one kind of character, and passwords that come back, are the first that an attacker tries.",
    recommendation: "Set `lcredit = -1`, `ucredit = -1`, `dcredit = -1` and `ocredit = -1` in \
                     `/etc/security/pwquality.conf` (or behind `pam_cracklib` under `/etc/pam.d`), and `remember=12` \
                     behind `pam_unix` or `pam_pwhistory` in the password stack, or `remember = 12` in \
                     `/etc/security/pwhistory.conf`.",
    check,
};

const CREDITS: [&str; 4] = ["lcredit", "ucredit", "dcredit", "ocredit"];
const HIGHEST_CREDIT: i64 = -1;
const LEAST_REMEMBERED: i64 = 12;

fn check(host: &HostFacts) -> Outcome {
    Stack::of(host).and_then(|stack| judge(&stack)).unwrap_or_else(|outcome| outcome)
}

fn judge(stack: &Stack) -> Result<Outcome, Outcome> {
    let mut wrong = Vec::from_iter(stack.warns_only()?);
    for credit in CREDITS {
        let asked = stack.quality(credit)?;
        if asked.number().is_none_or(|number| number > HIGHEST_CREDIT) {
            wrong.push(asked.proof(credit, "-1 or less"));
        }
    }
    let remember = match stack.remember() {
        // The credits are wrong enough, whatever is remembered.
        Err(_) if !wrong.is_empty() => return Ok(fail(wrong)),
        other => other?,
    };
    if remember.number().is_none_or(|number| number < LEAST_REMEMBERED) {
        wrong.push(remember.proof("remember", "12 or more"));
    }
    Ok(pass_unless(wrong))
}
