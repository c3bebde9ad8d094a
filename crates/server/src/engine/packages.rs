//! The rules packages that a run can evaluate: to add one, name it in [`PACKAGES`].

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use inspector_assess::run::Verdict;
use inspector_assess::runtime_behavior::Observed;
use inspector_assess::{Evaluation, preview, rules_package};
use inspector_model::arn::{Region, RulesPackageArn};
use inspector_model::asset::Asset;
use inspector_model::host::HostFacts;
use inspector_model::{PackageKey, Reason, ReasonCode};

use super::content::Content;
use super::inputs::{Inputs, Instance};

/// One rules package and what evaluates it.
struct Package {
    key: PackageKey,
    evaluate: fn(&Inputs, &Content) -> Evaluation,
}

/// In the order in which they are listed.
const PACKAGES: &[Package] = &[
    Package { key: PackageKey::NetworkReachability, evaluate: network_reachability },
    Package { key: PackageKey::Cve, evaluate: cve },
    Package { key: PackageKey::Cis, evaluate: cis },
    Package { key: PackageKey::BestPractices, evaluate: best_practices },
    Package { key: PackageKey::RuntimeBehavior, evaluate: runtime_behavior },
];

/// Each instance is judged in the snapshot that described it when the run started.
fn network_reachability(inputs: &Inputs, _content: &Content) -> Evaluation {
    let key = PackageKey::NetworkReachability;
    let mut evaluation = Evaluation::of(&[key]);
    let hosts: BTreeMap<String, &HostFacts> = inputs
        .instances
        .iter()
        .filter_map(|instance| Some((instance.asset.id.clone(), instance.facts.as_ref().ok()?)))
        .collect();
    for (digest, network) in &inputs.networks {
        let here = |asset: &&Asset| asset.snapshot.as_ref() == Some(digest);
        let asked = inputs.instances.iter().map(|instance| &instance.asset).filter(here);
        let asked: BTreeSet<String> = asked.map(|asset| asset.id.clone()).collect();
        evaluation.merge(rules_package::network_reachability::evaluate(network, Some(&asked), &hosts));
    }
    for instance in inputs.instances.iter().filter(|instance| instance.asset.snapshot.is_none()) {
        let id = &instance.asset.id;
        evaluation.unassessed(key, id, preview::not_in_snapshot(id));
    }
    evaluation
}

fn cve(inputs: &Inputs, content: &Content) -> Evaluation {
    let key = PackageKey::Cve;
    match &content.advisories {
        Ok(database) => each_host(key, inputs, |facts, it| rules_package::cve::evaluate(facts, &it.asset.id, database)),
        Err(why) => {
            let mut evaluation = Evaluation::of(&[key]);
            everywhere(&mut evaluation, key, inputs, &Reason::new(ReasonCode::AdvisoriesMissing, why.as_str()));
            evaluation
        }
    }
}

fn cis(inputs: &Inputs, content: &Content) -> Evaluation {
    let key = PackageKey::Cis;
    let mut evaluation = Evaluation::of(&[key]);
    let benchmarks = match (content.benchmarks)() {
        Ok(benchmarks) => benchmarks,
        Err(why) => {
            everywhere(&mut evaluation, key, inputs, &Reason::new(ReasonCode::EvaluationError, why));
            return evaluation;
        }
    };
    for instance in &inputs.instances {
        let id = &instance.asset.id;
        let items = match (&instance.facts, &instance.benchmark) {
            (Err(reason), _) => Err(reason.clone()),
            (Ok(_), None) => Err(rules_package::cis::nothing_collected(id)),
            (Ok(_), Some(items)) => Ok(items),
        };
        match items.and_then(|items| rules_package::cis::evaluate_items(&benchmarks, items, id)) {
            Ok(part) => evaluation.merge(part),
            Err(reason) => evaluation.unassessed(key, id, reason),
        }
    }
    evaluation
}

fn best_practices(inputs: &Inputs, _content: &Content) -> Evaluation {
    each_host(PackageKey::BestPractices, inputs, |facts, it| {
        rules_package::best_practices::evaluate(facts, &it.asset.id)
    })
}

fn runtime_behavior(inputs: &Inputs, _content: &Content) -> Evaluation {
    each_host(PackageKey::RuntimeBehavior, inputs, |facts, it| {
        let observed = Observed { facts, wanted_seconds: it.observed_seconds };
        rules_package::runtime_behavior::evaluate(&observed, &it.asset.id)
    })
}

/// The packages that this service can evaluate.
pub(crate) fn known() -> impl Iterator<Item = PackageKey> {
    PACKAGES.iter().map(|package| package.key)
}

/// The package that `arn` names in `region`, whether it can be evaluated or not: templates of the original name them all.
pub(crate) fn of_arn(arn: &RulesPackageArn, region: &Region) -> Option<PackageKey> {
    PackageKey::ALL.into_iter().find(|key| key.arn(region).as_ref() == Some(arn))
}

/// Evaluates `packages`. A package that breaks off is not assessed, and the others go on.
pub(super) fn evaluate(packages: &[PackageKey], inputs: &Inputs, content: &Content) -> (Evaluation, Verdict) {
    let (mut whole, mut verdict) = (Evaluation::of(packages), Verdict::Whole);
    for key in packages.iter().copied() {
        if inputs.instances.is_empty() {
            whole.nothing_to_assess(key, preview::no_instances());
            continue;
        }
        let Some(package) = PACKAGES.iter().find(|package| package.key == key) else {
            everywhere(&mut whole, key, inputs, &preview::not_built(key));
            continue;
        };
        match catch_unwind(AssertUnwindSafe(|| (package.evaluate)(inputs, content))) {
            Ok(part) => whole.merge(part),
            Err(_) => {
                verdict = Verdict::InPart;
                let why = format!("{} broke off", key.name());
                everywhere(&mut whole, key, inputs, &Reason::new(ReasonCode::EvaluationError, why));
            }
        }
    }
    (whole, verdict)
}

fn everywhere(evaluation: &mut Evaluation, key: PackageKey, inputs: &Inputs, reason: &Reason) {
    for instance in &inputs.instances {
        evaluation.unassessed(key, &instance.asset.id, reason.clone());
    }
}

/// Evaluates `one` on every host whose facts are there; the others are not assessed.
fn each_host(key: PackageKey, inputs: &Inputs, one: impl Fn(&HostFacts, &Instance) -> Evaluation) -> Evaluation {
    let mut evaluation = Evaluation::of(&[key]);
    for instance in &inputs.instances {
        match &instance.facts {
            Ok(facts) => evaluation.merge(one(facts, instance)),
            Err(reason) => evaluation.unassessed(key, &instance.asset.id, reason.clone()),
        }
    }
    evaluation
}
