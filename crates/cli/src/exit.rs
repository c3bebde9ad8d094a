//! What the exit code says: 2 over 1 over 3 over 0.

use std::process::ExitCode;

use inspector_model::Severity;
use inspector_model::assessment::Assessment;

/// The lines at the end of `--help`.
pub(crate) const HELP: &str = "Exit codes:
  0  assessed, nothing at or above the threshold (--fail-on)
  1  findings at or above the threshold
  2  wrong use or broken input
  3  incomplete: something asked for could not be assessed (--allow-incomplete turns it into 0)";

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Assessed, nothing at or above the threshold.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// Wrong use or broken input.
    Broken,
    /// Something asked for could not be assessed.
    Incomplete,
}

/// What a caller lets pass.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Gate {
    /// Findings of this severity and above fail; none by default.
    pub(crate) fail_on: Option<Severity>,
    /// What could not be assessed does not fail.
    pub(crate) allow_incomplete: bool,
}

impl Exit {
    /// The verdict on an assessment.
    pub(crate) fn of(assessment: &Assessment, gate: Gate) -> Self {
        let fails = |finding: &inspector_model::Finding| gate.fail_on.is_some_and(|least| finding.severity >= least);
        if assessment.findings.iter().any(fails) {
            Self::Findings
        } else if assessment.coverage.complete() || gate.allow_incomplete {
            Self::Clean
        } else {
            Self::Incomplete
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Broken => 2,
            Exit::Incomplete => 3,
        })
    }
}
