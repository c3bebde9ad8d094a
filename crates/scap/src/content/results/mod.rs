//! Results as the standards have them: an XCCDF 1.2 `TestResult`, OVAL 5.11 results, an ARF 1.1 collection.
//!
//! A document of XCCDF results stands alone: it holds what of the benchmark its results refer to (rules, values, the
//! profile) and none of its prose.

mod arf;
mod oval;
mod write;
mod xccdf;

use super::xccdf::evaluate::{Job, Report};
use crate::oval::gather::Collection;

/// One host held against one benchmark, and when.
#[derive(Debug)]
pub struct Record<'r> {
    /// The benchmark and what was asked of it.
    pub job: &'r Job<'r>,
    /// What was collected for [`Job::plans`].
    pub collections: &'r [Collection],
    /// What it came to.
    pub report: &'r Report,
    /// The content's file, as results name it.
    pub content: &'r str,
    /// The host.
    pub host: Host<'r>,
    /// When collection began, as `xsd:dateTime`.
    pub started: &'r str,
    /// When evaluation ended.
    pub completed: &'r str,
    /// The version of the program.
    pub version: &'r str,
    /// The file that changed the profiles, where there was one.
    pub tailoring: Option<TailoringFile<'r>>,
}

/// What results say of the host.
#[derive(Debug, Clone, Copy)]
pub struct Host<'r> {
    /// Its name.
    pub name: &'r str,
    /// The operating system's name.
    pub os_name: &'r str,
    /// Its version.
    pub os_version: &'r str,
    /// The processor's architecture.
    pub architecture: &'r str,
}

/// The tailoring that guided an assessment.
#[derive(Debug, Clone, Copy)]
pub struct TailoringFile<'r> {
    /// Its file.
    pub href: &'r str,
    /// Its id.
    pub id: &'r str,
    /// Its version.
    pub version: &'r str,
    /// When that version was made, as `xsd:dateTime`.
    pub time: &'r str,
}

impl Record<'_> {
    /// The `TestResult` in the benchmark that it is of.
    pub fn xccdf(&self) -> String {
        xccdf::document(self)
    }

    /// OVAL results: a `system` for each document and set of values that was evaluated.
    pub fn oval(&self) -> String {
        oval::document(self)
    }

    /// The asset, the `TestResult` and the OVAL results in one collection.
    pub fn arf(&self) -> String {
        arf::document(self)
    }

    /// The name and version of the program, as a CPE name.
    fn product(&self) -> String {
        format!("cpe:/a:openinspector:inspector:{}", self.version)
    }
}
