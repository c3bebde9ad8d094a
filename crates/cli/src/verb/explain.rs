//! `inspector explain`: one finding's proof, or the answer to one question, as text.

mod why_not;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use inspector_api::openinspector::DescribeFindingProofsRequest;
use inspector_model::Proof;
use inspector_model::arn::FindingArn;
use inspector_model::proof::NetworkProof;
use inspector_reachability::index::Index;
use inspector_reachability::prove;
use inspector_reachability::question::{End, Question};

use crate::client::Connection;
use crate::drawing::{self, inert};
use crate::exit::Exit;
use crate::{output, scan_result, snapshot};

/// Show why: the proof of a finding of a result or of the service, what stands between two places of a snapshot, or why a
/// vulnerability is no finding
#[derive(Args)]
pub(crate) struct Explain {
    /// A finding: its fingerprint or the beginning of it, with --result; or its ARN, from the service
    #[arg(required_unless_present_any = ["snapshot", "why_not"])]
    finding: Option<String>,
    /// What `inspector scan --format json` printed
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
    /// Instead of a finding: a network snapshot to ask
    #[arg(long, conflicts_with_all = ["finding", "result"])]
    snapshot: Option<PathBuf>,
    /// With --snapshot: from this address, range, VPC, instance or gateway
    #[arg(long, value_name = "SOURCE", requires = "snapshot")]
    from: Option<End>,
    /// With --snapshot: to this address, range, VPC, subnet, instance or interface
    #[arg(long, value_name = "DESTINATION", requires = "snapshot")]
    to: Option<End>,
    /// With --snapshot: to this port
    #[arg(long, requires = "snapshot")]
    port: Option<u16>,
    #[command(flatten)]
    why_not: why_not::WhyNot,
    #[command(flatten)]
    connection: Connection,
}

impl Explain {
    /// Finds and draws.
    pub(crate) fn run(self) -> Result<Exit> {
        if let Some(answer) = self.why_not.answer()? {
            output::deliver(&answer, None)?;
            return Ok(Exit::Clean);
        }
        let text = match (&self.finding, &self.result, &self.snapshot) {
            (_, _, Some(path)) => {
                let question = Question { from: self.from, to: self.to, port: self.port };
                answer(&snapshot::read(path)?.network, &question)
            }
            (Some(finding), Some(result), None) => of_result(finding, &scan_result::read(result)?)?,
            (Some(finding), None, None) => of_service(finding, &self.connection)?,
            (None, _, None) => bail!("say which finding, ask a snapshot with --snapshot, or ask --why-not"),
        };
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}

fn answer(network: &inspector_model::network::Network, question: &Question) -> String {
    let mut lines = Vec::new();
    for fact in prove::facts_with_edits(&Index::new(network), question) {
        lines.push(format!("{}, {}", inert(&fact.instance), inert(&fact.eni)));
        drawing::of_fact(&fact, &fact.protocol.to_string(), "  ", &mut lines);
    }
    if lines.is_empty() {
        lines.push("no interface of an instance is asked about".to_owned());
    }
    lines.join("\n") + "\n"
}

fn of_result(finding: &str, result: &inspector_report::result::ScanResult) -> Result<String> {
    let mut named = result.findings.iter().filter(|(fingerprint, _)| fingerprint.starts_with(finding));
    let (Some((fingerprint, found)), None) = (named.next(), named.next()) else {
        bail!("`{finding}` is not the beginning of exactly one fingerprint of the result");
    };
    let head = format!("{}\n{}, {}\n\n", inert(&found.title), found.severity, inert(fingerprint));
    Ok(head + &proof(&found.proof) + &format!("\n{}\n", inert(&found.recommendation)))
}

fn of_service(finding: &str, connection: &Connection) -> Result<String> {
    let arn: FindingArn = finding
        .parse()
        .with_context(|| format!("`{finding}` is no ARN of a finding; a fingerprint needs --result FILE"))?;
    let request = DescribeFindingProofsRequest { finding_arns: vec![arn.to_string()] };
    let answer = connection.client()?.call(&request)?;
    let Some(found) = answer.proofs.first() else { bail!("the service has no proof of `{finding}`") };
    let read: Proof = serde_json::from_str(&found.proof).context("cannot understand the service's proof")?;
    Ok(proof(&read))
}

fn proof(proof: &Proof) -> String {
    let lines = match proof {
        Proof::Network(network) => of_network(network),
        Proof::Packages { comparisons } => comparisons
            .iter()
            .map(|of| {
                let fixed = match &of.fixed_version {
                    Some(fixed) => format!("fixed in {}", inert(fixed)),
                    None => "no fix".to_owned(),
                };
                let package = format!("{} {} (source {})", inert(&of.name), inert(&of.version), inert(&of.source));
                format!(
                    "{package}: {fixed}, {} by {}, from {}",
                    inert(&of.status),
                    inert(&of.advisory),
                    inert(&of.feed)
                )
            })
            .collect(),
        Proof::Imported { .. } => vec!["the original service said so, and kept its evidence to itself".to_owned()],
        Proof::Settings { settings } => settings
            .iter()
            .map(|of| {
                let found =
                    of.found.as_deref().map_or_else(|| "not set".to_owned(), |found| format!("`{}`", inert(found)));
                format!("{}: {found}, wanted: {}", inert(&of.setting), inert(&of.wanted))
            })
            .collect(),
    };
    lines.join("\n") + "\n"
}

fn of_network(proof: &NetworkProof) -> Vec<String> {
    let mut lines = vec![format!("request  {}", drawing::packet(&proof.request))];
    lines.extend(drawing::path(&proof.path).into_iter().map(|hop| format!("  {hop}")));
    lines.push(format!("reply    {}", drawing::packet(&proof.reply)));
    lines.extend(proof.assumptions.iter().map(|assumption| format!("assumed: {}", inert(assumption))));
    lines
}
