//! The states of an assessment run and the words that stop one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The thirteen states of the Classic API, in the order of the normal path, the ends last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RunState {
    /// The run's record exists.
    Created,
    /// The order to start is queued for the agents.
    StartDataCollectionPending,
    /// The agents are being told.
    StartDataCollectionInProgress,
    /// The collection window is open.
    CollectingData,
    /// The window is over; the agents are being told.
    StopDataCollectionPending,
    /// Everything that will arrive has arrived.
    DataCollected,
    /// Evaluation is queued.
    StartEvaluatingRulesPending,
    /// Findings are being written.
    EvaluatingRules,
    /// Finished.
    Completed,
    /// Finished, but a part of the evaluation failed; the exclusions say which.
    CompletedWithErrors,
    /// Could not be carried out.
    Failed,
    /// Broke off by a fault of the service.
    Error,
    /// Stopped without evaluation.
    Canceled,
}

impl RunState {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Created,
        Self::StartDataCollectionPending,
        Self::StartDataCollectionInProgress,
        Self::CollectingData,
        Self::StopDataCollectionPending,
        Self::DataCollected,
        Self::StartEvaluatingRulesPending,
        Self::EvaluatingRules,
        Self::Completed,
        Self::CompletedWithErrors,
        Self::Failed,
        Self::Error,
        Self::Canceled,
    ];

    /// The word of the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::StartDataCollectionPending => "START_DATA_COLLECTION_PENDING",
            Self::StartDataCollectionInProgress => "START_DATA_COLLECTION_IN_PROGRESS",
            Self::CollectingData => "COLLECTING_DATA",
            Self::StopDataCollectionPending => "STOP_DATA_COLLECTION_PENDING",
            Self::DataCollected => "DATA_COLLECTED",
            Self::StartEvaluatingRulesPending => "START_EVALUATING_RULES_PENDING",
            Self::EvaluatingRules => "EVALUATING_RULES",
            Self::Completed => "COMPLETED",
            Self::CompletedWithErrors => "COMPLETED_WITH_ERRORS",
            Self::Failed => "FAILED",
            Self::Error => "ERROR",
            Self::Canceled => "CANCELED",
        }
    }

    /// Whether the run has come to its end.
    pub const fn terminal(self) -> bool {
        match self {
            Self::Completed | Self::CompletedWithErrors | Self::Failed | Self::Error | Self::Canceled => true,
            Self::Created
            | Self::StartDataCollectionPending
            | Self::StartDataCollectionInProgress
            | Self::CollectingData
            | Self::StopDataCollectionPending
            | Self::DataCollected
            | Self::StartEvaluatingRulesPending
            | Self::EvaluatingRules => false,
        }
    }
}

impl fmt::Display for RunState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is no run state.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a state of an assessment run")]
pub struct NotARunState(String);

impl FromStr for RunState {
    type Err = NotARunState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or_else(|| NotARunState(text.to_owned()))
    }
}

/// What to do with a run that is stopped before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StopAction {
    /// Evaluate what is there.
    StartEvaluation,
    /// Throw it away.
    SkipEvaluation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_prints_what_it_parses_and_serde_agrees() {
        for state in RunState::ALL {
            assert_eq!(state.as_str().parse::<RunState>().unwrap(), state);
            assert_eq!(serde_json::to_value(state).unwrap(), serde_json::json!(state.as_str()));
        }
    }
}
