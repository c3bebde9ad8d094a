//! Who the agent is, kept in one file that only its owner may read.

use std::fs;
use std::path::{Path, PathBuf};

use inspector_model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::failure::Failure;

/// Everything that an enrolled agent needs to speak to its service. One file, so that a crash leaves all of it or none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Identity {
    /// `https://HOST:PORT`.
    pub(crate) server: String,
    /// The id under which it enrolled.
    pub(crate) agent_id: String,
    /// The service's CA certificate, DER, hexadecimal.
    pub(crate) ca_certificate: String,
    /// The client certificate, PEM.
    pub(crate) certificate: String,
    /// The client's private key, PEM. It was made on this host and never leaves it.
    pub(crate) private_key: String,
    /// When the certificate stops being valid.
    pub(crate) expires_at: Timestamp,
}

impl std::fmt::Debug for Identity {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { server, agent_id, expires_at, .. } = self;
        write!(f, "Identity {{ {agent_id} at {server} until {expires_at} }}")
    }
}

impl Identity {
    /// The identity kept in `state_dir`, if there is one.
    pub(crate) fn load(state_dir: &Path) -> Result<Option<Self>> {
        let path = file(state_dir);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::because(format!("cannot read `{}`", path.display()), error)),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            Failure::because(format!("`{}` is no identity", path.display()), error)
                .help(format!("rm {}", path.display()))
        })
    }

    /// Keeps the identity in `state_dir`.
    pub(crate) fn save(&self, state_dir: &Path) -> Result<()> {
        let path = file(state_dir);
        let failed = |error: std::io::Error| Failure::because(format!("cannot write `{}`", path.display()), error);
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        crate::file::replace(&path, &bytes).map_err(failed)
    }
}

/// Where the identity is kept.
pub(crate) fn file(state_dir: &Path) -> PathBuf {
    state_dir.join("identity.json")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn identity() -> Identity {
        Identity {
            server: "https://127.0.0.1:8443".to_owned(),
            agent_id: "i-0123456789abcdef0".to_owned(),
            ca_certificate: "30".to_owned(),
            certificate: "certificate".to_owned(),
            private_key: "secret".to_owned(),
            expires_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn it_is_read_back_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        identity().save(&state).unwrap();
        assert_eq!(Identity::load(&state).unwrap(), Some(identity()));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file(&state)), mode(&state)), (0o600, 0o700));
    }

    #[test]
    fn a_host_that_never_enrolled_has_none() {
        assert_eq!(Identity::load(tempfile::tempdir().unwrap().path()).unwrap(), None);
    }

    #[test]
    fn a_file_that_was_cut_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(file(folder.path()), "{\"server\":").unwrap();
        assert!(Identity::load(folder.path()).unwrap_err().to_string().contains("identity.json"));
    }

    #[test]
    fn the_key_is_not_shown() {
        assert!(!format!("{:?}", identity()).contains("secret"));
    }
}
