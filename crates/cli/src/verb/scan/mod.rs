//! `inspector scan …`: one assessment, rendered, and the exit code that it deserves.

mod benchmark;
mod disk;
mod facts;
mod host;
mod image;
mod judge;
mod network;
mod policy;
mod sbom;
mod windows;

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, anyhow};
use clap::{Args, Subcommand, ValueEnum};
use inspector_model::assessment::Assessment;
use inspector_model::{PackageKey, Severity, Timestamp};
use inspector_report::format::CoverageDetail;
use inspector_report::{FORMATS, Format, Options};

use self::benchmark::{RESULT_FORMATS, ResultFormat};
use crate::exit::{Exit, Gate};
use crate::failure::Helpful;
use crate::output;

pub(super) use facts::read as read_facts;
pub(super) use judge::collected;
pub(super) use policy::PolicyArguments;

/// What can be scanned.
#[derive(Subcommand)]
pub(crate) enum Scan {
    /// Assess a raw disk image, without mounting it
    Disk(disk::Disk),
    /// Assess this machine, or a directory tree of one
    Host(host::Host),
    /// Assess a container image in an archive, without running or unpacking it
    Image(image::Image),
    /// Assess a network, from a snapshot or read from AWS: which ports of its instances can be reached from outside
    Network(Box<network::Network>),
    /// Assess a bill of materials: CycloneDX or SPDX, in JSON
    Sbom(sbom::Sbom),
}

impl Scan {
    /// Scans it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Disk(disk) => disk.run(),
            Self::Host(host) => host.run(),
            Self::Image(image) => image.run(),
            Self::Network(network) => network.run(),
            Self::Sbom(sbom) => sbom.run(),
        }
    }
}

/// What every scan can be told.
#[derive(Args)]
pub(crate) struct ScanArguments {
    /// Only this rules package (repeatable; default: all that apply)
    #[arg(long = "package", value_name = "PACKAGE")]
    pub(crate) packages: Vec<PackageKey>,
    /// How to print the result
    #[arg(long, default_value = "table", value_parser = parse_format)]
    format: Rendered,
    /// Write the result to this file instead of stdout
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show findings of this severity and above
    #[arg(long)]
    severity: Option<Severity>,
    /// Exit with 1 when there are findings of this severity and above
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Exit with 0 although something asked for could not be assessed
    #[arg(long)]
    allow_incomplete: bool,
    /// How much of the coverage ledger to print
    #[arg(long, value_enum, default_value_t)]
    coverage: CoverageArgument,
}

/// What a result is rendered from.
#[derive(Clone, Copy)]
enum Rendered {
    /// The assessment.
    Assessment(&'static Format),
    /// What a benchmark came to, by itself.
    Benchmark(&'static ResultFormat),
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum CoverageArgument {
    #[default]
    Summary,
    Full,
}

impl ScanArguments {
    /// The packages that were asked for out of those that apply.
    pub(crate) fn packages(&self, applying: &[PackageKey]) -> Result<Vec<PackageKey>> {
        if let Some(foreign) = self.packages.iter().find(|package| !applying.contains(package)) {
            let words: Vec<_> = applying.iter().map(|package| package.as_str()).collect();
            return Err(anyhow!("rules package `{foreign}` does not apply to this scan: use {}", words.join(", ")));
        }
        let asked = |package: &PackageKey| self.packages.is_empty() || self.packages.contains(package);
        Ok(applying.iter().copied().filter(asked).collect())
    }

    /// The document of a benchmark's results that is asked for in place of the assessment.
    fn result_format(&self) -> Option<&'static ResultFormat> {
        match self.format {
            Rendered::Benchmark(format) => Some(format),
            Rendered::Assessment(_) => None,
        }
    }

    /// Prints the assessment and judges it.
    pub(crate) fn finish(&self, assessment: Assessment) -> Result<Exit> {
        self.finish_with(assessment, None)
    }

    /// Prints the assessment, or `results` where a document of a benchmark's results is asked for, and judges it. The
    /// threshold sees every finding, also those that `--severity` hides.
    fn finish_with(&self, mut assessment: Assessment, results: Option<String>) -> Result<Exit> {
        let exit = Exit::of(&assessment, Gate { fail_on: self.fail_on, allow_incomplete: self.allow_incomplete });
        if let Some(least) = self.severity {
            assessment.findings.retain(|finding| finding.severity >= least);
        }
        let coverage = match self.coverage {
            CoverageArgument::Summary => CoverageDetail::Summary,
            CoverageArgument::Full => CoverageDetail::Full,
        };
        let options = Options { coverage, width: output::terminal_width() };
        let document = match self.format {
            Rendered::Assessment(format) if self.output.is_none() && format.is_binary() && output::is_terminal() => {
                let help = format!("name a file with `--output FILE.{}`", format.id);
                return Err(Helpful::new(format!("`{}` is nothing for a terminal", format.id), help).into());
            }
            Rendered::Assessment(format) => format.write(&assessment, &options)?,
            Rendered::Benchmark(format) => results.map(String::into_bytes).ok_or_else(|| {
                let what = format!("format `{}` is for the results of a benchmark, and none was asked for", format.id);
                Helpful::new(what, "inspector scan host --package cis --format xccdf")
            })?,
        };
        output::deliver(&document, self.output.as_deref())?;
        Ok(exit)
    }
}

/// The clock of the program.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn parse_format(word: &str) -> Result<Rendered, String> {
    let of_benchmark = RESULT_FORMATS.iter().find(|format| format.id == word).map(Rendered::Benchmark);
    Format::find(word).map(Rendered::Assessment).or(of_benchmark).ok_or_else(|| {
        let words = FORMATS.iter().map(|format| format.id).chain(RESULT_FORMATS.iter().map(|format| format.id));
        format!("use {}", words.collect::<Vec<_>>().join(", "))
    })
}
