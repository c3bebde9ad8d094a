//! What the rules packages concluded, gathered into one assessment.

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::Coverage;
use inspector_model::exclusion::Exclusion;
use inspector_model::{Finding, Outcome, PackageKey, Reason, Timestamp};

use crate::exclusion::exclude;

/// Findings, exclusions and ledger rows in order of arrival; [`Evaluation::finish`] puts them in order of content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluation {
    findings: Vec<Finding>,
    exclusions: Vec<Exclusion>,
    coverage: Coverage,
}

impl Evaluation {
    /// An evaluation of `packages`, each of which is in the ledger even if it ends with no row.
    pub fn of(packages: &[PackageKey]) -> Self {
        let mut evaluation = Self::default();
        packages.iter().for_each(|package| evaluation.coverage.open(*package));
        evaluation
    }

    /// Writes an outcome into the ledger. What could not be assessed becomes an exclusion as well; a failure is written
    /// with [`Evaluation::fail`], because it needs its finding.
    pub fn record(&mut self, package: PackageKey, rule: &str, subject: &str, outcome: &Outcome) {
        self.record_result(package, rule, subject, outcome, None);
    }

    /// [`Evaluation::record`] with the rules package's own word for the result.
    pub fn record_result(
        &mut self,
        package: PackageKey,
        rule: &str,
        subject: &str,
        outcome: &Outcome,
        result: Option<&str>,
    ) {
        self.coverage.record_result(package, rule, subject, outcome, result);
        if let Outcome::NotAssessed(reason) = outcome {
            self.exclusions.push(exclude(Some(package), Some(subject), reason.clone()));
        }
    }

    /// Writes a failed rule into the ledger and keeps its finding.
    pub fn fail(&mut self, finding: Finding) {
        let outcome = Outcome::Fail(finding.proof.clone());
        self.coverage.record(finding.package, &finding.rule, &finding.subject, &outcome);
        self.findings.push(finding);
    }

    /// Keeps one more finding of a rule whose failure is in the ledger already.
    pub fn add_finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Writes down that `package` could not look at `subject` at all; rule `*` in the ledger.
    pub fn unassessed(&mut self, package: PackageKey, subject: &str, reason: Reason) {
        self.record(package, "*", subject, &Outcome::NotAssessed(reason));
    }

    /// Writes down that `package` had no subject to look at, or cannot know them all; rule and subject are `*` in the
    /// ledger.
    pub fn nothing_to_assess(&mut self, package: PackageKey, reason: Reason) {
        self.coverage.record_unassessed(package, "*", reason.clone());
        self.exclusions.push(exclude(Some(package), None, reason));
    }

    /// Adds what another evaluation concluded.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.exclusions.extend(other.exclusions);
        self.coverage.merge(other.coverage);
    }

    /// The assessment: everything in an order that depends on its content alone, equal exclusions once.
    pub fn finish(mut self, subject: Subject, packages: Vec<PackageKey>, span: Span) -> Assessment {
        self.findings.sort_by(|a, b| finding_order(a).cmp(&finding_order(b)));
        self.exclusions.sort();
        self.exclusions.dedup();
        Assessment {
            started_at: span.started_at,
            completed_at: span.completed_at,
            subject,
            packages,
            findings: self.findings,
            exclusions: self.exclusions,
            coverage: self.coverage.sorted(),
        }
    }
}

/// When an assessment began and ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Start of collection.
    pub started_at: Timestamp,
    /// End of evaluation.
    pub completed_at: Timestamp,
}

/// Worst first, then by what the finding is about.
fn finding_order(finding: &Finding) -> impl Ord {
    let Finding { package, rule, subject, severity, attributes, title, .. } = finding;
    (std::cmp::Reverse(*severity), *package, rule.clone(), subject.clone(), attributes.clone(), title.clone())
}

#[cfg(test)]
mod tests {
    use inspector_model::ReasonCode;
    use inspector_model::proof::{Proof, SettingProof};
    use inspector_model::{Place, Severity};

    use super::*;

    fn finding(rule: &str, severity: Severity) -> Finding {
        let setting = SettingProof {
            setting: "PermitRootLogin".into(),
            at: Place::line("/etc/ssh/sshd_config", 3),
            found: Some("yes".into()),
            wanted: "no".into(),
        };
        Finding {
            package: PackageKey::BestPractices,
            rule: rule.into(),
            subject: "i-1".into(),
            severity,
            title: rule.into(),
            description: String::new(),
            recommendation: String::new(),
            attributes: Vec::new(),
            proof: Proof::Settings { settings: vec![setting] },
        }
    }

    fn finished(evaluation: Evaluation) -> Assessment {
        let moment = Timestamp::from_millis(0);
        let subject = Subject::Host { id: "i-1".into(), operating_system: None };
        evaluation.finish(subject, vec![PackageKey::BestPractices], Span { started_at: moment, completed_at: moment })
    }

    #[test]
    fn order_of_arrival_does_not_show() {
        let (a, b) = (finding("a", Severity::Low), finding("b", Severity::High));
        let (mut one, mut other) = (Evaluation::default(), Evaluation::default());
        [a.clone(), b.clone()].into_iter().for_each(|finding| one.fail(finding));
        [b, a].into_iter().for_each(|finding| other.fail(finding));
        let one = finished(one);
        assert_eq!(one.findings.first().map(|first| first.rule.as_str()), Some("b"));
        assert_eq!(one, finished(other));
    }

    #[test]
    fn what_could_not_be_assessed_is_an_exclusion_and_a_row() {
        let mut evaluation = Evaluation::of(&[PackageKey::Cve]);
        let reason = Reason::new(ReasonCode::UnsupportedOs, "`slackware 15`");
        evaluation.unassessed(PackageKey::Cve, "i-1", reason.clone());
        evaluation.unassessed(PackageKey::Cve, "i-1", reason);
        let assessment = finished(evaluation);
        assert_eq!(assessment.exclusions.len(), 1, "the same cause once");
        assert!(!assessment.coverage.complete());
    }

    #[test]
    fn nothing_to_assess_is_no_pass() {
        let mut evaluation = Evaluation::default();
        evaluation.nothing_to_assess(PackageKey::Cve, Reason::new(ReasonCode::NoInstances, "no instance"));
        let assessment = finished(evaluation);
        assert!(!assessment.coverage.complete());
        assert_eq!(assessment.exclusions.first().map(|exclusion| exclusion.subject.clone()), Some(None));
    }

    #[test]
    fn a_package_without_rows_is_in_the_ledger() {
        let assessment = finished(Evaluation::of(&[PackageKey::Cve]));
        assert!(assessment.coverage.counts(PackageKey::Cve).is_some());
    }
}
