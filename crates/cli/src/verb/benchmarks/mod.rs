//! `inspector benchmarks …`: bring benchmarks in, and say what is there.

mod import;
mod list;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// What can be done with benchmarks.
#[derive(Subcommand)]
pub(crate) enum Benchmarks {
    /// Keep a SCAP data stream, so that scans can name its benchmark by id
    Import(import::Import),
    /// Show the benchmarks that hosts can be held against, or those in a file, with their profiles
    List(list::List),
}

impl Benchmarks {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Import(import) => import.run(),
            Self::List(list) => list.run(),
        }
    }
}
