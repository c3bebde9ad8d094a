//! `inspector scan sbom`: a bill of materials, judged like a host's inventory.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::cve;
use inspector_collect::sbom;
use inspector_model::PackageKey;
use inspector_model::assessment::Subject;

use super::facts::bounded;
use super::policy::PolicyArguments;
use super::{ScanArguments, now};
use crate::advisories::{self, DataDirectory};
use crate::exit::Exit;
use crate::failure::Helpful;

/// No document is read beyond this: a million packages take half of it.
const LIMIT: u64 = 1 << 30;

/// Assess a bill of materials: CycloneDX or SPDX, in JSON
#[derive(Args)]
pub(crate) struct Sbom {
    /// The document
    #[arg(value_name = "FILE")]
    file: PathBuf,
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

impl Sbom {
    /// Reads, evaluates, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let packages = self.scan.packages(&[PackageKey::Cve])?;
        let started_at = now();
        let name = self.file.display().to_string();
        let failed =
            || Helpful::new(format!("cannot read `{name}`"), "inspector scan sbom FILE, with CycloneDX or SPDX JSON");
        let facts = bounded(&self.file, LIMIT)
            .and_then(|bytes| Ok(sbom::parse(&bytes, &name, started_at)?))
            .with_context(failed)?;
        let advisories = advisories::load(self.db.as_deref(), &self.data.data_dir)?;
        advisories::warn_of_missing_feeds(&advisories, &facts)?;
        let evaluation = cve::evaluate_under(&facts, &name, &advisories, &self.policy.read()?);
        let operating_system = facts.os.seen().map(|os| os.pretty_name.clone());
        let subject = Subject::Host { id: name, operating_system };
        self.scan.finish(evaluation.finish(subject, packages, Span { started_at, completed_at: now() }))
    }
}
