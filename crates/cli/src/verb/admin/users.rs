//! `inspector admin users`.

use anyhow::Result;
use clap::{Args, Subcommand};
use inspector_api::openinspector::{CreateUserRequest, DeleteUserRequest, ListUsersRequest, Tag};

use super::enrollment_token::tag;
use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Make, delete and list users
#[derive(Args)]
pub(crate) struct Users {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Make a user, who may nothing until a policy is attached
    Create {
        /// The user
        name: String,
        /// A tag that conditions of policies see; may be repeated
        #[arg(long = "tag", value_name = "KEY=VALUE", value_parser = tag)]
        tags: Vec<Tag>,
    },
    /// Take a user away with its keys
    Delete {
        /// The user
        name: String,
    },
    /// List the users with the policies attached to them
    List,
}

impl Users {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        let text = match self.errand {
            Errand::Create { name, tags } => {
                let tags = Some(tags).filter(|tags| !tags.is_empty());
                format!("{}\n", client.call(&CreateUserRequest { user_name: name, tags })?.arn)
            }
            Errand::Delete { name } => {
                client.call(&DeleteUserRequest { user_name: name })?;
                String::new()
            }
            Errand::List => {
                let users = client.call(&ListUsersRequest::default())?.users;
                users.iter().map(|user| format!("{}  {}\n", user.arn, user.policy_arns.join(" "))).collect()
            }
        };
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}
