//! `inspector explain --why-not HOST CVE`: why a vulnerability is no finding.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use inspector_assess::rules_package::cve::why_not::why_not;
use inspector_collect::Root;
use inspector_model::host::HostFacts;
use inspector_vuln::advisory::is_cve_id;

use crate::advisories::{self, DataDirectory};
use crate::drawing::inert;
use crate::failure::Helpful;
use crate::verb::scan::{PolicyArguments, collected, now, read_facts};

/// This machine, instead of a file or directory.
const HERE: &str = "localhost";

/// The question and what it is answered with.
#[derive(Args)]
pub(super) struct WhyNot {
    /// Instead of a finding: why the vulnerability CVE is none on HOST: `localhost`, a directory tree of a host, or a file
    /// that `inspector-agent show` printed
    #[arg(long, num_args = 2, value_names = ["HOST", "CVE"], conflicts_with_all = ["finding", "result", "snapshot"])]
    why_not: Option<Vec<String>>,
    /// With --why-not: this advisory database instead of the imported one
    #[arg(long, value_name = "FILE", requires = "why_not")]
    db: Option<std::path::PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
    #[command(flatten)]
    policy: PolicyArguments,
}

impl WhyNot {
    /// The answer, where the question was asked.
    pub(super) fn answer(&self) -> Result<Option<String>> {
        let Some([host, cve]) = self.why_not.as_deref() else { return Ok(None) };
        ensure!(
            is_cve_id(cve),
            Helpful::new(format!("`{cve}` is no CVE id"), "inspector explain --why-not HOST CVE-2014-0160")
        );
        let database = advisories::load(self.db.as_deref(), &self.data.data_dir)?;
        let policy = self.policy.read()?;
        let facts = facts(host)?;
        let subject = facts.hostname.seen().map_or(host.as_str(), String::as_str);
        let answer = why_not(&facts, subject, &database, &policy, cve)?;
        let mut lines = answer.lines.iter().map(|line| inert(line));
        let first = lines.next().unwrap_or_default();
        Ok(Some(lines.fold(first + "\n", |text, line| text + "  " + &line + "\n")))
    }
}

fn facts(host: &str) -> Result<HostFacts> {
    let path = Path::new(host);
    let root = match host {
        HERE => Root::live(),
        _ if path.is_dir() => Root::directory(path),
        _ if path.is_file() => return read_facts(path),
        _ => bail!(Helpful::new(
            format!("`{host}` is neither a directory nor a file"),
            "inspector explain --why-not localhost CVE-2014-0160"
        )),
    };
    let root = root.with_context(|| format!("cannot look at `{host}`"))?;
    Ok(collected(&root, now(), true))
}
