//! `inspector scan host`: this machine, or a directory tree of one.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use inspector_assess::Evaluation;
use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::{best_practices, cve};
use inspector_collect::Root;
use inspector_model::assessment::Subject;
use inspector_model::host::HostFacts;
use inspector_model::{PackageKey, Timestamp};

use super::{ScanArguments, facts, now};
use crate::advisories::{self, DataDirectory};
use crate::exit::Exit;
use crate::failure::Helpful;

/// The packages that say something about a host.
const APPLYING: [PackageKey; 2] = [PackageKey::Cve, PackageKey::BestPractices];

/// Assess this machine, or a directory tree of one
#[derive(Args)]
pub(crate) struct Host {
    /// Look at this directory tree instead of the running machine
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Look at what `inspector-agent show` printed on a machine instead of the machine itself
    #[arg(long, value_name = "FILE", conflicts_with = "root")]
    agent_facts: Option<PathBuf>,
    /// Match packages with this advisory database instead of the imported one
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
    #[command(flatten)]
    scan: ScanArguments,
}

impl Host {
    /// Collects, evaluates, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let packages = self.scan.packages(&APPLYING)?;
        let started_at = now();
        let facts = self.facts(started_at)?;
        let subject = self.subject(&facts);
        let mut evaluation = Evaluation::of(&packages);
        for package in &packages {
            match package {
                PackageKey::Cve => {
                    let advisories = advisories::load(self.db.as_deref(), &self.data.data_dir)?;
                    advisories::warn_of_missing_feeds(&advisories);
                    evaluation.merge(cve::evaluate(&facts, &subject, &advisories));
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

    fn facts(&self, now: Timestamp) -> Result<HostFacts> {
        let root = match (&self.agent_facts, &self.root) {
            (Some(file), _) => return facts::read(file),
            (None, Some(directory)) => Root::directory(directory),
            (None, None) => Root::live(),
        };
        let root = root.context(Helpful::new("cannot look at the host", "inspector scan host --root DIR"))?;
        Ok(inspector_collect::collect(&root, now))
    }

    /// The host's name; of a directory tree without one, the name of the directory.
    fn subject(&self, facts: &HostFacts) -> String {
        let directory = || self.root.as_ref().map(|root| root.display().to_string());
        facts.hostname.seen().cloned().or_else(directory).unwrap_or_else(|| "localhost".to_owned())
    }
}
