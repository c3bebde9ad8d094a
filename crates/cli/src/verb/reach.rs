//! `inspector reach`: which packets from outside reach which instances, and what stands in the way of the others.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::index::Index;
use inspector_reachability::prove;
use inspector_reachability::question::{End, Question};
use serde::Serialize;

use crate::drawing::{self, inert};
use crate::exit::Exit;
use crate::{output, snapshot};

/// The schema of the JSON answer.
const SCHEMA: &str = "openinspector.reach/1";

/// Show what can be reached from outside, with the path, and what blocks the rest
#[derive(Args)]
pub(crate) struct Reach {
    /// A folder, .zip or .tar.zst of AWS answers in AWS CLI JSON, or one JSON file
    snapshot: PathBuf,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    format: ReachFormat,
    /// Only from this address, range, VPC, instance or gateway
    #[arg(long, value_name = "SOURCE")]
    from: Option<End>,
    /// Only to this address, range, VPC, subnet, instance or interface
    #[arg(long, value_name = "DESTINATION")]
    to: Option<End>,
    /// Only to this port
    #[arg(long)]
    port: Option<u16>,
    /// Answer everything, print totals only
    #[arg(long)]
    summary: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum ReachFormat {
    #[default]
    Table,
    Json,
}

#[derive(Serialize)]
struct Answer<'a> {
    facts: &'a [Fact],
    schema: &'static str,
}

impl Reach {
    /// Answers.
    pub(crate) fn run(self) -> Result<Exit> {
        let network = snapshot::read(&self.snapshot)?.network;
        let question = Question { from: self.from, to: self.to, port: self.port };
        let text = if self.summary {
            summary(&prove::totals(&network, &question), self.format)?
        } else {
            let facts = prove::facts_with_edits(&Index::new(&network), &question);
            match self.format {
                ReachFormat::Json => format!("{}\n", serde_json::to_string(&Answer { facts: &facts, schema: SCHEMA })?),
                ReachFormat::Table => table(&facts),
            }
        };
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}

fn summary(totals: &prove::Totals, format: ReachFormat) -> Result<String> {
    if let ReachFormat::Json = format {
        return Ok(format!("{}\n", serde_json::to_string(totals)?));
    }
    let mut text = format!(
        "{} of {} interfaces of {} instances can be reached\n",
        totals.reachable_interfaces, totals.interfaces, totals.instances
    );
    for (edge, counts) in &totals.edges {
        writeln!(
            text,
            "{edge}: {} reachable ({} ports), {} one-way, {} blocked, {} not assessed",
            counts.reachable, counts.ports, counts.one_way, counts.blocked, counts.not_assessed
        )?;
    }
    Ok(text)
}

/// One block for each interface: what is open with its path, what is not with its blockers.
fn table(facts: &[Fact]) -> String {
    let mut blocks: BTreeMap<(&str, &str), Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        blocks.entry((&fact.instance, &fact.eni)).or_default().push(fact);
    }
    let mut lines = Vec::new();
    for ((instance, eni), facts) in blocks {
        let name = facts.iter().find_map(|fact| fact.instance_name.as_deref());
        let name = name.map(|name| format!(" ({})", inert(name))).unwrap_or_default();
        lines.push(format!("{}{name}, {}", inert(instance), inert(eni)));
        // Questions that differ in the protocol only and have no answer are one line.
        for alike in facts.chunk_by(|a, b| a.outcome == Verdict::NotAssessed && answer_of(a) == answer_of(b)) {
            tell(alike, &mut lines);
        }
        lines.push(String::new());
    }
    if lines.is_empty() {
        lines.push("no interface of an instance is asked about".to_owned());
    }
    lines.join("\n") + "\n"
}

fn answer_of(fact: &Fact) -> impl PartialEq {
    (fact.edge, fact.via.as_deref(), fact.family, fact.outcome, fact.unknown.as_slice())
}

fn tell(alike: &[&Fact], lines: &mut Vec<String>) {
    let Some(fact) = alike.first() else { return };
    let protocols: Vec<String> = alike.iter().map(|fact| fact.protocol.to_string()).collect();
    drawing::of_fact(fact, &protocols.join(", "), "  ", lines);
}
