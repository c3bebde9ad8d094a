//! Findings by rule.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use inspector_model::{Finding, PackageKey, Severity};

/// The findings of one rule. A text stands once where all of them share it.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) package: PackageKey,
    pub(crate) rule: &'a str,
    pub(crate) severity: Severity,
    pub(crate) subjects: BTreeSet<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) recommendation: Option<&'a str>,
    pub(crate) findings: Vec<&'a Finding>,
}

impl Group<'_> {
    /// The severity of a finding, where it is not that of the rule.
    pub(crate) fn own_severity(&self, finding: &Finding) -> Option<Severity> {
        (finding.severity != self.severity).then_some(finding.severity)
    }
}

/// One group for each rule, worst first.
pub(crate) fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut by_rule: BTreeMap<(PackageKey, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry((finding.package, &finding.rule)).or_default().push(finding);
    }
    let mut groups: Vec<Group<'_>> = by_rule
        .into_iter()
        .map(|((package, rule), findings)| Group {
            package,
            rule,
            severity: findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Undefined),
            subjects: findings.iter().map(|finding| finding.subject.as_str()).collect(),
            title: shared(&findings, |finding| &finding.title),
            description: shared(&findings, |finding| &finding.description),
            recommendation: shared(&findings, |finding| &finding.recommendation),
            findings,
        })
        .collect();
    groups.sort_by_key(|group| (Reverse(group.severity), group.package, group.rule));
    groups
}

/// The text that all findings have in common.
fn shared<'a>(findings: &[&'a Finding], text: fn(&Finding) -> &str) -> Option<&'a str> {
    let (first, rest) = findings.split_first()?;
    rest.iter().all(|finding| text(finding) == text(first)).then(|| text(first))
}
