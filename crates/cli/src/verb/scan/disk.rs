//! `inspector scan disk`: the system in a raw disk image, without mounting it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use inspector_collect::disk;

use super::judge::{Found, HostArguments};
use crate::exit::Exit;
use crate::failure::Helpful;

/// Assess a raw disk image with an ext2, ext3 or ext4 file system
#[derive(Args)]
pub(crate) struct Disk {
    /// The image
    #[arg(value_name = "IMAGE")]
    image: PathBuf,
    /// The partition that holds the system, where several do
    #[arg(long, value_name = "NUMBER")]
    partition: Option<u32>,
    #[command(flatten)]
    arguments: HostArguments,
}

impl Disk {
    /// Opens the file system, collects, evaluates, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        self.arguments.run(|started_at| {
            let name = self.image.display().to_string();
            let help = "mount it and use inspector scan host --root DIR";
            let failed = || Helpful::new(format!("cannot read the disk image `{name}`"), help);
            let root = disk::open(&self.image, self.partition).with_context(failed)?;
            Ok(Found { facts: self.arguments.facts(&root, started_at), subject: name, root: Some(root) })
        })
    }
}
