//! Security Best Practices: nine rules on one host's facts.

use inspector_model::host::HostFacts;
use inspector_model::{Fact, Outcome, PackageKey, Reason, ReasonCode};

use crate::Evaluation;
use crate::best_practices::RULES;

const PACKAGE: PackageKey = PackageKey::BestPractices;

/// Evaluates every rule on one host; `subject` is its instance id, or its name where it is no instance.
///
/// The rules are written for Linux (AWS user guide: findings for Linux only). On Windows none applies; where no release
/// file says what the system is, none is concluded from.
pub fn evaluate(host: &HostFacts, subject: &str) -> Evaluation {
    let mut evaluation = Evaluation::of(&[PACKAGE]);
    let outside = outside(host);
    for rule in RULES {
        let outcome = outside.clone().unwrap_or_else(|| (rule.check)(host));
        rule.conclude(&mut evaluation, PACKAGE, subject, outcome);
    }
    evaluation
}

/// The answer of every rule on a host that the package is not for.
pub(super) fn outside(host: &HostFacts) -> Option<Outcome> {
    match &host.os {
        Fact::Seen { value, .. } if value.id == "windows" => {
            Some(Outcome::NotApplicable("the rules are for Linux".to_owned()))
        }
        Fact::Seen { .. } => None,
        Fact::Absent { at } => Some(unknown(ReasonCode::UnsupportedOs, format!("`{at}` is not there"))),
        Fact::Unreadable { at, why } => Some(unknown(ReasonCode::Unreadable, format!("`{at}`: {why}"))),
    }
}

fn unknown(code: ReasonCode, detail: String) -> Outcome {
    Outcome::NotAssessed(Reason::new(code, detail))
}
