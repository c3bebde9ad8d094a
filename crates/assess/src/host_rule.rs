//! What rules about one host have in common: what never changes about them, and how an outcome is made.

use inspector_model::proof::SettingProof;
use inspector_model::{Attribute, Finding, Outcome, PackageKey, Place, Proof, Reason, ReasonCode, Severity};

use crate::Evaluation;

/// One rule: what never changes about it, said once, and its check.
#[derive(Debug, Clone, Copy)]
pub struct HostRule<Check> {
    /// Short name: the name of its fixture folder.
    pub key: &'static str,
    /// Rule identity in findings: the original's name of the rule.
    pub id: &'static str,
    /// One sentence; `{i}` stands for the instance.
    pub title: &'static str,
    /// How bad a failure is.
    pub severity: Severity,
    /// Why it matters.
    pub description: &'static str,
    /// What to do.
    pub recommendation: &'static str,
    /// The verdict on one host.
    pub check: Check,
}

impl<Check> HostRule<Check> {
    /// Writes the outcome on `subject` down, and a failure with its finding.
    pub(crate) fn conclude(&self, evaluation: &mut Evaluation, package: PackageKey, subject: &str, outcome: Outcome) {
        match outcome {
            Outcome::Fail(proof) => evaluation.fail(self.finding(package, subject, proof)),
            Outcome::Pass | Outcome::NotApplicable(_) | Outcome::NotAssessed(_) => {
                evaluation.record(package, self.id, subject, &outcome);
            }
        }
    }

    fn finding(&self, package: PackageKey, subject: &str, proof: Proof) -> Finding {
        Finding {
            package,
            rule: self.id.to_owned(),
            subject: subject.to_owned(),
            severity: self.severity,
            title: self.title.replace("{i}", subject),
            description: self.description.to_owned(),
            recommendation: self.recommendation.to_owned(),
            attributes: vec![Attribute::new("INSTANCE_ID", subject)],
            proof,
        }
    }
}

/// A failure with at least one setting; none at all is a fault of the rule and never a pass.
pub(crate) fn fail(settings: Vec<SettingProof>) -> Outcome {
    if settings.is_empty() {
        return Outcome::NotAssessed(Reason::new(ReasonCode::EvaluationError, "the rule failed without a proof"));
    }
    Outcome::Fail(Proof::Settings { settings })
}

/// Passes when nothing is wrong, else fails with what is.
pub(crate) fn pass_unless(wrong: Vec<SettingProof>) -> Outcome {
    if wrong.is_empty() { Outcome::Pass } else { fail(wrong) }
}

/// Nothing is concluded, because of what stands at `at`.
pub(crate) fn unreadable(at: &Place, why: &str) -> Outcome {
    Outcome::NotAssessed(Reason::new(ReasonCode::Unreadable, format!("`{at}`: {why}")))
}
