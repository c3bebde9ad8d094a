//! How a failure is told: what failed, then why, on one line; then one command that helps.

use std::fmt::Write;

use anyhow::Error;

/// A command that would help, carried along with an error as context.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub(crate) struct Helpful {
    what: String,
    help: String,
}

impl Helpful {
    /// `what` failed; `help` is one command or one sentence.
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

/// The text for stderr.
pub(crate) fn text(error: &Error) -> String {
    let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
    let mut text = format!("error: {}", causes.join(": "));
    if let Some(helpful) = error.downcast_ref::<Helpful>() {
        // Writing into a String cannot fail.
        let _infallible = write!(text, "\nhelp: {}", helpful.help);
    }
    text
}

/// Whether the reader of our output went away, which is no error.
pub(crate) fn is_broken_pipe(error: &Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn causes_stand_on_one_line_and_help_on_its_own() {
        let error = Err::<(), _>(std::io::Error::other("disk is on fire"))
            .context(Helpful::new("cannot read `feeds`", "inspector feeds import PATH"))
            .unwrap_err();
        assert_eq!(text(&error), "error: cannot read `feeds`: disk is on fire\nhelp: inspector feeds import PATH");
    }
}
