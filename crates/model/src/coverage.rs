//! The ledger: what was looked at, and with what result, rule by rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::outcome::{Outcome, Reason};
use crate::rules_package::PackageKey;

/// Counts of one rules package. Their sum is the number of (rule, subject) pairs that were asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Looked, and right.
    pub pass: u64,
    /// Looked, and wrong.
    pub fail: u64,
    /// Does not concern the subject.
    pub not_applicable: u64,
    /// Could not tell.
    pub not_assessed: u64,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The rule.
    pub rule: String,
    /// The instance id or host name.
    pub subject: String,
    /// The outcome's word.
    pub outcome: OutcomeWord,
    /// Why, for `not_applicable` and `not_assessed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The rules package's own word for the result, where it has one: that of XCCDF for benchmarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// An [`Outcome`] without its proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeWord {
    /// See [`Outcome::Pass`].
    Pass,
    /// See [`Outcome::Fail`].
    Fail,
    /// See [`Outcome::NotApplicable`].
    NotApplicable,
    /// See [`Outcome::NotAssessed`].
    NotAssessed,
}

/// The ledger of an assessment, a part for each rules package that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Coverage {
    packages: BTreeMap<PackageKey, Part>,
}

/// One package's part of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// The counts of all rows.
    #[serde(flatten)]
    pub counts: Counts,
    /// Every row, sorted by rule and subject once [`Coverage::sorted`] has run.
    pub rules: Vec<Row>,
}

impl Coverage {
    /// Notes that `package` was asked for, even if it ends with no row.
    pub fn open(&mut self, package: PackageKey) {
        self.packages.entry(package).or_default();
    }

    /// Writes one outcome down.
    pub fn record(&mut self, package: PackageKey, rule: impl Into<String>, subject: &str, outcome: &Outcome) {
        self.record_result(package, rule, subject, outcome, None);
    }

    /// Writes one outcome down, with the rules package's own word for it.
    pub fn record_result(
        &mut self,
        package: PackageKey,
        rule: impl Into<String>,
        subject: &str,
        outcome: &Outcome,
        result: Option<&str>,
    ) {
        let part = self.packages.entry(package).or_default();
        let (word, count, reason) = match outcome {
            Outcome::Pass => (OutcomeWord::Pass, &mut part.counts.pass, None),
            Outcome::Fail(_) => (OutcomeWord::Fail, &mut part.counts.fail, None),
            Outcome::NotApplicable(why) => {
                (OutcomeWord::NotApplicable, &mut part.counts.not_applicable, Some(why.clone()))
            }
            Outcome::NotAssessed(reason) => {
                (OutcomeWord::NotAssessed, &mut part.counts.not_assessed, Some(reason.to_string()))
            }
        };
        *count += 1;
        let result = result.map(str::to_owned);
        part.rules.push(Row { rule: rule.into(), subject: subject.to_owned(), outcome: word, reason, result });
    }

    /// Writes down that `package` could not look at all at `subject`.
    pub fn record_unassessed(&mut self, package: PackageKey, subject: &str, reason: Reason) {
        self.record(package, "*", subject, &Outcome::NotAssessed(reason));
    }

    /// Adds another ledger's rows to this one.
    pub fn merge(&mut self, other: Self) {
        for (package, part) in other.packages {
            let mine = self.packages.entry(package).or_default();
            mine.counts.pass += part.counts.pass;
            mine.counts.fail += part.counts.fail;
            mine.counts.not_applicable += part.counts.not_applicable;
            mine.counts.not_assessed += part.counts.not_assessed;
            mine.rules.extend(part.rules);
        }
    }

    /// The same ledger with its rows in order, whatever the order of arrival.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        for part in self.packages.values_mut() {
            part.rules.sort();
        }
        self
    }

    /// The parts by package.
    pub fn parts(&self) -> impl Iterator<Item = (PackageKey, &Part)> {
        self.packages.iter().map(|(key, part)| (*key, part))
    }

    /// The counts of `package`, if it was asked for.
    pub fn counts(&self, package: PackageKey) -> Option<Counts> {
        self.packages.get(&package).map(|part| part.counts)
    }

    /// Whether everything that was asked for could be assessed.
    ///
    /// INVARIANT: a package that left no row has not looked, and a ledger without packages says nothing.
    pub fn complete(&self) -> bool {
        let looked = |part: &Part| !part.rules.is_empty() && part.counts.not_assessed == 0;
        !self.packages.is_empty() && self.packages.values().all(looked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_complete_only_where_every_package_has_looked() {
        let mut coverage = Coverage::default();
        assert!(!coverage.complete(), "no package");
        coverage.record(PackageKey::Cve, "CVE-2024-6387", "web-1", &Outcome::Pass);
        assert!(coverage.complete());
        coverage.open(PackageKey::Cis);
        assert!(!coverage.complete(), "a package without a row");
        coverage.record_unassessed(PackageKey::Cis, "web-1", Reason::new(crate::ReasonCode::UnsupportedOs, "`x`"));
        assert!(!coverage.complete(), "a row without a result");
    }
}
