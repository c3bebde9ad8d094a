//! The options of a benchmark, and a host held against it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use inspector_assess::Evaluation;
use inspector_assess::benchmark::{BASELINE_NAME, BASELINE_PROFILE, baseline};
use inspector_assess::rules_package::cis;
use inspector_collect::{Root, ScapCollector};
use inspector_model::Timestamp;
use inspector_model::host::HostFacts;
use inspector_scap::content::bundle::{self, Bundle, Entry};
use inspector_scap::content::results::{Host, Record, TailoringFile};
use inspector_scap::content::xccdf::evaluate::{Choice, Job};
use inspector_scap::content::xccdf::model::Tailoring;
use inspector_scap::content::xccdf::select::Selection;
use inspector_scap::oval::gather::gather;

use crate::benchmarks::{BenchmarksFolder, bytes, read};
use crate::failure::Helpful;
use crate::output;

/// Which benchmark, and what of it
#[derive(Args)]
pub(super) struct BenchmarkArguments {
    /// Hold the host against this benchmark: a SCAP data stream, an XCCDF file with its OVAL files beside it, or the id of an
    /// imported benchmark (default: the OpenInspector Linux baseline)
    #[arg(long, value_name = "FILE")]
    benchmark: Option<PathBuf>,
    /// The benchmark's profile, or `(all)` for every rule (default: the rules that the benchmark itself selects; of the
    /// baseline, its level 1)
    #[arg(long, value_name = "ID")]
    profile: Option<String>,
    /// Only this rule of the benchmark, where it or one of its groups is for this kind of host (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    rules: Vec<String>,
    /// Set a value of the benchmark (repeatable)
    #[arg(long = "set-value", value_name = "ID=TEXT", value_parser = pair)]
    values: Vec<(String, String)>,
    /// Change the benchmark's profiles as this XCCDF tailoring says
    #[arg(long, value_name = "FILE")]
    tailoring: Option<PathBuf>,
    /// Take the host for this platform, whatever it is: a CPE name or `#id` of the benchmark (repeatable)
    #[arg(long = "assume-platform", value_name = "CPE")]
    assumed: Vec<String>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (id, value) = text.split_once('=').ok_or_else(|| "use ID=TEXT".to_owned())?;
    Ok((id.trim().to_owned(), value.trim().to_owned()))
}

/// A document of a benchmark's results.
pub(super) struct ResultFormat {
    /// The word behind `--format`.
    pub(super) id: &'static str,
    render: fn(&Record<'_>) -> String,
}

/// All of them, by name.
pub(super) const RESULT_FORMATS: &[ResultFormat] = &[
    ResultFormat { id: "arf", render: |record| record.arf() },
    ResultFormat { id: "oval", render: |record| record.oval() },
    ResultFormat { id: "xccdf", render: |record| record.xccdf() },
];

/// The host that is held against a benchmark.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) root: &'a Root,
    pub(super) facts: &'a HostFacts,
    pub(super) subject: &'a str,
    pub(super) now: Timestamp,
}

/// What came of it.
pub(super) struct Held {
    pub(super) evaluation: Evaluation,
    /// The document that was asked for.
    pub(super) results: Option<String>,
}

impl BenchmarkArguments {
    /// Whether there is a benchmark.
    pub(super) fn is_given(&self) -> bool {
        self.benchmark.is_some()
    }

    /// Collects what the benchmark asks of the host and evaluates it; writes its results down as `format` has them.
    pub(super) fn evaluate(&self, asked: Asked<'_>, data_dir: &Path, format: Option<&ResultFormat>) -> Result<Held> {
        let name = self.benchmark.as_deref().map_or(BASELINE_NAME.into(), |file| file.to_string_lossy());
        let help = "inspector scan host --package cis --benchmark FILE";
        let failed = || Helpful::new(format!("cannot use benchmark `{name}`"), help);
        let bundle = match &self.benchmark {
            Some(file) => {
                let folder = BenchmarksFolder::of(data_dir);
                let imported = folder.file(&file.to_string_lossy());
                let by_id = !file.exists() && imported.is_file();
                if by_id { folder.read(&imported) } else { read(file) }.with_context(failed)?
            }
            None => baseline().with_context(failed)?,
        };
        for problem in &bundle.problems {
            output::complain(&format!("warning: `{}`: {}", problem.subject, problem.why));
        }
        let entry = only_benchmark(&bundle).with_context(failed)?;
        let tailoring = self.tailoring()?;
        let job = self.job(&bundle, entry, tailoring.as_ref()).with_context(failed)?;
        let seconds = asked.now.millis().div_euclid(1000);
        let collections = gather(&job.plans(), &mut ScapCollector::new(asked.root), seconds);
        let report = job.evaluate(&collections);
        let evaluation = cis::evaluate(&job, &report, asked.subject);
        let results = format.map(|format| {
            let record = Record {
                job: &job,
                collections: &collections,
                report: &report,
                content: &name,
                host: host(asked),
                started: &asked.now.to_string(),
                completed: &super::now().to_string(),
                version: env!("CARGO_PKG_VERSION"),
                tailoring: tailoring.as_ref().map(|tailoring| TailoringFile {
                    href: self.tailoring.as_ref().and_then(|file| file.to_str()).unwrap_or_default(),
                    id: &tailoring.id,
                    version: &tailoring.version,
                    time: &tailoring.time,
                }),
            };
            (format.render)(&record)
        });
        Ok(Held { evaluation, results })
    }

    fn tailoring(&self) -> Result<Option<Tailoring>> {
        let Some(file) = &self.tailoring else { return Ok(None) };
        let failed = || format!("cannot use tailoring `{}`", file.display());
        let bytes = bytes(file).with_context(failed)?;
        Ok(Some(bundle::tailoring(&bytes).with_context(failed)?))
    }

    fn job<'a>(&self, bundle: &'a Bundle, entry: &'a Entry, tailoring: Option<&Tailoring>) -> Result<Job<'a>> {
        let own = self.benchmark.is_none() && tailoring.is_none();
        let profile = self.profile.as_deref().or(own.then_some(BASELINE_PROFILE));
        let selection = Selection::new(&entry.benchmark, tailoring, profile, &self.values)?;
        for warning in &selection.warnings {
            output::complain(&format!("warning: {warning}"));
        }
        let choice = Choice { rules: self.rules.clone(), assumed: self.assumed.clone() };
        Ok(Job::new(bundle, entry, selection, &choice)?)
    }
}

/// What results say of the host.
fn host(asked: Asked<'_>) -> Host<'_> {
    let facts = asked.facts;
    let os = facts.os.seen();
    Host {
        name: asked.subject,
        os_name: os.map_or("", |os| &os.pretty_name),
        os_version: os.and_then(|os| os.version_id.as_deref()).unwrap_or_default(),
        architecture: facts.architecture.seen().map_or("", String::as_str),
    }
}

fn only_benchmark(bundle: &Bundle) -> Result<&Entry> {
    bundle.benchmarks.first().ok_or_else(|| anyhow!("holds no benchmark"))
}
