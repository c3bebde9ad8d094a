//! The `inspector` program: `scan` and `reach` work alone, `serve` is the service.

mod advisories;
mod benchmarks;
mod client;
mod credentials;
mod drawing;
mod exit;
mod failure;
mod live;
mod output;
mod scan_result;
mod snapshot;
mod verb;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::exit::Exit;

/// Security assessment of hosts and networks: the Amazon Inspector Classic API, self-hosted, with proofs.
#[derive(Parser)]
#[command(name = "inspector", version, after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    verb: verb::Verb,
}

/// What the program can be told, for what is made from it.
fn program() -> clap::Command {
    Arguments::command()
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.verb.run() {
        Ok(exit) => exit.into(),
        Err(error) if failure::is_broken_pipe(&error) => Exit::Clean.into(),
        Err(error) => {
            output::complain(&failure::text(&error));
            Exit::Broken.into()
        }
    }
}
