//! What was seen, and where.

use serde::{Deserialize, Serialize};

/// Where something was seen: a file (with a line where there is one), a kernel interface, an AWS answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// An absolute path as the host itself names it, or the name of another source such as `uname`.
    pub path: String,
    /// The line, counted from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl Place {
    /// A whole file or source.
    pub fn whole(path: impl Into<String>) -> Self {
        Self { path: path.into(), line: None }
    }

    /// One line of a file, counted from one.
    pub fn line(path: impl Into<String>, line: u32) -> Self {
        Self { path: path.into(), line: Some(line) }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// One thing that a collector looked for.
///
/// A rule must answer for all three: the compiler makes its author say what *absent* and *unreadable* mean. When it was
/// seen stands once for the whole collection, in [`crate::host::HostFacts::collected_at`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Fact<T> {
    /// It is there.
    Seen {
        /// What it says.
        value: T,
        /// Where.
        at: Place,
    },
    /// It was looked for and is not there.
    Absent {
        /// Where it would be.
        at: Place,
    },
    /// It could not be read, or what was read made no sense.
    Unreadable {
        /// Where it was looked for.
        at: Place,
        /// The reason, for a person.
        why: String,
    },
}

impl<T> Fact<T> {
    /// The value, where it was seen. For showing and targeting only: a rule matches on all three states.
    pub fn seen(&self) -> Option<&T> {
        match self {
            Self::Seen { value, .. } => Some(value),
            Self::Absent { .. } | Self::Unreadable { .. } => None,
        }
    }
}
