//! `inspector admin audit`: whether the audit log is whole.

use anyhow::{Result, anyhow};
use clap::{Args, Subcommand};
use inspector_store::audit::{self, Head};

use crate::advisories::DataDirectory;
use crate::exit::Exit;
use crate::output;

/// Check the audit log of a data directory
#[derive(Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Follow the chain of the log; prints how many events there are and the hash of the last
    ///
    /// What was cut off at the end shows only against a head that was written down elsewhere: give it with --head.
    Verify {
        #[command(flatten)]
        data: DataDirectory,
        /// A head that was printed before, which the log must still hold
        #[arg(long, value_name = "NUMBER:HASH", value_parser = head)]
        head: Option<Head>,
    },
}

impl Audit {
    /// Reads the files; no service is asked.
    pub(crate) fn run(self) -> Result<Exit> {
        let Errand::Verify { data, head } = self.errand;
        let end = audit::verify(&data.data_dir, head.as_ref())?;
        output::deliver(&format!("{}:{}\n", end.sequence, end.hash), None)?;
        Ok(Exit::Clean)
    }
}

fn head(text: &str) -> Result<Head> {
    let wrong = || anyhow!("`{text}` is not NUMBER:HASH");
    let (sequence, hash) = text.split_once(':').ok_or_else(wrong)?;
    Ok(Head { sequence: sequence.parse().map_err(|_| wrong())?, hash: hash.to_owned() })
}
