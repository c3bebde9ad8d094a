//! `inspector admin import-snapshot`: gives a network snapshot to the service.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use inspector_api::openinspector::{Document, ImportSnapshotRequest};

use crate::client::Connection;
use crate::exit::Exit;
use crate::{output, snapshot};

/// Load a network snapshot into the service; one of the same name is replaced
#[derive(Args)]
pub(crate) struct ImportSnapshot {
    #[command(flatten)]
    connection: Connection,
    /// The name under which the service keeps it
    #[arg(long)]
    name: String,
    /// A folder of AWS answers in AWS CLI JSON, or one JSON file
    snapshot: PathBuf,
}

impl ImportSnapshot {
    /// Sends it and prints how many instances it describes; what the service could not read makes it incomplete.
    pub(crate) fn run(self) -> Result<Exit> {
        let documents = snapshot::documents(&self.snapshot)?.into_iter().map(document).collect::<Result<_>>()?;
        let client = self.connection.client()?;
        let answer = client.call(&ImportSnapshotRequest { name: self.name.clone(), documents })?;
        for problem in &answer.problems {
            output::complain(&format!("warning: `{}`: {}", problem.path, problem.message));
        }
        output::deliver(&format!("imported `{}`: {} instances\n", self.name, answer.instance_count), None)?;
        Ok(if answer.problems.is_empty() { Exit::Clean } else { Exit::Incomplete })
    }
}

/// A file as the service takes it.
pub(super) fn document((path, bytes): (String, Vec<u8>)) -> Result<Document> {
    let content = String::from_utf8(bytes).with_context(|| format!("`{path}` is not UTF-8"))?;
    Ok(Document { path, content })
}
