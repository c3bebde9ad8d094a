//! `inspector benchmarks import`: a data stream in, or nothing changed.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::Args;
use inspector_scap::content::bundle::Bundle;

use crate::advisories::DataDirectory;
use crate::benchmarks::{BenchmarksFolder, bytes, digest_of};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;

/// Keep a SCAP data stream, so that scans can name its benchmark by id
#[derive(Args)]
pub(crate) struct Import {
    /// The data stream
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Refuse the file unless this is its SHA-256 digest
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    #[command(flatten)]
    data: DataDirectory,
}

impl Import {
    /// Reads it whole, and keeps it.
    pub(crate) fn run(self) -> Result<Exit> {
        let failed = || {
            let help = "inspector benchmarks import DATA-STREAM.xml";
            Helpful::new(format!("cannot import benchmark `{}`", self.file.display()), help)
        };
        let bytes = bytes(&self.file).with_context(failed)?;
        let digest = digest_of(&bytes);
        if let Some(wanted) = &self.sha256
            && !wanted.eq_ignore_ascii_case(&digest)
        {
            return Err(anyhow!("its SHA-256 digest is `{digest}`, not `{wanted}`")).with_context(failed);
        }
        let bundle = Bundle::read("data stream", &bytes, &mut |_| None).with_context(failed)?;
        let entry = bundle.benchmarks.first().filter(|entry| !entry.stream.is_empty());
        let entry = entry.ok_or_else(|| anyhow!("is no data stream with a benchmark")).with_context(failed)?;
        let folder = BenchmarksFolder::of(&self.data.data_dir);
        folder.keep(&entry.benchmark.id, &bytes, &digest, &bundle)?;
        let (id, count) = (&entry.benchmark.id, entry.benchmark.rules().len());
        output::deliver(&format!("{id}: {count} rules, {} left out, sha256 {digest}\n", bundle.problems.len()), None)?;
        for problem in &bundle.problems {
            output::complain(&format!("warning: `{}`: {}", problem.subject, problem.why));
        }
        Ok(Exit::Clean)
    }
}
