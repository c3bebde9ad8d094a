//! `inspector benchmarks list`: benchmarks and their profiles.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use inspector_scap::content::bundle::Bundle;

use crate::advisories::DataDirectory;
use crate::benchmarks::{BenchmarksFolder, read};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;

/// Show the benchmarks that were imported, or those in a file, with their profiles
#[derive(Args)]
pub(crate) struct List {
    /// Show what is in this file instead
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
}

impl List {
    /// Reads and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let files = match self.file {
            Some(file) => vec![file],
            None => BenchmarksFolder::of(&self.data.data_dir).files()?,
        };
        let mut text = String::new();
        for file in &files {
            let failed = || {
                let help = "inspector benchmarks import FILE";
                Helpful::new(format!("cannot read benchmark `{}`", file.display()), help)
            };
            describe(&read(file).with_context(failed)?, file, &mut text);
        }
        if files.is_empty() {
            output::complain("no benchmark was imported\nhelp: inspector benchmarks import FILE");
        }
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}

fn describe(bundle: &Bundle, file: &Path, text: &mut String) {
    for entry in &bundle.benchmarks {
        let benchmark = &entry.benchmark;
        let rules = benchmark.rules().len();
        // Writing into a String cannot fail.
        let _infallible = writeln!(text, "{}", benchmark.id);
        let _infallible = writeln!(text, "  {}, version {}, {rules} rules", benchmark.title, benchmark.version);
        let _infallible = writeln!(text, "  {}", file.display());
        for profile in &benchmark.profiles {
            let _infallible = writeln!(text, "  - {}: {}", profile.id, profile.title);
        }
    }
}
