//! What can go wrong with a data directory.

use std::path::PathBuf;

/// A failed access to the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The directory or one of its files cannot be made, read or written.
    #[error("cannot use `{path}`: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another server holds the directory.
    #[error("data directory `{path}` is in use by another server")]
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// A newer program has written the directory.
    #[error("data directory `{path}` has schema {found}, this program knows schemas up to {known}")]
    Newer {
        /// The directory.
        path: PathBuf,
        /// The schema found.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A build from before the first release has written the directory.
    #[error(
        "data directory `{path}` was written by a build from before the first release, which this program does not read"
    )]
    Older {
        /// The directory.
        path: PathBuf,
    },
    /// The key does not open the secrets that lie in the directory.
    #[error("{key} {why}: the secrets in `{path}` were sealed with another one")]
    SealingKey {
        /// The directory.
        path: PathBuf,
        /// Which key, in the words of whoever gave it.
        key: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The schema could not be brought up to date.
    #[error("cannot bring the schema of `{path}` up to date: {source}")]
    Migrate {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
    /// A row, blob or key does not read as what was written.
    #[error("stored {what} cannot be read: {why}")]
    Malformed {
        /// Which column, blob or key.
        what: String,
        /// Why.
        why: String,
    },
    /// Something with the same unique name or id exists.
    #[error("the name or id is taken")]
    Taken,
    /// The lease of a task was lost: another worker has it.
    #[error("the lease of task `{task}` is lost")]
    LeaseLost {
        /// The task's id.
        task: String,
    },
    /// The transaction that held a write was not committed.
    #[error("the write was not committed: {why}")]
    NotCommitted {
        /// Why.
        why: String,
    },
    /// The database refused.
    #[error("the database refused: {0}")]
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(refusal) if refusal.is_unique_violation() => Self::Taken,
            _ => Self::Sql(error),
        }
    }
}

impl StoreError {
    /// Whether the same transaction may succeed when it is tried again: serialisation failure (`40001`), deadlock
    /// (`40P01`) and SQLite's busy family (primary code 5).
    pub(crate) fn passing(&self) -> bool {
        let Self::Sql(error) = self else { return false };
        let code = error.as_database_error().and_then(|refusal| refusal.code().map(|code| code.into_owned()));
        code.is_some_and(|code| {
            code == "40001" || code == "40P01" || code.parse::<u32>().is_ok_and(|number| number & 0xff == 5)
        })
    }

    pub(crate) fn malformed(what: impl Into<String>, why: impl ToString) -> Self {
        Self::Malformed { what: what.into(), why: why.to_string() }
    }
}
