//! The host agent: it talks outward only, over mutual TLS, and does nothing but collect facts when asked.

mod arguments;
mod benchmark;
mod client;
mod connect;
mod deliver;
mod enroll;
mod failure;
mod file;
mod identity;
mod name;
mod observe;
mod pin;
mod proxy;
mod renew;
mod reset;
mod restrain;
mod run;
mod show;
mod spool;
mod stop;
mod supervise;
mod work;

use std::io::Write;
use std::process::ExitCode;

use crate::arguments::Command;
use crate::failure::Failure;

fn main() -> ExitCode {
    let done = arguments::parse(lexopt::Parser::from_env()).and_then(|command| match command {
        Command::Help => show::print(arguments::HELP),
        Command::Version => show::print(concat!("inspector-agent ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Show(show) => show::show(&show),
        Command::Enroll(enroll) => enroll::enroll(&enroll),
        Command::Reset(reset) => reset::reset(&reset),
        Command::Run(run) if run.worker => run::run(&run),
        Command::Run(run) => supervise::run(&run),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            log(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

/// One line, or more, to a person.
fn log(text: &str) {
    // Nobody is left to tell when stderr is closed.
    let _closed = writeln!(std::io::stderr().lock(), "{text}");
}

/// The clock of the program.
fn now() -> inspector_model::Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    inspector_model::Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The result of everything that can fail.
type Result<T> = std::result::Result<T, Failure>;
