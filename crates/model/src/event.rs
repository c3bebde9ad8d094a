//! What a template's subscribers can be told.

use std::fmt;
use std::str::FromStr;

/// The events of the Classic API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A run of the template has started.
    RunStarted,
    /// A run of the template has come to its end.
    RunCompleted,
    /// A run of the template has entered another state.
    RunStateChanged,
    /// A finding was made.
    FindingReported,
    /// In the API's list, without a meaning that was ever documented.
    Other,
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::RunStarted, Self::RunCompleted, Self::RunStateChanged, Self::FindingReported, Self::Other];

    /// The word of the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RunStarted => "ASSESSMENT_RUN_STARTED",
            Self::RunCompleted => "ASSESSMENT_RUN_COMPLETED",
            Self::RunStateChanged => "ASSESSMENT_RUN_STATE_CHANGED",
            Self::FindingReported => "FINDING_REPORTED",
            Self::Other => "OTHER",
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is no event.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an event")]
pub struct NotAnEvent(String);

impl FromStr for Event {
    type Err = NotAnEvent;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|event| event.as_str() == text).ok_or_else(|| NotAnEvent(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_reads_as_the_event_that_prints_it() {
        for event in Event::ALL {
            assert_eq!(event.to_string().parse::<Event>().unwrap(), event);
        }
        assert!("assessment_run_started".parse::<Event>().is_err());
    }
}
