//! The verbs, one file each.

mod scan;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// What the program can be told to do.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Assess a host or a network on its own, without a service
    #[command(subcommand)]
    Scan(scan::Scan),
}

impl Verb {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Scan(scan) => scan.run(),
        }
    }
}
