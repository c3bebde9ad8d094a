//! Counts per rules package, and what may be said about the whole.

use std::collections::BTreeSet;

use inspector_model::assessment::Assessment;
use inspector_model::coverage::Counts;
use inspector_model::{PackageKey, Severity};

use super::counted;
use super::ledger::InstanceRow;

/// One rules package: what it found, out of how many checks.
#[derive(Debug)]
pub(crate) struct PackageRow {
    pub(crate) package: PackageKey,
    pub(crate) counts: Counts,
    severities: Vec<Severity>,
    exclusions: usize,
}

impl PackageRow {
    /// How many findings of `severity` it has.
    pub(crate) fn count(&self, severity: &Severity) -> usize {
        self.severities.iter().filter(|mine| *mine == severity).count()
    }

    /// All checks that were asked for.
    pub(crate) fn checks(&self) -> u64 {
        let Counts { pass, fail, not_applicable, not_assessed } = self.counts;
        pass + fail + not_applicable + not_assessed
    }

    /// Whether the package looked at all that it was asked to look at.
    ///
    /// INVARIANT: a package with no row, or with a failure that no finding tells, is not complete.
    pub(crate) fn complete(&self) -> bool {
        let told = self.counts.fail == 0 || !self.severities.is_empty();
        self.checks() > 0 && self.counts.not_assessed == 0 && self.exclusions == 0 && told
    }

    /// What may be said of a package without findings.
    pub(crate) fn standing(&self) -> String {
        if !self.severities.is_empty() {
            return counted(self.severities.len(), "finding");
        }
        if self.checks() == 0 {
            return "Not assessed: no check is on record".to_owned();
        }
        if !self.complete() {
            return "No finding so far, but not everything could be assessed".to_owned();
        }
        if self.counts.pass == 0 {
            return "No rule of this package concerns what was assessed".to_owned();
        }
        CLEAN.to_owned()
    }
}

/// A row for each package that was asked for or that left a trace, zero rows included.
pub(crate) fn package_rows(assessment: &Assessment) -> Vec<PackageRow> {
    let mut present: BTreeSet<PackageKey> = assessment.packages.iter().copied().collect();
    present.extend(assessment.coverage.parts().map(|(package, _)| package));
    present.extend(assessment.findings.iter().map(|finding| finding.package));
    present.extend(assessment.exclusions.iter().filter_map(|exclusion| exclusion.package));
    let row = |package: PackageKey| PackageRow {
        package,
        counts: assessment.coverage.counts(package).unwrap_or_default(),
        severities: assessment
            .findings
            .iter()
            .filter(|finding| finding.package == package)
            .map(|finding| finding.severity)
            .collect(),
        exclusions: assessment.exclusions.iter().filter(|one| one.package.is_none_or(|of| of == package)).count(),
    };
    PackageKey::ALL.into_iter().filter(|package| present.contains(package)).map(row).collect()
}

/// What may be said about the assessment as a whole.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) complete: bool,
    pub(crate) headline: String,
    pub(crate) explanation: &'static str,
}

impl Standing {
    pub(crate) fn of(assessment: &Assessment, packages: &[PackageRow], instances: &[InstanceRow<'_>]) -> Self {
        let unseen = instances.iter().filter(|instance| instance.checks() == 0).count();
        let complete = !packages.is_empty()
            && packages.iter().all(PackageRow::complete)
            && assessment.coverage.complete()
            && unseen == 0;
        let findings = counted(assessment.findings.len(), "finding");
        let passed = packages.iter().any(|row| row.counts.pass > 0);
        let (headline, explanation) = if !complete {
            (format!("Incomplete: {findings}, and {}", not_made(packages, unseen)), INCOMPLETE)
        } else if !assessment.findings.is_empty() {
            (format!("Complete: {findings}"), COMPLETE)
        } else if passed {
            (CLEAN.to_owned(), COMPLETE)
        } else {
            ("No rule concerns what was assessed".to_owned(), COMPLETE)
        };
        Self { complete, headline, explanation }
    }
}

/// What is missing, in numbers.
fn not_made(packages: &[PackageRow], unseen: usize) -> String {
    let checks: u64 = packages.iter().map(|row| row.counts.not_assessed).sum();
    let silent = packages.iter().filter(|row| row.checks() == 0).count();
    let mut parts = Vec::new();
    if checks > 0 {
        parts.push(format!("{} could not be made", counted(checks, "check")));
    }
    if silent > 0 {
        parts.push(format!("{} left no check on record", counted(silent, "rules package")));
    }
    if unseen > 0 {
        parts.push(format!("{} had no check at all", counted(unseen, "instance")));
    }
    if parts.is_empty() {
        parts.push("not everything could be assessed".to_owned());
    }
    parts.join(", ")
}

/// Said only where nothing was left unassessed.
const CLEAN: &str = "No potential security issues found";

const COMPLETE: &str = "Everything that was asked for was assessed.";

const INCOMPLETE: &str = "That something has no finding says nothing where it could not be assessed. Section 3 names each \
                          gap, its cause and its remedy.";
