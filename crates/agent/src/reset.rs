//! `reset`: forget who this host is, before an image is made of it or before it enrols anew.

use std::fs;
use std::io::ErrorKind;

use crate::arguments::Reset;
use crate::failure::Failure;
use crate::spool::Spool;
use crate::{Result, identity, log};

/// Removes the identity, and what is owed under it. A host that has none is no failure: images are prepared by scripts that run again.
pub(crate) fn reset(arguments: &Reset) -> Result<()> {
    let file = identity::file(&arguments.state_dir);
    Spool::at(&arguments.state_dir).clear();
    match fs::remove_file(&file) {
        Ok(()) => log(&format!("`{}` is removed; this host is not enrolled any more", file.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => log("this host is not enrolled"),
        Err(error) => return Err(Failure::because(format!("cannot remove `{}`", file.display()), error)),
    }
    Ok(())
}
