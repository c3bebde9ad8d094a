//! `inspector cfn deploy`: make a stack as its template says.

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Value, json};

use super::change_set::{ChangeSet, stack};
use super::{Wanted, text};
use crate::exit::Exit;
use crate::output;

/// Make a stack as its template says; what fails is rolled back
#[derive(Args)]
pub(crate) struct Deploy {
    #[command(flatten)]
    wanted: Wanted,
}

impl Deploy {
    /// Plans, executes, and tells the outputs.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.wanted.connection.client()?;
        let set = ChangeSet::plan(&client, &self.wanted)?;
        let mut told = set.lines();
        if set.is_empty()? {
            client.query("DeleteChangeSet", &json!({ "ChangeSetName": set.id }))?;
            told.push_str("nothing to change\n");
        } else {
            client.query("ExecuteChangeSet", &json!({ "ChangeSetName": set.id }))?;
        }
        let stack = stack(&client, &set.stack_id)?.context("the stack is gone")?;
        let status = text(&stack, "StackStatus");
        if !matches!(status, "CREATE_COMPLETE" | "UPDATE_COMPLETE") {
            bail!("the stack `{}` is {status}: {}", self.wanted.stack, text(&stack, "StackStatusReason"));
        }
        told.push_str(&format!("{} is {status}\n", self.wanted.stack));
        let outputs = stack.get("Outputs").and_then(Value::as_array).into_iter().flatten();
        told.extend(outputs.map(|one| format!("{} = {}\n", text(one, "OutputKey"), text(one, "OutputValue"))));
        output::deliver(&told, None)?;
        Ok(Exit::Clean)
    }
}
