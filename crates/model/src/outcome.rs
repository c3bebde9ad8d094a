//! What a rule concluded about one subject.

use serde::{Deserialize, Serialize};

use crate::proof::Proof;

/// The answer of one rule about one subject.
///
/// INVARIANT: nothing turns `NotAssessed` into `Pass`. A fault, a missing file or an unknown form is `NotAssessed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Looked, and it is right.
    Pass,
    /// Looked, and it is wrong; the proof says where.
    Fail(Proof),
    /// The rule does not concern this subject; the text says why.
    NotApplicable(String),
    /// Could not tell.
    NotAssessed(Reason),
}

/// Why something could not be assessed: a code for programs and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// The class of the reason; each has one exclusion text.
    pub code: ReasonCode,
    /// What exactly, in this case: the file, component or feed.
    pub detail: String,
}

impl Reason {
    /// A reason of class `code` with its particulars.
    pub fn new(code: ReasonCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)
    }
}

/// The classes of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// No instance matched the target.
    NoInstances,
    /// No agent has ever reported from the instance.
    AgentNotFound,
    /// An agent is known and did not deliver.
    AgentUnhealthy,
    /// The operating system or release is not one that the rules package knows.
    UnsupportedOs,
    /// A file or interface that the rule needs could not be read or understood.
    Unreadable,
    /// The advisories for this system are missing, or only the bundled few are loaded.
    AdvisoriesMissing,
    /// The advisories for this system are older than they may be, or of unknown age.
    AdvisoriesStale,
    /// The software is not the distribution's, and nothing imported speaks of its maker's.
    ThirdParty,
    /// The distribution itself has not found out yet.
    Undetermined,
    /// A network component on the path is not modelled yet.
    NotModelled,
    /// The network answer that the verdict depends on was not collected or was denied.
    NetworkDataMissing,
    /// The instance is in no imported network snapshot.
    NotInSnapshot,
    /// The run was imported, and the original does not export what it checked and found right.
    NotExported,
    /// What the host did was not observed, or not for as long and as closely as was asked for.
    NotObserved,
    /// The content has no check for the rule that could be run.
    NoCheck,
    /// The evaluation itself failed.
    EvaluationError,
}

impl ReasonCode {
    /// The code as it stands in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoInstances => "no-instances",
            Self::AgentNotFound => "agent-not-found",
            Self::AgentUnhealthy => "agent-unhealthy",
            Self::UnsupportedOs => "unsupported-os",
            Self::Unreadable => "unreadable",
            Self::AdvisoriesMissing => "advisories-missing",
            Self::AdvisoriesStale => "advisories-stale",
            Self::ThirdParty => "third-party",
            Self::Undetermined => "undetermined",
            Self::NotModelled => "not-modelled",
            Self::NetworkDataMissing => "network-data-missing",
            Self::NotInSnapshot => "not-in-snapshot",
            Self::NotExported => "not-exported",
            Self::NotObserved => "not-observed",
            Self::NoCheck => "no-check",
            Self::EvaluationError => "evaluation-error",
        }
    }
}
