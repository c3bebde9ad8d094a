//! How a failure is told: what failed, then why, on one line; then one command that helps.

use std::error::Error;
use std::fmt;

/// Something that ends the program.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    why: Option<Box<dyn Error + Send + Sync>>,
    help: Option<String>,
}

impl Failure {
    /// `what` failed.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), why: None, help: None }
    }

    /// `what` failed because of `why`.
    pub(crate) fn because(what: impl Into<String>, why: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { what: what.into(), why: Some(why.into()), help: None }
    }

    /// With one command that helps.
    #[must_use]
    pub(crate) fn help(self, command: impl Into<String>) -> Self {
        Self { help: Some(command.into()), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        let mut why = self.why.as_deref().map(|why| why as &dyn Error);
        while let Some(error) = why {
            write!(f, ": {error}")?;
            why = error.source();
        }
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}
