//! The four scoring models (NIST IR 7275 revision 4, 7.3).

use std::collections::BTreeMap;

use super::evaluate::{RuleResult, Verdict};
use super::model::{Benchmark, Item};
use super::select::Selection;

/// One model's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The model.
    pub system: &'static str,
    /// What was reached.
    pub score: f64,
    /// What could have been.
    pub maximum: f64,
}

/// Weighted means, group by group.
pub const DEFAULT: &str = "urn:xccdf:scoring:default";
/// The sum of weights.
pub const FLAT: &str = "urn:xccdf:scoring:flat";
/// The number of rules.
pub const FLAT_UNWEIGHTED: &str = "urn:xccdf:scoring:flat-unweighted";
/// All or nothing.
pub const ABSOLUTE: &str = "urn:xccdf:scoring:absolute";

/// The scores of `results` by every model.
pub fn scores(benchmark: &Benchmark, selection: &Selection, results: &[RuleResult]) -> Vec<Score> {
    let counting: Vec<&RuleResult> = results.iter().filter(|result| counts(result.verdict)).collect();
    let sum = |passing: bool, weight: fn(f64) -> f64| -> f64 {
        counting.iter().filter(|result| !passing || passes(result.verdict)).map(|result| weight(result.weight)).sum()
    };
    let whole = |weight: f64| weight;
    let one = |weight: f64| if weight > 0.0 { 1.0 } else { 0.0 };
    let (flat, maximum) = (sum(true, whole), sum(false, whole));
    let absolute = if flat < maximum { 0.0 } else { maximum };
    let by_rule = by_rule(results);
    let mean = mean(&benchmark.items, selection, &by_rule).map_or(0.0, |(score, _)| score);
    vec![
        Score { system: DEFAULT, score: mean, maximum: 100.0 },
        Score { system: FLAT, score: flat, maximum },
        Score { system: FLAT_UNWEIGHTED, score: sum(true, one), maximum: sum(false, |_| 1.0) },
        Score { system: ABSOLUTE, score: absolute, maximum },
    ]
}

fn by_rule(results: &[RuleResult]) -> BTreeMap<&str, Vec<&RuleResult>> {
    let mut by_rule: BTreeMap<&str, Vec<&RuleResult>> = BTreeMap::new();
    for result in results {
        by_rule.entry(&result.rule).or_default().push(result);
    }
    by_rule
}

/// The weighted mean of the items that count, and how many do; `None` where none does.
fn mean(items: &[Item], selection: &Selection, results: &BTreeMap<&str, Vec<&RuleResult>>) -> Option<(f64, usize)> {
    let (mut total, mut weights, mut count) = (0.0, 0.0, 0);
    for item in items {
        let node = item.node();
        let weight = weight_of(selection.refined(&node.id).weight.as_deref().or(node.weight.as_deref()));
        let scored = match item {
            Item::Group(group) => mean(&group.items, selection, results),
            Item::Rule(rule) => {
                let counting: Vec<_> = results
                    .get(rule.node.id.as_str())
                    .into_iter()
                    .flatten()
                    .filter(|one| counts(one.verdict))
                    .collect();
                let all = !counting.is_empty() && counting.iter().all(|one| passes(one.verdict));
                (!counting.is_empty()).then_some((if all { 100.0 } else { 0.0 }, 1))
            }
        };
        if let Some((score, number)) = scored {
            total += score * weight;
            weights += weight;
            count += number;
        }
    }
    (count > 0).then_some((if weights > 0.0 { total / weights } else { 0.0 }, count))
}

/// A weight as a number; one where it is none.
pub(super) fn weight_of(text: Option<&str>) -> f64 {
    text.and_then(|text| text.trim().parse().ok())
        .filter(|weight: &f64| weight.is_finite() && *weight >= 0.0)
        .unwrap_or(1.0)
}

fn counts(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Pass | Verdict::Fail | Verdict::Error | Verdict::Unknown)
}

fn passes(verdict: Verdict) -> bool {
    verdict == Verdict::Pass
}
