//! `inspector man`: the manual, one page for the program and one for each verb.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Command};
use clap_mangen::Man;

use crate::exit::Exit;
use crate::output;

/// Print the manual page, or write those of all verbs
#[derive(Args)]
pub(crate) struct Manual {
    /// Write a page for the program and for each verb into this directory
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Manual {
    /// Prints or writes it.
    pub(crate) fn run(self) -> Result<Exit> {
        let mut program = crate::program();
        // Gives every verb its whole name, as `inspector-scan-host`.
        program.build();
        let Some(directory) = self.output else {
            output::deliver(&page(&program)?, None)?;
            return Ok(Exit::Clean);
        };
        std::fs::create_dir_all(&directory).with_context(|| format!("cannot make `{}`", directory.display()))?;
        for command in all(&program) {
            let name = command.get_display_name().unwrap_or_else(|| command.get_name());
            output::replace(&directory.join(format!("{name}.1")), &page(command)?)?;
        }
        Ok(Exit::Clean)
    }
}

fn page(command: &Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page).context("cannot write the manual")?;
    Ok(page)
}

/// The command and all below it, but for the helps that clap adds.
fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|one| one.get_name() != "help");
    std::iter::once(command).chain(below.flat_map(all)).collect()
}
