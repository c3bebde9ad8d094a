//! The options of a benchmark, and a host held against it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use inspector_assess::Evaluation;
use inspector_assess::rules_package::cis;
use inspector_collect::{Root, ScapCollector};
use inspector_model::Timestamp;
use inspector_scap::content::bundle::{self, Bundle, Entry};
use inspector_scap::content::xccdf::evaluate::{Choice, Job};
use inspector_scap::content::xccdf::select::Selection;
use inspector_scap::oval::gather::gather;

use crate::benchmarks::{BenchmarksFolder, bytes, read};
use crate::failure::Helpful;
use crate::output;

/// What a host is held against where no other benchmark is named.
const BASELINE: &[u8] = include_bytes!("../../../../../content/linux-baseline/stream/linux-baseline-ds.xml");
const BASELINE_NAME: &str = "OpenInspector Linux baseline";
const BASELINE_PROFILE: &str = "xccdf_org.openinspector.content_profile_level1";

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

impl BenchmarkArguments {
    /// Whether there is a benchmark.
    pub(super) fn is_given(&self) -> bool {
        self.benchmark.is_some()
    }

    /// Collects what the benchmark asks of the host behind `root` and evaluates it.
    pub(super) fn evaluate(&self, root: &Root, subject: &str, now: Timestamp, data_dir: &Path) -> Result<Evaluation> {
        let name = self.benchmark.as_deref().map_or(BASELINE_NAME.into(), |file| file.to_string_lossy());
        let help = "inspector scan host --package cis --benchmark FILE";
        let failed = || Helpful::new(format!("cannot use benchmark `{name}`"), help);
        let bundle = match &self.benchmark {
            Some(file) => {
                let imported = BenchmarksFolder::of(data_dir).file(&file.to_string_lossy());
                let file = if file.exists() || !imported.is_file() { file } else { &imported };
                read(file).with_context(failed)?
            }
            None => Bundle::read(BASELINE_NAME, BASELINE, &mut |_| None).with_context(failed)?,
        };
        for problem in &bundle.problems {
            output::complain(&format!("warning: `{}`: {}", problem.subject, problem.why));
        }
        let entry = only_benchmark(&bundle).with_context(failed)?;
        let job = self.job(&bundle, entry).with_context(failed)?;
        let collections = gather(&job.plans(), &mut ScapCollector::new(root), now.millis().div_euclid(1000));
        let report = job.evaluate(&collections);
        Ok(cis::evaluate(&job, &report, subject))
    }

    fn job<'a>(&self, bundle: &'a Bundle, entry: &'a Entry) -> Result<Job<'a>> {
        let tailoring = match &self.tailoring {
            Some(file) => {
                let failed = || format!("cannot use tailoring `{}`", file.display());
                let bytes = bytes(file).with_context(failed)?;
                Some(bundle::tailoring(&bytes).with_context(failed)?)
            }
            None => None,
        };
        let own = self.benchmark.is_none() && tailoring.is_none();
        let profile = self.profile.as_deref().or(own.then_some(BASELINE_PROFILE));
        let selection = Selection::new(&entry.benchmark, tailoring.as_ref(), profile, &self.values)?;
        for warning in &selection.warnings {
            output::complain(&format!("warning: {warning}"));
        }
        let choice = Choice { rules: self.rules.clone(), assumed: self.assumed.clone() };
        Ok(Job::new(bundle, entry, selection, &choice)?)
    }
}

fn only_benchmark(bundle: &Bundle) -> Result<&Entry> {
    bundle.benchmarks.first().ok_or_else(|| anyhow!("holds no benchmark"))
}
