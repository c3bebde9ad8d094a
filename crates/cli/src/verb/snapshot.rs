//! `inspector snapshot`: the network of AWS accounts, written as a folder that `scan network` and `reach` read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::exit::Exit;
use crate::live::{Live, Reading};
use crate::output;

/// Read the network configuration of AWS accounts into a snapshot folder
#[derive(Args)]
pub(crate) struct Take {
    #[command(flatten)]
    live: Live,
    /// The folder to make; what is there already must be empty
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    /// Exit with 0 although some answers are missing; they are named in the snapshot's errors.json
    #[arg(long)]
    allow_incomplete: bool,
}

impl Take {
    /// Reads and writes.
    pub(crate) fn run(self) -> Result<Exit> {
        refuse_what_is_full(&self.output)?;
        let reading = self.live.read()?;
        write(&self.output, &reading).with_context(|| format!("cannot write `{}`", self.output.display()))?;
        let (count, name) = (reading.documents.len(), &reading.name);
        output::complain(&format!("wrote {count} documents of {name} to `{}`", self.output.display()));
        Ok(if reading.gaps.is_empty() || self.allow_incomplete { Exit::Clean } else { Exit::Incomplete })
    }
}

/// Documents of another day beside the new ones would be read as one snapshot.
fn refuse_what_is_full(folder: &Path) -> Result<()> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", folder.display())),
    };
    ensure!(entries.next().is_none(), "`{}` is not empty", folder.display());
    Ok(())
}

/// Writes everything beside the folder and moves it into place, so that no half snapshot is ever read.
fn write(folder: &Path, reading: &Reading) -> Result<()> {
    let mut name = folder.file_name().context("it has no name")?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = folder.with_file_name(name);
    let written = fill(&beside, reading).and_then(|()| Ok(fs::rename(&beside, folder)?));
    if written.is_err() {
        // The first error is the one to tell; the temporary folder may not even exist.
        let _gone = fs::remove_dir_all(&beside);
    }
    written
}

fn fill(folder: &Path, reading: &Reading) -> Result<()> {
    for (path, bytes) in &reading.documents {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().context("a document stands in a folder")?)?;
        fs::write(&path, bytes)?;
    }
    Ok(())
}
