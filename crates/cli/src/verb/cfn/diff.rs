//! `inspector cfn diff`: what a deployment would change.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::Wanted;
use super::change_set::ChangeSet;
use crate::exit::Exit;
use crate::output;

/// Show what a deployment would change, and change nothing
#[derive(Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    wanted: Wanted,
}

impl Diff {
    /// Plans, tells, and takes the plan back.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.wanted.connection.client()?;
        let set = ChangeSet::plan(&client, &self.wanted)?;
        let empty = set.is_empty();
        client.query("DeleteChangeSet", &json!({ "ChangeSetName": set.id }))?;
        if set.is_new {
            client.query("DeleteStack", &json!({ "StackName": set.stack_id }))?;
        }
        let told = if empty? { format!("{}nothing to change\n", set.lines()) } else { set.lines() };
        output::deliver(&told, None)?;
        Ok(Exit::Clean)
    }
}
