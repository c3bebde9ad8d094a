//! `inspector admin roles`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use inspector_api::openinspector::{CreateRoleRequest, DeleteRoleRequest, ListRolesRequest, Tag};

use super::enrollment_token::tag;
use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Make, delete and list roles
#[derive(Args)]
pub(crate) struct Roles {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Make a role
    Create {
        /// The role
        name: String,
        /// A file with the policy document that says who may take it on
        #[arg(long, value_name = "FILE")]
        trust: PathBuf,
        /// The longest session, in seconds
        #[arg(long, value_name = "SECONDS")]
        max_session: Option<i32>,
        /// A tag that conditions of policies see; may be repeated
        #[arg(long = "tag", value_name = "KEY=VALUE", value_parser = tag)]
        tags: Vec<Tag>,
    },
    /// Take a role away; its sessions may nothing from then on
    Delete {
        /// The role
        name: String,
    },
    /// List the roles with the policies attached to them
    List,
}

impl Roles {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        let text = match self.errand {
            Errand::Create { name, trust, max_session, tags } => {
                let read = std::fs::read_to_string(&trust);
                let trust_policy = read.with_context(|| format!("cannot read `{}`", trust.display()))?;
                let tags = Some(tags).filter(|tags| !tags.is_empty());
                let request =
                    CreateRoleRequest { role_name: name, trust_policy, max_session_seconds: max_session, tags };
                format!("{}\n", client.call(&request)?.arn)
            }
            Errand::Delete { name } => {
                client.call(&DeleteRoleRequest { role_name: name })?;
                String::new()
            }
            Errand::List => {
                let roles = client.call(&ListRolesRequest::default())?.roles;
                roles.iter().map(|role| format!("{}  {}\n", role.arn, role.policy_arns.join(" "))).collect()
            }
        };
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}
