//! `inspector cfn delete`: end a stack and what it made.

use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;

use super::change_set::stack;
use super::text;
use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Delete a stack and the resources that it made
#[derive(Args)]
pub(crate) struct Delete {
    #[command(flatten)]
    connection: Connection,
    /// The stack's name
    stack: String,
}

impl Delete {
    /// Deletes, and says how it ended.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        let Some(found) = stack(&client, &self.stack)? else {
            output::deliver(&format!("there is no stack `{}`\n", self.stack), None)?;
            return Ok(Exit::Clean);
        };
        let id = text(&found, "StackId").to_owned();
        client.query("DeleteStack", &json!({ "StackName": id }))?;
        let after = stack(&client, &id)?.unwrap_or_default();
        match text(&after, "StackStatus") {
            "DELETE_COMPLETE" => output::deliver(&format!("{} is DELETE_COMPLETE\n", self.stack), None)?,
            status => bail!("the stack `{}` is {status}: {}", self.stack, text(&after, "StackStatusReason")),
        }
        Ok(Exit::Clean)
    }
}
