//! `inspector admin accounts`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use inspector_api::openinspector::{CreateAccountRequest, ListAccountsRequest};

use super::keys::keep;
use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Make and list accounts
#[derive(Args)]
pub(crate) struct Accounts {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Make an account and write a key of its root user to a file that only its owner may read
    Create {
        /// Twelve digits
        id: String,
        /// The credentials file
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// List the accounts
    List,
}

impl Accounts {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        match self.errand {
            Errand::Create { id, output } => {
                let made = client.call(&CreateAccountRequest { account_id: id })?;
                keep(&output, &made.access_key_id, &made.secret_access_key)?;
            }
            Errand::List => {
                let accounts = client.call(&ListAccountsRequest::default())?.accounts;
                let line = |operator| if operator { "  (operator)" } else { "" };
                let lines = accounts.iter().map(|one| format!("{}{}\n", one.account_id, line(one.operator)));
                output::deliver(&lines.collect::<String>(), None)?;
            }
        }
        Ok(Exit::Clean)
    }
}
