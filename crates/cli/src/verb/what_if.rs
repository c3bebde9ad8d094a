//! `inspector what-if`: what a change would open and close, before anybody makes it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::{Args, ValueEnum};
use inspector_reachability::change::terraform;
use inspector_reachability::change::{Change, ChangeList};
use inspector_reachability::difference::Difference;
use inspector_reachability::fact::Fact;
use inspector_reachability::prove::Prepared;
use inspector_reachability::question::{End, Question};
use serde::Serialize;

use crate::drawing::{self, inert};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::{output, snapshot};

/// The schema of the JSON answer.
const SCHEMA: &str = "openinspector.what-if/1";

/// Try changes on a snapshot: what would be reachable that is not, and the other way round
///
/// Exits with 1 where something would open and --fail-on-open is given, with 3 where a change could not be followed.
#[derive(Args)]
pub(crate) struct WhatIf {
    /// A folder, .zip or .tar.zst of AWS answers in AWS CLI JSON, or one JSON file
    snapshot: PathBuf,
    /// A list of changes: {"changes": [{"revoke": {"group": …}}, …]}, as `inspector reach` proposes them
    #[arg(long, value_name = "FILE", required_unless_present = "terraform_plan")]
    change: Option<PathBuf>,
    /// What `terraform show -json PLAN` printed
    #[arg(long, value_name = "FILE")]
    terraform_plan: Option<PathBuf>,
    /// Only from this address, range, VPC, instance or gateway
    #[arg(long, value_name = "SOURCE")]
    from: Option<End>,
    /// Only to this address, range, VPC, subnet, instance or interface
    #[arg(long, value_name = "DESTINATION")]
    to: Option<End>,
    /// Only to this port
    #[arg(long)]
    port: Option<u16>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    format: WhatIfFormat,
    /// Exit with 1 where something would open
    #[arg(long)]
    fail_on_open: bool,
    /// Exit with 0 although a change could not be followed
    #[arg(long)]
    allow_incomplete: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum WhatIfFormat {
    #[default]
    Table,
    Json,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    schema: &'static str,
    changes: &'a [Change],
    /// Changes that could not be followed: the rest of the answer does not know of them.
    unfollowed: &'a [String],
    differences: &'a [Difference],
}

impl WhatIf {
    /// Reads, applies, compares.
    pub(crate) fn run(self) -> Result<Exit> {
        let before = snapshot::read(&self.snapshot)?.network;
        let mut changes = self.change.as_deref().map(list).transpose()?.unwrap_or_default();
        let mut unfollowed = Vec::new();
        if let Some(plan) = &self.terraform_plan {
            let planned = terraform::read(&text_of(plan)?, &before).with_context(|| unusable(plan))?;
            changes.extend(planned.changes);
            unfollowed.extend(planned.unfollowed);
        }
        let question = Question { from: self.from, to: self.to, port: self.port };
        let found = Prepared::new(&before).differences(&question, &changes);
        let found = found.context("the change does not fit the snapshot")?;
        let text = match self.format {
            WhatIfFormat::Json => {
                let (changes, unfollowed, differences) = (&changes[..], &unfollowed[..], &found[..]);
                let answer = Answer { schema: SCHEMA, changes, unfollowed, differences };
                format!("{}\n", serde_json::to_string_pretty(&answer)?)
            }
            WhatIfFormat::Table => table(&changes, &unfollowed, &found),
        };
        output::deliver(&text, None)?;
        let opens = found.iter().any(Difference::opens);
        Ok(match (opens && self.fail_on_open, !unfollowed.is_empty() && !self.allow_incomplete) {
            (true, _) => Exit::Findings,
            (false, true) => Exit::Incomplete,
            (false, false) => Exit::Clean,
        })
    }
}

fn list(path: &Path) -> Result<Vec<Change>> {
    let list: ChangeList = serde_json::from_str(&text_of(path)?).map_err(|error| {
        let help = "inspector reach <SNAPSHOT> --format json, whose `closes` and `opens` hold changes";
        anyhow!(error).context(Helpful::new(unusable(path), help))
    })?;
    Ok(list.changes)
}

fn unusable(path: &Path) -> String {
    format!("cannot use `{}`", path.display())
}

fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

fn table(changes: &[Change], unfollowed: &[String], differences: &[Difference]) -> String {
    let mut lines: Vec<String> =
        changes.iter().map(|change| format!("change: {}", inert(&change.to_string()))).collect();
    lines.extend(unfollowed.iter().map(|what| format!("not followed: {}", inert(what))));
    for difference in differences {
        let Some(fact) = difference.after.as_ref().or(difference.before.as_ref()) else { continue };
        let outcome = |fact: &Option<Fact>| fact.as_ref().map_or("not there", |fact| fact.outcome.as_str());
        let via = fact.via.as_deref().map(|via| format!(" via {}", inert(via))).unwrap_or_default();
        lines.push(format!(
            "{}, {}, {}{via}, {}: {} -> {}",
            inert(&fact.instance),
            inert(&fact.eni),
            fact.edge,
            fact.protocol,
            outcome(&difference.before),
            outcome(&difference.after)
        ));
        for (word, ports) in [("opens", &difference.opened), ("closes", &difference.closed)] {
            if !ports.is_empty() {
                lines.push(format!("  {word} {ports}"));
            }
        }
        for after in difference.after.iter().filter(|_| difference.opens()) {
            lines.extend(drawing::path(&after.path).into_iter().map(|hop| format!("  {hop}")));
        }
        let doubts = difference.after.iter().flat_map(|fact| &fact.unknown);
        lines.extend(doubts.map(|doubt| format!("  not assessed: {}", inert(&doubt.what))));
    }
    if differences.is_empty() {
        lines.push("nothing that was asked about changes".to_owned());
    }
    lines.join("\n") + "\n"
}
