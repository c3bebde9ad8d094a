//! `inspector feeds verify`: the database against its digest, the stored files against the database's manifest.

use anyhow::{Context, Result, anyhow};
use clap::Args;
use sha2::{Digest, Sha256};

use super::import::stored;
use super::signature;
use crate::advisories::{DATABASE, DataDirectory, FeedsFolder, open};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;

/// Check the database and the stored feed files against their digests
#[derive(Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    data: DataDirectory,
}

impl Verify {
    /// Checks everything once.
    pub(crate) fn run(self) -> Result<Exit> {
        let folder = FeedsFolder::of(&self.data.data_dir);
        let missing = || {
            let what = format!("no feeds have been imported into `{}`", folder.path().display());
            anyhow!(Helpful::new(what, "inspector feeds import <PATH>"))
        };
        let generation = folder.readable().ok_or_else(missing)?;
        let path = generation.join(DATABASE);
        let database = open(&path)?;
        let again = || Helpful::new(format!("`{}` does not verify", path.display()), "inspector feeds import <PATH>");
        database.verify().with_context(again)?;
        signature::check(&std::fs::read(&path)?, &folder).with_context(again)?;
        let mut checked = 0;
        for document in stored(Some(&generation))?.values() {
            let sha256 = hex::encode(Sha256::digest(document.unpacked()?));
            let known = |it: &inspector_vuln::database::Document| {
                it.feed == document.feed.id && it.document == document.name && it.sha256 == sha256
            };
            if !database.manifest().documents.iter().any(known) {
                return Err(anyhow!("`{}` is not what was imported", document.path.display()).context(again()));
            }
            checked += 1;
        }
        let text = format!("`{}` and {checked} feed files are as they were imported\n", path.display());
        output::deliver(&text, None)?;
        Ok(Exit::Clean)
    }
}
