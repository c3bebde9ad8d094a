//! `inspector feeds status`: which feeds are in the database, how old they are, and what could not be read.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use inspector_model::Timestamp;
use inspector_vuln::database::{Database, Document};
use inspector_vuln::feed::bundled;

use super::signature;
use super::sync::state::{Failure, State};
use crate::advisories::{DATABASE, DataDirectory, FeedsFolder, load};
use crate::exit::Exit;
use crate::output;
use crate::verb::scan::now;

/// Show which feeds are in the database, how old they are, and what could not be read
#[derive(Args)]
pub(crate) struct Status {
    /// Look at this database instead of the imported one
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
}

impl Status {
    /// Prints it.
    pub(crate) fn run(self) -> Result<Exit> {
        let database = load(self.db.as_deref(), &self.data.data_dir)?;
        let mut text = text(&database, now());
        for (address, Failure { at, why }) in State::load(&FeedsFolder::of(&self.data.data_dir))?.failures() {
            writeln!(text, "sync of {address} failed at {at}: {why}")?;
        }
        let folder = FeedsFolder::of(&self.data.data_dir);
        let path = self.db.clone().or_else(|| Some(folder.readable()?.join(DATABASE)));
        if let Some(key) = path.and_then(|path| signature::key_of(&path)) {
            writeln!(text, "signed by {key}")?;
        }
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}

fn text(database: &Database, now: Timestamp) -> String {
    let imported: Vec<_> = database.manifest().documents.iter().filter(|it| it.feed != bundled::ID).collect();
    let mut text = String::new();
    for document in &imported {
        text.push_str(&document_line(document));
        if let Some(days) = document.dated.map(|dated| (now.millis() - dated.millis()) / 86_400_000) {
            let _infallible = writeln!(text, "    {days} days old");
        }
        for problem in &document.problems {
            let _infallible = writeln!(text, "    skipped {}: {}", problem.record, problem.why);
        }
    }
    if imported.is_empty() {
        text.push_str("no feed has been imported: only the bundled set of well-known vulnerabilities is known\n");
        text.push_str("help: inspector feeds import <PATH>\n");
    }
    let _infallible = writeln!(text, "{} advisories", database.advisory_count());
    text
}

/// One document in one line.
pub(super) fn document_line(document: &Document) -> String {
    let Document { records, advisories, skipped, .. } = document;
    format!("{}: {records} records, {advisories} advisories, {skipped} skipped\n", document.line())
}
