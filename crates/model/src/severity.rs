//! How bad a finding is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The five words of the Classic API, from least to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nobody has scored it.
    Undefined,
    /// A detail with no immediate effect.
    Informational,
    /// Fix in a later update.
    Low,
    /// Fix at the next chance.
    Medium,
    /// Act at once.
    High,
}

impl Severity {
    /// All of them, worst first: the order of every table.
    pub const WORST_FIRST: [Self; 5] = [Self::High, Self::Medium, Self::Low, Self::Informational, Self::Undefined];

    /// `numericSeverity` of the Classic API, 0.0 to 10.0; the service never documented a number for `Undefined`.
    pub const fn numeric(self) -> f64 {
        match self {
            Self::High => 9.0,
            Self::Medium => 6.0,
            Self::Low => 3.0,
            Self::Informational | Self::Undefined => 0.0,
        }
    }

    /// The word itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undefined => "Undefined",
            Self::Informational => "Informational",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is none of the five.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a severity: use High, Medium, Low, Informational or Undefined")]
pub struct NotASeverity(String);

impl FromStr for Severity {
    type Err = NotASeverity;

    /// Any case, because people type it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::WORST_FIRST
            .into_iter()
            .find(|severity| severity.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| NotASeverity(text.to_owned()))
    }
}
