//! What could not be assessed: for people by cause, and check by check.

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::coverage::{Coverage, OutcomeWord};
use inspector_model::exclusion::Exclusion;
use inspector_model::{PackageKey, ReasonCode};

/// Exclusions of one cause, whatever package or subject they concern.
#[derive(Debug)]
pub(crate) struct Gap<'a> {
    pub(crate) title: &'a str,
    /// What was not checked and why, without the particulars.
    pub(crate) cause: &'a str,
    pub(crate) recommendation: &'a str,
    /// Empty where all of the assessment is meant.
    pub(crate) packages: BTreeSet<PackageKey>,
    /// The particulars, each with the subjects that it holds for.
    pub(crate) particulars: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl Gap<'_> {
    /// Every subject that the gap concerns.
    pub(crate) fn subjects(&self) -> BTreeSet<&str> {
        self.particulars.values().flatten().copied().collect()
    }
}

/// One entry for each cause, in the order of the assessment.
pub(crate) fn grouped(exclusions: &[Exclusion]) -> Vec<Gap<'_>> {
    let mut place: BTreeMap<(bool, ReasonCode, &str, &str, &str), usize> = BTreeMap::new();
    let mut gaps: Vec<Gap<'_>> = Vec::new();
    for exclusion in exclusions {
        let Exclusion { package, reason, title, recommendation, .. } = exclusion;
        let cause = cause(exclusion);
        let at = *place.entry((package.is_some(), reason.code, title, cause, recommendation)).or_insert(gaps.len());
        if at == gaps.len() {
            let (packages, particulars) = (BTreeSet::new(), BTreeMap::new());
            gaps.push(Gap { title, cause, recommendation, packages, particulars });
        }
        if let Some(gap) = gaps.get_mut(at) {
            gap.packages.extend(package);
            gap.particulars.entry(&reason.detail).or_default().extend(exclusion.subject.as_deref());
        }
    }
    gaps
}

/// The description up to the particulars, which most descriptions end with and which are shown beside it.
fn cause(exclusion: &Exclusion) -> &str {
    let description = &exclusion.description;
    let sentence = description.strip_suffix('.').unwrap_or(description);
    let common = sentence.strip_suffix(&exclusion.reason.detail).and_then(|text| text.strip_suffix(": "));
    common.unwrap_or(description)
}

/// Checks of one package that were not made for reasons of one class.
#[derive(Debug)]
pub(crate) struct Missing<'a> {
    pub(crate) package: PackageKey,
    /// The class of the reason, as it stands in the ledger.
    pub(crate) class: &'a str,
    pub(crate) checks: u64,
    pub(crate) rules: BTreeSet<&'a str>,
    pub(crate) subjects: BTreeSet<&'a str>,
}

/// Every `not_assessed` row of the ledger, by package and class of reason.
pub(crate) fn missing(coverage: &Coverage) -> Vec<Missing<'_>> {
    let mut all: BTreeMap<(PackageKey, &str), Missing<'_>> = BTreeMap::new();
    for (package, part) in coverage.parts() {
        for row in part.rules.iter().filter(|row| row.outcome == OutcomeWord::NotAssessed) {
            let reason = row.reason.as_deref().unwrap_or("no reason is on record");
            let class = reason.split_once(": ").map_or(reason, |(class, _)| class);
            let entry = all.entry((package, class)).or_insert_with(|| Missing {
                package,
                class,
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

#[cfg(test)]
mod tests {
    use inspector_model::Reason;

    use super::*;

    fn exclusion(subject: &str, description: &str, detail: &str) -> Exclusion {
        Exclusion {
            package: Some(PackageKey::Cve),
            subject: Some(subject.into()),
            reason: Reason::new(ReasonCode::AgentNotFound, detail),
            title: "Agent not found".into(),
            description: description.into(),
            recommendation: "Install it.".into(),
            attributes: Vec::new(),
        }
    }

    #[test]
    fn one_cause_on_many_instances_is_one_gap() {
        let told =
            |id: &str| exclusion(id, &format!("Nothing was checked: `{id}` has none."), &format!("`{id}` has none"));
        let all = [told("i-1"), told("i-2")];
        let gaps = grouped(&all);
        assert_eq!(gaps.len(), 1);
        assert_eq!(gaps[0].cause, "Nothing was checked");
        assert_eq!(gaps[0].subjects(), BTreeSet::from(["i-1", "i-2"]));
        assert_eq!(gaps[0].particulars.keys().collect::<Vec<_>>(), [&"`i-1` has none", &"`i-2` has none"]);
    }

    #[test]
    fn a_description_of_another_form_stands_whole() {
        let all = [exclusion("i-1", "Nothing was checked.", "no message")];
        assert_eq!(grouped(&all)[0].cause, "Nothing was checked.");
    }
}
