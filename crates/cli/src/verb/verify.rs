//! `inspector verify`: re-checks the proof of every finding of a result.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use inspector_assess::verify::{self, Evidence, Judgement};
use inspector_model::assessment::Subject;
use inspector_model::network::Network;
use inspector_model::{Finding, Proof};
use inspector_report::result::ScanResult;
use inspector_vuln::database::Database;
use serde::Serialize;

use crate::advisories::{self, DataDirectory};
use crate::drawing::inert;
use crate::exit::Exit;
use crate::{output, scan_result, snapshot};

/// The schema of the JSON answer.
const SCHEMA: &str = "openinspector.verify/1";

/// Re-check the proof of every finding of a result against the snapshot or the advisories that it was made from
///
/// Exits with 1 where a proof does not hold, with 3 where one could not be checked.
#[derive(Args)]
pub(crate) struct Verify {
    /// What `inspector scan --format json` printed
    result: PathBuf,
    /// The network snapshot (default: the one that the result names)
    #[arg(long)]
    snapshot: Option<PathBuf>,
    /// The advisory database (default: the imported one)
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    format: VerifyFormat,
    /// Exit with 0 although a proof could not be checked
    #[arg(long)]
    allow_incomplete: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum VerifyFormat {
    #[default]
    Table,
    Json,
}

#[derive(Serialize)]
struct Answer<'a> {
    schema: &'static str,
    findings: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    fingerprint: &'a str,
    subject: &'a str,
    id: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl Verify {
    /// Reads the result and its evidence, judges, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let result = scan_result::read(&self.result)?;
        let network = self.network(&result)?;
        let database = self.database(&result)?;
        let evidence = Evidence { network: network.as_ref(), database: database.as_ref() };
        let judged = result
            .findings
            .iter()
            .map(|(fingerprint, finding)| line(fingerprint, finding, verify::judge(finding, fingerprint, &evidence)));
        let findings: Vec<Line<'_>> = judged.collect();
        let is = |verdict: &str| findings.iter().any(|line| line.verdict == verdict);
        let exit = match (is(WRONG), is(UNCHECKED) && !self.allow_incomplete) {
            (true, _) => Exit::Findings,
            (false, true) => Exit::Incomplete,
            (false, false) => Exit::Clean,
        };
        let text = match self.format {
            VerifyFormat::Json => format!("{}\n", serde_json::to_string_pretty(&Answer { schema: SCHEMA, findings })?),
            VerifyFormat::Table => table(&findings),
        };
        output::deliver(&text, None)?;
        Ok(exit)
    }

    fn network(&self, result: &ScanResult) -> Result<Option<Network>> {
        let named = match &result.subject {
            Subject::Network { id, .. } => Some(Path::new(id)).filter(|path| path.exists()),
            Subject::Host { .. } | Subject::Run { .. } => None,
        };
        let proven = result.findings.iter().any(|(_, finding)| matches!(finding.proof, Proof::Network(_)));
        let path = self.snapshot.as_deref().or(named).filter(|_| proven);
        Ok(path.map(snapshot::read).transpose()?.map(|snapshot| snapshot.network))
    }

    fn database(&self, result: &ScanResult) -> Result<Option<Database>> {
        let proven = result.findings.iter().any(|(_, finding)| matches!(finding.proof, Proof::Packages { .. }));
        let load = || advisories::load(self.db.as_deref(), &self.data.data_dir).context("cannot read the advisories");
        proven.then(load).transpose()
    }
}

const HOLDS: &str = "holds";
const WRONG: &str = "wrong";
const UNCHECKED: &str = "unchecked";

fn line<'a>(fingerprint: &'a str, finding: &'a Finding, judgement: Judgement) -> Line<'a> {
    let (verdict, why) = match judgement {
        Judgement::Holds => (HOLDS, None),
        Judgement::Wrong(why) => (WRONG, Some(why)),
        Judgement::Unchecked(why) => (UNCHECKED, Some(why)),
    };
    Line { fingerprint, subject: &finding.subject, id: &finding.rule, verdict, why }
}

fn table(lines: &[Line<'_>]) -> String {
    let mut text = String::new();
    for line in lines.iter().filter(|line| line.verdict != HOLDS) {
        let why = line.why.as_deref().unwrap_or_default();
        let (subject, id) = (inert(line.subject), inert(line.id));
        text.push_str(&format!("{}: {subject}, {id}, {}: {}\n", line.verdict, inert(line.fingerprint), inert(why)));
    }
    let count = |verdict: &str| lines.iter().filter(|line| line.verdict == verdict).count();
    let (holds, wrong, unchecked) = (count(HOLDS), count(WRONG), count(UNCHECKED));
    text + &format!("{} findings: {holds} hold, {wrong} wrong, {unchecked} unchecked\n", lines.len())
}
