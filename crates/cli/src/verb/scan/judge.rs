//! What every scan of a host's files has in common: the rules packages over its facts.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use inspector_assess::Evaluation;
use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::{best_practices, cve, runtime_behavior};
use inspector_assess::runtime_behavior::Observed;
use inspector_collect::{Root, language};
use inspector_model::assessment::Subject;
use inspector_model::host::HostFacts;
use inspector_model::{PackageKey, Timestamp};

use super::benchmark::{Asked, BenchmarkArguments};
use super::policy::PolicyArguments;
use super::{ScanArguments, now};
use crate::advisories::{self, DataDirectory};
use crate::exit::Exit;

/// The packages that say something about a host.
const APPLYING: [PackageKey; 4] =
    [PackageKey::Cve, PackageKey::Cis, PackageKey::BestPractices, PackageKey::RuntimeBehavior];

/// What every scan of a host's files can be told.
#[derive(Args)]
pub(crate) struct HostArguments {
    /// Match packages with this advisory database instead of the imported one
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Do not look for packages of programming languages
    #[arg(long)]
    no_language_packages: bool,
    #[command(flatten)]
    data: DataDirectory,
    #[command(flatten)]
    benchmark: BenchmarkArguments,
    #[command(flatten)]
    policy: PolicyArguments,
    #[command(flatten)]
    scan: ScanArguments,
}

/// What a scan looks at.
pub(super) struct Found {
    /// What was collected of it.
    pub(super) facts: HostFacts,
    /// Its name.
    pub(super) subject: String,
    /// Its files, where they are at hand.
    pub(super) root: Option<Root>,
}

/// The facts that the files of a host tell, with packages of programming languages where they are wanted.
pub(in crate::verb) fn collected(root: &Root, now: Timestamp, languages: bool) -> HostFacts {
    let languages = languages.then(|| language::collect(root));
    HostFacts { languages, ..inspector_collect::collect(root, now) }
}

impl HostArguments {
    /// The facts that the files of a host tell.
    pub(super) fn facts(&self, root: &Root, now: Timestamp) -> HostFacts {
        collected(root, now, !self.no_language_packages)
    }

    /// Evaluates what `collect` finds at the time it is given and prints the result.
    pub(super) fn run(&self, collect: impl FnOnce(Timestamp) -> Result<Found>) -> Result<Exit> {
        let mut packages = self.scan.packages(&APPLYING)?;
        let benchmark = self.benchmark.is_given() || self.scan.result_format().is_some();
        if self.scan.packages.is_empty() && !benchmark {
            // Nothing was asked for that a benchmark would be needed for.
            packages.retain(|package| *package != PackageKey::Cis);
        }
        // Before the host is looked at, which may take long.
        let advisories = match packages.contains(&PackageKey::Cve) {
            true => Some((advisories::load(self.db.as_deref(), &self.data.data_dir)?, self.policy.read()?)),
            false => None,
        };
        let started_at = now();
        let Found { facts, subject, root } = collect(started_at)?;
        if self.scan.packages.is_empty() && facts.behavior.is_none() {
            // Nobody asked to observe, and half of its rules need that.
            packages.retain(|package| *package != PackageKey::RuntimeBehavior);
        }
        let (mut evaluation, mut results) = (Evaluation::of(&packages), None);
        for package in &packages {
            match package {
                PackageKey::Cve => {
                    let Some((advisories, policy)) = &advisories else { continue };
                    advisories::warn_of_missing_feeds(advisories, &facts)?;
                    evaluation.merge(cve::evaluate_under(&facts, &subject, advisories, policy));
                }
                PackageKey::BestPractices => evaluation.merge(best_practices::evaluate(&facts, &subject)),
                PackageKey::Cis => {
                    let root = root.as_ref().ok_or_else(|| anyhow!("package `cis` needs the host, not its facts"))?;
                    let asked = Asked { root, facts: &facts, subject: &subject, now: started_at };
                    let held = self.benchmark.evaluate(asked, &self.data.data_dir, self.scan.result_format())?;
                    evaluation.merge(held.evaluation);
                    results = held.results;
                }
                PackageKey::RuntimeBehavior => {
                    let wanted_seconds = facts.behavior.as_ref().map(|observation| observation.seconds);
                    let observed = Observed { facts: &facts, wanted_seconds };
                    evaluation.merge(runtime_behavior::evaluate(&observed, &subject));
                }
                PackageKey::NetworkReachability | PackageKey::Custom => {}
            }
        }
        let operating_system = facts.os.seen().map(|os| os.pretty_name.clone());
        let subject = Subject::Host { id: subject, operating_system };
        let assessment = evaluation.finish(subject, packages, Span { started_at, completed_at: now() });
        self.scan.finish_with(assessment, results)
    }
}
