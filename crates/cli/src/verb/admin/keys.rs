//! `inspector admin keys`: access keys made, rotated, disabled and listed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use inspector_api::Sensitive;
use inspector_api::openinspector::{
    AccessKey, CreateAccessKeyRequest, DeleteAccessKeyRequest, ListAccessKeysRequest, UpdateAccessKeyRequest,
};

use crate::client::Connection;
use crate::exit::Exit;
use crate::output;

/// Make, rotate, disable and list access keys
#[derive(Args)]
pub(crate) struct Keys {
    #[command(flatten)]
    connection: Connection,
    #[command(subcommand)]
    errand: Errand,
}

#[derive(Subcommand)]
enum Errand {
    /// Make a key and write it to a file that only its owner may read
    Create {
        /// Whose; the caller's own unless given
        #[arg(long)]
        user: Option<String>,
        /// The credentials file
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Make a new key of the same user, write it to a file, and disable the old one
    Rotate {
        /// The old key
        id: String,
        /// The credentials file
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Let a key work no longer
    Disable {
        /// The key
        id: String,
    },
    /// Let a disabled key work again
    Enable {
        /// The key
        id: String,
    },
    /// Take a key away
    Delete {
        /// The key
        id: String,
    },
    /// List the keys with their last use
    List {
        /// Of this user only
        #[arg(long)]
        user: Option<String>,
    },
}

impl Keys {
    /// Asks and prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let client = self.connection.client()?;
        let set = |id: String, active| client.call(&UpdateAccessKeyRequest { access_key_id: id, active });
        match self.errand {
            Errand::Create { user, output } => {
                let made = client.call(&CreateAccessKeyRequest { user_name: user })?;
                keep(&output, &made.access_key_id, &made.secret_access_key)?;
            }
            Errand::Rotate { id, output } => {
                let keys = client.call(&ListAccessKeysRequest::default())?.access_keys;
                let old = keys.into_iter().find(|key| key.access_key_id == id);
                let old = old.with_context(|| format!("`{id}` is no key of this account"))?;
                let made = client.call(&CreateAccessKeyRequest { user_name: old.user_name })?;
                keep(&output, &made.access_key_id, &made.secret_access_key)?;
                set(id, false)?;
            }
            Errand::Disable { id } => set(id, false)?,
            Errand::Enable { id } => set(id, true)?,
            Errand::Delete { id } => client.call(&DeleteAccessKeyRequest { access_key_id: id })?,
            Errand::List { user } => {
                let keys = client.call(&ListAccessKeysRequest { user_name: user })?.access_keys;
                output::deliver(&keys.iter().map(line).collect::<String>(), None)?;
            }
        }
        Ok(Exit::Clean)
    }
}

/// Writes a credentials file and prints the key's id, never its secret.
pub(super) fn keep(path: &Path, id: &str, secret: &Sensitive) -> Result<()> {
    if path.exists() {
        bail!("`{}` exists; a key is not written over another", path.display());
    }
    let text = format!("[default]\naws_access_key_id = {id}\naws_secret_access_key = {}\n", secret.reveal());
    output::replace_secret(path, text.as_bytes())?;
    output::deliver(&format!("{id}\n"), None)
}

fn line(key: &AccessKey) -> String {
    let owner = key.user_name.as_deref().unwrap_or("(root)");
    let state = if key.active { "active" } else { "disabled" };
    let region = key.last_used_region.as_deref().unwrap_or("-");
    let used = key.last_used_at.map_or("never".to_owned(), |at| format!("{at} in {region}"));
    format!("{}  {state}  {owner}  made {}  last used {used}\n", key.access_key_id, key.created_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_whose_key_it_is_and_when_it_was_used() {
        let mut key = AccessKey {
            access_key_id: "AKIAEXAMPLE".to_owned(),
            user_name: None,
            active: true,
            created_at: "2026-05-20T08:00:00Z".parse().unwrap(),
            last_used_at: None,
            last_used_region: None,
        };
        assert_eq!(line(&key), "AKIAEXAMPLE  active  (root)  made 2026-05-20T08:00:00Z  last used never\n");
        key.user_name = Some("alice".to_owned());
        key.active = false;
        key.last_used_at = Some("2026-05-21T08:00:00Z".parse().unwrap());
        key.last_used_region = Some("eu-west-1".to_owned());
        assert!(
            line(&key)
                .ends_with("disabled  alice  made 2026-05-20T08:00:00Z  last used 2026-05-21T08:00:00Z in eu-west-1\n")
        );
    }

    #[test]
    fn a_key_is_not_written_over_another() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("credentials");
        std::fs::write(&path, "kept").unwrap();
        assert!(keep(&path, "AKIA", &Sensitive::new("s")).is_err());
        assert_eq!(std::fs::read_to_string(path).unwrap(), "kept");
    }
}
