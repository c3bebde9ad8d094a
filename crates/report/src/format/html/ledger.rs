//! What was looked at: by instance and by rule.

use std::collections::BTreeMap;

use inspector_model::PackageKey;
use inspector_model::assessment::Assessment;
use inspector_model::coverage::{Counts, Coverage, OutcomeWord};

use crate::meta::Instance;

/// One instance and what came of its checks.
#[derive(Debug, Default)]
pub(super) struct InstanceRow<'a> {
    pub(super) id: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) operating_system: Option<&'a str>,
    pub(super) counts: Counts,
    pub(super) findings: u64,
}

impl InstanceRow<'_> {
    /// All checks that were asked for at the instance.
    pub(super) fn checks(&self) -> u64 {
        let Counts { pass, fail, not_applicable, not_assessed } = self.counts;
        pass + fail + not_applicable + not_assessed
    }
}

/// Every subject that the caller, the ledger or a finding names.
pub(super) fn instance_rows<'a>(assessment: &'a Assessment, known: &'a [Instance]) -> Vec<InstanceRow<'a>> {
    let mut rows: BTreeMap<&str, InstanceRow<'_>> = BTreeMap::new();
    for instance in known {
        let row = rows.entry(&instance.id).or_default();
        row.name = instance.name.as_deref();
        row.operating_system = instance.operating_system.as_deref();
    }
    for line in assessment.coverage.parts().flat_map(|(_, part)| &part.rules) {
        count(&mut rows.entry(&line.subject).or_default().counts, line.outcome);
    }
    for finding in &assessment.findings {
        rows.entry(&finding.subject).or_default().findings += 1;
    }
    for (id, row) in &mut rows {
        row.id = id;
    }
    rows.into_values().collect()
}

/// The rules of one package.
#[derive(Debug)]
pub(super) struct PackageRules<'a> {
    pub(super) package: PackageKey,
    pub(super) rules: Vec<RuleRow<'a>>,
}

/// One rule and what came of it over all instances.
#[derive(Debug)]
pub(super) struct RuleRow<'a> {
    pub(super) rule: &'a str,
    pub(super) counts: Counts,
}

impl RuleRow<'_> {
    /// What may be said of the rule in one word or two. Only what was looked at everywhere passes.
    pub(super) fn result(&self) -> &'static str {
        match self.counts {
            Counts { fail: 1.., .. } => "Failed",
            Counts { not_assessed: 1.., .. } => "Not assessed",
            Counts { pass: 1.., .. } => "Passed",
            Counts { .. } => "Not applicable",
        }
    }
}

/// Every rule of the ledger, by package.
pub(super) fn package_rules(coverage: &Coverage) -> Vec<PackageRules<'_>> {
    coverage
        .parts()
        .map(|(package, part)| {
            let mut rules: BTreeMap<&str, Counts> = BTreeMap::new();
            for row in &part.rules {
                count(rules.entry(&row.rule).or_default(), row.outcome);
            }
            let rules = rules.into_iter().map(|(rule, counts)| RuleRow { rule, counts }).collect();
            PackageRules { package, rules }
        })
        .collect()
}

fn count(counts: &mut Counts, outcome: OutcomeWord) {
    match outcome {
        OutcomeWord::Pass => counts.pass += 1,
        OutcomeWord::Fail => counts.fail += 1,
        OutcomeWord::NotApplicable => counts.not_applicable += 1,
        OutcomeWord::NotAssessed => counts.not_assessed += 1,
    }
}
