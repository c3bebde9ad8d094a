//! `inspector gate`: the exit code that a result deserves, for a pipeline.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use inspector_model::Severity;
use inspector_report::result::ScanResult;

use super::diff::fingerprints;
use crate::drawing::inert;
use crate::exit::Exit;
use crate::{output, scan_result};

/// Judge a result for a pipeline: what could not be assessed fails too, unless told otherwise
#[derive(Args)]
pub(crate) struct Gate {
    /// What `inspector scan --format json` printed
    result: PathBuf,
    /// Findings of this severity and above fail
    #[arg(long, value_name = "SEVERITY", default_value_t = Severity::High)]
    fail_on: Severity,
    /// Findings that this earlier result has already do not fail
    #[arg(long, value_name = "RESULT")]
    baseline: Option<PathBuf>,
    /// What could not be assessed does not fail
    #[arg(long)]
    allow_incomplete: bool,
}

impl Gate {
    /// Reads and judges.
    pub(crate) fn run(self) -> Result<Exit> {
        let result = scan_result::read(&self.result)?;
        let baseline = self.baseline.as_deref().map(scan_result::read).transpose()?;
        let known = baseline.as_ref().map(fingerprints).unwrap_or_default();
        let failing: Vec<_> = result
            .findings
            .iter()
            .filter(|(fingerprint, finding)| finding.severity >= self.fail_on && !known.contains(fingerprint.as_str()))
            .map(|(_, finding)| finding)
            .collect();
        let mut text = String::new();
        for finding in &failing {
            text.push_str(&format!("{} {}: {}\n", finding.severity, inert(&finding.subject), inert(&finding.title)));
        }
        let unassessed = unassessed(&result);
        let new = if baseline.is_some() { "new findings" } else { "findings" };
        text.push_str(&format!("{} {new} of {} and above, {unassessed} not assessed\n", failing.len(), self.fail_on));
        output::deliver(&text, None)?;
        Ok(match (failing.is_empty(), unassessed > 0 && !self.allow_incomplete) {
            (false, _) => Exit::Findings,
            (true, true) => Exit::Incomplete,
            (true, false) => Exit::Clean,
        })
    }
}

/// How much could not be told. A result that looked at nothing at all told nothing.
fn unassessed(result: &ScanResult) -> u64 {
    let counts = || result.coverage.values().map(|part| part.counts);
    let looked: u64 = counts().map(|counts| counts.pass + counts.fail + counts.not_applicable).sum();
    let not: u64 = counts().map(|counts| counts.not_assessed).sum();
    if looked == 0 { not.max(1) } else { not }
}
