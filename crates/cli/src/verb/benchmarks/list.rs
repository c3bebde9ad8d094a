//! `inspector benchmarks list`: benchmarks and their profiles.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use inspector_assess::benchmark::baseline;
use inspector_scap::content::bundle::Bundle;

use crate::advisories::DataDirectory;
use crate::benchmarks::{BenchmarksFolder, read};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;

/// Show the benchmarks that hosts can be held against, or those in a file, with their profiles
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
        let mut text = String::new();
        let failed = |file: &Path| {
            let help = "inspector benchmarks import FILE";
            Helpful::new(format!("cannot read benchmark `{}`", file.display()), help)
        };
        if let Some(file) = &self.file {
            let bundle = read(file).with_context(|| failed(file))?;
            describe(&bundle, &file.display().to_string(), &mut text);
        } else {
            let folder = BenchmarksFolder::of(&self.data.data_dir);
            for file in folder.files()? {
                let bundle = folder.read(&file).with_context(|| failed(&file))?;
                describe(&bundle, &file.display().to_string(), &mut text);
            }
            describe(&baseline()?, "built in, for hosts that no imported benchmark is for", &mut text);
        }
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}

fn describe(bundle: &Bundle, place: &str, text: &mut String) {
    for entry in &bundle.benchmarks {
        let benchmark = &entry.benchmark;
        let rules = benchmark.rules().len();
        // Writing into a String cannot fail.
        let _infallible = writeln!(text, "{}", benchmark.id);
        let _infallible = writeln!(text, "  {}, version {}, {rules} rules", benchmark.title, benchmark.version);
        let _infallible = writeln!(text, "  {place}");
        for profile in &benchmark.profiles {
            let _infallible = writeln!(text, "  - {}: {}", profile.id, profile.title);
        }
    }
}
