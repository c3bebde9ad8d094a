//! `inspector admin aws-role`: the role by which AWS is read, to be made in every account that is assessed.

use anyhow::Result;
use clap::{Args, ValueEnum};
use inspector_aws::permission::{Deployment, Role, Trust};

use crate::exit::Exit;
use crate::output;

/// Print the IAM role by which accounts are read: its permissions, and its trust for who reads
#[derive(Args)]
pub(crate) struct AwsRole {
    /// Who reads: the ARN of a role or user, or an account
    #[arg(long, value_name = "PRINCIPAL")]
    trust: Trust,
    /// What the reader must say, if it reads for several owners
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    /// What the role is called
    #[arg(long, default_value = "OpenInspectorRead")]
    name: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: RoleFormat,
    /// Make it in this account, by a stack set (repeatable)
    #[arg(long = "account", value_name = "ACCOUNT", conflicts_with = "units")]
    accounts: Vec<String>,
    /// Make it in every account of this organizational unit, by a stack set (repeatable)
    #[arg(long = "organizational-unit", value_name = "OU", id = "units")]
    units: Vec<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum RoleFormat {
    /// The policy and the trust, as JSON
    #[default]
    Json,
    /// A CloudFormation template
    Cloudformation,
}

impl AwsRole {
    /// Prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let role = Role { name: self.name, trust: self.trust, external_id: self.external_id };
        let many = !self.accounts.is_empty() || !self.units.is_empty();
        let document = match self.format {
            RoleFormat::Json if many => anyhow::bail!("accounts and units need `--format cloudformation`"),
            RoleFormat::Json => role.documents(),
            RoleFormat::Cloudformation if self.units.is_empty() && many => {
                role.stack_set(&Deployment::Accounts(self.accounts))
            }
            RoleFormat::Cloudformation if many => role.stack_set(&Deployment::OrganizationalUnits(self.units)),
            RoleFormat::Cloudformation => role.template(),
        };
        output::deliver(&format!("{document:#}\n"), None)?;
        Ok(Exit::Clean)
    }
}
