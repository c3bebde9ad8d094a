//! `inspector diff`: what one result has that another has not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use inspector_model::coverage::OutcomeWord;
use inspector_model::{Finding, Severity};
use inspector_report::result::ScanResult;
use serde::Serialize;

use crate::drawing::inert;
use crate::exit::Exit;
use crate::{output, scan_result};

/// The schema of the JSON answer.
const SCHEMA: &str = "openinspector.diff/1";

/// Compare two results: which findings are new, fixed, or gone without anybody having looked
#[derive(Args)]
pub(crate) struct Diff {
    /// The earlier result, as `inspector scan --format json` printed it
    before: PathBuf,
    /// The later result
    after: PathBuf,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
    /// Exit with 1 when there are new findings of this severity and above
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum DiffFormat {
    #[default]
    Table,
    Json,
}

#[derive(Serialize)]
struct Answer<'a> {
    schema: &'static str,
    new: Vec<Line<'a>>,
    /// Looked at again, and right now.
    fixed: Vec<Line<'a>>,
    /// Not there any more, and nobody can say that it was fixed.
    gone: Vec<Line<'a>>,
    unchanged: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    fingerprint: &'a str,
    severity: Severity,
    rules_package: &'static str,
    subject: &'a str,
    id: &'a str,
    title: &'a str,
}

impl Diff {
    /// Reads both and compares.
    pub(crate) fn run(self) -> Result<Exit> {
        let (before, after) = (scan_result::read(&self.before)?, scan_result::read(&self.after)?);
        let answer = compare(&before, &after);
        let text = match self.format {
            DiffFormat::Json => format!("{}\n", serde_json::to_string_pretty(&answer)?),
            DiffFormat::Table => table(&answer),
        };
        output::deliver(&text, None)?;
        let fails = |line: &Line<'_>| self.fail_on.is_some_and(|least| line.severity >= least);
        Ok(if answer.new.iter().any(fails) { Exit::Findings } else { Exit::Clean })
    }
}

/// The fingerprints of a result's findings.
pub(crate) fn fingerprints(result: &ScanResult) -> BTreeSet<&str> {
    result.findings.iter().map(|(fingerprint, _)| fingerprint.as_str()).collect()
}

fn compare<'a>(before: &'a ScanResult, after: &'a ScanResult) -> Answer<'a> {
    let (was, is) = (fingerprints(before), fingerprints(after));
    let absent_from = |others: &BTreeSet<&str>, result: &'a ScanResult| {
        let of = result.findings.iter().filter(|(fingerprint, _)| !others.contains(fingerprint.as_str()));
        of.map(|(fingerprint, finding)| line(fingerprint, finding)).collect::<Vec<_>>()
    };
    let vanished: BTreeMap<&str, &Finding> =
        before.findings.iter().map(|(id, finding)| (id.as_str(), finding)).collect();
    let looked = |line: &Line<'a>| vanished.get(line.fingerprint).is_some_and(|finding| was_looked_at(finding, after));
    let (fixed, gone) = absent_from(&is, before).into_iter().partition(looked);
    Answer { schema: SCHEMA, new: absent_from(&was, after), fixed, gone, unchanged: was.intersection(&is).count() }
}

fn line<'a>(fingerprint: &'a str, finding: &'a Finding) -> Line<'a> {
    Line {
        fingerprint,
        severity: finding.severity,
        rules_package: finding.package.as_str(),
        subject: &finding.subject,
        id: &finding.rule,
        title: &finding.title,
    }
}

/// Whether the later scan looked at what the finding was about: its ledger, where it holds one, must name the subject and
/// leave nothing of it open; without a ledger nothing of the package may be open.
fn was_looked_at(finding: &Finding, after: &ScanResult) -> bool {
    let Some(part) = after.coverage.get(&finding.package) else { return false };
    match &part.rules {
        Some(rows) => {
            let mut of_subject = rows.iter().filter(|row| row.subject == finding.subject).peekable();
            of_subject.peek().is_some() && of_subject.all(|row| row.outcome != OutcomeWord::NotAssessed)
        }
        None => part.counts.not_assessed == 0 && part.counts.pass + part.counts.fail > 0,
    }
}

fn table(answer: &Answer<'_>) -> String {
    let mut lines = Vec::new();
    for (word, of) in [("new", &answer.new), ("fixed", &answer.fixed), ("gone, not known to be fixed", &answer.gone)] {
        lines.push(format!("{word}: {}", of.len()));
        for line in of {
            lines.push(format!("  {} {}: {}", line.severity, inert(line.subject), inert(line.title)));
        }
    }
    lines.push(format!("unchanged: {}", answer.unchanged));
    lines.join("\n") + "\n"
}
