//! The verbs, one file each.

mod reach;
mod scan;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// What the program can be told to do.
#[derive(Subcommand)]
pub(crate) enum Verb {
    Reach(reach::Reach),
    /// Assess a host or a network on its own, without a service
    #[command(subcommand)]
    Scan(scan::Scan),
}

impl Verb {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Reach(reach) => reach.run(),
            Self::Scan(scan) => scan.run(),
        }
    }
}
