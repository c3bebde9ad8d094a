//! `inspector admin`: what an operator asks of a running service, one file each.

mod agents;
mod aws_role;
mod enrollment_token;
mod import;
mod import_snapshot;
mod status;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// An errand of an operator.
#[derive(Subcommand)]
pub(crate) enum Admin {
    Agents(agents::Agents),
    AwsRole(aws_role::AwsRole),
    EnrollmentToken(enrollment_token::EnrollmentToken),
    Import(import::Import),
    ImportSnapshot(import_snapshot::ImportSnapshot),
    Status(status::Status),
}

impl Admin {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Agents(agents) => agents.run(),
            Self::AwsRole(role) => role.run(),
            Self::EnrollmentToken(token) => token.run(),
            Self::Import(import) => import.run(),
            Self::ImportSnapshot(import) => import.run(),
            Self::Status(status) => status.run(),
        }
    }
}
