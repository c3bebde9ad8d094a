//! What an operator decides about judging vulnerabilities: whose scores count, and which do not affect what.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use inspector_assess::rules_package::cve::Policy;
use inspector_vuln::severity::Preference;
use inspector_vuln::vex::Vex;

use crate::failure::Helpful;

/// No document is larger, in bytes.
const LIMIT: u64 = 64 << 20;

/// Flags of every scan that judges vulnerabilities.
#[derive(Args)]
pub(crate) struct PolicyArguments {
    /// An OpenVEX or CSAF VEX document: what it calls not affected or fixed is no finding (repeatable)
    #[arg(long, value_name = "FILE")]
    vex: Vec<PathBuf>,
    /// Whose word is the severity, in this order: nvd, alas, vendor, cna, adp; `nvd,alas` is Inspector Classic's
    #[arg(long, value_name = "ORDER", default_value = "nvd,alas,vendor,cna,adp")]
    severity_from: Preference,
}

impl PolicyArguments {
    /// Reads the documents.
    pub(in crate::verb) fn read(&self) -> Result<Policy> {
        let mut vex = Vex::default();
        for file in &self.vex {
            let name = file.display().to_string();
            let failed = || Helpful::new(format!("cannot apply `{name}`"), "inspector scan host --vex FILE");
            read(file).and_then(|bytes| Ok(vex.add(&bytes, &name)?)).with_context(failed)?;
        }
        Ok(Policy { severities: self.severity_from.clone(), vex })
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= LIMIT, "it is larger than the limit of {LIMIT} bytes");
    Ok(bytes)
}
