//! `inspector admin`: what an operator asks of a running service, one file each.

mod accounts;
mod agents;
mod audit;
mod aws_role;
mod enrollment_token;
mod import;
mod import_snapshot;
mod keys;
mod policies;
mod roles;
mod status;
mod users;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// An errand of an operator.
#[derive(Subcommand)]
pub(crate) enum Admin {
    Accounts(accounts::Accounts),
    Agents(agents::Agents),
    Audit(audit::Audit),
    AwsRole(aws_role::AwsRole),
    EnrollmentToken(enrollment_token::EnrollmentToken),
    Import(import::Import),
    ImportSnapshot(import_snapshot::ImportSnapshot),
    Keys(keys::Keys),
    Policies(policies::Policies),
    Roles(roles::Roles),
    Status(status::Status),
    Users(users::Users),
}

impl Admin {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Accounts(accounts) => accounts.run(),
            Self::Agents(agents) => agents.run(),
            Self::Audit(audit) => audit.run(),
            Self::AwsRole(role) => role.run(),
            Self::EnrollmentToken(token) => token.run(),
            Self::Import(import) => import.run(),
            Self::ImportSnapshot(import) => import.run(),
            Self::Keys(keys) => keys.run(),
            Self::Policies(policies) => policies.run(),
            Self::Roles(roles) => roles.run(),
            Self::Status(status) => status.run(),
            Self::Users(users) => users.run(),
        }
    }
}
