//! What every scan of a host's files has in common: the rules packages over its facts.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use inspector_assess::Evaluation;
use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::{best_practices, cve};
use inspector_model::assessment::Subject;
use inspector_model::host::HostFacts;
use inspector_model::{PackageKey, Timestamp};

use super::policy::PolicyArguments;
use super::{ScanArguments, now};
use crate::advisories::{self, DataDirectory};
use crate::exit::Exit;

/// The packages that say something about a host.
const APPLYING: [PackageKey; 2] = [PackageKey::Cve, PackageKey::BestPractices];

/// What every scan of a host's files can be told.
#[derive(Args)]
pub(crate) struct HostArguments {
    /// Match packages with this advisory database instead of the imported one
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
    #[command(flatten)]
    policy: PolicyArguments,
    #[command(flatten)]
    scan: ScanArguments,
}

impl HostArguments {
    /// Evaluates what `collect` finds at the time it is given, under the name that it gives, and prints the result.
    pub(super) fn run(&self, collect: impl FnOnce(Timestamp) -> Result<(HostFacts, String)>) -> Result<Exit> {
        let packages = self.scan.packages(&APPLYING)?;
        let started_at = now();
        let (facts, subject) = collect(started_at)?;
        let mut evaluation = Evaluation::of(&packages);
        for package in &packages {
            match package {
                PackageKey::Cve => {
                    let advisories = advisories::load(self.db.as_deref(), &self.data.data_dir)?;
                    advisories::warn_of_missing_feeds(&advisories);
                    let policy = self.policy.read()?;
                    evaluation.merge(cve::evaluate_under(&facts, &subject, &advisories, &policy));
                }
                PackageKey::BestPractices => evaluation.merge(best_practices::evaluate(&facts, &subject)),
                PackageKey::NetworkReachability
                | PackageKey::Cis
                | PackageKey::RuntimeBehavior
                | PackageKey::Custom => {}
            }
        }
        let operating_system = facts.os.seen().map(|os| os.pretty_name.clone());
        let subject = Subject::Host { id: subject, operating_system };
        self.scan.finish(evaluation.finish(subject, packages, Span { started_at, completed_at: now() }))
    }
}
