//! Security Best Practices: nine rules on one host's facts.

use inspector_model::host::HostFacts;
use inspector_model::{Attribute, Fact, Finding, Outcome, PackageKey, Proof, Reason, ReasonCode};

use crate::Evaluation;
use crate::best_practices::{RULES, Rule};

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
        match outcome {
            Outcome::Fail(proof) => evaluation.fail(finding(rule, subject, proof)),
            Outcome::Pass | Outcome::NotApplicable(_) | Outcome::NotAssessed(_) => {
                evaluation.record(PACKAGE, rule.id, subject, &outcome);
            }
        }
    }
    evaluation
}

/// The answer of every rule on a host that the package is not for.
fn outside(host: &HostFacts) -> Option<Outcome> {
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

fn finding(rule: &Rule, subject: &str, proof: Proof) -> Finding {
    Finding {
        package: PACKAGE,
        rule: rule.id.to_owned(),
        subject: subject.to_owned(),
        severity: rule.severity,
        title: rule.title.replace("{i}", subject),
        description: rule.description.to_owned(),
        recommendation: rule.recommendation.to_owned(),
        attributes: vec![Attribute::new("INSTANCE_ID", subject)],
        proof,
    }
}
