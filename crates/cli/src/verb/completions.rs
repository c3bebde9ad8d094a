//! `inspector completions`: what a shell needs to complete the program's words.

use anyhow::Result;
use clap::Args;
use clap_complete::{Shell, generate};

use crate::exit::Exit;
use crate::output;

/// Print the completions of a shell
#[derive(Args)]
pub(crate) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    pub(crate) fn run(self) -> Result<Exit> {
        let mut script = Vec::new();
        generate(self.shell, &mut crate::program(), "inspector", &mut script);
        output::deliver(&script, None)?;
        Ok(Exit::Clean)
    }
}
