//! What was looked at: by instance and by rule.

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::PackageKey;
use inspector_model::assessment::Assessment;
use inspector_model::coverage::{Counts, Coverage, OutcomeWord, Row};

use crate::meta::Instance;

/// One instance and what came of its checks.
#[derive(Debug, Default)]
pub(crate) struct InstanceRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) operating_system: Option<&'a str>,
    pub(crate) counts: Counts,
    pub(crate) findings: u64,
}

impl InstanceRow<'_> {
    /// All checks that were asked for at the instance.
    pub(crate) fn checks(&self) -> u64 {
        let Counts { pass, fail, not_applicable, not_assessed } = self.counts;
        pass + fail + not_applicable + not_assessed
    }
}

/// Every subject that the caller, the ledger or a finding names.
pub(crate) fn instance_rows<'a>(assessment: &'a Assessment, known: &'a [Instance]) -> Vec<InstanceRow<'a>> {
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
pub(crate) struct PackageRules<'a> {
    pub(crate) package: PackageKey,
    pub(crate) rules: Vec<RuleRow<'a>>,
}

/// One rule and what came of it over all instances.
#[derive(Debug)]
pub(crate) struct RuleRow<'a> {
    /// `*` stands for all rules that have no row of their own at an instance.
    pub(crate) rule: &'a str,
    pub(crate) counts: Counts,
}

impl RuleRow<'_> {
    /// What may be said of the rule in one word or two.
    ///
    /// INVARIANT: only a rule that was looked at on every instance passes.
    pub(crate) fn result(&self) -> &'static str {
        match self.counts {
            Counts { fail: 1.., .. } => "Failed",
            Counts { not_assessed: 1.., pass: 1.., .. } => "Incomplete",
            Counts { not_assessed: 1.., .. } => "Not assessed",
            Counts { pass: 1.., .. } => "Passed",
            Counts { .. } => "Not applicable",
        }
    }
}

/// Every rule of the ledger, by package.
pub(crate) fn package_rules(coverage: &Coverage) -> Vec<PackageRules<'_>> {
    coverage.parts().map(|(package, part)| PackageRules { package, rules: rule_rows(&part.rules) }).collect()
}

/// One row for each rule. An instance at which all rules went unassessed counts against each of them, unless the rule has
/// a row of its own there.
fn rule_rows(lines: &[Row]) -> Vec<RuleRow<'_>> {
    let unseen: BTreeSet<&str> = lines.iter().filter(|line| line.rule == ALL).map(|line| &*line.subject).collect();
    let mut rules: BTreeMap<&str, (Counts, BTreeSet<&str>)> = BTreeMap::new();
    for line in lines {
        let (counts, seen) = rules.entry(&line.rule).or_default();
        count(counts, line.outcome);
        if unseen.contains(&*line.subject) {
            seen.insert(&line.subject);
        }
    }
    let row = |(rule, (mut counts, seen)): (_, (Counts, BTreeSet<&str>))| {
        counts.not_assessed += u64::try_from(unseen.len() - seen.len()).unwrap_or(u64::MAX);
        RuleRow { rule, counts }
    };
    rules.into_iter().map(row).collect()
}

fn count(counts: &mut Counts, outcome: OutcomeWord) {
    match outcome {
        OutcomeWord::Pass => counts.pass += 1,
        OutcomeWord::Fail => counts.fail += 1,
        OutcomeWord::NotApplicable => counts.not_applicable += 1,
        OutcomeWord::NotAssessed => counts.not_assessed += 1,
    }
}

/// The ledger's name for all rules of a package.
const ALL: &str = "*";

#[cfg(test)]
mod tests {
    use inspector_model::{Outcome, Reason, ReasonCode};

    use super::*;

    #[test]
    fn a_rule_passes_only_where_it_was_looked_at_on_every_instance() {
        let key = PackageKey::Cve;
        let mut coverage = Coverage::default();
        for (rule, subject) in [("A", "web-1"), ("A", "web-2"), ("B", "web-1")] {
            coverage.record(key, rule, subject, &Outcome::Pass);
        }
        coverage.record_unassessed(key, "web-2", Reason::new(ReasonCode::AdvisoriesMissing, "`debian:12`"));
        let rules = package_rules(&coverage).remove(0).rules;
        let results: Vec<_> = rules.iter().map(|row| (row.rule, row.result(), row.counts.not_assessed)).collect();
        assert_eq!(results, [("*", "Not assessed", 1), ("A", "Passed", 0), ("B", "Incomplete", 1)]);
    }
}
