//! `inspector scan image`: the files of a container image, without running or unpacking it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use inspector_collect::image::{self, Choice, Platform};

use super::judge::{Found, HostArguments};
use crate::exit::Exit;
use crate::failure::Helpful;

/// Assess a container image: an archive of `docker save`, or an OCI image layout, packed or as a directory
#[derive(Args)]
pub(crate) struct Image {
    /// The archive or directory
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// Of several images, the one with this tag or name
    #[arg(long, value_name = "NAME")]
    image: Option<String>,
    /// Of an image for several machines, the one for these, for example linux/arm64 [default: linux/amd64]
    #[arg(long, value_name = "SYSTEM/MACHINE")]
    platform: Option<Platform>,
    #[command(flatten)]
    arguments: HostArguments,
}

impl Image {
    /// Merges the layers, collects, evaluates, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        self.arguments.run(|started_at| {
            let name = self.archive.display().to_string();
            let choice = Choice { name: self.image.clone(), platform: self.platform.clone() };
            let help = "docker save --output image.tar NAME, then inspector scan image image.tar";
            let failed = || Helpful::new(format!("cannot read the image `{name}`"), help);
            let root = image::open(&self.archive, &choice).with_context(failed)?;
            Ok(Found { facts: self.arguments.facts(&root, started_at), subject: name, root: Some(root) })
        })
    }
}
