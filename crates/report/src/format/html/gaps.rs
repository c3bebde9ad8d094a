//! What could not be assessed: for people by cause, and check by check.

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::PackageKey;
use inspector_model::coverage::{Coverage, OutcomeWord};
use inspector_model::exclusion::Exclusion;

/// Exclusions that say the same about several packages or subjects.
#[derive(Debug)]
pub(super) struct Gap<'a> {
    pub(super) first: &'a Exclusion,
    /// Empty where all of the assessment is meant.
    pub(super) packages: BTreeSet<PackageKey>,
    pub(super) subjects: BTreeSet<&'a str>,
}

/// One entry for each cause, in the order of the assessment.
pub(super) fn grouped(exclusions: &[Exclusion]) -> Vec<Gap<'_>> {
    let mut place = BTreeMap::new();
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    for exclusion in exclusions {
        let Exclusion { package, title, description, recommendation, .. } = exclusion;
        let key = (package.is_some(), title, description, recommendation);
        let at = *place.entry(key).or_insert(gaps.len());
        if at == gaps.len() {
            gaps.push(Gap { first: exclusion, packages: BTreeSet::new(), subjects: BTreeSet::new() });
        }
        if let Some(gap) = gaps.get_mut(at) {
            gap.packages.extend(package);
            gap.subjects.extend(exclusion.subject.as_deref());
        }
    }
    gaps
}

/// Checks of one package that were not made for one reason.
#[derive(Debug)]
pub(super) struct Missing<'a> {
    pub(super) package: PackageKey,
    pub(super) reason: &'a str,
    pub(super) checks: u64,
    pub(super) rules: BTreeSet<&'a str>,
    pub(super) subjects: BTreeSet<&'a str>,
}

/// Every `not_assessed` row of the ledger, by package and reason.
pub(super) fn missing(coverage: &Coverage) -> Vec<Missing<'_>> {
    let mut all: BTreeMap<(PackageKey, &str), Missing<'_>> = BTreeMap::new();
    for (package, part) in coverage.parts() {
        for row in part.rules.iter().filter(|row| row.outcome == OutcomeWord::NotAssessed) {
            let reason = row.reason.as_deref().unwrap_or("no reason is on record");
            let entry = all.entry((package, reason)).or_insert_with(|| Missing {
                package,
                reason,
                checks: 0,
                rules: BTreeSet::new(),
                subjects: BTreeSet::new(),
            });
            entry.checks += 1;
            entry.rules.insert(if row.rule == "*" { "all rules" } else { &row.rule });
            entry.subjects.insert(&row.subject);
        }
    }
    all.into_values().collect()
}
