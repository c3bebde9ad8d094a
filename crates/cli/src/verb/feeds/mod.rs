//! `inspector feeds …`: bring advisories in, and say what is there.

pub(crate) mod daily;
mod document;
mod import;
mod signature;
mod status;
mod sync;
mod verify;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// What can be done with feeds.
#[derive(Subcommand)]
pub(crate) enum Feeds {
    /// Compile feed files, or folders of them, into the advisory database
    Import(import::Import),
    /// Show which feeds are in the database, how old they are, and what could not be read
    Status(status::Status),
    /// Fetch the feeds that have changed from their publishers, or from a mirror, and compile them
    Sync(sync::Sync),
    /// Check the database and the stored feed files against their digests
    Verify(verify::Verify),
}

impl Feeds {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Import(import) => import.run(),
            Self::Status(status) => status.run(),
            Self::Sync(sync) => sync.run(),
            Self::Verify(verify) => verify.run(),
        }
    }
}
