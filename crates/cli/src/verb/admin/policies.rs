//! `inspector admin policies`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use inspector_api::openinspector::{
    AttachPolicyRequest, DeletePolicyRequest, DetachPolicyRequest, ListPoliciesRequest, PutPolicyRequest,
};

use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Write, delete, attach, detach and list policies
#[derive(Args)]
pub(crate) struct Policies {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Write a policy of the account, over one of the same name if there is one
    Put {
        /// The policy
        name: String,
        /// A file with the policy document
        document: PathBuf,
    },
    /// Take a policy away, also from those whom it is attached to
    Delete {
        /// The policy
        name: String,
    },
    /// Attach a policy to a user or a role
    Attach(Attachment),
    /// Detach a policy from a user or a role
    Detach(Attachment),
    /// List the policies of the account and those that are there from the start
    List,
}

#[derive(Args)]
struct Attachment {
    /// The policy's ARN
    policy: String,
    /// The user
    #[arg(long, required_unless_present = "role")]
    user: Option<String>,
    /// The role
    #[arg(long, conflicts_with = "user")]
    role: Option<String>,
}

impl Policies {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        let mut text = String::new();
        match self.errand {
            Errand::Put { name, document } => {
                let read = std::fs::read_to_string(&document);
                let policy_document = read.with_context(|| format!("cannot read `{}`", document.display()))?;
                text = client.call(&PutPolicyRequest { policy_name: name, policy_document })?.policy_arn + "\n";
            }
            Errand::Delete { name } => client.call(&DeletePolicyRequest { policy_name: name })?,
            Errand::Attach(Attachment { policy: policy_arn, user: user_name, role: role_name }) => {
                client.call(&AttachPolicyRequest { user_name, role_name, policy_arn })?;
            }
            Errand::Detach(Attachment { policy: policy_arn, user: user_name, role: role_name }) => {
                client.call(&DetachPolicyRequest { user_name, role_name, policy_arn })?;
            }
            Errand::List => {
                let policies = client.call(&ListPoliciesRequest::default())?.policies;
                text = policies.iter().map(|policy| policy.policy_arn.clone() + "\n").collect();
            }
        }
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}
