//! Runtime Behavior Analysis: seven rules on what one host did and runs.

use inspector_model::PackageKey;

use super::best_practices::outside;
use crate::Evaluation;
use crate::runtime_behavior::{Observed, RULES};

const PACKAGE: PackageKey = PackageKey::RuntimeBehavior;

/// Evaluates every rule on one host; `subject` is its instance id, or its name where it is no instance.
///
/// The original judged some of the rules on Windows too; what is collected of Windows here says nothing about them, so
/// none is concluded from.
pub fn evaluate(host: &Observed<'_>, subject: &str) -> Evaluation {
    let mut evaluation = Evaluation::of(&[PACKAGE]);
    let outside = outside(host.facts);
    for rule in RULES {
        let outcome = outside.clone().unwrap_or_else(|| (rule.check)(host));
        rule.conclude(&mut evaluation, PACKAGE, subject, outcome);
    }
    evaluation
}
